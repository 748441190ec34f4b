"""The indices of a satisfaction survey: CSAT, NPS, CES, importance-weighted CSI and the ACSI score."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.satisfaction._estimate import Estimate, Z, answers, item_frame, normalised, of_mean, of_share

FEW = 30  # below it, and where all say the same, the usual interval of an NPS is too short


def csat(scores: Any) -> Estimate:
    """Customer satisfaction (CSAT): per cent of the answers that are 4 or 5 on a scale from 1 to 5.

    scores  whole numbers 1–5; missing answers are left out and counted

    Interval: adjusted Wald. Raises InputError for an answer out of scale.

    >>> csat([5, 4, 4, 3, 1])
    60 (22.91 to 88.4), n = 5
    """
    given, missing = answers(scores, "csat", 1, 5)
    return of_share(int((given >= 4).sum()), len(given), missing)


def nps_points(scores: Any) -> pd.Series:
    """Each answer as points whose mean is the NPS: 9 and 10 are 100, 0 to 6 are −100, 7 and 8 are 0.

    scores  whole numbers 0–10; missing stays missing

    >>> nps_points([10, 7, 6]).tolist()
    [100.0, 0.0, -100.0]
    """
    column = numbers(scores, "nps", missing_ok=True)
    given, _missing = answers(scores, "nps", 0, 10)
    points = np.select([given >= 9, given <= 6], [100.0, -100.0], 0.0)
    return pd.Series(points, given.index).reindex(column.index)


def nps(scores: Any) -> Estimate:
    """Net Promoter Score: per cent of promoters (9, 10) less per cent of detractors (0 to 6), −100 to 100.

    scores  whole numbers 0–10; missing answers are left out and counted

    Standard error 100 √((p + d − (p − d)²) / n). Interval ± 1.96 of these; of fewer than 30 answers or when all are
    alike, adjusted Wald: ¾ promoter, ¾ detractor and 1½ others are added first.
    NPS and Net Promoter are registered trademarks of Bain & Company, NICE Systems and Fred Reichheld.
    Source: F. Reichheld (2003), Harvard Business Review 81(12); B. Rocks (2016), The American Statistician 70(4).

    >>> nps([10, 9, 8, 7, 3])
    20 (-38.74 to 63.74), n = 5
    """
    points = nps_points(scores)
    given = points.dropna()
    n, p, d = len(given), int((given > 0).sum()), int((given < 0).sum())
    error = _nps_error(p, d, n)
    centre, reach = (p - d) / n, error
    if n < FEW or error == 0:
        centre, reach = (p - d) / (n + 3), _nps_error(p + 0.75, d + 0.75, n + 3)
    ends = (max(-100.0, 100 * centre - Z * reach), min(100.0, 100 * centre + Z * reach))
    return Estimate(100 * (p - d) / n, error, ends, n, len(points) - n)


def _nps_error(promoters: float, detractors: float, n: float) -> float:
    p, d = promoters / n, detractors / n
    return 100 * math.sqrt(max(0.0, p + d - (p - d) ** 2) / n)


def ces(scores: Any) -> Estimate:
    """Customer Effort Score: the mean of 1 (hard) to 7 (easy), with Student's interval.

    scores  whole numbers 1–7; missing answers are left out and counted

    Source: M. Dixon, K. Freeman & N. Toman (2010), Harvard Business Review 88(7/8); the form 1–7 is CEB's of 2013.

    >>> ces([7, 6, 5, 6, 6])
    6 (5.122 to 6.878), n = 5
    """
    return of_mean(*answers(scores, "ces", 1, 7))


def csi(scores: Any, importance: Any) -> Estimate:
    """Customer satisfaction index: satisfaction 1–10 with each attribute, weighted by importance, as 0–100.

    scores      mean of each attribute; or a DataFrame, one row a person and one column an attribute (whole numbers)
    importance  a weight of each attribute, in the same order, none below 0; they are divided by their sum

    100 (Σ wᵢ xᵢ − 1) ÷ 9. Of a DataFrame the interval is that of the people's mean, the weights taken as known; rows
    with a missing answer are left out. Of means alone it is unknown (NaN).

    >>> csi([9, 5], [3, 1]).value
    77.777777777778
    """
    return _zero_to_hundred(scores, importance, "scores", "importance")


def acsi(items: Any, weights: Any) -> Estimate:
    """Score of the American Customer Satisfaction Index: items 1–10, weighted, as 0–100.

    items    mean of each item; or a DataFrame, one row a person and one column an item (whole numbers)
    weights  of the items in the same order, none below 0, such as `.raw_weights` of a path model

    ACSI is a registered trademark of the American Customer Satisfaction Index, LLC.
    Source: C. Fornell et al. (1996), Journal of Marketing 60(4), 7–18.

    >>> acsi([10, 10, 10], [0.4, 0.3, 0.3]).value, acsi([1, 1, 1], [0.4, 0.3, 0.3]).value
    (100.0, 0.0)
    """
    return _zero_to_hundred(items, weights, "items", "weights")


def _zero_to_hundred(scores: Any, weights: Any, name: str, weights_name: str) -> Estimate:
    if isinstance(scores, pd.DataFrame):
        frame = item_frame(scores, name, 1, 10)
        own = (frame * normalised(weights, weights_name, frame.shape[1])).sum(axis=1)
        return of_mean(100 * (own - 1) / 9, len(scores) - len(frame))
    means = numbers(scores, name)
    for row, value in means[~means.between(1, 10)].items():
        text = _("{name}, row {row}: {value:g} does not lie between 1 and 10. Correct it or leave it out.")
        raise InputError(text.format(name=name, row=row, value=value))
    mean = float(means.to_numpy() @ normalised(weights, weights_name, len(means)))
    return Estimate(round(100 * (mean - 1) / 9, 12), math.nan, (math.nan, math.nan), 1)
