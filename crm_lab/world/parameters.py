"""Every number that makes Willow Lane behave as it does: the structural truth, with its units."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from crm_lab.world._calls.call_parameters import CallParameters
from crm_lab.world._choice.choice_parameters import ChoiceParameters
from crm_lab.world._contact.contact_parameters import ContactParameters
from crm_lab.world._decision_parameters import DecisionParameters
from crm_lab.world._market.market_parameters import MarketParameters
from crm_lab.world._office.office_parameters import OfficeParameters
from crm_lab.world._serving.serving_parameters import ServingParameters
from crm_lab.world._taste.taste_parameters import TasteParameters
from crm_lab.world._voice.voice_parameters import VoiceParameters
from crm_lab.world._winning.winning_parameters import WinningParameters

WORLD_VERSION = 3  # a line in CHANGELOG.md for each
FIRST_DAY = "2024-01-01"
TODAY = "2026-01-01"
QUARTERS = 8
KINDS = ("consumer", "business", "dealer", "employee")
STYLES = ("transactional", "consultative", "integrated")
CHANGES = ("steady", "rising", "falling")


@dataclass(frozen=True, kw_only=True)
class Buyer:
    """How one kind of customer buys. Time runs in weeks of business time.

    rate_shape, rate_scale   purchases a week ~ Gamma(shape r, scale 1/alpha)
    drop_a, drop_b           chance of leaving after a repeat purchase ~ Beta(a, b)
    spend_p, spend_q, spend_gamma  order value in ¥ ~ Gamma(p, rate nu), nu ~ Gamma(q, rate gamma)
    never                    share of accounts that never order
    price                    price paid, as a share of the list price
    return_a, return_b       share of lines sent back ~ Beta(a, b)
    share                    of all accounts
    styles                   share of transactional, consultative, integrated customers
    """

    share: float
    rate_shape: float
    rate_scale: float
    drop_a: float
    drop_b: float
    spend_p: float
    spend_q: float
    spend_gamma: float
    never: float
    price: float
    return_a: float
    return_b: float
    styles: tuple[float, float, float]


CONSUMER = Buyer(
    share=0.91,
    rate_shape=0.8,
    rate_scale=0.13,
    drop_a=0.82,
    drop_b=3.2,
    spend_p=4.0,
    spend_q=3.8,
    spend_gamma=215.0,
    never=0.18,
    price=1.0,
    return_a=1.2,
    return_b=14,
    styles=(0.65, 0.35, 0.0),
)
BUSINESS = Buyer(
    share=0.05,
    rate_shape=1.8,
    rate_scale=0.16,
    drop_a=0.62,
    drop_b=9.0,
    spend_p=4.0,
    spend_q=4.0,
    spend_gamma=320.0,
    never=0.1,
    price=0.95,
    return_a=1.0,
    return_b=25,
    styles=(0.3, 0.45, 0.25),
)
DEALER = Buyer(
    share=0.02,
    rate_shape=3.0,
    rate_scale=0.13,
    drop_a=0.45,
    drop_b=30.0,
    spend_p=4.0,
    spend_q=4.5,
    spend_gamma=880.0,
    never=0.0,
    price=0.84,
    return_a=1.0,
    return_b=60,
    styles=(0.15, 0.15, 0.7),
)
EMPLOYEE = Buyer(
    share=0.02,
    rate_shape=0.9,
    rate_scale=0.13,
    drop_a=0.4,
    drop_b=6.0,
    spend_p=4.0,
    spend_q=3.2,
    spend_gamma=90.0,
    never=0.15,
    price=0.75,
    return_a=1.2,
    return_b=14,
    styles=(0.65, 0.35, 0.0),
)


@dataclass(frozen=True, kw_only=True)
class AccountParameters:
    """What an account shows of its owner, and the dealers among the accounts.

    interest, interest_new  mean days from the last order to the last visit; from registration for who never ordered
    recent, recent_least    who is still interested was last seen so many days ago on average; at least so many minutes
    marketing               share that allows offers
    closed, closed_after    share closed of the accounts not seen for so many days
    birth_first, birth_days born from this day on, within so many days
    tier_share, tier_target of the dealers: share and yearly target in ¥ of gold, silver and bronze
    """

    interest: float = 45.0
    interest_new: float = 170.0
    recent: float = 9.0
    recent_least: int = 30
    marketing: float = 0.58
    closed: float = 0.10
    closed_after: int = 90
    birth_first: str = "1958-01-01"
    birth_days: int = 17_500
    tier_share: tuple[float, float, float] = (0.2, 0.35, 0.45)
    tier_target: tuple[float, float, float] = (40_000.0, 20_000.0, 10_000.0)


@dataclass(frozen=True, kw_only=True)
class ProductParameters:
    """The range: ln of the list price in ¥ ~ Normal(mean, standard deviation), `lowest` at least; cost of the goods
    as a share of the list price (lowest and highest); launched up to so many days before the first day.
    """

    price_log: float = 4.3
    price_spread: float = 0.85
    lowest: float = 9.0
    cost: tuple[float, float] = (0.44, 0.60)
    launched: int = 400


@dataclass(frozen=True)
class Parameters:
    """All structural parameters of the world, as they stand in `World.truth.structural`.

    buyers                  how each kind of customer buys; see Buyer
    month_weights, weekday_weights, festivals, festival_weight
                            speed of business time in a month (January first), on a weekday (Monday first), and on
                            the days (month, day) of a festival and the days beside them; relative
    festival_promotion      share of festival orders bought at a promotion price, integrated customers apart
    promotion_price         price paid in a promotion, share of the usual one
    promotion_share         share of other orders bought at a promotion price, by buying style
    advice_contacts         mean contacts for advice in 12 months, by buying style
    contract_share          share of integrated customers with a frame contract
    launch_share, launch_days  share of accounts opened at the launch, and their mean delay in days
    launch_until            the launch ends after this share of the two years
    quiet_days              the panel's last account is opened so many days before today
    first_order_days        mean days from registration to the first order
    satisfaction_on_leaving correlation (Gaussian copula) of satisfaction with staying, 0 to 1
    answers_base, answers_by_strength
                            chance to answer the recommendation question: base + strength × |satisfaction|
    recommend_mean, recommend_slope, recommend_noise
                            score 0-10 = mean + slope × satisfaction + normal noise, rounded and cut to 0-10
    changes, change_factor  share of steady, rising, falling customers; order value after the change ÷ before
    change_at               earliest and latest moment of a change, as a share of the two years (of the two years after
                            registration for who comes after the record)
    problem_share, problem_a, problem_b
                            share of customers who return much; their share of returned lines ~ Beta(a, b)
    cancel_share, cancel_on_delivery
                            chance that an order is cancelled if nothing goes wrong; when paid on delivery
    shipping, picking       ¥ an order, ¥ a piece
    return_handling         ¥ a returned line
    resale, resale_damaged  worth of returned goods, share of their cost
    most_lines              the most lines of an order
    order_channels          share of portal, phone and web among the orders of businesses and dealers
    payments                share of wallet, card and cash on delivery among the others, who pay at once
    way_least, way_shape, way_scale
                            days from order to delivery = least + scale × Gamma(shape)
    picking_most            pieces; beyond these, picking costs no more
    return_days             earliest and latest day of a return after the delivery
    return_part             lowest and highest share of the pieces of a line that goes back, rounded up
    return_reasons          share of each reason among returns of goods that did not arrive damaged
    part_shape              shape of the Gamma variables whose shares divide an order among its lines
    accounts, products      described above
    decisions               what a manager's decisions cost and do, described in its module
    choice, market, contact, calls, voice, office, taste, winning, serving
                            the parameters of these groups of tables, described in their modules
    """

    buyers: dict[str, Buyer] = field(
        default_factory=lambda: dict(zip(KINDS, (CONSUMER, BUSINESS, DEALER, EMPLOYEE), strict=True))
    )
    month_weights: tuple[float, ...] = (0.90, 0.62, 0.88, 0.92, 0.98, 1.22, 0.90, 0.88, 1.00, 0.98, 1.52, 1.20)
    weekday_weights: tuple[float, ...] = (0.95, 0.92, 0.94, 0.96, 1.02, 1.12, 1.09)
    festivals: tuple[tuple[int, int], ...] = ((6, 18), (11, 11), (12, 12))
    festival_weight: float = 2.6
    festival_promotion: float = 0.9
    promotion_price: float = 0.80
    promotion_share: dict[str, float] = field(
        default_factory=lambda: {"transactional": 0.45, "consultative": 0.18, "integrated": 0.05}
    )
    advice_contacts: dict[str, float] = field(
        default_factory=lambda: {"transactional": 0.25, "consultative": 3.6, "integrated": 2.5}
    )
    contract_share: float = 0.95
    launch_share: float = 0.30
    launch_days: float = 30.0
    launch_until: float = 0.5
    quiet_days: int = 3
    first_order_days: float = 6.0
    satisfaction_on_leaving: float = 0.55
    answers_base: float = 0.48
    answers_by_strength: float = 0.14
    recommend_mean: float = 7.2
    recommend_slope: float = 1.7
    recommend_noise: float = 0.8
    changes: tuple[float, float, float] = (0.84, 0.08, 0.08)
    change_factor: tuple[float, float, float] = (1.0, 2.6, 0.35)
    change_at: tuple[float, float] = (0.72, 0.78)
    problem_share: float = 0.06
    problem_a: float = 8.0
    problem_b: float = 3.0
    cancel_share: float = 0.05
    cancel_on_delivery: float = 0.13
    shipping: float = 12.0
    picking: float = 1.0
    return_handling: float = 25.0
    resale: float = 0.65
    resale_damaged: float = 0.2
    most_lines: int = 6
    order_channels: dict[str, float] = field(default_factory=lambda: {"portal": 0.68, "phone": 0.20, "web": 0.12})
    payments: dict[str, float] = field(default_factory=lambda: {"wallet": 0.72, "card": 0.18, "cash_on_delivery": 0.10})
    way_least: float = 1.0
    way_shape: float = 3.0
    way_scale: float = 0.7
    picking_most: int = 40
    return_days: tuple[float, float] = (0.3, 7.0)
    return_part: tuple[float, float] = (0.5, 1.0)
    return_reasons: dict[str, float] = field(
        default_factory=lambda: {"changed_mind": 0.54, "not_as_described": 0.34, "too_late": 0.12}
    )
    part_shape: float = 2.0
    accounts: AccountParameters = AccountParameters()
    products: ProductParameters = ProductParameters()
    decisions: DecisionParameters = field(default_factory=DecisionParameters)
    choice: ChoiceParameters = field(default_factory=ChoiceParameters)
    market: MarketParameters = field(default_factory=MarketParameters)
    contact: ContactParameters = field(default_factory=ContactParameters)
    calls: CallParameters = field(default_factory=CallParameters)
    voice: VoiceParameters = field(default_factory=VoiceParameters)
    office: OfficeParameters = field(default_factory=OfficeParameters)
    taste: TasteParameters = field(default_factory=TasteParameters)
    winning: WinningParameters = field(default_factory=WinningParameters)
    serving: ServingParameters = field(default_factory=ServingParameters)

    def as_dict(self) -> dict[str, Any]:
        """The parameters as plain nested dicts."""
        return asdict(self)
