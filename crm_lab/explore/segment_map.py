"""The map of the RFM segments: recency upwards, worth to the right, and in each field its money and its customers."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
from matplotlib import colormaps
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from crm_lab import classify
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _, ngettext
from crm_lab.explore.picture import Picture
from crm_lab.explore.style import FONT, ORANGE, SIZE, capital, label, look, money, number, share, sheet

SCHEMES = ("equal", "fixed")
Field = tuple[Rectangle, Rectangle, Text, Text]  # box, frame of the picked one, name, figures
_STEEPEST = 0.5  # share of the money at which a field has the darkest colour, still light enough for dark words


def rfm_map(
    rfm: pd.DataFrame, scheme: str = "equal", bins: int = 5, thresholds: Mapping[str, Sequence[float]] | None = None
) -> pd.DataFrame:
    """Customers and money in every RFM segment, under one way of scoring.

    rfm         the table of classify.rfm
    scheme      "equal": as many customers in each score; "fixed": scores by `thresholds`
    bins        number of scores of the scheme "equal"
    thresholds  for the scheme "fixed": rising cuts for recency_days, frequency and monetary, as classify.rfm_scores_at

    Returns a DataFrame indexed by segment, all segments in the order of classify.SEGMENTS: customers, customer_share,
    monetary (¥), monetary_share. A segment nobody is in has zeros.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> rfm_map(table, bins=2)["customers"].loc[["champions", "hibernating"]].tolist()
    [1, 1]
    """
    if one_of("scheme", scheme, SCHEMES) == "equal":
        codes = classify.segments(classify.rfm_scores(rfm, bins), bins)
    else:
        if thresholds is None:
            raise InputError(_("The scheme 'fixed' needs thresholds for recency_days, frequency and monetary."))
        cuts = thresholds.get("recency_days", ())
        codes = classify.segments(classify.rfm_scores_at(rfm, thresholds), len(cuts) + 1)
    found = classify.segment_money(rfm, codes)
    return found.reindex(list(classify.SEGMENTS), fill_value=0).rename_axis("segment")


@cache
def fields() -> dict[str, tuple[int, int, int, int]]:
    """Where each segment lies: its first column and row and its width and height, in scores 1 to 5.

    >>> fields()["champions"]
    (4, 5, 2, 1)
    """
    scores = pd.DataFrame(
        [(r, w, w) for r in range(1, 6) for w in range(1, 6)], columns=["recency", "frequency", "monetary"]
    )
    spans = scores.groupby(classify.segments(scores))[["frequency", "recency"]].agg(["min", "max"])
    return {code: (x, y, x_end - x + 1, y_end - y + 1) for code, x, x_end, y, y_end in spans.itertuples()}


class SegmentMap:
    """The drawn map. Fields and words are made once; `show` rewrites only those that changed, so it can be dragged."""

    def __init__(self, title: str = "", height: float = SIZE[1]) -> None:
        self._shown: dict[str, tuple[Any, ...]] = {}
        with look():
            self.figure, self.axes = sheet(title, height, grid="none")
            self.axes.set(xlim=(0.5, 5.5), ylim=(0.5, 5.5), xticks=range(1, 6), yticks=range(1, 6))
            self.axes.set_xlabel(_("worth: score for orders and money, 5 = most"))
            self.axes.set_ylabel(_("recency score, 5 = latest"))
            self.axes.tick_params(length=0)
            self.axes.spines[:].set_visible(False)
            self.artists = {code: self._field(code, *place) for code, place in fields().items()}

    def _field(self, code: str, x: int, y: int, width: int, height: int) -> Field:
        """One field: nothing of it reaches over its border, so it can be drawn again without its neighbours."""
        box = Rectangle((x - 0.47, y - 0.47), width - 0.06, height - 0.06, lw=0, antialiased=False)
        frame = Rectangle((x - 0.42, y - 0.42), width - 0.16, height - 0.16, fill=False, ec=ORANGE, lw=4)
        middle = (x - 0.5 + width / 2, y - 0.5 + height / 2)
        words: dict[str, Any] = {"ha": "center", "va": "center", "size": FONT - 4}
        name = self.axes.text(*middle, f"{label(code)}\n\n", weight="bold", **words)
        amount = self.axes.text(*middle, "", **words)
        for patch in (box, frame):
            self.axes.add_patch(patch)
        return box, frame, name, amount

    def show(self, table: pd.DataFrame, picked: str | None = None) -> list[str]:
        """Put the figures of `table` (from `rfm_map`) into the fields, frame the one `picked`; return what changed."""
        columns = table[["monetary", "customers", "monetary_share"]]
        wanted = {code: (*row, code == picked) for code, *row in columns.itertuples()}
        changed = [code for code, state in wanted.items() if self._shown.get(code) != state]
        for code in changed:
            self._write(code, *wanted[code])
        self._shown = wanted
        return changed

    def _write(self, code: str, amount: float, customers: int, part: float, picked: bool) -> None:
        box, frame, _name, figures = self.artists[code]
        depth = min(1.0, max(0.0, part / _STEEPEST))
        box.set_facecolor(colormaps["Blues"](0.08 + 0.47 * depth))
        frame.set_visible(picked)
        people = ngettext("{n} customer", "{n} customers", int(customers)).format(n=number(customers))
        figures.set_text(f"\n{money(amount)}\n{people}")


def sentence(table: pd.DataFrame) -> str:
    """What a map says, in one line.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> sentence(rfm_map(table, bins=2))
    'Champions: 50 % of the customers, 75 % of the money'
    """
    richest: Any = table["monetary"].idxmax()
    best = table.loc[richest]
    name = label(best.name)
    text = _("{segment}: {customers} of the customers, {money} of the money")
    return text.format(
        segment=capital(name),
        customers=share(best["customer_share"]),
        money=share(best["monetary_share"]),
    )


def describe(table: pd.DataFrame) -> str:
    """The alt text of a map: the three richest segments and the empty ones.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> describe(rfm_map(table, bins=2))[:68]
    'Map of the RFM segments of 2 customers, worth ¥400, by recency score'
    """
    count = int(table["customers"].sum())
    start = ngettext(
        "Map of the RFM segments of {n} customer, worth {money}, by recency score (upwards) and worth (to the right).",
        "Map of the RFM segments of {n} customers, worth {money}, by recency score (upwards) and worth (to the right).",
        count,
    ).format(n=number(count), money=money(table["monetary"].sum()))
    top = [f"{label(code)} {money(row['monetary'])}" for code, row in table.nlargest(3, "monetary").iterrows()]
    rest = _("Most money: {top}.").format(top=", ".join(top))
    empty = [label(code) for code in table.index[table["customers"] == 0]]
    return f"{start} {rest}" + (" " + _("Empty: {names}.").format(names=", ".join(empty)) if empty else "")


def segment_map(rfm: pd.DataFrame, codes: pd.Series) -> Picture:
    """The map of the segments, with money and customers in each.

    rfm    the table of classify.rfm
    codes  the segment of each customer, from classify.segments

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> segment_map(table, pd.Series(["champions", "hibernating"]))  # doctest: +ELLIPSIS
    Map of the RFM segments of 2 customers, ...
    """
    money_in = classify.segment_money(rfm, codes)
    for code in money_in.index:
        one_of("segment", code, classify.SEGMENTS)
    return draw(money_in.reindex(list(classify.SEGMENTS), fill_value=0))


def draw(table: pd.DataFrame, picked: str | None = None) -> Picture:
    """The map of a table from `rfm_map`, as a picture.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> draw(rfm_map(table, bins=2)).width
    800
    """
    drawing = SegmentMap(sentence(table))
    drawing.show(table, picked)
    with look():
        return Picture(drawing.figure, describe(table))
