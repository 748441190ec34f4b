"""The RFM explorer: choose how customers are scored and see at once which segments they fall into, with what money."""

from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.explore.explorer import Explorer
from crm_lab.explore.picture import LIVE_DPI, Picture, live_html
from crm_lab.explore.segment_map import SegmentMap, describe, draw, rfm_map, sentence
from crm_lab.explore.style import label, look, money, number, share

_DESCRIPTION = {"description_width": "150px"}


def cuts(recency_days: float, frequency: float, monetary: float, bins: int = 5) -> dict[str, list[float]]:
    """Thresholds from the demands of the best score; each score below allows twice the days, half the orders and ¥.

    recency_days  days since the last order, at most, for the best score
    frequency     orders, at least
    monetary      ¥, at least
    bins          number of scores

    >>> cuts(30, 8, 1000, bins=4)
    {'recency_days': [30, 60, 120], 'frequency': [2.0, 4.0, 8.0], 'monetary': [250.0, 500.0, 1000.0]}
    """
    steps = [2**step for step in range(bins - 1)]
    return {
        "recency_days": [recency_days * step for step in steps],
        "frequency": [frequency / step for step in reversed(steps)],
        "monetary": [monetary / step for step in reversed(steps)],
    }


def rfm_explorer(rfm: pd.DataFrame) -> "RfmExplorer":
    """A widget to score customers in different ways and watch the segments and their money change.

    rfm  the table of classify.rfm

    Where no kernel runs, the stored output shows its picture instead.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> rfm_explorer(table).table["customers"].sum()
    np.int64(2)
    """
    return RfmExplorer(rfm)


class RfmExplorer(Explorer):
    """Controls, map, sentence and table. `.table` holds the figures shown, `.controls` the controls by name."""

    def __init__(self, rfm: pd.DataFrame) -> None:
        self._rfm = rfm
        self._scoring: dict[str, Any] = {}
        self.table = rfm_map(rfm)  # says what is wrong with the data before any control is made
        self._map = _LiveMap()
        self._meaning, self._list = widgets.HTML(), widgets.HTML()
        super().__init__(_controls(rfm), width="380px", beside=[self._meaning], below=[self._list])

    def _redraw(self, change: Any = None) -> None:
        chosen = {name: control.value for name, control in self.controls.items()}
        picked = chosen.pop("segment")
        fresh = chosen != self._scoring
        if fresh:
            self._scoring = chosen
            self.table = rfm_map(self._rfm, **_arguments(chosen))
            self._switch(chosen["scheme"] == "fixed")
            self._list.value = _table_html(self.table)
        self._image.value = self._map.render(self.table, picked)
        self._summary.value = _summary_html(self.table, chosen)
        self._meaning.value = _meaning_html(picked, self.table)

    def _switch(self, fixed: bool) -> None:
        for name in ("recency_days", "frequency", "monetary"):
            self.controls[name].disabled = not fixed

    def picture(self) -> Picture:
        """The map as it stands, as a picture with alt text.

        >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
        >>> rfm_explorer(table).picture()  # doctest: +ELLIPSIS
        Map of the RFM segments of 2 customers, ...
        """
        return draw(self.table, self.controls["segment"].value)


class _LiveMap:
    """A segment map on a canvas that stays: only fields that changed are drawn again."""

    def __init__(self) -> None:
        self._map = SegmentMap(height=5.2)
        self._map.figure.set_dpi(LIVE_DPI)
        self._canvas = FigureCanvasAgg(self._map.figure)
        self._started = False

    def render(self, table: pd.DataFrame, picked: str) -> str:
        changed = self._map.show(table, picked)
        if not self._started:
            with look():
                self._canvas.draw()
        for code in changed if self._started else ():
            for artist in self._map.artists[code]:
                self._map.axes.draw_artist(artist)
        self._started = True
        return live_html(self._canvas, describe(table))


def _controls(rfm: pd.DataFrame) -> dict[str, Any]:
    """The controls by name, in the order shown; the thresholds start where about a fifth earn the best score."""
    schemes = [(_("equal groups"), "equal"), (_("fixed thresholds"), "fixed")]
    names = [(label(code), code) for code in classify.SEGMENTS]
    days, orders, amounts = (rfm[name] for name in ("recency_days", "frequency", "monetary"))
    shared: dict[str, Any] = {"style": _DESCRIPTION, "layout": {"width": "370px"}}
    return {
        "scheme": widgets.Dropdown(options=schemes, description=_("Scoring"), **shared),
        "bins": widgets.IntSlider(5, 2, 6, description=_("Scores from 1 to"), **shared),
        "recency_days": _slider(days, 0.2, 0.9, _("Best: last order, days"), shared),
        "frequency": _slider(orders, 0.8, 0.99, _("Best: orders from"), shared),
        "monetary": _slider(amounts, 0.8, 0.97, _("Best: ¥ from"), shared),
        "segment": widgets.Dropdown(options=names, description=_("Read about"), **shared),
    }


def _slider(values: pd.Series, start: float, end: float, description: str, shared: dict[str, Any]) -> widgets.IntSlider:
    low, high = (max(1.0, float(np.quantile(values, part))) for part in (start, end))
    step = max(1, int(10 ** np.floor(np.log10(high / 20)))) if high >= 20 else 1
    top = max(2, int(np.ceil(high / step))) * step
    value = min(top, max(1, round(low / step)) * step)
    return widgets.IntSlider(value, step, top, step, description=description, **shared)


def _arguments(chosen: dict[str, Any]) -> dict[str, Any]:
    if chosen["scheme"] == "equal":
        return {"bins": chosen["bins"]}
    best = (chosen["recency_days"], chosen["frequency"], chosen["monetary"])
    return {"scheme": "fixed", "thresholds": cuts(*best, bins=chosen["bins"])}


def _summary(table: pd.DataFrame, chosen: dict[str, Any]) -> str:
    if chosen["scheme"] == "equal":
        how = _("Scores 1 to {bins}, as many customers in each.")
    else:
        how = _("Scores 1 to {bins}; the best from a last order within {days} days, {orders} orders, {money}.")
    how = how.format(
        bins=chosen["bins"], days=chosen["recency_days"], orders=chosen["frequency"], money=money(chosen["monetary"])
    )
    total = _("All {n} customers bring {money}.").format(
        n=number(table["customers"].sum()), money=money(table["monetary"].sum())
    )
    return f"{how} {sentence(table)}. {total}"


def _summary_html(table: pd.DataFrame, chosen: dict[str, Any]) -> str:
    text = escape(_summary(table, chosen))
    return f'<p class="rfm-summary" role="status" aria-live="polite" style="line-height: 1.4">{text}</p>'


def _meaning_html(code: str, table: pd.DataFrame) -> str:
    guide, row = classify.segment_guide().to_dict("index")[code], table.loc[code]
    lines = [
        (_("Who"), guide["meaning"]),
        (_("Rule"), guide["rule"]),
        (_("What to do"), guide["action"]),
        (_("Now"), _("{n} customers, {money}").format(n=number(row["customers"]), money=money(row["monetary"]))),
    ]
    return "".join(
        f'<p style="line-height: 1.4; margin: 4px 0"><b>{escape(name)}:</b> {escape(text)}</p>' for name, text in lines
    )


def _table_html(table: pd.DataFrame) -> str:
    heads = [_("segment"), _("customers"), _("share of customers"), _("money"), _("share of money")]
    head = "".join(
        f'<th scope="col" style="text-align: right; padding: 2px 12px">{escape(text)}</th>' for text in heads
    )
    rows = "".join(
        _row_html(label(code), number(n), share(part), money(amount), share(money_part))
        for code, n, part, amount, money_part in table.itertuples()
    )
    total = _row_html(_("all"), number(table["customers"].sum()), share(1), money(table["monetary"].sum()), share(1))
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}{total}</tbody>"
    return f'<table class="rfm-table" style="line-height: 1.3">{body}</table>'


def _row_html(name: str, *cells: str) -> str:
    style = 'style="text-align: right; padding: 2px 12px"'
    return (
        f'<tr><th scope="row" {style}>{escape(name)}</th>'
        + "".join(f"<td {style}>{cell}</td>" for cell in cells)
        + "</tr>"
    )
