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


def days_between(earlier: Any, later: Any) -> np.ndarray:
    """Days from each earlier to each later moment, with fractions; nan where one is missing.

    >>> float(days_between(pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-02 12:00")))
    1.5
    """
    days = (minutes(later) - minutes(earlier)) / DAY
    return np.where(pd.isna(earlier) | pd.isna(later), np.nan, days)


NOW = int(minutes(pd.Timestamp(TODAY)))
