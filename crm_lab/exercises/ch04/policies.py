"""What the policies of the pyramid's classes leave, and when one pays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import classify
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import YEAR
from crm_lab.exercises.ch04._borders import delivered

if TYPE_CHECKING:
    from typing import Any

    from crm_lab.data.tables import Tables

Terms = Callable[[pd.DataFrame], pd.DataFrame]


def year_2024(t: Tables) -> pd.DataFrame:
    """Each customer's class, revenue and margin of the year before the last one."""
    orders = delivered(t)
    before = orders[orders["ordered_at"] < t.today - pd.Timedelta(days=YEAR)]
    table = before.groupby("customer_id")[["revenue", "margin"]].sum().round(2)
    table.insert(0, "value_class", classify.value_classes(table["margin"]))
    return table.reset_index()


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
    return result.assign(service_cost=result["service_cost"] - saved, profit_after=result["profit_after"] + saved)


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


def on_the_best(t: Tables, year: Callable[[Tables], pd.DataFrame] = year_2024) -> dict[str, float]:
    """What important customers brought in a year, in ¥, how many they are, and what their policy costs."""
    chosen = year(t).query("value_class == 'important'")
    sums = chosen[["margin", "revenue"]].sum()
    terms = classify.policies().to_dict("index")["important"]
    each = terms["file_cost"] + terms["visits"] * terms["visit_cost"] + terms["service_minutes"] * terms["minute_cost"]
    return {
        "n": len(chosen),
        "service": float(len(chosen) * each),
        "discount": float(terms["discount"] * sums["revenue"]),
        "margin": float(sums["margin"]),
        "revenue": float(sums["revenue"]),
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
