"""Test calls to every agent: a checklist, brought in by half of the teams, raises the mean and narrows the spread."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.calls import TEAMS
from crm_lab.world._coded import coded
from crm_lab.world._serving.serving_parameters import CheckParameters

MOST_POINTS = 20


def make_service_checks(parameters: CheckParameters, agents: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The table service_checks, by agent and day.

    agents  the table of that name
    """
    rng = stream(seed, "service_checks")
    days = np.array([*parameters.before, *parameters.after], "datetime64[D]")
    with_list = pd.Series(rng.permutation(len(TEAMS)) % 2 == 0, TEAMS)
    drawn = with_list.reindex(agents["team"]).to_numpy()
    listed = drawn[:, None] & (np.arange(len(days)) >= len(parameters.before))
    shape = listed.shape
    between, within = (np.where(listed, narrow, 1.0) for narrow in parameters.narrows)
    points = parameters.points + parameters.adds * listed
    points = points + parameters.between * between * rng.standard_normal((shape[0], 1))
    points = points + parameters.within * within * rng.standard_normal(shape)
    spread = parameters.seconds_spread
    pace = spread[0] * rng.standard_normal((shape[0], 1)) + spread[1] * rng.standard_normal(shape)
    seconds = parameters.seconds * np.exp(pace - (spread[0] ** 2 + spread[1] ** 2) / 2)
    agent, day = np.indices(shape).reshape(2, -1)
    return pd.DataFrame(
        {
            "agent_id": coded(agents["agent_id"], agent),
            "checked_on": days[day],
            "checklist": listed.ravel(),
            "points": np.clip(np.round(points), 0, MOST_POINTS).ravel(),
            "seconds": np.round(seconds * np.where(listed, parameters.slower, 1.0)).ravel(),
        }
    )
