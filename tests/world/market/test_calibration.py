"""The market is as the truth says, figure by figure."""

from crm_lab.world._market.truth import MARKET_ESTIMANDS

from ..pooling import misses
from .market_measures import measure


def test_the_standard_methods_find_what_the_truth_says(companies):
    assert not misses(companies, measure, MARKET_ESTIMANDS)
