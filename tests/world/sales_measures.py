"""What the lessons on selling to companies find in one world, under the keys of the truth: funnel, forecast, quotas."""

from functools import cache

import numpy as np
import pandas as pd

from crm_lab.world._market.market_parameters import STAGES

QUARTERS = pd.date_range("2024-01-01", "2026-01-01", freq="QS")
FORECAST = QUARTERS[4:8]  # those of 2025, from what was known as each began
OLD = pd.Timestamp("2025-07-01")  # leads that came before are nearly all decided by today
WIDE = 1.2816  # standard errors on either side that hold 80 % of a normal distribution


@cache
def course(world):
    """By lead: value, moment of coming and of being closed, whether won; and the moment of entering each stage."""
    stages = world.lead_events[world.lead_events["event"] == "stage"]
    entered = stages.pivot(index="lead_id", columns="stage", values="happened_at").reindex(columns=[*STAGES, "won"])
    leads = world.leads.set_index("lead_id")[["value", "created_at", "closed_at", "stage"]]
    return leads.assign(won=leads["stage"] == "won"), entered.reindex(leads.index)


def funnel(world):
    """Share of the old leads that reached each stage, and how long and how much the won ones took."""
    leads, entered = course(world)
    old = leads["created_at"] < OLD
    won = leads[old & leads["won"]]
    return {
        **{f"reached_{stage}": entered.loc[old, stage].notna().mean() for stage in [*STAGES[1:], "won"]},
        "days_to_win": ((won["closed_at"] - won["created_at"]) / pd.Timedelta(1, "D")).mean(),
        "value_won_a_lead": won["value"].sum() / old.sum(),
    }


def quarter_of_leads(world, begin):
    """The leads open as a quarter begins, with the stage they stood in and whether the quarter won them."""
    leads, entered = course(world)
    end = begin + pd.offsets.QuarterBegin(startingMonth=1)
    alive = (leads["created_at"] < begin) & ~(leads["closed_at"] < begin)
    stage = (entered.loc[alive, list(STAGES)] < begin).sum(axis=1) - 1
    wins = leads["won"] & (leads["closed_at"] >= begin) & (leads["closed_at"] < end)
    fresh = leads.loc[wins & (leads["created_at"] >= begin), "value"].sum()
    return pd.DataFrame({"stage": stage, "value": leads["value"], "wins": wins}).loc[alive], fresh


def forecasts(world):
    """By quarter of 2025: value won in ¥, the weighted pipeline, its standard error, and the quarter before.

    Weighted pipeline: each open lead's value times the share of leads in that stage that earlier quarters won, plus
    what leads not yet there brought in earlier quarters, on average.
    """
    quarters = [quarter_of_leads(world, begin) for begin in QUARTERS[:-1]]
    won = [(table["value"] * table["wins"]).sum() + fresh for table, fresh in quarters]
    rows = []
    for number in range(4, 8):
        past = pd.concat([table for table, _ in quarters[1:number]])
        now, others = quarters[number][0], [fresh for _, fresh in quarters[1:number]]
        chance = now["stage"].map(past.groupby("stage")["wins"].mean())
        expected = (now["value"] * chance).sum() + np.mean(others)
        error = np.sqrt((now["value"] ** 2 * chance * (1 - chance)).sum() + np.var(others, ddof=1))
        rows.append((won[number], expected, error, won[number - 1]))
    return pd.DataFrame(rows, index=FORECAST, columns=["won", "pipeline", "error", "before"])


def forecast(world):
    """Absolute error over what was won, and the sums; and how often the 80 % interval held what came."""
    table = forecasts(world)
    off = (table["pipeline"] - table["won"]).abs()
    return {
        "error": off.sum() / table["won"].sum(),
        "error_last_quarter": (table["before"] - table["won"]).abs().sum() / table["won"].sum(),
        "total": table["pipeline"].sum() / table["won"].sum(),
        "inside": (off <= WIDE * table["error"]).mean(),
    }


def quota(world):
    """Value won over quota, of the team and of each rep and quarter; share that reached it. The first is left out."""
    leads = world.leads[world.leads["stage"] == "won"]
    quarter = leads["closed_at"].dt.to_period("Q").dt.start_time
    won = leads["value"].groupby([leads["rep_id"], quarter]).sum()
    quotas = world.quotas[world.quotas["quarter"] > QUARTERS[0]].set_index(["rep_id", "quarter"])["quota"]
    share = won.reindex(quotas.index, fill_value=0) / quotas
    return {"team": (share * quotas).sum() / quotas.sum(), "reached": (share >= 1).mean(), "median": share.median()}


def measure(world):
    """All of it, nested as in the truth."""
    return {"funnel": funnel(world), "forecast": forecast(world), "quota": quota(world)}
