"""Arithmetic of moments in whole minutes, the grain of every time at Willow Lane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.world.parameters import TODAY

DAY = 1440  # minutes


def minutes(moments: Any) -> np.ndarray:
    """Whole minutes of each moment since 1970 (array, Series or one Timestamp); missing moments give a huge negative.

    >>> int(minutes(pd.Timestamp("1970-01-02")))
    1440
    """
    return np.asarray(moments, dtype="datetime64[m]").astype("int64")


def moments(minutes: np.ndarray) -> np.ndarray:
    """The moments of these minutes since 1970.

    >>> moments(np.array([1440])).astype(str).tolist()
    ['1970-01-02T00:00:00.000000']
    """
    return np.asarray(minutes, dtype="int64").astype("datetime64[m]").astype("datetime64[us]")


NOW = int(minutes(pd.Timestamp(TODAY)))
