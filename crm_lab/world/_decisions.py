"""From a manager's decisions to what they cost and do; and the one sentence for decisions that cannot be.

Some work in the quarter, some leave something behind: money at work in quality and in the community wears off slowly,
and satisfaction follows what customers meet step by step. Satisfied customers leave less and bring others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from numbers import Real
from typing import Any

import numpy as np

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.world._calls.call_tables import CallCentre
from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._decision_parameters import DecisionParameters
from crm_lab.world._effects import Effects
from crm_lab.world._market.market_parameters import PAID
from crm_lab.world._policy import Actions


@dataclass(frozen=True)
class Momentum:
    """What earlier decisions still do. As given, nothing.

    quality, community  ¥ at work
    mood                satisfaction of everyone, in standard deviations above the recorded company's
    """

    quality: float = 0.0
    community: float = 0.0
    mood: float = 0.0


def check(actions: Any, parameters: DecisionParameters, campaigns: Iterable[str]) -> None:
    """Raise InputError naming the first action that cannot be, and what is allowed."""
    if not isinstance(actions, Actions):
        raise InputError(_("A quarter's decisions must be Actions(...), not {value!r}.").format(value=actions))
    _amounts("acquisition", actions.acquisition, PAID)
    for name, (low, high) in parameters.limits.items():
        value = getattr(actions, name)
        if not _is_number(value) or not low <= value <= high:
            raise InputError(
                _(
                    "{name} must be a number from {low:g} to {high:g}, as a multiple of the usual, not {value!r}."
                ).format(name=name, low=low, high=high, value=value)
            )
    for name in ("quality", "community"):
        _amount(name, getattr(actions, name))
    _mapping("offers", actions.offers, tuple(campaigns))
    for name, rule in actions.offers.items():
        if not callable(rule):
            raise InputError(
                _("offers[{name!r}] must be a rule, a function of the known customers, not {value!r}.").format(
                    name=name, value=rule
                )
            )


def _amounts(what: str, amounts: Any, allowed: tuple[str, ...]) -> None:
    _mapping(what, amounts, allowed)
    for name, value in amounts.items():
        _amount(f"{what}[{name!r}]", value)


def _mapping(what: str, value: Any, allowed: tuple[str, ...]) -> None:
    names = ", ".join(allowed)
    if not isinstance(value, Mapping):
        raise InputError(
            _("{what} must be a dict with some of these names: {names}; not {value!r}.").format(
                what=what, names=names, value=value
            )
        )
    for name in value:
        if name not in allowed:
            raise InputError(
                _("{what} has the unknown name {name!r}. Use some of: {names}.").format(
                    what=what, name=name, names=names
                )
            )


def _amount(what: str, value: Any) -> None:
    if not _is_number(value) or value < 0:
        raise InputError(_("{what} must be an amount in ¥, 0 or more, not {value!r}.").format(what=what, value=value))


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_) and math.isfinite(value)


def picked(name: str, rule: Any, customers: Any) -> np.ndarray:
    """Which of the customers the rule of an offer picks. Raises InputError where it fails or answers something else.

    customers  what is known of them; the rule gets a copy
    """
    wanted = _("It takes the known customers, a frame, and returns True or False for each.")
    try:
        answer = rule(customers.copy())
        found = np.asarray(answer)
    except Exception as error:
        raise InputError(
            _("The rule of offers[{name!r}] fails: {error}. {wanted}").format(
                name=name, error=f"{type(error).__name__}: {error}", wanted=wanted
            )
        ) from error
    if found.shape != (len(customers),) or found.dtype != bool:
        raise InputError(
            _("The rule of offers[{name!r}] returns {kind} of shape {shape}. {wanted}").format(
                name=name, kind=type(answer).__name__, shape=found.shape, wanted=wanted
            )
        )
    return found


@dataclass(frozen=True)
class Costs:
    """¥ of the whole company in a quarter, by what they are spent on."""

    acquisition: float
    offers: float
    agents: float
    recovery: float
    quality: float
    community: float

    def above(self, usual: Costs) -> str:
        """The name of what exceeds the usual most."""
        return max((field.name for field in fields(self)), key=lambda name: getattr(self, name) - getattr(usual, name))

    @property
    def total(self) -> float:
        """All of it."""
        return sum(getattr(self, field.name) for field in fields(self))


def costs_of(
    actions: Actions,
    parameters: DecisionParameters,
    usual_spend: Mapping[str, float],
    centre: CallCentre,
    quarter: int,
    contacts: float = 0.0,
) -> Costs:
    """What the decisions cost.

    usual_spend  ¥ by paid channel
    contacts     ¥ for contacting everyone an offer goes to
    """
    return Costs(
        acquisition=sum((dict(usual_spend) | dict(actions.acquisition)).values()),
        offers=contacts,
        agents=parameters.wage * centre.load(quarter, float(actions.agents)).hours,
        recovery=parameters.desk * actions.speed,
        quality=actions.quality,
        community=actions.community,
    )


def effects_of(
    actions: Actions,
    parameters: DecisionParameters,
    tickets: TicketParameters,
    usual_spend: Mapping[str, float],
    centre: CallCentre,
    quarter: int,
    before: Momentum,
) -> tuple[Effects, Momentum]:
    """What the decisions do in the quarter, and what they leave behind for the next."""
    p = parameters
    quality, community = before.quality + actions.quality, before.community + actions.community
    failing = p.quality_floor + (1 - p.quality_floor) * 0.5 ** (quality / p.quality_half)
    alive = community / (community + p.community_half)
    gained = 0.0
    if actions.agents != 1:
        loads = (centre.load(quarter, float(staffing)) for staffing in (actions.agents, 1.0))
        served, usual = (load.service_level for load in loads)
        gained = served - usual
    settled = (1 - tickets.favour) - (1 - tickets.favour) ** actions.compensation
    goal = p.mood_by_service * gained + p.mood_by_failing * (failing - 1)
    goal += p.mood_by_generosity * settled + p.mood_by_community * alive
    effects = Effects(
        accounts=_accounts(actions, p, usual_spend, 1 + p.community_accounts * alive, before.mood),
        failing=failing,
        response=math.exp(-p.slow_by_service * gained) / actions.speed,
        generosity=float(actions.compensation),
        mood=before.mood,
        leaving=math.exp(-p.leaving_by_mood * before.mood),
        posts=1 + p.community_posts * alive,
        agents=float(actions.agents),
    )
    mood = before.mood + p.mood_speed * (goal - before.mood)
    return effects, Momentum(p.quality_lasts * quality, p.community_lasts * community, mood)


def _accounts(
    actions: Actions, p: DecisionParameters, usual_spend: Mapping[str, float], alive: float, mood: float
) -> dict[str, float]:
    """New accounts by channel, as a multiple of the usual."""
    spent = {name: actions.acquisition.get(name, usual) / usual for name, usual in usual_spend.items()}
    accounts = {name: share ** p.returns_to_spend[name] for name, share in spent.items()}
    accounts["community"] *= alive
    return accounts | {"referral": alive * math.exp(p.referral_by_mood * mood)}
