"""A queue in front of several agents, call by call and exact, for all replications at once.

Callers are served first come, first served, by the agent who has been free longest. A caller gives up when the wait
would exceed their patience. The wait that would be is known at once: it ends when the first agent is free of everyone
who came earlier and did not give up. One pass over the calls is therefore all it takes (Kiefer & Wolfowitz 1955 for
the recursion, Baccelli, Boyer & Hébuterne 1984 for patience), and one NumPy step serves every replication.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Waits:
    """What became of every call, in the shape of the arrivals.

    wait       time until answered, or the patience of a caller who gave up; NaN in padding
    abandoned  True where the caller gave up
    agent      row of the agent who answered, -1 where nobody did
    """

    wait: np.ndarray
    abandoned: np.ndarray
    agent: np.ndarray


def simulate(arrivals: Any, services: Any, patience: Any, agents: Any) -> Waits:
    """Serve every call first come, first served (G/G/c+G), all replications at once. All times in one unit.

    arrivals  times of arrival, (calls,) or (calls, replications), sorted along the calls; inf pads shorter columns
    services  handling time of each call, if it is answered; broadcast to the arrivals
    patience  longest wait each caller accepts, inf for any; broadcast to the arrivals
    agents    how many, or their shifts: (agents, 2) rows of start and end; (agents, spells, 2) where breaks split a
              shift; (agents, spells, 2, replications) where every replication has its own. inf pads missing spells.
              A call in progress at the end of a spell is finished; a break then ends as planned.

    Of several free agents the one free longest takes the call, of equals the first row. Nobody left to come counts as
    given up. Raises InputError where a time is missing or negative, arrivals are unsorted or shapes do not fit.

    >>> waits = simulate([0, 1, 2, 3], services=[5, 5, 5, 5], patience=[9, 9, 2, 9], agents=2)
    >>> waits.wait.tolist(), waits.abandoned.tolist(), waits.agent.tolist()
    ([0.0, 0.0, 2.0, 2.0], [False, False, True, False], [0, 1, -1, 0])
    >>> simulate([0, 1], services=4, patience=60, agents=[(0, 3), (10, 20)]).wait.tolist()
    [0.0, 9.0]
    """
    import numpy as np

    times, flat = _times(arrivals)
    service = _fitting("services", services, times, flat)
    limit = _fitting("patience", patience, times, flat)
    team = _Team(agents, times.shape[1])
    wait = np.full(times.shape, np.nan)
    agent = np.full(times.shape, -1)
    for call, at in enumerate(times):
        here = at < np.inf
        now = np.where(here, at, 0.0)
        first, free = team.first(now)
        begin = np.maximum(now, free)
        served = here & (begin - now <= limit[call]) & (begin < np.inf)
        team.busy(first, np.where(served, begin + service[call], free))
        wait[call] = np.where(served, begin - now, np.where(here, limit[call], np.nan))
        agent[call] = np.where(served, first, -1)
    abandoned = (agent < 0) & (times < np.inf)
    return Waits(*(part[:, 0] if flat else part for part in (wait, abandoned, agent)))


class _Team:
    """Who is free when: for each replication and agent the next moment they can answer, and when that spell ends."""

    def __init__(self, agents: Any, replications: int) -> None:
        import numpy as np

        self.starts, self.ends = _spells(agents)
        shape = (replications, self.starts.shape[1])
        self.starts, self.ends = (np.broadcast_to(part, (*shape, part.shape[2])) for part in (self.starts, self.ends))
        self.rows = np.arange(replications)
        self.spell = np.zeros(shape, dtype=np.int64)
        self.free, self.until = self.starts[:, :, 0].copy(), self.ends[:, :, 0].copy()
        self.always = bool((self.until == np.inf).all())
        self.change = np.full(replications, -np.inf)  # looked at when the first call comes: a spell may have no length

    def first(self, now: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The agent free first in each replication, and since or from when."""
        if not self.always:
            late = (now >= self.change).nonzero()[0]
            if len(late):
                self._move_on(late, now)
        agent = self.free.argmin(axis=1)
        return agent, self.free[self.rows, agent]

    def busy(self, agent: np.ndarray, free: np.ndarray) -> None:
        """Let one agent of each replication be free again only at `free`."""
        import numpy as np

        self.free[self.rows, agent] = free
        if not self.always:
            over = (free >= self.until[self.rows, agent]) & (free < np.inf)
            self.change[over] = -np.inf  # looked at when the next call comes

    def _move_on(self, rows: np.ndarray, now: np.ndarray) -> None:
        """Take agents whose spell is over to their next one. `rows`: the replications to look at."""
        import numpy as np

        free, until = self.free[rows], self.until[rows]
        over = np.maximum(free, now[rows, None]) >= until
        while over.any():
            row, agent = over.nonzero()
            at = rows[row], agent
            self.spell[at] += 1
            spell = self.spell[at]
            free[row, agent] = np.maximum(free[row, agent], self.starts[(*at, spell)])
            until[row, agent] = self.ends[(*at, spell)]
            over = np.maximum(free, now[rows, None]) >= until
        self.free[rows], self.until[rows] = free, until
        self.change[rows] = _first_end(until)


def _first_end(until: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.where(np.isnan(until), np.inf, until).min(axis=1)  # NaN: an agent who will not come again


def _spells(agents: Any) -> tuple[np.ndarray, np.ndarray]:
    """Starts and ends, each (replications or 1, agents, spells + 1); the last spell never comes."""
    import numpy as np

    if np.ndim(agents) == 0:
        whole = isinstance(agents, Real) and not isinstance(agents, bool) and float(agents).is_integer()
        if not whole or agents < 1:
            raise InputError(_("agents must be a whole number from 1, or shifts, not {value!r}.").format(value=agents))
        shifts = np.broadcast_to([[-np.inf], [np.inf]], (int(agents), 1, 2, 1))
    else:
        shifts = np.asarray(agents, dtype=float)
        shifts = shifts[:, None, :, None] if shifts.ndim == 2 else shifts
        shifts = shifts[..., None] if shifts.ndim == 3 else shifts
    if shifts.ndim != 4 or shifts.shape[2] != 2 or not shifts.size:
        raise InputError(_("Shifts must be rows of start and end, one row an agent; see help(simulate)."))
    starts, ends = np.moveaxis(shifts, (3, 0, 1, 2), (1, 2, 3, 0))
    if np.isnan(shifts).any() or (ends < starts).any() or (starts[..., 1:] < ends[..., :-1]).any():
        raise InputError(_("A shift ends before it starts, or spells of one agent overlap. Sort each agent's spells."))
    beyond = np.full((*starts.shape[:2], 1), np.inf)
    padding = np.isinf(starts) & (starts > 0)
    return np.concatenate([starts, beyond], axis=2), np.concatenate(
        [np.where(padding, np.nan, ends), beyond * np.nan], 2
    )


def _times(arrivals: Any) -> tuple[np.ndarray, bool]:
    import numpy as np

    times = np.asarray(arrivals, dtype=float)
    flat = times.ndim == 1
    times = times[:, None] if flat else times
    if times.ndim != 2:
        raise InputError(_("arrivals must have the shape (calls,) or (calls, replications)."))
    if np.isnan(times).any() or (times[1:] < times[:-1]).any():
        raise InputError(
            _("arrivals must be sorted from early to late, with no time missing; pad with inf at the end.")
        )
    return times, flat


def _fitting(name: str, values: Any, times: np.ndarray, flat: bool) -> np.ndarray:
    import numpy as np

    array = np.asarray(values, dtype=float)
    array = array[:, None] if flat and array.ndim == 1 else array
    try:
        array = np.broadcast_to(array, times.shape)
    except ValueError:
        raise InputError(
            _("{name} has the shape {shape}, which does not fit the arrivals; give one value a call.").format(
                name=name, shape=np.shape(values)
            )
        ) from None
    if not (array[times < np.inf] >= 0).all():
        raise InputError(_("{name} must be 0 or more for every call, with none missing.").format(name=name))
    return array
