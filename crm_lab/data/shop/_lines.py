"""The mapped columns under our names with their types, and what was decided about numbers and dates."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext
from crm_lab.data.shop._account import Account, Problem, shown
from crm_lab.data.shop._columns import Columns
from crm_lab.data.shop._currency import meant, settle
from crm_lab.data.shop._dates import Dates, read_dates
from crm_lab.data.shop._numbers import Numbers, read_numbers
from crm_lab.data.shop._texts import category, plain, words

NUMBERS = ("quantity", "price", "amount", "total", "discount", "refunded", "shipping")
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
    _tell_dates(dates, account)
    _tell_numbers(numbers, account)
    one = pd.Series(1.0, index=lines.index)
    money = pd.Series(numbers[columns.value].values)
    lines = lines.assign(
        ordered_at=dates.moments,
        quantity=pd.Series(numbers["quantity"].values) if "quantity" in numbers else one.where(money.notna()),
        money=money.where(~numbers[columns.value].percent),
    )
    if columns.value == "total" and "price" in numbers:
        lines["price"] = numbers["price"].values
    return lines, numbers


def _refuse_rounded(column: pd.Series, account: Account, role: str) -> None:
    """InputError where a spreadsheet has cut off the last digits of numbers of orders or customers."""
    texts = column.cat.categories
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


def _tell_numbers(numbers: dict[str, Numbers], account: Account) -> None:
    for role, column in numbers.items():
        name = account.columns[role]
        comma, point = _("comma"), _("point")
        mark, other = (comma, point) if column.mark == "," else (point, comma)
        if column.mark == "," and column.marked.any():
            account.tell(
                column.marked,
                _("{name} is written with a decimal comma").format(name=name),
                _("read 1.234,50 as 1234.50; the first is row {row}: {cell}"),
                role,
            )
        if not column.proved and column.unsure.any() and column.general and column.mark == ".":
            account.tell(
                column.unsure,
                _("{name} has a mark that may be one of decimals or of thousands").format(name=name),
                _(
                    "read with a decimal point, as the other columns of the file have it; the first "
                    "is row {row}: {cell}"
                ),
                role,
            )
        if not column.proved and column.unsure.any() and not column.general:
            account.tell(
                column.unsure,
                _("{name} may have a decimal or a thousands mark").format(name=name),
                _(
                    "read with a decimal {mark}, as nothing in the file proves the other; if it is wrong, say "
                    "decimal={say!r}; the first is row {row}: {cell}"
                ),
                role,
                mark=mark,
                say="." if column.mark == "," else ",",
            )
        account.tell(
            column.contrary,
            _("{name} changes its decimal mark").format(name=name),
            _("read with a decimal {other}, the only way that is a number; the first is row {row}: {cell}"),
            role,
            other=other,
        )
        units = {str(sign) for sign in column.signs[column.signs != ""]} if role == "quantity" else set()
        if len(units) > 1:
            account.tell(
                column.signs != "",
                _("{name} has different units").format(name=name),
                _("counted alike: {units}; the first is row {row}: {cell}"),
                role,
                units=", ".join(sorted(units)),
            )


def tell_discounts(account: Account) -> None:
    """Tell of a column that is called a discount, holds money, and is not mapped."""
    if "discount" in account.columns or "total" in account.columns:
        return
    names = {plain(word) for word in words()["columns"]["discount"]}
    for column in account.cells:
        if plain(column) in names and column not in account.columns.values():
            values = read_numbers({"discount": account.cells[column]})["discount"].values
            account.tell(
                account.used & (np.nan_to_num(values) != 0),
                _("Discounts in column {column}").format(column=column),
                _("not taken off; map it as discount if the money does not have them off yet; the first is row {row}"),
            )


def _tell_dates(dates: Dates, account: Account) -> None:
    name = account.columns["date"]
    if dates.swapped:
        raise InputError(
            _(
                "A spreadsheet has read part of the dates in column {name!r} with the month first "
                "and left the others as "
                "text, so day and month are exchanged in some. Export the file again and do not open it in between."
            ).format(name=name)
        )
    orders = {"day": _("day, month, year"), "month": _("month, day, year"), "year": _("year, month, day")}
    if dates.differ is not None and dates.differ.any():
        more = {"order": orders[dates.order], "n": dates.certain, "say": dates.order != "day"}
        where = dates.differ
        if not dates.proved:
            told = _(
                "read as {order}, which is not certain; if it is wrong, say dayfirst={say}, or write "
                "dates as 2024-12-31 "
                "to be sure; the first is row {row}: {cell}"
            )
        elif dates.certain and dates.sure is not None:
            where = dates.sure
            told = ngettext(
                "read as {order}: {n} different date can be nothing else, such as {cell} in row {row}",
                "read as {order}: {n} different dates can be nothing else, such as {cell} in row {row}",
                dates.certain,
            )
        else:
            told = _("read as {order}; the first is row {row}: {cell}")
        action = told.format(**account.first(where, "date"), **more)
        what = _("{name} gives day and month as numbers").format(name=name)
        account.problems.append(Problem(what, int(dates.differ.sum()), action))
    found = [
        (
            dates.contrary,
            _("{name} changes its order of day and month"),
            _("read the only way that is a date; the first is row {row}: {cell}"),
        ),
        (
            dates.serials,
            _("{name} holds the day numbers of a spreadsheet"),
            _("counted from 30 December 1899; the first is row {row}: {cell}"),
        ),
        (
            dates.epochs,
            _("{name} counts seconds since 1970"),
            _("read as Unix time, which is that of London without summer time; the first is row {row}: {cell}"),
        ),
    ]
    for mask, problem, action in found:
        if mask is not None:
            account.tell(mask, problem.format(name=name), action, "date")


def tell_far_years(lines: pd.DataFrame, account: Account) -> None:
    """Tell of dates in a year far off from all others, such as a mistyped 2042: recency is counted from the last day.

    Rule: a gap of more than two years, beyond which lie at most one line in fifty, and no more than five.
    """
    years = lines["ordered_at"].dt.year.where(pd.Series(account.used, index=lines.index))
    known = np.sort(years.dropna().unique())
    far: list[Any] = []
    for gap in np.flatnonzero(np.diff(known) > 2):
        for side in (known[: gap + 1], known[gap + 1 :]):
            if years.isin(side).sum() <= min(5, max(1, years.notna().sum() // 50)) < years.notna().sum() / 2:
                far += list(side)
    account.tell(
        years.isin(far),
        _("Date in a year far off from all others"),
        _(
            "counted as it stands; if it is a slip, mend it in the file, for recency is counted from "
            "the last day; the first is row {row}: {cell}"
        ),
        "date",
    )


def settle_currency(
    account: Account, columns: Columns, numbers: Numbers, order: np.ndarray, asked: str | None, chinese: bool
) -> str | None:
    """The currency of the shop; lines in another than the one asked for are left out.

    Raises InputError where a file holds two currencies and none was asked for: a sum of them means nothing.
    """
    seen = numbers.signs.astype(object)
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
