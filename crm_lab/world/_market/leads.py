"""Companies on their way through the funnel: stages, follow-ups, objections, and how it ended.

All leads go through one stage at a time together. A step succeeds with the chance of its stage, moved in log
odds by the source, the rep, a prompt follow-up of the proposal and an objection. Whatever would happen after
today has not happened yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.market import CONTACTS, INDUSTRIES, LOST_REASONS, OBJECTIONS
from crm_lab.world import _names as names
from crm_lab.world._clock import Clock
from crm_lab.world._market.market_parameters import STAGES, LeadParameters

OPENING, OFFICE_HOURS = 9 * 60, 9 * 60  # minutes
PLACES = {
    "hotel": ("Hotel", "酒店"),
    "restaurant": ("Restaurant", "餐厅"),
    "office": ("Office", "办公楼"),
    "gift_shop": ("Gift Shop", "礼品店"),
    "design_studio": ("Design Studio", "设计室"),
}
OBJECTING = ("proposal", "negotiation")


@dataclass
class LeadCourse:
    """The leads under way: where they stand, and the events so far. Times in days since the first day."""

    at: np.ndarray
    odds: np.ndarray
    open: np.ndarray
    stage: np.ndarray
    reason: np.ndarray
    events: list[pd.DataFrame] = field(default_factory=list)

    def note(self, rows: np.ndarray, at: np.ndarray, event: str, stage: object, **more: object) -> None:
        """Write down one event for each of these leads."""
        self.events.append(pd.DataFrame({"row": rows, "at": at, "event": event, "stage": stage, **more}))


def make_leads(
    parameters: LeadParameters, clock: Clock, reps: pd.DataFrame, skill: np.ndarray, seed: int, locale: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables leads and lead_events.

    reps   the table of that name
    skill  effect of each rep on every step, log odds
    """
    leads, rep = _leads(parameters, clock, reps, stream(seed, "leads"), locale)
    rng = stream(seed, "lead_events")
    source = leads["source"].map(parameters.source).to_numpy(float)
    size = len(leads)
    course = LeadCourse(
        at=leads.pop("created").to_numpy(copy=True),
        odds=source + skill[rep],
        open=np.ones(size, dtype=bool),
        stage=np.full(size, "new", dtype=object),
        reason=np.full(size, None, dtype=object),
    )
    course.note(np.arange(size), course.at, "stage", "new")
    for number in range(len(STAGES)):
        _pass(parameters, course, number, len(clock.days), rng)
    leads["created_at"] = _moment(clock, course.events[0]["at"].to_numpy())
    closed = np.isin(course.stage, ["won", "lost"])
    leads["stage"] = course.stage
    leads["closed_at"] = pd.Series(_moment(clock, course.at)).where(closed)
    leads["lost_reason"] = course.reason
    return leads, _events(parameters, clock, leads["lead_id"].to_numpy(), course, rng)


def _leads(
    parameters: LeadParameters, clock: Clock, reps: pd.DataFrame, rng: np.random.Generator, locale: str
) -> tuple[pd.DataFrame, np.ndarray]:
    size, language = parameters.count, names.LOCALES.index(locale)
    city = rng.choice(len(names.CITIES), size, p=np.array(names.CITY_WEIGHTS) / sum(names.CITY_WEIGHTS))
    industry = rng.choice(INDUSTRIES, size, p=parameters.industries)
    region = np.take([place[2] for place in names.CITIES], city)
    team = reps.groupby("region").indices
    rep = np.array([team[r][int(u * len(team[r]))] for r, u in zip(region, rng.random(size), strict=True)])
    pattern = "{city}{place}{n}号" if locale == "zh_CN" else "{city} {place} No. {n}"
    number = rng.permutation(9_000)[:size] + 1_000  # a number no company would carry
    cities = [names.CITIES[c][language] for c in city]
    value = np.exp(rng.normal(parameters.value_log, parameters.value_spread, size))
    leads = pd.DataFrame(
        {
            "lead_id": [f"L{n:05d}" for n in range(1, size + 1)],
            "company": [
                pattern.format(city=c, place=PLACES[i][language], n=n)
                for c, i, n in zip(cities, industry, number, strict=True)
            ],
            "city": cities,
            "region": region,
            "industry": industry,
            "source": rng.choice(list(parameters.sources), size, p=list(parameters.sources.values())),
            "rep_id": reps["rep_id"].to_numpy()[rep],
            "value": np.round(value, -2),
            "created": np.sort(rng.uniform(0, len(clock.days), size)),
        }
    )
    return leads, rep


def _pass(parameters: LeadParameters, course: LeadCourse, number: int, today: float, rng: np.random.Generator) -> None:
    """Let every open lead live through its stage: follow-ups, perhaps an objection, then on, won or lost."""
    stage, rows = STAGES[number], np.flatnonzero(course.open)
    size, begin = len(rows), course.at[rows]
    days = rng.gamma(
        parameters.days_shape, parameters.days[number] / parameters.days_shape, size
    ) + parameters.proposal_days * (stage == "proposal")
    odds = course.odds[rows] + _log_odds(parameters.advance[number])
    prompt = rng.random(size) < parameters.prompt
    if stage == "proposal":
        odds = odds + parameters.prompt_effect * (prompt - parameters.prompt)
        course.note(rows[prompt], (begin + rng.uniform(*parameters.prompt_days, size))[prompt], "follow_up", stage)
    objection = _objections(parameters, course, rows, begin, days, stage, rng)
    odds = odds + np.where(objection["nature"] == "real", parameters.real_effect, 0.0)
    odds = odds + np.where(objection["nature"] == "excuse", parameters.excuse_effect, 0.0)
    if stage != "new":
        _follow_ups(parameters, course, rows, begin, days, stage, rng)
    on = rng.random(size) < 1 / (1 + np.exp(-odds))
    alive = begin + days < today
    following = STAGES[number + 1] if number + 1 < len(STAGES) else "won"
    reached = np.where(on, following, "lost").astype(object)
    course.note(rows[alive], (begin + days)[alive], "stage", reached[alive])
    course.at[rows] = begin + days
    course.stage[rows[alive]] = reached[alive]
    lost = alive & ~on
    course.reason[rows[lost]] = _reasons(parameters, objection, stage, rng)[lost]
    course.open[rows] = alive & on


def _log_odds(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def _objections(
    parameters: LeadParameters,
    course: LeadCourse,
    rows: np.ndarray,
    begin: np.ndarray,
    days: np.ndarray,
    stage: str,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """What each lead objects to in this stage, and whether it is real; None where nothing is said."""
    size = len(rows)
    what = rng.choice(list(parameters.objection), size, p=list(parameters.objection.values()))
    real = rng.random(size) < np.array([parameters.real[w] for w in what], dtype=float)
    when = begin + days * rng.uniform(*parameters.objects_at, size)
    said = (rng.random(size) < parameters.objects) & (stage in OBJECTING)
    found = pd.DataFrame({"objection": what, "nature": np.where(real, "real", "excuse")}, dtype=object)
    course.note(
        rows[said], when[said], "objection", stage, objection=what[said], nature=found["nature"].to_numpy()[said]
    )
    found[~said] = None
    return found


def _follow_ups(
    parameters: LeadParameters,
    course: LeadCourse,
    rows: np.ndarray,
    begin: np.ndarray,
    days: np.ndarray,
    stage: str,
    rng: np.random.Generator,
) -> None:
    """Further contacts, evenly over the stage; in a proposal only after its first days."""
    quiet = parameters.prompt_days[1] + parameters.quiet_days if stage == "proposal" else 0.0
    count = rng.poisson((days - quiet) / parameters.follow_up_days)
    which = np.repeat(np.arange(len(rows)), count)
    at = begin[which] + quiet + (days[which] - quiet) * rng.random(len(which))
    course.note(rows[which], at, "follow_up", stage)


def _reasons(parameters: LeadParameters, objection: pd.DataFrame, stage: str, rng: np.random.Generator) -> np.ndarray:
    """Why a lead is lost: its real objection, else mostly no answer early and a competitor late."""
    weights = parameters.lost_early if stage in STAGES[:3] else parameters.lost_late
    usual = rng.choice(LOST_REASONS, len(objection), p=weights).astype(object)
    return np.where(objection["nature"] == "real", objection["objection"], usual)


def _moment(clock: Clock, at: np.ndarray) -> pd.DatetimeIndex:
    """Calendar time of moments given in days, squeezed into office hours so that their order stays."""
    day = np.floor(at)
    minute = OPENING + np.floor((at - day) * OFFICE_HOURS)
    return clock.days[0] + pd.to_timedelta((day * 1440 + minute).astype("int64"), unit="min")


def _events(
    parameters: LeadParameters, clock: Clock, lead_id: np.ndarray, course: LeadCourse, rng: np.random.Generator
) -> pd.DataFrame:
    events = pd.concat(course.events, ignore_index=True)
    events = events[events["at"] < len(clock.days)].sort_values(["row", "at"], kind="stable", ignore_index=True)
    contact = rng.choice(CONTACTS, len(events), p=parameters.contacts)
    return pd.DataFrame(
        {
            "lead_id": lead_id[events["row"]],
            "event_no": events.groupby("row").cumcount() + 1,
            "happened_at": _moment(clock, events["at"].to_numpy()),
            "event": events["event"],
            "stage": events["stage"],
            "contact": pd.Series(contact, dtype=object).where(events["event"] != "stage", None),
            "objection": events["objection"].where(events["objection"].isin(OBJECTIONS), None),
            "nature": events["nature"],
        }
    )
