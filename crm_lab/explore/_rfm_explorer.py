"""The RFM explorer: choose how customers are scored and see at once which segments they fall into, with what money."""

from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart
from crm_lab.explore._explorer import Explorer, choice, slider
from crm_lab.explore._segment_map import map_chart, rfm_map, sentence
from crm_lab.explore._style import label, money_of, number, share


def cuts(recency_days: float, frequency: float, monetary: float, bins: int = 5) -> dict[str, list[float]]:
    """Thresholds from the demands of the best score; each score below allows twice the days, half the orders and money.

    recency_days  days since the last order, at most, for the best score
    frequency     orders, at least
    monetary      money, at least
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
    >>> rfm_explorer(table).outcome["customers"].sum()
    np.int64(2)
    """
    return RfmExplorer(rfm)


class RfmExplorer(Explorer):
    """Controls, map, sentence and table. `.outcome` holds the figures shown, `.controls` the controls by name."""

    kind, headed = "rfm", False

    def __init__(self, rfm: pd.DataFrame) -> None:
        self._rfm = rfm
        self._scoring: dict[str, Any] = {}
        self.outcome = rfm_map(rfm)  # says what is wrong with the data before any control is made
        self._meaning, self._list = widgets.HTML(), widgets.HTML()
        super().__init__(_controls(rfm), beside=[self._meaning], below=[self._list])

    def work_out(self, chosen: dict[str, Any]) -> pd.DataFrame:
        """The map under one way of scoring; while only the segment to read about changes, it stays."""
        scoring = {name: value for name, value in chosen.items() if name != "segment"}
        if scoring != self._scoring:
            self._scoring = scoring
            self.outcome = rfm_map(self._rfm, **_arguments(scoring))
            for name in ("recency_days", "frequency", "monetary"):
                self.controls[name].disabled = scoring["scheme"] == "equal"
            self._list.value = _table_html(self.outcome)
        self._meaning.value = _meaning_html(chosen["segment"], self.outcome)
        return self.outcome

    def chart(self, outcome: pd.DataFrame) -> Chart:
        """The map, the segment one reads about framed."""
        return map_chart(outcome, self.controls["segment"].value)

    def summary(self, outcome: pd.DataFrame) -> str:
        """How it was scored, where the money is, and how much there is."""
        return summary(outcome, self._scoring)


def _controls(rfm: pd.DataFrame) -> dict[str, Any]:
    """The controls by name, in the order shown; the thresholds start where about a fifth earn the best score."""
    schemes = [(_("equal groups"), "equal"), (_("fixed thresholds"), "fixed")]
    names = [(label(code), code) for code in classify.SEGMENTS]
    sign = money_of(rfm).sign or _("money")
    days, orders, amounts = (rfm[name] for name in ("recency_days", "frequency", "monetary"))
    return {
        "scheme": choice(_("Scoring"), schemes),
        "bins": slider(_("Scores from 1 to"), 5, 2, 6),
        "recency_days": _threshold(days, 0.2, 0.9, _("Best: last order, days")),
        "frequency": _threshold(orders, 0.8, 0.99, _("Best: orders from")),
        "monetary": _threshold(amounts, 0.8, 0.97, _("Best: {sign} from").format(sign=sign)),
        "segment": choice(_("Read about"), names),
    }


def _threshold(values: pd.Series, start: float, end: float, name: str) -> widgets.IntSlider:
    low, high = (max(1.0, float(np.quantile(values, part))) for part in (start, end))
    step = max(1, int(10 ** np.floor(np.log10(high / 20)))) if high >= 20 else 1
    top = max(2, int(np.ceil(high / step))) * step
    return slider(name, min(top, max(1, round(low / step)) * step), step, top, step)


def _arguments(chosen: dict[str, Any]) -> dict[str, Any]:
    if chosen["scheme"] == "equal":
        return {"bins": chosen["bins"]}
    best = (chosen["recency_days"], chosen["frequency"], chosen["monetary"])
    return {"scheme": "fixed", "thresholds": cuts(*best, bins=chosen["bins"])}


def summary(table: pd.DataFrame, chosen: dict[str, Any]) -> str:
    """How it was scored, where the money is, and how much there is."""
    if chosen["scheme"] == "equal":
        how = _("Scores 1 to {bins}, as many customers in each.")
    else:
        how = _("Scores 1 to {bins}; the best from a last order within {days} days, {orders} orders, {money}.")
    money = money_of(table)
    how = how.format(
        bins=chosen["bins"], days=chosen["recency_days"], orders=chosen["frequency"], money=money(chosen["monetary"])
    )
    total = _("All {n} customers bring {money}.").format(
        n=number(table["customers"].sum()), money=money(table["monetary"].sum())
    )
    return f"{how} {sentence(table)}. {total}"


def _meaning_html(code: str, table: pd.DataFrame) -> str:
    guide, row = classify.segment_guide().to_dict("index")[code], table.loc[code]
    money = money_of(table)
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
    """The map as a table; written by hand, for pandas takes longer than all the rest of a redraw."""
    money = money_of(table)
    heads = [_("segment"), _("customers"), _("share of customers"), _("money"), _("share of money")]
    total = (_("all"), table["customers"].sum(), 1, table["monetary"].sum(), 1)
    rows = [(label(code), *row) for code, *row in table.itertuples()]
    style = 'style="text-align: right; padding: 2px 12px"'
    head = "".join(f'<th scope="col" {style}>{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row" {style}>{escape(name)}</th>'
        + "".join(f"<td {style}>{text}</td>" for text in (number(n), share(part), money(amount), share(money_part)))
        + "</tr>"
        for name, n, part, amount, money_part in [*rows, total]
    )
    page = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<table class="rfm-table" style="line-height: 1.3">{page}</table>'
