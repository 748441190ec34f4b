"""More, longer, deeper: the three goals of CRM as numbers for each month."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, complete, days_before
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.concepts._orders import real_orders

GOALS = {
    "customers": "more",
    "tenure_days": "longer",
    "orders_each": "deeper",
    "categories_each": "deeper",
    "repeat_margin": "deeper",
}


def growth(orders: pd.DataFrame, order_lines: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """More, longer and deeper for each month: how many customers order, since when, and how much of them we have.

    orders       order_id, customer_id, ordered_at, status, margin (¥); cancelled orders do not count
    order_lines  order_id, product_id
    products     product_id, category

    more    customers        different customers who ordered in the month
    longer  tenure_days      days from a customer's first order to the month's last day, then the mean of customers
    deeper  orders_each      orders in the month ÷ customers
            categories_each  different categories a customer ordered from in the month, mean
            repeat_margin    share of the month's margin that comes from orders after a customer's first

    Returns a DataFrame indexed by month (Period), from the first order to the last; a month without orders has 0
    customers and misses the rest. "Orders" are those given: a customer's first order must be among them.

    >>> orders = pd.DataFrame({
    ...     "order_id": ["O1", "O2", "O3"], "customer_id": ["C1", "C2", "C1"], "status": "delivered",
    ...     "ordered_at": pd.to_datetime(["2025-01-01", "2025-02-08", "2025-02-20"]), "margin": [50.0, 50.0, 150.0],
    ... })
    >>> lines = pd.DataFrame({"order_id": ["O1", "O2", "O3"], "product_id": ["P1", "P1", "P1"]})
    >>> growth(orders, lines, pd.DataFrame({"product_id": ["P1"], "category": ["tea"]})).loc["2025-02"].to_dict()
    {'customers': 2.0, 'tenure_days': 39.0, 'orders_each': 1.0, 'categories_each': 1.0, 'repeat_margin': 0.75}
    """
    table = real_orders(orders, ["order_id", "margin"])
    if table.empty:
        raise InputError(_("orders holds only cancelled orders. Give at least one that was not."))
    days_before(table["ordered_at"], table["ordered_at"].max(), "orders, ordered_at")
    table["month"] = table["ordered_at"].dt.to_period("M")
    table["first"] = table.groupby("customer_id")["ordered_at"].transform("min")
    months = pd.period_range(table["month"].min(), table["month"].max(), freq="M", name="month")
    each = table.groupby(["month", "customer_id"], observed=True).agg(
        orders=("order_id", "size"), first=("first", "min")
    )
    by_month = each.groupby("month")
    result = pd.DataFrame(
        {
            "customers": by_month.size(),
            "tenure_days": _tenure(each).groupby("month").mean(),
            "orders_each": by_month["orders"].mean(),
            "categories_each": _categories(table, order_lines, products).groupby("month").mean(),
            "repeat_margin": _repeat_share(table),
        }
    ).reindex(months)
    return result.fillna({"customers": 0}).astype({"customers": "int64"})


def _tenure(each: pd.DataFrame) -> pd.Series:
    months = pd.PeriodIndex(each.index.get_level_values("month"))
    ends = months.to_timestamp(how="end").normalize()
    return pd.Series((ends - pd.DatetimeIndex(each["first"]).normalize()).days, index=each.index)


def _categories(table: pd.DataFrame, order_lines: pd.DataFrame, products: pd.DataFrame) -> pd.Series:
    """Different categories of each customer in each month; an order without lines adds none."""
    lines = columns(order_lines, ["order_id", "product_id"], "order_lines", empty_ok=True)
    goods = columns(products, ["product_id", "category"], "products", empty_ok=True)
    complete(goods["category"], "products, category")
    wide = lines.merge(goods, on="product_id").merge(table[["order_id", "month", "customer_id"]], on="order_id")
    return wide.groupby(["month", "customer_id"], observed=True)["category"].nunique()


def _repeat_share(table: pd.DataFrame) -> pd.Series:
    """The part of each month's margin after first orders; missing where the month's margin is not above zero."""
    later = table["margin"].where(table["ordered_at"] > table["first"], 0.0).groupby(table["month"]).sum()
    total = table.groupby("month")["margin"].sum()
    return later / total.where(total > 0, np.nan)


def year_on_year(kpis: pd.DataFrame) -> pd.DataFrame:
    """Did it become more, longer, deeper? The mean of the last twelve months against the twelve before.

    kpis  as `growth` returns it: 24 months or more, one row a month

    Comparing whole years leaves the seasons out of it: November against January would not.
    Returns a DataFrame indexed by kpi: goal, year_before, latest_year (means of the months) and change
    (latest ÷ before − 1).

    >>> months = pd.period_range("2024-01", "2025-12", freq="M")
    >>> year_on_year(pd.DataFrame({"customers": [100] * 12 + [120] * 12}, index=months))
                goal  year_before  latest_year  change
    kpi
    customers   more        100.0        120.0     0.2
    """
    if not isinstance(kpis, pd.DataFrame) or len(kpis) < 24:
        raise InputError(_("kpis must be a DataFrame of 24 months or more, as concepts.growth returns it."))
    before, latest = kpis.iloc[-24:-12].mean(), kpis.iloc[-12:].mean()
    result = pd.DataFrame({"year_before": before, "latest_year": latest, "change": latest / before - 1})
    result.insert(0, "goal", [GOALS.get(name, "") for name in result.index])
    return result.rename_axis("kpi")
