"""How Willow Lane and its customers deal with each other: every number of the contact tables, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field

TYPES = ("sure_thing", "persuadable", "lost_cause", "do_not_disturb")


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One campaign and what it does to the four types of people, in the order of `TYPES`.

    sent_on, channel, offer   when, how and with what the treated were contacted
    discount      share taken off what a treated buyer pays
    contact_cost  ¥ for contacting one person
    people, holdout   size of the experiment, and the chance of being left alone
    recency       only people whose last order is at least this many days back
    control       chance of buying within 30 days when left alone, by type
    treated       the same when contacted; the difference is the uplift of the type
    base          logit of each type before anything is known of the person; lost causes are the reference, 0
    persuadable   what one more of a column adds to the logit of being persuadable
    """

    sent_on: str
    channel: str
    offer: str
    discount: float
    contact_cost: float
    people: int
    holdout: float
    recency: int
    control: tuple[float, float, float, float]
    treated: tuple[float, float, float, float]
    base: tuple[float, float, float, float]
    persuadable: dict[str, float]


CAMPAIGNS = {
    "spring_coupon": Campaign(
        sent_on="2025-03-11",
        channel="email",
        offer="coupon",
        discount=0.15,
        contact_cost=0.3,
        people=5_000,
        holdout=0.3,
        recency=1,
        control=(0.55, 0.1, 0.03, 0.3),
        treated=(0.56, 0.36, 0.03, 0.18),
        base=(-0.4, -0.8, 0.0, -3.5),
        persuadable={"promotion_orders": 0.55},
    ),
    "win_back": Campaign(
        sent_on="2025-05-13",
        channel="sms",
        offer="voucher",
        discount=0.2,
        contact_cost=0.6,
        people=4_000,
        holdout=0.3,
        recency=120,
        control=(0.3, 0.04, 0.01, 0.14),
        treated=(0.31, 0.26, 0.01, 0.07),
        base=(-1.2, -0.7, 0.0, -3.7),
        persuadable={"promotion_orders": 0.45},
    ),
    "proactive_service": Campaign(
        sent_on="2025-08-12",
        channel="phone",
        offer="advice_call",
        discount=0.0,
        contact_cost=5.0,
        people=9_000,
        holdout=0.5,
        recency=1,
        control=(0.55, 0.12, 0.03, 0.32),
        treated=(0.57, 0.38, 0.03, 0.16),
        base=(0.0, -1.3, 0.0, -3.6),
        persuadable={"advice_contacts": 0.38},
    ),
    "autumn_newsletter": Campaign(
        sent_on="2025-10-14",
        channel="app",
        offer="none",
        discount=0.0,
        contact_cost=0.1,
        people=8_000,
        holdout=0.5,
        recency=1,
        control=(0.52, 0.14, 0.03, 0.36),
        treated=(0.52, 0.335, 0.03, 0.05),
        base=(-0.2, -0.75, 0.0, -2.9),
        persuadable={"advice_contacts": 0.1},
    ),
}


@dataclass(frozen=True)
class CampaignParameters:
    """People in campaigns and how their type shows in what the company knows of them.

    business         share of businesses; they order `business_orders` and spend `business_basket` times as much
    consultative     share who like advice (the others are transactional)
    promotion_share, advice_contacts   of orders, and mean a year, of transactional and consultative people
    goods_share, shipping   cost of an order: share of its value without discount, and ¥
    messages_mean    messages in the quarter before ~ Poisson
    window_days      in which the outcome is counted
    orders_mean, orders_shape   orders a year ~ negative binomial of this mean and shape
    away_mean, away_most   days by which the last order of who placed none in the year lies beyond it: mean of an
                     exponential, and the most
    basket_median, basket_spread, order_spread   ¥ an order: lognormal between people, then between orders
    sure_by_orders   added to the logit of a sure thing for one unit of log(1 + orders)
    sure_by_recency  the same for 100 days of recency
    tired_by_message added to the logit of do-not-disturb for one message in the quarter before
    """

    business: float = 0.08
    business_orders: float = 1.8
    business_basket: float = 2.0
    consultative: float = 0.35
    promotion_share: tuple[float, float] = (0.45, 0.18)
    advice_contacts: tuple[float, float] = (0.25, 3.6)
    orders_mean: float = 2.4
    orders_shape: float = 1.1
    away_mean: float = 150.0
    away_most: float = 700.0
    basket_median: float = 150.0
    basket_spread: float = 0.45
    order_spread: float = 0.35
    goods_share: float = 0.52
    shipping: float = 12.0
    messages_mean: float = 3.0
    sure_by_orders: float = 0.8
    sure_by_recency: float = -0.45
    tired_by_message: float = 0.55
    window_days: int = 30
    campaigns: dict[str, Campaign] = field(default_factory=lambda: dict(CAMPAIGNS))


@dataclass(frozen=True)
class ConsentParameters:
    """Consent decisions.

    changes    times a year a customer changes their mind, by purpose
    granted    share in force today; of marketing it stands with the accounts
    elsewhere  share of changes not made in the preference centre though the customer still came: granted, withdrawn
    earliest, latest   when changes of mind lie, as a share of the time since registration
    """

    changes: dict[str, float] = field(
        default_factory=lambda: {"marketing": 0.30, "personalisation": 0.10, "phone_calls": 0.15}
    )
    granted: dict[str, float] = field(default_factory=lambda: {"personalisation": 0.46, "phone_calls": 0.27})
    elsewhere: tuple[float, float] = (0.15, 0.55)
    earliest: float = 0.02
    latest: float = 0.99


@dataclass(frozen=True)
class VisitParameters:
    """Visits of the last 60 days, and the intention model: logit of ordering in a visit = constant + these.

    days                         how many days of visits the record keeps
    by_view, by_app, by_source   added to the logit for one more product page, for the app, for the source
    views_shape, views_mean      product pages of a visit without order ~ negative binomial
    daily                        visits a day beyond those that prepare an order, of a customer who buys at usual_rate;
                                 a day of business time
    usual_rate, by_rate          purchases a week; the visits follow the buying rate to this power
    often_limits                 at least and at most so many times the usual
    habit_shape                  of the Gamma variable, with mean 1, by which customers differ beyond that
    other_pages                  mean of other pages seen, beyond the first
    checkout_pages, checkout_least   mean and least number of pages of a checkout
    pace, pace_shape             minutes a page: Gamma with this mean and shape, one draw a visit
    checkout_pace                minutes a page of a checkout
    gone                         times so many for who will not buy again
    before_order, before_days    visits preparing an order, and the mean days they lie before it
    source_share                 of visits without order
    cart_base, cart_by_view      logit of filling a cart in a visit without order
    """

    days: int = 60
    by_view: float = 0.18
    by_app: float = -0.40
    by_source: dict[str, float] = field(
        default_factory=lambda: {"direct": 0.0, "search": 0.60, "email": 0.35, "display": -0.90, "community": -0.40}
    )
    source_share: dict[str, float] = field(
        default_factory=lambda: {"direct": 0.38, "search": 0.20, "email": 0.14, "display": 0.18, "community": 0.10}
    )
    views_shape: float = 1.5
    views_mean: float = 3.0
    daily: float = 0.114
    usual_rate: float = 0.104
    by_rate: float = 0.8
    often_limits: tuple[float, float] = (0.1, 5.0)
    habit_shape: float = 1.2
    other_pages: float = 1.5
    checkout_pages: float = 4.0
    checkout_least: int = 3
    pace: float = 0.9
    pace_shape: float = 3.0
    checkout_pace: float = 0.8
    gone: float = 0.4
    before_order: float = 1.3
    before_days: float = 2.5
    cart_base: float = -2.4
    cart_by_view: float = 0.25


@dataclass(frozen=True)
class TicketParameters:
    """Failures, who speaks up, how they are served, and what follows.

    failure           chance that something goes wrong with an order
    kinds             share of each failure; late is a delivery of more than `promised_days`
    complains         chance that a customer complains, by failure; times speaks_up by style
    quick, favour     well served = answered within `quick` hours and ended in the customer's favour
    damaged_back      chance that a line of an order that arrived damaged is sent back
    leaving           the odds of leaving after an order times this, by how its failure ended
    response          first response in hours ~ lognormal (median, sigma of the log), by topic
    solve             hours from first response to the end of a complaint ~ lognormal (median, sigma)
    solve_question    the median of all others, as a share of it
    complaint_channels, question_channels   share of phone, chat, email and app among complaints and all others
    known             days from a delivery until its customer complains, on average; `known_least` minutes at least
    replaced          share of goods complaints settled in favour by a new piece, not by money
    refused           share of complaints not settled in favour that are refused, not met by words
    compensation      ¥ given, as a share of the order: uniform between these
    compensation_limits   the least and the most, ¥
    asks_return, asks_delivery, asks_cancellation   tickets a return, a delivered or open order, a cancelled order
    asks_delivery_from    share of the way to the customer after which a delivery is asked about, at the earliest
    cancellation_days     days from an order to the question about its cancellation, on average
    advice_before, advice_days   share of advice sought before an order, and the mean days it lies before it
    advice_kept       months after which advice leaves the record
    """

    failure: float = 0.075
    promised_days: float = 4.0
    kinds: dict[str, float] = field(
        default_factory=lambda: {"late": 0.34, "damaged": 0.28, "wrong_item": 0.19, "missing_item": 0.19}
    )
    complains: dict[str, float] = field(
        default_factory=lambda: {"late": 0.26, "damaged": 0.46, "wrong_item": 0.43, "missing_item": 0.38}
    )
    speaks_up: dict[str, float] = field(
        default_factory=lambda: {"transactional": 0.85, "consultative": 1.30, "integrated": 1.30}
    )
    quick: float = 24.0
    favour: float = 0.80
    damaged_back: float = 0.6
    leaving: dict[str, float] = field(default_factory=lambda: {"silent": 9.0, "badly_served": 40.0, "well_served": 0.3})
    response: dict[str, tuple[float, float]] = field(
        default_factory=lambda: {
            "late": (6.0, 1.0),
            "damaged": (9.0, 1.0),
            "wrong_item": (10.0, 1.1),
            "missing_item": (8.0, 1.0),
            "return_request": (12.0, 0.8),
            "delivery_question": (2.0, 0.8),
            "cancellation": (1.5, 0.7),
            "advice": (0.7, 1.1),
        }
    )
    solve: tuple[float, float] = (20.0, 0.9)
    solve_question: float = 0.2
    complaint_channels: tuple[float, ...] = (0.44, 0.24, 0.20, 0.12)
    question_channels: tuple[float, ...] = (0.30, 0.38, 0.12, 0.20)
    known: float = 1.2
    known_least: int = 20
    replaced: float = 0.6
    refused: float = 0.55
    compensation: tuple[float, float] = (0.08, 0.25)
    compensation_limits: tuple[float, float] = (5.0, 150.0)
    asks_return: float = 0.32
    asks_delivery: float = 0.035
    asks_delivery_from: float = 0.3
    asks_cancellation: float = 0.30
    cancellation_days: float = 0.5
    advice_before: float = 0.5
    advice_days: float = 1.5
    advice_kept: int = 12


@dataclass(frozen=True)
class ContactParameters:
    """All structural parameters of campaigns, consents, visits and tickets."""

    campaigns: CampaignParameters = field(default_factory=CampaignParameters)
    consents: ConsentParameters = field(default_factory=ConsentParameters)
    visits: VisitParameters = field(default_factory=VisitParameters)
    tickets: TicketParameters = field(default_factory=TicketParameters)
