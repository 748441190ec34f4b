"""What, where and when customers buy: every number behind the choice of products, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field

# weight of each hour of the day: most people order at noon and in the evening, some almost only late or by day
USUAL = (2, 1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 7, 8, 7, 6, 6, 6, 6, 7, 9, 11, 11, 8, 5)
LATE = (3, 2, 1, 1, 1, 1, 2, 2, 3, 5, 6, 6, 7, 6, 5, 5, 5, 5, 7, 11, 14, 15, 12, 7)
BY_DAY = (2, 1, 1, 1, 1, 1, 3, 5, 8, 11, 11, 10, 9, 8, 8, 8, 7, 6, 6, 7, 7, 7, 5, 3)


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """One behavioural type.

    share       of all customers
    favourites  categories whose products it prefers
    channels    share of its own orders by app, web, platform and phone (businesses and dealers use others)
    lines_mean  mean number of lines beyond the first
    hours       weight of each hour of the day for its orders
    """

    share: float
    favourites: tuple[str, ...]
    channels: tuple[float, float, float, float]
    lines_mean: float
    hours: tuple[int, ...]


BEHAVIOURS = {
    "host": Behaviour(
        share=0.35,
        favourites=("kitchen", "tea"),
        channels=(0.48, 0.27, 0.17, 0.08),
        lines_mean=1.0,
        hours=USUAL,
    ),
    "nester": Behaviour(
        share=0.3,
        favourites=("textiles", "bath", "storage"),
        channels=(0.32, 0.44, 0.16, 0.08),
        lines_mean=1.5,
        hours=BY_DAY,
    ),
    "gift_giver": Behaviour(
        share=0.2,
        favourites=("stationery", "lighting"),
        channels=(0.64, 0.17, 0.13, 0.06),
        lines_mean=0.6,
        hours=LATE,
    ),
    "gardener": Behaviour(
        share=0.15,
        favourites=("garden",),
        channels=(0.3, 0.25, 0.37, 0.08),
        lines_mean=1.0,
        hours=BY_DAY,
    ),
}
ORDER_CHANNELS = ("app", "web", "platform", "phone")

# (category, thing) and what goes with it: names of crm_lab.world._names.THINGS in English
PAIRS = (
    (("tea", "teapot"), ("tea", "cup set")),
    (("tea", "tea caddy"), ("tea", "tea tray")),
    (("kitchen", "steamer"), ("kitchen", "soup bowl")),
    (("textiles", "cushion"), ("textiles", "throw")),
    (("bath", "soap dish"), ("bath", "towel set")),
    (("garden", "flower pot"), ("garden", "watering can")),
    (("stationery", "notebook"), ("stationery", "pen case")),
    (("lighting", "lampshade"), ("lighting", "table lamp")),
)


@dataclass(frozen=True)
class ChoiceParameters:
    """How a line of an order finds its product: a multinomial logit model over all products.

    behaviours   the behavioural types; see Behaviour
    favourite    weight of a product of a favourite category, other products 1
    popularity   spread of the products' popularity: lognormal, sigma of the log
    bestsellers  so many products are chosen `bestseller` times as often by everyone: lifts near 1 in spite of high
                 confidence
    pairs        things that go together, either way
    together     weight of a product whose partner opened the order
    centre, spread  a line aims at an amount in ¥; log(usual price ÷ amount) is drawn to `centre` with this spread
    dearest      ¥; who aims at more takes several pieces instead of something dearer
    elasticity   by style: the weight of a product falls with (its list price ÷ its usual price) to this power
    promotion_basket  an order at a promotion price aims at so many times the usual amount
    """

    behaviours: dict[str, Behaviour] = field(default_factory=lambda: dict(BEHAVIOURS))
    favourite: float = 3.0
    popularity: float = 0.45
    bestsellers: int = 3
    bestseller: float = 9.0
    pairs: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = PAIRS
    together: float = 12.0
    centre: float = -0.25
    spread: float = 0.6
    dearest: float = 220.0
    elasticity: dict[str, float] = field(
        default_factory=lambda: {"transactional": 2.6, "consultative": 1.4, "integrated": 0.6}
    )
    promotion_basket: float = 1.15
