"""The customer pyramid and what its policies leave; value now and value to come."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import YEAR, total
from crm_lab.exercises.ch04._borders import all_orders, delivered, lab_orders

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

CUTS = (0.01, 0.05, 0.20)
Terms = Callable[[pd.DataFrame], pd.DataFrame]

# ---- the pyramid


def pyramid(
    t: Tables, orders: Any = delivered, days: int | None = YEAR, value: str = "margin", losses: bool = True
) -> pd.Series:
    amounts = total(orders(t, days), value)
    return classify.value_classes(amounts if losses else amounts[amounts > 0], CUTS)


def largest_first(t: Tables) -> pd.Series:
    return total(delivered(t, YEAR)).sort_values(ascending=False, kind="stable")


def in_classes(places: pd.Series, ends: Sequence[float]) -> pd.Series:
    """Classes by place, 0 first: important up to the first end, and so on."""
    names = ["important", "main", "ordinary"]
    return pd.Series(np.select([places < end for end in ends], names, "small"), places.index, name="value_class")


def cut_by_money(t: Tables, ends: Sequence[float] = CUTS) -> pd.Series:
    margin = largest_first(t)
    return in_classes((margin.cumsum() - margin) / margin.sum(), ends)


def by_place(
    t: Tables, margin: pd.Series | None = None, cuts: Sequence[float] = CUTS, whole: Callable[[float], int] = math.ceil
) -> pd.Series:
    """Classes by place in another line, at other cuts, or with sizes rounded in another way."""
    line = largest_first(t) if margin is None else margin
    places = pd.Series(np.arange(len(line)), line.index)
    return in_classes(places, [whole(round(cut * len(line), 9)) for cut in cuts])


def everyone(t: Tables) -> pd.Series:
    """Those without an order in the year too, with 0."""
    margin = total(delivered(t, YEAR)).reindex(t.table("customers")["customer_id"], fill_value=0.0)
    return by_place(t, margin.sort_values(ascending=False, kind="stable"))


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
    supplies={"lab_orders": lab_orders},
    mistakes={
        "all years": {"days": None},
        "all orders": {"orders": all_orders},
        "cut by money": cut_by_money,
        "cut as in ABC": lambda t: cut_by_money(t, (0.5, 0.8, 0.95)),
        "rounded down": lambda t: by_place(t, whole=math.floor),
        "rounded": lambda t: by_place(t, whole=round),
        "not added up": lambda t: by_place(t, cuts=(0.01, 0.04, 0.15)),
        "ascending": lambda t: by_place(t, largest_first(t)[::-1]),
        "everyone": everyone,
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


def policy(t: Tables, discounted: str = "revenue", terms: Terms = lambda given: given) -> pd.DataFrame:
    """What each class costs and leaves under the policies, or under other terms."""
    year = year_2024(t).set_index("customer_id")
    result = classify.policy_result(year["margin"], year[discounted], year["value_class"], terms(classify.policies()))
    return result.drop(columns="profit_before")


def free(column: str) -> dict[str, Terms]:
    """The knob for policies in which this costs nothing."""
    return {"terms": lambda given: given.assign(**{column: 0})}


def one_file(t: Tables) -> pd.DataFrame:
    """With one file for a class instead of one for each customer."""
    result = policy(t)
    saved = (result["customers"] - 1) * classify.policies()["file_cost"]
    return result.assign(
        service_cost=result["service_cost"] - saved, profit_after=result["profit_after"] + saved
    )


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
        "fee of one": policy_with(asked=False),
        "no visits": free("visits"),
        "no file": free("file_cost"),
        "no minutes": free("service_minutes"),
        "one file": one_file,
        "minutes for yuan": {"terms": lambda given: given.assign(minute_cost=1)},
        "hours for minutes": {"terms": lambda given: given.assign(service_minutes=given["service_minutes"] / 60)},
        "percent of a percent": {"terms": lambda given: given.assign(discount=given["discount"] / 100)},
        "all customers": then(lambda result: result.assign(customers=result["customers"].sum())),
        "for each": then(lambda result: result.assign(profit_after=result["profit_after"] / result["customers"])),
        "from revenue": policy_with(start="revenue"),
    },
    facts=left_by_each,
)

# ---- break-even


Found = Callable[["Tables"], dict[str, float]]


def on_the_best(t: Tables, year: Callable[[Tables], pd.DataFrame] = year_2024, all_classes: bool = False) -> dict[str, float]:
    """What important customers (or all) brought in a year, in ¥, how many they are, and what their policy costs."""
    table = year(t)
    chosen = table if all_classes else table[table["value_class"] == "important"]
    terms = classify.policies().loc["important"]
    each = terms["file_cost"] + terms["visits"] * terms["visit_cost"] + terms["service_minutes"] * terms["minute_cost"]
    return {
        "n": len(chosen),
        "service": float(len(chosen) * each),
        "discount": float(terms["discount"] * chosen["revenue"].sum()),
        "margin": float(chosen["margin"].sum()),
        "revenue": float(chosen["revenue"].sum()),
    }


def break_even(
    t: Tables,
    growing: bool = True,
    counted: Sequence[str] = ("service", "discount"),
    over: str = "margin",
    row: Found = on_the_best,
) -> float:
    """How much more important customers must buy until their policy pays.

    growing  whether the discount is given on what they buy more, too
    counted  the costs that count
    over     what the cost is compared with
    row      what customers brought and cost
    """
    found = row(t)
    return sum(found[cost] for cost in counted) / (found[over] - (found["discount"] if growing else 0))


def service_of_one(t: Tables) -> dict[str, float]:
    found = on_the_best(t)
    return found | {"service": found["service"] / found["n"]}


def discount_on_margin(t: Tables) -> dict[str, float]:
    found = on_the_best(t)
    return found | {"discount": found["discount"] * found["margin"] / found["revenue"]}


def every_class(t: Tables) -> dict[str, float]:
    """All customers, under the policies of their classes."""
    costs, year = policy(t), year_2024(t)
    return {
        "service": costs["service_cost"].sum(),
        "discount": costs["discount_cost"].sum(),
        "margin": year["margin"].sum(),
    }


def last_365_days(t: Tables) -> pd.DataFrame:
    sums = delivered(t, YEAR).groupby("customer_id")[["revenue", "margin"]].sum()
    return sums.assign(value_class=classify.value_classes(sums["margin"]))


def spent_in_yuan(t: Tables) -> float:
    found = on_the_best(t)
    return found["service"] + found["discount"]


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
        "discount only": {"counted": ("discount",)},
        "service only": {"counted": ("service",)},
        "service of one": {"row": service_of_one},
        "discount on margin": {"row": discount_on_margin},
        "every class": {"row": every_class},
        "last 365 days": {"row": lambda t: on_the_best(t, last_365_days)},
        "one plus": then(lambda share: 1 + share),
        "in yuan": spent_in_yuan,
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


def month(orders: pd.DataFrame) -> pd.Series:
    return orders["ordered_at"].dt.to_period("M")


def best(orders: pd.DataFrame, part: Part, value: str, figure: str = "max") -> pd.Series:
    """The largest sum of a part of the time, for each customer; or another figure of these sums."""
    return orders.groupby(["customer_id", part(orders)])[value].sum().groupby("customer_id").agg(figure)


def field(
    t: Tables,
    value: str = "margin",
    days: int | None = YEAR,
    part: Part = quarter,
    times: int = 4,
    lapsed: bool = True,
    orders: Any = delivered,
    figure: str = "max",
    later_value: str = "",
    later_days: int | None = None,
) -> pd.Series:
    """The four fields of current × potential; `lapsed` keeps those who bought nothing in the last 365 days."""
    later = times * best(orders(t, later_days), part, later_value or value, figure)
    now = total(orders(t, days), value)
    later = later.reindex(total(orders(t)).index, fill_value=0.0)
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
    supplies={"lab_orders": lab_orders},
    mistakes={
        "revenue": {"value": "revenue"},
        "best order": {"part": lambda orders: orders["order_id"]},
        "quarter for a year": {"times": 1},
        "lapsed dropped": {"lapsed": False},
        "years mixed": {"part": lambda orders: orders["ordered_at"].dt.quarter},
        "total as now": {"days": None},
        "all orders": {"orders": all_orders},
        "best month": {"part": month},
        "mean quarter": {"figure": "mean"},
        "revenue later": {"later_value": "revenue"},
        "best of this year": {"later_days": YEAR},
        "crossed": then(lambda fields: fields.replace({"grow": "keep", "keep": "grow"})),
    },
    facts=in_each_field,
)
