"""The same queue told as a story in SimPy, with what the recursion cannot do: who may take what, and what else happens.

Callers come, stand in line, are answered or give up. Beyond that: callers with priority, agents with skills, channels
that can wait (an e-mail has all the patience in the world), a call-back for those who want one, a provider who takes
over when the wait gets long, a specialist to whom some callers are passed on, shifts with breaks.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from crm_lab.base.columns import columns
from crm_lab.base.errors import InputError
from crm_lab.base.text import _

if TYPE_CHECKING:
    import pandas as pd
    import simpy
    from simpy.core import EventPriority

MEET, GIVE_UP = (
    2,
    3,
)  # SimPy's own events (0 and 1) come first: who ends a call is free for the next
INF = float("inf")
ALWAYS = ((-INF, INF),)
OUTCOMES = ("answered", "abandoned", "called back", "provider")


@dataclass
class Agent:
    """One agent. `skills`: what they may take, none meaning everything; `spells`: from when to when they are there."""

    skills: frozenset[str] = frozenset()
    spells: Sequence[tuple[float, float]] = ALWAYS
    number: int = 0
    here: bool = False
    busy: bool = False
    free_since: float = -INF

    def takes(self, skill: str) -> bool:
        """Whether they can help with something."""
        return not self.skills or skill in self.skills


@dataclass
class Call:
    """One contact: when it comes, how long it takes and what is special about it.

    skill       what an agent must know
    priority    0 is answered first; among equals, who came first
    call_back   whether the caller takes an offer to be called back
    specialist  the skill and the time of a second agent, to whom the caller is passed on afterwards
    """

    arrival: float
    service: float
    patience: float = INF
    skill: str = ""
    priority: float = 0
    call_back: bool = False
    specialist: tuple[str, float] | None = None
    wait: float = float("nan")
    outcome: str = "abandoned"
    agent: int = -1


@dataclass
class Waiting:
    """A place in line."""

    place: tuple[float, int]
    skill: str
    answered: simpy.Event


@dataclass
class Centre:
    """The floor: who waits, who is free, and the rule by which they meet.

    call_back_from  length of the line from which on a call-back is offered
    provider_after  seconds of waiting after which a provider takes the call
    """

    env: simpy.Environment
    agents: list[Agent]
    call_back_from: float = INF
    provider_after: float = INF
    line: list[Waiting] = field(default_factory=list)
    tickets: Any = field(default_factory=count)

    def shift(self, agent: Agent) -> Generator[simpy.Event, Any, None]:
        """An agent's day: come, be there, go; a call in progress is finished."""
        spells = [(start, self.after(start), self.after(end)) for start, end in agent.spells]
        for start, comes, goes in spells:
            yield comes
            agent.here, agent.free_since = True, max(agent.free_since, start)
            self._look()
            yield goes
            agent.here = False

    def visit(self, call: Call) -> Generator[simpy.Event, Any, None]:
        """A caller's way: come, wait, talk, and perhaps on to a specialist."""
        yield self.after(call.arrival)
        back = call.call_back and len(self.line) >= self.call_back_from
        joined, patience = self._join(call, back)
        ends = {"abandoned": patience, "provider": self.provider_after}
        limits = {name: self.after(delay, GIVE_UP) for name, delay in ends.items() if delay < INF}
        yield self.env.any_of([joined.answered, *limits.values()]) if limits else joined.answered
        call.wait = self.env.now - call.arrival
        if not joined.answered.triggered:
            self.line.remove(joined)
            provider = limits.get("provider")
            call.outcome = "provider" if provider and provider.processed else "abandoned"
            return
        agent = cast(Agent, joined.answered.value)
        call.outcome, call.agent = "called back" if back else "answered", agent.number
        yield from self._talk(agent, call.service)
        if call.specialist:
            yield from self._pass_on(call, *call.specialist)

    def _join(self, call: Call, back: bool) -> tuple[Waiting, float]:
        """Stand in line; who is to be called back goes behind all who wait, and does not give up."""
        place = (INF if back else call.priority, next(self.tickets))
        waiting = Waiting(place, call.skill, self.env.event())
        self.line.append(waiting)
        self._look()
        return waiting, INF if back else call.patience

    def _talk(self, agent: Agent, service: float) -> Generator[simpy.Event, Any, None]:
        yield self.env.timeout(service)
        agent.busy, agent.free_since = False, self.env.now
        self._look()

    def _pass_on(self, call: Call, skill: str, service: float) -> Generator[simpy.Event, Any, None]:
        waiting = Waiting((call.priority, next(self.tickets)), skill, self.env.event())
        self.line.append(waiting)
        since = self.env.now
        self._look()
        agent = yield waiting.answered
        call.wait += self.env.now - since
        yield from self._talk(agent, service)

    def _look(self) -> None:
        """Once all that happens at this moment has happened, let callers and agents meet, if there are both."""
        if self.line and any(agent.here and not agent.busy for agent in self.agents):
            self.after(0, MEET).callbacks.append(lambda moment: self._meet())

    def _meet(self) -> None:
        """The first in line whom somebody can help goes to the agent of fewest skills who has been free longest."""
        free = [agent for agent in self.agents if agent.here and not agent.busy]
        for waiting in sorted(self.line, key=lambda one: one.place) if free else ():
            able = [agent for agent in free if agent.takes(waiting.skill)]
            if able:
                agent = min(able, key=lambda one: (len(one.skills) or INF, one.free_since, one.number))
                agent.busy = True
                self.line.remove(waiting)
                waiting.answered.succeed(agent)
                self._look()  # for the next pair
                return

    def after(self, delay: float, priority: int = 1) -> simpy.Event:
        """A moment so much later, or never; of events at one moment the lower `priority` comes first."""
        moment = self.env.event()
        moment._ok, moment._value = True, None
        if delay < INF:
            self.env.schedule(moment, cast("EventPriority", priority), max(delay, 0))
        return moment


def story(
    calls: pd.DataFrame,
    agents: int | Sequence[Agent],
    call_back_from: float = INF,
    provider_after: float = INF,
) -> pd.DataFrame:
    """Let every call of a day happen, one event after the other. All times in one unit, from 0.

    calls           arrival and service; as far as there are: patience, skill, priority, call_back, and for those who
                    are passed on specialist (a skill, "" for none) and specialist_service; see Call
    agents          how many who take everything, or a list of Agent
    call_back_from  length of the line from which on a call-back is offered to those who take one
    provider_after  waiting time after which a provider takes the call

    Returns `calls` with wait (until answered, called back, taken over or given up; with that for the specialist),
    outcome (one of OUTCOMES) and agent (number from 0, -1 for none).
    Raises InputError where a column is missing or a time is negative.
    Source: the rules of `simulate`, with which it agrees call by call; SimPy's users call this process interaction.

    >>> import pandas as pd
    >>> calls = pd.DataFrame({"arrival": [0, 1, 2, 3], "service": 5.0, "patience": [9, 9, 2, 9]})
    >>> story(calls, agents=2)[["wait", "outcome", "agent"]].values.tolist()
    [[0.0, 'answered', 0], [0.0, 'answered', 1], [2.0, 'abandoned', -1], [2.0, 'answered', 0]]
    >>> story(calls.assign(priority=[0, 0, 0, -1]), 1)["wait"].tolist()
    [0.0, 9.0, 2.0, 2.0]
    """
    import simpy

    people = [Agent() for _number in range(agents)] if isinstance(agents, int) else list(agents)
    told = list(_calls_of(calls))
    centre = Centre(simpy.Environment(), [], call_back_from, provider_after)
    for number, agent in enumerate(people):
        centre.agents.append(Agent(agent.skills, agent.spells, number))
        centre.env.process(centre.shift(centre.agents[-1]))
    for call in told:
        centre.env.process(centre.visit(call))
    centre.env.run()
    waits = [call.patience if call.wait != call.wait else call.wait for call in told]
    return calls.assign(wait=waits, outcome=[call.outcome for call in told], agent=[call.agent for call in told])


def _calls_of(calls: pd.DataFrame) -> Iterable[Call]:
    """The rows of a table as calls."""
    columns(calls, ["arrival", "service"], "calls")
    known = [name for name in ("arrival", "service", "patience", "skill", "priority", "call_back") if name in calls]
    times = [name for name in ("arrival", "service", "patience", "specialist_service") if name in calls]
    if late := next((name for name in times if not (calls[name] >= 0).all()), ""):
        raise InputError(_("{name} must be 0 or more for every call, with none missing.").format(name=late))
    passed = zip(calls["specialist"], calls["specialist_service"], strict=True) if "specialist" in calls else ()
    second = [(skill, time) if skill else None for skill, time in passed] or [None] * len(calls)
    for row, specialist in zip(calls[known].to_dict("records"), second, strict=True):
        yield Call(**cast("dict[str, Any]", row), specialist=specialist)
