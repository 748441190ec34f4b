"""A learner's own shop, ready for the lessons."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm_lab.base.files import write_together
from crm_lab.base.text import _


@dataclass(frozen=True, eq=False, repr=False)
class Shop:
    """A shop as `read_shop` gives it. Money is in the file's own currency, rounded to 2 decimals.

    orders       one row an order of a known customer with goods in it: order_id, customer_id, ordered_at, items (units
                 kept), revenue (what they paid for those), status "delivered", or "cancelled" where nothing was kept
    order_lines  every line in use: order_id, line_no, customer_id (missing if unknown), ordered_at, product, quantity,
                 unit_price, revenue (what was paid for the line, less its share of discounts and refunds), kind
                 "goods", "credit" (money back), "discount" (off its order) or "fee" (in no order), returned (units of
                 it that a credit took back)
    customers    one row a known customer: customer_id, first_order_at, last_order_at, orders, revenue (delivered only)
    today        midnight after the last line: the day to count recency back from
    currency     the code of the currency, such as "GBP"; None if the file does not tell. The tables know it too, so
                 figures and widgets write their money in it
    problems     every decision that changed a figure: problem, rows (lines of the file), action (what was done)
    left_out     every line not in use: row (1 = first under the column names), problem, and its cells as they stood;
                 with several files also file

    Every line of the file is in `order_lines` or in `left_out`, but for those with too many cells. The revenue of all
    orders adds up to that of all goods, credit and discount lines of known customers.
    """

    orders: pd.DataFrame
    order_lines: pd.DataFrame
    customers: pd.DataFrame
    today: pd.Timestamp
    currency: str | None
    problems: pd.DataFrame
    left_out: pd.DataFrame

    def __repr__(self) -> str:
        first, last = self.order_lines["ordered_at"].min(), self.order_lines["ordered_at"].max()
        return _("Shop: {orders:,} orders of {customers:,} customers, {first:%Y-%m-%d} to {last:%Y-%m-%d}").format(
            orders=len(self.orders), customers=len(self.customers), first=first, last=last
        )

    def save(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Write the tables to a folder as CSV files in UTF-8, and today and the currency to about.json.

        Files of the same names are replaced, all or none of them. Returns the files written.
        Raises InputError when the folder cannot be written.
        """
        place = Path(folder)
        tables = ("orders", "order_lines", "customers", "problems", "left_out")
        about = {"today": f"{self.today:%Y-%m-%d}", "currency": self.currency}
        contents: dict[Path, bytes | str] = {
            place / f"{name}.csv": getattr(self, name).to_csv(index=False, lineterminator="\n").encode("utf-8")
            for name in tables
        }
        contents[place / "about.json"] = json.dumps(about, indent=1) + "\n"
        write_together(contents)
        return list(contents)
