"""The desk on screen: who calls and what they say, what you may answer, what you can look up, and the report."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.desk._scenario import CROSS
from crm_lab.desk._shift import LOOK_UP, Conversation

# JupyterLab has keys of its own for a notebook's output; this leaves Enter, Space and Tab to what has the focus
_PAGE = '<div data-lm-suppress-shortcuts="true" style="line-height: 1.45; max-width: 46em">{0}</div>'
_STYLE = """<style>
.crm-desk button {height: auto; white-space: normal; text-align: left; line-height: 1.4; padding: 6px 10px}
.crm-desk :focus-visible {outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px}
</style>"""
MOST = 5  # options a turn may have


class Desk(widgets.VBox):
    """A shift at the desk, call by call. Everything can be reached by Tab and chosen by Enter.

    calls  the conversations of the shift, as `shift` gives them

    `.talk` is the conversation at hand, `.done` those that are over.
    """

    def __init__(self, calls: Sequence[Conversation]) -> None:
        if not calls:
            raise InputError(_("A shift needs at least one call."))
        self.calls, self.done = list(calls), list[Conversation]()
        self.talk = self.calls[0]
        self._lines, self._state, self._found = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.buttons = [self._button(place) for place in range(MOST)]
        self.next = widgets.Button(description=_("Next call"), layout={"width": "auto"})
        self.next.on_click(lambda _button: self._take_next())
        self.tables = widgets.Dropdown(options=["", *LOOK_UP], description=_("Look up"))
        self.tables.observe(self._look_up, names="value")
        self.words = widgets.Text(description=_("Search"), placeholder=_("what it is about"), continuous_update=False)
        self.words.observe(self._search, names="value")
        self.articles = widgets.Dropdown(options=[("", "")], description=_("Article"))
        self.articles.observe(self._open_article, names="value")
        super().__init__(self._parts())
        self.add_class("crm-desk")
        self._show()

    def _parts(self) -> list[widgets.Widget]:
        talk = widgets.VBox([self._state, self._lines, *self.buttons, self.next], layout={"flex": "3 1 420px"})
        aside = widgets.VBox([self.tables, self.words, self.articles, self._found], layout={"flex": "2 1 320px"})
        return [widgets.HTML(_STYLE), widgets.HBox([talk, aside], layout={"flex_flow": "row wrap"})]

    def _button(self, place: int) -> widgets.Button:
        button = widgets.Button(layout={"width": "auto", "max_width": "46em"})
        button.on_click(lambda _button: self._say(place + 1))
        return button

    @property
    def summary(self) -> str:
        """Where the shift stands, in one sentence."""
        if self.talk.turn is None:
            form = _("Call {n} of {all} is over: {score:.0%} of the points.")
            return form.format(n=len(self.done), all=len(self.calls), score=self.talk.score)
        form = _("Call {n} of {all}, {seconds} seconds of {standard}; the customer is {mood}.")
        return form.format(
            n=len(self.done) + 1,
            all=len(self.calls),
            seconds=self.talk.seconds,
            standard=self.talk.scenario.seconds,
            mood=mood_word(self.talk.mood),
        )

    def _say(self, number: int) -> None:
        if self.talk.turn is None or number > len(self.talk.options):
            return
        self.talk.choose(number)
        if self.talk.turn is None:
            self.done.append(self.talk)
        self._show()

    def _take_next(self) -> None:
        if len(self.done) < len(self.calls):
            self.talk = self.calls[len(self.done)]
            self.tables.value, self.words.value, self.articles.options = "", "", [("", "")]
            self._found.value = ""
            self._show()

    def _look_up(self, change: Any) -> None:
        if change["new"]:
            self._found.value = _table(self.talk.look_up(change["new"]))
            self._show()

    def _search(self, change: Any) -> None:
        if change["new"].strip():
            found = self.talk.search(change["new"])
            self.articles.options = [("", ""), *((one.title, one.name) for one in found)]
            said = _("{n} articles. Choose one to read it.") if found else _("No article has these words.")
            self._found.value = _PAGE.format(escape(said.format(n=len(found))))
            self._show()

    def _open_article(self, change: Any) -> None:
        if change["new"]:
            one = self.talk.open_article(change["new"])
            self._found.value = _PAGE.format(f"<strong>{escape(one.title)}</strong><p>{escape(one.text)}</p>")

    def _show(self) -> None:
        self._state.value = _PAGE.format(f'<p role="status"><strong>{escape(self.summary)}</strong></p>')
        self._lines.value = _PAGE.format(_talk(self.talk))
        for place, button in enumerate(self.buttons):
            there = place < len(self.talk.options)
            button.layout.display = "" if there else "none"
            button.description = f"{place + 1}. {self.talk.options[place]}" if there else ""
        over = self.talk.turn is None
        self.next.layout.display = "" if over and len(self.done) < len(self.calls) else "none"
        if over:
            self._found.value = _table(self.talk.report())

    def still(self) -> str:
        """The page as HTML, without its controls."""
        options = "".join(f"<li>{escape(option)}</li>" for option in self.talk.options)
        return _PAGE.format(f"<p><strong>{escape(self.summary)}</strong></p>{_talk(self.talk)}<ol>{options}</ol>")

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        own = super()._repr_mimebundle_(**kwargs) or {}
        return {**own, "text/html": self.still(), "text/plain": self.summary}, {}


def mood_word(mood: int) -> str:
    """A mood from 0 to 10 in a word.

    >>> mood_word(2), mood_word(5), mood_word(9)
    ('cross', 'calm', 'pleased')
    """
    return _("cross") if mood < CROSS else _("calm") if mood < 8 else _("pleased")


def _talk(talk: Conversation) -> str:
    """The brief, and what was said so far; at the end how it went."""
    speakers = {"customer": talk.customer["name"], "agent": _("You")}
    lines = [f"<p><em>{escape(talk.scenario.title)}. {escape(talk.scenario.brief)}</em></p>"]
    lines += [f"<p><strong>{escape(speakers[who])}</strong>: {escape(text)}</p>" for who, text in talk.lines[-5:]]
    if talk.turn is None:
        lines.append(f"<p><em>{escape(talk.scenario.ending_words[talk.ending])}</em></p>")
    return "".join(lines)


def _table(frame: pd.DataFrame) -> str:
    if frame.empty:
        return _PAGE.format(escape(_("Nothing is recorded there.")))
    page = frame.to_html(index=False, border=0, justify="left", na_rep="", classes="dataframe")
    return f'<div style="overflow-x: auto; max-width: 46em">{page}</div>'


def open(seed: int = 0, calls: int = 4, outbound: bool = False, student: str | None = None) -> Desk:
    """A shift at Willow Lane's desk.

    seed      chooses conversations and callers
    calls     how many
    outbound  whether you call customers, who have consented, rather than are called
    student   a student's number: the callers are then their own company's

    >>> open(seed=1, calls=1).summary.startswith("Call 1 of 1")
    True
    """
    from crm_lab.data import open_tables
    from crm_lab.desk._shift import shift

    tables, _data = open_tables(student)
    return Desk(shift({name: tables.table(name) for name in LOOK_UP}, seed, calls, outbound))
