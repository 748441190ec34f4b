"""From lines to orders and customers: one customer and one moment an order, then the sums of each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.text import _, ngettext
from crm_lab.data._shop._account import Problem


def settle_orders(used: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines with one customer and one moment for each order, and the lines of which that was not so.

    An order belongs to the first customer it names and was placed at its earliest moment.
    """
    order, customer = used["order_id"].cat.codes.to_numpy(), used["customer_id"].cat.codes.to_numpy()
    named = np.flatnonzero(customer >= 0)[::-1]
    first = np.full(len(used["order_id"].cat.categories), -1, dtype=customer.dtype)
    first[order[named]] = customer[named]  # backwards, so the first stays
    owner = first[order]
    moment = used.groupby("order_id", observed=True)["ordered_at"].transform("min")
    lines = used.assign(
        customer_id=pd.Categorical.from_codes(owner, used["customer_id"].cat.categories), ordered_at=moment
    )
    found = [
        (
            (customer >= 0) & (customer != owner),
            _("Order with a second customer"),
            _("given to the first one it names"),
        ),
        ((customer < 0) & (owner >= 0), _("Line without customer in a known customer's order"), _("given to that one")),
        (used["ordered_at"] != moment, _("Order with a second date or time"), _("placed at its earliest one")),
        (owner < 0, _("No customer"), _unknown(owner, order)),
    ]
    return lines, [Problem(what, int(mask.sum()), action) for mask, what, action in found if mask.any()]


def _unknown(owner: np.ndarray, order: np.ndarray) -> str:
    n = len(np.unique(order[owner < 0]))
    return ngettext(
        "kept in order_lines only: their {n} order belongs to nobody's history",
        "kept in order_lines only: their {n} orders belong to nobody's history",
        n,
    ).format(n=n)


def whole(column: pd.Series) -> pd.Series:
    """Units as whole numbers, unless the shop sells parts of one."""
    return column.astype("int64") if (column % 1 == 0).all() else column


def order_lines(used: pd.DataFrame) -> pd.DataFrame:
    """Every line in use, numbered within its order."""
    names = [
        "order_id",
        "customer_id",
        "ordered_at",
        "product",
        "quantity",
        "unit_price",
        "revenue",
        "kind",
        "returned",
    ]
    lines = used[names].copy()
    lines.insert(1, "line_no", lines.groupby("order_id", observed=True).cumcount() + 1)
    texts = {name: lines[name].astype("str") for name in ("order_id", "customer_id", "product", "kind")}
    return lines.assign(**texts, quantity=whole(lines["quantity"]), returned=whole(lines["returned"]))


def orders(used: pd.DataFrame) -> pd.DataFrame:
    """One row an order of a known customer in which goods were bought or given back."""
    trade = used[(used["kind"] != "fee") & used["customer_id"].notna()]
    kept = (trade["quantity"] - trade["returned"]).where(trade["kind"] == "goods", 0.0)
    table = (
        trade.assign(items=kept)
        .groupby("order_id", observed=True)
        .agg(
            customer_id=("customer_id", "first"),
            ordered_at=("ordered_at", "first"),
            items=("items", "sum"),
            revenue=("net", "sum"),
        )
        .reset_index()
    )
    return table.assign(
        order_id=table["order_id"].astype("str"),
        customer_id=table["customer_id"].astype("str"),
        items=whole(table["items"]),
        revenue=table["revenue"].round(2) + 0.0,  # no -0.0
        status=np.where(table["items"] > 0, "delivered", "cancelled"),
    )


def customers(used: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """One row a known customer of any line in use; no orders and no dates where nothing delivered is left."""
    known = pd.Index(used["customer_id"].cat.remove_unused_categories().cat.categories, name="customer_id").astype(
        "str"
    )
    delivered = table[table["status"] == "delivered"].groupby("customer_id")
    people = delivered.agg(
        first_order_at=("ordered_at", "min"),
        last_order_at=("ordered_at", "max"),
        orders=("order_id", "size"),
        revenue=("revenue", "sum"),
    ).reindex(known.sort_values())
    counts = people["orders"].fillna(0).astype("int64")
    return people.assign(orders=counts, revenue=people["revenue"].fillna(0.0).round(2)).reset_index()
