"""Why a row stands in a panel of the workbench, in one sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from crm_lab.base import wording
from crm_lab.base.text import _, ngettext


def weekday(day: Any) -> str:
    """A date with the name of its weekday.

    >>> weekday("2025-12-18")
    'Thursday 2025-12-18'
    """
    moment = pd.Timestamp(day)
    return f"{wording.weekday(moment.weekday())} {moment.date().isoformat()}"


def task_name(task: str) -> str:
    """What a task is, in words.

    >>> task_name("dealer_visit")
    'visit the dealer'
    """
    return {
        "call_back": _("ask how the order went"),
        "return_call": _("talk about the return"),
        "contract_review": _("review the frame contract"),
        "dealer_visit": _("visit the dealer"),
    }[task]


def task(row: Any, day: date) -> str:
    """Why a task is on the list: `row` of workbench.tasks."""
    what = task_name(row.task)
    if row.days_late == 0:
        return _("Due today at {time:%H:%M}: {what}.").format(time=row.due_at, what=what)
    late = ngettext("{n} day late", "{n} days late", row.days_late).format(n=row.days_late)
    return _("Due on {day}, {late}: {what}.").format(day=weekday(row.due_at), late=late, what=what)


def birthday(row: Any, day: date) -> str:
    """Why a birthday is on the list: `row` of workbench.birthdays."""
    ahead = (row.birthday_on.date() - day).days
    when = {0: _("today"), 1: _("tomorrow")}.get(ahead) or _("on {day}").format(day=weekday(row.birthday_on))
    said = [_("Turns {age} {when}.").format(age=row.age, when=when)]
    if row.birthday.day != row.birthday_on.day:
        said.append(_("Born on 29 February, which this year does not have."))
    if not row.marketing_consent:
        said.append(_("Send wishes without an offer: no consent to marketing."))
    return " ".join(said)


def watch(row: Any, day: date) -> str:
    """Why a watch is on the list: `row` of workbench.watches_fired."""
    asked = weekday(row.asked_on)
    if row.watch == "stock":
        pieces = ngettext("{n} piece", "{n} pieces", int(row.pieces)).format(n=int(row.pieces))
        text = _("Sold out until now, {pieces} delivered today. Asked for on {asked}.")
        return text.format(pieces=pieces, asked=asked)
    text = _("From ¥{before:.2f} to ¥{price:.2f} today. To be told at ¥{level:.2f} or less, asked on {asked}.")
    return text.format(before=row.price_before, price=row.price, level=row.price_level, asked=asked)


def call_back(row: Any, day: date) -> str:
    """Why a call is on the list: `row` of workbench.call_backs_due."""
    promised = weekday(row.due_at)
    if not row.working:
        promised = _("{day}, a day off").format(day=promised)
    if row.working_days_late:
        text = ngettext(
            "Promised for {day}: {n} working day late.", "Promised for {day}: {n} working days late.",
            row.working_days_late,
        )  # fmt: skip
        return text.format(day=promised, n=row.working_days_late)
    if row.due_at.date() == day:
        return _("Promised for today.")
    return _("Promised for {day}: due now.").format(day=promised)
