"""Margin × lifetime: simple, discounted, and what a point of retention is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from crm_lab import lifetime
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare
from crm_lab.exercises._orders import all_orders, delivered, not_cancelled

DISCOUNT = 0.1  # a year, stated in the tasks

# ---- who stayed, in SQL


def stay_counts(
    t: Tables, orders: Any = delivered, ever: bool = False, first: int = 2024, each: bool = False
) -> pd.DataFrame:
    """ever  looks at whoever ordered at all; first  the year looked from; each  counts orders for customers"""
    table = orders(t)
    years = table.groupby(["customer_id", table["ordered_at"].dt.year]).size().unstack(fill_value=0)
    years = years.reindex(columns=[2024, 2025], fill_value=0)
    years = years if ever else years[years[first] > 0]
    kind = t.table("customers").set_index("customer_id")["kind"].reindex(years.index)
    counted = years if each else years > 0
    counts = counted.groupby(kind).sum()
    size = counts[first] if each else kind.groupby(kind).size()
    return pd.DataFrame({"customers": size, "stayed": counts[2025 if first == 2024 else 2024]}).reset_index()


def new_ones_too(t: Tables) -> pd.DataFrame:
    """The customers of 2024 beside all of 2025, new ones among them."""
    return stay_counts(t).assign(stayed=stay_counts(t, first=2025)["customers"])


def around_new_year() -> dict[str, pd.DataFrame]:
    """Orders on either side of both ends of the years, cancelled ones, several of a customer."""
    rows = [
        ("C1", "2024-01-01 00:00", "delivered"),
        ("C1", "2024-12-31 23:59", "delivered"),
        ("C1", "2025-12-31 23:59", "delivered"),
        ("C2", "2024-12-31 23:59", "delivered"),
        ("C2", "2025-01-01 00:00", "cancelled"),
        ("C3", "2025-01-01 00:00", "delivered"),
        ("C3", "2025-06-01 00:00", "delivered"),
        ("C4", "2024-05-05 00:00", "cancelled"),
        ("C4", "2025-05-05 00:00", "delivered"),
        ("C5", "2024-07-01 00:00", "delivered"),
        ("C5", "2025-01-01 00:00", "delivered"),
        ("C5", "2025-07-01 00:00", "delivered"),
    ]
    orders = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "status"])
    kinds = {"C1": "consumer", "C2": "consumer", "C3": "consumer", "C4": "business", "C5": "business"}
    customers = pd.DataFrame(kinds.items(), columns=["customer_id", "kind"])
    return {"orders": orders.assign(ordered_at=pd.to_datetime(orders["ordered_at"])), "customers": customers}


def share_of(table: pd.DataFrame, kind: str) -> float:
    row = table[table["kind"] == kind]
    return float(row["stayed"].sum() / row["customers"].sum())


declare(
    stay_counts,
    "sql",
    key=("kind",),
    edges=around_new_year,
    sections=("willow-idea",),
    mistakes={
        "all orders": {"orders": all_orders},
        "everybody": {"ever": True},
        "new ones too": new_ones_too,
        "orders counted": {"each": True},
        "looking back": {"first": 2025},
    },
    facts=lambda t, table: {"consumer": share_of(table, "consumer"), "business": share_of(table, "business")},
)

# ---- a business customer


def years_of(t: Tables, kind: str | None = "business", orders: Any = delivered, value: str = "margin") -> pd.DataFrame:
    """The sum of a value in 2024 and in 2025, by customers of a kind; empty in a year without an order."""
    people = t.table("customers")
    wanted = people["customer_id"] if kind is None else people.loc[people["kind"] == kind, "customer_id"]
    table = orders(t)
    table = table[table["customer_id"].isin(wanted)]
    year = table["ordered_at"].dt.year.rename("year")
    return table.groupby(["customer_id", year])[value].sum().unstack().reindex(columns=[2024, 2025])


def stayed(years: pd.DataFrame) -> float:
    return float(years.loc[years[2024].notna(), 2025].notna().mean())


def business(t: Tables, worth: Callable[[float, float], float] = lifetime.simple_clv, **which: Any) -> float:
    years = years_of(t, **which)
    return worth(float(years[2025].mean()), stayed(years))


def looking_back(t: Tables) -> float:
    """With the share of the customers of 2025 who had ordered in 2024."""
    years = years_of(t)
    return lifetime.simple_clv(float(years[2025].mean()), float(years.loc[years[2025].notna(), 2024].notna().mean()))


def everybodys_retention(t: Tables) -> float:
    """With the share of all who ever ordered that ordered in 2025."""
    years = years_of(t)
    return lifetime.simple_clv(float(years[2025].mean()), float(years[2025].notna().mean()))


def counts_divided(t: Tables) -> float:
    """With the customers of 2025 over those of 2024, new ones among them."""
    years = years_of(t)
    return lifetime.simple_clv(float(years[2025].mean()), 0) / (1 - years[2025].count() / years[2024].count())


def margin_of(average: Callable[[pd.DataFrame], float]) -> Callable[[Tables], float]:
    """With another average of the margin."""
    return lambda t: lifetime.simple_clv(average(years_of(t)), stayed(years_of(t)))


def of_an_order(t: Tables) -> float:
    """With the mean margin of an order of 2025."""
    table = t.table("customers").query("kind == 'business'")
    orders = delivered(t)
    orders = orders[orders["customer_id"].isin(table["customer_id"]) & (orders["ordered_at"].dt.year == 2025)]
    return lifetime.simple_clv(float(orders["margin"].mean()), stayed(years_of(t)))


def seen_business(t: Tables, clv: float) -> dict[str, float]:
    years = years_of(t)
    return {"clv": clv, "margin": years[2025].mean(), "stay": stayed(years), "years": 1 / (1 - stayed(years))}


declare(
    business,
    "number",
    by_hand="lifetime.simple_clv",
    sections=("simple-idea", "willow-idea"),
    mistakes={
        "all customers": {"kind": None},
        "all orders": {"orders": all_orders},
        "open orders too": {"orders": not_cancelled},
        "everybody's retention": everybodys_retention,
        "revenue": {"value": "revenue"},
        "looking back": looking_back,
        "counts divided": counts_divided,
        "margin of an order": of_an_order,
        "absent ones as zero": margin_of(lambda years: float(years[2025].fillna(0).mean())),
        "lifetime of those who leave": {"worth": lambda margin, stay: margin / stay},
        "without the first year": {"worth": lambda margin, stay: margin * stay / (1 - stay)},
        "margin times share": {"worth": lambda margin, stay: margin * stay},
    },
    facts=seen_business,
)

# ---- discounted

Worth = Callable[[float, float, float, int], float]


def discounted(t: Tables, start: int = 0, more: int = 0) -> Worth:
    def worth(margin: float, retention: float, discount: float, years: int) -> float:
        kept = retention / (1 + discount)
        return float(sum(margin * kept**year for year in range(start, years + more)))

    return worth


def rates_subtracted(t: Tables) -> Worth:
    return lambda margin, retention, discount, years: float(
        sum(margin * (retention * (1 - discount)) ** year for year in range(years))
    )


def without_end(t: Tables) -> Worth:
    return lambda margin, retention, discount, years: lifetime.discounted_clv(margin, retention, discount)


def no_interest(t: Tables) -> Worth:
    return lambda margin, retention, discount, years: lifetime.discounted_clv(margin, retention, 0, years)


def lives(t: Tables) -> list[tuple[float, float, float, int]]:
    """Short and long lives, nobody who stays, no interest, and Willow Lane's own."""
    years = years_of(t, None)
    own = (round(float(years[2025].mean()), 2), round(stayed(years), 3), DISCOUNT, 10)
    return [(100, 0.6, 0.1, 3), (250, 0.8, 0.08, 5), (80, 0, 0.1, 4), (120, 0.5, 0, 2), (60, 0.9, 0.2, 1), own]


declare(
    discounted,
    "function",
    returns="number",
    probes=lives,
    by_hand="lifetime.discounted_clv",
    sections=("discount-idea",),
    mistakes={
        "first year left out": {"start": 1, "more": 1},
        "one year more": {"more": 1},
        "rates subtracted": rates_subtracted,
        "without end": without_end,
        "no interest": no_interest,
    },
    facts=lambda t, worth: {"margin": lives(t)[-1][0], "ten": worth(*lives(t)[-1])},
)

# ---- one point more


def channel_base(t: Tables) -> pd.DataFrame:
    """By channel of the account: customers of 2025, their mean margin, share of the customers of 2024 who stayed."""
    years = years_of(t, None)
    channel = t.table("customers").set_index("customer_id")["channel"].reindex(years.index)
    groups = years.groupby(channel)
    base = pd.DataFrame({"customers": groups[2025].count(), "margin": groups[2025].mean().round(2)})
    return base.assign(retention=groups.apply(stayed).round(3)).reset_index()


def gain_of(base: pd.DataFrame, step: Callable[[float], float], discount: float = DISCOUNT) -> pd.Series:
    """What the customers of each channel become worth more when retention takes a step."""
    pairs = zip(base["margin"], base["retention"], strict=True)
    clv = lifetime.discounted_clv
    each = [clv(margin, step(stay), discount) - clv(margin, stay, discount) for margin, stay in pairs]
    return pd.Series(each, base["channel"], name="gain") * base["customers"].to_numpy()


def one_point(stay: float) -> float:
    return stay + 0.01


def point(t: Tables, step: Callable[[float], float] = one_point, discount: float = DISCOUNT) -> pd.Series:
    return gain_of(t.table("channel_base"), step, discount)


def each_customer(t: Tables) -> pd.Series:
    return point(t) / t.table("channel_base")["customers"].to_numpy()


declare(
    point,
    "table",
    key=("channel",),
    by_hand="lifetime.value_of_retention",
    sections=("point-idea",),
    supplies={"channel_base": channel_base},
    mistakes={
        "one per cent of the rate": {"step": lambda stay: 1.01 * stay},
        "for one customer": each_customer,
        "no interest": {"discount": 0.0},
        "value itself": lambda t: point(t) + old_value(t),
        "one point less": {"step": lambda stay: stay - 0.01},
    },
    facts=lambda t, gain: {"best": gain.idxmax(), "most": gain.max(), "all": gain.sum()},
)


def old_value(t: Tables) -> pd.Series:
    """What the customers of each channel are worth without the point."""
    base = t.table("channel_base")
    pairs = zip(base["margin"], base["retention"], strict=True)
    each = [lifetime.discounted_clv(margin, stay, DISCOUNT) for margin, stay in pairs]
    return pd.Series(each, base["channel"]) * base["customers"].to_numpy()
