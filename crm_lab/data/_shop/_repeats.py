"""Lines that stand there twice: left out where the file shows that it repeats itself, else kept and told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data._shop._account import Account


def leave_out_repeats(lines: pd.DataFrame, account: Account, line: str | None) -> None:
    """Leave out lines that the file shows to be repeats of earlier ones.

    lines  order_id, customer_id, product, ordered_at, quantity, money
    line   the column that numbers the lines, if it is known

    Rule: two equal lines may be two sales. They are a repeat where a column that numbers lines is the same too; or
    where an order comes back later in a file with nothing but lines that it had already. All other equal lines are
    kept and told.
    """
    keys = _keys(lines)
    used = account.used
    likely = keys.duplicated(keep=False).to_numpy() & used  # cheap: only these are compared in all their cells
    if not likely.any():
        return
    same = np.zeros(len(lines), dtype=bool)
    cells = account.cells[likely].astype(str)
    same[likely] = cells.duplicated().to_numpy()
    if not same.any():
        return
    if "product" in account.columns:
        proved = same & (_numbered(lines, account, line, used & ~same) | _again(lines, same, used))
        account.leave_out(proved, _("Line that stands there twice"), "product")
    account.tell(
        same & account.used,
        _("Lines that stand there twice"),
        _(
            "kept as two sales, for nothing shows a repeat; delete them from the file if they are "
            "one; the first is row {row}"
        ),
    )


def _keys(lines: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in ("order_id", "customer_id", "product") if name in lines]
    return lines.assign(**{name: lines[name].cat.codes for name in names})[[*names, "ordered_at", "quantity", "money"]]


def leave_out_overlaps(lines: pd.DataFrame, account: Account, file: np.ndarray) -> None:
    """Leave out what an older file or sheet has in common with a newer one.

    lines  order_id, customer_id, product, ordered_at, quantity, money
    file   the number of the file or sheet that each line comes from

    Rule: where the periods of two files overlap, the newer one, whose last day is later, knows what has become of an
    order since. Lines that only one of them has are kept.
    """
    if len(np.unique(file)) < 2:
        return
    keys = _keys(lines)
    used = account.used
    latest = keys["ordered_at"].where(pd.Series(used, index=keys.index)).groupby(file).max()
    newest_first = latest.sort_values(ascending=False, kind="stable").index.to_numpy()
    rank = np.empty(file.max() + 1, dtype=int)
    rank[newest_first] = np.arange(len(newest_first))
    place = keys.assign(file=file)[used].groupby([*keys.columns, "file"], dropna=False).cumcount()
    ordered = keys[used].assign(place=place, rank=rank[file[used]]).sort_values("rank", kind="stable")
    repeated = ordered.drop(columns="rank").duplicated()
    hits = np.zeros(len(keys), dtype=bool)
    hits[np.flatnonzero(used)] = repeated.sort_index().to_numpy()
    account.leave_out(hits, _("Line of one file that stands in a newer one too"), "order_id")
    if "order_id" in keys:
        left = account.used & (keys["order_id"] >= 0).to_numpy()
        files = pd.Series(file[left]).groupby(keys["order_id"].to_numpy()[left]).transform("nunique").to_numpy()
        split = left.copy()
        split[left] = files > 1
        account.tell(
            split,
            _("Order with different lines in two files"),
            _(
                "all of them kept as one order; if the newer file replaces them, delete the older; "
                "the first is row {row}: {cell}"
            ),
            "order_id",
        )


def _numbered(lines: pd.DataFrame, account: Account, line: str | None, different: np.ndarray) -> np.ndarray:
    """All lines if some column numbers them, so that no two different lines have the same number; else none."""
    columns = [line] if line else [name for name in account.cells if name not in account.columns.values()]
    orders = pd.Series(lines["order_id"].cat.codes.to_numpy()[different])
    for column in columns:
        cells = account.cells[column][different].astype(str)
        if len(cells) < 3 or cells.nunique() < len(cells) or (cells == "").any():
            continue
        if line or orders.duplicated().any():
            return np.ones(len(lines), dtype=bool)
    return np.zeros(len(lines), dtype=bool)


def _again(lines: pd.DataFrame, same: np.ndarray, used: np.ndarray) -> np.ndarray:
    """The lines of orders that come back later in the file with nothing but lines that they had already."""
    order = lines["order_id"].cat.codes.to_numpy().astype(np.int64)
    place = np.flatnonzero(used)
    block = np.zeros(len(lines), dtype=np.int64)
    block[place] = np.cumsum(np.r_[True, order[place][1:] != order[place][:-1]])
    first = pd.Series(block[place]).groupby(order[place]).transform("first").to_numpy()
    later = np.zeros(len(lines), dtype=bool)
    later[place] = block[place] != first
    return later if later.any() and same[later].all() else np.zeros(len(lines), dtype=bool)
