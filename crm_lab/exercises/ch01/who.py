"""Who is a customer: who comes, pays and uses; past, current and potential ones; three definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import concepts
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import delivered, none_cancelled, not_cancelled

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

YEAR = pd.Timedelta(days=365)
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


declare(
    accounts,
    "plot",
    shape="bars",
    key=("word",),
    by_hand="concepts.shoppers_customers_consumers",
    sections=("words-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "rows": rows_for_accounts,
        "a year": {"days": 365},
        "firms use": then(lambda bars: bars.where(bars.index != "consumer", bars["customer"])),
    },
    facts=lambda t, bars: bars.to_dict(),
)

# ---- standing


def standing(t: Tables, orders: Any = not_cancelled) -> pd.Series:
    return concepts.standing(t.table("customers"), orders(t), t.today)


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
        "never is not past": then(lambda found: found.where(found == "current", "past")),
        "closed accounts": then(lambda found: found.replace({"none": "potential"})),
    },
    facts=group_sizes,
)

# ---- three definitions


def counts(t: Tables, orders: Any = None, closed: bool = True) -> pd.DataFrame:
    customers = t.table("customers")
    customers = customers if closed else customers[customers["account_open"]]
    return concepts.customer_definitions(customers, t.table("orders") if orders is None else orders(t), t.today)


def orders_for_customers(t: Tables) -> pd.DataFrame:
    """Orders counted where customers are meant."""
    table, when = counts(t), not_cancelled(t)["ordered_at"]
    earlier = t.today - YEAR
    table.loc[["buyer", "active"], "customers"] = [len(when), (when >= earlier).sum()]
    latest = when.between(earlier - YEAR, earlier, inclusive="left")
    table.loc[["buyer", "active"], "a_year_ago"] = [(when < earlier).sum(), latest.sum()]
    return table


def revenue_of_all_years(t: Tables) -> pd.DataFrame:
    table = counts(t)
    return table.assign(revenue_each=not_cancelled(t)["revenue"].sum() / table["customers"])


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
        "all years": revenue_of_all_years,
    },
    facts=growths,
)
