"""The interview studies show what the truth says, in a large sample and pooled over the companies."""

import pandas as pd
import pytest

from crm_lab.world._voice import studies
from crm_lab.world._voice.truth import VOICE
from crm_lab.world._voice.voice_parameters import StudyParameters

from ..pooling import misses
from .voice_measures import (
    KANO_OF,
    LARGE,
    csi,
    kano_categories,
    price_points,
    quadrants,
    servqual_gaps,
    servqual_reliability,
    shelf,
)

STUDY = StudyParameters()


def test_servqual_in_a_large_sample():
    table = studies.servqual(LARGE, 5)
    assert servqual_gaps(table) == pytest.approx(VOICE["servqual"]["gaps"], abs=0.02)
    assert servqual_reliability(table) == pytest.approx(VOICE["servqual"]["cronbach"], abs=0.01)


def test_servqual_in_the_companies(companies):
    def figures(world):
        return {"gaps": servqual_gaps(world.servqual), "cronbach": servqual_reliability(world.servqual)}

    assert not misses(companies, figures, VOICE["servqual"])


def test_servqual_has_every_pair_once(company):
    table = company.servqual
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


def test_ratings_in_a_large_sample():
    table = studies.ratings(LARGE, 5)
    assert csi(table) == pytest.approx(VOICE["ratings"]["csi"], abs=0.02)
    assert quadrants(table) == VOICE["ratings"]["quadrants"]


def test_csi_in_the_companies(companies):
    assert not misses(companies, lambda world: csi(world.attribute_ratings), VOICE["ratings"]["csi"])


def test_price_points_in_a_large_sample():
    answers, offers = studies.prices(LARGE, shelf(), 5)
    for (curve, product, price), stored in zip(studies.priced_products(LARGE, shelf()), VOICE["prices"], strict=True):
        points = price_points(answers[answers["product_id"] == product])
        for name, value in points.items():
            assert value / price == pytest.approx(stored[name], abs=0.012), (product, name)
        buys = offers[offers["product_id"] == product].groupby("price")["would_buy"].mean()
        assert (buys * buys.index).idxmax() / price == pytest.approx(stored["best_step"])
        assert buys[price * curve.centre] == pytest.approx(0.5, abs=0.01) if curve.centre == 1 else True


def test_price_points_in_the_companies(companies):
    def found(world):
        points = []
        for _, product, price in studies.priced_products(STUDY, world.products):
            table = world.price_survey[world.price_survey["product_id"] == product]
            points.append({name: value / price for name, value in price_points(table).items()})
        return dict(enumerate(points))

    stored = {n: {k: points[k] for k in ("opp", "idp", "pmc", "pme")} for n, points in enumerate(VOICE["prices"])}
    assert not misses(companies, found, stored)


def test_the_four_prices_come_in_order_and_whoever_refuses_a_price_refuses_a_higher_one(company):
    answers = company.price_survey[["too_cheap", "cheap", "expensive", "too_expensive"]]
    assert (answers.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    offers = company.price_offers.sort_values("price").groupby(["respondent_id", "product_id"])["would_buy"]
    assert offers.agg(lambda yes: (yes.astype(int).diff().dropna() <= 0).all()).all()
