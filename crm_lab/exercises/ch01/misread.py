"""Lab 01: the ways to misread its tasks in figures, as recipes that lead to the wrong answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import concepts
from crm_lab.base.text import _

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

CANCELLED = _("You counted cancelled orders. A cancelled order makes nobody a customer.")
DELIVERED_ONLY = _("You left out open orders. Only cancelled ones count for nothing; an open order is on its way.")
YEAR = pd.Timedelta(days=365)


def all_placed(orders: pd.DataFrame) -> pd.DataFrame:
    """The orders as if none had been cancelled."""
    return orders.assign(status="delivered")


def arrived(orders: pd.DataFrame) -> pd.DataFrame:
    """The delivered orders."""
    return orders[orders["status"] == "delivered"]


def counted(orders: pd.DataFrame) -> pd.DataFrame:
    """The orders that count: all but the cancelled ones."""
    return orders[orders["status"] != "cancelled"]


# ---- relation


def relation_of(
    t: Tables, orders: Callable[[pd.DataFrame], pd.DataFrame] = counted, current_within: int = 365
) -> pd.Series:
    """The relation of each account, from some of the orders."""
    return concepts.relation(t.table("customers"), orders(t.table("orders")), t.today, current_within)


def by_visits(t: Tables) -> pd.Series:
    """Buyers are current when they visited lately."""
    visited = t.table("customers").set_index("customer_id")["last_visit_at"] >= t.today - YEAR
    relation = relation_of(t)
    return relation.mask(relation.isin(["current", "past"]), visited.map({True: "current", False: "past"}))


def never_is_past(t: Tables) -> pd.Series:
    """Everybody who did not order lately is past."""
    relation = relation_of(t)
    return relation.where(relation == "current", "past")


def closed_too(t: Tables) -> pd.Series:
    """Closed accounts stay potential."""
    return relation_of(t).replace({"none": "potential"})


# ---- three definitions


def definitions(
    t: Tables,
    customers: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table,
    orders: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table,
) -> pd.DataFrame:
    """Customers under three definitions, from some of the accounts and orders."""
    return concepts.customer_definitions(customers(t.table("customers")), orders(t.table("orders")), t.today)


def opened(customers: pd.DataFrame) -> pd.DataFrame:
    """The accounts that are still open."""
    return customers[customers["account_open"]]


def orders_for_customers(t: Tables) -> pd.DataFrame:
    """Orders counted where customers are meant."""
    table, when = definitions(t), counted(t.table("orders"))["ordered_at"]
    earlier = t.today - YEAR
    table.loc[["buyer", "active"], "customers"] = [len(when), (when >= earlier).sum()]
    latest = when.between(earlier - YEAR, earlier, inclusive="left")
    table.loc[["buyer", "active"], "a_year_ago"] = [(when < earlier).sum(), latest.sum()]
    return table


def revenue_of_all_years(t: Tables) -> pd.DataFrame:
    """The revenue of both years for each customer."""
    table = definitions(t)
    return table.assign(revenue_each=counted(t.table("orders"))["revenue"].sum() / table["customers"])


# ---- more, longer, deeper

GOALS = ["customers", "tenure_days", "orders_each"]


def growth_of(t: Tables, orders: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table) -> pd.DataFrame:
    """The three goals by month, months as text."""
    kpis = concepts.growth(orders(t.table("orders")), t.table("order_lines"), t.table("products"))
    return kpis[GOALS].set_axis(kpis.index.astype("str").rename("month"))


def _each(t: Tables) -> pd.DataFrame:
    """A row for each customer and month: orders, and the last day of the month."""
    orders = counted(t.table("orders"))
    month = orders["ordered_at"].dt.to_period("M")
    each = orders.groupby([month.rename("month"), "customer_id"]).size().rename("orders").reset_index()
    return each.assign(end=each["month"].dt.to_timestamp(how="end").dt.normalize())


def since_registration(t: Tables) -> pd.DataFrame:
    """Tenure from the opening of the account."""
    each = _each(t).merge(t.table("customers")[["customer_id", "registered_at"]], on="customer_id")
    days = (each["end"] - each["registered_at"].dt.normalize()).dt.days
    return growth_of(t).assign(tenure_days=days.groupby(each["month"].astype("str")).mean())


def until_today(t: Tables) -> pd.DataFrame:
    """Tenure up to today rather than to the end of the month."""
    kpis = growth_of(t)
    ends = pd.PeriodIndex(kpis.index, freq="M").to_timestamp(how="end").normalize()
    return kpis.assign(tenure_days=kpis["tenure_days"] + (t.today - ends).days)


def new_ones(t: Tables) -> pd.DataFrame:
    """Customers counted in the month of their first order only."""
    first = counted(t.table("orders")).groupby("customer_id")["ordered_at"].min()
    months = first.dt.to_period("M").astype("str").value_counts()
    kpis = growth_of(t)
    return kpis.assign(customers=months.reindex(kpis.index, fill_value=0))


def orders_counted(t: Tables) -> pd.DataFrame:
    """Orders in the column for customers."""
    kpis = growth_of(t)
    return kpis.assign(customers=(kpis["customers"] * kpis["orders_each"]).round())


# ---- targeting


def targeting_of(t: Tables, advice_from: int = 3) -> pd.DataFrame:
    """Uplift and value of a call, for the list and for those who want advice."""
    table = concepts.targeting(t.table("campaign_results"), t.table("campaigns"), advice_from=advice_from)
    return table.loc[["product", "customer"], ["uplift", "value"]]


def targeting_with(t: Tables, worth: Callable[[pd.DataFrame, float], tuple[float, float]]) -> pd.DataFrame:
    """The same, worked out in another way: `worth` gives uplift and value of a group from its people and the cost."""
    people, cost = offer(t), float(contact_cost(t))
    groups = {"product": people, "customer": people[people["advice_contacts"] >= 3]}
    rows = {choice: worth(group, cost) for choice, group in groups.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["uplift", "value"]).rename_axis("choice")


def offer(t: Tables) -> pd.DataFrame:
    """The people of the campaign of calls, those called and those left alone."""
    results = t.table("campaign_results")
    names = ["person_id", "treated", "advice_contacts", "bought", "margin"]
    return results.loc[results["campaign_id"] == "proactive_service", names].reset_index(drop=True)


def contact_cost(t: Tables) -> Any:
    return t.table("campaigns").set_index("campaign_id").loc["proactive_service", "contact_cost"]


def _shares(group: pd.DataFrame) -> tuple[float, float, float]:
    called, alone = (group.loc[group["treated"] == treated, "bought"].mean() for treated in (True, False))
    return float(called), float(alone), float(group.loc[group["bought"], "margin"].mean())


def without_holdout(group: pd.DataFrame, cost: float) -> tuple[float, float]:
    """Every buyer among those called counts as won by the call."""
    called, _alone, margin = _shares(group)
    return called, called * margin - cost


def cost_forgotten(group: pd.DataFrame, cost: float) -> tuple[float, float]:
    called, alone, margin = _shares(group)
    return called - alone, (called - alone) * margin


def margin_of_everybody(group: pd.DataFrame, cost: float) -> tuple[float, float]:
    """The mean margin of all people, buyers or not."""
    called, alone, _margin = _shares(group)
    return called - alone, (called - alone) * float(group["margin"].mean()) - cost


def mean_margins(group: pd.DataFrame, cost: float) -> tuple[float, float]:
    """The difference of the mean margins, buyers or not."""
    called, alone, _margin = _shares(group)
    means = group.groupby("treated")["margin"].mean()
    return called - alone, float(means[True] - means[False]) - cost
