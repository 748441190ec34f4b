"""A time split on a calendar: what the features may know, and where the answers come from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab.base.arguments import midnight, whole
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.explore._boxes import Box
from crm_lab.explore._chart import Scale, figure
from crm_lab.explore._picture import Picture
from crm_lab.explore._style import BLUE, ORANGE

DAY = pd.Timedelta(days=1)


def split_calendar(begin: Any, learn: Any, judge: Any, days: int = 181) -> Picture:
    """Two rows on a calendar, one to learn from and one to judge by: features before a day, answers from it on.

    begin         where the data begin
    learn, judge  the day of the forecast in each row
    days          how many days from it on are the answer

    Raises InputError unless begin, learn and judge follow each other.

    >>> split_calendar("2024-01-01", "2025-01-01", "2025-07-01").title
    'The answers learnt from end on 2025-06-30, those judged by begin on 2025-07-01'
    """
    first, *splits = (midnight(day) for day in (begin, learn, judge))
    if not first < splits[0] < splits[1]:
        raise InputError(_("begin, learn and judge must follow each other. Put the earliest day first."))
    length = whole(days, "days", 1) * DAY
    boxes = [box for row, day in zip((1, 0), splits, strict=True) for box in _row(row, first, day, day + length)]
    title = _("The answers learnt from end on {end}, those judged by begin on {begin}")
    edges = sorted({first, *splits, *(day + length for day in splits)})
    ticks = {(day - first).days: str(day.date()) for day in edges if day == first or (day - first).days > 90}
    return figure(
        title.format(end=(splits[0] + length - DAY).date(), begin=splits[1].date()),
        *boxes,
        x=Scale(limits=(0, (edges[-1] - first).days), ticks=ticks),
        y=Scale(limits=(-0.6, 1.6), ticks={1: _("to learn"), 0: _("to judge")}),
    )


def _row(row: int, first: pd.Timestamp, day: pd.Timestamp, end: pd.Timestamp) -> list[Box]:
    """The box of the features and that of the answers."""
    parts = [(_("features"), first, day, BLUE, False), (_("answers"), day, end, ORANGE, True)]
    return [
        Box(((a + (b - a) / 2) - first) / DAY, row, (b - a) / DAY, 0.6, name, _span(a, b), colour, broken=broken)
        for name, a, b, colour, broken in parts
    ]


def _span(first: pd.Timestamp, end: pd.Timestamp) -> str:
    """From the first day to the last, each on a line of its own."""
    return _("{first}\nto {last}").format(first=first.date(), last=(end - DAY).date())
