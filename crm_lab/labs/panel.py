"""What a lab answers with: HTML that reads well in light and dark, and the same words as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from crm_lab.base.text import _
from crm_lab.base.wording import lines_of

WIDTH = 88  # characters of a line of plain text

SYMBOLS = {"todo": "○", "wrong": "✗", "right": "✓"}
_COLOURS = {
    "todo": "var(--jp-border-color1, #9e9e9e)",
    "wrong": "var(--jp-warn-color1, #e65100)",
    "right": "var(--jp-success-color1, #2e7d32)",
    "": "var(--jp-brand-color1, #1976d2)",
}
_BOX = (
    "border-left: 4px solid {colour}; padding: 0.4em 0.9em; margin: 0.3em 0; max-width: 46em; "
    "color: var(--jp-content-font-color1, inherit); background: var(--jp-layout-color2, rgba(128, 128, 128, 0.12));"
)


def status_word(status: str) -> str:
    """The word beside the symbol.

    >>> status_word("todo")
    'not answered yet'
    """
    return {"todo": _("not answered yet"), "wrong": _("not yet right"), "right": _("right")}[status]


def boxed(content: str, mood: str = "") -> str:
    """HTML in the box that every answer of a lab stands in; a screen reader announces it.

    content  HTML, escaped already
    mood     the status whose colour the border takes, if any

    >>> boxed("<strong>Right</strong>", "right").endswith("<strong>Right</strong></div>")
    True
    """
    return f'<div role="status" style="{_BOX.format(colour=_COLOURS[mood])}">{content}</div>'


@dataclass(frozen=True)
class Panel:
    """A headline and paragraphs; `code` is shown as it stands."""

    headline: str
    message: str
    code: str = ""

    @property
    def mood(self) -> str:
        """The status whose colour the border takes, if any."""
        return ""

    def __repr__(self) -> str:
        lines = [self.headline]
        for paragraph in self.message.split("\n"):
            lines += lines_of(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
        return "\n".join(lines + ([self.code] if self.code else []))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._html()}

    def _html(self) -> str:
        body = [f"<strong>{escape(self.headline)}</strong>"]
        body += [f'<p style="margin: 0.35em 0 0">{escape(line)}</p>' for line in self.message.split("\n") if line]
        if self.code:
            body.append(f'<pre style="margin: 0.5em 0 0; overflow-x: auto">{escape(self.code)}</pre>')
        return boxed("".join(body), self.mood)


@dataclass(frozen=True, repr=False)
class Result(Panel):
    """What a check found: `status` is "todo", "wrong" or "right", `message` the words for the learner."""

    status: str = "todo"

    @property
    def mood(self) -> str:
        """Its status."""
        return self.status


def result(status: str, message: str, title: str) -> Result:
    """The outcome of a check of the exercise called `title`.

    >>> result("right", "A fifth of customers bring most profit.", "Pareto share")
    ✓ Pareto share: right
    A fifth of customers bring most profit.
    """
    headline = _("{mark} {title}: {status}").format(mark=SYMBOLS[status], title=title, status=status_word(status))
    return Result(headline, message, "", status)


@dataclass(frozen=True)
class Row:
    """One exercise on the progress table."""

    title: str
    status: str
    points: int
    stretch: bool = False

    @property
    def earned(self) -> int:
        """The points it has brought so far."""
        return self.points if self.status == "right" else 0


@dataclass(frozen=True)
class ProgressTable:
    """How far a learner has come in a lab."""

    lab: str
    rows: Sequence[Row]

    @property
    def headline(self) -> str:
        """Exercises and points in one line."""
        line = _("Lab {lab}: {done} of {all} exercises right, {points} of {most} points").format(
            lab=self.lab,
            done=sum(row.status == "right" for row in self.rows),
            all=len(self.rows),
            points=sum(row.earned for row in self.rows if not row.stretch),
            most=sum(row.points for row in self.rows if not row.stretch),
        )
        extra = sum(row.earned for row in self.rows if row.stretch)
        return _("{headline}, and {n} extra").format(headline=line, n=extra) if extra else line

    def __repr__(self) -> str:
        width = max((len(row.title) for row in self.rows), default=0)
        lines = [
            f"{SYMBOLS[row.status]} {row.title:<{width}}  {row.earned}/{row.points}  {status_word(row.status)}"
            for row in self.rows
        ]
        return "\n".join([self.headline, *lines])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        cell = '<td style="text-align: left; padding: 0.15em 1em 0.15em 0">{}</td>'
        head = '<th scope="col" style="text-align: left; padding: 0.15em 1em 0.15em 0">{}</th>'
        heads = "".join(head.format(escape(name)) for name in (_("Exercise"), _("State"), _("Points")))
        rows = "".join(
            "<tr>"
            + cell.format(escape(row.title))
            + cell.format(escape(f"{SYMBOLS[row.status]} {status_word(row.status)}"))
            + cell.format(f"{row.earned} / {row.points}")
            + "</tr>"
            for row in self.rows
        )
        table = f'<table style="font-size: inherit"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        return {"text/plain": repr(self), "text/html": boxed(f"<strong>{escape(self.headline)}</strong>{table}")}
