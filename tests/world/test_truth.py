"""The data show what the truth says of who brings how much."""

from crm_lab.world._truth import ESTIMANDS

from .classify_measures import measure
from .pooling import misses


def test_profit_is_as_unequal_as_the_truth_says(companies):
    # a panel of 2,000 misses the rarest giants, so it is a little less unequal than the large world
    assert not misses(companies, measure, ESTIMANDS["classify"], slack=0.01)


def test_november_is_the_busiest_month(companies):
    orders = sum(world.orders["ordered_at"].dt.month.value_counts().sort_index() for world in companies)
    assert orders.idxmax() == 11
    assert orders.idxmin() == 2
