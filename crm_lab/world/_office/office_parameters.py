"""What happens inside the CRM: every number behind its events, forms, roll-out and account changes, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class EventParameters:
    """What the trigger centre heard.

    days        length of the history, in days
    lead_doors  share of the leads of each source that came by phone, web, fax, e-mail and app
    faxed       share of the orders that companies and dealers place by phone which came by fax
    """

    days: int = 30
    lead_doors: dict[str, tuple[float, float, float, float, float]] = field(
        default_factory=lambda: {
            "website": (0.10, 0.80, 0.0, 0.10, 0.0),
            "trade_fair": (0.20, 0.10, 0.40, 0.30, 0.0),
            "cold_call": (0.90, 0.0, 0.05, 0.05, 0.0),
            "referral": (0.35, 0.20, 0.05, 0.40, 0.0),
            "community": (0.0, 0.30, 0.0, 0.10, 0.60),
        }
    )
    faxed: float = 0.5


@dataclass(frozen=True)
class FormParameters:
    """Paper forms typed in.

    registrations, prospects, report_days  rows of the first two forms; days of the daily report, four counters a day
    consent     share who allow offers on the first form
    sales, sale mean number of sales of a counter and day, Poisson; ¥ of one on average, lowest and highest
    taken       share of a counter's takings in cash, by card and by wallet
    faulty      share of rows with a fault, exactly one each
    """

    registrations: int = 120
    prospects: int = 100
    report_days: int = 30
    consent: float = 0.6
    sales: float = 14.0
    sale: tuple[int, int] = (60, 140)
    taken: tuple[float, float, float] = (0.15, 0.25, 0.60)
    faulty: float = 0.25


@dataclass(frozen=True)
class RolloutParameters:
    """Vendors and the roll-out.

    weights     of the criteria, %
    vendor_spread, score_spread  standard deviation of a vendor's general level and of a single mark, points
    score_mean  mean mark, points of 10
    length      factor on the usual length of each task: lowest and highest
    low, high   optimistic and pessimistic length, as a multiple of the likely one: lowest and highest
    day_cost    ¥ a working day of a task: lowest and highest
    """

    weights: tuple[int, ...] = (20, 15, 15, 10, 10, 10, 5, 15)
    score_mean: float = 6.5
    vendor_spread: float = 0.7
    score_spread: float = 1.6
    length: tuple[float, float] = (0.75, 1.35)
    low: tuple[float, float] = (0.6, 0.9)
    high: tuple[float, float] = (1.2, 2.2)
    day_cost: tuple[float, float] = (800.0, 2_400.0)


@dataclass(frozen=True)
class ChangeParameters:
    """Moves, and why accounts are closed.

    earliest, latest   when a change lies between the two days it may lie between, as a share of that time
    moved       chance to have moved to another city since the account was opened, for a year
    told        share of those who close their account and say why
    usual       weight of each reason
    trouble     the weight of bad service is multiplied by this after a last order whose failure ended silently or badly
    bargain     the weight of the price is multiplied by this for transactional customers
    """

    earliest: float = 0.05
    latest: float = 0.95
    moved: float = 0.08
    told: float = 0.8
    usual: dict[str, float] = field(
        default_factory=lambda: {
            "bad_service": 1.0,
            "price": 1.2,
            "found_elsewhere": 1.4,
            "no_need": 2.2,
            "too_many_messages": 1.3,
            "privacy": 0.7,
        }
    )
    trouble: float = 25.0
    bargain: float = 8.0


@dataclass(frozen=True)
class OfficeParameters:
    """All parameters of the tables inside the CRM."""

    events: EventParameters = field(default_factory=EventParameters)
    forms: FormParameters = FormParameters()
    rollout: RolloutParameters = RolloutParameters()
    changes: ChangeParameters = field(default_factory=ChangeParameters)
