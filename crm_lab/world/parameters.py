"""Every number that makes Willow Lane behave as it does: the structural truth, with its units."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from crm_lab.world.calls.parameters import CallParameters
from crm_lab.world.choice.parameters import ChoiceParameters
from crm_lab.world.contact.parameters import ContactParameters
from crm_lab.world.market.parameters import MarketParameters
from crm_lab.world.office.parameters import OfficeParameters
from crm_lab.world.serving.parameters import ServingParameters
from crm_lab.world.taste.parameters import TasteParameters
from crm_lab.world.voice.parameters import VoiceParameters
from crm_lab.world.winning.parameters import WinningParameters

WORLD_VERSION = 2  # a line in CHANGELOG.md for each
FIRST_DAY = "2024-01-01"
TODAY = "2026-01-01"
QUARTERS = 8
KINDS = ("consumer", "business", "dealer", "employee")
STYLES = ("transactional", "consultative", "integrated")
CHANGES = ("steady", "rising", "falling")


@dataclass(frozen=True)
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


CONSUMER = Buyer(0.91, 0.80, 0.13, 0.82, 3.2, 4.0, 3.8, 215.0, 0.18, 1.0, 1.2, 14, (0.65, 0.35, 0.0))
BUSINESS = Buyer(0.05, 1.8, 0.16, 0.62, 9.0, 4.0, 4.0, 320.0, 0.10, 0.95, 1.0, 25, (0.30, 0.45, 0.25))
DEALER = Buyer(0.02, 3.0, 0.13, 0.45, 30.0, 4.0, 4.5, 880.0, 0.0, 0.84, 1.0, 60, (0.15, 0.15, 0.70))
EMPLOYEE = Buyer(0.02, 0.9, 0.13, 0.4, 6.0, 4.0, 3.2, 90.0, 0.15, 0.75, 1.2, 14, (0.65, 0.35, 0.0))


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
    first_order_days        mean days from registration to the first order
    satisfaction_on_leaving correlation (Gaussian copula) of satisfaction with staying, 0 to 1
    answers_base, answers_by_strength
                            chance to answer the recommendation question: base + strength × |satisfaction|
    recommend_mean, recommend_slope, recommend_noise
                            score 0-10 = mean + slope × satisfaction + normal noise, rounded and cut to 0-10
    changes, change_factor  share of steady, rising, falling customers; order value after the change ÷ before
    problem_share, problem_a, problem_b
                            share of customers who return much; their share of returned lines ~ Beta(a, b)
    cancel_share, cancel_on_delivery
                            chance that an order is cancelled if nothing goes wrong; when paid on delivery
    shipping, picking       ¥ an order, ¥ a piece (up to 40 pieces)
    return_handling         ¥ a returned line
    resale, resale_damaged  worth of returned goods, share of their cost
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
    first_order_days: float = 6.0
    satisfaction_on_leaving: float = 0.55
    answers_base: float = 0.48
    answers_by_strength: float = 0.14
    recommend_mean: float = 7.2
    recommend_slope: float = 1.7
    recommend_noise: float = 0.8
    changes: tuple[float, float, float] = (0.84, 0.08, 0.08)
    change_factor: tuple[float, float, float] = (1.0, 2.6, 0.35)
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
