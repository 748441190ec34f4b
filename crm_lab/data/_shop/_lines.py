"""The mapped columns under our names with their types, and what was decided about numbers and dates."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._account import Account, shown
from crm_lab.data._shop._columns import Columns
from crm_lab.data._shop._currency import meant, settle
from crm_lab.data._shop._dates import read_dates
from crm_lab.data._shop._numbers import Numbers, read_numbers
from crm_lab.data._shop._telling import tell_dates, tell_numbers
from crm_lab.data._shop._texts import category

NUMBERS = ("quantity", "price", "amount", "total", "discount", "refunded", "shipping")
_CENTS = re.compile(
    r"(?<![^\W\d_])(?:cents?|centimes?|centavos?|céntimos?|pence|minor[ _]units?)(?![^\W\d_])|[(（]分[)）]",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2}")


def typed(
    account: Account, columns: Columns, dayfirst: bool | None, decimal: str | None, semicolons: bool
) -> tuple[pd.DataFrame, dict[str, Numbers]]:
    """The lines with order_id, customer_id, product, date (the cell), ordered_at, quantity, money and, beside a total,
    price; and all columns of numbers."""
    cells, of = account.cells, account.columns
    empty = pd.Series(pd.Categorical.from_codes(np.full(len(cells), -1), pd.Index([], dtype="str")))
    lines = pd.DataFrame(
        {
            role: pd.Series(category(cells[of[role]])) if role in of else empty
            for role in ("order_id", "customer_id", "product", "date")
        }
    )
    for role in ("order_id", "customer_id", "product"):
        _refuse_rounded(lines[role], account, role)
    numbers = read_numbers({role: cells[of[role]] for role in NUMBERS if role in of}, decimal, semicolons)
    european = semicolons or any(column.mark == "," and column.proved for column in numbers.values())
    dates = read_dates(cells[of["date"]], of["date"], dayfirst, european)
    numbers = {role: _whole_money(column, account, role) for role, column in numbers.items()}
    tell_dates(dates, account)
    tell_numbers(numbers, account)
    one = pd.Series(1.0, index=lines.index)
    money = pd.Series(numbers[columns.value].values)
    lines = lines.assign(
        ordered_at=dates.moments,
        quantity=pd.Series(numbers["quantity"].values)
        if "quantity" in numbers
        else one.where(money.notna() | (columns.value == "total")),
        money=money.where(~numbers[columns.value].percent),
    )
    if columns.value == "total" and "price" in numbers:
        lines["price"] = numbers["price"].values
    return lines, numbers


def _refuse_rounded(column: pd.Series, account: Account, role: str) -> None:
    """InputError where a spreadsheet has cut off the last digits of numbers of orders or customers."""
    texts = np.asarray(column.cat.categories, dtype=object)
    rounded = [text for text in texts if "+" in text and _ROUNDED.fullmatch(text)]
    long = [text for text in texts if 16 <= len(text) <= 24 and text.isdigit()]
    zeros = sum(len(text) - 15 for text in long)
    if zeros >= 3 and not any(text[15:].strip("0") for text in long):  # by chance once in a thousand files
        rounded = rounded or long
    if not rounded:
        return
    where = column.isin(rounded).to_numpy()
    name = account.columns[role]
    if role == "product":
        account.tell(
            where,
            _("{column} was cut off by Excel").format(column=name),
            _("different articles may have one number; the first is row {row}: {cell}"),
            role,
        )
        return
    raise InputError(
        _(
            "Excel has cut off the numbers in column {column!r}: {count} cells such as {cell}, so "
            "different ones look the "
            "same. Export the file again and do not open it in Excel before, or import that column as text."
        ).format(column=name, count=int(where.sum()), cell=shown(column[where].iloc[0]))
    )


def _whole_money(column: Numbers, account: Account, role: str) -> Numbers:
    """A column of money in units of the currency: one that is called cents and has no decimals is in hundredths."""
    name = account.columns[role]
    if role == "quantity" or not _CENTS.search(name) or (column.values % 1 > 0).any():
        return column
    account.tell(
        column.values != 0,
        _("{name} counts hundredths, such as cents").format(name=name),
        _("divided by 100; the first is row {row}: {cell}"),
        role,
    )
    return replace(column, values=column.values / 100)


def settle_currency(
    account: Account, columns: Columns, numbers: Numbers, order: np.ndarray, asked: str | None, chinese: bool
) -> str | None:
    """The currency of the shop; lines in another than the one asked for are left out.

    Raises InputError where a file holds two currencies and none was asked for: a sum of them means nothing.
    """
    seen = np.where(numbers.percent, "", numbers.signs).astype(object)
    if "currency" in account.columns:
        listed = pd.Series(category(account.cells[account.columns["currency"]])).astype(object)
        listed = (
            listed.groupby(order).transform("first").where(pd.Series(order >= 0), listed)
            if (order >= 0).any()
            else listed
        )
        seen = np.where(listed.notna(), listed.fillna("").to_numpy(), seen)
    hint = _in_name(account.columns[columns.value])
    seen = np.where(seen == "", hint, seen)
    likely = "CNY" if chinese else None
    each, main, unsure = settle(seen, columns.currency, likely)
    found = sorted({str(code) for code in each[account.used] if code})
    if asked is not None:
        account.leave_out(
            (each != "") & (each != asked) & (len(found) > 1),
            _("Money in another currency than {currency}").format(currency=asked),
            "currency",
        )
        return asked
    if len(found) > 1:
        rows = ", ".join(f"{code} {int((each[account.used] == code).sum())}" for code in found)
        raise InputError(
            _(
                "The file has money in {count} currencies ({rows} lines), which cannot be added up. "
                "Say which to read, as "
                "in currency={main!r}; the others are then left out."
            ).format(count=len(found), rows=rows, main=main)
        )
    if unsure is not None:
        where = (seen == unsure) & account.used
        account.tell(
            where,
            _("The sign {sign} stands for several currencies").format(sign=unsure),
            _("taken for {currency}; if it is another, say so, as in currency='AUD'"),
            currency=main,
        )
    return found[0] if found else main


def _in_name(column: str) -> str:
    """The currency in a column's name, such as Price (EUR) or 金额(元); empty if there is none."""
    for part in re.findall(r"[A-Z]{3}|[$€£¥￥₹₽₩元円]", column):
        if len(meant(part)) >= 1 and (len(part) < 3 or re.search(rf"(?<![A-Z]){part}(?![A-Z])", column)):
            return part
    return ""
