"""The map of the RFM segments: recency upwards, worth to the right, and in each field its money and its customers."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from crm_lab import classify
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _, ngettext
from crm_lab.explore._boxes import Box
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import FONT, ORANGE, Money, capital, label, money_of, number, share

SCHEMES = ("equal", "fixed")
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
    monetary, monetary_share. A segment nobody is in has zeros.

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


def sentence(table: pd.DataFrame) -> str:
    """What a map says, in one line.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> sentence(rfm_map(table, bins=2))
    'Champions: 50 % of the customers, 75 % of the money'
    """
    richest: Any = table["monetary"].idxmax()
    best = table.loc[richest]
    text = _("{segment}: {customers} of the customers, {money} of the money")
    name, parts = capital(label(richest)), (best["customer_share"], best["monetary_share"])
    return text.format(segment=name, customers=share(parts[0]), money=share(parts[1]))


def map_chart(table: pd.DataFrame, picked: str = "") -> Chart:
    """The map of a table from `rfm_map`, one segment framed.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> map_chart(rfm_map(table, bins=2)).alt[:84]
    'Champions: 50 % of the customers, 75 % of the money. Boxes: champions: ¥300, 1 custo'
    """
    ends: dict[str, Any] = {"limits": (0.5, 5.5), "ticks": {score: str(score) for score in range(1, 6)}}
    x = Scale(_("worth: score for orders and money, 5 = most"), **ends)
    y = Scale(_("recency score, 5 = latest"), **ends)
    money = money_of(table)
    boxes = [_field(code, row, money, code == picked) for code, row in table.to_dict("index").items()]
    return Chart(sentence(table), tuple(boxes), x, y)


def _field(code: Any, row: dict[Any, Any], money: Money, picked: bool) -> Box:
    x, y, width, height = fields()[code]
    people = ngettext("{n} customer", "{n} customers", int(row["customers"])).format(n=number(row["customers"]))
    depth = 0.08 + 0.47 * min(1.0, max(0.0, row["monetary_share"] / _STEEPEST))
    middle = (x - 0.5 + width / 2, y - 0.5 + height / 2)
    style: dict[str, Any] = {"fill": depth, "edge": False, "size": FONT - 4, "frame": ORANGE if picked else ""}
    return Box(*middle, width - 0.06, height - 0.06, label(code), (money(row["monetary"]), people), **style)


def segment_map(rfm: pd.DataFrame, codes: pd.Series) -> Picture:
    """The map of the segments, with money and customers in each.

    rfm    the table of classify.rfm
    codes  the segment of each customer, from classify.segments

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> segment_map(table, pd.Series(["champions", "hibernating"])).title
    'Champions: 50 % of the customers, 75 % of the money'
    """
    money_in = classify.segment_money(rfm, codes)
    for code in money_in.index:
        one_of("segment", code, classify.SEGMENTS)
    return map_chart(money_in.reindex(list(classify.SEGMENTS), fill_value=0)).picture()
