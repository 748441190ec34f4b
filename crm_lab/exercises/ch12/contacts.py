"""Lab 12, the contact hub: what the desk knows when the telephone rings, and how call centres grew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import staffing
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- what the desk knows


def _screen(t: Tables, orders: pd.DataFrame | None = None) -> pd.DataFrame:
    """The screen pop of every known caller, cut to what the task asks for."""
    orders = t.table("orders") if orders is None else orders
    shown = staffing.screen_pop(t.table("calls"), t.table("customers"), orders, t.table("tickets"))
    return shown[["name", "orders", "last_order"]]


def _all_time(t: Tables) -> pd.DataFrame:
    """The screen that also knows orders placed after the call."""
    orders = t.table("orders")
    return _screen(t, orders.assign(ordered_at=orders["ordered_at"].min()))


def _first_order(t: Tables) -> pd.DataFrame:
    calls, orders = t.table("calls").dropna(subset="customer_id"), t.table("orders")
    both = calls.merge(orders[["customer_id", "order_id", "ordered_at"]], on="customer_id")
    both = both[both["ordered_at"] < both["arrived_at"]].sort_values("ordered_at")
    return _screen(t).assign(last_order=both.groupby("call_id")["order_id"].first())


def _delivered(t: Tables) -> pd.DataFrame:
    orders = t.table("orders")
    return _screen(t, orders[orders["status"] == "delivered"])


def _callers_mean(t: Tables, screen: pd.DataFrame) -> str:
    calls = t.table("calls")
    with_order = int((screen["orders"] > 0).sum())
    return _(
        "The desk knows {known:,} callers of this week by name ({share:.1%} of all {all:,} calls: we hold the customer "
        "file of a sample only), and for {orders:,} of them it can open the latest order before anyone says a word."
    ).format(known=len(screen), all=len(calls), share=len(screen) / len(calls), orders=with_order)


callers = Exercise(
    name="callers",
    lab="12",
    title=_("Who is calling?"),
    points=3,
    sections=("cti-idea", "hub-idea"),
    kind="sql",
    key=("call_id",),
    columns={
        "name": _("who calls"),
        "orders": _("number of orders placed before the call"),
        "last_order": _("order_id of the latest of them"),
    },
    reference=_screen,
    mistakes=(
        Mistake(
            "orders after the call",
            _all_time,
            _(
                "You counted orders placed after the call. The screen shows what is known while the telephone rings: "
                "join on ordered_at < arrived_at, too."
            ),
        ),
        Mistake(
            "callers without orders",
            lambda t: _screen(t).query("orders > 0"),
            _(
                "You lost callers without an earlier order. They ring, too: use LEFT JOIN, with the condition on the "
                "time in ON and not in WHERE."
            ),
        ),
        Mistake(
            "rows not orders",
            lambda t: _screen(t).assign(orders=lambda screen: screen["orders"].clip(lower=1)),
            _("You gave callers without an earlier order one order: count(*) counts the empty row, too."),
        ),
        Mistake(
            "first order",
            _first_order,
            _("You took the first order of each caller. The desk needs the latest one: arg_max, not arg_min."),
        ),
        Mistake(
            "delivered only",
            _delivered,
            _("You left out orders that had not arrived. Those are what people call about."),
        ),
    ),
    hints=(
        _("Three tables: calls joined with customers, then LEFT JOIN orders, then GROUP BY call_id."),
        _("An order counts if it has the customer_id of the call AND ordered_at < arrived_at; write both into ON."),
        _("count(order_id) counts orders, arg_max(order_id, ordered_at) gives the latest, any_value(name) the name."),
    ),
    meaning=_callers_mean,
)

# ---- how call centres grew

STAGES = ("hotline", "voice_menu", "cti", "contact_centre", "cloud")

_DESKS = {
    "d1": ("hotline", _("The agent asks for the customer number and looks it up in a binder.")),
    "d2": ("voice_menu", _("For opening hours press 1, for your order press 2: the machine answers the rest.")),
    "d3": ("cti", _("While it rings, the order of the caller opens by itself on the screen.")),
    "d4": ("contact_centre", _("The agent sees the chat of this morning next to the mail of last week.")),
    "d5": ("cloud", _("The agents work at home; the company rents the system by the seat.")),
    "d6": ("cti", _("The queue passes each call to the agent who has been free longest, with the customer's file.")),
    "d7": ("contact_centre", _("One team answers telephone, app and mail, and all write into one history.")),
    "d8": ("hotline", _("Five people, five telephones; who is free picks up, and notes are made on paper.")),
    "d9": ("cloud", _("A chatbot answers first and hands over to a person, with all that was said so far.")),
}
_RIGHT = {number: stage for number, (stage, _text) in _DESKS.items()}


def desks(t: Tables) -> pd.DataFrame:
    """Nine call centres as their people describe them."""
    return pd.DataFrame([(number, text) for number, (_stage, text) in _DESKS.items()], columns=["id", "description"])


def _taken_for(**others: str) -> Callable[[Tables], Any]:
    """The stages, one taken for another."""
    return lambda t: {number: others.get(stage, stage) for number, stage in _RIGHT.items()}


stages = Exercise(
    name="stages",
    lab="12",
    title=_("How it grew"),
    points=2,
    sections=("growth-idea",),
    kind="choice",
    options=STAGES,
    reference=lambda t: dict(_RIGHT),
    supplies={"desks": desks},
    transfers=False,
    mistakes=(
        Mistake(
            "telephone is telephone",
            _taken_for(cti="hotline"),
            _(
                "You see a hotline wherever somebody only telephones. Ask what the computer does: if it brings the "
                "caller's file with the call, telephone and computer are joined."
            ),
        ),
        Mistake(
            "several channels are new",
            _taken_for(contact_centre="cloud"),
            _(
                "You see the newest stage wherever there are several channels. One history for all channels came "
                "first; renting the system and letting a machine talk came later."
            ),
        ),
        Mistake(
            "a machine that answers",
            lambda t: {**_RIGHT, "d9": "voice_menu"},
            _("You took every machine for a voice menu. A menu offers keys to press and understands no sentence."),
        ),
        Mistake(
            "the file makes the centre",
            _taken_for(cti="contact_centre"),
            _("You called it a contact centre where only the telephone is joined to the computer. Count the channels."),
        ),
    ),
    hints=(
        _("For each sentence ask: what is there that the stage before did not have?"),
        _(
            "Paper: hotline. Keys to press: voice menu. File with the call: CTI. One history for all channels: contact "
            "centre. Rented, at home, robots: cloud."
        ),
    ),
    meaning=lambda t, answer: _(
        "Each stage kept what was there and added one thing. With the contact centre the call centre became the "
        "contact hub of CRM: every channel ends in one history, which sales, marketing and service share."
    ),
)
