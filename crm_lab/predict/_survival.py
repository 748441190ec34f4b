"""Survival: which share is still there after so many days, when many have not been watched to the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, flags, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def kaplan_meier(duration: Any, gone: Any) -> pd.DataFrame:
    """The Kaplan–Meier curve: S(t) = Π over the times up to t of (1 − gone ÷ at risk).

    duration  how long each was watched, any unit, from 0
    gone      True: it ended then; False: still there when watching stopped (censored)

    Whoever is censored at a time is still at risk at it. Standard error by Greenwood's formula,
    S √Σ gone ÷ (at risk × (at risk − gone)); the interval is S ± 1.96 standard errors, cut at 0 and 1.
    Returns a DataFrame, one row a time at which somebody went: time, at_risk, gone, survival, standard_error, low and
    high; a first row at time 0 holds everybody.
    Raises InputError for a negative duration, or where gone holds anything but True and False.
    Source: E. L. Kaplan & P. Meier (1958), Journal of the American Statistical Association 53(282), 457–481;
    M. Greenwood (1926), The natural duration of cancer.

    >>> kaplan_meier([2, 3, 3, 5], [True, True, False, True])[["time", "at_risk", "survival"]].to_numpy().tolist()
    [[0.0, 4.0, 1.0], [2.0, 4.0, 0.75], [3.0, 3.0, 0.5], [5.0, 1.0, 0.0]]
    """
    table = columns(pd.DataFrame({"time": list(duration), "gone": list(gone)}), ["time", "gone"], "duration, gone")
    time, over = numbers(table["time"], "duration"), flags(table, "gone", "duration")
    if (time < 0).any():
        raise InputError(_("duration holds a negative number. Count from the first order on."))
    steps = over.groupby(time).agg(["size", "sum"])
    steps["at_risk"] = steps["size"][::-1].cumsum()
    steps = steps[steps["sum"] > 0]
    rest = steps["at_risk"] - steps["sum"]
    survival = (rest / steps["at_risk"]).cumprod()
    spread = (steps["sum"] / (steps["at_risk"] * rest)).replace(np.inf, 0).cumsum()  # where all are gone, S is 0
    error = survival * np.sqrt(spread)
    result = pd.DataFrame(
        {"at_risk": steps["at_risk"], "gone": steps["sum"], "survival": survival, "standard_error": error}
    )
    start = pd.DataFrame({"at_risk": [len(table)], "gone": 0, "survival": 1.0, "standard_error": 0.0}, index=[0.0])
    result = pd.concat([start, result]).rename_axis("time").reset_index()
    for name, sign in (("low", -1), ("high", 1)):
        result[name] = (result["survival"] + sign * 1.96 * result["standard_error"]).clip(0, 1)
    return result
