"""Uplift: what a contact adds, from people treated or left alone at random, and whether a score finds it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, flags, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


@dataclass(frozen=True)
class Uplift:
    """Mean of the treated less mean of the held out, in the unit of the outcome; 95 % interval by Welch."""

    value: float
    standard_error: float
    interval: tuple[float, float]


def uplift(outcome: Any, treated: Any) -> Uplift:
    """What the treatment added: mean outcome of the treated − mean outcome of the others.

    outcome  True or False, or an amount; one a person
    treated  True where the person was treated. An effect only if this was drawn at random

    The standard error is √(s²₁/n₁ + s²₀/n₀); the interval takes Student's t with Welch's degrees of freedom.
    Raises InputError unless both groups have two people or more.
    Source: B. L. Welch (1947), Biometrika 34, 28–35.

    >>> one = uplift([3, 5, 1, 3], [True, True, False, False])
    >>> one.value, round(one.standard_error, 3), [round(end, 2) for end in one.interval]
    (2.0, 1.414, [-4.08, 8.08])
    """
    from scipy.stats import t

    table = _trial(outcome, treated)
    by = table.groupby("treated")["outcome"].agg(["mean", "var", "size"])
    value = float(by["mean"].diff().iloc[-1])  # False stands first
    parts = by["var"] / by["size"]
    error = sqrt(parts.sum())
    if error == 0:
        return Uplift(value, 0.0, (value, value))
    freedom = parts.sum() ** 2 / (parts**2 / (by["size"] - 1)).sum()
    half = float(t.ppf(0.975, freedom)) * error
    return Uplift(value, error, (value - half, value + half))


def qini_curve(outcome: Any, treated: Any, score: Any) -> pd.DataFrame:
    """How many additional outcomes the treated among the first so many people brought, highest score first.

    outcome, treated  as for uplift
    score             whom to treat first; people of equal score count together

    gain(k) = outcomes of the treated among the first k − outcomes of the others × treated ÷ others, both among the k.
    random(k) is the straight line to the last gain. Returns columns people, gain, random; the first row is 0.
    Source: N. J. Radcliffe (2007), Using control groups to target on predicted lift, Direct Marketing Anal. J., 14–21.

    >>> qini_curve([1, 0, 0, 1], [True, False, True, False], [9, 9, 1, 1]).to_numpy().tolist()
    [[0.0, 0.0, 0.0], [2.0, 1.0, 0.0], [4.0, 0.0, 0.0]]
    """
    table = _trial(outcome, treated).assign(score=numbers(score, "score").to_numpy())
    table["other"] = ~table["treated"]
    table["won"], table["alone"] = table["outcome"] * table["treated"], table["outcome"] * table["other"]
    sums = table.groupby("score")[["treated", "other", "won", "alone"]].sum()[::-1].cumsum().astype(float)
    scaled = (sums["alone"] * sums["treated"] / sums["other"]).where(sums["other"] > 0, 0.0)
    people = np.concatenate([[0.0], (sums["treated"] + sums["other"]).to_numpy()])
    gain = np.concatenate([[0.0], (sums["won"] - scaled).to_numpy()])
    return pd.DataFrame({"people": people, "gain": gain, "random": gain[-1] * people / people[-1]})


def qini(outcome: Any, treated: Any, score: Any) -> float:
    """The Qini coefficient: the area between the Qini curve and the straight line of a random order, ÷ people.

    outcome, treated, score  as for qini_curve

    So it is the mean gain over random, in outcomes, when every length of the list is as likely: 0 for a score that
    tells nothing, below 0 for one that is upside down. It grows with the trial: compare scores on the same people.

    >>> qini([1, 0, 0, 1], [True, False, True, False], [9, 9, 1, 1])
    0.5
    """
    curve = qini_curve(outcome, treated, score)
    return float(np.trapezoid(curve["gain"] - curve["random"], curve["people"]) / curve["people"].iloc[-1])


def _trial(outcome: Any, treated: Any) -> pd.DataFrame:
    if len(outcome) != len(treated):
        text = _("outcome has {n} entries and treated {m}. Give both for each person.")
        raise InputError(text.format(n=len(outcome), m=len(treated)))
    table = pd.DataFrame({"outcome": np.asarray(outcome), "treated": np.asarray(treated)})
    table = columns(table, ["outcome", "treated"], "outcome")
    if table["outcome"].dtype.kind == "b":
        table["outcome"] = table["outcome"].astype(float)
    table["outcome"] = numbers(table["outcome"], "outcome")
    for group in (True, False):
        if (flags(table, "treated", "outcome") == group).sum() < 2:
            raise InputError(_("treated: both groups need at least two people."))
    return table
