"""The vendors of CRM software as the selection team sees them, and the tasks of bringing a system in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.office import CRITERIA, VENDORS
from crm_lab.world._names import LOCALES
from crm_lab.world._office.office_parameters import RolloutParameters
from crm_lab.world._office.words import TASKS


def make_vendor_scores(parameters: RolloutParameters, seed: int) -> pd.DataFrame:
    """The table vendor_scores: vendors differ in general, and each is better at some things than at others."""
    rng = stream(seed, "vendor_scores")
    level = parameters.score_mean + parameters.vendor_spread * rng.standard_normal((len(VENDORS), 1))
    score = level + parameters.score_spread * rng.standard_normal((len(VENDORS), len(CRITERIA)))
    return pd.DataFrame(
        {
            "vendor": np.repeat(VENDORS, len(CRITERIA)),
            "criterion": np.tile(CRITERIA, len(VENDORS)),
            "weight": np.tile(parameters.weights, len(VENDORS)),
            "score": np.clip(np.round(score), 1, 10).ravel(),
        }
    )


def make_rollout_tasks(parameters: RolloutParameters, seed: int, locale: str) -> pd.DataFrame:
    """The table rollout_tasks: the same tasks and order everywhere, other lengths and costs in every company."""
    rng = stream(seed, "rollout_tasks")
    phase, owner, usual, after, control, *texts = zip(*TASKS, strict=True)
    size = len(TASKS)
    likely = np.maximum(2, np.round(np.array(usual) * rng.uniform(*parameters.length, size)))
    low = np.maximum(1, np.floor(likely * rng.uniform(*parameters.low, size)))
    high = np.ceil(likely * rng.uniform(*parameters.high, size))
    return pd.DataFrame(
        {
            "task_id": [f"T{n:02d}" for n in range(1, size + 1)],
            "phase": phase,
            "task": texts[LOCALES.index(locale)],
            "owner": owner,
            "after": [";".join(f"T{n:02d}" for n in before) or None for before in after],
            "days_low": low,
            "days_likely": likely,
            "days_high": high,
            "cost": np.round(likely * rng.uniform(*parameters.day_cost, size), -2),
            "control_point": control,
        }
    )
