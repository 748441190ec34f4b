"""What a lesson finds in one world about call-backs, test calls, expectations, dealers and hand-overs."""

from functools import cache

import numpy as np
import pandas as pd

from crm_lab.schema.serving import ATTRIBUTES, FACTORS

SOON, LATE = 3, 14  # days after delivery


def groups(table):
    """The three groups whose answer to a call differs."""
    failed = table["failure"].notna()
    return {
        "silent": table[failed & ~table["complained"]],
        "complained": table[table["complained"]],
        "sound": table[~failed],
    }


def arms(part):
    """Bought again: drawn for a call, and not drawn."""
    called = part["assignment"] == "call"
    return part.loc[called, "bought_again"], part.loc[~called, "bought_again"]


def soon_and_late(world):
    """Bought again after a silent failure: to be called within SOON days, and on day LATE."""
    silent = groups(world.call_backs)["silent"]
    return silent.loc[silent["call_day"] <= SOON, "bought_again"], silent.loc[
        silent["call_day"] == LATE, "bought_again"
    ]


def call_backs(world):
    table = world.call_backs
    called = table[table["assignment"] == "call"]
    effect = {name: arms(part)[0].mean() - arms(part)[1].mean() for name, part in groups(table).items()}
    silent = groups(table)["silent"].query("assignment == 'call'")
    soon, late = soon_and_late(world)
    margin = groups(table)["silent"].groupby("assignment")["margin"].mean()
    return {
        **effect,
        "control_silent": arms(groups(table)["silent"])[1].mean(),
        "reached": called["reached"].mean(),
        "soon_less_late": soon.mean() - late.mean(),
        "reached_less_not": called.groupby("reached")["bought_again"].mean().diff().iloc[-1],
        "reached_less_not_silent": silent.groupby("reached")["bought_again"].mean().diff().iloc[-1],
        "margin_silent": margin["call"] - margin["control"],
    }


@cache
def calls_tested(world):
    """service_checks with: team drawn for the checklist, and after it began."""
    table = world.service_checks
    drawn = table.groupby("agent_id")["checklist"].transform("any")
    return table.assign(drawn=drawn, after=table["checked_on"] >= "2025-09-01")


def deviations(world, drawn, after):
    """Points less the agent's mean, in one arm and time."""
    part = calls_tested(world).query("drawn == @drawn and after == @after")
    return part["points"] - part.groupby("agent_id")["points"].transform("mean")


def gains(world):
    """Change of each agent's mean: with the checklist, and without."""
    mean = calls_tested(world).groupby(["drawn", "agent_id", "after"])["points"].mean().unstack()
    gain = mean[True] - mean[False]
    return gain[True], gain[False]


def checks(world):
    def within(drawn, after):
        return np.sqrt((deviations(world, drawn, after) ** 2).sum() / (len(deviations(world, drawn, after)) * 3 / 4))

    with_list, without = gains(world)
    return {
        "gain": with_list.mean() - without.mean(),
        "within_with": within(True, True),
        "within_without": within(False, True),
        "within_before": within(True, False),
    }


@cache
def expectation_model(world):
    """Regression of the standardised mean of the expectation questions on the standardised factors, and t values."""
    table = world.expectation_factors.merge(world.surveys, on="respondent_id")
    names = [name for name, *_ in FACTORS]
    design = table[names].to_numpy(float)
    design = np.column_stack([np.ones(len(table)), (design - design.mean(axis=0)) / design.std(axis=0)])
    outcome = table[["expectation_1", "expectation_2", "expectation_3"]].mean(axis=1).to_numpy()
    outcome = (outcome - outcome.mean()) / outcome.std()
    solved = np.linalg.lstsq(design, outcome, rcond=None)[0]
    rest = outcome - design @ solved
    error = np.sqrt(np.linalg.inv(design.T @ design).diagonal() * (rest @ rest) / (len(table) - len(solved)))
    return pd.Series(solved[1:], names), pd.Series(solved[1:] / error[1:], names)


@cache
def dealer_changes(world):
    """After less before of each dealer, by attribute, and whether the dealer takes part."""
    table = world.dealer_survey.pivot(index=["dealer_id", "attribute"], columns="wave", values="satisfaction")
    change = (table["after"] - table["before"]).unstack()
    arm = world.dealer_program.drop_duplicates("dealer_id").set_index("dealer_id")["assignment"]
    return change, (arm.reindex(change.index) == "programme").to_numpy()


def dealers(world):
    change, part = dealer_changes(world)
    effect = change[part].mean() - change[~part].mean()
    return {name: effect[name] for name in ATTRIBUTES}


@cache
def passed_on(world):
    """Answered calls: passed on or not; by an agent trained in the topic, and by another."""
    calls = world.calls[world.calls["outcome"] == "answered"].merge(world.agents[["agent_id", "skills"]], on="agent_id")
    passed = calls["call_id"].isin(world.call_notes.dropna(subset="specialist")["call_id"])
    trained = np.array(
        [topic in skills.split(";") for topic, skills in zip(calls["topic"], calls["skills"], strict=True)]
    )
    return passed[~trained], passed[trained]


def hand_overs(world):
    untrained, trained = passed_on(world)
    waited = world.calls[(world.calls["wait_seconds"] > 60) & (world.calls["outcome"] == "abandoned")]
    wish = waited["call_id"].isin(world.call_notes.loc[world.call_notes["call_back"], "call_id"])
    return {"untrained": untrained.mean(), "trained": trained.mean(), "wish": wish.mean()}


def measure(world):
    return {
        "call_backs": call_backs(world),
        "checks": checks(world),
        "expectations": expectation_model(world)[0].to_dict(),
        "dealers": dealers(world),
        "hand_overs": hand_overs(world),
    }
