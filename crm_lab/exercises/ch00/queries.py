"""The self-diagnostic on SQL: groups of one table; a join with a window and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

ENOUGH = 800  # delivered orders from which on a way of payment is listed


def _delivered(t: Tables) -> pd.DataFrame:
    orders = t.table("orders")
    return orders[orders["status"] == "delivered"]


# ---- one table


def _payments(orders: pd.DataFrame, figure: str = "mean", least: int = ENOUGH) -> pd.DataFrame:
    table = orders.groupby("payment").agg(orders=("order_id", "count"), mean_revenue=("revenue", figure))
    return table[table["orders"] >= least]


payments = Exercise(
    name="payments",
    lab="00",
    title=_("Ways to pay, in SQL"),
    points=1,
    kind="sql",
    key=("payment",),
    columns={"orders": _("number of orders"), "mean_revenue": _("¥ an order")},
    sections=("sql",),
    reference=lambda t: _payments(_delivered(t)),
    mistakes=(
        Mistake(
            "all orders",
            lambda t: _payments(t.table("orders")),
            _("Cancelled and open orders are still in. where status = 'delivered' goes before group by."),
        ),
        Mistake(
            "no having",
            lambda t: _payments(_delivered(t), least=0),
            _("Small groups are still in. having looks at groups, after group by, as where looks at rows before."),
        ),
        Mistake(
            "sum",
            lambda t: _payments(_delivered(t), "sum"),
            _("mean_revenue holds a total. avg gives the mean."),
        ),
        Mistake(
            "margin",
            lambda t: _payments(_delivered(t).assign(revenue=lambda orders: orders["margin"])),
            _("You averaged margin. Revenue is what the customer pays."),
        ),
    ),
    hints=(
        _("In this order: select … from orders where … group by … having …"),
        _("count(*) counts the rows of a group, avg(revenue) gives their mean; as gives a column its name."),
        _("The last line is: group by payment having count(*) >= 800."),
    ),
    meaning=lambda t, table: _(
        "Orders paid by {payment} are the largest: ¥{most:,.0f} on average, against ¥{least:,.0f} for the smallest. A "
        "way of payment tells who is buying, too."
    ).format(
        payment=table["mean_revenue"].idxmax(), most=table["mean_revenue"].max(), least=table["mean_revenue"].min()
    ),
)

# ---- two tables, a window, a date


def _newest(t: Tables, orders: pd.DataFrame, by: str = "ordered_at", largest: bool = True) -> pd.DataFrame:
    regions = t.table("customers")[["customer_id", "region"]]
    joined = orders.merge(regions, on="customer_id").sort_values([by, "order_id"], ascending=largest)
    chosen = joined.groupby("region").tail(1).set_index("region")
    return chosen.assign(days_ago=(t.today - chosen["ordered_at"].dt.normalize()).dt.days)[["order_id", "days_ago"]]


def _full_days(t: Tables) -> pd.DataFrame:
    table = _newest(t, _delivered(t))
    placed = t.table("orders").set_index("order_id")["ordered_at"]
    return table.assign(days_ago=(t.today - table["order_id"].map(placed)).dt.days)


newest = Exercise(
    name="newest",
    lab="00",
    title=_("The newest order of each region, in SQL"),
    points=1,
    kind="sql",
    key=("region",),
    columns={"order_id": _("number of the order"), "days_ago": _("days")},
    sections=("sql-more",),
    reference=lambda t: _newest(t, _delivered(t)),
    mistakes=(
        Mistake(
            "all orders",
            lambda t: _newest(t, t.table("orders")),
            _("Orders that have not arrived are still in. Keep the delivered ones with where."),
        ),
        Mistake(
            "oldest",
            lambda t: _newest(t, _delivered(t), largest=False),
            _("These are the oldest orders. In the window, order by ordered_at desc puts the newest in front."),
        ),
        Mistake(
            "largest",
            lambda t: _newest(t, _delivered(t), by="revenue"),
            _("These are the orders with the largest revenue. The window is ordered by when they were placed."),
        ),
        Mistake(
            "full days",
            _full_days,
            _("days_ago counts full 24 hours. date_diff counts midnights: an order of yesterday is 1 day ago."),
        ),
    ),
    hints=(
        _("Join first, so that each order has a region. Then number the orders of each region, newest first."),
        _(
            "qualify row_number() over (partition by region order by ordered_at desc, order_id desc) = 1 keeps one "
            "of each region."
        ),
        _("The days: date_diff('day', ordered_at, date '2026-01-01') as days_ago; the tables: using (customer_id)."),
    ),
    meaning=lambda t, table: _(
        "The newest order that has arrived is {least} to {most} days old, depending on the region. If one region fell "
        "silent, this query would show it first."
    ).format(least=table["days_ago"].min(), most=table["days_ago"].max()),
)
