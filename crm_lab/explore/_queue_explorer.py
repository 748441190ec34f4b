"""The queue explorer: a simulated day played again, callers, line, agents and clock, as it was computed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.columns import columns
from crm_lab.base.errors import InputError
from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import sentences
from crm_lab.explore._chart import Chart, Mark, Scale
from crm_lab.explore._explorer import NAME_HANDLES, Explorer, choice, slider
from crm_lab.explore._marks import Area, Line, Points, Words
from crm_lab.explore._style import BLUE, GREY, ORANGE, PALE, SKY

STEP, TICK = 5, 250  # seconds of the day the clock moves at least; milliseconds from one picture to the next
QUICK = 20  # seconds of waiting that still count as quick
LINE, ROWS = 12, 4  # places in a row of the line, and rows; who stands behind them is written as a number
SEATS = 6  # agents in a row
PLACES = np.linspace(2, 98, 400)  # of the day along the lower edge


@dataclass(frozen=True)
class Moment:
    """The floor at one moment.

    waited  seconds each caller in line has waited so far, the first in line first
    talks   which agents talk
    came, answered, gone  callers so far: who came, whose call began, who gave up
    """

    second: int
    waited: np.ndarray
    talks: np.ndarray
    came: int
    answered: int
    gone: int


def queue_explorer(calls: pd.DataFrame, agents: int) -> QueueExplorer:
    """A widget that plays a simulated day: press play, pause, choose the speed, or move the clock by hand.

    calls   of one day, in seconds from opening: arrival, service, wait, abandoned and agent, as queueing.simulate finds
            the last three
    agents  how many there were

    It begins where the line is longest. Where no kernel runs, the stored output shows that moment.
    Raises InputError where a column is missing, or a call was answered by an agent there is not.

    >>> calls = pd.DataFrame({"arrival": [0, 10, 20], "service": [60, 60, 60], "wait": [0, 50, 15],
    ...     "abandoned": [False, False, True], "agent": [0, 0, -1]})
    >>> queue_explorer(calls, agents=1).outcome.waited.tolist()
    [10.0, 0.0]
    """
    return QueueExplorer(calls, agents)


class QueueExplorer(Explorer):
    """A player, a clock, the floor and a sentence. `.outcome` is the `Moment` shown."""

    kind = "queue"
    headed = False

    def __init__(self, calls: pd.DataFrame, agents: int) -> None:
        table = columns(calls, ["arrival", "service", "wait", "abandoned", "agent"], "calls")
        self._calls = table[np.isfinite(table["arrival"])]
        self.agents = whole(agents, "agents", least=1)
        if not self._calls["agent"].between(-1, self.agents - 1).all():
            raise InputError(_("A call was answered by an agent who is not among the {n}.").format(n=self.agents))
        self._leaves = (self._calls["arrival"] + self._calls["wait"]).to_numpy()
        talk = self._calls["service"].where(~self._calls["abandoned"], 0)
        end = STEP * int(np.ceil((self._leaves + talk).max() / STEP))
        self._line = self._length(np.arange(0, end + 1, STEP))
        clock = slider(_("Clock, seconds from opening"), int(self._line.argmax()) * STEP, 0, end, STEP)
        speed = choice(
            _("Speed"), [(_("20 seconds a second"), 5), (_("1 minute a second"), 15), (_("5 minutes a second"), 75)]
        )
        speed.value = 15
        self.play = widgets.Play(value=clock.value, min=0, max=end, step=speed.value, interval=TICK, show_repeat=False)
        widgets.jslink((self.play, "value"), (clock, "value"))
        speed.observe(lambda change: setattr(self.play, "step", change["new"]), names="value")
        buttons = _name_buttons([_("play or pause"), _("back to opening")])
        self.named = f"{NAME_HANDLES}; {escape(buttons)}"
        super().__init__({"clock": clock, "speed": speed}, beside=[self.play])

    def _length(self, seconds: np.ndarray) -> np.ndarray:
        """How many wait at some moments: who has come and has not left the line."""
        came = np.searchsorted(np.sort(self._calls["arrival"]), seconds, side="right")
        length: np.ndarray = came - np.searchsorted(np.sort(self._leaves), seconds, side="right")
        return length

    def work_out(self, chosen: dict[str, Any]) -> Moment:
        """Who waits and who talks at the moment of the clock."""
        now, calls, leaves = chosen["clock"], self._calls, self._leaves
        came, left, gave_up = calls["arrival"] <= now, leaves <= now, calls["abandoned"]
        talks = left & ~gave_up & (now < leaves + calls["service"])
        seats = np.zeros(self.agents, dtype=bool)
        seats[calls["agent"][talks]] = True
        waited = now - calls["arrival"][came & ~left].to_numpy(dtype=float)
        counts = [int(part.sum()) for part in (came, left & ~gave_up, left & gave_up)]
        return Moment(now, -np.sort(-waited), seats, *counts)

    def chart(self, outcome: Moment) -> Chart:
        """The line on the left, its head towards the agents on the right; below, the line over the whole day."""
        marks = (*self._floor(outcome), *self._day(outcome))
        return Chart(_state(outcome), marks, x=Scale(limits=(0, 100)), y=Scale(limits=(0, 50)))

    def _floor(self, outcome: Moment) -> list[Mark]:
        place = np.arange(min(len(outcome.waited), LINE * ROWS))
        x, y = 50 - 4 * (place % LINE), 37 - 5 * (place // LINE)
        late = outcome.waited[: len(place)] > QUICK
        seat = np.arange(self.agents)
        rows = max(4, -(-self.agents // SEATS))
        seat_x, seat_y = 65 + 6 * (seat % SEATS), 37 - 20 / rows * (seat // SEATS)
        size = min(15.0, 60 / rows)
        behind = len(outcome.waited) - len(place)
        return [
            _Dots(x[~late], y[~late], name=_("waits"), colour=SKY, size=13),
            _Dots(x[late], y[late], name=_("waits over {n} s").format(n=QUICK), colour=ORANGE, shape="D", size=12),
            _Dots(seat_x[outcome.talks], seat_y[outcome.talks], name=_("talks"), colour=BLUE, shape="s", size=size),
            _Dots(
                seat_x[~outcome.talks],
                seat_y[~outcome.talks],
                name=_("free"),
                shape="s",
                size=size,
                hollow=True,
                colour=GREY,
            ),
            _Label(4, 43, clock_time(outcome.second), bold=True, sides=("left", "baseline")),
            _Label(50, 43, _("line"), sides=("right", "baseline")),
            _Label(65, 43, _("agents"), sides=("left", "baseline")),
            _Label(
                4,
                17.5,
                ngettext("and {n} more", "and {n} more", behind).format(n=behind) if behind else "",
                sides=("left", "center"),
            ),
        ]

    def _day(self, outcome: Moment) -> list[Mark]:
        """How long the line is over the day, and where the clock stands."""
        end, most = self.controls["clock"].max, max(int(self._line.max()), 1)
        height = 2 + 11 * self._length((PLACES - 2) / 96 * end) / most
        now = 2 + 96 * outcome.second / end
        said = _("line over the day: {n} at most").format(n=int(self._line.max()))
        return [
            Area(PLACES, np.full(len(PLACES), 2.0), height, colour=PALE),
            Line([now, now], [2, 13], colour=ORANGE, quiet=True),
            Words(98, 15.5, said, colour=GREY, sides=("right", "center")),
        ]

    def summary(self, outcome: Moment) -> str:
        """The state of the floor, and what has come of the callers so far."""
        text = _("So far {came} callers: {answered} answered, {gone} gave up.")
        said = [_state(outcome), text.format(came=outcome.came, answered=outcome.answered, gone=outcome.gone)]
        if len(outcome.waited):
            said.append(_("The first in line has waited {n:.0f} seconds.").format(n=outcome.waited[0]))
        return sentences(said)


def _name_buttons(names: list[str]) -> str:
    """Names for the buttons of a player, which show a sign only: for screen readers."""
    buttons = "document.querySelectorAll('.widget-play button').forEach"
    return f"{buttons}((button, n) => button.setAttribute('aria-label', {json.dumps(names)}[n] ?? ''))"


class _Dots(Points):
    """People: where they stand means nothing, so nothing is said of it."""

    def say(self, x: Scale, y: Scale) -> str:
        return ""


class _Label(Words):
    """Words that the title of the chart says as well."""

    def say(self, x: Scale, y: Scale) -> str:
        return ""


def _state(moment: Moment) -> str:
    text = ngettext(
        "At {clock} {talk} of {all} agents talk, {n} caller waits.",
        "At {clock} {talk} of {all} agents talk, {n} callers wait.",
        len(moment.waited),
    )
    counts = {"talk": int(moment.talks.sum()), "all": len(moment.talks), "n": len(moment.waited)}
    return text.format(clock=clock_time(moment.second), **counts)


def clock_time(seconds: int) -> str:
    """Seconds as hours, minutes and seconds.

    >>> clock_time(3_725)
    '1:02:05'
    """
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
