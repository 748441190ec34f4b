"""Gaps between expectation and perception, Kano's categories, and what to improve first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import satisfaction
from crm_lab.exercises import declare, then

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- the gap table


def gaps(t: Tables, by: str = "dimension") -> pd.Series:
    table = t.table("servqual")
    expected, perceived = (table.pivot(index="respondent_id", columns="question_id", values=name) for name in COLUMNS)
    found = satisfaction.servqual_gaps(expected, perceived)
    return (found.dimensions if by == "dimension" else found.items)["gap"].rename_axis(by)


COLUMNS = ("expectation", "perception")


def mean_of(column: str) -> Callable[[Tables], pd.Series]:
    """Mean answers in place of gaps."""
    return lambda t: t.table("servqual").groupby("dimension")[column].mean().rename("gap")


declare(
    gaps,
    "table",
    key=("dimension",),
    by_hand="satisfaction.servqual_gaps",
    sections=("gaps-idea",),
    mistakes={
        "turned": then(lambda table: -table),
        "sizes": then(lambda table: table.abs()),
        "perceptions": mean_of("perception"),
        "expectations": mean_of("expectation"),
    },
    facts=lambda t, table: {"worst": table.idxmin(), "gap": -table.min()},
)

# ---- Kano

TIES = ["M", "O", "A", "I", "R", "Q"]


def kano(t: Tables, turned: bool = False, reverse: str = "R") -> pd.Series:
    """The largest category of each feature; turned exchanges the two questions."""
    answers = t.table("kano")
    pair = ["dysfunctional", "functional"] if turned else ["functional", "dysfunctional"]
    letters = satisfaction.kano_category(answers[pair[0]], answers[pair[1]]).replace("R", reverse)
    counts = pd.crosstab(answers["feature"], letters).reindex(columns=TIES, fill_value=0)
    return counts.idxmax(axis=1).rename("category")


declare(
    kano,
    "table",
    key=("feature",),
    by_hand="satisfaction.kano_table",
    sections=("kano-idea",),
    mistakes={
        "turned": {"turned": True},
        "must and one": then(lambda table: table.replace({"M": "O", "O": "M"})),
        "reverse is indifferent": {"reverse": "I"},
        "attractive is indifferent": then(lambda table: table.replace({"A": "I", "I": "A"})),
    },
    facts=lambda t, table: {"must": (table == "M").sum(), "delight": (table == "A").sum()},
)

# ---- the importance-performance map


def priorities(t: Tables, figure: str = "mean", lead: tuple[str, str] = ("satisfaction", "importance")) -> pd.DataFrame:
    means = t.table("attribute_ratings").groupby("attribute")[list(lead)].agg(figure)
    return means.set_axis(["satisfaction", "importance"], axis=1).assign(attributes=1)


def not_grouped(t: Tables) -> pd.DataFrame:
    return t.table("attribute_ratings")[["satisfaction", "importance"]].assign(attributes=1)


declare(
    priorities,
    "plot",
    shape="points",
    key=("satisfaction", "importance"),
    by_hand="satisfaction.importance_performance",
    sections=("priorities-idea",),
    mistakes={
        "axes turned": {"lead": ("importance", "satisfaction")},
        "every answer": not_grouped,
        "medians": {"figure": "median"},
    },
    facts=lambda t, table: {"gap": (table["importance"] - table["satisfaction"]).max()},
)

# ---- reliability

ITEMS = ["satisfaction_1", "satisfaction_2", "satisfaction_3"]


def items(t: Tables) -> pd.DataFrame:
    """The three questions on satisfaction, answered online."""
    table = t.table("surveys")
    return table.loc[table["answered"] == "online", ITEMS].reset_index(drop=True)


def alpha(t: Tables, standardised: bool = False, questions: int = 3) -> float:
    return satisfaction.cronbach_alpha(t.table("items")[ITEMS[:questions]], standardised)


def no_factor(t: Tables) -> float:
    """Without k ÷ (k − 1)."""
    return alpha(t) * 2 / 3


def mean_correlation(t: Tables) -> float:
    return (t.table("items").corr().to_numpy().sum() - 3) / 6


declare(
    alpha,
    "number",
    by_hand="satisfaction.cronbach_alpha",
    sections=("gaps-idea",),
    supplies={"items": items},
    tolerance=1e-7,
    mistakes={
        "factor forgotten": no_factor,
        "correlation": mean_correlation,
        "two questions": {"questions": 2},
    },
    facts=lambda t, value: {"value": value},
)
