"""Floor 5, the account manager's morning workbench: queries over the tables, the learner's own notes, a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.base.lazy import lazily
from crm_lab.workbench._panels import birthdays, call_backs_due, fired, responsible, tasks, watches_fired
from crm_lab.workbench._queries import PANELS, sql

if TYPE_CHECKING:
    from crm_lab.workbench._bench import Workbench, open
    from crm_lab.workbench._notes import Notes

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

# ipywidgets only where the widget is asked for
__getattr__ = lazily(__name__, {"_bench": ("Workbench", "open"), "_notes": ("Notes",)})
