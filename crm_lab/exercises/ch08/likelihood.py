"""From orders to histories, from a history to its likelihood, from likelihoods to a fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import lifetime
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, delivered

MIDYEAR = pd.Timestamp("2025-07-01")
MEASURES = ["frequency", "recency", "T"]

# ---- histories


def before(t: Tables, until: pd.Timestamp = MIDYEAR, orders: Any = delivered) -> pd.DataFrame:
    table = orders(t)
    return table[table["ordered_at"] < until]


def histories(t: Tables, orders: Any = delivered, unit_days: int = 7) -> pd.DataFrame:
    return lifetime.purchase_history(before(t, orders=orders), MIDYEAR, unit_days=unit_days)[MEASURES]


def orders_counted(t: Tables) -> pd.DataFrame:
    return histories(t).assign(frequency=before(t).groupby("customer_id").size() - 1)


def hours_counted(t: Tables) -> pd.DataFrame:
    """Counted and dated by orders, with their hours, as if each were a day of its own."""
    found = before(t).groupby("customer_id")["ordered_at"].agg(["size", "min", "max"])
    recency, end = (found["max"] - found["min"]).dt.days / 7, (MIDYEAR - found["min"]).dt.days / 7
    return pd.DataFrame({"frequency": found["size"] - 1, "recency": recency, "T": end})


declare(
    histories,
    "table",
    key=("customer_id",),
    by_hand="lifetime.purchase_history",
    sections=("history-idea",),
    mistakes={
        "orders of one day": orders_counted,
        "orders with their hours": hours_counted,
        "whole weeks": then(lambda table: table.floordiv(1)),
        "first purchase counted": then(lambda table: table.assign(frequency=table["frequency"] + 1)),
        "days": {"unit_days": 1},
        "recency of RFM": then(lambda table: table.assign(recency=table["T"] - table["recency"])),
        "seen until the last purchase": then(lambda table: table.assign(T=table["recency"])),
        "all orders": {"orders": all_orders},
    },
    facts=lambda t, table: {"all": len(table), "once": (table["frequency"] == 0).mean()},
)

# ---- the likelihood of one customer

RATE, LEAVE = 0.1, 0.2  # purchases a week, chance of leaving after a repeat purchase; stated in the task


def one_customer(t: Tables) -> pd.DataFrame:
    """The first consumer with two repeat purchases and some silence, by midyear."""
    found = lifetime.purchase_history(before(t), MIDYEAR)
    fits = found[(found["frequency"] == 2) & (found["T"] - found["recency"] > 3) & (found["T"] < 60)]
    return fits.head(1)[MEASURES].round(1).reset_index()


def chance(t: Tables, gone: bool = True, there: bool = True, leaves: int = 1, swapped: bool = False) -> float:
    """The likelihood of two repeat purchases with places to go wrong."""
    _x, t_x, end = t.table("one_customer")[MEASURES].iloc[0]
    t_x, end = (end, t_x) if swapped else (t_x, end)
    stays = RATE**2 * (1 - LEAVE) ** (1 + leaves) * np.exp(-RATE * end)
    left = RATE**2 * (1 - LEAVE) ** leaves * LEAVE * np.exp(-RATE * t_x)
    return float(stays * there + left * gone)


declare(
    chance,
    "number",
    sections=("likelihood-idea",),
    supplies={"one_customer": one_customer},
    mistakes={
        "never gone": {"gone": False},
        "surely gone": {"there": False},
        "may leave after the first": {"leaves": 2},
        "times swapped": {"swapped": True},
        "chance of being there": lambda t: chance(t, gone=False) / chance(t),
        "log": then(np.log),
    },
    facts=lambda t, both: {"there": chance(t, gone=False) / both},
)

# ---- the likelihood of any customer

LogLikelihood = Callable[..., Any]


def log_likelihood(t: Tables) -> LogLikelihood:
    return lambda x, t_x, end, r, alpha, a, b: lifetime.bg_nbd_log_likelihood(r, alpha, a, b, x, t_x, end)


def written(gone: bool = True, always: bool = False, shift: int = 1, log: bool = True) -> Any:
    """The formula with places to go wrong."""

    def value(x: float, t_x: float, end: float, r: float, alpha: float, a: float, b: float) -> Any:
        from scipy.special import betaln, gammaln

        if log and always == (x > 0):
            return lifetime.bg_nbd_log_likelihood(r, alpha, a, b, x, t_x, end)
        first = betaln(a, b + x) - betaln(a, b) + gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        bracket = (alpha + end) ** -(r + x)
        if gone and (x > 0 or always):
            bracket += a / max(b + x - shift, 1e-9) * (alpha + t_x) ** -(r + x)
        found = first + np.log(bracket)
        return float(found if log else np.exp(found))

    return lambda t: value


def customers_seen(t: Tables) -> list[tuple[float, ...]]:
    """Customers with none, one, a few and many repeat purchases, under two models; CDNOW's example among them."""
    willow, cdnow = (0.7, 7.9, 0.8, 3.1), (0.243, 4.414, 0.793, 2.426)
    seen = [(0, 0, 20), (1, 3.5, 50), (2, 30.43, 38.86), (5, 12, 90), (24, 80, 82), (0, 0, 95.5)]
    own = tuple(t.table("one_customer")[MEASURES].iloc[0])
    return [(*one, *model) for one in [*seen, own] for model in (willow, cdnow)]


declare(
    log_likelihood,
    "function",
    returns="number",
    probes=customers_seen,
    by_hand="lifetime.bg_nbd_log_likelihood",
    sections=("mixture-idea",),
    supplies={"one_customer": one_customer},
    mistakes={
        "never gone": written(gone=False),
        "gone before a repeat purchase": written(always=True),
        "no log": written(log=False),
        "b + x": written(shift=0),
    },
    facts=lambda t, value: {"value": value(2, 30.43, 38.86, 0.243, 4.414, 0.793, 2.426)},
)

# ---- the fit


def all_histories(t: Tables) -> pd.DataFrame:
    """Frequency, recency, T (weeks) and monetary (¥) of the consumers, delivered orders, up to midyear."""
    people = t.table("customers")
    orders = before(t)
    orders = orders[orders["customer_id"].isin(people.loc[people["kind"] == "consumer", "customer_id"])]
    return lifetime.purchase_history(orders, MIDYEAR).reset_index()


def fit_of(table: pd.DataFrame) -> lifetime.BgNbd:
    return lifetime.fit_bg_nbd(table["frequency"], table["recency"], table["T"])


def as_series(model: lifetime.BgNbd) -> pd.Series:
    return pd.Series({name: getattr(model, name) for name in ("r", "alpha", "a", "b")}, name="value")


def fitted(t: Tables) -> pd.Series:
    return as_series(fit_of(t.table("all_histories")))


def repeated_only(t: Tables) -> pd.Series:
    table = t.table("all_histories")
    return as_series(fit_of(table[table["frequency"] > 0]))


def in_days(t: Tables) -> pd.Series:
    found = fitted(t)
    return found.where(found.index != "alpha", 7 * found)


declare(
    fitted,
    "table",
    key=("parameter",),
    by_hand="lifetime.fit_bg_nbd",
    sections=("fit-idea",),
    supplies={"all_histories": all_histories},
    tolerance=5e-4,
    mistakes={"still logs": then(np.log), "with a repeat purchase only": repeated_only, "days": in_days},
    facts=lambda t, found: {"weeks": found["alpha"] / found["r"], "leave": found["a"] / (found["a"] + found["b"])},
)
