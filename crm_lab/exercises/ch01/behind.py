"""Behind an order: five roles, how a customer comes about, one customer through three layers, the roots in numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pandas as pd

from crm_lab import concepts
from crm_lab.concepts.roles import HIDDEN
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import none_cancelled, not_cancelled

YEAR = 365  # days
DAY = pd.Timedelta(days=1)
STAGES = ["first_order", "second_order", "third_order"]

# ---- roles


def roles(t: Tables) -> pd.DataFrame:
    asked = t.table("order_roles")
    noted = asked["gift_note"].notna().groupby(asked["occasion"]).mean()
    return concepts.hidden_roles(asked).assign(noted=noted)


def in_orders(found: pd.DataFrame, t: Tables) -> pd.DataFrame:
    """Shares of an occasion as numbers of its orders."""
    return found.mul(t.table("order_roles")["occasion"].value_counts(), axis=0)


def others_than_self(t: Tables) -> pd.DataFrame:
    """Whoever is not "self", though the partner may have paid."""
    asked = t.table("order_roles")
    return roles(t).assign(**(asked[HIDDEN] != "self").groupby(asked["occasion"]).mean())


def of_all_orders(t: Tables) -> pd.DataFrame:
    """Shares of all orders in place of those of the occasion."""
    return in_orders(roles(t), t) / len(t.table("order_roles"))


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
        "notes of all orders": lambda t: roles(t).assign(noted=of_all_orders(t)["noted"]),
        "counted": lambda t: in_orders(roles(t), t),
        "no note": then(lambda found: found.assign(noted=1 - found["noted"])),
        "notes for users": then(lambda found: found.assign(user=found["noted"])),
    },
    facts=lambda t, found: {"gift": found["user"]["gift"], "noted": found["noted"]["gift"]},
)

# ---- formation


def formation(t: Tables, orders: Any = not_cancelled, left_out: Any = None) -> pd.DataFrame:
    people = t.table("customers")
    people = people if left_out is None else people[~left_out(people["registered_at"], t.today - YEAR * DAY)]
    found = concepts.formation(t.table("channel_spend"), people, orders(t), t.today, YEAR)
    return found.loc[STAGES, ["share", "days"]]


def on_that_day(opened: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Opened on that day: left out by `opened < day`."""
    return opened.dt.normalize() == day


def after_midnight(opened: pd.Series, day: pd.Timestamp) -> pd.Series:
    """Opened on that day after midnight, left out by `opened <= day`; where nobody was, those whom `<` leaves out."""
    later = on_that_day(opened, day) & (opened > day)
    return later if later.any() else on_that_day(opened, day)


def steps(
    old: bool = True, within: int | None = YEAR, before: bool = True, figure: str = "median", of_all: bool = False
) -> Callable[[Tables], pd.DataFrame]:
    """The stages worked out from the day of each order, with the places to go wrong."""

    def recipe(t: Tables) -> pd.DataFrame:
        everybody = t.table("customers").set_index("customer_id")["registered_at"]
        opened = everybody[everybody.dt.normalize() <= t.today - YEAR * DAY] if old else everybody
        made = not_cancelled(t).sort_values("ordered_at")
        since = made["customer_id"].map(opened).dt.normalize()
        made["day"] = (made["ordered_at"].dt.normalize() - since).dt.days
        made = made[made["day"].between(0, within or made["day"].max())]
        made["number"] = made.groupby("customer_id").cumcount() + 1
        days = made[made["number"] <= 3].pivot(index="customer_id", columns="number", values="day")
        waits = days.diff(axis=1).fillna(days[[1]]) if before else days
        reached = days.notna().sum()
        shares = reached / reached.shift(fill_value=len(everybody if of_all else opened))
        return pd.DataFrame({"share": shares, "days": waits.agg(figure)}).set_axis(pd.Index(STAGES, name="stage"))

    return recipe


def at_first(column: str, value: float) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Another value at the first stage."""
    return lambda found: found.assign(**{column: found[column].where(found.index != STAGES[0], value)})


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
        "not that day": {"left_out": on_that_day},
        "not that evening": {"left_out": after_midnight},
        "of young ones too": steps(of_all=True),
        "nobody before": then(at_first("share", float("nan"))),
        "of buyers": then(at_first("share", 1.0)),
        "no opening": then(at_first("days", float("nan"))),
        "later orders": steps(within=None),
        "since the opening": steps(before=False),
        "mean days": steps(figure="mean"),
        "all days": steps(figure="sum"),
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


def no_cancelled_row(t: Tables) -> pd.DataFrame:
    """Cancelled orders left out, where every row counts."""
    found, orders = layers(t), t.table("orders")
    cancelled = (orders["customer_id"] == orders["customer_id"].mode()[0]) & (orders["status"] == "cancelled")
    return found.assign(rows=found["rows"].sub(pd.Series({"orders": cancelled.sum()}), fill_value=0))


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
        "cancelled left out": no_cancelled_row,
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


def decided(
    t: Tables, which: Literal["first", "last"] = "last", purposes: tuple[str, ...] = ("personalisation",)
) -> pd.Series:
    """The first or last decision of each customer, on that purpose or on any."""
    asked = t.table("consents").sort_values("recorded_at")
    asked = asked[asked["purpose"].isin(purposes)] if purposes else asked
    yes = asked.drop_duplicates("customer_id", keep=which)["granted"].sum()
    return pd.Series({**roots(t), "one_to_one": yes / len(t.table("customers"))})


def cancelled_in(root: str) -> Callable[[Tables], pd.Series]:
    """Cancelled orders counted for one of the shares only."""
    return lambda t: pd.Series({**roots(t), root: roots(t, none_cancelled)[root]})


def revenue_for_margin(t: Tables) -> pd.DataFrame:
    """The orders with what was paid for them in place of what they left."""
    return not_cancelled(t).assign(margin=lambda orders: orders["revenue"])


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
        "cancelled buyers": cancelled_in("database"),
        "cancelled margin": cancelled_in("relationship"),
        "ever agreed": ever_agreed,
        "first decision": lambda t: decided(t, "first"),
        "any purpose": lambda t: decided(t, purposes=()),
        "orders for margin": later_orders,
        "revenue": {"orders": revenue_for_margin},
        "first orders": then(lambda shares: pd.Series({**shares, "relationship": 1 - shares["relationship"]})),
    },
    facts=lambda t, shares: shares.to_dict(),
)
