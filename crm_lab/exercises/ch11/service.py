"""Gaps between expectation and perception, what features do to customers, and what to improve first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from crm_lab import satisfaction
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

# ---- the gap table


def gaps(t: Tables) -> pd.Series:
    table = t.table("servqual")
    expected, perceived = (table.pivot(index="respondent_id", columns="question_id", values=name) for name in COLUMNS)
    return satisfaction.servqual_gaps(expected, perceived).items["gap"].rename_axis("question_id")


COLUMNS = ("expectation", "perception")


def mean_of(column: str) -> Callable[[Tables], pd.Series]:
    """Mean answers in place of gaps."""
    return lambda t: t.table("servqual").groupby("question_id")[column].mean().rename("gap")


def by_dimension(t: Tables) -> pd.Series:
    return gaps(t).groupby(lambda question: question.rpartition("_")[0]).mean().rename_axis("question_id")


declare(
    gaps,
    "table",
    key=("question_id",),
    by_hand="satisfaction.servqual_gaps",
    sections=("gaps-idea",),
    mistakes={
        "by dimension": by_dimension,
        "turned": then(lambda table: -table),
        "sizes": then(lambda table: table.abs()),
        "perceptions": mean_of("perception"),
        "expectations": mean_of("expectation"),
    },
    facts=lambda t, table: {"worst": table.idxmin(), "gap": -table.min()},
)

# ---- Kano


def kano(
    t: Tables, turned: bool = False, reverse: str = "R", among: str = "AOMI", pleases: str = "AO", lacks: str = "OM"
) -> pd.DataFrame:
    """Better and worse of each feature; turned exchanges the two questions."""
    answers = t.table("kano")
    pair = ["dysfunctional", "functional"] if turned else ["functional", "dysfunctional"]
    letters = satisfaction.kano_category(answers[pair[0]], answers[pair[1]]).replace("R", reverse)
    counts = pd.crosstab(answers["feature"], letters).reindex(columns=list("MOAIRQ"), fill_value=0)
    asked = counts[list(among)].sum(axis=1)
    better, worse = (counts[list(part)].sum(axis=1) / asked for part in (pleases, lacks))
    return pd.DataFrame({"better": better, "worse": -worse})


declare(
    kano,
    "table",
    key=("feature",),
    by_hand="satisfaction.kano_table",
    sections=("kano-idea",),
    mistakes={
        "turned": {"turned": True},
        "doubtful too": {"among": "AOMIRQ"},
        "reverse is indifferent": {"reverse": "I"},
        "only attractive": {"pleases": "A"},
        "only must-be": {"lacks": "M"},
        "must pleases": {"pleases": "AM"},
        "no sign": then(lambda table: table * [1, -1]),
    },
    facts=lambda t, table: {
        "missed": table["worse"].idxmin(),
        "worse": table["worse"].min(),
        "pleasing": table["better"].idxmax(),
        "better": table["better"].max(),
    },
)

# ---- the importance-performance map


def priorities(
    t: Tables,
    waves: Sequence[str] = ("before",),
    figure: str = "mean",
    lead: tuple[str, str] = ("satisfaction", "importance"),
) -> pd.DataFrame:
    rated = t.table("dealer_survey").query("wave in @waves")
    means = rated.groupby("attribute")[list(lead)].agg(figure)
    return means.set_axis(["satisfaction", "importance"], axis=1).assign(attributes=1)


def not_grouped(t: Tables) -> pd.DataFrame:
    rated = t.table("dealer_survey").query("wave == 'before'")
    return rated[["satisfaction", "importance"]].assign(attributes=1)


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
        "both waves": {"waves": ("before", "after")},
        "after": {"waves": ("after",)},
        "medians": {"figure": "median"},
        "rounded": then(lambda table: table.round()),
    },
    facts=lambda t, table: {"gap": (table["importance"] - table["satisfaction"]).max()},
)

# ---- reliability

ITEMS = ["quality_1", "quality_2", "quality_3"]


def items(t: Tables) -> pd.DataFrame:
    """The three questions on quality, answered online."""
    table = t.table("surveys")
    return table.loc[table["answered"] == "online", ITEMS].reset_index(drop=True)


def alpha(t: Tables, questions: int = 3) -> float:
    return satisfaction.cronbach_alpha(t.table("items")[ITEMS[:questions]])


def mean_correlation(t: Tables) -> float:
    return (t.table("items").corr().to_numpy().sum() - 3) / 6


def of_means(t: Tables) -> float:
    """With each person's mean in place of the sum."""
    table = t.table("items")
    return float(1.5 * (1 - table.var().sum() / table.mean(axis=1).var()))


declare(
    alpha,
    "number",
    by_hand="satisfaction.cronbach_alpha",
    sections=("gaps-idea",),
    supplies={"items": items},
    tolerance=1e-7,
    mistakes={
        "factor forgotten": then(lambda value: value * 2 / 3),
        "factor of two": then(lambda value: value * 4 / 3),
        "means": of_means,
        "correlation": mean_correlation,
        "two questions": {"questions": 2},
    },
    facts=lambda t, value: {"value": value},
)
