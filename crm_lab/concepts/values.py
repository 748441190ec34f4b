"""Three values of a customer relationship: to the customer, in the exchange, and as insight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_lab.base.arguments import midnight
from crm_lab.base.columns import columns, people, table_of
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.concepts._orders import real_orders
from crm_lab.concepts.targeting import targeting_gain

VALUES = ("customer", "exchange", "insight")


def three_values(tables: Mapping[str, pd.DataFrame], today: Any) -> pd.DataFrame:
    """Three values of a customer relationship, each as one number.

    tables  the company's tables by name; used are customers (customer_id, kind), orders (order_id, customer_id,
            ordered_at, status, revenue and margin in ¥; cancelled ones do not count), order_lines (order_id,
            product_id, quantity, unit_price in ¥), competitors (product_id, week: a Monday, price in ¥), and
            campaign_results and campaigns as `targeting` takes them
    today   the 365 days before it count

    customer  what consumers' goods that cost ¥100 here cost at the rivals (mean of them, same product, same week), in
              ¥: above 100 the customer gains. Firms and dealers have prices of their own and are left out.
    exchange  what the company keeps of ¥100 paid: margin ÷ revenue × 100, in ¥
    insight   ¥ more from 1,000 calls because one knows whom to call (`targeting_gain`)

    Customer value is what customers get for what they give; price is only the part of it that shows in the tables.
    Returns a DataFrame indexed by value: measure, figure (¥).

    >>> import crm_lab
    >>> names = ("customers", "orders", "order_lines", "competitors", "campaign_results", "campaigns")
    >>> three_values({name: crm_lab.load(name) for name in names}, crm_lab.data.today()).index.tolist()
    ['customer', 'exchange', 'insight']
    """
    day = midnight(today)
    latest = real_orders(table_of(tables, "orders"), ["order_id", "revenue", "margin"], day)
    latest = latest[latest["ago"].between(1, 365)]
    if not latest["revenue"].sum() > 0:
        raise InputError(_("orders holds no revenue in the 365 days before {day}.").format(day=day.date()))
    figures = (
        _cost_at_rivals(_consumers(latest, tables), tables),
        float(100 * latest["margin"].sum() / latest["revenue"].sum()),
        targeting_gain(table_of(tables, "campaign_results"), table_of(tables, "campaigns")),
    )
    measures = (
        _("what ¥100 of our goods costs at the rivals"),
        _("what we keep of ¥100 paid"),
        _("what 1,000 well-chosen calls bring more"),
    )
    return pd.DataFrame({"measure": measures, "figure": figures}, index=pd.Index(VALUES, name="value"))


def _consumers(orders: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    kinds = people(table_of(tables, "customers"), ["kind"])["kind"]
    return orders[orders["customer_id"].map(kinds) == "consumer"]


def _cost_at_rivals(orders: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> float:
    """¥ the rivals ask for what cost ¥100 here, over the products they sell too."""
    rivals = columns(table_of(tables, "competitors"), ["product_id", "week", "price"], "competitors")
    usual = rivals.groupby(["product_id", "week"], as_index=False, observed=True)["price"].mean()
    needed = ["order_id", "product_id", "quantity", "unit_price"]
    lines = columns(table_of(tables, "order_lines"), needed, "order_lines")
    bought = lines.merge(orders[["order_id", "ordered_at"]], on="order_id")
    bought["week"] = bought["ordered_at"].dt.to_period("W").dt.start_time
    both = bought.merge(usual, on=["product_id", "week"])
    if both.empty:
        raise InputError(_("competitors has no price for any product that consumers bought in that time."))
    return float(100 * (both["quantity"] * both["price"]).sum() / (both["quantity"] * both["unit_price"]).sum())
