"""What makes the market behave as it does: prices, rivals, stock, marketing, selling to companies, dealers."""

from __future__ import annotations

from dataclasses import dataclass, field

RIVALS = ("quillmoor", "tallowby", "osierden")
PAID = ("display", "search", "platform", "email", "mobile", "community")
STAGES = ("new", "contacted", "qualified", "proposal", "negotiation")


@dataclass(frozen=True)
class PriceParameters:
    """List prices are reviewed every Thursday.

    review   chance that a review changes the price of a product
    cut      share of changes that lower the price
    rises, cuts  smallest and largest change, as a share of the old price
    lowest   ¥; no price falls below it
    """

    review: float = 0.03
    cut: float = 0.35
    rises: tuple[float, float] = (0.03, 0.09)
    cuts: tuple[float, float] = (0.05, 0.15)
    lowest: float = 5.9


@dataclass(frozen=True)
class RivalParameters:
    """Three rivals: the first follows our prices, the second lives by promotions, the third is dear and steady.

    level, level_noise   price against ours at the start, and its spread over products (both as a ratio)
    follow_cut, follow_rise  chance a week that the first rival follows our cut or our rise
    promotion, promotion_off, promotion_weeks  the second's promotions: chance a week, price off (share), length
    move_on, move_category, move_off  the second's move: from this day, this category is cheaper by this share
    yearly_rise          the third raises every price by this share in the first week of January
    """

    level: tuple[float, float, float] = (0.97, 0.92, 1.12)
    level_noise: float = 0.03
    follow_cut: float = 0.60
    follow_rise: float = 0.20
    promotion: float = 0.05
    promotion_off: float = 0.15
    promotion_weeks: int = 2
    move_on: str = "2025-09-01"
    move_category: str = "tea"
    move_off: float = 0.12
    yearly_rise: float = 0.04
    watched_per_category: int = 5


@dataclass(frozen=True)
class StockParameters:
    """A delivery comes every few days and is meant to leave some stock for safety.

    days       history kept, in days
    cycle      days between two deliveries of a product: smallest and largest
    sold_out   chance that a delivery is just what is sold until the next one, so that nothing is left
    safety     stock left when the next delivery comes, as a multiple of the mean sold in a cycle
    """

    days: int = 90
    cycle: tuple[int, int] = (8, 20)
    sold_out: float = 0.12
    safety: float = 0.6


@dataclass(frozen=True)
class SpendParameters:
    """Marketing of the whole company over the two years.

    accounts, spend    accounts opened by the whole company, and ¥ spent to win them
    customers          share of the accounts won by each channel
    shares             of spend by channel (order of PAID): the trade's split of 2008; mobile, community = 1.3 %
    share_error        standard deviation of a channel's two-year spend around its share, relative
    month_noise        standard deviation of a month's spend around its plan, relative
    click, sign_up, confirm  chances: that somebody reached clicks, that a click signs up, that a sign-up
                       is a real person who confirms it and so becomes a customer
    quality            of a channel's customers: its chance, relative to its share, of having won the customer at
                       the top of the buying rates of a kind, less 1; as much less for the one at the bottom.
                       Weighted by the channels' shares of customers these add up to 0
    """

    accounts: int = 100_000
    spend: float = 12_000_000.0
    customers: dict[str, float] = field(
        default_factory=lambda: {
            "display": 0.30,
            "search": 0.22,
            "platform": 0.22,
            "email": 0.06,
            "mobile": 0.05,
            "community": 0.07,
            "referral": 0.08,
        }
    )
    shares: tuple[float, ...] = (0.521, 0.255, 0.193, 0.018, 0.008, 0.005)
    share_error: float = 0.004
    month_noise: float = 0.08
    click: dict[str, float] = field(
        default_factory=lambda: {
            "display": 0.004,
            "search": 0.035,
            "platform": 0.018,
            "email": 0.030,
            "mobile": 0.010,
            "community": 0.020,
            "referral": 0.150,
        }
    )
    sign_up: dict[str, float] = field(
        default_factory=lambda: {
            "display": 0.012,
            "search": 0.032,
            "platform": 0.040,
            "email": 0.060,
            "mobile": 0.030,
            "community": 0.050,
            "referral": 0.200,
        }
    )
    confirm: dict[str, float] = field(
        default_factory=lambda: {
            "display": 0.55,
            "search": 0.80,
            "platform": 0.75,
            "email": 0.92,
            "mobile": 0.70,
            "community": 0.90,
            "referral": 0.95,
        }
    )
    quality: dict[str, float] = field(
        default_factory=lambda: {
            "display": -0.6,
            "search": 0.1,
            "platform": 0.1,
            "email": 0.3,
            "mobile": -0.2,
            "community": 0.8,
            "referral": 0.9,
        }
    )


@dataclass(frozen=True)
class LeadParameters:
    """Companies that may become customers, on their way through the stages (order of STAGES).

    count        leads in two years
    advance      chance to reach the next stage (the last: to be won), before the effects below
    days, days_shape  mean days in a stage, Gamma with this shape; a proposal takes `proposal_days` more
    value_log, value_spread  ln of the yearly value in ¥ ~ Normal(mean, standard deviation)
    skill        standard deviation of a rep's effect on every step, in log odds
    source       effect of the source on every step, in log odds
    prompt, prompt_effect  share of proposals followed up within `prompt_days`, and its effect in log odds
    prompt_days  earliest and latest day of such a follow-up
    quiet_days   days after these in which nobody else follows a proposal up
    follow_up_days  mean days between two other follow-ups
    objects      chance of an objection, in the stages proposal and negotiation
    objects_at   when within the stage it comes, as a share of it: earliest and latest
    objection    share of objections by what is said
    real         share of those that are real, not an excuse
    real_effect, excuse_effect  effect on that step, in log odds
    stretch      quota of the team against what it wins on average
    industries   share of the leads by industry
    contacts     share of calls, e-mails, meetings and messages among contacts, in the order of schema.market.CONTACTS
    lost_early, lost_late  share of each reason (order of schema.market.LOST_REASONS) where no real objection was the
                 reason, in the first three stages and later
    reps         representatives a region;  hired: the last and the first day they may have been hired, days before 2024
    salary, salary_steps, salary_step  ¥ a month: the least, and up to so many steps of so much more
    commission   of the value won, one or the other
    won          ¥ of yearly value that the whole team wins in the first quarter and in each later one, on average over
                 200 seeds; the first is low, as leads take time
    """

    count: int = 2_400
    advance: tuple[float, ...] = (0.80, 0.70, 0.74, 0.58, 0.75)
    days: tuple[float, ...] = (1.5, 8.0, 12.0, 12.0, 14.0)
    days_shape: float = 2.0
    proposal_days: float = 4.0
    value_log: float = 9.2
    value_spread: float = 0.7
    skill: float = 0.25
    sources: dict[str, float] = field(
        default_factory=lambda: {
            "website": 0.35,
            "trade_fair": 0.20,
            "cold_call": 0.20,
            "referral": 0.15,
            "community": 0.10,
        }
    )
    source: dict[str, float] = field(
        default_factory=lambda: {
            "website": 0.0,
            "trade_fair": 0.1,
            "cold_call": -0.5,
            "referral": 0.5,
            "community": 0.2,
        }
    )
    prompt: float = 0.5
    prompt_effect: float = 0.9
    prompt_days: tuple[float, float] = (0.2, 3.0)
    quiet_days: float = 0.5
    follow_up_days: float = 9.0
    objects: float = 0.5
    objects_at: tuple[float, float] = (0.3, 0.9)
    objection: dict[str, float] = field(
        default_factory=lambda: {"price": 0.40, "timing": 0.25, "need": 0.15, "authority": 0.12, "trust": 0.08}
    )
    real: dict[str, float] = field(
        default_factory=lambda: {"price": 0.45, "timing": 0.25, "need": 0.70, "authority": 0.60, "trust": 0.80}
    )
    real_effect: float = -1.2
    excuse_effect: float = -0.1
    stretch: float = 1.08
    industries: tuple[float, ...] = (0.25, 0.25, 0.20, 0.20, 0.10)
    contacts: tuple[float, ...] = (0.45, 0.25, 0.20, 0.10)
    lost_early: tuple[float, ...] = (0.10, 0.10, 0.15, 0.05, 0.0, 0.10, 0.50)
    lost_late: tuple[float, ...] = (0.15, 0.15, 0.1, 0.05, 0.0, 0.35, 0.2)
    reps: int = 2
    hired: tuple[int, int] = (60, 2_500)
    salary: float = 7_000.0
    salary_steps: int = 30
    salary_step: float = 100.0
    commission: tuple[float, float] = (0.02, 0.03)
    won: tuple[float, float] = (260_000.0, 603_000.0)


@dataclass(frozen=True)
class ProgramParameters:
    """The dealers' improvement programme: a random half takes part from `begins`.

    dealers         dealers measured, more where the panel alone has more
    tiers, regions  share of each tier and region among those outside the panel
    sales           quarterly sales of a dealer in ¥ by tier (gold, silver, bronze), geometric mean
    spread, noise   standard deviations of ln sales between dealers, and within a dealer from quarter to quarter
    growth          of ln sales a quarter, with or without the programme
    effect          of the programme on ln sales
    score, score_spread, score_noise  service score (0–100): mean, between dealers, within a dealer
    score_growth    points a quarter, with or without the programme
    score_effect    of the programme on the score, in points
    """

    begins: str = "2025-04-01"
    dealers: int = 240
    tiers: tuple[float, float, float] = (0.2, 0.35, 0.45)
    regions: tuple[float, ...] = (0.31, 0.17, 0.19, 0.17, 0.16)
    sales: tuple[float, float, float] = (90_000.0, 45_000.0, 22_000.0)
    spread: float = 0.40
    noise: float = 0.15
    growth: float = 0.015
    effect: float = 0.10
    score: float = 68.0
    score_spread: float = 6.0
    score_noise: float = 4.0
    score_growth: float = 0.4
    score_effect: float = 6.0


@dataclass(frozen=True)
class TaskParameters:
    """The account managers' tasks and the customers' watches.

    days, ahead    tasks due in the last and in the coming days
    call_back, return_call  chance that a large order, or a return, gives a task
    large          an order of a private customer gives a call-back from this revenue on, ¥
    call_back_days, return_call_days  earliest and latest day after the delivery, and after the return
    due            half-hours since midnight between which a task is due
    review_days    a contract is reviewed so many days after the task is noted, every year
    visit_days     a dealer is visited so many days after the task is noted; a dealer for `visit_after` days at least
    forgotten      share of tasks due that nobody does
    late           mean days from due to done
    watches, stock_watches  wishes a hundred customers have in `watch_days`; those of customers who do not visit
                   at that time are never spoken
    level          price asked for, as a share of the price on that day: lowest and highest
    """

    days: int = 120
    ahead: int = 30
    call_back: float = 0.5
    return_call: float = 0.6
    large: float = 500.0
    call_back_days: tuple[int, int] = (2, 4)
    return_call_days: tuple[int, int] = (1, 2)
    due: tuple[int, int] = (18, 36)
    review_days: int = 30
    visit_days: int = 14
    visit_after: int = 30
    forgotten: float = 0.06
    late: float = 1.2
    watches: float = 60.0
    stock_watches: float = 6.0
    watch_days: int = 180
    level: tuple[float, float] = (0.86, 0.98)


@dataclass(frozen=True)
class MarketParameters:
    """All parameters of the market group."""

    prices: PriceParameters = PriceParameters()
    rivals: RivalParameters = RivalParameters()
    stock: StockParameters = StockParameters()
    spend: SpendParameters = field(default_factory=SpendParameters)
    leads: LeadParameters = field(default_factory=LeadParameters)
    program: ProgramParameters = ProgramParameters()
    tasks: TaskParameters = TaskParameters()
