"""The interview studies show what the truth says, in a large sample and pooled over twenty worlds."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.voice import studies
from crm_lab.world.voice.parameters import DIMENSIONS, StudyParameters
from crm_lab.world.voice.truth import VOICE

from .pooling import pooled

STUDY = StudyParameters()
LARGE = replace(
    STUDY, servqual_respondents=60_000, kano_respondents=30_000, ratings_respondents=60_000, price_respondents=60_000
)
KANO_OF = {pair: category for category, pairs in studies.KANO_PAIRS.items() for pair in pairs}
SEEDS = range(300, 320)


@pytest.fixture(scope="module")
def worlds():
    return [World(30, seed=seed) for seed in SEEDS]  # the studies do not depend on the panel


def cronbach(items):
    k = items.shape[1]
    return k / (k - 1) * (1 - items.var(ddof=1).sum() / items.sum(axis=1).var(ddof=1))


def servqual_gaps(servqual):
    gap = servqual["perception"] - servqual["expectation"]
    return gap.groupby(servqual["dimension"]).mean().to_dict()


def servqual_reliability(servqual):
    wide = servqual.pivot(index="respondent_id", columns="question_id", values="perception")
    return {name: float(cronbach(wide.filter(like=name))) for name in servqual["dimension"].unique()}


def kano_categories(kano):
    """The category most people put each feature in."""
    pairs = zip(kano["functional"], kano["dysfunctional"], strict=True)
    category = pd.Series([KANO_OF.get(pair) for pair in pairs], kano.index)
    return pd.crosstab(kano["feature"], category).idxmax(axis=1).to_dict()


def csi(ratings):
    """Satisfaction with the attributes weighted by their mean importance, 1–10."""
    mean = ratings.groupby("attribute")[["importance", "satisfaction"]].mean()
    return float((mean["importance"] * mean["satisfaction"]).sum() / mean["importance"].sum())


def quadrants(ratings):
    """Importance-performance analysis, cut at the means of both (Martilla & James 1977)."""
    mean = ratings.groupby("attribute")[["importance", "satisfaction"]].mean()
    important, good = (mean > mean.mean()).to_numpy().T
    names = np.where(important, np.where(good, "keep_up", "concentrate"), np.where(good, "overkill", "low_priority"))
    return dict(zip(mean.index, names.tolist(), strict=True))


def price_points(answers):
    """Van Westendorp's points of one product: where two shares cross, with linear interpolation."""
    grid = np.unique(answers[["too_cheap", "cheap", "expensive", "too_expensive"]].to_numpy())

    def at_most(column):
        return np.searchsorted(np.sort(answers[column]), grid, side="right") / len(answers)

    def at_least(column):
        return 1 - np.searchsorted(np.sort(answers[column]), grid, side="left") / len(answers)

    pairs = {
        "opp": (at_least("too_cheap"), at_most("too_expensive")),
        "idp": (at_least("cheap"), at_most("expensive")),
        "pmc": (at_least("too_cheap"), 1 - at_least("cheap")),
        "pme": (at_most("too_expensive"), 1 - at_most("expensive")),
    }
    return {name: _crossing(grid, first - second) for name, (first, second) in pairs.items()}


def _crossing(grid, difference):
    at = np.flatnonzero(np.sign(difference[:-1]) * np.sign(difference[1:]) <= 0)[0]
    low, high = difference[at], difference[at + 1]
    return float(grid[at] + (grid[at + 1] - grid[at]) * (low / (low - high) if low != high else 0))


def test_servqual_in_a_large_sample():
    table = studies.servqual(LARGE, 5)
    assert servqual_gaps(table) == pytest.approx(VOICE["servqual"]["gaps"], abs=0.02)
    assert servqual_reliability(table) == pytest.approx(VOICE["servqual"]["cronbach"], abs=0.01)


def test_servqual_in_twenty_worlds(worlds):
    mean, error = pooled(worlds, lambda w: servqual_gaps(w.servqual))
    for dimension, gap in VOICE["servqual"]["gaps"].items():
        assert mean[dimension] == pytest.approx(gap, abs=error[dimension] + 0.005), dimension


def test_the_worst_dimension_and_the_order_of_gaps_show_in_most_worlds(worlds):
    order = sorted(DIMENSIONS, key=STUDY.servqual_gaps.get)
    assert sum(sorted(DIMENSIONS, key=servqual_gaps(w.servqual).get) == order for w in worlds) >= 16


def test_servqual_has_every_pair_once(worlds):
    table = worlds[0].servqual
    assert len(table) == 22 * STUDY.servqual_respondents
    assert table[["expectation", "perception"]].isin(range(1, 8)).all(axis=None)


def test_kano_pairs_are_read_by_the_table_as_meant():
    """The evaluation table of Kano et al. (1984), rows with the feature, columns without it, 1 like … 5 dislike."""
    table = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    for (functional, dysfunctional), category in KANO_OF.items():
        assert table[functional - 1][dysfunctional - 1] == category, (functional, dysfunctional)


def test_kano_in_a_large_sample():
    table = studies.kano(LARGE, 5)
    assert kano_categories(table) == STUDY.kano
    pairs = zip(table["functional"], table["dysfunctional"], strict=True)
    meant = pd.Series([KANO_OF[pair] for pair in pairs]) == table["feature"].map(STUDY.kano).to_numpy()
    assert meant.mean() == pytest.approx(STUDY.kano_share, abs=0.005)


def test_kano_categories_show_in_most_worlds(worlds):
    assert sum(kano_categories(w.kano) == STUDY.kano for w in worlds) >= 16


def test_ratings_in_a_large_sample():
    table = studies.ratings(LARGE, 5)
    assert csi(table) == pytest.approx(VOICE["ratings"]["csi"], abs=0.02)
    assert quadrants(table) == VOICE["ratings"]["quadrants"]


def test_csi_in_twenty_worlds(worlds):
    mean, error = pooled(worlds, lambda w: {"csi": csi(w.attribute_ratings)})
    assert mean["csi"] == pytest.approx(VOICE["ratings"]["csi"], abs=error["csi"])


def test_quadrants_show_in_most_worlds(worlds):
    assert sum(quadrants(w.attribute_ratings) == VOICE["ratings"]["quadrants"] for w in worlds) >= 16


def shelf():
    """A hundred products of the same high price, so that rounding to whole yuan does not count."""
    return pd.DataFrame({"product_id": [f"P{n:03d}" for n in range(100)], "list_price": 10_000.0})


def test_price_points_in_a_large_sample():
    answers, offers = studies.prices(LARGE, shelf(), 5)
    for (curve, product, price), stored in zip(studies.priced_products(LARGE, shelf()), VOICE["prices"], strict=True):
        points = price_points(answers[answers["product_id"] == product])
        for name, value in points.items():
            assert value / price == pytest.approx(stored[name], abs=0.012), (product, name)
        buys = offers[offers["product_id"] == product].groupby("price")["would_buy"].mean()
        assert (buys * buys.index).idxmax() / price == pytest.approx(stored["best_step"])
        assert buys[price * curve.centre] == pytest.approx(0.5, abs=0.01) if curve.centre == 1 else True


def test_price_points_in_twenty_worlds(worlds):
    def found(world):
        picks = studies.priced_products(STUDY, world.products)
        points = {}
        for number, (_, product, price) in enumerate(picks):
            table = world.price_survey[world.price_survey["product_id"] == product]
            points |= {f"{name}{number}": value / price for name, value in price_points(table).items()}
        return points

    mean, error = pooled(worlds, found)
    for number, stored in enumerate(VOICE["prices"]):
        for name in ("opp", "idp", "pmc", "pme"):
            key = f"{name}{number}"
            # the cheapest product costs about 90 ¥: answers in whole yuan move a crossing by half a per cent
            assert mean[key] == pytest.approx(stored[name], abs=error[key] + 0.006), key


def test_the_price_that_earns_most_shows_in_most_worlds(worlds):
    right = 0
    for world in worlds:
        best = []
        for _, product, price in studies.priced_products(STUDY, world.products):
            offers = world.price_offers[world.price_offers["product_id"] == product]
            revenue = offers.groupby("price")["would_buy"].mean() * offers["price"].unique()
            best.append(revenue.idxmax() / price)
        right += best == pytest.approx([stored["best_step"] for stored in VOICE["prices"]], abs=0.03)
    assert right >= 16


def test_the_four_prices_come_in_order_and_whoever_refuses_a_price_refuses_a_higher_one(worlds):
    answers = worlds[0].price_survey[["too_cheap", "cheap", "expensive", "too_expensive"]]
    assert (answers.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    offers = worlds[0].price_offers.sort_values("price").groupby(["respondent_id", "product_id"])["would_buy"]
    assert offers.agg(lambda yes: (yes.astype(int).diff().dropna() <= 0).all()).all()
