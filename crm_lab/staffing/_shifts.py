"""Shifts that cover the agents needed, half-hour by half-hour, at least cost: Dantzig's set-covering programme.

G. B. Dantzig (1954), "A comment on Edie's Traffic delays at toll booths", Journal of the Operations Research Society
of America 2: as few shifts as possible, each covering some half-hours, so that every half-hour has the agents it needs.
Solved in whole numbers by SciPy's `milp` (the HiGHS solver).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import whole, within
from crm_lab.base.columns import columns, complete, distinct, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext

FULL, PART = "full_time", "part_time"


def shift_patterns(
    opens: str = "08:00",
    closes: str = "22:00",
    full_hours: float = 8.5,
    part_hours: float = 4.0,
    breaks: Sequence[float] = (3.5, 4.0, 4.5),
    hourly: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Every shift an agent may work: full ones with a break of half an hour, part ones without.

    opens, closes  first and last moment of the day, HH:MM
    full_hours     from start to end of a full shift, break included
    part_hours     length of a part shift
    breaks         hours into a full shift at which the break may begin
    hourly         ¥ an hour paid by contract: {"full_time": …, "part_time": …}; the break is not paid

    Returns a DataFrame, one row a pattern: contract, start, end, break_start (HH:MM, empty for none), hours (paid),
    cost (¥). Shifts start on the half-hour.

    >>> shift_patterns("08:00", "13:00", full_hours=4.5, breaks=[2.0])
        contract  start    end break_start  hours   cost
    0  full_time  08:00  12:30       10:00    4.0  180.0
    1  full_time  08:30  13:00       10:30    4.0  180.0
    2  part_time  08:00  12:00                4.0  180.0
    3  part_time  08:30  12:30                4.0  180.0
    4  part_time  09:00  13:00                4.0  180.0
    """
    wage = {FULL: 45.0, PART: 45.0} | dict(hourly or {})
    first, last = slot(opens), slot(closes)
    full, part = _slots(full_hours, "full_hours"), _slots(part_hours, "part_hours")
    rows = []
    for begin in range(first, last - full + 1):
        for after in breaks:
            pause = begin + _slots(after, "breaks")
            if not begin < pause < begin + full - 1:
                raise InputError(_("breaks must lie inside the full shift of {hours} hours.").format(hours=full_hours))
            rows.append((FULL, clock(begin), clock(begin + full), clock(pause), (full - 1) / 2))
    rows += [(PART, clock(begin), clock(begin + part), "", part / 2) for begin in range(first, last - part + 1)]
    table = pd.DataFrame(rows, columns=["contract", "start", "end", "break_start", "hours"])
    return table.assign(cost=table["hours"] * table["contract"].map(wage).astype(float))


@dataclass(frozen=True)
class ShiftPlan:
    """How many start which shift, and what that covers.

    shifts  the patterns used: contract, start, end, break_start, agents, hours, cost (of all these agents)
    cover   indexed by start of the half-hour: needed, on_duty, spare (agents)
    hours   paid hours of the day
    cost    ¥ of the day
    """

    shifts: pd.DataFrame
    cover: pd.DataFrame
    hours: float
    cost: float


def plan_shifts(
    needed: pd.Series, patterns: pd.DataFrame | None = None, limit: Mapping[str, int] | None = None
) -> ShiftPlan:
    """The cheapest shifts that give every half-hour of a day the agents it needs.

    needed    agents needed on the telephone, indexed by start of the half-hour (HH:MM)
    patterns  shifts to choose from, as from shift_patterns; when not given, those with its usual values
    limit     most shifts of each contract that can be filled in a day, such as {"full_time": 37, "part_time": 27}

    Minimise Σ cost · x over whole numbers x ≥ 0 with Σ over shifts on duty in t of x ≥ needed(t) for every t.

    Returns a ShiftPlan. Raises InputError where no choice covers the day, and says which half-hours stay open.
    Source: Dantzig (1954).

    >>> plan = plan_shifts(pd.Series([3, 3, 1], index=["08:00", "12:00", "21:30"]))
    >>> plan.shifts["agents"].sum(), plan.cost
    (np.int64(4), 1260.0)
    """
    need = _needed(needed)
    choice = shift_patterns() if patterns is None else _patterns(patterns)
    covers = _covers(choice, need.index)
    agents = _solve(need, choice, covers, limit or {})
    used = choice.assign(agents=agents, hours=choice["hours"] * agents, cost=choice["cost"] * agents)
    cover = pd.DataFrame({"needed": need, "on_duty": covers @ agents})
    cover["spare"] = cover["on_duty"] - cover["needed"]
    names = ["contract", "start", "end", "break_start", "agents", "hours", "cost"]
    shifts = used.loc[agents > 0, names].reset_index(drop=True)
    return ShiftPlan(shifts, cover, float(shifts["hours"].sum()), float(shifts["cost"].sum()))


def _solve(need: pd.Series, choice: pd.DataFrame, covers: np.ndarray, limit: Mapping[str, int]) -> np.ndarray:
    """How many work each pattern."""
    from scipy.optimize import LinearConstraint, milp

    rules = [LinearConstraint(covers, need.to_numpy(), np.inf)]
    for contract, most in limit.items():
        own = choice["contract"].eq(contract).to_numpy(float)
        if not own.any():
            raise InputError(_("limit names {name!r}, but no pattern has this contract.").format(name=contract))
        rules.append(LinearConstraint(own, 0, whole(most, f"limit, {contract}", 0)))
    # of plans that cost the same, one and the same everywhere: the earlier pattern counts a hair less
    price = choice["cost"].to_numpy() * (1 + 1e-6 * np.arange(len(choice)) / len(choice))
    options = {"mip_rel_gap": 0.0, "time_limit": 60.0}
    answer = milp(price, constraints=rules, integrality=np.ones(len(price)), options=options)
    if answer.x is None:
        raise InputError(_open_half_hours(need, covers, rules))
    return np.rint(answer.x).astype(int)


def _open_half_hours(need: pd.Series, covers: np.ndarray, rules: Sequence[Any]) -> str:
    """What is missing in the plan that leaves least open, as one sentence."""
    from scipy.optimize import LinearConstraint, milp

    patterns, size = covers.shape[1], len(need)
    cost = np.concatenate([np.zeros(patterns), np.ones(size)])
    relaxed = [LinearConstraint(np.hstack([covers, np.eye(size)]), need.to_numpy(), np.inf)]
    relaxed += [LinearConstraint(np.append(rule.A, np.zeros(size)), 0, rule.ub) for rule in rules[1:]]
    answer = milp(cost, constraints=relaxed, integrality=np.ones(len(cost)))
    lack = pd.Series(np.rint(answer.x[patterns:]).astype(int), index=need.index)
    text = ngettext(
        "These shifts cannot cover the day: even at best {n} half-hour lacks agents, most at {worst} ({lack}). "
        "Allow more shifts, other shifts, or need fewer agents.",
        "These shifts cannot cover the day: even at best {n} half-hours lack agents, most at {worst} ({lack}). "
        "Allow more shifts, other shifts, or need fewer agents.",
        int((lack > 0).sum()),
    )
    return text.format(n=int((lack > 0).sum()), worst=lack.idxmax(), lack=lack.max())


def on_duty(shifts: pd.DataFrame, half_hours: Sequence[str], agents: str = "agents") -> pd.Series:
    """Agents on the telephone in every half-hour of a day, those on a break not counted.

    shifts      start, end, break_start (HH:MM, empty for none) and a column with how many work each
    half_hours  the starts to count, HH:MM
    agents      name of that column

    Returns a Series indexed by the half-hours.

    >>> shifts = pd.DataFrame({"start": ["08:00"], "end": ["09:30"], "break_start": ["08:30"], "agents": [2]})
    >>> on_duty(shifts, ["08:00", "08:30", "09:00", "09:30"]).tolist()
    [2, 0, 2, 0]
    """
    table = columns(shifts, ["start", "end", "break_start", agents], "shifts", empty_ok=True)
    index = pd.Index(list(half_hours), name="start")
    return pd.Series(_covers(table, index) @ table[agents].to_numpy(int), index=index, name="on_duty")


def _covers(patterns: pd.DataFrame, half_hours: pd.Index) -> np.ndarray:
    """1 where a pattern (column) is on duty in a half-hour (row), else 0."""
    at = np.array([slot(start) for start in half_hours])[:, None]
    begin, end = (np.array([slot(time) for time in patterns[name]], dtype=int) for name in ("start", "end"))
    pause = np.array([slot(time) if time else -1 for time in patterns["break_start"].fillna("")], dtype=int)
    return ((begin <= at) & (at < end) & (at != pause)).astype(int)


def _needed(needed: Any) -> pd.Series:
    if not isinstance(needed, pd.Series):
        raise InputError(
            _("needed must be a Series of agents indexed by half-hour, not {type}.").format(type=type(needed).__name__)
        )
    distinct(needed.index.to_series(), "needed")
    values = numbers(needed, "needed")
    if (values < 0).any() or (values % 1 != 0).any():
        raise InputError(_("needed must hold whole numbers of agents, 0 or more. Round up first."))
    return values.astype(int).rename_axis("start")


def _patterns(patterns: Any) -> pd.DataFrame:
    table = columns(patterns, ["contract", "start", "end", "break_start", "hours", "cost"], "patterns")
    for name in ("contract", "start", "end", "hours", "cost"):
        complete(table[name], f"patterns, {name}")
    if (numbers(table["cost"], "patterns, cost") <= 0).any():
        raise InputError(_("patterns, cost must be above 0 for every shift."))
    return table


def slot(time: Any) -> int:
    """Number of the half-hour that begins at a time of day, counted from midnight.

    >>> slot("08:30")
    17
    """
    try:
        hours, minutes = str(time).split(":")
        number = int(hours) * 2 + int(minutes) // 30
        fits = int(minutes) in (0, 30) and 0 <= number <= 48
    except ValueError:
        fits = False
    if not fits:
        raise InputError(_("{time!r} is no half-hour. Write it as '08:00' or '08:30'.").format(time=time))
    return number


def clock(number: int) -> str:
    """The time of day at which half-hour number `number` from midnight begins.

    >>> clock(17)
    '08:30'
    """
    return f"{number // 2:02d}:{number % 2 * 30:02d}"


def _slots(hours: float, name: str) -> int:
    """Hours as a number of half-hours."""
    length = 2 * within(hours, name, 0, 24)
    if length % 1:
        raise InputError(
            _("{name} must be whole half-hours such as 4.0 or 4.5, not {hours}.").format(name=name, hours=hours)
        )
    return int(length)
