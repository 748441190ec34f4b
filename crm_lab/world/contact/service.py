"""What customer service did with a ticket: channel, first response, end, outcome and compensation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.schema.contact import TICKET_CHANNELS
from crm_lab.world.contact.parameters import TicketParameters
from crm_lab.world.parameters import TODAY

CHANNEL_SHARE = {True: (0.44, 0.24, 0.20, 0.12), False: (0.30, 0.38, 0.12, 0.20)}


def add_service(
    parameters: TicketParameters, tickets: pd.DataFrame, customers: pd.DataFrame, rng: np.random.Generator
) -> None:
    """Fill in what was done with each ticket. A complaint brings its response time and favour along.

    tickets  by time; gains channel, first_response_at, resolved_at, outcome, compensation

    >>> from crm_lab.world import World
    >>> tickets = World(100).tickets
    >>> bool((tickets["first_response_at"].dropna() > tickets["opened_at"].min()).all())
    True
    """
    size, complaint = len(tickets), tickets["complaint"].to_numpy(bool)
    tickets["channel"] = _channel(tickets, customers, complaint, rng)
    usual = response_hours(parameters, tickets["topic"].to_numpy(), rng)
    response = np.where(complaint, tickets["response"].to_numpy(float), usual)
    answered = tickets["opened_at"] + pd.to_timedelta(np.ceil(response * 60), unit="min")
    median, sigma = parameters.solve
    work = np.where(complaint, median, median / 5) * np.exp(sigma * rng.standard_normal(size))
    solved = answered + pd.to_timedelta(np.ceil(work * 60), unit="min")
    today = pd.Timestamp(TODAY)
    tickets["first_response_at"] = answered.where(answered < today)
    tickets["resolved_at"] = solved.where(solved < today)
    outcome = _outcome(parameters, tickets, complaint, rng)
    tickets["outcome"] = np.where(solved < today, outcome, "pending")
    gift = np.round(np.clip(tickets["revenue"].to_numpy(float) * rng.uniform(*parameters.compensation, size), 5, 150))
    tickets["compensation"] = np.where(tickets["outcome"] == "compensated", gift, 0.0)


def response_hours(parameters: TicketParameters, topics: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Hours to the first response for tickets of these topics: lognormal, by topic.

    >>> hours = response_hours(TicketParameters(), np.array(["advice", "damaged"]), np.random.default_rng(0))
    >>> bool((hours > 0).all())
    True
    """
    names, place = np.unique(np.asarray(topics, dtype=object), return_inverse=True)
    median, sigma = np.array([parameters.response[name] for name in names]).reshape(-1, 2)[place].T
    return median * np.exp(sigma * rng.standard_normal(len(topics)))


def _channel(
    tickets: pd.DataFrame, customers: pd.DataFrame, complaint: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    limits = np.where(complaint[:, None], np.cumsum(CHANNEL_SHARE[True]), np.cumsum(CHANNEL_SHARE[False]))
    channel = np.take(TICKET_CHANNELS, (rng.random(len(tickets))[:, None] > limits[:, :-1]).sum(axis=1))
    last = customers["last_visit_at"].to_numpy()[tickets["row"].to_numpy(int)]
    gone = (tickets["opened_at"] > last).to_numpy() & np.isin(channel, ["chat", "app"])
    return np.where(gone, "phone", channel)  # chat and app would have been a visit


def _outcome(
    parameters: TicketParameters, tickets: pd.DataFrame, complaint: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    goods = tickets["topic"].isin(["damaged", "wrong_item", "missing_item"]).to_numpy()
    replaced = goods & (rng.random(len(tickets)) < parameters.replaced)
    kind = np.where(replaced, "replaced", "compensated")
    unkind = np.where(rng.random(len(tickets)) < parameters.refused, "refused", "apology")
    favour = tickets["favour"].eq(True).to_numpy()
    settled = np.where(tickets["topic"].isin(["return_request", "cancellation"]), "accepted", "answered")
    return np.where(complaint, np.where(favour, kind, unkind), settled)
