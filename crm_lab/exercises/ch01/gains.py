"""What CRM changes and is worth: effort and cost of winning, the value of satisfaction and of call-backs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from crm_lab import concepts
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, not_cancelled

# ---- efficiency


def efforts(t: Tables) -> pd.Series:
    leads = t.table("leads").assign(source=lambda found: found["rep_id"])  # by account manager
    return concepts.follow_ups_a_win(leads, t.table("lead_events")).rename_axis("rep_id")


def counted(
    stages: tuple[str, ...] = ("won", "lost"),
    events: tuple[str, ...] = ("follow_up",),
    wins: bool = True,
    once: bool = False,
    by: str = "rep_id",
) -> Callable[[Tables], pd.Series]:
    """Events of the leads in some stages, or leads with one, for each lead won or for each lead."""

    def recipe(t: Tables) -> pd.Series:
        leads, noted = t.table("leads"), t.table("lead_events")
        done = noted[noted["event"].isin(events)].merge(leads[leads["stage"].isin(stages)], on="lead_id")
        done = done.drop_duplicates("lead_id") if once else done
        over = leads[leads["stage"] == "won"] if wins else leads[leads["stage"].isin(stages)]
        return (done.groupby(by).size() / over.groupby(by).size()).rename("follow_ups")

    return recipe


OPEN = ("new", "contacted", "qualified", "proposal", "negotiation")

declare(
    efforts,
    "table",
    key=("rep_id",),
    by_hand="concepts.follow_ups_a_win",
    sections=("effects-idea",),
    mistakes={
        "won ones only": counted(("won",)),
        "open ones too": counted(("won", "lost", *OPEN)),
        "for each lead": counted(wins=False),
        "by source": lambda t: counted(by="source")(t).rename_axis("rep_id"),
        "leads for follow-ups": counted(once=True),
        "all events": counted(events=("follow_up", "stage", "objection")),
    },
    facts=lambda t, found: {"least": found.min(), "most": found.max(), "easy": found.idxmin(), "hard": found.idxmax()},
)

# ---- cost


def costs(t: Tables, years: tuple[int, ...] = (2025,)) -> pd.Series:
    return concepts.cost_of_a_customer(spent(t, years))


def spent(t: Tables, years: tuple[int, ...] = (2025,)) -> pd.DataFrame:
    """The spend of some years."""
    spend = t.table("channel_spend")
    return spend[spend["month"].dt.year.isin(years)]


def per(column: str) -> Callable[[Tables], pd.Series]:
    """Spend for each click or sign-up."""

    def recipe(t: Tables) -> pd.Series:
        sums = spent(t).groupby("channel")[["spend", column]].sum()
        return (sums["spend"] / sums[column]).rename("cost")

    return recipe


def mean_of_months(t: Tables) -> pd.Series:
    """The mean of the months' costs, in which a month with few customers weighs as much as one with many."""
    spend = spent(t)
    return (spend["spend"] / spend["new_customers"]).groupby(spend["channel"]).mean().rename("cost")


declare(
    costs,
    "table",
    key=("channel",),
    by_hand="concepts.cost_of_a_customer",
    sections=("effects-idea",),
    mistakes={
        "mean of months": mean_of_months,
        "for a sign-up": per("sign_ups"),
        "for a click": per("clicks"),
        "both years": {"years": (2024, 2025)},
        "the year before": {"years": (2024,)},
        "not divided": lambda t: spent(t).groupby("channel")["spend"].sum().rename("cost"),
        "free ones left out": then(lambda found: found[found > 0]),
        "free ones missing": then(lambda found: found.where(found > 0)),
        "upside down": then(lambda found: (1 / found.where(found > 0)).fillna(0)),
    },
    facts=lambda t, found: {"most": found.max(), "dear": found.idxmax(), "least": found[found > 0].min()},
)

# ---- values

NAMES = ("surveys", "orders", "call_backs", "campaign_results", "campaigns")


def failed(t: Tables) -> pd.DataFrame:
    """The deliveries that went wrong."""
    return t.table("call_backs").dropna(subset="failure")


def values(t: Tables, calls: Callable[[Tables], pd.DataFrame] = failed) -> pd.DataFrame:
    found = concepts.three_values({name: t.table(name) for name in NAMES} | {"call_backs": calls(t)}, t.today)
    return found.loc[["customer", "interaction"], ["figure", "otherwise"]]


def after_answers(
    satisfied: int = 4,
    zeros: bool = True,
    young: bool = False,
    orders: Callable[[Tables], pd.DataFrame] = not_cancelled,
    first: int | None = 0,
    end: int | None = 180,
    value: str = "margin",
    figure: str = "sum",
) -> Callable[[Tables], pd.DataFrame]:
    """The margin after each answer, with the places to go wrong.

    young       keep answers that have not had their half-year
    first, end  days after the answer between which an order counts; None for no border
    figure      what the orders after one answer are put together by
    """

    def recipe(t: Tables) -> pd.DataFrame:
        asked = t.table("surveys").dropna(subset=["customer_id", "csat"])
        asked = asked if young else asked[asked["answered_at"] <= t.today - pd.Timedelta(days=180)]
        both = asked.merge(orders(t)[["customer_id", "ordered_at", value]], on="customer_id")
        waited = (both["ordered_at"] - both["answered_at"]).dt.total_seconds() / 86_400
        inside = both[(waited >= (-np.inf if first is None else first)) & (waited < (np.inf if end is None else end))]
        margin = inside.groupby("respondent_id")[value].agg(figure)
        margin = margin.reindex(asked["respondent_id"], fill_value=0) if zeros else margin
        good = asked.set_index("respondent_id")["csat"].reindex(margin.index) >= satisfied
        means = margin.groupby(good).mean()
        found = values(t)
        found.loc["customer"] = [means[True], means[False]]
        return found

    return recipe


def reached_only(t: Tables) -> pd.DataFrame:
    """Who answered the call against those who were to be left alone."""
    calls, found = failed(t), values(t)
    found.loc["interaction", "figure"] = 1000 * calls.loc[calls["reached"], "bought_again"].mean()
    return found


def not_reached(t: Tables) -> pd.DataFrame:
    """Who answered against everybody who did not."""
    calls, found = failed(t), reached_only(t)
    found.loc["interaction", "otherwise"] = 1000 * calls.loc[~calls["reached"], "bought_again"].mean()
    return found


declare(
    values,
    "table",
    key=("value",),
    by_hand="concepts.three_values",
    sections=("values-idea",),
    mistakes={
        "reached only": reached_only,
        "not reached": not_reached,
        "every delivery": {"calls": lambda t: t.table("call_backs")},
        "complaints only": {"calls": lambda t: t.table("call_backs").query("complained")},
        "a share": then(lambda found: found.div([1, 1000], axis=0)),
        "buyers only": after_answers(zeros=False),
        "fives only": after_answers(5),
        "from three": after_answers(3),
        "young answers": after_answers(young=True),
        "young answers of buyers": after_answers(young=True, zeros=False),
        "mean order": after_answers(figure="mean"),
        "cancelled": after_answers(orders=all_orders),
        "no end": after_answers(end=None),
        "before the answer": after_answers(first=None),
        "before, up to the answer": after_answers(first=-180, end=0),
        "revenue": after_answers(value="revenue"),
        "both ways": after_answers(first=None, end=None),
    },
    facts=lambda t, found: {
        "satisfied": found["figure"]["customer"],
        "others": found["otherwise"]["customer"],
        "called": found["figure"]["interaction"],
        "alone": found["otherwise"]["interaction"],
    },
)
