"""Behind an order: five roles, how a customer comes about, one customer through three layers, the roots in numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import concepts
from crm_lab.concepts.roles import HIDDEN
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import none_cancelled, not_cancelled

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

YEAR = 365  # days
STAGES = ["first_order", "second_order", "third_order"]

# ---- roles


def roles(t: Tables) -> pd.DataFrame:
    asked = t.table("order_roles")
    noted = asked["gift_note"].notna().groupby(asked["occasion"]).mean()
    return concepts.hidden_roles(asked).assign(noted=noted)


def others_than_self(t: Tables) -> pd.DataFrame:
    """Whoever is not "self", though the partner may have paid."""
    asked = t.table("order_roles")
    return roles(t).assign(**(asked[HIDDEN] != "self").groupby(asked["occasion"]).mean())


def of_all_orders(t: Tables) -> pd.DataFrame:
    """Shares of all orders in place of those of the occasion."""
    occasion = t.table("order_roles")["occasion"]
    return roles(t).mul(occasion.value_counts(normalize=True), axis=0)


declare(
    roles,
    "table",
    key=("occasion",),
    by_hand="concepts.hidden_roles",
    sections=("roles-idea",),
    mistakes={
        "the buyer's share": then(lambda found: found.assign(**(1 - found[HIDDEN]))),
        "not self": others_than_self,
        "percent": then(lambda found: 100 * found),
        "of all orders": of_all_orders,
        "notes for users": then(lambda found: found.assign(user=found["noted"])),
    },
    facts=lambda t, found: {"gift": found["user"]["gift"], "noted": found["noted"]["gift"]},
)

# ---- formation


def formation(t: Tables, orders: Any = not_cancelled) -> pd.DataFrame:
    found = concepts.formation(t.table("channel_spend"), t.table("customers"), orders(t), t.today, YEAR)
    return found.loc[STAGES, ["share", "days"]]


def steps(
    old: bool = True, within: int | None = YEAR, before: bool = True, figure: str = "median"
) -> Callable[[Tables], pd.DataFrame]:
    """The stages worked out from the day of each order, with the places to go wrong."""

    def recipe(t: Tables) -> pd.DataFrame:
        opened = t.table("customers").set_index("customer_id")["registered_at"].dt.normalize()
        opened = opened[opened <= t.today - pd.Timedelta(days=YEAR)] if old else opened
        made = not_cancelled(t).sort_values("ordered_at")
        made["day"] = (made["ordered_at"].dt.normalize() - made["customer_id"].map(opened)).dt.days
        made = made[made["day"].between(0, within or made["day"].max())]
        made["number"] = made.groupby("customer_id").cumcount() + 1
        days = made[made["number"] <= 3].pivot(index="customer_id", columns="number", values="day")
        waits = days.diff(axis=1).fillna(days[[1]]) if before else days
        reached = days.notna().sum()
        shares = reached / reached.shift(fill_value=len(opened))
        return pd.DataFrame({"share": shares, "days": waits.agg(figure)}).set_axis(pd.Index(STAGES, name="stage"))

    return recipe


declare(
    formation,
    "table",
    key=("stage",),
    by_hand="concepts.formation",
    sections=("formation-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "of all accounts": then(lambda found: found.assign(share=found["share"].cumprod())),
        "young accounts": steps(old=False),
        "later orders": steps(within=None),
        "since the opening": steps(before=False),
        "mean days": steps(figure="mean"),
    },
    facts=lambda t, found: {
        **{f"share_{stage}": share for stage, share in found["share"].items()},
        **{f"days_{stage}": days for stage, days in found["days"].items()},
    },
)

# ---- layers

FOLLOWED = ("customers", "consents", "orders", "tickets", "visits", "calls")


def layers(t: Tables) -> pd.DataFrame:
    often = t.table("orders")["customer_id"].mode()[0]
    return concepts.trace({name: t.table(name) for name in FOLLOWED}, often)


def moved(**others: str) -> Any:
    """Some tables put into another layer."""
    return then(lambda found: found.assign(layer=found["layer"].to_dict() | others))


declare(
    layers,
    "table",
    key=("table",),
    by_hand="concepts.trace",
    sections=("layers-idea",),
    mistakes={
        "whole tables": lambda t: layers(t).assign(rows=[len(t.table(name)) for name in FOLLOWED]),
        "doors are processes": moved(visits="process", calls="process"),
        "work is relationship": moved(orders="relationship", tickets="relationship"),
    },
    facts=lambda t, found: {
        **found.groupby("layer")["rows"].sum().to_dict(),
        "all": found["rows"].sum(),
        "orders": found["rows"]["orders"],
    },
)

# ---- roots


def roots(t: Tables, orders: Any = not_cancelled) -> pd.Series:
    return concepts.roots(t.table("customers"), orders(t), t.table("consents"))["figure"]


def ever_agreed(t: Tables) -> pd.Series:
    """Whoever once said yes, though they may have taken it back."""
    yes = t.table("consents").query("purpose == 'personalisation' and granted")["customer_id"].nunique()
    return pd.Series({**roots(t), "one_to_one": yes / len(t.table("customers"))})


def later_orders(t: Tables) -> pd.Series:
    """The share of orders in place of that of the margin."""
    orders = not_cancelled(t)
    later = orders["ordered_at"] > orders.groupby("customer_id")["ordered_at"].transform("min")
    return pd.Series({**roots(t), "relationship": later.mean()})


declare(
    roots,
    "table",
    key=("root",),
    by_hand="concepts.roots",
    sections=("roots-idea",),
    mistakes={
        "cancelled": {"orders": none_cancelled},
        "ever agreed": ever_agreed,
        "orders for margin": later_orders,
    },
    facts=lambda t, shares: shares.to_dict(),
)
