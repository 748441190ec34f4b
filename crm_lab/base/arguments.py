"""Checks at the door, one value at a time: bad input gets one sentence naming the argument and what it must be.

One rule for all: a number is any real number but True, False and NaN; a whole number may be written 3 or 3.0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from numbers import Real
from typing import Any

import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def number(value: Any, name: str) -> float:
    """`value` as a float; InputError unless it is one number.

    >>> number(3, "score")
    3.0
    >>> number(True, "score")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: score must be one number, not True.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or math.isnan(value):
        raise InputError(_("{name} must be one number, not {value}.").format(name=name, value=_told(value)))
    return float(value)


def amount(value: Any, name: str, least: float = 0.0, above: float | None = None) -> float:
    """`value` as a float; InputError unless it is finite and at least `least` (or above `above`, where given).

    >>> amount(0, "load")
    0.0
    >>> amount(0, "handling_time", above=0)
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: handling_time must be finite, above 0, not 0.
    """
    given = number(value, name)
    if above is not None and not above < given < math.inf:
        raise InputError(
            _("{name} must be finite, above {above:g}, not {value}.").format(name=name, above=above, value=value)
        )
    if above is None and not least <= given < math.inf:
        raise InputError(
            _("{name} must be finite, {least:g} or more, not {value}.").format(name=name, least=least, value=value)
        )
    return given


def within(value: Any, name: str, above: float, most: float) -> float:
    """`value` as a float; InputError unless it lies above `above`, up to `most`.

    >>> within(1, "top", 0, 1)
    1.0
    >>> within(20, "top", 0, 1)
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: top must lie above 0, up to 1, not 20.
    """
    if not above < number(value, name) <= most:
        text = _("{name} must lie above {above:g}, up to {most:g}, not {value}.")
        raise InputError(text.format(name=name, above=above, most=most, value=value))
    return float(value)


def share(value: Any, name: str, zero_ok: bool = True) -> float:
    """`value` as a float; InputError unless it lies from 0 (above it, if not `zero_ok`) up to, but not at, 1.

    >>> share(0.8, "target")
    0.8
    >>> share(80, "target")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: target must be a share from 0 to below 1, such as 0.8 for 80 %, not 80.
    """
    given = number(value, name)
    if not zero_ok and not 0 < given < 1:
        text = _("{name} must be a share between 0 and 1, such as 0.8 for 80 %, not {value}.")
        raise InputError(text.format(name=name, value=value))
    if not 0 <= given < 1:
        text = _("{name} must be a share from 0 to below 1, such as 0.8 for 80 %, not {value}.")
        raise InputError(text.format(name=name, value=value))
    return given


def whole(value: Any, name: str, least: int = 0) -> int:
    """`value` as an int; InputError unless it is a whole number, at least `least`.

    >>> whole(182.0, "days")
    182
    >>> whole(2.5, "agents")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: agents must be a whole number of at least 0, not 2.5.
    """
    real = isinstance(value, Real) and not isinstance(value, bool)
    if not real or not float(value).is_integer() or value < least:
        text = _("{name} must be a whole number of at least {least}, not {value}.")
        raise InputError(text.format(name=name, least=least, value=_told(value)))
    return int(value)


def rising(cuts: Sequence[float], name: str, above: float = -math.inf, most: float = math.inf) -> list[float]:
    """`cuts` as a list of floats; InputError unless there is one, they rise, and all lie above `above`, up to `most`.

    >>> rising((0.8, 0.95), "cuts", above=0, most=1)
    [0.8, 0.95]
    >>> rising((0.9, 0.8), "cuts")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: cuts must rise from each to the next: [0.9, 0.8].
    """
    steps = [number(cut, name) for cut in cuts]
    if not steps:
        raise InputError(_("{name} is empty. Give at least one number.").format(name=name))
    for cut in steps:
        if (above, most) != (-math.inf, math.inf):
            within(cut, name, above, most)
        amount(cut, name, least=-math.inf)
    if any(later <= earlier for earlier, later in pairwise(steps)):
        raise InputError(_("{name} must rise from each to the next: {cuts}.").format(name=name, cuts=steps))
    return steps


def midnight(today: Any) -> pd.Timestamp:
    """The start of the day `today`; InputError unless it is a date without a time zone.

    >>> midnight("2026-01-01 09:30")
    Timestamp('2026-01-01 00:00:00')
    >>> midnight("soon")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: today must be a date such as '2026-01-01', not 'soon'.
    """
    try:
        moment = pd.Timestamp(today)
    except (TypeError, ValueError) as error:
        raise InputError(
            _("today must be a date such as '2026-01-01', not {today}.").format(today=_told(today))
        ) from error
    if pd.isna(moment) or moment.tz is not None:
        raise InputError(_("today must be a date without a time zone, not {today!r}.").format(today=today))
    return moment.normalize()


def top_count(share: float, n: int) -> int:
    """How many of `n` make up at least `share` of them, never fewer than one.

    The product is rounded first: 0.07 × 100 is 7.000000000000001 in a computer, yet 7 % of 100 are 7.

    >>> top_count(0.2, 5), top_count(0.07, 100), top_count(0.2, 6)
    (1, 7, 2)
    """
    return max(1, math.ceil(round(share * n, 9)))


def _told(value: Any) -> str:
    """What was given, short enough for a sentence: a table, a list and the like by kind and length alone.

    >>> _told(2.5), _told("soon"), _told(pd.Series([1.0, 2.0]))
    ('2.5', "'soon'", 'Series of length 2')
    """
    if isinstance(value, str) or not hasattr(value, "__len__") or getattr(value, "ndim", 1) == 0:
        return repr(value)
    return _("{kind} of length {n:,}").format(kind=type(value).__name__, n=len(value))
