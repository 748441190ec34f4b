"""Who is a customer: who comes, pays and uses; past, current and potential ones; three definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from crm_lab import concepts
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import delivered, none_cancelled, not_cancelled

YEAR, HALF = pd.Timedelta(days=365), pd.Timedelta(days=180)
OWN_USE = ("consumer", "employee")

# ---- shopper, customer, consumer


def accounts(t: Tables, orders: Any = not_cancelled, days: int = 60) -> pd.Series:
    tables = (t.table("customers"), orders(t), t.table("visits"))
    words = concepts.shoppers_customers_consumers(*tables, t.today, days)
    return words.sum().rename("accounts").rename_axis("word")


def rows_for_accounts(t: Tables) -> pd.Series:
    """Visits and orders counted where accounts are meant."""
    first = t.today - pd.Timedelta(days=60)
    orders = not_cancelled(t).query("ordered_at >= @first").merge(t.table("customers")[["customer_id", "kind"]])
    came = t.table("visits")["started_at"] >= first
    counted = {"shopper": came.sum(), "customer": len(orders), "consumer": orders["kind"].isin(OWN_USE).sum()}
    return pd.Series(counted, name="accounts").rename_axis("word")


def everybody_ever(t: Tables) -> pd.Series:
    """All accounts of these kinds in place of those that ordered."""
    bars = accounts(t)
    return bars.where(bars.index != "consumer", t.table("customers")["kind"].isin(OWN_USE).sum())


def consumers_only(t: Tables) -> pd.Series:
    """Staff who buy for themselves left out."""
    mine = t.table("customers").query("kind == 'consumer'")[["customer_id"]]
    bars = accounts(t)
    return bars.where(bars.index != "consumer", accounts(t, lambda t: not_cancelled(t).merge(mine))["customer"])


declare(
    accounts,
    "plot",
    shape="bars",
    named="accounts",
    key=("word",),
    by_hand="concepts.shoppers_customers_consumers",
    sections=("words-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "rows": rows_for_accounts,
        "a year": {"days": 365},
        "everybody ever": everybody_ever,
        "no staff": consumers_only,
        "firms use": then(lambda bars: bars.where(bars.index != "consumer", bars["customer"])),
    },
    facts=lambda t, bars: bars.to_dict(),
)

# ---- standing


def standing(t: Tables, orders: Any = not_cancelled, days: int = 365) -> pd.Series:
    return concepts.standing(t.table("customers"), orders(t), t.today, days)


def first_orders(t: Tables) -> pd.DataFrame:
    """The first order of each customer in place of all of them."""
    return not_cancelled(t).sort_values("ordered_at").drop_duplicates("customer_id")


def closed_first(t: Tables) -> pd.Series:
    """Who closed the account is none, whatever they bought."""
    reachable = t.table("customers").set_index("customer_id")["account_open"]
    return standing(t).where(reachable, "none")


def by_visits(t: Tables) -> pd.Series:
    """Buyers are current when they visited lately."""
    visited = t.table("customers").set_index("customer_id")["last_visit_at"] >= t.today - YEAR
    found = standing(t)
    return found.mask(found.isin(["current", "past"]), visited.map({True: "current", False: "past"}))


def group_sizes(t: Tables, groups: pd.Series) -> dict[str, int]:
    counts = groups.value_counts().reindex(["current", "past", "potential"], fill_value=0)
    return {"all": len(groups), **counts}


declare(
    standing,
    "table",
    key=("customer_id",),
    by_hand="concepts.standing",
    sections=("standing-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "delivered only": {"orders": delivered},
        "visits for orders": by_visits,
        "first orders": {"orders": first_orders},
        "a day more": {"days": 366},
        "closed buyers": closed_first,
        "never is not past": then(lambda found: found.where(found == "current", "past")),
        "closed accounts": then(lambda found: found.replace({"none": "potential"})),
    },
    facts=group_sizes,
)

# ---- three definitions


def counts(t: Tables, orders: Any = None, closed: bool = True, days: int = HALF.days) -> pd.DataFrame:
    customers = t.table("customers")
    customers = customers if closed else customers[customers["account_open"]]
    placed = t.table("orders") if orders is None else orders(t)
    table = concepts.customer_definitions(customers, placed, t.today, days)
    return table[["customers", "a_year_ago", "revenue_each"]]


def orders_for_customers(t: Tables) -> pd.DataFrame:
    """Orders counted where customers are meant."""
    table, when = counts(t), not_cancelled(t)["ordered_at"]
    earlier = t.today - YEAR
    table.loc[["buyer", "active"], "customers"] = [len(when), (when >= t.today - HALF).sum()]
    latest = when.between(earlier - HALF, earlier, inclusive="left")
    table.loc[["buyer", "active"], "a_year_ago"] = [(when < earlier).sum(), latest.sum()]
    return table


def money_each(column: str = "revenue", days: int | None = 365, each: bool = True) -> Callable[[Tables], pd.DataFrame]:
    """Another amount in revenue_each: of all years, of margin, or undivided."""

    def recipe(t: Tables) -> pd.DataFrame:
        table, orders = counts(t), not_cancelled(t)
        recent = orders if days is None else orders[orders["ordered_at"] >= t.today - pd.Timedelta(days=days)]
        return table.assign(revenue_each=recent[column].sum() / (table["customers"] if each else 1))

    return recipe


def cancelled_counted(t: Tables) -> pd.DataFrame:
    """Customers counted with cancelled orders, revenue added up without them."""
    right, table = counts(t), counts(t, none_cancelled)
    revenue = right["revenue_each"] * right["customers"]
    return table.assign(revenue_each=revenue / table["customers"])


def not_cut(*definitions: str) -> Callable[[Tables], pd.DataFrame]:
    """A year ago counted with what came later, in some of the definitions."""

    def recipe(t: Tables) -> pd.DataFrame:
        table, orders = counts(t), not_cancelled(t)
        recent = orders[orders["ordered_at"] >= t.today - YEAR - HALF]["customer_id"].nunique()
        uncut = table["customers"].to_dict() | {"active": recent}
        counted = table["a_year_ago"].to_dict() | {name: uncut[name] for name in definitions}
        return table.assign(a_year_ago=pd.Series(counted))

    return recipe


def growths(t: Tables, table: pd.DataFrame) -> dict[str, Any]:
    growth = table["customers"] / table["a_year_ago"].clip(lower=1) - 1
    form = "more" if growth["active"] >= 0 else "less"
    return {"form": form, "account": growth["account"], "active": abs(growth["active"])}


declare(
    counts,
    "table",
    key=("definition",),
    by_hand="concepts.customer_definitions",
    sections=("standing-idea", "formation-idea"),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "delivered only": {"orders": delivered},
        "orders": orders_for_customers,
        "closed accounts": {"closed": False},
        "a year": {"days": YEAR.days},
        "cancelled counted": cancelled_counted,
        "all years": money_each(days=None),
        "margin": money_each("margin"),
        "not divided": money_each(each=False),
        "later accounts": not_cut("account"),
        "later buyers": not_cut("buyer"),
        "later orders": not_cut("active"),
        "later buyers and orders": not_cut("buyer", "active"),
        "nothing cut": not_cut("account", "buyer", "active"),
    },
    facts=growths,
)
