"""The customer pyramid and what its policies leave; value now and value to come."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import YEAR, delivered, total

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

CUTS = (0.01, 0.05, 0.20)

# ---- the pyramid


def pyramid(
    t: Tables, days: int | None = YEAR, value: str = "margin", losses: bool = True, cuts: Sequence[float] = CUTS
) -> pd.Series:
    amounts = total(delivered(t, days), value)
    return classify.value_classes(amounts if losses else amounts[amounts > 0], cuts)


def largest_first(t: Tables) -> pd.Series:
    return total(delivered(t, YEAR)).sort_values(ascending=False, kind="stable")


def in_classes(places: pd.Series, ends: Sequence[float]) -> pd.Series:
    """Classes by place, 0 first: important up to the first end, and so on."""
    names = ["important", "main", "ordinary"]
    return pd.Series(np.select([places < end for end in ends], names, "small"), places.index, name="value_class")


def cut_by_money(t: Tables) -> pd.Series:
    margin = largest_first(t)
    return in_classes((margin.cumsum() - margin) / margin.sum(), CUTS)


def rounded_down(t: Tables) -> pd.Series:
    margin = largest_first(t)
    places = pd.Series(np.arange(len(margin)), margin.index)
    return in_classes(places, [math.floor(round(cut * len(margin), 9)) for cut in CUTS])


def by_class(t: Tables, classes: pd.Series) -> dict[str, Any]:
    margin, counts = total(delivered(t, YEAR)), classes.value_counts()
    share = margin.groupby(classes).sum() / margin.sum()
    each = share / counts
    return {"count": counts, "share": share, "times": each["important"] / each["small"]}


declare(
    pyramid,
    "table",
    key=("customer_id",),
    by_hand="classify.value_classes",
    sections=("pyramid-idea",),
    mistakes={
        "all years": {"days": None},
        "cut by money": cut_by_money,
        "rounded down": rounded_down,
        "on top of each other": {"cuts": np.cumsum(CUTS)},
        "losses dropped": {"losses": False},
        "revenue": {"value": "revenue"},
    },
    facts=by_class,
)

# ---- the money in each class


def year_2024(t: Tables) -> pd.DataFrame:
    """Each customer's class, revenue and margin of the year before the last one."""
    orders = delivered(t)
    before = orders[orders["ordered_at"] < t.today - pd.Timedelta(days=YEAR)]
    table = before.groupby("customer_id")[["revenue", "margin"]].sum().round(2)
    table.insert(0, "value_class", classify.value_classes(table["margin"]))
    return table.reset_index()


def tiers(t: Tables, value: str = "margin", figure: str = "sum", shares: bool = True) -> pd.Series:
    """What each class brought in 2024."""
    found = t.table("year_2024").groupby("value_class")[value].agg(figure)
    return found / found.sum() if shares else found


declare(
    tiers,
    "plot",
    shape="bars",
    key=("value_class",),
    sections=("pyramid-idea",),
    supplies={"year_2024": year_2024},
    mistakes={
        "share of customers": {"figure": "size"},
        "sums": {"shares": False},
        "revenue": {"value": "revenue"},
        "means": {"figure": "mean", "shares": False},
    },
    facts=lambda t, share: {"top": share.drop("small").sum(), "small": share["small"]},
)

# ---- what the policies leave


def policies(t: Tables) -> pd.DataFrame:
    return classify.policies().reset_index()


def policy(t: Tables, discounted: str = "revenue") -> pd.DataFrame:
    """What each class costs and leaves under the policies."""
    year = year_2024(t).set_index("customer_id")
    result = classify.policy_result(year["margin"], year[discounted], year["value_class"], classify.policies())
    return result.drop(columns="profit_before")


def policy_with(
    served: bool = True, asked: bool = True, fee_sign: int = 1, start: str = "margin"
) -> Callable[[Tables], pd.DataFrame]:
    """The columns put together one after the other, with places to go wrong.

    served    whether each customer of a class is served, or one for all
    asked     whether each pays the fee, or one for all
    fee_sign  how the fee counts in the profit
    start     what the profit begins with
    """

    def recipe(t: Tables) -> pd.DataFrame:
        result = policy(t)
        begin = year_2024(t).groupby("value_class")[start].sum().reindex(result.index, fill_value=0.0)
        result["service_cost"] /= 1 if served else result["customers"]
        result["fee_income"] /= 1 if asked else result["customers"]
        costs = result["service_cost"] + result["discount_cost"]
        return result.assign(profit_after=begin - costs + fee_sign * result["fee_income"])

    return recipe


def left_by_each(t: Tables, result: pd.DataFrame) -> dict[str, Any]:
    spent = result["service_cost"] + result["discount_cost"]
    return {"each": result["profit_after"] / result["customers"], "share": spent["important"] / spent.sum()}


declare(
    policy,
    "table",
    key=("value_class",),
    by_hand="classify.policy_result",
    sections=("pyramid-idea",),
    supplies={"year_2024": year_2024, "policies": policies},
    mistakes={
        "discount on margin": {"discounted": "margin"},
        "fee forgotten": policy_with(fee_sign=0),
        "fee as cost": policy_with(fee_sign=-1),
        "service of one": policy_with(served=False),
        "one of each": policy_with(served=False, asked=False),
        "from revenue": policy_with(start="revenue"),
    },
    facts=left_by_each,
)

# ---- break-even


def break_even(t: Tables, growing: bool = True, files: bool = True, over: str = "margin") -> float:
    """How much more important customers must buy until their policy pays.

    growing  whether the discount is given on what they buy more, too
    files    whether file, visits and minutes count
    over     what the cost is compared with
    """
    row = on_the_best(t)
    spent = row["discount"] + (row["service"] if files else 0)
    return spent / (row[over] - (row["discount"] if growing else 0))


def on_the_best(t: Tables) -> dict[str, float]:
    """What important customers brought in 2024, in ¥, how many they are, and what their policy costs."""
    costs, year = policy(t), year_2024(t)
    names = {"customers": "n", "service_cost": "service", "discount_cost": "discount"}
    sums = year[year["value_class"] == "important"][["margin", "revenue"]].sum()
    return {
        **{new: float(costs[old]["important"]) for old, new in names.items()},
        "margin": float(sums["margin"]),
        "revenue": float(sums["revenue"]),
    }


def spent_on_the_best(t: Tables, share: float) -> dict[str, float]:
    row = on_the_best(t)
    return {"share": share, "spent": row["service"] + row["discount"], "n": row["n"]}


declare(
    break_even,
    "number",
    by_hand="classify.policy_result",
    sections=("break-even-idea",),
    supplies={"year_2024": year_2024, "policies": policies},
    mistakes={
        "old sales only": {"growing": False},
        "discount only": {"files": False},
        "of the revenue": {"over": "revenue", "growing": False},
        "percent": then(lambda share: 100 * share),
    },
    facts=spent_on_the_best,
)

# ---- value now and value to come

Part = Callable[[pd.DataFrame], pd.Series]  # orders -> the part of the time they fall into
CURRENT_CUT, POTENTIAL_CUT = 200, 800  # ¥, stated in the task


def quarter(orders: pd.DataFrame) -> pd.Series:
    return orders["ordered_at"].dt.to_period("Q")


def best(orders: pd.DataFrame, part: Part, value: str) -> pd.Series:
    """The largest sum of a part of the time, for each customer."""
    return orders.groupby(["customer_id", part(orders)])[value].sum().groupby("customer_id").max()


def field(
    t: Tables,
    value: str = "margin",
    days: int | None = YEAR,
    part: Part = quarter,
    times: int = 4,
    lapsed: bool = True,
) -> pd.Series:
    """The four fields of current × potential; `lapsed` keeps those who bought nothing in the last 365 days."""
    later, now = times * best(delivered(t), part, value), total(delivered(t, days), value)
    kept = later.index if lapsed else now.index
    return classify.current_potential(now.reindex(kept, fill_value=0.0), later[kept], CURRENT_CUT, POTENTIAL_CUT)


def in_each_field(t: Tables, fields: pd.Series) -> dict[str, Any]:
    """How many stand in each field, and how many of those who could grow bought nothing in the last 365 days."""
    grow = fields.index[fields == "grow"]
    silent = (~grow.isin(delivered(t, YEAR)["customer_id"])).sum()
    return {**fields.value_counts().reindex(["star", "grow", "keep", "watch"], fill_value=0), "silent": silent}


declare(
    field,
    "table",
    key=("customer_id",),
    by_hand="classify.current_potential",
    sections=("potential-idea",),
    mistakes={
        "revenue": {"value": "revenue"},
        "best order": {"part": lambda orders: orders["order_id"]},
        "quarter for a year": {"times": 1},
        "lapsed dropped": {"lapsed": False},
        "years mixed": {"part": lambda orders: orders["ordered_at"].dt.quarter},
        "total as now": {"days": None},
    },
    facts=in_each_field,
)
