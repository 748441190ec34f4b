"""The morning workbench: choose an account manager and a day, see what is to be done and why, tick it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import ipywidgets as widgets
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.streams import student_number
from crm_lab.base.text import _
from crm_lab.workbench import _page as page
from crm_lab.workbench._form import WatchForm
from crm_lab.workbench._notes import Notes
from crm_lab.workbench._panels import birthdays, call_backs_due, fired, tasks, watches_fired
from crm_lab.workbench._queries import PANELS

TABLES = ("call_intervals", "customers", "prices", "products", "reminders", "reps", "stock", "watches")
DAYS = 90  # how far back the stock is known, and so the watches
TRIES = 10  # mornings to look at before opening


def open(student: str | None = None) -> Workbench:
    """The workbench on Willow Lane, with your own notes.

    student  a student's number: the workbench then shows their own Willow Lane

    Raises InputError when student is not text.

    >>> open().found["tasks"].columns[-1]
    'why'
    """
    from crm_lab import data

    if student is None:
        return Workbench({name: data.load(name) for name in TABLES}, Notes())
    number = student_number(student)
    return Workbench(data.personal(number), Notes(f"student:{number}"))


class Workbench(widgets.VBox):
    """Four panels for one account manager and one day, with a form for watches of one's own.

    tables  the company's tables by name
    notes   where ticks and watches are kept

    It opens on a late morning that has something in every panel. `.rep` and `.day` are the controls; `.found` has the
    rows of each panel, `.summary` what they come to, `.still()` the page without its controls.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame], notes: Notes) -> None:
        from crm_lab.data import connect

        self.notes = notes
        self._tables = {name: tables[name] for name in TABLES}
        self._connection = connect(self._tables)
        last = self._tables["call_intervals"]["date"].max().date()
        self._range = (last - timedelta(days=DAYS - 1), last)
        self.rep, self.day = _chooser(self._tables["reps"], *_opening(self._tables["reps"], self._connection, last))
        self._summary, self._message = widgets.HTML(), widgets.HTML()
        self.rows = {name: Ticks(self._ticked) for name in ("tasks", "call_backs")}
        self._lists = {name: widgets.HTML() for name in ("birthdays", "watches")}
        self.form = WatchForm(self._tables, self._add_watch, self._undo)
        self._refresh()
        for control in (self.rep, self.day):
            control.observe(self._refresh, names="value")
        super().__init__(self._parts())
        self.add_class("crm-bench")

    def _parts(self) -> list[widgets.Widget]:
        before, after = widgets.Button(description=_("Day before")), widgets.Button(description=_("Day after"))
        before.on_click(lambda _button: self._step(-1))
        after.on_click(lambda _button: self._step(1))
        top = widgets.HBox([self.rep, self.day, before, after], layout={"flex_flow": "row wrap"})
        panels = [
            widgets.VBox(
                [widgets.HTML(page.heading(name)), {**self.rows, **self._lists}[name], widgets.HTML(page.query(name))],
                layout={"flex": "1 1 380px", "margin": "0 12px 12px 0", "min_width": "320px"},
            )
            for name in PANELS
        ]
        grid = widgets.HBox(panels, layout={"flex_flow": "row wrap"})
        return [widgets.HTML(page.STYLE), top, self._summary, grid, self.form, self._message]

    @property
    def summary(self) -> str:
        """What the morning brings, in one sentence."""
        return page.summary(self.found, self._who(), self.day.value)

    def still(self) -> str:
        """The page as HTML, without its controls."""
        return page.still(self.found, self._who(), self.day.value)

    def _who(self) -> str:
        return str(self.rep.label)

    def _refresh(self, change: Any = None) -> None:
        """Ask the four questions again, and show the answers."""
        first, last = self._range
        if self.day.value is None or not first <= self.day.value <= last:  # or the date is still being typed
            return self._say(_("Choose a day from {first} to {last}.").format(first=first, last=last))
        own, ticks = self.notes.watches(), self.notes.ticks()
        self.found = _answers(self._connection, self.rep.value, self.day.value, own, ticks)
        done_today = {number for number, day in ticks.items() if day == self.day.value}
        for name, listed in self.rows.items():
            listed.show(self.found[name], done_today)
        for name, shown in self._lists.items():
            shown.value = page.rows(self.found[name])
        self._summary.value = page.paragraph(self.summary, "status")
        self.form.show(own, self.rep.value, self.day.value)
        self._say("")

    def _step(self, days: int) -> None:
        first, last = self._range
        self.day.value = min(max((self.day.value or last) + timedelta(days=days), first), last)

    def _say(self, text: str) -> None:
        self._message.value = page.paragraph(text, "status")

    def _ticked(self, reminder_id: str, done: bool) -> bool:
        """Keep a tick; False if it could not be kept."""
        try:
            (self.notes.tick if done else self.notes.untick)(reminder_id, self.day.value)
        except InputError as error:
            self._say(str(error))
            return False
        self._say((_("{task} is done.") if done else _("{task} is open again.")).format(task=reminder_id))
        return True

    def _add_watch(self, chosen: dict[str, Any]) -> None:
        try:
            number = self.notes.add_watch(asked_on=self.day.value, **chosen)
        except InputError as error:
            return self._say(str(error))
        self._refresh()
        self._say(_("Watch {number} is noted. It can fire from the day after on.").format(number=number))

    def _undo(self) -> None:
        try:
            undone = self.notes.undo()
        except InputError as error:
            return self._say(str(error))
        self._refresh()
        self._say(_("The last step is undone.") if undone else _("There is nothing to undo."))

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        own = super()._repr_mimebundle_(**kwargs) or {}
        return {**own, "text/html": self.still(), "text/plain": self.summary}, {}


class Ticks(widgets.VBox):
    """Rows that can be ticked off. The boxes stay when the rows change, and so does the keyboard's place.

    keep  called with reminder_id and whether it is done; False when that could not be kept
    """

    def __init__(self, keep: Callable[[str, bool], bool]) -> None:
        self._keep = keep
        self.boxes: list[widgets.Checkbox] = []
        self._numbers: list[str] = []
        self._filling = False
        self._layout = widgets.Layout(width="100%")
        self._none = widgets.HTML(page.paragraph(_("Nothing today.")))
        super().__init__()

    def show(self, found: pd.DataFrame, done: set[str]) -> None:
        """One box a row, those in `done` ticked."""
        while len(self.boxes) < len(found):
            self.boxes.append(self._box(len(self.boxes)))
        self._numbers, self._filling = list(found["reminder_id"]), True
        for box, (_place, one) in zip(self.boxes, found.iterrows(), strict=False):
            box.description, box.value = page.row(one), one["reminder_id"] in done
        self._filling = False
        self.children = self.boxes[: len(found)] if len(found) else [self._none]

    def _box(self, place: int) -> widgets.Checkbox:
        box = widgets.Checkbox(indent=False, layout=self._layout)
        box.add_class("crm-bench-row")
        box.observe(lambda change: self._changed(place, change["new"]), names="value")
        return box

    def _changed(self, place: int, done: bool) -> None:
        if self._filling or self._keep(self._numbers[place], done):
            return
        self._filling = True
        self.boxes[place].value = not done
        self._filling = False


def _answers(
    connection: Any, rep: str, day: date, own: pd.DataFrame | None = None, ticks: Mapping[str, date] | None = None
) -> dict[str, pd.DataFrame]:
    """The rows of each panel, without what was ticked off on an earlier day."""
    done = [number for number, ticked_on in (ticks or {}).items() if ticked_on < day]
    found = {
        "tasks": tasks(connection, rep, day),
        "birthdays": birthdays(connection, rep, day),
        "watches": watches_fired(connection, rep, day, own),
        "call_backs": call_backs_due(connection, rep, day),
    }
    for panel in ("tasks", "call_backs"):
        found[panel] = found[panel][~found[panel]["reminder_id"].isin(done)]
    return found


def _opening(reps: pd.DataFrame, connection: Any, last: date) -> tuple[str, date]:
    """An account manager and a day to open at: a late one on which every panel has something to show, if there is."""
    latest = fired(connection)
    latest = latest[latest["fired_on"].dt.day_of_week < 5].tail(TRIES)
    days = [pd.Timestamp(day).date() for day in latest["fired_on"]]
    mornings = list(zip(latest["rep_id"], days, strict=True))[::-1] or [(reps["rep_id"].iloc[0], last)]
    full = (morning for morning in mornings if all(map(len, _answers(connection, *morning).values())))
    return next(full, mornings[0])


def _chooser(reps: pd.DataFrame, rep: str, day: date) -> tuple[widgets.Dropdown, widgets.DatePicker]:
    """The choice of account manager and day. The picker has no bounds: it would correct a date half typed."""
    names = [(f"{one.rep_id} {one.name}", one.rep_id) for one in reps.itertuples()]
    return (
        widgets.Dropdown(
            options=names, value=rep, description=_("Account manager"), layout={"width": "300px"},
            style={"description_width": "120px"},
        ),
        widgets.DatePicker(
            value=day, description=_("Day"), layout={"width": "210px"}, style={"description_width": "40px"}
        ),
    )  # fmt: skip
