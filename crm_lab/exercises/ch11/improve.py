"""From the dealers' survey to a report, a project, and whether it worked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import satisfaction
from crm_lab.exercises import declare, then

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

BEFORE, AFTER = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-10-01")

# ---- the dealers' index


def dealer_csi(t: Tables, waves: Sequence[str] = ("before",), weigh: bool = True, span: float = 9) -> float:
    table = t.table("dealer_survey").query("wave in @waves")
    means = table.groupby("attribute")[["importance", "satisfaction"]].mean()
    own = means["importance"] if weigh else means["importance"] * 0 + 1
    return 100 * (float((own * means["satisfaction"]).sum() / own.sum()) - 1) / span


declare(
    dealer_csi,
    "number",
    by_hand="satisfaction.csi",
    sections=("report-idea",),
    mistakes={
        "unweighted": {"weigh": False},
        "both waves": {"waves": ("before", "after")},
        "after": {"waves": ("after",)},
        "ten steps": {"span": 10},
        "answers": then(lambda value: 1 + 9 * value / 100),
    },
    facts=lambda t, value: {"value": value},
)

# ---- the issues


def issues(t: Tables, centre: str = "data") -> pd.Series:
    table = t.table("dealer_survey").query("wave == 'before'")
    return satisfaction.importance_performance(table, centre)["quadrant"]


CROSSED = {"concentrate": "overkill", "overkill": "concentrate"}

declare(
    issues,
    "table",
    key=("attribute",),
    by_hand="satisfaction.importance_performance",
    sections=("report-idea",),
    mistakes={
        "middle of the scale": {"centre": "scale"},
        "crossed": then(lambda table: table.replace(CROSSED)),
        "low is overkill": then(lambda table: table.replace({"low_priority": "overkill", "overkill": "low_priority"})),
    },
    facts=lambda t, table: {"n": (table == "concentrate").sum()},
)

# ---- the report

Report = Callable[[float, list[str], str], str]


def report(t: Tables, decimals: int = 1, comma: str = ", ", order: Callable[[list[str]], Any] = list) -> Report:
    """The function that fills the template."""

    def fill(index: float, first: list[str], project: str) -> str:
        return f"CSI {index:.{decimals}f} of 100. Improve first: {comma.join(order(first))}. Project: {project}."

    return fill


def results(t: Tables) -> list[tuple[float, list[str], str]]:
    """What a report may have to say."""
    return [
        (61.25, ["complaints", "margin"], "answer within two days"),
        (70.0, ["margin"], "a bonus by steps"),
        (58.449, ["training", "delivery", "range"], "one visit a month"),
        (9.96, ["ordering", "complaints"], "a new order form"),
    ]


declare(
    report,
    "function",
    returns="sentence",
    probes=results,
    sections=("report-idea",),
    mistakes={
        "whole": {"decimals": 0},
        "two decimals": {"decimals": 2},
        "sorted": {"order": sorted},
        "and": {"comma": " and "},
    },
)

# ---- the programme


def scores(t: Tables, value: str = "score") -> pd.DataFrame:
    """One row a dealer, one column a quarter, and who takes part."""
    return t.table("dealer_program").pivot(index=["dealer_id", "assignment"], columns="quarter", values=value)


def programme(t: Tables, value: str = "score", before: pd.Timestamp = BEFORE) -> float:
    change = (scores(t, value)[AFTER] - scores(t, value)[before]).groupby("assignment").mean()
    return float(change["programme"] - change["control"])


def without_control(t: Tables) -> float:
    return float((scores(t)[AFTER] - scores(t)[BEFORE]).groupby("assignment").mean()["programme"])


def without_before(t: Tables) -> float:
    last = scores(t)[AFTER].groupby("assignment").mean()
    return float(last["programme"] - last["control"])


declare(
    programme,
    "number",
    by_hand="satisfaction.difference_in_differences",
    sections=("programme-idea",),
    mistakes={
        "no control": without_control,
        "no before": without_before,
        "turned": then(lambda value: -value),
        "sales": {"value": "sales"},
        "a year": {"before": pd.Timestamp("2024-10-01")},
    },
    facts=lambda t, value: {"value": value, "alone": without_control(t)},
)

# ---- the picture


def trend(t: Tables, value: str = "score", figure: str = "mean") -> pd.Series:
    return t.table("dealer_program").groupby(["quarter", "assignment"])[value].agg(figure).rename("score")


declare(
    trend,
    "plot",
    shape="line",
    key=("quarter", "assignment"),
    sections=("programme-idea",),
    mistakes={
        "sales": {"value": "sales"},
        "sums": {"figure": "sum"},
        "medians": {"figure": "median"},
    },
    facts=lambda t, table: {"quarters": table.index.get_level_values("quarter").nunique()},
)

# ---- regression to the mean


def rebound(t: Tables, group: str = "control", sign: int = 1, n: int = 30) -> float:
    table = scores(t).xs(group, level="assignment")
    next_quarter = pd.Timestamp("2025-04-01")
    chosen = (sign * table[BEFORE]).nsmallest(n).index
    return float((table.loc[chosen, next_quarter] - table.loc[chosen, BEFORE]).mean())


def all_controls(t: Tables) -> float:
    return rebound(t, n=len(t.table("dealer_program")))


declare(
    rebound,
    "number",
    sections=("rebound-idea",),
    mistakes={
        "programme": {"group": "programme"},
        "highest": {"sign": -1},
        "all": all_controls,
        "turned": then(np.negative),
    },
    facts=lambda t, value: {"value": value},
)
