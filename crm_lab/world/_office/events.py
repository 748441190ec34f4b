"""What came in by the five doors: the orders, tickets, decisions and leads of the last days, as they were spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.contact import FAILURES
from crm_lab.schema.office import DOORS, MATTERS
from crm_lab.world._coded import coded
from crm_lab.world._contact.moments import DAY, NOW, minutes, moments
from crm_lab.world._names import LOCALES
from crm_lab.world._office.office_parameters import EventParameters
from crm_lab.world._office.words import MESSAGES

WORDINGS = 3  # of each matter
FIELDS = ("who", "at", "door", "matter", "record")
TRADE = ("business", "dealer")
ORDER_DOORS = {"web": "web", "app": "app", "platform": "web", "portal": "web", "phone": "phone"}
TICKET_DOORS = {"phone": "phone", "chat": "web", "email": "email", "app": "app"}
CONSENT_DOORS = {"preference_centre": "web", "email_link": "email", "phone": "phone"}
TICKET_MATTERS = dict.fromkeys(FAILURES, "complaint") | {
    "return_request": "return_request",
    "delivery_question": "question",
    "advice": "question",
    "cancellation": "cancellation",
}


@dataclass
class Heard:
    """Events of one kind: whose (number in customers), minute, numbers of door and matter, what each became."""

    who: np.ndarray
    at: np.ndarray
    door: np.ndarray
    matter: np.ndarray
    record: Any


def make_events(
    parameters: EventParameters,
    tables: Mapping[str, pd.DataFrame],
    leads: pd.DataFrame,
    seed: int,
    block: int,
    locale: str,
) -> pd.DataFrame:
    """The events of one block of customers, by time; one block brings those of the leads.

    tables  customers, orders, tickets and consents of the block
    leads   of the whole company
    """
    rng = stream(seed, "events", block)
    since, customers = NOW - parameters.days * DAY, tables["customers"]
    known = pd.Index(customers["customer_id"])
    parts = [_orders(parameters, customers, tables["orders"], known, since, rng)]
    parts += [_tickets(tables["tickets"], known, since), _decisions(tables["consents"], known, since)]
    if block == 0:
        parts.append(_enquiries(parameters, leads, since, rng))
    who, at, door, matter, record = (np.concatenate([getattr(part, name) for part in parts]) for name in FIELDS)
    order = np.lexsort((np.arange(len(at)), at))
    said = rng.integers(0, WORDINGS, len(at))
    spoken = [pair[LOCALES.index(locale)] for name in MATTERS for pair in MESSAGES[name]]
    return pd.DataFrame(
        {
            "event_id": [f"E{n:07d}" for n in block * BLOCK * 10 + np.arange(1, len(at) + 1)],
            "happened_at": moments(at[order]),
            "door": coded(DOORS, door[order]),
            "matter": coded(MATTERS, matter[order]),
            "customer_id": coded(customers["customer_id"], who[order]),
            "record_id": pd.array(record[order], dtype="str"),
            "message": coded(spoken, WORDINGS * matter[order] + said),
        }
    )


def _numbers(values: pd.Series, numbers: Mapping[str, str], names: tuple[str, ...]) -> np.ndarray:
    """Number in `names` of what each value stands for."""
    codes = np.array([names.index(name) for name in numbers.values()])
    return codes[pd.Index(numbers).get_indexer(pd.Index(values))]


def _orders(
    parameters: EventParameters,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    known: pd.Index,
    since: int,
    rng: np.random.Generator,
) -> Heard:
    orders = orders[minutes(orders["ordered_at"]) >= since]
    who = known.get_indexer(pd.Index(orders["customer_id"]))
    trade = customers["kind"].isin(TRADE).to_numpy()[who]
    faxed = trade & (orders["channel"] == "phone").to_numpy() & (rng.random(len(orders)) < parameters.faxed)
    door = np.where(faxed, DOORS.index("fax"), _numbers(orders["channel"], ORDER_DOORS, DOORS))
    matter = np.full(len(orders), MATTERS.index("order"))
    return Heard(who, minutes(orders["ordered_at"]), door, matter, orders["order_id"])


def _tickets(tickets: pd.DataFrame, known: pd.Index, since: int) -> Heard:
    tickets = tickets[minutes(tickets["opened_at"]) >= since]
    door = _numbers(tickets["channel"], TICKET_DOORS, DOORS)
    matter = _numbers(tickets["topic"], TICKET_MATTERS, MATTERS)
    who = known.get_indexer(pd.Index(tickets["customer_id"]))
    return Heard(who, minutes(tickets["opened_at"]), door, matter, tickets["ticket_id"])


def _decisions(consents: pd.DataFrame, known: pd.Index, since: int) -> Heard:
    """Changes of mind about consent; what was decided at registration is no event of its own."""
    changed = consents[(minutes(consents["recorded_at"]) >= since) & (consents["source"] != "registration").to_numpy()]
    changed = changed.drop_duplicates(["customer_id", "recorded_at"])
    who, door = known.get_indexer(pd.Index(changed["customer_id"])), _numbers(changed["source"], CONSENT_DOORS, DOORS)
    matter = np.full(len(changed), MATTERS.index("consent"))
    return Heard(who, minutes(changed["recorded_at"]), door, matter, np.full(len(changed), None))


def _enquiries(parameters: EventParameters, leads: pd.DataFrame, since: int, rng: np.random.Generator) -> Heard:
    leads = leads[minutes(leads["created_at"]) >= since]
    limits = (
        np.array([parameters.lead_doors[source] for source in leads["source"]]).reshape(-1, len(DOORS)).cumsum(axis=1)
    )
    door = (rng.random(len(leads))[:, None] > limits[:, :-1]).sum(axis=1)
    nobody, matter = np.full(len(leads), -1), np.full(len(leads), MATTERS.index("enquiry"))
    return Heard(nobody, minutes(leads["created_at"]), door, matter, leads["lead_id"])
