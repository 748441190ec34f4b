"""Numbers, texts and choices as answers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import in_a_row
from crm_lab.data.tables import Tables
from crm_lab.exercises import Exercise
from crm_lab.labs._freeze import Frozen, Grid, Pairs, Scalar, freeze
from crm_lab.labs._rounding import to_the_fen
from crm_lab.labs.cells import BLANK, NUMBER, TEXT, Cell, Column, Refused
from crm_lab.labs.words import (
    Difference,
    NotAnAnswer,
    Unanswered,
    called,
    explained,
    listing,
    misfit,
    number,
    shorten,
    value,
)

# ---- number


def read_number(exercise: Exercise, answer: Any, tables: Tables, right: float | None = None) -> float:
    """The answer as a float: a number, or a Series, array or table of exactly one."""
    try:
        frozen = freeze(answer, most_rows=1)
    except Refused as refused:
        raise misfit(exercise, refused, "number") from None
    kind, plain = _only_cell(frozen)
    if kind != NUMBER or (isinstance(frozen, Scalar) and frozen.yes_no):
        raise misfit(exercise, called(frozen), "number")
    return plain


def _only_cell(frozen: Frozen) -> Cell:
    if isinstance(frozen, Scalar):
        return frozen.kind, frozen.value
    if isinstance(frozen, Grid) and frozen.rows == 1 and sum(map(len, frozen.columns.values())) == 1:
        column = next(iter(frozen.columns.values()))[0]
        return column.cell(0) if not column.yes_no else (BLANK, None)
    return BLANK, None


def compare_number(exercise: Exercise, mine: float, right: float) -> Difference | None:
    """What differs, or None. Says the learner's own value, never a direction or a distance."""
    if mine == right or abs(mine - right) <= max(exercise.tolerance * abs(right), 1e-12) != float("inf"):
        return None
    if "¥" in exercise.unit and to_the_fen(mine, right):
        return None
    shown = explained(number(mine), exercise.unit)
    return Difference(_("You have {value}. That is not it yet.").format(value=shown))


# ---- text


def _normal(text: str) -> str:
    return " ".join(re.split(r"[\W_]+", unicodedata.normalize("NFKC", text).casefold())).strip()


class Wording(frozenset[str]):
    """A text without the differences of case, space and punctuation, and how it was written."""

    said: str = ""


def read_text(exercise: Exercise, answer: Any, tables: Tables, right: Any = None) -> Wording:
    """The answer as a Wording. Raises Unanswered where it is empty."""
    plain = _text_of(exercise, answer)
    return _wording(_normal(plain), plain)


def read_sentence(exercise: Exercise, answer: Any, tables: Tables, right: Any = None) -> Wording:
    """The answer letter for letter, without blanks around it. Raises Unanswered where it is empty."""
    plain = _text_of(exercise, answer)
    return _wording(plain.strip(), plain)


def _wording(meant: str, said: str) -> Wording:
    wording = Wording([meant])
    wording.said = said.strip()
    return wording


def _text_of(exercise: Exercise, answer: Any) -> str:
    try:
        frozen = freeze(answer, most_rows=1)
    except Refused as refused:
        raise misfit(exercise, refused, "text") from None
    kind, plain = _only_cell(frozen)
    if kind != TEXT:
        raise misfit(exercise, called(frozen), "text")
    if not plain.strip():
        raise Unanswered
    return str(plain)


def as_said(text: frozenset[str]) -> str:
    """A text as it was written, short enough for a message."""
    return shorten(text.said if isinstance(text, Wording) else min(text))


def read_texts(exercise: Exercise, accepted: Any, tables: Tables) -> frozenset[str]:
    """All wordings a declaration accepts: one text, or several."""
    return frozenset(map(_normal, [accepted] if isinstance(accepted, str) else accepted))


def compare_text(exercise: Exercise, mine: frozenset[str], right: frozenset[str]) -> Difference | None:
    """What differs, or None."""
    if mine & right:
        return None
    return Difference(_('You have "{value}". That is not it yet.').format(value=as_said(mine)))


# ---- choice


@dataclass(frozen=True)
class Choice:
    """Which label each item was given; a single label stands under the item ""."""

    labels: dict[str, str]


def read_choice(exercise: Exercise, answer: Any, tables: Tables, right: Choice | None = None) -> Choice:
    """The answer as a Choice. Raises NotAnAnswer when items are missing or labels are not among the options."""
    kind = "label" if right is not None and "" in right.labels else ""
    try:
        frozen = freeze(answer, most_rows=10_000)
    except Refused as refused:
        raise misfit(exercise, refused, kind) from None
    given = _given(exercise, frozen, kind)
    if right is not None:
        _check_items(exercise, given, right)
    options = {_normal(option): option for option in map(str, exercise.options)}
    strange = {item: cell for item, cell in given.items() if _normal(_word(cell)) not in options}
    if strange:
        item, cell = next(iter(strange.items()))
        raise NotAnAnswer(_not_an_option(exercise, item, cell, len(strange)))
    return Choice({item: options[_normal(_word(cell))] for item, cell in given.items()})


def _given(exercise: Exercise, frozen: Frozen, kind: str) -> dict[str, Cell]:
    if isinstance(frozen, Scalar) and frozen.kind == TEXT:
        return {"": (frozen.kind, frozen.value)}
    if isinstance(frozen, Pairs):
        return dict(zip(map(_word, frozen.keys), frozen.values, strict=True))
    if isinstance(frozen, Grid) and frozen.shape == "Series" and len(frozen.levels) == 1:
        items, labels = frozen.levels[0][1], frozen.columns[""][0]
        return dict(zip(_words(items), (labels.cell(row) for row in range(frozen.rows)), strict=True))
    raise misfit(exercise, called(frozen), kind)


def _word(cell: Cell) -> str:
    return cell[1] if cell[0] == TEXT else "" if cell[0] == BLANK else value(cell)


def _words(column: Column) -> list[str]:
    return [_word(column.cell(row)) for row in range(len(column))]


def _check_items(exercise: Exercise, given: dict[str, Cell], right: Choice) -> None:
    if ("" in given) != ("" in right.labels):
        single = _("a single label") if "" in given else _("a label for each of several items")
        asked = _("a label for each item: {items}").format(items=listing(right.labels))
        raise NotAnAnswer(
            _("You have {what}; what is asked for is {wanted}.").format(
                what=single, wanted=asked if "" not in right.labels else _("a single label")
            )
        )
    blank = [item for item, (kind, _plain) in given.items() if kind == BLANK]
    if blank and len(blank) == len(given):
        raise Unanswered
    lacking = [item for item in right.labels if item not in given or item in blank]
    extra = [item for item in given if item not in right.labels]
    if lacking:
        raise NotAnAnswer(_("Not placed yet: {items}.").format(items=listing(lacking)))
    if extra:
        raise NotAnAnswer(_("Not among the items: {items}.").format(items=listing(extra)))


def _not_an_option(exercise: Exercise, item: str, cell: Cell, count: int) -> str:
    said = ngettext(
        "{n:,} label is not among the options, first {label}{place}.",
        "{n:,} labels are not among the options, first {label}{place}.",
        count,
    ).format(n=count, label=value(cell), place=f" ({shorten(item)})" if item else "")
    return f"{said} " + _("Use one of: {options}.").format(options=in_a_row(exercise.options))


def compare_choice(exercise: Exercise, mine: Choice, right: Choice) -> Difference | None:
    """How many items are not where they belong; never which."""
    wrong = sum(mine.labels[item] != label for item, label in right.labels.items() if item in mine.labels)
    wrong += len(mine.labels.keys() ^ right.labels.keys())
    if not wrong:
        return None
    if "" in right.labels:
        return Difference(_('You chose "{label}". That is not it yet.').format(label=shorten(mine.labels.get("", ""))))
    form = ngettext("{n} of {all} is not where it belongs.", "{n} of {all} are not where they belong.", wrong)
    return Difference(form.format(n=wrong, all=len(right.labels)))
