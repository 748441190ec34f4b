"""Checks at the door: bad input gets one sentence naming the argument and what it must be."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any

from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def amount(value: Any, name: str, above: float | None = None) -> float:
    """`value` as a float; InputError unless it is one finite number, 0 or more (or above `above`)."""
    number = _number(value, name)
    if not math.isfinite(number) or number < 0 or (above is not None and number <= above):
        least = _("0 or more") if above is None else _("above {above:g}").format(above=above)
        raise InputError(_("{name} must be finite, {least}, not {value}.").format(name=name, least=least, value=value))
    return number


def share(value: Any, name: str) -> float:
    """`value` as a float; InputError unless it lies from 0 up to, but not at, 1."""
    if not 0 <= _number(value, name) < 1:
        raise InputError(
            _("{name} must be a share from 0 to below 1, such as 0.8 for 80 %, not {value}.").format(
                name=name, value=value
            )
        )
    return float(value)


def whole(value: Any, name: str, least: int = 0) -> int:
    """`value` as an int; InputError unless it is a whole number, at least `least`."""
    number = _number(value, name)
    if not number.is_integer() or number < least:
        raise InputError(
            _("{name} must be a whole number of at least {least}, not {value}.").format(
                name=name, least=least, value=value
            )
        )
    return int(number)


def _number(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or math.isnan(value):
        raise InputError(_("{name} must be one number, not {value!r}.").format(name=name, value=value))
    return float(value)
