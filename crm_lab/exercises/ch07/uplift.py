"""Lab 07b, uplift: what each campaign added, the claim about sales, for whom a call pays, and whom a score finds."""

from __future__ import annotations

import pandas as pd

from crm_lab import predict
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

CALLS = "proactive_service"


def calls(t: Tables, campaign: str = CALLS) -> pd.DataFrame:
    """The people of one campaign, those held out among them."""
    results = t.table("campaign_results")
    return results[results["campaign_id"] == campaign].reset_index(drop=True)


# ---- what each campaign added


def added(t: Tables, outcome: str = "bought", width: float = 1.96) -> pd.DataFrame:
    rows = {}
    for name, part in t.table("campaign_results").groupby("campaign_id"):
        one = predict.uplift(part[outcome], part["treated"])
        half = width * one.standard_error
        rows[name] = {"uplift": one.value, "low": one.value - half, "high": one.value + half}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("campaign_id")


def response(t: Tables) -> pd.DataFrame:
    shares = t.table("campaign_results").query("treated").groupby("campaign_id")["bought"].mean()
    return added(t).assign(uplift=shares)


declare(
    added,
    "table",
    key=("campaign_id",),
    by_hand="predict.uplift",
    sections=("uplift-idea",),
    tolerance=5e-4,  # Student's t of predict.uplift is right, too
    mistakes={
        "revenue": {"outcome": "revenue"},
        "one standard error": {"width": 1.0},
        "response": response,
        "control minus treated": then(lambda table: -table.rename(columns={"low": "high", "high": "low"})),
    },
    facts=lambda t, table: {"sure": ((table["low"] > 0) | (table["high"] < 0)).sum(), "all": len(table)},
)

# ---- the claim


def claim(t: Tables, outcome: str = "revenue", buyers: bool = False) -> float:
    people = calls(t)
    people = people[people["bought"]] if buyers else people
    mean = people.groupby("treated")[outcome].mean()
    return float(mean[True] / mean[False] - 1)


declare(
    claim,
    "number",
    sections=("uplift-idea",),
    mistakes={
        "share who bought": {"outcome": "bought"},
        "buyers only": {"buyers": True},
        "ratio": then(lambda share: share + 1),
        "percent": then(lambda share: 100 * share),
    },
    facts=lambda t, share: {"share": share},
)

# ---- for whom a call pays


def by_type(t: Tables, cost: float = 5.0, outcome: str = "margin", times: int = 3) -> pd.DataFrame:
    people = t.table("calls")
    asks = (people["advice_contacts"] >= times).rename("asks_often")
    rows = {}
    for group, part in people.groupby(asks):
        one = predict.uplift(part[outcome], part["treated"])
        rows[group] = {"gain": one.value - cost, "standard_error": one.standard_error}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("asks_often")


declare(
    by_type,
    "table",
    key=("asks_often",),
    by_hand="predict.uplift",
    sections=("type-idea",),
    supplies={"calls": calls},
    mistakes={
        "before the cost": {"cost": 0.0},
        "revenue": {"outcome": "revenue"},
        "exchanged": then(lambda table: table.set_axis([True, False]).rename_axis("asks_often")),
        "more than three": {"times": 4},
    },
    facts=lambda t, table: {"often": table.loc[True, "gain"], "others": table.loc[False, "gain"]},
)

# ---- whom a score finds

COLUMNS = ["recency_days", "orders_year", "spend_year", "promotion_orders", "advice_contacts", "messages_quarter"]


def scored(t: Tables) -> pd.DataFrame:
    """Every second person of the calls, with two scores learnt on the others."""
    people = calls(t)
    learn, judge = people[::2], people[1::2]

    def chance(part: pd.DataFrame) -> pd.Series:
        return predict.leaving_model().fit(part[COLUMNS], part["bought"]).predict_proba(judge[COLUMNS])[:, 1]

    called, alone = chance(learn[learn["treated"]]), chance(learn[~learn["treated"]])
    kept = judge[["person_id", "treated", "bought", "margin"]].reset_index(drop=True)
    return kept.assign(response=called.round(5), difference=(called - alone).round(5))


def whom(t: Tables, first: int = 1000, treated_only: bool = False, lowest: bool = False) -> pd.DataFrame:
    people = t.table("scored")
    rows = {}
    for score in ("response", "difference"):
        top = people[people[score].rank(ascending=lowest, method="first") <= first]
        mean = top.groupby("treated")["bought"].mean()
        rows[score] = {"uplift": mean[True] - (0 if treated_only else mean[False])}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("score")


declare(
    whom,
    "table",
    key=("score",),
    sections=("qini-idea",),
    supplies={"scored": scored},
    mistakes={
        "the called only": {"treated_only": True},
        "the lowest": {"lowest": True},
        "everybody": {"first": 1_000_000},
    },
    facts=lambda t, table: (100 * table["uplift"]).to_dict(),
)

# ---- the dearest call that surely pays


def dearest(t: Tables, width: float = 1.96, outcome: str = "margin", times: int = 3) -> float:
    people = t.table("calls")
    mine = people[people["advice_contacts"] >= times]
    one = predict.uplift(mine[outcome], mine["treated"])
    return one.value - width * one.standard_error


declare(
    dearest,
    "number",
    by_hand="predict.uplift",
    sections=("type-idea",),
    supplies={"calls": calls},
    tolerance=1e-3,  # as above
    mistakes={
        "no interval": {"width": 0.0},
        "upper end": {"width": -1.96},
        "one standard error": {"width": 1.0},
        "revenue": {"outcome": "revenue"},
        "everybody": {"times": 0},
        "more than three": {"times": 4},
        "less the five": then(lambda cost: cost - 5),
    },
    facts=lambda t, cost: {"cost": cost, "mean": dearest(t, 0.0)},
)
