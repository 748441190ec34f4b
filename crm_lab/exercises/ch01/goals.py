"""Goals in numbers: more, longer, deeper by month, and what choosing by the customer is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import concepts
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import delivered, none_cancelled, not_cancelled

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

GOALS = ["customers", "tenure_days", "orders_each"]

# ---- more, longer, deeper


def growth(t: Tables, orders: Any = None) -> pd.DataFrame:
    placed = t.table("orders") if orders is None else orders(t)
    kpis = concepts.growth(placed, t.table("order_lines"), t.table("products"))
    return kpis[GOALS].set_axis(kpis.index.astype("str").rename("month"))


def since_registration(t: Tables) -> pd.DataFrame:
    """Tenure from the opening of the account."""
    orders = not_cancelled(t)
    each = orders.assign(month=orders["ordered_at"].dt.to_period("M"))[["month", "customer_id"]].drop_duplicates()
    opened = each["customer_id"].map(t.table("customers").set_index("customer_id")["registered_at"])
    days = (each["month"].dt.to_timestamp(how="end").dt.normalize() - opened.dt.normalize()).dt.days
    return growth(t).assign(tenure_days=days.groupby(each["month"].astype("str")).mean())


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


def new_ones(t: Tables) -> pd.DataFrame:
    """Customers counted in the month of their first order only."""
    months = not_cancelled(t).groupby("customer_id")["ordered_at"].min().dt.to_period("M").astype("str").value_counts()
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


def later_part(t: Tables, month: bool = False, margin: bool = True) -> pd.Series:
    """The part after first orders: of orders in place of margin, or of customers won in an earlier month."""
    orders = not_cancelled(t)
    first = orders.groupby("customer_id")["ordered_at"].transform("min")
    months = orders["ordered_at"].dt.to_period("M")
    later = months > first.dt.to_period("M") if month else orders["ordered_at"] > first
    value = orders["margin"] if margin else orders["margin"].mul(0).add(1)
    return monthly(value.where(later, 0).groupby(months).sum() / value.groupby(months).sum())


declare(
    deeper,
    "plot",
    shape="line",
    key=("month",),
    by_hand="concepts.growth",
    sections=("growth-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "orders": lambda t: later_part(t, margin=False),
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


def targeting(t: Tables, advice_from: int = 3) -> pd.DataFrame:
    table = concepts.targeting(t.table("campaign_results"), t.table("campaigns"), advice_from=advice_from)
    return table.loc[["product", "customer"], ["uplift", "value", "low", "high"]]


Worth = Callable[[pd.DataFrame, float, float, float], tuple[float, float]]


def valued(worth: Worth) -> Callable[[Tables], pd.DataFrame]:
    """Uplift and value of a call as `worth` sees them, from a group, its two shares and the margin of a buyer.

    The interval moves with the value.
    """

    def row(group: pd.DataFrame) -> tuple[float, float]:
        share = group.groupby("treated")["bought"].mean()
        return worth(group, float(share[True]), float(share[False]), float(group.loc[group["bought"], "margin"].mean()))

    def recipe(t: Tables) -> pd.DataFrame:
        people = offer(t)
        rows = {"product": row(people), "customer": row(people[people["advice_contacts"] >= 3])}
        table = pd.DataFrame.from_dict(rows, orient="index", columns=["uplift", "value"]).rename_axis("choice")
        right = targeting(t)
        half = right["value"] - right["low"]
        return table.assign(low=table["value"] - half, high=table["value"] + half)

    return recipe


COST = 5  # ¥ a call, as the task says


def mean_margins(group: pd.DataFrame, called: float, alone: float, margin: float) -> tuple[float, float]:
    """The difference of the mean margins, buyers or not."""
    means = group.groupby("treated")["margin"].mean()
    return called - alone, float(means[True] - means[False]) - COST


def narrower(table: pd.DataFrame) -> pd.DataFrame:
    """One standard error to either side."""
    half = (table["high"] - table["low"]) / 2 / 1.96
    return table.assign(low=table["value"] - half, high=table["value"] + half)


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
        "no holdout": valued(lambda group, called, alone, margin: (called, called * margin - COST)),
        "cost forgotten": valued(lambda group, called, alone, margin: (called - alone, (called - alone) * margin)),
        "margin of everybody": valued(
            lambda group, called, alone, margin: (called - alone, (called - alone) * group["margin"].mean() - COST)
        ),
        "mean margins": valued(mean_margins),
        "more than three": {"advice_from": 4},
        "one error": then(narrower),
    },
    facts=gained,
)
