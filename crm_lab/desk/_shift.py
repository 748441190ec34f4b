"""A shift at the desk: customers come in turn, are looked up, listened to and answered, and the standard is applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _
from crm_lab.desk import _knowledge
from crm_lab.desk._scenario import CROSS, END, SHIPPED, Option, Scenario, Turn, load, names

LOOK_UP = ("customers", "orders", "tickets", "returns", "consents", "surveys")
LOOK_UP_SECONDS, SEARCH_SECONDS = 10, 10
LOOK_UP_POINTS, ARTICLE_POINTS, TIME_POINTS, ENDING_POINTS = 1, 2, 2, 4


@dataclass
class Conversation:
    """One customer at the desk. Say something with `choose`, look things up, search, and read the `report` at the end.

    scenario  what is played
    customer  the row of `customers` who calls
    tables    the company's tables, in which the caller is looked up
    seed      shuffles what may be said, so that its order tells nothing
    """

    scenario: Scenario
    customer: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    agent: str = "Lin"
    seed: int = 0
    order: str = field(init=False)
    turn: Turn | None = field(init=False)
    mood: int = field(init=False)
    seconds: int = 0
    looked_up: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    said: list[tuple[Turn, Option]] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mood, self.turn = self.scenario.mood, self.scenario.first
        orders = self.tables["orders"]
        self.order = str(orders.loc[orders["customer_id"] == self.customer["customer_id"], "order_id"].iloc[-1])
        self._customer_speaks()

    @property
    def options(self) -> list[str]:
        """What may be said now; nothing when it is over."""
        return [self._filled(option.text) for option in self._shuffled()]

    @property
    def ending(self) -> str:
        """Which ending it came to; nothing while it goes on."""
        return "" if self.turn else self.scenario.ending(self.mood)

    def choose(self, number: int) -> str:
        """Say the option of this number, from 1. Returns what the customer answers, or how it ended."""
        if self.turn is None:
            raise InputError(_("This conversation is over. Begin the next one."))
        if number not in range(1, len(self.turn.options) + 1):
            raise InputError(_("Choose a number from 1 to {n}.").format(n=len(self.turn.options)))
        return self.say(self._shuffled()[number - 1])

    def say(self, option: Option) -> str:
        """Say one of the options of this turn. Returns what the customer answers, or how it ended."""
        if self.turn is None or option not in self.turn.options:
            raise InputError(_("This cannot be said now. Take one of talk.turn.options."))
        self.said.append((self.turn, option))
        self.lines.append(("agent", self._filled(option.text)))
        self.seconds += option.seconds
        self.mood = int(np.clip(self.mood + option.mood, 0, 10))
        follows = option.next_cross if self.mood < CROSS else option.next
        self.turn = None if follows == END else self.scenario.turns[follows]
        return self._customer_speaks() if self.turn else self._filled(self.scenario.ending_words[self.ending])

    def look_up(self, table: str) -> pd.DataFrame:
        """The caller's rows of a table, the latest first. Takes a few seconds of the call."""
        one_of("table", table, LOOK_UP)
        self.seconds += LOOK_UP_SECONDS if table not in self.looked_up else 0
        self.looked_up += [table] if table not in self.looked_up else []
        rows = self.tables[table]
        if table == "returns":
            rows = rows.merge(self.tables["orders"][["order_id", "customer_id"]], on="order_id")
        mine = rows[rows["customer_id"] == self.customer["customer_id"]]
        return mine.iloc[::-1].head(5).reset_index(drop=True)

    def search(self, words: str) -> list[_knowledge.Article]:
        """Articles of the knowledge base about some words. Takes a few seconds of the call."""
        self.seconds += SEARCH_SECONDS
        return _knowledge.search(words)

    def open_article(self, name: str) -> _knowledge.Article:
        """One article, which then counts as read."""
        found = _knowledge.article(name)
        self.read += [name] if name not in self.read else []
        return found

    def transcript(self) -> pd.DataFrame:
        """What was said so far: line_no, speaker, text."""
        rows = [(number, *line) for number, line in enumerate(self.lines, start=1)]
        return pd.DataFrame(rows, columns=["line_no", "speaker", "text"])

    def report(self) -> pd.DataFrame:
        """The service standard applied: criterion, points, of (the most there are) and why, one row a criterion.

        Steps of the conversation by what was said; then what was looked up before the answer, the article read, the
        handling time, and how it ended. Raises InputError while the conversation goes on.
        """
        if self.turn is not None:
            raise InputError(_("The conversation still goes on. Say something."))
        rows = [(option.step, option.points, turn.best, self._filled(option.why)) for turn, option in self.said]
        rows += [*self._looked(), *self._article(), self._time(), self._end()]
        return pd.DataFrame(rows, columns=["criterion", "points", "of", "why"])

    @property
    def score(self) -> float:
        """Points as a share of the most there are on the way taken, from 0 to 1."""
        report = self.report()
        return float(report["points"].sum() / report["of"].sum())

    def _shuffled(self) -> list[Option]:
        options = self.turn.options if self.turn else ()
        turn = crc32(self.turn.name.encode()) if self.turn else 0
        return [options[place] for place in np.random.default_rng([self.seed, turn]).permutation(len(options))]

    def _looked(self) -> list[tuple[str, int, int, str]]:
        needed = self.scenario.look_up
        found = [table for table in needed if table in self.looked_up]
        lacking = ", ".join(table for table in needed if table not in found)
        why = _("You opened what the answer rests on.") if not lacking else _("Not opened: {0}.").format(lacking)
        return [("look-up", LOOK_UP_POINTS * len(found), LOOK_UP_POINTS * len(needed), why)] if needed else []

    def _article(self) -> list[tuple[str, int, int, str]]:
        if not self.scenario.article:
            return []
        read = self.scenario.article in self.read
        title = _knowledge.article(self.scenario.article).title
        why = (_("You read “{0}”.") if read else _("The knowledge base has “{0}”.")).format(title)
        return [("knowledge", ARTICLE_POINTS * read, ARTICLE_POINTS, why)]

    def _time(self) -> tuple[str, int, int, str]:
        within = self.seconds <= self.scenario.seconds
        why = _("{n} seconds; the standard is {most}.").format(n=self.seconds, most=self.scenario.seconds)
        return "handling time", TIME_POINTS * within, TIME_POINTS, why

    def _end(self) -> tuple[str, int, int, str]:
        order = sorted(self.scenario.endings, key=lambda name: self.scenario.endings[name])
        reached = order.index(self.ending) / (len(order) - 1)
        words = self._filled(self.scenario.ending_words[self.ending])
        return "outcome", round(ENDING_POINTS * reached), ENDING_POINTS, words

    def _customer_speaks(self) -> str:
        assert self.turn is not None
        words = self._filled(self.turn.cross if self.mood < CROSS else self.turn.says)
        self.lines.append(("customer", words))
        return words

    def _filled(self, text: str) -> str:
        """A text with the names of this conversation."""
        return text.format(name=self.customer["name"], agent=self.agent, order=self.order)


def call(scenario: str, tables: Mapping[str, pd.DataFrame], seed: int = 0, folder: Path = SHIPPED) -> Conversation:
    """A customer calls with the problem of one conversation; who it is follows from the seed.

    scenario  its name, one of `scenarios()`
    tables    customers, orders, tickets, returns, consents, surveys
    seed      chooses the caller among those who have ordered; of important
              ones, among the best tenth by margin; whom the agent calls has consented
    folder    where the conversation's files are, for conversations of one's own

    >>> from crm_lab import load
    >>> talk = call("late_parcel", {name: load(name) for name in LOOK_UP}, seed=1)
    >>> talk.mood, len(talk.options) >= 3
    (3, True)
    """
    played = load(scenario, folder)
    margin = tables["orders"].groupby("customer_id")["margin"].sum().sort_values(ascending=False)
    margin = margin[margin.index.isin(tables["customers"]["customer_id"])]
    known = margin.index[: max(1, len(margin) // 10)] if played.kind == "important" else margin.index
    if played.outbound:
        known = known.intersection(_may_be_called(tables["consents"]))
    if known.empty:
        raise InputError(_("Nobody can be on the line: no customer has ordered and, where we call, agreed to calls."))
    chosen = np.random.default_rng([seed, crc32(scenario.encode())]).choice(np.sort(known))
    customers = tables["customers"].set_index("customer_id", drop=False)
    return Conversation(played, customers.loc[chosen].to_dict(), tables, seed=seed)


def _may_be_called(consents: pd.DataFrame) -> pd.Index:
    """Whose last word on calls was yes."""
    words = consents[consents["purpose"] == "phone_calls"].sort_values("recorded_at")
    last = words.groupby("customer_id")["granted"].last()
    return last.index[last]


def scenarios(outbound: bool | None = None, folder: Path = SHIPPED) -> list[str]:
    """The conversations there are: all, those in which customers call, or those in which the agent does."""
    return [name for name in names(folder) if outbound is None or load(name, folder).outbound == outbound]


def shift(
    tables: Mapping[str, pd.DataFrame], seed: int, calls: int = 4, outbound: bool = False
) -> Sequence[Conversation]:
    """Several conversations in a row, drawn without repeats.

    tables    as for call
    seed      chooses conversations and callers
    calls     how many
    outbound  whether the agent calls (customers who consented) rather than is called

    >>> from crm_lab import load
    >>> [talk.scenario.kind for talk in shift({name: load(name) for name in LOOK_UP}, seed=3, calls=1)] != []
    True
    """
    there = scenarios(outbound)
    picked = np.random.default_rng(seed).permutation(there)[: min(calls, len(there))]
    return [call(str(name), tables, seed) for name in picked]


def turns(calls: Iterable[Conversation]) -> pd.DataFrame:
    """What the agent said in some calls, and what the standard gives for it: one row a turn, in order.

    calls  conversations, whoever played them: those of `shift`, or `.calls` of the desk on screen

    Returns call (from 1), scenario, turn and option (their names), criterion (one of STEPS), heard, said, points, of
    (the most this turn gives), mood (of the customer afterwards, 0 to 10) and seconds; no row while nothing was said.
    Raises InputError where some of the calls were taken and others not, or not to their end.

    >>> from crm_lab import load
    >>> talk = call("late_parcel", {name: load(name) for name in LOOK_UP}, seed=2)
    >>> while talk.turn:
    ...     answer = talk.choose(3)
    >>> turns([talk])[["turn", "criterion", "points", "of", "mood"]].values.tolist()[0]
    ['open', 'greeting', 2, 2, 4]
    """
    taken = list(enumerate(calls, start=1))
    unfinished = ", ".join(str(number) for number, talk in taken if talk.turn)
    if unfinished and any(talk.said for _number, talk in taken):
        form = _("Not finished: call {0}. Take every call to its end, then run this again.")
        raise InputError(form.format(unfinished))
    rows = [(number, *row) for number, talk in taken for row in _said(talk)]
    names = ("scenario", "turn", "option", "criterion", "heard", "said", "points", "of", "mood", "seconds")
    return pd.DataFrame(rows, columns=["call", *names])


def _said(talk: Conversation) -> Iterable[tuple[Any, ...]]:
    mood, words = talk.scenario.mood, [text for _speaker, text in talk.lines]
    for place, (turn, option) in enumerate(talk.said):
        mood = int(np.clip(mood + option.mood, 0, 10))
        heard, said = words[2 * place : 2 * place + 2]
        names = (talk.scenario.name, turn.name, option.name, option.step)
        yield (*names, heard, said, option.points, turn.best, mood, option.seconds)
