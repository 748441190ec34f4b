"""What came in by the five doors: the orders, tickets, decisions and leads of the last days, as they were spoken."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.office import DOORS
from crm_lab.world.names import LOCALES
from crm_lab.world.office.parameters import EventParameters
from crm_lab.world.office.words import MESSAGES
from crm_lab.world.parameters import TODAY

TRADE = ("business", "dealer")
ORDER_DOORS = {"web": "web", "app": "app", "platform": "web", "portal": "web", "phone": "phone"}
TICKET_DOORS = {"phone": "phone", "chat": "web", "email": "email", "app": "app"}
CONSENT_DOORS = {"preference_centre": "web", "email_link": "email", "phone": "phone"}
TICKET_MATTERS = {
    "return_request": "return_request",
    "delivery_question": "question",
    "advice": "question",
    "cancellation": "cancellation",
}


def make_events(
    parameters: EventParameters, tables: Mapping[str, pd.DataFrame], leads: pd.DataFrame, seed: int, block: int, locale: str
) -> pd.DataFrame:
    """The events of one block of customers, by time; one block brings those of the leads.

    tables  customers, orders, tickets and consents of the block
    leads   of the whole company
    """
    rng = stream(seed, "events", block)
    start = pd.Timestamp(TODAY) - pd.Timedelta(days=parameters.days)
    parts = [_orders(parameters, tables, start, rng), _tickets(tables["tickets"], start)]
    parts.append(_decisions(tables["consents"], start))
    if block == 0:
        parts.append(_enquiries(parameters, leads, start, rng))
    events = pd.concat(parts, ignore_index=True).sort_values(["happened_at", "record_id"], ignore_index=True)
    said = rng.integers(0, len(MESSAGES["order"]), len(events)).tolist()
    language = LOCALES.index(locale)
    events["message"] = [MESSAGES[matter][n][language] for matter, n in zip(events["matter"].tolist(), said, strict=True)]
    events["event_id"] = [f"E{n:07d}" for n in block * BLOCK * 10 + np.arange(1, len(events) + 1)]
    return events


def _event(customer: object, at: object, door: object, matter: object, record: object) -> pd.DataFrame:
    return pd.DataFrame(
        {"customer_id": customer, "happened_at": at, "door": door, "matter": matter, "record_id": record}
    )


def _orders(
    parameters: EventParameters, tables: Mapping[str, pd.DataFrame], start: pd.Timestamp, rng: np.random.Generator
) -> pd.DataFrame:
    orders, customers = tables["orders"], tables["customers"]
    orders = orders[orders["ordered_at"] >= start]
    trade = orders["customer_id"].isin(customers.loc[customers["kind"].isin(TRADE), "customer_id"])
    faxed = trade & (orders["channel"] == "phone") & (rng.random(len(orders)) < parameters.faxed)
    door = orders["channel"].map(ORDER_DOORS).mask(faxed, "fax")
    return _event(orders["customer_id"], orders["ordered_at"], door, "order", orders["order_id"])


def _tickets(tickets: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    tickets = tickets[tickets["opened_at"] >= start]
    matter = tickets["topic"].map(TICKET_MATTERS).fillna("complaint")
    door = tickets["channel"].map(TICKET_DOORS)
    return _event(tickets["customer_id"], tickets["opened_at"], door, matter, tickets["ticket_id"])


def _decisions(consents: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """Changes of mind about consent; what was decided at registration is no event of its own."""
    changed = consents[(consents["recorded_at"] >= start) & (consents["source"] != "registration")]
    changed = changed.drop_duplicates(["customer_id", "recorded_at"])
    door = changed["source"].map(CONSENT_DOORS)
    return _event(changed["customer_id"], changed["recorded_at"], door, "consent", None)


def _enquiries(
    parameters: EventParameters, leads: pd.DataFrame, start: pd.Timestamp, rng: np.random.Generator
) -> pd.DataFrame:
    leads = leads[leads["created_at"] >= start]
    limits = np.array([parameters.lead_doors[source] for source in leads["source"]]).reshape(-1, len(DOORS)).cumsum(axis=1)
    door = np.take(DOORS, (rng.random(len(leads))[:, None] > limits[:, :-1]).sum(axis=1))
    return _event(None, leads["created_at"], door, "enquiry", leads["lead_id"])
