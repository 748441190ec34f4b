"""How messages call things: kinds of cells, rows, values, and the shape of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import in_a_row
from crm_lab.exercises import Exercise
from crm_lab.labs._freeze import Frozen, Grid, Pairs
from crm_lab.labs.cells import DURATION, GROUP, MISSING, NUMBER, TEXT, TIME, Cell, Refused, printable

LONGEST_VALUE = 60
LONGEST_LIST = 8


class NotAnAnswer(Exception):
    """What was handed in cannot be compared; the message is the whole sentence for the learner."""


class Unanswered(Exception):
    """The blank is still there."""


@dataclass(frozen=True)
class Difference:
    """How an answer differs: a sentence that names place, count and the learner's own value, never the right one."""

    message: str


def kind_name(kind: int) -> str:
    """What the cells of a kind are called in the plural."""
    return {
        MISSING: _("missing values"),
        NUMBER: _("numbers"),
        TEXT: _("text"),
        TIME: _("dates"),
        DURATION: _("durations"),
        GROUP: _("lists or sets"),
    }[kind]


def noun(exercise: Exercise) -> str:
    """What the rows of an answer are called, in the plural: after their key, or what is drawn for each."""
    if exercise.kind == "plot":
        drawn = {"line": _("points"), "points": _("points")}
        return drawn.get(exercise.shape) or _("bars")
    key = exercise.key
    known = {
        "customer_id": _("customers"),
        "order_id": _("orders"),
        "product_id": _("products"),
        "dealer_id": _("dealers"),
        "segment": _("segments"),
        "value_class": _("classes"),
        "position": _("positions"),
        "class": _("classes"),
        "quarter": _("quarters"),
        "month": _("months"),
        "channel": _("channels"),
        "region": _("regions"),
        "category": _("categories"),
    }
    return known.get(key[0], _("rows")) if len(key) == 1 else _("rows")


def shorten(text: str, longest: int = LONGEST_VALUE) -> str:
    """Printable, on one line, and not too long.

    >>> shorten("a\\nb" + "c" * 100, 10)
    'a bcccccc…'
    """
    plain = printable(text[: longest + 1])
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def number(value: float) -> str:
    """A number with ten significant digits, so that what is nearly right does not read as right.

    >>> number(4.0), number(1234.5), number(12.3000001)
    ('4', '1,234.5', '12.3000001')
    """
    return f"{value:,.10g}"


def value(cell: Cell, yes_no: bool = False) -> str:
    """A cell as a learner would write it; midnight as the day it begins.

    >>> value((TIME, 0.0)), value((TIME, 60e6))
    ('1970-01-01', '1970-01-01 00:01:00')
    """
    kind, plain = cell
    if kind == NUMBER:
        return str(bool(plain)) if yes_no and plain in (0, 1) else number(plain)
    if kind == TIME:
        return shorten(str(datetime(1970, 1, 1) + timedelta(microseconds=plain)).removesuffix(" 00:00:00"))
    if kind == DURATION:
        return shorten(str(timedelta(microseconds=plain)))
    if kind == GROUP:
        members = sorted(map(value, plain)) if isinstance(plain, frozenset) else map(value, plain)
        return shorten("{" + ", ".join(members) + "}")
    return _("nothing (NaN)") if kind == MISSING else f'"{shorten(plain)}"'


def listing(names: Iterable[str]) -> str:
    """Some names in a row; of many, the first few and how many more.

    >>> listing("abcdefghij")
    'a, b, c, d, e, f, g, h and 2 more'
    """
    every = [shorten(name, 40) for name in names]
    shown = in_a_row(every[:LONGEST_LIST])
    more = len(every) - LONGEST_LIST
    return shown if more <= 0 else _("{names} and {n:,} more").format(names=shown, n=more)


def explained(name: str, what: str) -> str:
    """A name or value with what it means in brackets, if that is known.

    >>> explained("12", "days"), explained("12", "")
    ('12 (days)', '12')
    """
    return _("{name} ({what})").format(name=name, what=what) if what else name


def holds(columns: dict[str, str]) -> str:
    """Columns with what each is to hold.

    >>> holds({"recency_days": "days since the last order"})
    'recency_days (days since the last order)'
    """
    return _("; ").join(explained(name, what) for name, what in columns.items())


def is_series(exercise: Exercise) -> bool:
    """Whether a task asks for a Series: one value for each key."""
    return exercise.kind == "table" and len(exercise.key) == len(exercise.columns) == 1


def wanted(exercise: Exercise, kind: str = "") -> str:
    """The shape of the answer an exercise asks for; `kind` "label" is a choice of one label for the whole."""
    kind = kind or exercise.kind
    if kind == "number":
        return explained(_("one number"), exercise.unit)
    if is_series(exercise):
        form = _("a Series indexed by {key}: {holds}")
        return form.format(key=exercise.key[0], holds=holds(dict(exercise.columns)))
    if kind == "table":
        form = ngettext(
            "a table with a row for each {key} and the column {columns}",
            "a table with a row for each {key} and the columns {columns}",
            len(exercise.columns),
        )
        return form.format(key=" + ".join(exercise.key), columns=in_a_row(exercise.columns))
    if kind == "plot":
        if exercise.shape == "points":
            form = _("the axes, as seaborn or pandas gives them back, with a point for each {x}, {y}")
            return form.format(x=exercise.key[0], y=exercise.key[1])
        form = _("the axes, as seaborn or pandas gives them back, with {shape} of {holds} by {key}")
        return form.format(
            shape=drawing(exercise.shape), holds=holds(dict(exercise.columns)), key=" + ".join(exercise.key)
        )
    options = in_a_row(exercise.options)
    return {
        "choice": _("a dict that gives each item one of these: {options}").format(options=options),
        "label": _("one of these, in quotes: {options}").format(options=options),
        "text": _("a text"),
        "sql": _("a query as text, in quotes"),
        "function": _("a function"),
    }[kind]


def drawing(shape: str) -> str:
    """What a plot of a shape is called.

    >>> drawing("bars")
    'bars'
    """
    return {"bars": _("bars"), "line": _("a line"), "points": _("points"), "histogram": _("a histogram")}[shape]


def misfit(exercise: Exercise, what: str | Refused, kind: str = "") -> NotAnAnswer:
    """The complaint about an answer of a shape that was not asked for."""
    said = _("You have {what}; what is asked for is {wanted}.").format(what=what, wanted=wanted(exercise, kind))
    tip = what.tip if isinstance(what, Refused) else ""
    return NotAnAnswer(f"{said} {tip}".strip())


def yes_no_for_names(column: str) -> str:
    """The complaint about rows that are told apart by True and False where the task has names for them."""
    form = _(
        "Your rows are called True and False; the task has names for them, in {column}. Give each its name: {how}."
    )
    return form.format(column=column, how='.map({True: "…", False: "…"})')


def called(frozen: Frozen) -> str:
    """What a frozen answer is."""
    if isinstance(frozen, Grid):
        columns = len(frozen.labels) or 1
        if frozen.shape == "DataFrame":
            return _("a table of {rows:,} × {columns:,} cells").format(rows=frozen.rows, columns=columns)
        article = _("a {shape}") if frozen.shape == "Series" else _("an {shape}")
        shape = article.format(shape=frozen.shape)
        return _("{shape} of {rows:,} values").format(shape=shape, rows=frozen.rows)
    if isinstance(frozen, Pairs):
        return _("a dict of {n:,} entries").format(n=len(frozen.keys))
    if frozen.yes_no:
        return str(bool(frozen.value))
    names = {
        MISSING: _("a missing value (NaN)"),
        NUMBER: _("a number"),
        TEXT: _("a text"),
        TIME: _("a date"),
        DURATION: _("a duration"),
    }
    return names[frozen.kind]
