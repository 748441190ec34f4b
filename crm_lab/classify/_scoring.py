"""RFM: how recently, how often and for how much a customer buys; scores, named segments and the money in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import rising, whole
from crm_lab.base.columns import codes, columns, complete, days_before, distinct, matched, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.money import in_money_of, money_of
from crm_lab.base.text import _

SEGMENTS = (
    "champions",
    "loyal",
    "potential_loyal",
    "new",
    "promising",
    "need_attention",
    "about_to_sleep",
    "cant_lose",
    "at_risk",
    "hibernating",
)

# One row per recency score 1 to 5, one column per worth 1 to 5: each cell has one name, so no customer has two or none.
_MAP = np.array(
    [
        ["hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"],
        ["hibernating", "hibernating", "at_risk", "at_risk", "cant_lose"],
        ["about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"],
        ["promising", "potential_loyal", "potential_loyal", "loyal", "loyal"],
        ["new", "potential_loyal", "potential_loyal", "champions", "champions"],
    ]
)

_MEASURES = ["recency_days", "frequency", "monetary"]
_SCORES = ["recency", "frequency", "monetary"]


def rfm(orders: pd.DataFrame, today: Any, date: str = "ordered_at", value: str = "margin") -> pd.DataFrame:
    """The RFM table of the orders given: filter them first (only delivered ones, say), nothing is left out here.

    orders  one row an order, with customer_id and the two columns named next
    today   the day to count back from
    date    column with the moment of the order
    value   column with the amount of money

    Returns a DataFrame indexed by customer_id, sorted: recency_days (whole calendar days since the last order, so that
    yesterday at 23:50 is 1), frequency (orders) and monetary (sum of `value`).
    Raises InputError for a missing column, a missing customer, date or value, or an order after today.
    Source: A. M. Hughes (1994), Strategic Database Marketing.

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C2", "C1"],
    ...     "ordered_at": pd.to_datetime(["2025-12-31 23:50", "2025-12-01 08:00", "2025-11-02 19:30"]),
    ...     "margin": [30.0, 12.5, 20.0],
    ... })
    >>> rfm(orders, "2026-01-01")  # doctest: +NORMALIZE_WHITESPACE
                 recency_days  frequency  monetary
    customer_id
    C1                      1          2      50.0
    C2                     31          1      12.5
    """
    table = columns(orders, ["customer_id", date, value], "orders")
    each = pd.DataFrame(
        {
            "recency_days": days_before(table[date], today, f"orders, {date}"),
            "frequency": 1,
            "monetary": numbers(table[value], f"orders, {value}"),
        }
    )
    customer = complete(table["customer_id"], "orders, customer_id")
    sums = each.groupby(customer, observed=True).agg({"recency_days": "min", "frequency": "sum", "monetary": "sum"})
    return in_money_of(sums, orders)


def rfm_scores(rfm: pd.DataFrame, bins: int = 5) -> pd.DataFrame:
    """Scores 1 to `bins`, `bins` best, by where a customer stands among all: score = ⌈bins × rank / n⌉.

    rfm   the table that `rfm` returns, n customers
    bins  number of scores, at least 2; 5 scores are fifths of the customers

    The rank runs from 1 (worst) to n (best); equal values share their average rank, so they share a score. Best is
    most for frequency and monetary, fewest days for recency. Any rising change of scale leaves the scores as they are.
    By hand: `np.ceil(5 * rfm["frequency"].rank(pct=True))`, and `rank(ascending=False, pct=True)` for recency_days.
    Many equal values fill a score at the expense of its neighbours: half the customers with one order all get 2 of 5.

    Returns a DataFrame of ints on the same index: recency, frequency, monetary.
    Source: J. R. Miglautsch (2000), Thoughts on RFM scoring, J. Database Marketing 8(1), 67–72, discusses the schemes.

    >>> table = pd.DataFrame({"recency_days": [1, 40, 9, 9], "frequency": [8, 1, 1, 1], "monetary": [90.0, 5, 30, -4]})
    >>> rfm_scores(table, bins=4).to_numpy().tolist()
    [[4, 4, 4], [1, 2, 2], [3, 2, 3], [3, 2, 1]]
    """
    bins = whole(bins, "bins", 2)
    table = _measures(rfm)
    better = table.assign(recency_days=-table["recency_days"])
    twice_rank = (2 * better.rank(method="average")).astype(int)  # average ranks are halves: doubled, they are whole
    scores = -((-bins * twice_rank) // (2 * len(table)))  # ⌈a / b⌉ in whole numbers, so no edge is lost to rounding
    return scores.set_axis(_SCORES, axis=1)


def rfm_scores_at(rfm: pd.DataFrame, thresholds: Mapping[str, Sequence[float]]) -> pd.DataFrame:
    """Scores by fixed thresholds, the same for every customer base and quarter; reaching a cut earns the better score.

    rfm         the table that `rfm` returns
    thresholds  rising cuts for recency_days (days), frequency (orders) and monetary (money), equally many for each

    With k cuts the scores run from 1 to k + 1. Frequency and monetary: 1 + the number of cuts at or below the value.
    Recency: 1 + the number of cuts at or above the days. Recency cuts (30, 90): 3 up to 30 days, 2 up to 90, else 1.

    Returns a DataFrame of ints on the same index: recency, frequency, monetary.
    Raises InputError when a column has no cuts, or cuts do not rise or differ in number.

    >>> table = pd.DataFrame({"recency_days": [30, 31, 200], "frequency": [5, 2, 1], "monetary": [500.0, 100, 99]})
    >>> cuts = {"recency_days": (30, 90), "frequency": (2, 5), "monetary": (100, 500)}
    >>> rfm_scores_at(table, cuts).to_numpy().tolist()
    [[3, 3, 3], [2, 2, 2], [1, 1, 1]]
    """
    table, cuts = _measures(rfm), _cuts(thresholds)
    days_over = np.searchsorted(cuts["recency_days"], table["recency_days"], side="left")
    scores = {
        "recency": len(cuts["recency_days"]) + 1 - days_over,
        "frequency": 1 + np.searchsorted(cuts["frequency"], table["frequency"], side="right"),
        "monetary": 1 + np.searchsorted(cuts["monetary"], table["monetary"], side="right"),
    }
    return pd.DataFrame(scores, index=table.index)


def segments(scores: pd.DataFrame, bins: int = 5) -> pd.Series:
    """The named segment of each customer, from the recency score and the worth (frequency + monetary) / 2.

    scores  what `rfm_scores` or `rfm_scores_at` returns: ints from 1 to `bins`
    bins    the highest score there is

    Scores out of another number than 5 are first put on the scale 1 to 5, 1 + 4 (s − 1) / (bins − 1), and halves are
    rounded up, as they are in the worth. `segment_guide` shows the rules: each pair has exactly one segment.
    Returns a Series named "segment" of codes from SEGMENTS. The names are in common use; borders differ by firm.

    >>> scores = pd.DataFrame({"recency": [5, 1, 5], "frequency": [5, 4, 1], "monetary": [4, 5, 1]})
    >>> segments(scores).tolist()
    ['champions', 'cant_lose', 'new']
    """
    bins = whole(bins, "bins", 2)
    table = _whole_scores(scores, bins)
    five = 1 + (8 * (table - 1) + bins - 1) // (2 * (bins - 1))
    worth = (five["frequency"] + five["monetary"] + 1) // 2
    return pd.Series(_MAP[five["recency"] - 1, worth - 1], index=scores.index, name="segment", dtype="str")


def segment_guide() -> pd.DataFrame:
    """The rule, the meaning and the usual action of each segment, indexed by its code, best first.

    >>> segment_guide().loc["champions", "rule"]
    'recency 5, worth 4–5'
    """
    rows = {code: (_rule(code), *words) for code, words in _words().items()}
    guide = pd.DataFrame.from_dict(rows, orient="index", columns=["rule", "meaning", "action"])
    return guide.rename_axis("segment")


def segment_money(rfm: pd.DataFrame, segments: pd.Series) -> pd.DataFrame:
    """How many customers and how much money each segment holds.

    rfm       the table that `rfm` returns
    segments  a code per customer, as `segments` returns; codes of your own are fine

    Returns a DataFrame indexed by segment, in the order of SEGMENTS, then your own codes by name: customers,
    customer_share, monetary, monetary_share. Segments nobody is in are left out.
    Raises InputError when the two do not cover the same customers or the money does not add up to more than 0.

    >>> table = pd.DataFrame({"recency_days": [3, 90], "frequency": [9, 1], "monetary": [300.0, 100.0]})
    >>> segment_money(table, pd.Series(["champions", "hibernating"]))["monetary_share"].to_dict()
    {'champions': 0.75, 'hibernating': 0.25}
    """
    table = _measures(rfm)
    each = matched(codes(segments, "segments"), table.index, "segments", "rfm")
    money = table["monetary"].groupby(each.to_numpy()).agg(["size", "sum"])
    total = table["monetary"].sum()
    if total <= 0:
        said = _("monetary adds up to {total}. Shares need a total above 0.")
        raise InputError(said.format(total=money_of(rfm).exact(total)))
    own = [code for code in money.index if code not in SEGMENTS]
    money = money.loc[[code for code in SEGMENTS if code in money.index] + own].rename_axis("segment")
    found = pd.DataFrame(
        {
            "customers": money["size"],
            "customer_share": money["size"] / len(table),
            "monetary": money["sum"],
            "monetary_share": money["sum"] / total,
        }
    )
    return in_money_of(found, rfm)


def _measures(rfm: Any) -> pd.DataFrame:
    table = columns(rfm, _MEASURES, "rfm")
    distinct(rfm.index, "rfm")
    return pd.DataFrame({name: numbers(table[name], f"rfm, {name}") for name in _MEASURES}).set_axis(rfm.index)


def _cuts(thresholds: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    if set(thresholds) != set(_MEASURES):
        raise InputError(
            _("thresholds must name exactly {needed}, not {given}.").format(
                needed=", ".join(_MEASURES), given=", ".join(map(str, thresholds)) or _("nothing")
            )
        )
    cuts = {name: rising(thresholds[name], f"thresholds, {name}") for name in _MEASURES}
    if len({len(steps) for steps in cuts.values()}) > 1:
        raise InputError(_("thresholds must have equally many cuts for recency_days, frequency and monetary."))
    return cuts


def _whole_scores(scores: Any, bins: int) -> pd.DataFrame:
    table = columns(scores, _SCORES, "scores")
    for name in _SCORES:
        column = numbers(table[name], f"scores, {name}")
        if not column.isin(range(1, bins + 1)).all():
            raise InputError(
                _("scores, {name} must be whole numbers from 1 to {bins}, but runs from {low:g} to {high:g}.").format(
                    name=name, bins=bins, low=column.min(), high=column.max()
                )
            )
    return table.astype(int)


def _rule(code: str) -> str:
    recency, worth = np.nonzero(np.equal(_MAP, code))
    return _("recency {recency}, worth {worth}").format(recency=_span(recency + 1), worth=_span(worth + 1))


def _span(scores: np.ndarray) -> str:
    low, high = scores.min(), scores.max()
    return f"{low}" if low == high else f"{low}–{high}"


def _words() -> dict[str, tuple[str, str]]:
    return {
        "champions": (
            _("Just bought, buy often, spend most"),
            _("Thank them, show them what is new first, ask for reviews"),
        ),
        "loyal": (_("Buy often and spend well"), _("Offer a loyalty programme and better products")),
        "potential_loyal": (_("Recent, with small to middling worth"), _("Suggest what goes with their last order")),
        "new": (_("A first, small order just now"), _("Welcome them well; help the second order along")),
        "promising": (_("Small first orders not long ago"), _("Stay in sight with useful content and small offers")),
        "need_attention": (_("Middling on every count"), _("Make an offer that ends soon, on what they liked")),
        "about_to_sleep": (_("Small, and not heard of for a while"), _("Remind them of what they looked at")),
        "cant_lose": (_("Were among the best, long silent"), _("Call them; find out what went wrong")),
        "at_risk": (_("Some of them bought well, all long silent"), _("Write personally, with a reason to come back")),
        "hibernating": (_("Small and long silent"), _("Spend little: season's greetings, standard offers")),
    }
