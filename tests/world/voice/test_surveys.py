"""The survey: the model behind the answers, who answers, and what the lesson's methods make of it."""

import numpy as np
import pytest

from crm_lab.base.streams import stream
from crm_lab.world._voice import surveys
from crm_lab.world._voice.truth import VOICE
from crm_lab.world._voice.voice_parameters import CONSTRUCTS
from crm_lab.world.parameters import Parameters

from ..pooling import misses, pooled
from .voice_measures import BLOCKS, everyone_asked, followed_up, indices, nps, online, paths, pls_model, reliability

PARAMETERS = Parameters()
SURVEY = PARAMETERS.voice.survey
ESTIMAND = VOICE["survey"]


@pytest.fixture(scope="module")
def everyone():
    return everyone_asked(300_000)


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


def test_a_large_company_shows_the_stored_indices(everyone):
    answers, would = everyone
    for group, kept in (("everyone", slice(None)), ("online", would)):
        found = indices(answers[kept])
        for name, error in {"nps": 0.8, "csat": 0.6, "ces": 0.015, "satisfaction": 0.02}.items():
            assert found[name] == pytest.approx(ESTIMAND[group][name], abs=error), (group, name)
    assert would.mean() == pytest.approx(ESTIMAND["answer_rate"], abs=0.004)


def test_pls_on_a_large_company_gives_the_stored_paths_and_loadings(everyone):
    answers, would = everyone
    coefficients, loadings = pls_model(answers[would], BLOCKS, list(SURVEY.paths))
    assert coefficients == pytest.approx(ESTIMAND["pls_paths"], abs=0.015)
    stored = {
        f"{name}_{n}": value for name, values in ESTIMAND["pls_loadings"].items() for n, value in enumerate(values, 1)
    }
    assert loadings == pytest.approx(stored, abs=0.008)
    assert reliability(answers[would]) == pytest.approx(ESTIMAND["cronbach"], abs=0.008)


def test_pls_paths_are_nearer_to_zero_than_the_structural_ones_where_one_arrow_comes_in():
    for path in ("expectation>quality", "satisfaction>complaint"):
        assert abs(ESTIMAND["pls_paths"][path]) < abs(SURVEY.paths[path]) - 0.05


def test_the_companies_show_the_indices_of_those_who_answer_online(companies):
    assert not misses(companies, lambda world: indices(online(world.surveys)), ESTIMAND["online"])


def test_the_companies_show_the_paths(companies):
    assert not misses(companies, paths, ESTIMAND["pls_paths"])


def test_phoning_the_silent_takes_the_flattery_out(companies):
    def whole(world):
        return followed_up(world.surveys, lambda answers: nps(answers["nps"]))

    assert not misses(companies, whole, ESTIMAND["everyone"]["nps"])
    assert pooled(companies, whole)[1] < 5


def test_no_wave_differs_from_another(companies):
    def apart(world):
        waves = online(world.surveys).groupby("wave")["satisfaction_1"].mean()
        return waves - waves.mean()

    assert not misses(companies, apart, dict.fromkeys(companies[0].surveys["wave"].unique(), 0.0))


def test_panel_and_others_answer_alike(companies):
    def apart(world):
        panel = world.surveys["customer_id"].notna()
        by = online(world.surveys).groupby(panel)["csat"].mean()
        return {"csat": by[True] - by[False], "rate": (world.surveys.loc[panel, "answered"] == "online").mean()}

    assert not misses(companies, apart, {"csat": 0.0, "rate": ESTIMAND["answer_rate"]})


def test_a_panel_customer_gives_the_answer_their_file_holds(companies):
    for world in companies[:3]:
        panel = online(world.surveys).dropna(subset="customer_id").merge(world.customers, on="customer_id")
        assert len(panel) > 200
        assert (panel["nps"] == panel["recommend_score"]).all()


def test_nobody_is_asked_before_their_first_parcel_and_nobody_answers_before_being_asked(companies):
    for world in companies[:3]:
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


def test_answers_keep_to_their_scales(companies):
    given = companies[0].surveys.query("answered != 'no'")
    for column, low, high in (("csat", 1, 5), ("nps", 0, 10), ("ces", 1, 7), ("quality_1", 1, 10)):
        assert set(given[column]) <= set(range(low, high + 1)), column
    assert given.loc[:, "csat":].notna().all(axis=None)
