"""The words and the HTML of the workbench: titles, rows, the SQL to unfold, and the page that stands still."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from crm_lab.base.text import _, ngettext
from crm_lab.workbench._queries import PANELS, sql
from crm_lab.workbench._why import weekday

STILL_ROWS = 3  # a panel on the page that stands still: a slide has room for so many
STYLE = """<style>
.crm-bench h4 {margin: 0 0 2px; font-size: 1.1em}
.crm-bench p, .crm-bench li {line-height: 1.35; margin: 1px 0}
.crm-bench ul {margin: 0; padding-left: 1.2em}
.crm-bench summary {cursor: pointer; color: var(--jp-content-link-color, #1565c0)}
.crm-bench pre {font-size: 12px; line-height: 1.35; padding: 6px;
  background: var(--jp-layout-color2, rgba(128, 128, 128, 0.12))}
.crm-bench-row.widget-checkbox {height: auto; width: 100%}
.crm-bench-row .widget-label-basic {white-space: normal; line-height: 1.4; height: auto; align-items: flex-start}
.crm-bench-row input {margin: 4px 6px 0 0; flex: none}
.crm-bench :focus-visible {outline: 2px solid var(--jp-brand-color1, #1976d2); outline-offset: 2px}
</style>"""
# not in the style sheet, which JupyterLab drops from a notebook that is not trusted
_UNBROKEN = "white-space: pre; word-break: normal; overflow-x: auto; max-width: 100%"
# JupyterLab has keys of its own for a notebook's output; this leaves Enter and Space to what has the focus
_KEYS = 'data-lm-suppress-shortcuts="true"'


def title(panel: str) -> str:
    """The heading of a panel.

    >>> title("watches")
    'Watches that fired'
    """
    return {
        "tasks": _("Tasks of today and overdue"),
        "birthdays": _("Birthdays in the next 7 days"),
        "watches": _("Watches that fired"),
        "call_backs": _("Promised calls due"),
    }[panel]


def row(one: Any) -> str:
    """A row of a panel in words: who, and why.

    >>> row(pd.DataFrame({"customer_id": ["C1"], "name": ["Li Na"], "why": ["Turns 30 today."]}).iloc[0])
    'C1 Li Na: Turns 30 today.'
    """
    who = f"{one['customer_id']} {one['name']}"
    if "product" in one:
        who += f", {one['product_id']} {one['product']}"
    return f"{who}: {one['why']}"


def rows(found: pd.DataFrame, most: int | None = None) -> str:
    """The rows of a panel as a list: all, or the first `most` and how many follow."""
    if found.empty:
        return paragraph(_("Nothing today."))
    shown = [row(one) for _place, one in found[:most].iterrows()]
    if more := len(found) - len(shown):
        shown.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in shown) + "</ul>"


def heading(panel: str) -> str:
    """The title of a panel as a heading."""
    return f"<h4>{escape(title(panel))}</h4>"


def paragraph(text: str, role: str = "") -> str:
    """One paragraph; with role "status" it is read out when it changes."""
    return f'<p role="status" aria-live="polite">{escape(text)}</p>' if role else f"<p>{escape(text)}</p>"


def query(panel: str) -> str:
    """The SQL of a panel, to be unfolded by mouse or keyboard."""
    name = _("Show the SQL: {panel}").format(panel=title(panel))
    text = f'<pre tabindex="0" style="{_UNBROKEN}">{escape(sql(panel))}</pre>'
    return f"<details {_KEYS}><summary>{escape(name)}</summary>{text}</details>"


def summary(found: dict[str, pd.DataFrame], who: str, day: Any) -> str:
    """What the morning brings, in one sentence."""
    n = {panel: len(found[panel]) for panel in PANELS}
    parts = [
        ngettext("{n} task", "{n} tasks", n["tasks"]),
        ngettext("{n} birthday", "{n} birthdays", n["birthdays"]),
        ngettext("{n} watch fired", "{n} watches fired", n["watches"]),
        ngettext("{n} promised call due", "{n} promised calls due", n["call_backs"]),
    ]
    counts = ", ".join(part.format(n=n[panel]) for part, panel in zip(parts, PANELS, strict=True))
    return _("{who}, {day}: {counts}.").format(who=who, day=weekday(day), counts=counts)


def still(found: dict[str, pd.DataFrame], who: str, day: Any) -> str:
    """The workbench where no kernel runs: the same panels, without anything to choose."""
    panels = "".join(  # no <section>: a slide deck would take each for a slide
        f'<div role="region" aria-label="{escape(title(panel))}" style="flex: 1 1 40%; min-width: 300px">'
        f"{heading(panel)}{rows(found[panel], STILL_ROWS)}{query(panel)}</div>"
        for panel in PANELS
    )
    grid = f'<div style="display: flex; flex-wrap: wrap; gap: 14px 24px">{panels}</div>'
    return f'<div class="crm-bench">{STYLE}<p><strong>{escape(summary(found, who, day))}</strong></p>{grid}</div>'
