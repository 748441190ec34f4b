"""Goals in numbers: more, longer, deeper by month, and what choosing by the customer is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from crm_lab import concepts
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import delivered, none_cancelled, not_cancelled

GOALS = ["customers", "tenure_days", "orders_each"]

# ---- more, longer, deeper


def growth(t: Tables, orders: Any = None) -> pd.DataFrame:
    placed = t.table("orders") if orders is None else orders(t)
    kpis = concepts.growth(placed, t.table("order_lines"), t.table("products"))
    return kpis[GOALS].set_axis(pd.PeriodIndex(kpis.index).to_timestamp().rename("month"))


def since_registration(t: Tables) -> pd.DataFrame:
    """Tenure from the opening of the account."""
    orders = not_cancelled(t)
    each = orders.assign(month=orders["ordered_at"].dt.to_period("M"))[["month", "customer_id"]].drop_duplicates()
    opened = each["customer_id"].map(t.table("customers").set_index("customer_id")["registered_at"])
    days = (each["month"].dt.to_timestamp(how="end").dt.normalize() - opened.dt.normalize()).dt.days
    return growth(t).assign(tenure_days=days.groupby(each["month"].dt.to_timestamp()).mean())


def mean_of_orders(t: Tables) -> pd.DataFrame:
    """Tenure averaged over the orders of a month, so that who orders twice counts twice."""
    orders = not_cancelled(t)
    first = orders.groupby("customer_id")["ordered_at"].transform("min")
    month = orders["ordered_at"].dt.to_period("M")
    days = (month.dt.to_timestamp(how="end").dt.normalize() - first.dt.normalize()).dt.days
    return growth(t).assign(tenure_days=days.groupby(month.astype("str")).mean())


def until_today(t: Tables) -> pd.DataFrame:
    """Tenure up to today rather than to the end of the month."""
    kpis = growth(t)
    ends = pd.PeriodIndex(kpis.index, freq="M").to_timestamp(how="end").normalize()
    return kpis.assign(tenure_days=kpis["tenure_days"] + (t.today - ends).days)


def of_each_order(t: Tables) -> pd.DataFrame:
    """Tenure as the mean over orders, in which a customer counts as often as they ordered."""
    orders = not_cancelled(t)
    first = orders.groupby("customer_id")["ordered_at"].transform("min").dt.normalize()
    month = orders["ordered_at"].dt.to_period("M")
    days = (month.dt.to_timestamp(how="end").dt.normalize() - first).dt.days
    return growth(t).assign(tenure_days=days.groupby(month.dt.to_timestamp()).mean())


def since_first_of_month(t: Tables) -> pd.DataFrame:
    """Tenure from the first order of the same month."""
    orders = not_cancelled(t)
    month = orders["ordered_at"].dt.to_period("M")
    first = orders.groupby([month.rename("month"), "customer_id"])["ordered_at"].min().dt.normalize().reset_index()
    days = (first["month"].dt.to_timestamp(how="end").dt.normalize() - first["ordered_at"]).dt.days
    return growth(t).assign(tenure_days=days.groupby(first["month"].dt.to_timestamp()).mean())


def new_ones(t: Tables) -> pd.DataFrame:
    """Customers counted in the month of their first order only."""
    months = (
        not_cancelled(t).groupby("customer_id")["ordered_at"].min().dt.to_period("M").dt.to_timestamp().value_counts()
    )
    kpis = growth(t)
    return kpis.assign(customers=months.reindex(kpis.index, fill_value=0))


def two_years(t: Tables, kpis: pd.DataFrame) -> dict[str, float]:
    """The mean month of each year."""
    first, second = kpis.tail(24)[GOALS].to_numpy(dtype=float).reshape(2, -1, 3).mean(axis=1)
    return {"before": first[0], "now": second[0], "deep_before": first[2], "deep_now": second[2]}


declare(
    growth,
    "table",
    key=("month",),
    by_hand="concepts.growth",
    sections=("growth-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "delivered only": {"orders": delivered},
        "since registration": since_registration,
        "mean of orders": mean_of_orders,
        "until today": until_today,
        "of each order": of_each_order,
        "first of the month": since_first_of_month,
        "below zero": then(lambda kpis: kpis.assign(tenure_days=-kpis["tenure_days"])),
        "upside down": then(lambda kpis: kpis.assign(orders_each=1 / kpis["orders_each"])),
        "new customers": new_ones,
        "orders": then(lambda kpis: kpis.assign(customers=(kpis["customers"] * kpis["orders_each"]).round())),
    },
    facts=two_years,
)

# ---- deeper


def deeper(t: Tables, orders: Any = not_cancelled) -> pd.Series:
    kpis = concepts.growth(orders(t), t.table("order_lines"), t.table("products"))
    return monthly(kpis["repeat_margin"])


def monthly(shares: pd.Series) -> pd.Series:
    """Shares by the first day of each month."""
    return shares.set_axis(pd.PeriodIndex(shares.index).to_timestamp().rename("month")).rename("share")


def later_part(t: Tables, month: bool = False, value: str = "margin", of: str = "month") -> pd.Series:
    """The part after first orders, with the places to go wrong.

    month  count only what comes after the month of the first order
    value  a column, or "orders"
    of     what it is divided by: the sum of the "month", of "all" months together, or "nothing"
    """
    orders = not_cancelled(t)
    first = orders.groupby("customer_id")["ordered_at"].transform("min")
    months = orders["ordered_at"].dt.to_period("M")
    later = months > first.dt.to_period("M") if month else orders["ordered_at"] > first
    amount = orders["margin"].mul(0).add(1) if value == "orders" else orders[value]
    sums = amount.groupby(months).sum()
    divisor: Any = {"month": sums, "all": sums.sum(), "nothing": 1}[of]
    return monthly(amount.where(later, 0).groupby(months).sum() / divisor)


declare(
    deeper,
    "plot",
    shape="line",
    named="share",
    key=("month",),
    by_hand="concepts.growth",
    sections=("growth-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "orders": lambda t: later_part(t, value="orders"),
        "revenue": lambda t: later_part(t, value="revenue"),
        "of all months": lambda t: later_part(t, of="all"),
        "not divided": lambda t: later_part(t, of="nothing"),
        "earlier months": lambda t: later_part(t, month=True),
        "first orders": then(lambda shares: 1 - shares),
    },
    facts=lambda t, shares: {"first": shares.iloc[:12].mean(), "second": shares.iloc[-12:].mean()},
)

# ---- by product or by customer


def offer(t: Tables) -> pd.DataFrame:
    """The people of the campaign of calls, those called and those left alone."""
    results = t.table("campaign_results")
    names = ["person_id", "treated", "advice_contacts", "bought", "margin"]
    return results.loc[results["campaign_id"] == "proactive_service", names].reset_index(drop=True)


def targeting(t: Tables, advice_from: int = 3, chosen: str = "customer") -> pd.DataFrame:
    table = concepts.targeting(t.table("campaign_results"), t.table("campaigns"), advice_from=advice_from)
    return table.loc[["product", chosen], ["uplift", "value", "low", "high"]].rename({chosen: "customer"})


def choices(t: Tables) -> dict[str, pd.DataFrame]:
    """The people of each choice."""
    people = offer(t)
    return {"product": people, "customer": people[people["advice_contacts"] >= 3]}


Rule = Callable[[pd.DataFrame], float]
COST = 5  # ¥ a call, as the task says


def margin_of_buyers(group: pd.DataFrame) -> float:
    return float(group.loc[group["bought"], "margin"].mean())


def called_less_alone(group: pd.DataFrame, column: str = "bought") -> float:
    means = group.groupby("treated")[column].mean()
    return float(means[True] - means[False])


def valued(
    uplift: Rule = called_less_alone, margin: Rule = margin_of_buyers, worth: Rule | None = None, cost: int = COST
) -> Callable[[Tables], pd.DataFrame]:
    """What a call leaves by another uplift, another margin of an order, or another `worth` of the call altogether."""

    def row(group: pd.DataFrame) -> dict[str, float]:
        value = (worth(group) if worth else uplift(group) * margin(group)) - cost
        return {"uplift": uplift(group), "value": value, "half": half_of(group, margin)}

    def recipe(t: Tables) -> pd.DataFrame:
        rows = {choice: row(group) for choice, group in choices(t).items()}
        table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("choice")
        half = table.pop("half")
        return table.assign(low=table["value"] - half, high=table["value"] + half)

    return recipe


def half_of(group: pd.DataFrame, margin: Rule = margin_of_buyers) -> float:
    """Half of the interval: 1.96 errors."""
    share = group.groupby("treated")["bought"].agg(["mean", "size"])
    return float(1.96 * margin(group) * (share["mean"] * (1 - share["mean"]) / share["size"]).sum() ** 0.5)


def of_the_list(t: Tables) -> pd.DataFrame:
    """The margin of the whole list's buyers for both choices."""
    return valued(margin=lambda group: margin_of_buyers(offer(t)))(t)


def within(half: Rule) -> Callable[[Tables], pd.DataFrame]:
    """The right values with other intervals."""

    def recipe(t: Tables) -> pd.DataFrame:
        table = targeting(t)
        halves = pd.Series({choice: half(group) for choice, group in choices(t).items()})
        return table.assign(low=table["value"] - halves, high=table["value"] + halves)

    return recipe


def of_all_people(group: pd.DataFrame) -> float:
    """All people of a choice in place of n1 and of n0."""
    share = group.groupby("treated")["bought"].mean()
    return float(1.96 * margin_of_buyers(group) * ((share * (1 - share)).sum() / len(group)) ** 0.5)


def relative(group: pd.DataFrame) -> float:
    """How much larger the share of those called is, in place of the difference."""
    return called_less_alone(group) / float(group.loc[~group["treated"], "bought"].mean())


def gained(t: Tables, table: pd.DataFrame) -> dict[str, Any]:
    thousand = 1000 * table
    chosen = thousand.loc["customer"]
    form = "open" if chosen["low"] < 0 < chosen["high"] else "settled"
    figures = {"chosen": chosen["value"], "low": chosen["low"], "high": chosen["high"]}
    return {"form": form, **figures, "all": thousand["value"]["product"]}


declare(
    targeting,
    "table",
    key=("choice",),
    supplies={"offer": offer},
    by_hand="concepts.targeting",
    sections=("centred-idea",),
    mistakes={
        "no holdout": valued(lambda group: float(group.loc[group["treated"], "bought"].mean())),
        "cost forgotten": valued(cost=0),
        "margin of everybody": valued(margin=lambda group: float(group["margin"].mean())),
        "margin of those called": valued(margin=lambda group: margin_of_buyers(group[group["treated"]])),
        "margin of the list": of_the_list,
        "mean margins": valued(worth=lambda group: called_less_alone(group, "margin")),
        "relative": valued(relative),
        "seldom asked": {"chosen": "others"},
        "more than three": {"advice_from": 4},
        "one error": within(lambda group: half_of(group) / 1.96),
        "share's interval": within(lambda group: half_of(group) / margin_of_buyers(group)),
        "all people": within(of_all_people),
    },
    facts=gained,
)
