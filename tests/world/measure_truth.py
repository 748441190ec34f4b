"""Measure every estimand of the truth anew and print it beside what is stored.

python -m tests.world.measure_truth                    all groups, about ten minutes on two processors
python -m tests.world.measure_truth lifetime voice     only these; groups are the keys of world.truth.estimand
python -m tests.world.measure_truth --write            and write what has changed into the modules it stands in
python -m tests.world.measure_truth --large 20000 --panels 20    quicker and coarser, to try it

What converges on customers is measured on one large company; what a learner's own panel shows, or what does not grow
with it, is a mean over many panels of 2,000; products and prices, which differ from company to company, over half as
many companies of 4,000; answers to surveys on large samples of the model behind them. None of the seeds is one of
the tests. A line with * has changed: by more than its last digit and, if it is a mean, more than three standard errors.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from crm_lab.base.errors import one_of
from crm_lab.world import World
from crm_lab.world._truth import ESTIMANDS

from . import care_measures as care
from . import churn_measures as churn
from . import classify_measures as classify
from . import lifetime_measures as lifetime
from . import recommendation_measures as recommendation
from . import sales_measures as sales
from .calls import calls_measures as calls
from .choice import choice_measures as choice
from .contact import contact_measures as contact
from .market import market_measures as market
from .office import office_measures as office
from .pooling import flat
from .serving import serving_measures as serving
from .stored import places, rewrite
from .taste import taste_measures as taste
from .voice import voice_measures as voice
from .winning import winning_measures as winning

LARGE_SEED, FIRST_SEED = 2024, 1000
AS_STATED = ("market.programme_log_sales", "market.programme_score", "calls.patience_mean")  # must be the parameter
LARGE = {
    "classify": classify.measure,
    "contact": lambda world: {name: part(world) for name, part in contact.PARTS.items() if name != "campaigns"},
    "market": market.worth,
    "lifetime": lifetime.measure,
    "care": care.measure,
}
PANEL = {
    "contact": lambda world: {"campaigns": contact.campaigns(world)},
    "market": market.besides_worth,
    "calls": calls.measure,
    "voice": voice.measure,
    "churn": churn.measure,
    "recommendation": recommendation.measure,
    "sales": sales.measure,
    "office": office.measure,
    "taste": taste.measure,
    "winning": winning.measure,
    "serving": serving.measure,
}
KINDS = {"large": LARGE, "panel": PANEL, "choice": {"choice": choice.measure}}


@dataclass(frozen=True)
class Task:
    """One company to be made and measured, or one sample of the model behind the answers."""

    kind: str
    seed: int
    customers: int

    def measure(self, groups):
        """Its figures for these groups, by their names joined with dots."""
        if self.kind == "model":
            return flat({"voice": voice.model()})
        world = World(self.customers, seed=self.seed)
        found = {group: measure(world) for group, measure in KINDS[self.kind].items() if group in groups}
        if self.kind == "panel" and "calls" in groups:
            found["calls"]["week_service_level_erlang_a"] = calls.week_by_erlang_a(self.seed)
        forget()
        return flat(found)


def forget():
    """Let go of the companies the measures keep: thousands of them would fill the memory."""
    for module in (
        calls,
        choice,
        churn,
        contact,
        lifetime,
        market,
        office,
        recommendation,
        sales,
        serving,
        taste,
        voice,
        winning,
    ):
        for function in vars(module).values():
            getattr(function, "cache_clear", lambda: None)()


def tasks(groups, large, panels):
    """What has to be made for these groups, the longest first."""
    found = [Task("large", LARGE_SEED, large)] if set(LARGE) & groups else []
    found += [Task("model", 0, 0)] if "voice" in groups else []
    if "choice" in groups:
        found += [Task("choice", FIRST_SEED + n, 4_000) for n in range(max(panels // 2, 2))]
    return found + [Task("panel", FIRST_SEED + n, 2_000) for n in range(panels) if set(PANEL) & groups]


def measured(groups, large, panels, jobs=2):
    """Every figure of these groups: mean over its companies, and its standard error (0 for a single one)."""
    todo = tasks(groups, large, panels)
    found = Parallel(jobs, batch_size=1, pre_dispatch="all")(delayed(task.measure)(groups) for task in todo)
    frames = pd.Series(found).groupby([task.kind for task in todo]).agg(list)
    parts = []
    for results in frames:
        table = pd.DataFrame(results)
        numeric = table.select_dtypes("number").astype(float)
        error = numeric.sem(skipna=False) if len(table) > 1 else 0.0
        parts.append(pd.DataFrame({"measured": table.iloc[0].astype(object), "error": 0.0}))
        parts[-1].loc[numeric.columns, "measured"] = numeric.mean(skipna=False).astype(object)
        parts[-1].loc[numeric.columns, "error"] = error
    return pd.concat(parts)


def compared(groups, found):
    """What is stored beside what was measured, and whether it has changed."""
    stored = {name: value for name, value in flat(ESTIMANDS).items() if name.split(".")[0] in groups}
    table = pd.DataFrame({"stored": pd.Series(stored, dtype=object)}).join(found, how="outer")
    table["place"] = pd.Series(places())
    table["changed"] = [changed(*row) for row in table[["stored", "measured", "error", "place"]].to_numpy()]
    table.loc[table.index.isin(AS_STATED), "changed"] = False
    return table


def changed(stored, measured, error, place):
    """Whether a figure has changed by more than its last digit and three standard errors."""
    if isinstance(measured, str) or isinstance(stored, str) or pd.isna(stored) or pd.isna(measured):
        return not (stored == measured or (pd.isna(stored) and pd.isna(measured)))
    return abs(stored - measured) > max(0.5001 * 10.0**-place.decimals, 3 * error)


def main(words):
    """Print the table; write what has changed if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.world.measure_truth", description=__doc__.split("\n")[0])
    parser.add_argument("groups", nargs="*", help=f"of: {', '.join(ESTIMANDS)}; all, if none is named")
    parser.add_argument("--large", type=int, default=200_000, help="customers of the large company")
    parser.add_argument("--panels", type=int, default=200, help="companies of 2,000 customers")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument("--write", action="store_true", help="write what has changed")
    asked = parser.parse_args(words)
    groups = {one_of("group", name, ESTIMANDS) for name in asked.groups or ESTIMANDS}
    table = compared(groups, measured(groups, asked.large, asked.panels, asked.jobs))
    for name, row in table.iterrows():
        error = f" ± {row['error']:.2g}" if row["error"] else ""
        print(f"{'*' if row['changed'] else ' '} {name:50} {row['stored']!s:>12} {show(row['measured']):>12}{error}")
    print(f"{table['changed'].sum()} of {len(table)} figures have changed.")
    if asked.write:
        rewrite(table[table["changed"]])


def show(value):
    return f"{value:.5g}" if isinstance(value, float | np.floating) else str(value)


if __name__ == "__main__":
    main(sys.argv[1:])
