"""The data show what the truth says, pooled over seeds, within a stated error."""

import numpy as np
import pytest

from crm_lab import classify
from crm_lab.world import World

SEEDS = range(100, 120)


@pytest.fixture(scope="module")
def worlds():
    return [World(seed=seed) for seed in SEEDS]


def delivered(world):
    return world.orders[world.orders["status"] == "delivered"]


def pooled(worlds, measure):
    """Mean over the worlds and four standard errors: a false alarm once in some 16,000 runs."""
    values = np.array([measure(world) for world in worlds])
    return values.mean(), 4 * values.std(ddof=1) / np.sqrt(len(values))


def test_a_fifth_of_the_buyers_bring_about_four_fifths_of_the_profit(worlds):
    mean, error = pooled(
        worlds, lambda w: classify.pareto_share(delivered(w).groupby("customer_id")["margin"].sum(), top=0.2)
    )
    # a panel of 2,000 misses the rarest giants, so its share lies a little below that of a large world
    assert mean == pytest.approx(worlds[0].truth.estimand["classify"]["pareto_share"], abs=error + 0.015)
    assert 0.75 < mean < 0.85


def test_revenue_is_as_unequal_as_the_truth_says(worlds):
    mean, error = pooled(worlds, lambda w: classify.gini(delivered(w).groupby("customer_id")["revenue"].sum()))
    assert mean == pytest.approx(worlds[0].truth.estimand["classify"]["gini_revenue"], abs=error + 0.015)


def test_some_customers_cost_more_than_they_bring(worlds):
    mean, error = pooled(worlds, lambda w: (delivered(w).groupby("customer_id")["margin"].sum() < 0).mean())
    assert mean == pytest.approx(worlds[0].truth.estimand["classify"]["loss_making"], abs=error + 0.004)


def test_losses_eat_into_the_profit_as_the_truth_says(worlds):
    mean, error = pooled(
        worlds, lambda w: classify.whale_curve(delivered(w).groupby("customer_id")["margin"].sum())["value"].max()
    )
    assert mean == pytest.approx(worlds[0].truth.estimand["classify"]["whale_peak"], abs=error + 0.004)


def test_customers_leave_as_often_as_their_kind_says(worlds):
    consumer = worlds[0].truth.structural["buyers"]["consumer"]
    expected = consumer["drop_a"] / (consumer["drop_a"] + consumer["drop_b"])

    def leaving(world):
        traits = world.truth.customers
        return traits.loc[traits["kind"] == "consumer", "leave"].mean()

    mean, error = pooled(worlds, leaving)
    assert mean == pytest.approx(expected, abs=error)


def test_satisfied_customers_recommend_and_stay(worlds):
    for world in worlds[:5]:
        customers = world.customers.set_index("customer_id")
        traits = world.truth.customers
        answered = customers["recommend_score"].dropna()
        assert np.corrcoef(answered, traits.loc[answered.index, "satisfaction"])[0, 1] > 0.7
        assert np.corrcoef(traits["satisfaction"], traits["leave"])[0, 1] < -0.25


def test_november_is_the_busiest_month(worlds):
    orders = sum(world.orders["ordered_at"].dt.month.value_counts().sort_index() for world in worlds)
    assert orders.idxmax() == 11
    assert orders.idxmin() == 2


def test_hidden_changes_of_life_show_in_what_customers_bring(worlds):
    for world in worlds[:5]:
        orders = delivered(world).join(world.truth.customers["change"], on="customer_id")
        late = orders["ordered_at"] >= "2025-08-01"
        ratio = orders[late].groupby("change")["revenue"].mean() / orders[~late].groupby("change")["revenue"].mean()
        assert ratio["falling"] < 0.75 < 1.3 < ratio["rising"]
