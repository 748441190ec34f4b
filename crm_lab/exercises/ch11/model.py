"""The cause-and-effect model by hand: one step of the weights, the index, and effects along the arrows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from crm_lab import satisfaction
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

BLOCKS = {
    "quality": ["quality_1", "quality_2", "quality_3"],
    "value": ["value_1", "value_2"],
    "satisfaction": ["satisfaction_1", "satisfaction_2", "satisfaction_3"],
    "loyalty": ["loyalty_1", "loyalty_2", "loyalty_3"],
}
OWN = BLOCKS["satisfaction"]
NEIGHBOURS = ("quality", "value", "loyalty")
ARROWS = [("quality", "value"), ("quality", "satisfaction"), ("value", "satisfaction"), ("satisfaction", "loyalty")]

# ---- one step of the weights


def last_wave(t: Tables) -> pd.DataFrame:
    """Online answers of the last wave."""
    table = t.table("surveys").query("answered == 'online' and wave == '2025Q4'")
    return table[[item for block in BLOCKS.values() for item in block]].reset_index(drop=True)


def standard(t: Tables) -> pd.DataFrame:
    """The same, each question with mean 0 and population variance 1."""
    answers = last_wave(t)
    return (answers - answers.mean()) / answers.std(ddof=0)


def weights(t: Tables, near: Sequence[str] = NEIGHBOURS, scaled: bool = True, shares: bool = True) -> pd.Series:
    table = t.table("standard")
    means = pd.DataFrame({name: table[BLOCKS[name]].mean(axis=1) for name in near})
    inner = (means / means.std(ddof=0) if scaled else means).sum(axis=1)
    return of_inner(table, inner, shares)


def of_inner(table: pd.DataFrame, inner: pd.Series, shares: bool = True) -> pd.Series:
    """The weights that follow from the sum of the neighbours' scores."""
    found = table[OWN].mul(inner, axis=0).mean()
    return (found / found.sum() if shares else found).rename("weight")


def questions_summed(t: Tables) -> pd.Series:
    table = t.table("standard")
    return of_inner(table, table[[item for name in NEIGHBOURS for item in BLOCKS[name]]].sum(axis=1))


declare(
    weights,
    "table",
    key=("question",),
    sections=("weights-idea",),
    supplies={"standard": standard},
    mistakes={
        "own score": {"near": ("satisfaction",)},
        "own score too": {"near": tuple(BLOCKS)},
        "causes only": {"near": ("quality", "value")},
        "value left out": {"near": ("quality", "loyalty")},
        "quality left out": {"near": ("value", "loyalty")},
        "not scaled": {"scaled": False},
        "questions summed": questions_summed,
        "not divided": {"shares": False},
        "equal": then(lambda table: table * 0 + 1 / 3),
    },
    facts=lambda t, table: {"first": table.idxmax(), "weight": table.max()},
)

# ---- the index


def answers(t: Tables) -> pd.DataFrame:
    """The three questions on satisfaction in the last wave."""
    return last_wave(t)[OWN]


def item_weights(t: Tables) -> pd.DataFrame:
    """Their weights for answers as given, which do not add up to 1."""
    model = satisfaction.pls_path_model(last_wave(t), BLOCKS, ARROWS)
    own = (model.weights[OWN] / answers(t).std(ddof=0)).round(3)
    return own.rename_axis("question").rename("weight").reset_index()


def index(t: Tables, weigh: bool = True, divide: bool = True, low: float = 1, span: float = 9) -> float:
    own = t.table("item_weights").set_index("question")["weight"] if weigh else pd.Series(1 / 3, OWN)
    mean = float((t.table("answers").mean() * own).sum() / (own.sum() if divide else 1))
    return 100 * (mean - low) / span


declare(
    index,
    "number",
    by_hand="satisfaction.acsi",
    sections=("index-idea",),
    supplies={"answers": answers, "item_weights": item_weights},
    mistakes={
        "not divided": {"divide": False},
        "equal weights": {"weigh": False},
        "tenths": {"low": 0, "span": 10},
        "from nought": {"low": 0},
        "ten steps": {"span": 10},
        "answers": then(lambda value: 1 + 9 * value / 100),
    },
    facts=lambda t, value: {"value": value},
)

# ---- effects along the arrows


def arrows(t: Tables) -> pd.DataFrame:
    """Path coefficients of a small model, rounded to three decimals."""
    paths = satisfaction.pls_path_model(last_wave(t), BLOCKS, ARROWS).paths
    rows = [(a, b, round(paths[b].to_dict()[a], 3)) for a, b in ARROWS]
    return pd.DataFrame(rows, columns=["from", "to", "coefficient"])


def effect(t: Tables, through_value: bool = True, direct: bool = True, to_loyalty: bool = True) -> float:
    """Total effect of quality on loyalty."""
    c = dict(zip(ARROWS, t.table("arrows")["coefficient"], strict=True))
    way = c["quality", "value"] * c["value", "satisfaction"] if through_value else 0.0
    upon = way + (c["quality", "satisfaction"] if direct else 0.0)
    return upon * (c["satisfaction", "loyalty"] if to_loyalty else 1.0)


def all_added(t: Tables) -> float:
    return float(t.table("arrows")["coefficient"].sum())


declare(
    effect,
    "number",
    sections=("effects-idea",),
    supplies={"arrows": arrows},
    mistakes={
        "straight only": {"through_value": False},
        "value only": {"direct": False},
        "on satisfaction": {"to_loyalty": False},
        "added": all_added,
    },
    facts=lambda t, value: {"value": value, "straight": effect(t, through_value=False)},
)
