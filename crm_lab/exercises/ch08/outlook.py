"""What a fitted model is for: holdout, P(alive), value to come, whom to keep."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab import lifetime
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import delivered
from crm_lab.exercises.ch08.likelihood import MEASURES, MIDYEAR, all_histories, as_series, fit_of

MARGIN, COST, SAVED = 0.28, 40.0, 0.25  # stated in the tasks

# ---- holdout


def later(t: Tables, known: bool = True, days: bool = True) -> float:
    """Purchases of the half-year after midyear, by default of the customers known at midyear."""
    people = t.table("customers")
    table = delivered(t)
    wanted = (
        t.table("all_histories")["customer_id"] if known else people.loc[people["kind"] == "consumer", "customer_id"]
    )
    table = table[(table["ordered_at"] >= MIDYEAR) & table["customer_id"].isin(wanted)]
    day = table["ordered_at"].dt.normalize()
    return float(len(table.assign(day=day).drop_duplicates(["customer_id", "day"])) if days else len(table))


def foreseen(t: Tables, weeks: float = 184 / 7) -> pd.Series:
    table = t.table("all_histories")
    return fit_of(table).expected_purchases(weeks, *(table[name] for name in MEASURES))


def holdout(t: Tables, weeks: float = 184 / 7, **counted: Any) -> float:
    return float(foreseen(t, weeks).sum() / later(t, **counted))


def of_everybody(t: Tables) -> float:
    """Against every delivered order after midyear, whoever placed it."""
    return float(foreseen(t).sum() / (delivered(t)["ordered_at"] >= MIDYEAR).sum())


declare(
    holdout,
    "number",
    sections=("holdout-idea",),
    supplies={"all_histories": all_histories},
    tolerance=1e-4,
    mistakes={
        "new customers": {"known": False},
        "orders counted": {"days": False},
        "26 weeks": {"weeks": 26.0},
        "orders of everybody": of_everybody,
        "days for weeks": {"weeks": 184.0},
        "a year": {"weeks": 52.0},
        "turned round": then(lambda ratio: 1 / ratio),
        "difference": then(lambda ratio: ratio - 1),
    },
    facts=lambda t, ratio: {"foreseen": foreseen(t).sum(), "made": later(t), "miss": abs(ratio - 1)},
)

# ---- silence

SPAN, WEEKS, BUYERS = 40, range(0, 61, 5), {"rare": 2, "frequent": 12}  # stated in the task


def model(t: Tables) -> pd.DataFrame:
    """One row: r, alpha, a and b of the consumers at midyear, in weeks."""
    return as_series(fit_of(all_histories(t))).round(3).to_frame().T.reset_index(drop=True)


def silence(t: Tables, gone: bool = False, first: int = 0) -> pd.DataFrame:
    fitted = lifetime.BgNbd(*t.table("model").iloc[0])
    rows = [
        (weeks, buyer, fitted.p_alive(x - first, SPAN, SPAN + weeks)) for buyer, x in BUYERS.items() for weeks in WEEKS
    ]
    table = pd.DataFrame(rows, columns=["silence", "buyer", "p_alive"])
    return table.assign(p_alive=1 - table["p_alive"]) if gone else table


def forgotten_span(t: Tables) -> pd.DataFrame:
    """With the weeks of silence taken for all the weeks that were watched."""
    fitted = lifetime.BgNbd(*t.table("model").iloc[0])
    table = silence(t)
    ends = table["silence"].clip(lower=1)
    x = table["buyer"].map(BUYERS)
    return table.assign(p_alive=fitted.p_alive(x, ends.clip(upper=SPAN), ends.clip(lower=SPAN)))


def at(table: pd.DataFrame, weeks: int, buyer: str) -> float:
    return float(table.loc[(table["silence"] == weeks) & (table["buyer"] == buyer), "p_alive"].iloc[0])


declare(
    silence,
    "plot",
    shape="line",
    key=("silence", "buyer"),
    sections=("alive-idea",),
    supplies={"model": model},
    mistakes={
        "chance of being gone": {"gone": True},
        "first purchase counted": {"first": 1},
        "span forgotten": forgotten_span,
        "percent": then(lambda table: table.assign(p_alive=100 * table["p_alive"])),
    },
    facts=lambda t, table: {"rare": at(table, 20, "rare"), "often": at(table, 20, "frequent")},
)

# ---- value to come


def spending(table: pd.DataFrame) -> lifetime.GammaGamma:
    again = table[table["frequency"] > 0]
    return lifetime.fit_gamma_gamma(again["frequency"], again["monetary"])


def clv(t: Tables, margin: float = MARGIN, weeks: int = 52, own_mean: bool = False) -> pd.Series:
    table = t.table("all_histories").set_index("customer_id")
    amounts = spending(table).expected_spend(table["frequency"], table["monetary"].fillna(0))
    amounts = table["monetary"].fillna(table["monetary"].mean()) if own_mean else amounts
    expected = fit_of(table).expected_purchases(weeks, *(table[name] for name in MEASURES))
    return (expected * amounts * margin).rename("clv")


def nothing_without_repeat(t: Tables) -> pd.Series:
    return clv(t).where(t.table("all_histories").set_index("customer_id")["frequency"] > 0, 0)


declare(
    clv,
    "table",
    key=("customer_id",),
    by_hand="lifetime.expected_clv",
    sections=("money-idea",),
    supplies={"all_histories": all_histories},
    tolerance=1e-4,
    mistakes={
        "own mean": {"own_mean": True},
        "nothing without repeat": nothing_without_repeat,
        "revenue": {"margin": 1.0},
        "a week": {"weeks": 1},
        "customers without repeat left out": lambda t: clv(t)[
            t.table("all_histories").set_index("customer_id")["frequency"] > 0
        ],
    },
    facts=lambda t, found: {"all": found.sum(), "top": found.nlargest(math_top(found)).sum() / found.sum()},
)


def math_top(values: pd.Series) -> int:
    """How many make the best tenth."""
    return -(-len(values) // 10)


# ---- whom to keep


def outlooks(t: Tables) -> pd.DataFrame:
    """Of each consumer: P(alive), purchases a week while there, purchases of 52 weeks, margin in ¥ of a purchase."""
    table = t.table("all_histories").set_index("customer_id")
    fitted = fit_of(table)
    seen = [table[name] for name in MEASURES]
    amounts = spending(table).expected_spend(table["frequency"], table["monetary"].fillna(0))
    return pd.DataFrame(
        {
            "p_alive": fitted.p_alive(*seen).round(4),
            "rate": ((fitted.r + table["frequency"]) / (fitted.alpha + table["T"])).round(4),
            "purchases": fitted.expected_purchases(52, *seen).round(4),
            "margin": (MARGIN * amounts).round(2),
        }
    ).reset_index()


def keep(t: Tables, cost: float = COST, saved: float = SAVED, at_risk: Any = None) -> pd.Series:
    table = t.table("outlooks").set_index("customer_id")
    lost = table["p_alive"] * table["rate"] * 52 - table["purchases"]
    lost = lost if at_risk is None else at_risk(table)
    gain = saved * lost * table["margin"] - cost
    return gain[gain > 0].rename("gain")


declare(
    keep,
    "table",
    key=("customer_id",),
    by_hand="lifetime.value_at_stake",
    sections=("keep-idea",),
    supplies={"all_histories": all_histories, "outlooks": outlooks},
    mistakes={
        "whole value": {"at_risk": lambda table: table["purchases"]},
        "all leaving prevented": {"saved": 1.0},
        "gone counted too": {"at_risk": lambda table: table["rate"] * 52 - table["purchases"]},
        "cost forgotten": {"cost": 0.0},
        "saved only": then(lambda gain: gain + COST),
    },
    facts=lambda t, gain: {"n": len(gain), "all": len(t.table("outlooks")), "gain": gain.sum()},
)

# ---- recovery

TRUE = (0.7, 8.0, 0.8, 3.2)  # r, alpha, a, b; stated in the task


def made_up(t: Tables) -> pd.DataFrame:
    """Histories of 4,000 customers who live by the model, watched for up to two years; as many worlds as companies."""
    rng = np.random.default_rng([8, len(t.table("orders")), int(t.table("orders")["items"].sum())])
    r, alpha, a, b = TRUE
    size, end = 4_000, rng.uniform(26, 104, 4_000).round(1)
    rate, leave = rng.gamma(r, 1 / alpha, size), rng.beta(a, b, size)
    x, t_x, at, there = np.zeros(size), np.zeros(size), np.zeros(size), np.arange(size)
    while len(there):
        at[there] += rng.exponential(1 / rate[there])
        there = there[at[there] < end[there]]
        x[there], t_x[there] = x[there] + 1, at[there]
        there = there[rng.random(len(there)) >= leave[there]]
    return pd.DataFrame({"frequency": x.astype(int), "recency": np.minimum(t_x, end), "T": end})


def recovery(t: Tables) -> pd.Series:
    return (as_series(fit_of(t.table("made_up"))) / list(TRUE) - 1).rename("error")


declare(
    recovery,
    "table",
    key=("parameter",),
    sections=("truth-idea",),
    supplies={"made_up": made_up},
    tolerance=5e-4,  # a search by another method ends a little beside
    mistakes={
        "ratio": then(lambda error: error + 1),
        "difference": then(lambda error: error * pd.Series(TRUE, error.index)),
        "percent": then(lambda error: 100 * error),
        "against the fit": then(lambda error: error / (1 + error)),
    },
    facts=lambda t, error: {"worst": error.abs().max()},
)
