"""Floor 5, the account manager's morning workbench: queries over the tables, the learner's own notes, a widget."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from crm_lab.workbench.panels import birthdays, call_backs_due, fired, responsible, tasks, watches_fired
from crm_lab.workbench.queries import PANELS, sql

if TYPE_CHECKING:
    from crm_lab.workbench.bench import Workbench, open
    from crm_lab.workbench.notes import Notes

_HOME = {"Notes": "notes", "Workbench": "bench", "open": "bench"}  # ipywidgets only where the widget is asked for

__all__ = [
    "PANELS",
    "Notes",
    "Workbench",
    "birthdays",
    "call_backs_due",
    "fired",
    "open",
    "responsible",
    "sql",
    "tasks",
    "watches_fired",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"crm_lab.workbench.{_HOME[name]}"), name)
    raise AttributeError(f"module 'crm_lab.workbench' has no attribute {name!r}")
