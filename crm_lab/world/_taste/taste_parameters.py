"""For whom people buy and what they like: every number behind it, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = ("initiator", "influencer", "decider", "buyer", "user")
Shares = dict[str, float]

# who plays a role, by what the order is for; "self" is the owner of the account, in a company whoever orders
SELF: dict[str, Shares] = {
    "initiator": {"self": 1.0},
    "influencer": {"self": 0.45, "friend": 0.25, "partner": 0.10, "community": 0.20},
    "decider": {"self": 1.0},
    "buyer": {"self": 1.0},
    "user": {"self": 1.0},
}
HOUSEHOLD: dict[str, Shares] = {
    "initiator": {"self": 0.45, "partner": 0.30, "child": 0.25},
    "influencer": {"self": 0.20, "partner": 0.35, "child": 0.20, "friend": 0.15, "community": 0.10},
    "decider": {"self": 0.60, "partner": 0.40},
    "buyer": {"self": 0.85, "partner": 0.15},
    "user": {"partner": 0.45, "child": 0.55},
}
GIFT: dict[str, Shares] = {
    "initiator": {"self": 0.60, "partner": 0.25, "friend": 0.15},
    "influencer": {"self": 0.30, "partner": 0.25, "friend": 0.25, "community": 0.20},
    "decider": {"self": 0.80, "partner": 0.20},
    "buyer": {"self": 0.92, "partner": 0.08},
    "user": {"partner": 0.25, "child": 0.15, "parent": 0.25, "friend": 0.35},
}
COMPANY: dict[str, Shares] = {
    "initiator": {"manager": 0.5, "staff": 0.5},
    "influencer": {"manager": 0.35, "staff": 0.35, "friend": 0.10, "community": 0.20},
    "decider": {"owner": 0.65, "manager": 0.35},
    "buyer": {"clerk": 0.75, "owner": 0.25},
    "user": {"guests": 0.40, "staff": 0.25, "customers": 0.35},
}


@dataclass(frozen=True)
class RoleParameters:
    """Who stands behind an order.

    asked      share of the orders of 2025 whose customers are asked; all of these answer
    gift       share of gifts among the private orders of gift givers, and of all other behavioural types
    household  share of the private orders that are no gifts which are for others at home
    roles      share of persons in each role, by occasion
    note       share of gifts that carry a card
    """

    asked: float = 0.35
    gift: tuple[float, float] = (0.50, 0.12)
    household: float = 0.40
    roles: dict[str, dict[str, Shares]] = field(
        default_factory=lambda: {"self": SELF, "household": HOUSEHOLD, "gift": GIFT, "company": COMPANY}
    )
    note: float = 0.75


@dataclass(frozen=True)
class ConfiguratorParameters:
    """Designs of table linen. Everyone sees a price and a delivery time; the time is drawn at random.

    designs     designs a private customer makes in the last half year, on average
    days        length of that time, in days
    colours, fabrics, sizes  weights of the choices by behavioural type; other choices 1
    monogram    share with embroidered letters, by behavioural type
    base, surcharge, letters   price in ¥ of the smallest in cotton, more for fabric and size, and for the letters
    price_noise standard deviation of ln price around this: prices are tried out
    cost_share  cost of a design as a share of its price before the trial, and ¥ more for a single piece
    waits       days to delivery shown, each as often as the others
    at_start, by_price, by_day  logit of ordering = at_start + by_price × (price - 150) / 10 + by_day × days
    """

    designs: float = 0.6
    days: int = 180
    colours: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "host": {"indigo": 3.0, "charcoal": 2.0},
            "nester": {"natural": 4.0, "sage": 2.0},
            "gift_giver": {"rust": 3.0, "indigo": 2.0},
            "gardener": {"sage": 4.0, "natural": 2.0},
        }
    )
    fabrics: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "host": {"linen": 3.0},
            "nester": {"cotton": 3.0},
            "gift_giver": {"linen": 2.0},
            "gardener": {"bamboo": 3.0},
        }
    )
    sizes: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "host": {"large": 3.0},
            "nester": {"medium": 2.0},
            "gift_giver": {"small": 3.0},
            "gardener": {},
        }
    )
    monogram: dict[str, float] = field(
        default_factory=lambda: {"host": 0.15, "nester": 0.20, "gift_giver": 0.65, "gardener": 0.10}
    )
    base: float = 98.0
    surcharge: dict[str, float] = field(
        default_factory=lambda: {
            "linen": 40.0,
            "cotton": 0.0,
            "bamboo": 25.0,
            "small": 0.0,
            "medium": 30.0,
            "large": 65.0,
        }
    )
    letters: float = 28.0
    price_noise: float = 0.10
    cost_share: float = 0.52
    cost_single: float = 18.0
    waits: tuple[int, ...] = (3, 7, 14)
    at_start: float = 0.55
    by_price: float = -0.08
    by_day: float = -0.11


@dataclass(frozen=True)
class FavouriteParameters:
    """Lists of favourites over two years.

    people, marks   people, and products each marks on average in the two years
    changers        share whose taste changes to that of another behavioural type
    changes         part of the two years after which it does: earliest and latest
    liked           weight of a product the person's type likes; other products 1, both times the product's popularity
    """

    people: int = 900
    marks: float = 16.0
    changers: float = 0.4
    changes: tuple[float, float] = (0.5, 0.75)
    liked: float = 14.0


@dataclass(frozen=True)
class ViewParameters:
    """Product pages. Each visit turns around one product: the focus.

    ahead       days before an order in which visits may turn around what is going to be bought
    aims        share of these visits that do
    focus, near share of pages that show the focus, and another product of its category; the rest are of any category
    liked       weight of a product the customer's behavioural type likes; other products 1, both times popularity
    """

    ahead: int = 7
    aims: float = 0.6
    focus: float = 0.30
    near: float = 0.35
    liked: float = 4.0


@dataclass(frozen=True)
class TasteParameters:
    """All parameters of roles and tastes."""

    roles: RoleParameters = field(default_factory=RoleParameters)
    configurator: ConfiguratorParameters = field(default_factory=ConfiguratorParameters)
    favourites: FavouriteParameters = FavouriteParameters()
    views: ViewParameters = ViewParameters()
