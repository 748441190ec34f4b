"""Change: orders by month, who moved to which class, and whose value rises or falls."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext
from crm_lab.explore.check import lacks_nothing, numeric
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import (
    BLUE,
    FONT,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    label,
    look,
    money,
    money_axis,
    number,
    share,
    sheet,
)

_MARKS = {"rising": (GREEN, "^"), "steady": (GREY, "."), "falling": (RED, "v"), "problem": (PURPLE, "X")}


def monthly_orders(orders: pd.DataFrame) -> Picture:
    """Orders by month: the seasons, and whether the shop grows.

    orders  one row an order, with ordered_at

    >>> days = pd.to_datetime(["2025-11-03", "2025-11-20", "2025-12-01"])
    >>> monthly_orders(pd.DataFrame({"ordered_at": days}))  # doctest: +ELLIPSIS
    Line of 3 orders over 2 months, 2025-11 to 2025-12. The most came in 2025-11 (2), the fewest in 2025-12 (1)...
    """
    moments = lacks_nothing(orders, ("ordered_at",), "orders")["ordered_at"]
    if not pd.api.types.is_datetime64_dtype(moments) or moments.isna().any():
        raise InputError(_("orders, ordered_at must hold dates, none missing. Convert it with pd.to_datetime."))
    months = moments.dt.to_period("M")
    counts = months.value_counts().reindex(pd.period_range(months.min(), months.max(), freq="M"), fill_value=0)
    with look():
        peak = counts.idxmax()
        title = _("Busiest month {month}: {n} orders; a usual month has {usual}")
        figure, axes = sheet(title.format(month=peak, n=number(counts[peak]), usual=number(counts.median())))
        at = np.arange(len(counts))
        axes.plot(at, counts, "o-", color=BLUE, ms=8)
        axes.plot(at[counts.index == peak], counts[peak], "o", color=ORANGE, ms=14, mec="black")
        step = max(1, -(-len(counts) // 8))
        axes.set_xticks(at[::step], [str(month) for month in counts.index[::step]])
        axes.set(ylim=(0, 1.12 * counts.max()), ylabel=_("orders in the month"), xlabel=_("month"))
        return Picture(figure, _months_alt(counts))


def _months_alt(counts: pd.Series) -> str:
    text = ngettext("Line of {n} orders over {m} month, ", "Line of {n} orders over {m} months, ", len(counts)) + _(
        "{first} to {last}. The most came in {peak} ({most}), the fewest in {low} ({least}); the median is {usual}."
    )
    return text.format(
        n=number(counts.sum()),
        m=len(counts),
        first=counts.index[0],
        last=counts.index[-1],
        peak=counts.idxmax(),
        most=number(counts.max()),
        low=counts.idxmin(),
        least=number(counts.min()),
        usual=number(counts.median()),
    )


def migration_heatmap(matrix: pd.DataFrame) -> Picture:
    """Who moved where: for each class before, the shares of its customers in each class after.

    matrix  counts from classify.migration, rows before, columns after

    >>> migration_heatmap(pd.DataFrame([[8, 2], [1, 9]], index=["A", "B"], columns=["A", "B"]))  # doctest: +ELLIPSIS
    Table of 20 customers by class before (rows) and after (columns): 85 % stayed in their class. ...
    """
    counts = _counts(matrix)
    total = counts.to_numpy().sum()
    parts = counts.div(counts.sum(axis=1).replace(0, np.nan), axis=0).fillna(0.0)
    stayed = sum(counts.loc[code, code] for code in counts.index if code in counts.columns) / total
    with look():
        title = _("{stayed} stayed in their class, {moved} moved, came or went")
        height = max(5.625, 2.4 + 0.45 * len(counts))
        figure, axes = sheet(title.format(stayed=share(stayed), moved=share(1 - stayed)), height, grid="none")
        axes.imshow(parts, cmap="Blues", vmin=0, vmax=1.15, aspect="auto")
        _cells(axes, counts, parts)
        slant: dict[str, Any] = {"rotation": 35, "ha": "right", "rotation_mode": "anchor"} if len(counts) > 5 else {}
        axes.set_xticks(range(counts.shape[1]), _names(counts.columns), **slant)
        axes.set_yticks(range(len(counts)), _names(counts.index))
        axes.set(xlabel=_("class after"), ylabel=_("class before (row = 100 %)"))
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        return Picture(figure, _moves_alt(counts, stayed))


def _counts(matrix: pd.DataFrame) -> pd.DataFrame:
    bad = not isinstance(matrix, pd.DataFrame) or matrix.empty or any(kind.kind not in "iuf" for kind in matrix.dtypes)
    if bad or matrix.isna().any(axis=None) or (matrix < 0).any(axis=None) or matrix.to_numpy().sum() == 0:
        raise InputError(
            _("matrix must be a table of counts with at least one customer, as classify.migration returns it.")
        )
    return matrix


def _names(codes: pd.Index) -> list[str]:
    return [label(code) for code in codes]


def _cells(axes: Axes, counts: pd.DataFrame, parts: pd.DataFrame) -> None:
    """The share and the count in each cell that has any."""
    size = FONT - 3 if len(counts) <= 6 else FONT - 6
    for row, column in zip(*np.nonzero(counts.to_numpy()), strict=True):
        part: Any = parts.iat[row, column]
        words = f"{share(part)}\n{number(counts.iat[row, column])}" if len(counts) <= 6 else share(part)
        axes.text(column, row, words, ha="center", va="center", size=size, color="white" if part > 0.6 else INK)


def _moves_alt(counts: pd.DataFrame, stayed: float) -> str:
    text = _("Table of {n} customers by class before (rows) and after (columns): {stayed} stayed in their class.")
    cells = counts.to_dict("index")
    moves = [(n, label(a), label(b)) for a, row in cells.items() for b, n in row.items() if a != b]
    largest = sorted((move for move in moves if move[0] > 0), key=lambda move: -move[0])[:3]
    named = [f"{before} → {after} {number(n)}" for n, before, after in largest]
    most = " " + _("The largest moves: {moves}.").format(moves=", ".join(named)) if named else ""
    return text.format(n=number(counts.to_numpy().sum()), stayed=share(stayed)) + most


def value_change_scatter(change: pd.DataFrame) -> Picture:
    """Each customer's value before and lately: rising above the diagonal, falling below it.

    change  from classify.value_change: previous and latest in ¥, change

    >>> table = pd.DataFrame({"previous": [100.0, 900], "latest": [400.0, 100], "change": ["rising", "falling"]})
    >>> value_change_scatter(table)  # doctest: +ELLIPSIS
    Points for 2 customers, margin of the earlier half to the right, of the latest upwards: rising 1 (+¥300), ...
    """
    table = lacks_nothing(change, ("previous", "latest", "change"), "change")
    before, after = numeric(table["previous"], "previous"), numeric(table["latest"], "latest")
    codes = table["change"].astype(str)
    counts = codes.value_counts()
    gains = (after - before).groupby(codes).sum()
    with look():
        title = _("{falling} customers are falling: they take {lost} with them; {rising} are rising")
        figure, axes = sheet(
            title.format(
                falling=number(counts.get("falling", 0)),
                lost=money(-gains.get("falling", 0.0)),
                rising=number(counts.get("rising", 0)),
            ),
            grid="both",
        )
        for code, (colour, mark) in _MARKS.items():
            inside = codes == code
            axes.scatter(before[inside], after[inside], s=36, c=colour, marker=mark, alpha=0.6, lw=0, label=label(code))
        _both_ways(axes, float(max(before.abs().max(), after.abs().max())))
        return Picture(figure, _change_alt(counts, gains))


def _both_ways(axes: Axes, top: float) -> None:
    """Two axes of money that show ¥10 and ¥100,000, losses too; the diagonal is no change."""
    axes.set_xscale("symlog", linthresh=100)
    axes.set_yscale("symlog", linthresh=100)
    decades = [sign * 10.0**power for power in range(3, 10) for sign in (-1, 1) if 10**power <= 2 * top]
    axes.set_xticks([0, *decades])
    axes.set_yticks([0, *decades])
    axes.minorticks_off()
    axes.plot([-top, top], [-top, top], color=INK, lw=1.5, ls="--")
    money_axis(axes, x=_("margin in the earlier half-year"), y=_("margin in the latest"))
    axes.legend(markerscale=2, frameon=False, loc="upper left", bbox_to_anchor=(1, 1), title=_("value is"))


def _change_alt(counts: pd.Series, gains: pd.Series) -> str:
    start = _("Points for {n} customers, margin of the earlier half to the right, of the latest upwards: ")
    parts = [
        f"{label(code)} {number(counts[code])} ({'+' if gains[code] > 0 else ''}{money(gains[code])})"
        for code in _MARKS
        if code in counts
    ]
    return start.format(n=number(counts.sum())) + ", ".join(parts) + "."
