"""What decisions bring: some at once, some a year later at a price today, some never.

Measured on private customers, whose orders are many, at their mean margin: dealers and chance baskets are noise here.
"""

import copy
from functools import cache

import numpy as np
import pytest

from crm_lab.world import Actions, manage

SEEDS, QUARTERS = (1, 2, 3, 4), 5
DECISIONS = {
    "usual": lambda company: Actions(),
    "quality": lambda company: Actions(quality=150_000),
    "community": lambda company: Actions(community=150_000),
    "fewer agents": lambda company: Actions(agents=0.75),
    "more display": lambda company: Actions(acquisition={"display": 1.4 * company.usual_spend["display"]}),
    "twice the speed": lambda company: Actions(speed=2),
    "no compensation": lambda company: Actions(compensation=0),
    "win-back": lambda company: Actions(offers={"win_back": lambda known: known["recency_days"] > 150}),
    "newsletter to all": lambda company: Actions(offers={"autumn_newsletter": lambda known: known["tenure_days"] >= 0}),
}


@cache
def after_two_years(seed):
    return manage(10_000, seed=seed)


@cache
def value(name, seed):
    """¥ each quarter brings: margin of private customers at its mean, less discounts, compensation and costs."""
    company = copy.deepcopy(after_two_years(seed))
    found = []
    for _ in range(QUARTERS):
        quarter = company.advance(DECISIONS[name](company))
        orders = company.commerce(quarter.number, quarter.number + 1)["orders"]
        kind = company.traits["kind"].to_numpy()
        private = (kind[orders["buyer"]] == "consumer").sum()
        bought = company.lived[-1].purchases
        taken_off = bought.discount[kind[bought.rows] == "consumer"].sum()
        found.append(
            company.scale * (78 * private - 190 * taken_off) + quarter.money["compensation"] - quarter.costs.total
        )
    return np.array(found)


def gains(name, quarters):
    """¥ more than the usual decisions bring in these quarters, one figure a company."""
    return np.array([(value(name, seed) - value("usual", seed))[quarters].sum() for seed in SEEDS])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "at_once", "later"),
    [
        ("win-back", None, 1),
        ("fewer agents", 1, -1),
        ("newsletter to all", 1, -1),
        ("quality", -1, 1),
        ("community", -1, 1),
        ("more display", -1, None),
        ("twice the speed", -1, -1),
        ("no compensation", None, -1),
    ],
)
def test_decisions_pay_when_they_should(name, at_once, later):
    """In the first quarter, and in the fifth, a year after the first decision."""
    for sign, quarters in ((at_once, slice(0, 1)), (later, slice(4, 5))):
        if sign is not None:
            gain = sign * gains(name, quarters)
            assert gain.mean() > 1.6 * gain.std(ddof=1) / np.sqrt(len(gain)), (name, sign * gain)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["more display", "twice the speed"])
def test_some_decisions_never_pay(name):
    assert (np.cumsum([gains(name, quarter).mean() for quarter in range(QUARTERS)]) < 0).all()
