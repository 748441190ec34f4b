"""Who answers, and who takes part: repairing silence by calls, and an effect by comparing changes."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from scipy import stats

from crm_lab.base.columns import columns, flags, matched, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.satisfaction._estimate import Estimate, Z


def all_invited(values: Any, answered: pd.Series) -> Estimate:
    """The mean over all who were invited, from answers online and from calls to some of the silent.

    values    one number a person whose mean is the index: nps_points, 100 or 0 for a share, or the score; NaN if silent
    answered  "online", "phone" or "no" on the same index. Those phoned must be drawn at random among the silent

    share online × their mean + share silent × mean of the calls; the variances of both means add, each with its share
    squared. Raises InputError when there is no call, or no answer online.
    Source: M. H. Hansen & W. N. Hurwitz (1946), J. of the American Statistical Association 41, 517–529.

    >>> how = pd.Series(["online", "online", "phone", "phone", "no", "no"])
    >>> round(all_invited([100, 100, 0, 0, None, None], how).value, 2)
    33.33
    """
    points = numbers(values, "values", missing_ok=True)
    how = matched(answered, points.index, "answered", "values")
    share = {"online": (how == "online").mean(), "phone": (how != "online").mean()}
    mean, variance, n = 0.0, 0.0, 0
    for way, part in share.items():
        given = points[how == way].dropna()
        if len(given) < 2:
            text = _("answered: at least two answers by '{way}' are needed, there are {n}.")
            raise InputError(text.format(way=way, n=len(given)))
        mean += part * given.mean()
        variance += part**2 * given.var(ddof=1) / len(given)
        n += len(given)
    error = math.sqrt(variance)
    return Estimate(mean, error, (mean - Z * error, mean + Z * error), n, len(points) - n)


def difference_in_differences(changes: pd.DataFrame) -> Estimate:
    """How much more those who took part changed than those who did not, with Welch's 95 % interval.

    changes  one row a unit: before, after (same unit of measure), treated (True or False, drawn at random)

    mean change of the treated − mean change of the others. Raises InputError for fewer than two in a group.
    Source: O. Ashenfelter & D. Card (1985), Review of Economics and Statistics 67(4), 648–660.

    >>> rows = {"before": [5, 6, 5, 6], "after": [8, 8, 6, 6], "treated": [True, True, False, False]}
    >>> difference_in_differences(pd.DataFrame(rows)).value
    2.0
    """
    table = columns(changes, ["before", "after", "treated"], "changes")
    part = flags(table, "treated", "changes")
    change = numbers(table["after"], "changes, after") - numbers(table["before"], "changes, before")
    groups = change[part], change[~part]
    if min(map(len, groups)) < 2:
        raise InputError(_("changes: both groups need at least two rows. Look at `treated`."))
    result = stats.ttest_ind(*groups, equal_var=False)
    low, high = result.confidence_interval()
    error = math.sqrt(sum(group.var(ddof=1) / len(group) for group in groups))
    return Estimate(groups[0].mean() - groups[1].mean(), error, (low, high), len(change))
