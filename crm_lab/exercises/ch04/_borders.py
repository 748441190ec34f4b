"""Somebody on each border of the rules: in the tables that labs 04a, 04b and 04d hand out, on every company.

A few amounts move by some yuan, a few orders by some days, none by more than a twentieth or ten days. An answer that
takes `>` for `>=`, or a window a day too short, is then wrong on every company.
"""

from __future__ import annotations

import math

import pandas as pd

from crm_lab.data.tables import Tables
from crm_lab.exercises import _orders
from crm_lab.exercises._orders import HALF, YEAR, total

DAY = pd.Timedelta(days=1)
NEAR, DAYS = 1.05, 10  # how far an amount (times) and a day may move


def on_borders(t: Tables) -> Tables:
    """The company, its orders as the lab hands them out."""
    return t.once("on borders", lambda: t.with_frames({"orders": _planted(t)}))


def lab_orders(t: Tables) -> pd.DataFrame:
    """The orders that the lab hands out."""
    return on_borders(t).table("orders")


def all_orders(t: Tables, days: int | None = None) -> pd.DataFrame:
    """As in `_orders`, of the orders that the lab hands out."""
    return _orders.all_orders(on_borders(t), days)


def delivered(t: Tables, days: int | None = None) -> pd.DataFrame:
    """As in `_orders`, of the orders that the lab hands out."""
    return _orders.delivered(on_borders(t), days)


def nearest(sums: pd.Series, border: float, most: float) -> pd.Index:
    """The name of the least sum from `border` to `most`; none where there is no such sum."""
    found = sums[(sums >= border) & (sums <= most)]
    return found.sort_values(kind="stable").index[:1]


def _planted(t: Tables) -> pd.DataFrame:
    orders = t.table("orders")
    arrived = orders["status"] == "delivered"
    _move_days(orders, arrived, t.today)
    ago = (t.today - orders["ordered_at"].dt.normalize()).dt.days
    used = {*_tie(orders, arrived & (ago <= YEAR))}
    used |= {*_to(orders, arrived & (ago <= YEAR), 200, used)}
    used |= {*_best_quarter(orders, arrived, 200, used)}
    windows = {"previous": arrived & ago.between(HALF + 1, 2 * HALF), "latest": arrived & ago.between(1, HALF)}
    for low, high in (("previous", "latest"), ("latest", "previous")):
        used |= {*_by_half(orders, windows[low], windows[high], used)}
        used |= {*_by_100(orders, windows[low], windows[high], used)}
    return orders


def _move_days(orders: pd.DataFrame, arrived: pd.Series, today: pd.Timestamp) -> None:
    """A customer's only order of the year to its first midnight, and another's last order to the minute before."""
    at = orders["ordered_at"][arrived].sort_values()
    who = orders["customer_id"][at.index]
    year = at >= today - YEAR * DAY
    only = at[year & ~who.where(year).duplicated(keep=False)]
    before = at[~year & ~who.isin(who[year]) & ~who.duplicated(keep="last")][::-1]
    for times, day in ((only, today - YEAR * DAY), (before, today - YEAR * DAY - pd.Timedelta(minutes=1))):
        for row, time in times[:1].items():
            if abs(time - day) <= DAYS * DAY:
                orders.loc[row, "ordered_at"] = day


def _tie(orders: pd.DataFrame, inside: pd.Series) -> list[str]:
    """The last customer of the best 5 % and the next one bring the same."""
    sums = total(orders[inside]).sort_values(ascending=False, kind="stable")
    place = math.ceil(0.05 * len(sums))
    pair = sums.iloc[place - 1 : place + 1]
    if len(pair) < 2 or pair.iloc[0] > NEAR * pair.iloc[1]:
        return []
    for customer in pair.index:
        _add_up(orders, inside & (orders["customer_id"] == customer), round(pair.iloc[0]))
    return list(pair.index)


def _to(orders: pd.DataFrame, inside: pd.Series, border: int, used: set[str]) -> pd.Index:
    """The customer who brings little more than the border brings just that."""
    found = nearest(total(orders[inside]).drop(index=list(used), errors="ignore"), border, NEAR * border)
    for customer in found:
        _add_up(orders, inside & (orders["customer_id"] == customer), border)
    return found


def _best_quarter(orders: pd.DataFrame, arrived: pd.Series, border: int, used: set[str]) -> list[str]:
    """A customer whose best quarter brings little more than the border, brings just that in it."""
    quarter = orders["ordered_at"].dt.to_period("Q")
    sums = orders[arrived].groupby(["customer_id", quarter])["margin"].sum().sort_values()
    best = sums.groupby("customer_id").tail(1)
    found = nearest(best[~best.index.isin(used, level=0)], border, NEAR * border)
    for customer, when in found:
        _add_up(orders, arrived & (orders["customer_id"] == customer) & (quarter == when), border)
    return [customer for customer, _when in found]


def _by_half(orders: pd.DataFrame, low: pd.Series, high: pd.Series, used: set[str]) -> pd.Index:
    """Somebody whose larger half-year brings 1.5 times the smaller."""
    less, more = _both(orders, low, high, used)
    found = nearest((more / less)[less >= 200], 1.5, NEAR * 1.5)
    for customer in found:
        even = 2 * round(less[customer] / 2)
        _add_up(orders, low & (orders["customer_id"] == customer), even)
        _add_up(orders, high & (orders["customer_id"] == customer), 3 * even // 2)
    return found


def _by_100(orders: pd.DataFrame, low: pd.Series, high: pd.Series, used: set[str]) -> pd.Index:
    """Somebody whose larger half-year brings ¥100 more."""
    less, more = _both(orders, low, high, used)
    found = nearest((more - less)[less.between(1, 199)], 100, NEAR * 100)
    for customer in found:
        whole = round(less[customer])
        _add_up(orders, low & (orders["customer_id"] == customer), whole)
        _add_up(orders, high & (orders["customer_id"] == customer), whole + 100)
    return found


def _both(orders: pd.DataFrame, low: pd.Series, high: pd.Series, used: set[str]) -> tuple[pd.Series, pd.Series]:
    """What those with orders in both windows bring in each."""
    less, more = total(orders[low]), total(orders[high])
    both = less.index.intersection(more.index).difference(list(used))
    return less[both], more[both]


def _add_up(orders: pd.DataFrame, rows: pd.Series, whole: int) -> None:
    """Whole yuan for these orders, so many together: their sum is exact in any order."""
    margin = orders.loc[rows, "margin"].round()
    margin.iloc[-1] += whole - margin.sum()
    orders.loc[rows, "margin"] = margin
