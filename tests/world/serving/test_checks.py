"""Test calls: half of the teams get the checklist, which raises the mean and narrows the spread as stated."""

from crm_lab.world._serving.serving_parameters import CheckParameters
from crm_lab.world._serving.truth import ESTIMANDS

from ..pooling import misses
from . import serving_measures as found

PARAMETERS = CheckParameters()


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.checks, ESTIMANDS["checks"])


def test_half_of_the_teams_work_with_it_from_september(companies):
    for world in companies[:5]:
        table = found.calls_tested(world).merge(world.agents, on="agent_id")
        assert table.loc[table["drawn"], "team"].nunique() == 3
        assert (table.groupby("team")["drawn"].nunique() == 1).all()
        assert table["checklist"].eq(table["drawn"] & table["after"]).all()
        assert (table.groupby("agent_id").size() == len(PARAMETERS.before) + len(PARAMETERS.after)).all()


def test_the_lot_falls_differently_in_other_companies(companies):
    drawn = {
        tuple(found.calls_tested(w).merge(w.agents, on="agent_id").query("drawn")["team"].unique()) for w in companies
    }
    assert len(drawn) > 5


def test_the_spread_narrows_as_stated(companies):
    stated = {"within_with": PARAMETERS.within * PARAMETERS.narrows[1], "within_without": PARAMETERS.within}
    assert not misses(companies, found.checks, stated, slack=0.05)  # whole points add 1/12 to the variance
