"""What customer service did with a ticket: channel, first response, end, outcome and compensation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.schema.contact import TICKET_CHANNELS
from crm_lab.world._contact.contact_parameters import TicketParameters
from crm_lab.world._draws import Random


def add_service(parameters: TicketParameters, tickets: pd.DataFrame, generosity: np.ndarray, rng: Random) -> None:
    """Fill in what was done with each ticket. A complaint brings its response time and favour along.

    tickets     gains channel, first_response_at, resolved_at, outcome, compensation
    generosity  what is given in compensation, as a multiple of the usual, for each

    >>> from crm_lab.world import World
    >>> tickets = World(100).tickets
    >>> bool((tickets["first_response_at"].dropna() > tickets["opened_at"].min()).all())
    True
    """
    size, complaint = len(tickets), tickets["complaint"].to_numpy(bool)
    share = np.where(complaint[:, None], parameters.complaint_channels, parameters.question_channels)
    limits = np.cumsum(share, axis=1)[:, :-1]
    tickets["channel"] = np.take(TICKET_CHANNELS, (rng.random(size)[:, None] > limits).sum(axis=1))
    usual = response_hours(parameters, tickets["topic"].to_numpy(), rng)
    response = np.where(complaint, tickets["response"].to_numpy(float), usual)
    answered = tickets["opened_at"] + pd.to_timedelta(np.ceil(response * 60), unit="min")
    median, sigma = parameters.solve
    usual_work = np.where(complaint, median, median * parameters.solve_question)
    work = usual_work * np.exp(sigma * rng.standard_normal(size))
    tickets["first_response_at"] = answered
    tickets["resolved_at"] = answered + pd.to_timedelta(np.ceil(work * 60), unit="min")
    tickets["outcome"] = _outcome(parameters, tickets, complaint, rng)
    share = tickets["revenue"].to_numpy(float) * rng.uniform(*parameters.compensation, size)
    gift = np.round(np.clip(share, *parameters.compensation_limits) * generosity)
    tickets["compensation"] = np.where(tickets["outcome"] == "compensated", gift, 0.0)


def response_hours(parameters: TicketParameters, topics: np.ndarray, rng: Random) -> np.ndarray:
    """Hours to the first response for tickets of these topics: lognormal, by topic.

    >>> hours = response_hours(TicketParameters(), np.array(["advice", "damaged"]), np.random.default_rng(0))
    >>> bool((hours > 0).all())
    True
    """
    names, place = np.unique(np.asarray(topics, dtype=object), return_inverse=True)
    median, sigma = np.array([parameters.response[name] for name in names]).reshape(-1, 2)[place].T
    return median * np.exp(sigma * rng.standard_normal(len(topics)))


def _outcome(parameters: TicketParameters, tickets: pd.DataFrame, complaint: np.ndarray, rng: Random) -> np.ndarray:
    goods = tickets["topic"].isin(["damaged", "wrong_item", "missing_item"]).to_numpy()
    replaced = goods & (rng.random(len(tickets)) < parameters.replaced)
    kind = np.where(replaced, "replaced", "compensated")
    unkind = np.where(rng.random(len(tickets)) < parameters.refused, "refused", "apology")
    favour = tickets["favour"].eq(True).to_numpy()
    settled = np.where(tickets["topic"].isin(["return_request", "cancellation"]), "accepted", "answered")
    return np.where(complaint, np.where(favour, kind, unkind), settled)
