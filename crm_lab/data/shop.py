"""A learner's own shop, read from its export into the tables the lessons use, with an account of every repair."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.places import resource
from crm_lab.base.text import _, ngettext
from crm_lab.data.cells import Problem, category, dates, numbers
from crm_lab.data.reading import read_columns
from crm_lab.data.sorting import kinds, left_out, settle_orders, sign_credits
from crm_lab.data.takeback import take_back

FRANCE = {
    "order_id": "InvoiceNo",
    "date": "InvoiceDate",
    "customer_id": "CustomerID",
    "quantity": "Quantity",
    "price": "UnitPrice",
    "product": "StockCode",
}


@dataclass(frozen=True, eq=False, repr=False)
class Shop:
    """A shop as `read_shop` gives it. Money is in the file's own currency, rounded to 2 decimals.

    orders       one row an order of a known customer with goods in it: order_id, customer_id, ordered_at, items (units
                 kept), revenue (what they paid for those), status "delivered", or "cancelled" where nothing was kept
    order_lines  every line in use: order_id, line_no, customer_id (missing if unknown), ordered_at, product, quantity,
                 unit_price, revenue (quantity × unit_price), kind "goods", "credit" (money back) or "fee",
                 returned (units of it that a credit took back)
    customers    one row a known customer: customer_id, first_order_at, last_order_at, orders, revenue (delivered only)
    today        midnight after the last line: the day to count recency back from
    problems     what was found: problem, rows (lines of the file), action (what was done)
    left_out     every line not in use: row (1 = first under the column names), problem, and its cells as they stood

    Every line of the file is in `order_lines` or in `left_out`. The revenue of all orders adds up to that of all
    goods and credit lines of known customers.
    """

    orders: pd.DataFrame
    order_lines: pd.DataFrame
    customers: pd.DataFrame
    today: pd.Timestamp
    problems: pd.DataFrame
    left_out: pd.DataFrame

    def __repr__(self) -> str:
        first, last = self.order_lines["ordered_at"].min(), self.order_lines["ordered_at"].max()
        return _("Shop: {orders:,} orders of {customers:,} customers, {first:%Y-%m-%d} to {last:%Y-%m-%d}").format(
            orders=len(self.orders), customers=len(self.customers), first=first, last=last
        )


def read_shop(path_or_frame: str | os.PathLike[str] | pd.DataFrame, columns: Mapping[str, str]) -> Shop:
    """Your own shop's orders, one line an article bought, made ready for the lessons.

    path_or_frame  a CSV file (any usual encoding, separator, date and number format) or a DataFrame, left unchanged
    columns        {our name: the file's name} for order_id, date, customer_id, quantity, price (of one unit) and,
                   if there is one, product

    What is done with dirt, each time said in `.problems`:
    credits (order numbers such as C536379, negative quantities or prices) are taken off the same customer's latest
    orders of that product up to then, so money counts what customers kept; postage and fees stay out of orders; lines
    without customer stay in `order_lines` only; lines without order number, date, amount or payment, and lines that
    stand twice, are left out.
    Raises InputError when the file or the mapping cannot be used, or no purchase is left.

    >>> lines = pd.DataFrame({
    ...     "no": ["1", "1", "2", "C3"], "day": ["2024-05-01", "2024-05-01", "2024-05-03", "2024-05-04"],
    ...     "who": ["Ann", "Ann", "Bob", "Bob"], "sku": ["A10", "B20", "A10", "A10"],
    ...     "pieces": [2, 1, 3, -1], "each": [5.0, 8.0, 5.0, 5.0],
    ... })
    >>> shop = read_shop(lines, {"order_id": "no", "date": "day", "customer_id": "who", "quantity": "pieces",
    ...                          "price": "each", "product": "sku"})
    >>> shop.orders[["order_id", "items", "revenue", "status"]]
      order_id  items  revenue     status
    0        1      3     18.0  delivered
    1        2      2     10.0  delivered
    2       C3      0      0.0  cancelled
    >>> shop.today
    Timestamp('2024-05-05 00:00:00')
    """
    raw, name, problems = read_columns(path_or_frame, columns)
    lines, notes = _typed(raw, columns)
    lines, signs = sign_credits(lines)
    out, dropped = left_out(lines, raw, columns)
    used = lines[~lines.index.isin(out.index)].reset_index(drop=True)
    _some(used, len(raw), name, dropped)
    used, fees = kinds(used)
    used, settled = settle_orders(used)
    used, credits = take_back(used)
    _some(used[used["kind"] == "goods"], len(raw), name, [*dropped, *fees, *credits])
    orders = _orders(used)
    account = [*problems, *notes, *signs, *dropped, *fees, *credits, *settled]
    return Shop(
        orders=orders,
        order_lines=_order_lines(used),
        customers=_customers(used, orders),
        today=used["ordered_at"].max().normalize() + pd.Timedelta(days=1),
        problems=pd.DataFrame(account, columns=list(Problem._fields)),
        left_out=out.reset_index(drop=True),
    )


def french_shop() -> Shop:
    """The real shop that comes along: French orders of a British online gift shop, 12/2010 to 12/2011, in GBP.

    Source: D. Chen (2015), Online Retail, UCI Machine Learning Repository, CC BY 4.0; datasets/real/README.md.

    >>> french_shop()
    Shop: 438 orders of 87 customers, 2010-12-01 to 2011-12-09
    """
    return read_shop(resource("datasets") / "real" / "online_retail_france.csv", FRANCE)


def _typed(raw: pd.DataFrame, columns: Mapping[str, str]) -> tuple[pd.DataFrame, list[Problem]]:
    """The mapped columns under our names with their types, and what was decided about dates and numbers."""
    moments, about_dates = dates(raw[columns["date"]], columns["date"])
    quantity, about_quantity = numbers(raw[columns["quantity"]], columns["quantity"])
    price, about_price = numbers(raw[columns["price"]], columns["price"])
    product = raw[columns["product"]] if "product" in columns else pd.Series([None] * len(raw), dtype=object)
    lines = pd.DataFrame(
        {
            "order_id": category(raw[columns["order_id"]]),
            "customer_id": category(raw[columns["customer_id"]]),
            "ordered_at": moments,
            "product": category(product),
            "quantity": quantity,
            "unit_price": price,
        }
    )
    return lines, about_dates + about_quantity + about_price


def _some(lines: pd.DataFrame, rows: int, name: str, problems: list[Problem]) -> None:
    """InputError naming the commonest reason if no line is left."""
    if len(lines):
        return
    worst = max(problems, key=lambda problem: problem.rows)
    raise InputError(
        ngettext(
            "{name} holds no purchase: its {n} line cannot be used. Reason: {problem} ({count}).",
            "{name} holds no purchase: none of its {n} lines can be used. Commonest reason: {problem} ({count}).",
            rows,
        ).format(name=name, n=rows, problem=worst.problem, count=worst.rows)
    )


def _whole(column: pd.Series) -> pd.Series:
    """Units as whole numbers, unless the shop sells parts of one."""
    return column.astype("int64") if (column % 1 == 0).all() else column


def _order_lines(used: pd.DataFrame) -> pd.DataFrame:
    lines = used.drop(columns="net")
    lines.insert(1, "line_no", lines.groupby("order_id", observed=True).cumcount() + 1)
    texts = {name: lines[name].astype("str") for name in ("order_id", "customer_id", "product", "kind")}
    return lines.assign(**texts, quantity=_whole(lines["quantity"]), returned=_whole(lines["returned"]))


def _orders(used: pd.DataFrame) -> pd.DataFrame:
    """One row an order of a known customer in which goods were bought or given back."""
    trade = used[(used["kind"] != "fee") & used["customer_id"].notna()]
    kept = (trade["quantity"] - trade["returned"]).where(trade["kind"] == "goods", 0.0)
    orders = (
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
    return orders.assign(
        order_id=orders["order_id"].astype("str"),
        customer_id=orders["customer_id"].astype("str"),
        items=_whole(orders["items"]),
        revenue=orders["revenue"].round(2) + 0.0,  # no -0.0
        status=np.where(orders["items"] > 0, "delivered", "cancelled"),
    )


def _customers(used: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """One row a known customer of any line in use; no orders and no dates where nothing delivered is left."""
    known = pd.Index(used["customer_id"].cat.remove_unused_categories().cat.categories, name="customer_id").astype(
        "str"
    )
    delivered = orders[orders["status"] == "delivered"].groupby("customer_id")
    table = delivered.agg(
        first_order_at=("ordered_at", "min"),
        last_order_at=("ordered_at", "max"),
        orders=("order_id", "size"),
        revenue=("revenue", "sum"),
    ).reindex(known.sort_values())
    counts = table["orders"].fillna(0).astype("int64")
    return table.assign(orders=counts, revenue=table["revenue"].fillna(0.0).round(2)).reset_index()
