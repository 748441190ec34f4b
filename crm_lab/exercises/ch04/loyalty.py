"""Loyalty and what customers value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import classify
from crm_lab.exercises import declare, sorted_into, texts, then
from crm_lab.exercises._orders import YEAR, all_orders, delivered, number_of

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- loyalty


def loyalty(
    t: Tables,
    orders: Any = delivered,
    days: int | None = YEAR,
    behaviour_cut: float = 3,
    attitude_cut: float = 8,
    silent: float | None = None,
    lapsed: bool = True,
    everyone: bool = False,
) -> pd.Series:
    """The loyalty matrix.

    silent    the attitude put where nobody answered
    lapsed    keeps buyers without an order in these days
    everyone  takes in people who never bought
    """
    attitude = t.table("customers").set_index("customer_id")["recommend_score"]
    recent = number_of(orders(t, days))
    people = attitude.index if everyone else number_of(orders(t) if lapsed else orders(t, days)).index
    likes = attitude.reindex(people) if silent is None else attitude.reindex(people).fillna(silent)
    return classify.loyalty(recent.reindex(people, fill_value=0), likes, behaviour_cut, attitude_cut)


declare(
    loyalty,
    "table",
    key=("customer_id",),
    by_hand="classify.loyalty",
    sections=("loyalty-idea",),
    mistakes={
        "silence as zero": {"silent": 0},
        "silent dropped": then(lambda groups: groups[groups != "unknown"]),
        "lapsed dropped": {"lapsed": False},
        "everyone": {"everyone": True},
        "all orders": {"orders": all_orders},
        "all history": {"days": None},
        "promoters": {"attitude_cut": 9},
        "more than three": {"behaviour_cut": 4},
        "crossed": then(lambda groups: groups.replace({"latent": "spurious", "spurious": "latent"})),
    },
    facts=lambda t, groups: groups.value_counts().reindex(["loyal", "spurious", "unknown"], fill_value=0).to_dict(),
)

# ---- what they value

STYLES = {"transactional": ("s2", "s5", "s6"), "consultative": ("s1", "s3", "s8"), "integrated": ("s4", "s7", "s9")}


def styles(t: Tables, **taken: str) -> dict[str, str]:
    """The style of each sentence; one style may be taken for another."""
    return sorted_into(STYLES, **taken)


def statements(t: Tables) -> pd.DataFrame:
    """Nine sentences customers said, one a row."""
    return pd.DataFrame(texts("styles", __name__).items(), columns=["id", "statement"])


declare(
    styles,
    "choice",
    options=tuple(STYLES),
    transfers=False,
    sections=("style-idea",),
    supplies={"statements": statements},
    mistakes={
        "advice is a partnership": {"consultative": "integrated"},
        "price means transactional": then(lambda right: {**right, "s3": "transactional", "s7": "transactional"}),
        "partners want advice": {"integrated": "consultative"},
    },
)
