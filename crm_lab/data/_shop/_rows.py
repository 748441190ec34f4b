"""Lines that are no line of an order, or whose order stands only on the line above: totals, sums, continuations."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data._shop._account import Account
from crm_lab.data._shop._texts import called, plain, words

_CENT = 0.011


def _is_total(column: pd.Series) -> np.ndarray:
    """Which cells hold a word such as Total, Summe or 合计."""
    return column.isin(called(column.cat.categories, _totals())).to_numpy()


@cache
def _totals() -> frozenset[str]:
    return frozenset(map(plain, words()["lines"]["total"]))


def leave_out_totals(lines: pd.DataFrame, account: Account) -> None:
    """Leave out blank lines, and sums of the table that stand among its lines.

    Rule: a sum has a word for it where the order, the date or the customer should stand; or where the article should,
    on a line that lacks one of those; or in the file's first column, on a line without a date.
    """
    core = [name for name in ("order_id", "customer_id", "product", "date", "quantity", "money") if name in lines]
    account.leave_out(lines[core].isna().all(axis=1), _("Blank line"))
    bare = lines["date"].isna().to_numpy()
    unowned = bare | (lines["customer_id"].isna() & lines["order_id"].isna()).to_numpy()
    total = _is_total(lines["date"])
    if "order_id" in account.columns:
        total = total | _is_total(lines["order_id"])
    total = total | _is_total(lines["customer_id"]) & (bare | lines["order_id"].isna().to_numpy())
    total = total | _is_total(lines["product"]) & unowned
    first = account.cells.iloc[:, 0]
    if bare.any():
        hits = called({str(cell) for cell in first[bare]}, _totals())
        total = total | bare & first.astype(str).isin(hits).to_numpy()
    account.leave_out(total, _("Line with a total, not an order"))


def continued(lines: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The lines with order, date and customer on each, where the file writes them on an order's first line only.

    Rule: an empty date is that of the same order's first line. A line with neither order, date nor customer, but with
    an article (or, in a file without articles, with an amount), belongs to the order above it. Where one date in five
    is missing on lines of orders that have none at all, the file writes a date once for all lines below it.
    """
    used = account.used
    lines = _below_their_order(lines, account, used)
    empty = lines["date"].isna().to_numpy() & used
    if not empty.any():
        return lines
    dated = lines["ordered_at"].where(pd.Series(used, index=lines.index))
    if "order_id" in account.columns:
        of_order = dated.groupby(lines["order_id"].cat.codes.to_numpy()).transform("first")
        filled = empty & of_order.notna().to_numpy() & lines["order_id"].notna().to_numpy()
        lines = lines.assign(ordered_at=lines["ordered_at"].where(~filled, of_order))
        account.tell(
            filled,
            _("The date stands on the first line of an order only"),
            _("taken over to its other lines, the first in row {row}"),
        )
        empty = empty & ~filled
    owner = "order_id" if "order_id" in account.columns else "customer_id"
    owned = empty & lines[owner].notna().to_numpy() & lines["money"].notna().to_numpy()
    if owned.sum() >= 0.2 * used.sum() and not empty[np.argmax(used)]:
        above = dated.ffill()
        lines = lines.assign(ordered_at=lines["ordered_at"].where(~owned, above))
        account.tell(
            owned, _("The date stands only where it changes"), _("taken over from above, the first in row {row}")
        )
    return lines


def _below_their_order(lines: pd.DataFrame, account: Account, used: np.ndarray) -> pd.DataFrame:
    keys = ["order_id", "customer_id"] if "order_id" in account.columns else ["customer_id"]
    alone = lines[["date", *keys]].isna().all(axis=1).to_numpy() & used
    alone = alone & lines["product" if "product" in account.columns else "money"].notna().to_numpy()
    if not alone.any() or alone[np.argmax(used)]:
        return lines
    value = lines["money"].to_numpy(float)
    if "product" not in account.columns:  # the line below the table may hold the sum of the column
        rest = np.nansum(np.where(used & ~alone, value, 0))
        total = alone & (np.abs(value - rest) < _CENT)
        account.leave_out(total, _("Line with a total, not an order"))
        alone = alone & ~total
    anchored = pd.Series(np.where(used & ~alone, np.arange(len(lines)), np.nan)).ffill()
    source = anchored.to_numpy()[alone].astype(int)
    changed = lines.copy()
    for name in (*keys, "ordered_at", "date"):
        column = changed[name].copy()
        column.iloc[np.flatnonzero(alone)] = lines[name].iloc[source].to_numpy()
        changed[name] = column
    account.tell(
        alone,
        _("The order stands on its first line only"),
        _("taken over to the lines below it, the first in row {row}"),
    )
    return changed


def leave_out_sums(lines: pd.DataFrame, account: Account) -> None:
    """Leave out the lines that sum up the others of their order.

    lines  order_id, product, quantity and money as the file has it

    Rule: in an order with articles on other lines, a line without one (or with a word such as Subtotal) whose money is
    the sum of theirs, with or without their quantities. Where no column of articles is mapped, a line that has more
    empty cells than the others of its order.
    """
    if "order_id" not in account.columns:
        return
    used = account.used & lines["order_id"].notna().to_numpy()
    if "product" in account.columns:
        summing = used & (lines["product"].isna().to_numpy() | _is_total(lines["product"]))
    else:
        summing = used & _emptier(account, lines["order_id"].cat.codes.to_numpy())
    if not summing.any():
        return
    order = lines["order_id"].cat.codes.to_numpy()
    some = used & np.isin(order, order[summing])
    value, quantity = lines["money"].to_numpy(float), lines["quantity"].to_numpy(float)
    parts = pd.DataFrame({"order": order, "value": value, "times": value * quantity, "n": 1.0})[some & ~summing]
    sums = parts.groupby("order").sum().reindex(order[summing])
    own = value[summing]
    adds_up = [np.abs(own - sums[name].to_numpy()) < _CENT for name in ("value", "times")]
    adds_up.append(np.abs(own * quantity[summing] - sums["times"].to_numpy()) < _CENT)
    found = np.zeros(len(lines), dtype=bool)
    found[summing] = (sums["n"].to_numpy() > 0) & np.any(adds_up, axis=0)
    account.leave_out(found, _("Summary line: its money is the sum of the other lines of its order"))


def _emptier(account: Account, order: np.ndarray) -> np.ndarray:
    """Which lines have more empty cells than the fullest of an order with three lines or more."""
    several = pd.Series(order).duplicated(keep=False).to_numpy() & (order >= 0)
    if not several.any():
        return several
    cells = account.cells[several].astype(str)
    empty = cells.isin(["", "nan", "None", "NaT"]).sum(axis=1)
    fewest = empty.groupby(order[several]).transform("min")
    size = empty.groupby(order[several]).transform("size")
    found = several.copy()
    found[several] = ((empty > fewest) & (size > 2)).to_numpy()
    return found
