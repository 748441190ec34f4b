"""What moves lifetime value: product, brand, relationship, switching costs, and what each may cost."""

from __future__ import annotations

import pandas as pd

from crm_lab import lifetime
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._form import sorted_into, texts
from crm_lab.exercises.ch08.value import DISCOUNT, stayed, years_of

# ---- four proposals

PROPOSALS = pd.DataFrame(
    {
        "lever": ["product", "brand", "relationship", "switching"],
        "margin_growth": [0.06, 0.04, 0.0, 0.0],
        "retention_points": [0.0, 1.0, 4.0, 3.0],
        "cost": [14.0, 12.0, 9.0, 6.0],
    }
)


def proposals(t: Tables) -> pd.DataFrame:
    """Four proposals: growth of the margin, points of retention, ¥ a year for each customer who is there."""
    return PROPOSALS.copy()


def average_customer(t: Tables) -> pd.DataFrame:
    """One row: mean margin in ¥ of a consumer who bought in 2025, and the share of those of 2024 who stayed."""
    years = years_of(t, "consumer")
    return pd.DataFrame({"margin": [round(float(years[2025].mean()), 2)], "retention": [round(stayed(years), 3)]})


def levers(t: Tables, discount: float = DISCOUNT, once: bool = False, free: bool = False) -> pd.DataFrame:
    plans = t.table("proposals").set_index("lever")
    (margin, retention), cost = t.table("average_customer").iloc[0], plans["cost"]
    plans = plans.assign(cost=0.0) if once or free else plans
    found = lifetime.lever_effects(margin, retention, discount, plans)[["clv", "gain"]]
    return found.sub(cost, axis=0) if once else found


def points_as_growth(t: Tables) -> pd.DataFrame:
    """Four points taken as four per cent of the rate."""
    plans = t.table("proposals").set_index("lever")
    margin, retention = t.table("average_customer").iloc[0]
    relative = plans.assign(retention_points=plans["retention_points"] * retention)
    return lifetime.lever_effects(margin, retention, DISCOUNT, relative)[["clv", "gain"]]


def as_shares(t: Tables) -> pd.DataFrame:
    """With points taken for shares: 4 points as 400 %."""
    plans = t.table("proposals").set_index("lever")
    margin, retention = t.table("average_customer").iloc[0]
    left = margin * (1 + plans["margin_growth"]) - plans["cost"]
    clv = left * (1 + DISCOUNT) / (1 + DISCOUNT - retention - plans["retention_points"])
    return pd.DataFrame({"clv": clv, "gain": clv - lifetime.discounted_clv(margin, retention, DISCOUNT)})


def cost_grown(t: Tables) -> pd.DataFrame:
    """With the cost taken off before the margin grows."""
    plans = t.table("proposals").set_index("lever")
    margin, retention = t.table("average_customer").iloc[0]
    early = plans.assign(cost=plans["cost"] * (1 + plans["margin_growth"]))
    return lifetime.lever_effects(margin, retention, DISCOUNT, early)[["clv", "gain"]]


declare(
    levers,
    "table",
    key=("lever",),
    by_hand="lifetime.lever_effects",
    sections=("levers-idea",),
    supplies={"proposals": proposals, "average_customer": average_customer},
    mistakes={
        "cost once": {"once": True},
        "cost forgotten": {"free": True},
        "points as growth": points_as_growth,
        "points as shares": as_shares,
        "cost before growth": cost_grown,
        "no interest": {"discount": 0.0},
        "gain in per cent": then(lambda table: table.assign(gain=100 * table["gain"] / (table["clv"] - table["gain"]))),
    },
    facts=lambda t, table: {"best": table["gain"].idxmax(), "gain": table["gain"].max()},
)

# ---- which value is it?

REASONS = {
    "product": ("r2", "r7"),
    "brand": ("r4", "r9"),
    "relationship": ("r1", "r6"),
    "switching": ("r3", "r5", "r8"),
}


def reasons(t: Tables, **taken: str) -> dict[str, str]:
    """Why each customer stays; one reason may be taken for another."""
    return sorted_into(REASONS, **taken)


def answers(t: Tables) -> pd.DataFrame:
    """Nine answers to "Why do you still buy from us?", one a row."""
    return pd.DataFrame(texts("reasons", __name__).items(), columns=["id", "answer"])


declare(
    reasons,
    "choice",
    options=tuple(REASONS),
    transfers=False,
    sections=("levers-idea",),
    supplies={"answers": answers},
    mistakes={
        "whoever stays has a relationship": {"switching": "relationship"},
        "a good name is a good product": {"brand": "product"},
        "service is part of the product": {"relationship": "product"},
    },
)

# ---- what a club must bring

CLUB = 20.0  # ¥ a year for each customer who is there


def break_even(t: Tables, discount: float = DISCOUNT, points: bool = True) -> float:
    margin, retention = t.table("average_customer").iloc[0]
    needed = CLUB / margin * (1 + discount - retention)
    return float(100 * needed if points else needed)


def paid_once(t: Tables) -> float:
    """Points that bring ¥20 once."""
    margin, retention = t.table("average_customer").iloc[0]
    worth = lifetime.discounted_clv(margin, retention, DISCOUNT) + CLUB
    return float(100 * (1 + DISCOUNT - margin * (1 + DISCOUNT) / worth - retention))


def retention_needed(t: Tables) -> float:
    return 100 * float(t.table("average_customer")["retention"].iloc[0]) + break_even(t)


declare(
    break_even,
    "number",
    sections=("levers-idea", "decision-idea"),
    supplies={"average_customer": average_customer},
    mistakes={
        "share": {"points": False},
        "no interest": {"discount": 0.0},
        "paid once": paid_once,
        "retention itself": retention_needed,
    },
    facts=lambda t, points: {"points": points, "stay": t.table("average_customer")["retention"].iloc[0]},
)
