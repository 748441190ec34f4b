"""Floor 5: the exercises. One module or folder `chNN` a chapter declares its own; `_form` says how."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules

from crm_lab.base.errors import one_of
from crm_lab.base.text import language
from crm_lab.exercises._exercise import KINDS, Exercise, Mistake, supplies
from crm_lab.exercises._form import declare, declared, sorted_into, texts, then
from crm_lab.exercises._headings import headings

__all__ = [
    "KINDS",
    "Exercise",
    "Mistake",
    "all_exercises",
    "chapters",
    "declare",
    "of",
    "sorted_into",
    "supplies",
    "texts",
    "then",
]


def _modules() -> list[str]:
    """The modules with declarations: one a chapter, or one a notebook where a chapter has several."""
    return sorted(module.name for module in iter_modules(__path__) if re.fullmatch(r"ch\d\d[a-z]?", module.name))


def chapters() -> list[str]:
    """The chapters that have exercises, such as ["04"]."""
    return sorted({module[2:4] for module in _modules()})


def of(chapter: str) -> tuple[Exercise, ...]:
    """The exercises of one chapter, in the order of its labs.

    Raises InputError naming the chapters there are.
    """
    one_of("chapter", chapter, chapters())
    for module in _modules():
        if module[2:4] == chapter:
            _import_all(f"{__name__}.{module}")
    order = {name: place for place, name in enumerate(headings(chapter, language()))}
    return tuple(sorted(declared(chapter), key=lambda exercise: (exercise.lab, order.get(exercise.name, 0))))


def _import_all(name: str) -> None:
    """Import a module, and those of its folder if it is one."""
    folder = getattr(import_module(name), "__path__", ())
    for module in iter_modules(folder):
        import_module(f"{name}.{module.name}")


def all_exercises() -> tuple[Exercise, ...]:
    """Every exercise ever declared, chapter by chapter."""
    return tuple(exercise for chapter in chapters() for exercise in of(chapter))
