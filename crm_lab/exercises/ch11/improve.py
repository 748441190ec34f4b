"""From the dealers' survey to a report, a project, and whether it worked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import satisfaction
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

QUARTERS = pd.to_datetime(["2024-10-01", "2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01"])
YEAR_BEFORE, BEFORE, FIRST, AFTER, LAST = QUARTERS

# ---- the dealers' index


def asked(t: Tables, waves: Sequence[str]) -> pd.DataFrame:
    return t.table("dealer_survey").query("wave in @waves")


def dealer_csi(
    t: Tables, waves: Sequence[str] = ("after",), weigh: bool = True, low: float = 1, span: float = 9
) -> float:
    means = asked(t, waves).groupby("attribute")[["importance", "satisfaction"]].mean()
    own = means["importance"] if weigh else means["importance"] * 0 + 1
    return 100 * (float((own * means["satisfaction"]).sum() / own.sum()) - low) / span


def row_by_row(t: Tables) -> float:
    """Each answer weighed with its own importance."""
    rows = asked(t, ("after",))
    return 100 * (float((rows["importance"] * rows["satisfaction"]).sum() / rows["importance"].sum()) - 1) / 9


declare(
    dealer_csi,
    "number",
    by_hand="satisfaction.csi",
    sections=("report-idea",),
    mistakes={
        "before": {"waves": ("before",)},
        "both waves": {"waves": ("before", "after")},
        "unweighted": {"weigh": False},
        "row by row": row_by_row,
        "tenths": {"low": 0, "span": 10},
        "from nought": {"low": 0},
        "ten steps": {"span": 10},
        "answers": then(lambda value: 1 + 9 * value / 100),
    },
    facts=lambda t, value: {"value": value, "before": dealer_csi(t, ("before",))},
)

# ---- the issues


def issues(t: Tables, waves: Sequence[str] = ("after",), centre: str = "data") -> pd.DataFrame:
    return satisfaction.importance_performance(asked(t, waves), centre)[["satisfaction", "quadrant"]]


CROSSED = {"concentrate": "overkill", "overkill": "concentrate"}
LOW_CROSSED = {"low_priority": "overkill", "overkill": "low_priority"}

declare(
    issues,
    "table",
    key=("attribute",),
    by_hand="satisfaction.importance_performance",
    sections=("report-idea",),
    mistakes={
        "before": {"waves": ("before",)},
        "both waves": {"waves": ("before", "after")},
        "middle of the scale": {"centre": "scale"},
        "crossed": then(lambda table: table.replace({"quadrant": CROSSED})),
        "low is overkill": then(lambda table: table.replace({"quadrant": LOW_CROSSED})),
    },
    facts=lambda t, table: {"n": (table["quadrant"] == "concentrate").sum()},
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


def changes(t: Tables, value: str = "score", before: pd.Timestamp = BEFORE, after: pd.Timestamp = AFTER) -> pd.Series:
    """The mean change of each group."""
    table = scores(t, value)
    return (table[after] - table[before]).groupby("assignment").mean()


def programme(t: Tables, **knobs: Any) -> float:
    change = changes(t, **knobs)
    return float(change["programme"] - change["control"])


def without_before(t: Tables) -> float:
    last = scores(t)[AFTER].groupby("assignment").mean()
    return float(last["programme"] - last["control"])


declare(
    programme,
    "number",
    by_hand="satisfaction.difference_in_differences",
    sections=("programme-idea",),
    mistakes={
        "no control": lambda t: changes(t)["programme"],
        "control only": lambda t: changes(t)["control"],
        "no before": without_before,
        "to October": {"after": LAST},
        "from April": {"before": FIRST},
        "a year": {"before": YEAR_BEFORE},
        "turned": then(np.negative),
        "sales": {"value": "sales"},
    },
    facts=lambda t, value: {"value": value, "alone": changes(t)["programme"]},
)

# ---- the picture


def trend(t: Tables, value: str = "sales", figure: str = "mean") -> pd.Series:
    return t.table("dealer_program").groupby(["quarter", "assignment"])[value].agg(figure).rename("sales")


declare(
    trend,
    "plot",
    shape="line",
    key=("quarter", "assignment"),
    sections=("programme-idea",),
    mistakes={"score": {"value": "score"}, "sums": {"figure": "sum"}, "medians": {"figure": "median"}},
    facts=lambda t, table: {"quarters": table.index.get_level_values("quarter").nunique()},
)

# ---- regression to the mean


def rebound(t: Tables, groups: Sequence[str] = ("control",), sign: int = 1, n: int = 30) -> float:
    table = scores(t).query("assignment in @groups")
    chosen = (sign * table[BEFORE]).nlargest(n).index
    return float((table.loc[chosen, FIRST] - table.loc[chosen, BEFORE]).mean())


def all_controls(t: Tables) -> float:
    return rebound(t, n=len(t.table("dealer_program")))


declare(
    rebound,
    "number",
    sections=("rebound-idea",),
    mistakes={
        "programme": {"groups": ("programme",)},
        "all dealers": {"groups": ("programme", "control")},
        "lowest": {"sign": -1},
        "all": all_controls,
        "turned": then(np.negative),
    },
    facts=lambda t, value: {"value": -value},
)
