"""Floor 5, the account manager's morning workbench: queries over the tables, the learner's own notes, a widget."""

from crm_lab.workbench.panels import birthdays, call_backs_due, fired, responsible, tasks, watches_fired
from crm_lab.workbench.queries import PANELS, sql

__all__ = ["PANELS", "birthdays", "call_backs_due", "fired", "responsible", "sql", "tasks", "watches_fired"]
