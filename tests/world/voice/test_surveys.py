"""The survey: the model behind the answers, who answers, and what the lesson's methods make of it."""

import numpy as np
import pytest

from crm_lab.base.streams import stream
from crm_lab.world import World
from crm_lab.world.parameters import Parameters
from crm_lab.world.voice import surveys
from crm_lab.world.voice.parameters import CONSTRUCTS

PARAMETERS = Parameters()
SURVEY = PARAMETERS.voice.survey
BLOCKS = {name: [f"{name}_{n}" for n in range(1, len(SURVEY.loadings[name]) + 1)] for name in SURVEY.loadings}
SEEDS = range(200, 220)


@pytest.fixture(scope="module")
def worlds():
    return [World(seed=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def estimand(worlds):
    return worlds[0].truth.estimand["voice"]["survey"]


@pytest.fixture(scope="module")
def everyone():
    return everyone_asked(300_000)


def everyone_asked(size):
    """Answers of a large company in which everyone answers, and who of them would have."""
    rng = stream(2024, "measure")
    satisfaction = rng.standard_normal(size)
    answers = surveys.draw_answers(PARAMETERS, satisfaction, rng)
    return answers, rng.random(size) < surveys.answer_chance(SURVEY, satisfaction)


def online(table):
    return table[table["answered"] == "online"]


def nps(scores):
    scores = scores.dropna()
    return 100 * float((scores >= 9).mean() - (scores <= 6).mean())


def indices(answers):
    """NPS, CSAT (% of 4 and 5), mean CES, mean of the three satisfaction answers."""
    return {
        "nps": nps(answers["nps"]),
        "csat": 100 * float((answers["csat"].dropna() >= 4).mean()),
        "ces": float(answers["ces"].mean()),
        "satisfaction": float(answers[BLOCKS["satisfaction"]].mean().mean()),
    }


def followed_up(surveys, value):
    """Hansen and Hurwitz (1946): those reached by phone speak for all who did not answer, outside the panel."""
    surveys = surveys[surveys["customer_id"].isna()]
    share = (surveys["answered"] == "online").mean()
    return share * value(online(surveys)) + (1 - share) * value(surveys[surveys["answered"] == "phone"])


def reliability(answers):
    return {name: float(cronbach(answers[columns])) for name, columns in BLOCKS.items()}


def pls_model(data, blocks, paths):
    """Path coefficients {"from>to": value} by least squares on the latent scores, and loadings {column: value}.

    data    frame of the answers;  blocks  {latent: [columns]};  paths  ["from>to", ...]
    """
    names = list(blocks)
    items = [_standard(data[blocks[name]].to_numpy(float)) for name in names]
    linked = np.zeros((len(names), len(names)))
    for path in paths:
        i, j = (names.index(name) for name in path.split(">"))
        linked[i, j] = linked[j, i] = 1
    weights = [np.ones(block.shape[1]) for block in items]
    for _ in range(300):
        scores = _scores(items, weights)
        inner = _standard(scores @ (linked * np.sign(np.corrcoef(scores.T))))
        new = [block.T @ inner[:, k] / len(block) for k, block in enumerate(items)]
        change = max(np.abs(a / np.abs(a).sum() - b / np.abs(b).sum()).max() for a, b in zip(new, weights, strict=True))
        weights = new
        if change < 1e-9:
            break
    scores = _scores(items, weights)
    for k, block in enumerate(items):  # a latent variable grows with its answers
        scores[:, k] *= np.sign((block.T @ scores[:, k]).sum())
    found = {}
    for to in dict.fromkeys(path.split(">")[1] for path in paths):
        sources = [path.split(">")[0] for path in paths if path.split(">")[1] == to]
        columns = scores[:, [names.index(name) for name in sources]]
        coefficients = np.linalg.lstsq(columns, scores[:, names.index(to)], rcond=None)[0]
        found |= {f"{source}>{to}": float(c) for source, c in zip(sources, coefficients, strict=True)}
    loadings = {
        column: float(block[:, i] @ scores[:, k] / len(block))
        for k, (name, block) in enumerate(zip(names, items, strict=True))
        for i, column in enumerate(blocks[name])
    }
    return found, loadings


def cronbach(items):
    """Raw alpha of the columns, rows with a gap left out."""
    items = items.dropna()
    k = items.shape[1]
    return k / (k - 1) * (1 - items.var(ddof=1).sum() / items.sum(axis=1).var(ddof=1))


def _scores(items, weights):
    return _standard(np.column_stack([block @ w for block, w in zip(items, weights, strict=True)]))


def _standard(values):
    return (values - values.mean(axis=0)) / values.std(axis=0)


def pooled(worlds, measure):
    """Mean over the worlds and four standard errors: a false alarm once in some 16,000 figures."""
    values = np.array([measure(world) for world in worlds])
    return values.mean(axis=0), 4 * values.std(axis=0, ddof=1) / np.sqrt(len(values))


def test_the_latent_variables_follow_the_paths():
    rng = stream(1, "measure")
    latent = surveys.draw_latent(SURVEY, rng.standard_normal(200_000), rng)
    assert np.allclose(latent.std(axis=0), 1, atol=0.01)
    paths = surveys.path_matrix(SURVEY)
    for to, name in enumerate(CONSTRUCTS):
        sources = np.flatnonzero(paths[to])
        if len(sources):
            found = np.linalg.lstsq(latent[:, sources], latent[:, to], rcond=None)[0]
            assert np.allclose(found, paths[to, sources], atol=0.012), name


def test_a_large_company_shows_the_stored_indices(everyone, estimand):
    answers, would = everyone
    for group, kept in (("everyone", slice(None)), ("online", would)):
        found = indices(answers[kept])
        for name, error in {"nps": 0.8, "csat": 0.6, "ces": 0.015, "satisfaction": 0.02}.items():
            assert found[name] == pytest.approx(estimand[group][name], abs=error), (group, name)
    assert would.mean() == pytest.approx(estimand["answer_rate"], abs=0.004)


def test_pls_on_a_large_company_gives_the_stored_paths_and_loadings(everyone, estimand):
    answers, would = everyone
    paths, loadings = pls_model(answers[would], BLOCKS, list(SURVEY.paths))
    assert paths == pytest.approx(estimand["pls_paths"], abs=0.015)
    stored = {
        f"{name}_{n}": value for name, values in estimand["pls_loadings"].items() for n, value in enumerate(values, 1)
    }
    assert loadings == pytest.approx(stored, abs=0.008)
    assert reliability(answers[would]) == pytest.approx(estimand["cronbach"], abs=0.008)


def test_pls_paths_are_nearer_to_zero_than_the_structural_ones_where_one_arrow_comes_in(estimand):
    for path in ("expectation>quality", "satisfaction>complaint"):
        assert abs(estimand["pls_paths"][path]) < abs(SURVEY.paths[path]) - 0.05


def test_twenty_worlds_show_the_indices_of_those_who_answer_online(worlds, estimand):
    mean, error = pooled(worlds, lambda w: list(indices(online(w.surveys)).values()))
    for found, allowed, stored in zip(mean, error, estimand["online"].values(), strict=True):
        assert found == pytest.approx(stored, abs=allowed + 0.01)


def test_twenty_worlds_show_the_paths(worlds, estimand):
    mean, error = pooled(worlds, lambda w: list(pls_model(online(w.surveys), BLOCKS, list(SURVEY.paths))[0].values()))
    for path, found, allowed in zip(SURVEY.paths, mean, error, strict=True):
        assert found == pytest.approx(estimand["pls_paths"][path], abs=allowed + 0.002), path


def test_every_world_shows_who_answers_bends_the_nps(worlds):
    """Power: the flattery of the online answers shows against the phoned ones, two-sided 5 %, in 16 of 20 worlds."""

    def shown(world):
        online_scores = online(world.surveys)["nps"]
        phone = world.surveys.loc[world.surveys["answered"] == "phone", "nps"]
        error = np.sqrt(online_scores.var() / len(online_scores) + phone.var() / len(phone))
        return online_scores.mean() - phone.mean() > 1.96 * error

    assert sum(map(shown, worlds)) >= 16


def test_phoning_the_silent_takes_the_flattery_out(worlds, estimand):
    mean, error = pooled(worlds, lambda w: followed_up(w.surveys, lambda answers: nps(answers["nps"])))
    assert mean == pytest.approx(estimand["everyone"]["nps"], abs=error + 0.1)
    assert error < 3


def test_every_path_shows_in_most_worlds(worlds):
    """Power of a path at two-sided 5 %, by its spread over the worlds."""
    found = [pls_model(online(w.surveys), BLOCKS, list(SURVEY.paths))[0] for w in worlds]
    for path in SURVEY.paths:
        values = np.array([paths[path] for paths in found])
        assert abs(values.mean()) / values.std(ddof=1) > 2.8, path  # 80 % power


def test_no_wave_differs_from_another(worlds):
    mean, error = pooled(worlds, lambda w: online(w.surveys).groupby("wave")["satisfaction_1"].mean())
    assert np.ptp(mean) < 1.5 * error.max()


def test_panel_and_others_answer_alike(worlds):
    panel, error = pooled(worlds, lambda w: online(w.surveys).dropna(subset="customer_id")["csat"].mean())
    others, _ = pooled(worlds, lambda w: online(w.surveys[w.surveys["customer_id"].isna()])["csat"].mean())
    assert panel == pytest.approx(others, abs=error + 0.01)
    panel, error = pooled(worlds, lambda w: (w.surveys.dropna(subset="customer_id")["answered"] == "online").mean())
    assert panel == pytest.approx(0.3055, abs=error)


def test_a_panel_customer_gives_the_answer_their_file_holds(worlds):
    for world in worlds[:3]:
        panel = online(world.surveys).dropna(subset="customer_id").merge(world.customers, on="customer_id")
        assert len(panel) > 200
        assert (panel["nps"] == panel["recommend_score"]).all()


def test_nobody_is_asked_before_their_first_parcel_and_nobody_answers_before_being_asked(worlds):
    for world in worlds[:3]:
        table = world.surveys
        received = world.orders.groupby("customer_id")["delivered_at"].min()
        panel = table.dropna(subset="customer_id")
        assert (panel["customer_id"].map(received) < panel["invited_at"]).all()
        assert not panel["phoned"].any()
        answered = table[table["answered"] != "no"]
        assert (answered["answered_at"] > answered["invited_at"]).all()
        assert (answered["answered_at"] < world.today).all()
        silent = table[table["answered"] == "no"]
        assert silent[["answered_at", "csat", "nps", "loyalty_1"]].isna().all(axis=None)


def test_answers_keep_to_their_scales(worlds):
    given = worlds[0].surveys.query("answered != 'no'")
    for column, low, high in (("csat", 1, 5), ("nps", 0, 10), ("ces", 1, 7), ("quality_1", 1, 10)):
        assert set(given[column]) <= set(range(low, high + 1)), column
    assert given.loc[:, "csat":].notna().all(axis=None)
