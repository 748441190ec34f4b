"""How the call centre of Willow Lane behaves: its structural truth, with units, and what lessons converge to."""

from __future__ import annotations

from dataclasses import dataclass, field

OPENS, HALF_HOURS = 8, 28  # 8:00 to 22:00
SHIFTS_FROM = "2025-11-03"
WEEK_FROM, WEEK_DAYS = "2025-11-10", 7

WORKDAY = (
    14,
    22,
    32,
    41,
    48,
    50,
    48,
    44,
    36,
    32,
    34,
    40,
    45,
    46,
    45,
    43,
    40,
    36,
    31,
    28,
    27,
    28,
    31,
    33,
    32,
    27,
    20,
    13,
)
WEEKEND = (
    9,
    14,
    21,
    29,
    37,
    43,
    46,
    45,
    41,
    38,
    37,
    39,
    41,
    42,
    42,
    41,
    39,
    37,
    35,
    34,
    34,
    36,
    39,
    40,
    37,
    31,
    23,
    15,
)

# First and last day of the public holidays, as announced for the two years and the next; later years have none.
PUBLIC_HOLIDAYS = (
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-08", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)


@dataclass(frozen=True, kw_only=True)
class TeamParameters:
    """The agents.

    full, part    agents by contract, unless more are planned; hours: of each a week
    days_a_week   the most days an agent works
    full_share    of the agents lacking who start a full shift, as long as one still fits into the day
    years, years_most  since they were hired: mean of an exponential, and the most; nobody after `latest_hired`
    topics_a_year topics an agent learns to answer, beyond the first
    languages     share by language, in the order of schema.calls.LANGUAGES
    """

    full: int = 52
    part: int = 38
    hours: tuple[int, int] = (40, 20)
    days_a_week: int = 5
    full_share: float = 0.8
    years: float = 3.2
    years_most: float = 14.0
    topics_a_year: float = 1.1
    latest_hired: str = "2025-10-01"
    languages: tuple[float, ...] = (0.66, 0.18, 0.16)


@dataclass(frozen=True)
class CallParameters:
    """All parameters of the call centre.

    company               customers of the whole company; a panel of n makes n / company of its calls
    daily_calls           calls on an average day at the start of 2024
    growth                of the daily calls, per year
    season, season_peak   size of the yearly wave (log scale), and the day of the year of its top
    weekday               factors, Monday first
    day_type              factors by day type
    after_festival_days   days after a shopping festival that still feel it
    day_shape             shape of the Gamma factor, with mean 1, of every single day
    workday, weekend      weights of the 28 half-hours from 8:00
    topic_share           share of each topic among the calls
    handling_mean, handling_sd  seconds by topic; handling time is lognormal
    patience_mean         seconds; patience is exponential
    within                seconds that count as a quick answer
    plan_safety           agents planned = load + plan_safety · √load, load in erlangs
    plan_error            standard deviation of the plan of a week (log scale), cut at two of them
    plan_festival         share of a festival's extra calls the plan foresees
    priority_share        share of dealers and business customers among callers outside the panel
    cause_days            a call about an order comes within so many days
    team                  the agents; described above
    """

    company: int = 100_000
    daily_calls: float = 1_580.0
    growth: float = 0.06
    season: float = 0.12
    season_peak: int = 335
    weekday: tuple[float, ...] = (1.18, 1.08, 1.02, 1.00, 1.00, 0.88, 0.84)
    day_type: dict[str, float] = field(
        default_factory=lambda: {
            "normal": 1.0,
            "shopping_festival": 1.75,
            "after_festival": 1.35,
            "public_holiday": 0.6,
        }
    )
    after_festival_days: int = 5
    day_shape: float = 150.0
    workday: tuple[int, ...] = WORKDAY
    weekend: tuple[int, ...] = WEEKEND
    topic_share: dict[str, float] = field(
        default_factory=lambda: {"order": 0.28, "delivery": 0.30, "return": 0.17, "product": 0.17, "complaint": 0.08}
    )
    handling_mean: dict[str, float] = field(
        default_factory=lambda: {
            "order": 250.0,
            "delivery": 230.0,
            "return": 330.0,
            "product": 360.0,
            "complaint": 560.0,
        }
    )
    handling_sd: dict[str, float] = field(
        default_factory=lambda: {
            "order": 150.0,
            "delivery": 140.0,
            "return": 190.0,
            "product": 240.0,
            "complaint": 330.0,
        }
    )
    patience_mean: float = 240.0
    within: float = 20.0
    plan_safety: float = 0.55
    plan_error: float = 0.05
    plan_festival: float = 0.8
    priority_share: float = 0.09
    cause_days: int = 14
    team: TeamParameters = TeamParameters()

    def handling(self) -> tuple[float, float]:
        """Mean and standard deviation of the handling time of any call, in seconds.

        >>> [round(value, 1) for value in CallParameters().handling()]
        [301.1, 212.5]
        """
        share = self.topic_share
        mean = sum(share[t] * self.handling_mean[t] for t in share)
        square = sum(share[t] * (self.handling_mean[t] ** 2 + self.handling_sd[t] ** 2) for t in share)
        return mean, (square - mean**2) ** 0.5


# Measured over seeds 1000 to 1039 (each the whole call centre); tests/world/test_calls.py measures them on others.
ESTIMANDS: dict[str, float] = {
    "service_level": 0.836,  # answered within 20 s / offered, two years
    "service_level_of_answered": 0.872,  # answered within 20 s / answered
    "abandonment": 0.0415,  # given up / offered
    "occupancy": 0.725,  # handling time / time on duty
    "handling_mean": 301.1,  # s, of all answered calls
    "patience_mean": 240.0,  # s, total waiting time / calls given up: censored exponential, maximum likelihood
    "wait_of_abandoned": 28.6,  # s, what the naive mean over callers who gave up shows instead
    "week_service_level": 0.813,  # 10 to 16 November 2025, played call by call
    "week_service_level_erlang_a": 0.800,  # the same week by Erlang A, whose handling is exponential
    # weighted absolute percentage error of the next week by half-hours, over the weeks that follow four normal ones
    "forecast_error_square_root": 0.133,  # day level by weekday as mean of roots, eight weeks, x pooled profile
    "forecast_error_four_weeks": 0.138,
    "forecast_error_last_week": 0.172,
}
