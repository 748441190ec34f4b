"""What it costs: a service level, one call, and the choice between own agents and a service provider."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.staffing._patience import erlang_a
from crm_lab.staffing._sizing import agents_needed, with_shrinkage

TARGETS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)


def cost_curve(
    load: float,
    handling_time: float,
    targets: Iterable[float] = TARGETS,
    within: float = 20,
    patience: float | None = None,
    wage: float = 45.0,
    shrinkage: float = 0.3,
    lost: float = 0.0,
) -> pd.DataFrame:
    """What each service level costs in an hour of steady load.

    load           erlangs, above 0
    handling_time  mean, in seconds
    targets        shares of the calls to answer within `within` seconds, each from 0 to below 1
    patience       mean patience in seconds (Erlang A); None: nobody gives up (Erlang C)
    wage           ¥ an hour paid, side costs included
    shrinkage      share of paid time away from the telephone
    lost           ¥ the company loses by each call given up

    Returns one row a target: target, agents, service_level, mean_wait (s, all calls), occupancy, abandonment (share),
    paid (agents paid), staff_cost, lost_cost, total (¥ an hour) and per_call (staff_cost by call offered).
    Raises InputError when an argument is out of range.
    Source: the trade-off of Gans, Koole & Mandelbaum (2003), section 2.3, put in money.

    >>> cost_curve(10, 180, targets=[0.8, 0.9])[["agents", "paid", "staff_cost"]].values.tolist()
    [[14.0, 20.0, 900.0], [15.0, 22.0, 990.0]]
    """
    load, wage = amount(load, "load", above=0), amount(wage, "wage")
    lost, calls = amount(lost, "lost"), 3600 * load / amount(handling_time, "handling_time", above=0)
    rows = []
    for target in targets:
        agents = agents_needed(load, handling_time, target, within, patience)
        met = erlang_a(load / handling_time, 1 / handling_time, 1 / patience if patience else 0.0, agents)
        paid = with_shrinkage(agents, shrinkage)
        rows.append(
            {
                "target": target,
                "agents": agents,
                "service_level": met.service_level(within),
                "mean_wait": met.mean_wait,
                "occupancy": met.occupancy,
                "abandonment": met.abandonment,
                "paid": paid,
                "staff_cost": wage * paid,
                "lost_cost": lost * met.abandonment * calls,
            }
        )
    curve = pd.DataFrame(rows)
    return curve.assign(total=curve["staff_cost"] + curve["lost_cost"], per_call=curve["staff_cost"] / calls)


def cost_per_call(
    calls_per_hour: float,
    handling_time: float,
    target: float = 0.8,
    within: float = 20,
    patience: float | None = None,
    wage: float = 45.0,
    shrinkage: float = 0.3,
) -> float:
    """¥ of wages for one call at a steady number of calls an hour: large centres are cheaper at the same service.

    calls_per_hour  above 0
    target, within, patience, wage, shrinkage  as for cost_curve

    Raises InputError when an argument is out of range.
    Source: economies of scale of Erlang's formulas; Smith & Whitt (1981).

    >>> round(cost_per_call(20, 300), 2), round(cost_per_call(2000, 300), 2)
    (13.5, 5.67)
    """
    load = amount(calls_per_hour, "calls_per_hour", above=0) * amount(handling_time, "handling_time", above=0) / 3600
    curve = cost_curve(load, handling_time, [target], within, patience, wage, shrinkage)
    return float(curve["per_call"].iloc[0])


def inhouse_or_outsourced(
    calls: Any, fixed: float, per_call: float, price: float, price_fixed: float = 0.0
) -> pd.DataFrame:
    """Cost of answering so many calls with own agents and with a service provider.

    calls        calls in a period (say a month), shape (n,), each from 0
    fixed        ¥ a period for an own centre whatever its calls: rooms, system, supervisors
    per_call     ¥ for each call answered by own agents
    price        ¥ for each call the provider answers
    price_fixed  ¥ a period the provider asks whatever the calls

    Returns columns calls, inhouse, outsourced (¥ a period) and cheaper ("inhouse" or "outsourced"; equal: "inhouse").
    Raises InputError when a number is missing or negative.
    Source: break-even analysis, any textbook of cost accounting.

    >>> inhouse_or_outsourced([10_000, 30_000], fixed=100_000, per_call=6, price=11)["cheaper"].tolist()
    ['outsourced', 'inhouse']
    """
    volume = np.array([amount(number, "calls") for number in np.atleast_1d(calls)])
    terms = {"fixed": fixed, "per_call": per_call, "price": price, "price_fixed": price_fixed}
    checked = {name: amount(value, name) for name, value in terms.items()}
    inhouse = checked["fixed"] + checked["per_call"] * volume
    outsourced = checked["price_fixed"] + checked["price"] * volume
    cheaper = np.where(inhouse <= outsourced, "inhouse", "outsourced")
    return pd.DataFrame({"calls": volume, "inhouse": inhouse, "outsourced": outsourced, "cheaper": cheaper})


def break_even_calls(fixed: float, per_call: float, price: float, price_fixed: float = 0.0) -> float:
    """Calls in a period at which own agents and a service provider cost the same; beyond it own agents are cheaper.

    fixed, per_call, price, price_fixed  as for inhouse_or_outsourced

    (fixed − price_fixed) / (price − per_call); 0 where own agents are cheaper from the first call.
    Raises InputError when the provider is not dearer for each call: then more calls never make up for fixed costs.
    Source: break-even analysis, any textbook of cost accounting.

    >>> break_even_calls(fixed=100_000, per_call=6, price=11)
    20000.0
    """
    fixed, per_call = amount(fixed, "fixed"), amount(per_call, "per_call")
    price, price_fixed = amount(price, "price"), amount(price_fixed, "price_fixed")
    if price <= per_call:
        raise InputError(
            _(
                "The provider asks {price:g} ¥ a call and own agents cost {own:g}: no number of calls breaks even."
            ).format(price=price, own=per_call)
        )
    return max(0.0, (fixed - price_fixed) / (price - per_call))
