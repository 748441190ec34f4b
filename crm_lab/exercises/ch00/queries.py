"""The self-diagnostic on SQL: groups of one table; a join with a window and dates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, delivered
from crm_lab.exercises.ch00 import _edges

ENOUGH = 800  # delivered orders from which on a way of payment is listed


# ---- one table


def payments(
    t: Tables,
    orders: Any = delivered,
    value: str = "revenue",
    figure: str = "mean",
    least: int = ENOUGH,
    counted: str = "order_id",
) -> pd.DataFrame:
    groups = orders(t).groupby("payment")
    table = groups.agg(orders=(counted, "nunique"), mean_revenue=(value, figure))
    return table[groups.size() >= least]


def largest_and_smallest(t: Tables, table: pd.DataFrame) -> dict[str, Any]:
    mean = table["mean_revenue"]
    if mean.empty:
        return {"form": "none", "least": ENOUGH}
    return {"form": "some", "payment": mean.idxmax(), "most": mean.max(), "least": mean.min()}


declare(
    payments,
    "sql",
    key=("payment",),
    edges=_edges.payments,
    sections=("sql",),
    mistakes={
        "all orders": {"orders": all_orders},
        "no having": {"least": 0},
        "more than 800": {"least": ENOUGH + 1},
        "customers": {"counted": "customer_id"},
        "sum": {"figure": "sum"},
        "margin": {"value": "margin"},
    },
    facts=largest_and_smallest,
)

# ---- two tables, a window, a date


def newest(
    t: Tables,
    orders: Any = delivered,
    by: str = "ordered_at",
    rising: bool = True,
    midnights: bool = True,
    tie: str = "larger",
) -> pd.DataFrame:
    regions = t.table("customers")[["customer_id", "region"]]
    joined = orders(t).merge(regions, on="customer_id")[::-1]  # of a tie, what stands first comes last
    if tie != "found":
        joined = joined.sort_values("order_id", ascending=rising == (tie == "larger"))
    joined = joined.sort_values(by, ascending=rising, kind="stable")
    chosen = joined.groupby("region").tail(1).set_index("region")
    placed = chosen["ordered_at"].dt.normalize() if midnights else chosen["ordered_at"]
    return chosen.assign(days_ago=(t.today - placed).dt.days)[["order_id", "days_ago"]]


def largest_number(t: Tables) -> pd.DataFrame:
    """The largest number and the fewest days, each by itself: perhaps not of the same order."""
    joined = delivered(t).merge(t.table("customers")[["customer_id", "region"]], on="customer_id")
    joined["days_ago"] = (t.today - joined["ordered_at"].dt.normalize()).dt.days
    return joined.groupby("region").agg(order_id=("order_id", "max"), days_ago=("days_ago", "min"))


declare(
    newest,
    "sql",
    key=("region",),
    sections=("sql-more",),
    mistakes={
        "all orders": {"orders": all_orders},
        "oldest": {"rising": False},
        "largest": {"by": "revenue"},
        "full days": {"midnights": False},
        "until 31 December": then(lambda table: table.assign(days_ago=table["days_ago"] - 1)),
        "no tie rule": {"tie": "found"},
        "smaller number": {"tie": "smaller"},
        "largest number": largest_number,
    },
    facts=lambda t, table: {"least": table["days_ago"].min(), "most": table["days_ago"].max()},
)
