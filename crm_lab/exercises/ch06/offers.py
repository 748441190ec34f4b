"""A rule turned into a reminder: who would buy without one."""

from __future__ import annotations

import pandas as pd

from crm_lab import baskets
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch06.supports import LEAST, rows_of, thing_lines

THEN, DAYS = pd.Timestamp("2025-07-01"), 90


def first_bought(t: Tables) -> pd.DataFrame:
    """When each customer first bought a and b of the surest rule; empty where never."""
    lines = thing_lines(t)
    pairs = baskets.pair_rules(rows_of(lines))
    frequent = pairs[pairs["support"] >= LEAST]
    a, b = frequent.sort_values("confidence", ascending=False).iloc[0][["a", "b"]]
    dates = lines.pivot_table(index="customer_id", columns="thing", values="ordered_at", aggfunc="min")
    return dates[[a, b]].set_axis(["a_at", "b_at"], axis=1).dropna(how="all").reset_index()


def unreminded(
    t: Tables, days: int | None = DAYS, had_b: bool = False, everyone: bool = False, buyers: bool = False
) -> float:
    """days  in which b counts; had_b  keeps those who had b before, buyers  those who ever buy b; everyone  drops a"""
    dates = t.table("first_bought")
    without = dates["a_at"].notna() if had_b else ~(dates["b_at"] < THEN)
    without &= dates["b_at"].notna() | (not buyers)
    people = dates[without & ((dates["a_at"] < THEN) | everyone)]
    end = THEN + pd.Timedelta(days=days) if days else t.today
    return float((people["b_at"] < end).mean())


def of_all_with_a(t: Tables) -> float:
    """Divided by all who had a by then, those who had b too among them."""
    dates = t.table("first_bought")
    had_a = dates["a_at"] < THEN
    bought = had_a & dates["b_at"].between(THEN, THEN + pd.Timedelta(days=DAYS), inclusive="left")
    return float(bought.sum() / had_a.sum())


declare(
    unreminded,
    "number",
    sections=("decision-idea",),
    supplies={"first_bought": first_bought},
    mistakes={
        "had it before": {"had_b": True},
        "buyers only": {"buyers": True},
        "of all with a": of_all_with_a,
        "everyone": {"everyone": True},
        "until today": {"days": None},
        "percent": then(lambda share: 100 * share),
    },
    facts=lambda t, share: {"share": share},
)
