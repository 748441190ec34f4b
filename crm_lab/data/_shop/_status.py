"""Which lines count, by the status of their order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._account import Account, shown
from crm_lab.data._shop._texts import category, plain, words


@cache
def counts(status: str) -> bool | None:
    """Whether an order with this status counts; None if the word is unknown.

    >>> counts("wc-completed"), counts("(删除)等待付款"), counts("partially_refunded"), counts("Abgeholt")
    (True, False, True, None)
    """
    word = re.sub(r"^wc ", "", plain(status))
    known = words()["status"]
    for kind, answer in (("counts", True), ("not", False)):
        if word in _plain_words(kind):
            return answer
    for kind, answer in (("counts_parts", True), ("not_parts", False)):
        if any(part in word for part in known[kind]):
            return answer
    parts = [part.strip() for part in re.split(r"[,，;/|]", word) if part.strip()]
    return counts(parts[0]) if len(parts) > 1 else None


@cache
def _plain_words(kind: str) -> frozenset[str]:
    return frozenset(plain(word) for word in words()["status"][kind])


def check_status(status: Any) -> list[str] | None:
    """The statuses that count, as a list; InputError unless it is a text or several."""
    if status is None:
        return None
    listed = [status] if isinstance(status, str) else list(status) if isinstance(status, Iterable) else []
    if not listed or not all(isinstance(one, str) for one in listed):
        raise InputError(
            _("status is {status!r}. Give the values that count, as in status=['paid', 'shipped'].").format(
                status=status
            )
        )
    return listed


def leave_out_uncounted(
    account: Account,
    order: np.ndarray,
    statuses: Collection[str],
    filled: Collection[str],
    chosen: list[str] | None,
    also: Collection[str],
) -> None:
    """Leave out the lines of orders that were cancelled, never paid, or refunded in full.

    order     the order of each line (-1: none), for a status that stands on the first line of an order only
    statuses  the columns of statuses
    filled    columns that hold something where the order was cancelled
    chosen    the values that count, where the user has said so: then no other does
    also      values that count in this kind of export

    Raises InputError where `chosen` names no value of the file.
    """
    if chosen is not None and not statuses:
        raise InputError(_("status names the values that count, but columns has no status. Add 'status' to columns."))
    for column in statuses:
        cells = _of_order(pd.Series(category(account.cells[column])), order, account.used)
        values = list(cells.cat.categories)
        verdict: dict[str, bool | None]
        if chosen is not None:
            _check_chosen(chosen, values, column)
            verdict = {value: plain(value) in map(plain, chosen) for value in values}
        else:
            verdict = {v: True if plain(v) in map(plain, also) else counts(v) for v in values}
        for value in values:
            where = (cells == value).to_numpy()
            if verdict[value] is False:
                account.columns["status"] = column
                what = _("Order that does not count: {column} is {status}").format(column=column, status=shown(value))
                account.leave_out(where, what, "status")
            elif verdict[value] is None:
                account.tell(
                    where & account.used,
                    _("Unknown status {status}").format(status=shown(value)),
                    _(
                        "counted, the first in row {row}; say which values count, as in "
                        "status=[...], if it should not be"
                    ),
                )
    for column in filled:
        cells = _of_order(pd.Series(category(account.cells[column])), order, account.used)
        account.leave_out(
            cells.notna(), _("Order that does not count: it has a date of cancellation, {column}").format(column=column)
        )


def _check_chosen(chosen: list[str], values: list[str], column: str) -> None:
    missing = [one for one in chosen if plain(one) not in map(plain, values)]
    if missing:
        raise InputError(
            _("status names {value!r}, which column {column!r} does not hold. Its values are: {values}.").format(
                value=missing[0], column=column, values=", ".join(values[:20])
            )
        )


def _of_order(cells: pd.Series, order: np.ndarray, used: np.ndarray) -> pd.Series:
    """The cells, an empty one that of its order's first line that has one."""
    empty = cells.isna().to_numpy() & (order >= 0)
    if not empty.any() or empty.all():
        return cells
    codes = cells.cat.codes.to_numpy()
    named = np.flatnonzero((codes >= 0) & (order >= 0) & used)[::-1]
    first = np.full(order.max() + 1, -1, dtype=codes.dtype)
    first[order[named]] = codes[named]  # backwards, so the first stays
    filled = np.where(empty, first[np.maximum(order, 0)], codes)
    return pd.Series(pd.Categorical.from_codes(filled, cells.cat.categories))
