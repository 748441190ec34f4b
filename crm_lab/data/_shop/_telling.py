"""What is told about numbers and dates: every decision that could have given other figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext
from crm_lab.data._shop._account import Account, Problem
from crm_lab.data._shop._dates import Dates
from crm_lab.data._shop._numbers import Numbers, read_numbers
from crm_lab.data._shop._texts import plain, words


def tell_numbers(numbers: dict[str, Numbers], account: Account) -> None:
    """Tell with which decimal mark each column was read, and whether that is certain."""
    for role, column in numbers.items():
        _tell_mark(column, account, role)
        account.tell(
            column.contrary,
            _("{name} changes its decimal mark").format(name=account.columns[role]),
            _("read with a decimal {other}, the only way that is a number; the first is row {row}: {cell}"),
            role,
            other=_("point") if column.mark == "," else _("comma"),
        )
        units = {str(sign) for sign in column.signs[column.signs != ""]}
        if role == "quantity" and len(units) > 1:
            account.tell(
                column.signs != "",
                _("{name} has different units").format(name=account.columns[role]),
                _("counted alike: {units}; the first is row {row}: {cell}"),
                role,
                units=", ".join(sorted(units)),
            )


def _tell_mark(column: Numbers, account: Account, role: str) -> None:
    name = account.columns[role]
    if column.mark == ",":
        account.tell(
            column.marked,
            _("{name} is written with a decimal comma").format(name=name),
            _("read 1.234,50 as 1234.50; the first is row {row}: {cell}"),
            role,
        )
    if column.proved or not column.unsure.any() or (column.general and column.mark == ","):
        return
    if column.general:
        action = _(
            "read with a decimal point, as the other columns of the file have it; the first is row {row}: {cell}"
        )
    else:
        action = _(
            "read with a decimal {mark}, as nothing in the file proves the other; if it is wrong, say decimal={say!r}; "
            "the first is row {row}: {cell}"
        )
    mark, say = (_("comma"), ".") if column.mark == "," else (_("point"), ",")
    what = _("{name} may have a decimal or a thousands mark").format(name=name)
    account.tell(column.unsure, what, action, role, mark=mark, say=say)


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


def tell_postage(account: Account, column: str | None) -> None:
    """Tell of a column of postage that is within the total of the order and not mapped."""
    if column is None or "total" not in account.columns:
        return
    values = read_numbers({"shipping": account.cells[column]})["shipping"].values
    account.tell(
        account.used & (np.nan_to_num(values) != 0),
        _("Postage in column {column}").format(column=column),
        _("counted within the order total; map it as shipping to take it off; the first is row {row}"),
    )


def tell_dates(dates: Dates, account: Account) -> None:
    """Tell in which order day and month were read, and whether that is certain.

    Raises InputError where a spreadsheet has exchanged day and month in part of the dates.
    """
    name = account.columns["date"]
    if dates.swapped:
        raise InputError(
            _(
                "A spreadsheet has read part of the dates in column {name!r} with the month first and left the others "
                "as text, so day and month are exchanged in some. Export the file again and do not open it in between."
            ).format(name=name)
        )
    if dates.differ is not None and dates.differ.any():
        what = _("{name} gives day and month as numbers").format(name=name)
        account.problems.append(Problem(what, int(dates.differ.sum()), _order(dates, dates.differ, account)))
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
        (
            dates.eras,
            _("{name} counts years from another beginning"),
            _("read as years of the common era; the first is row {row}: {cell}"),
        ),
    ]
    for mask, problem, action in found:
        if mask is not None:
            account.tell(mask, problem.format(name=name), action, "date")


def _order(dates: Dates, differ: np.ndarray, account: Account) -> str:
    """In which order day and month were read, and why."""
    orders = {"day": _("day, month, year"), "month": _("month, day, year"), "year": _("year, month, day")}
    where = differ
    if not dates.proved:
        told = _(
            "read as {order}, which is not certain; if it is wrong, say dayfirst={say}, or write dates as 2024-12-31 "
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
    more = {"order": orders[dates.order], "n": dates.certain, "say": dates.order != "day"}
    return told.format(**account.first(where, "date"), **more)


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
