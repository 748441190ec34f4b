"""How an exercise is declared: one function, and one turned knob a mistake. Its words stand in a file beside it.

    def pareto(t, orders=delivered, by="customer_id", value="margin"):
        return classify.pareto_share(orders(t).groupby(by)[value].sum())

    declare(
        pareto,
        "number",
        by_hand="classify.pareto_share",
        sections=("pareto-idea",),
        mistakes={
            "all orders": {"orders": all_orders},       # the reference with a knob turned
            "percent": then(lambda share: 100 * share),  # the right answer, and then something done to it
            "all accounts": top_of_accounts,             # a recipe of its own: tables -> answer
        },
        facts=lambda t, share: {"share": share, "times": 4 * share / (1 - share)},
    )

The function's name is the exercise's; title and points stand in the notebook's heading; hints, sentences and the rest
of the words in `<module>.<language>.toml`; near misses and edge tables in `<module>.near.toml`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_lab.base.errors import InputError
from crm_lab.base.text import _, language
from crm_lab.exercises._exercise import Exercise, Mistake
from crm_lab.exercises._headings import heading_of
from crm_lab.exercises._near import edges_of, near_of
from crm_lab.exercises._words import fill, words_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from crm_lab.data.tables import Tables

Recipe = Callable[..., Any]  # tables -> answer
Turned = Mapping[str, Any] | Recipe  # knobs of the reference, or a recipe


@dataclass(frozen=True)
class Then:
    """What is done to the answer, with some knobs of the reference turned or with none."""

    change: Callable[[Any], Any]
    knobs: Mapping[str, Any]


def then(change: Callable[[Any], Any], **knobs: Any) -> Then:
    """A mistake that begins with the right answer (or one with knobs turned) and then does something to it.

    >>> then(lambda share: 100 * share).change(0.5)
    50.0
    """
    return Then(change, knobs)


@dataclass(frozen=True, eq=False)
class Declaration:
    """One exercise without its words; see `declare`."""

    reference: Recipe
    kind: str
    stem: Path
    mistakes: Mapping[str, Turned | Then]
    edges: Callable[[], Mapping[str, DataFrame]] | None
    facts: Callable[[Tables, Any], Mapping[str, Any]] | None
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The variable of the answer."""
        return self.reference.__name__

    @property
    def chapter(self) -> str:
        """The chapter of the folder or module it is declared in."""
        return next(part[2:4] for part in reversed(self.stem.parts) if part.startswith("ch") and part[2:4].isdigit())

    def recipe(self, turned: Turned | Then) -> Recipe:
        """The recipe of a mistake."""
        if isinstance(turned, Then):
            return lambda t: turned.change(self.reference(t, **turned.knobs))
        return partial(self.reference, **turned) if isinstance(turned, Mapping) else turned

    def spoken(self) -> Exercise:
        """The exercise with the words of the edition's language."""
        words, heading = words_of(self.stem, self.name), heading_of(self.chapter, self.name)
        said = words.get("mistakes", {})
        if set(said) != set(self.mistakes):
            odd = ", ".join(sorted(set(said) ^ set(self.mistakes)))
            raise InputError(
                _("{name}: the mistakes of {file} and of its words differ: {odd}.").format(
                    name=self.name, file=self.stem.name, odd=odd
                )
            )
        return Exercise(
            name=self.name,
            lab=heading.lab,
            title=heading.title,
            points=heading.points,
            stretch=heading.stretch,
            kind=self.kind,
            reference=self.reference,
            mistakes=tuple(Mistake(name, self.recipe(one), said[name]) for name, one in self.mistakes.items()),
            near=near_of(self.stem, self.name),
            edges=self.edges or edges_of(self.stem, self.name),
            hints=tuple(words.get("hints", ())),
            meaning=lambda t, right: fill(words["right"], self.facts(t, right) if self.facts else {}),
            unit=words.get("unit", ""),
            columns=words.get("columns", {}),
            **self.more,
        )


_declared: dict[tuple[str, str], Declaration] = {}


def declare(
    reference: Recipe,
    kind: str,
    *,
    mistakes: Mapping[str, Turned | Then],
    facts: Callable[[Tables, Any], Mapping[str, Any]] | None = None,
    key: Sequence[str] = (),
    options: Sequence[str] = (),
    probes: Callable[[Tables], Sequence[tuple[Any, ...]]] | None = None,
    edges: Callable[[], Mapping[str, DataFrame]] | None = None,
    returns: str = "",
    shape: str = "",
    titled: bool = False,
    named: str = "",
    by_hand: str = "",
    transfers: bool = True,
    sections: Sequence[str] = (),
    supplies: Mapping[str, Callable[[Tables], DataFrame]] | None = None,
    tolerance: float = 1e-6,
) -> None:
    """Declare an exercise. Its order, title and points are those of its task in the notebook.

    reference  tables, and knobs with defaults -> the right answer; its name is the exercise's
    kind       one of KINDS
    mistakes   at least two known misconceptions, each with a sentence in the words file
    edges      what makes edge tables too large to be written down
    facts      tables, the right answer -> what the sentence `right` is filled with

    The others as in Exercise.
    """
    stem = _stem(reference.__module__)
    more = {
        "key": tuple(key),
        "options": tuple(options),
        "probes": probes,
        "returns": returns,
        "shape": shape,
        "titled": titled,
        "named": named,
        "by_hand": by_hand,
        "transfers": transfers,
        "sections": tuple(sections),
        "supplies": dict(supplies or {}),
        "tolerance": tolerance,
    }
    made = Declaration(reference, kind, stem, dict(mistakes), edges, facts, more)
    place = (made.chapter, made.name)
    if place in _declared and _declared[place].stem != stem:
        raise InputError(_("Chapter {0} has two exercises called {1}. Rename one.").format(*place))
    _declared[place] = made


def declared(chapter: str) -> list[Exercise]:
    """The exercises declared in this form for one chapter."""
    return [_spoken(one, language()) for (of, _name), one in _declared.items() if of == chapter]


@cache
def _spoken(one: Declaration, edition: str) -> Exercise:
    return one.spoken()


def texts(name: str, module: str) -> dict[str, str]:
    """The sentences `texts` of an exercise, for a table that it supplies.

    name    of the exercise
    module  `__name__` of the module that declares it
    """
    return dict(words_of(_stem(module), name).get("texts", {}))


def sorted_into(groups: Mapping[str, Sequence[str]], **taken: str) -> dict[str, str]:
    """The group of each thing, by the thing: the answer of a choice. One group may be taken for another.

    groups  the things in each group

    >>> sorted_into({"large": ("a", "c"), "small": ("b",)})
    {'a': 'large', 'b': 'small', 'c': 'large'}
    >>> sorted_into({"large": ("a", "c"), "small": ("b",)}, small="large")
    {'a': 'large', 'b': 'large', 'c': 'large'}
    """
    return dict(sorted((thing, taken.get(group, group)) for group, things in groups.items() for thing in things))


def _stem(module: str) -> Path:
    return Path(str(sys.modules[module].__file__)).with_suffix("")
