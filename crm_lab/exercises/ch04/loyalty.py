"""Lab 04b, loyalty and what customers value: two exercises, with their recipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake
from crm_lab.exercises.ch04.misread_a import NOT_DELIVERED, delivered

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

LAST_YEAR = 365  # days

# ---- loyalty


def attitude_of(t: Tables) -> pd.Series:
    """Everybody's score, missing where there is none."""
    return t.table("customers").set_index("customer_id")["recommend_score"]


def loyalty_of(
    t: Tables,
    attitude_cut: float = 8,
    behaviour_cut: float = 3,
    silent: float | None = None,
    days: int | None = LAST_YEAR,
) -> pd.Series:
    """The loyalty matrix of everybody with a delivered order; `silent` is put where nobody answered."""
    everyone = delivered(t).groupby("customer_id").size().index
    behaviour = delivered(t, days).groupby("customer_id").size().reindex(everyone, fill_value=0)
    attitude = attitude_of(t).reindex(everyone)
    attitude = attitude if silent is None else attitude.fillna(silent)
    return classify.loyalty(behaviour, attitude, behaviour_cut, attitude_cut)


def recent_only(t: Tables) -> pd.Series:
    """The matrix without those who did not order in the last year."""
    return loyalty_of(t).loc[delivered(t, LAST_YEAR).groupby("customer_id").size().index]


def answered_only(t: Tables) -> pd.Series:
    """The matrix without those who never answered."""
    return loyalty_of(t).loc[lambda groups: groups != "unknown"]


def with_everyone(t: Tables) -> pd.Series:
    """The matrix of all people in the customer table, buyers or not."""
    attitude = attitude_of(t)
    behaviour = delivered(t, LAST_YEAR).groupby("customer_id").size().reindex(attitude.index, fill_value=0)
    return classify.loyalty(behaviour, attitude, 3, 8)


def of_all_orders(t: Tables) -> pd.Series:
    """The matrix with cancelled and open orders counted."""
    orders = t.table("orders")
    everyone = orders.groupby("customer_id").size().index
    year = orders[orders["ordered_at"] >= t.today - pd.Timedelta(days=LAST_YEAR)]
    behaviour = year.groupby("customer_id").size().reindex(everyone, fill_value=0)
    return classify.loyalty(behaviour, attitude_of(t).reindex(everyone), 3, 8)


def crossed(t: Tables) -> pd.Series:
    """The matrix with the names of two corners exchanged."""
    return loyalty_of(t).replace({"latent": "spurious", "spurious": "latent"})


def _loyalty_means(t: Tables, groups: pd.Series) -> str:
    counts = groups.value_counts()
    return _(
        "{loyal:,} customers buy often and like us; {spurious:,} buy as often and like us less. In the order book the "
        "two look alike. {unknown:,} never answered, and silence is not a “no”."
    ).format(**{name: counts.get(name, 0) for name in ("loyal", "spurious", "unknown")})


loyalty = Exercise(
    name="loyalty",
    lab="04b",
    title=_("Loyalty matrix"),
    points=3,
    sections=("loyalty-idea",),
    kind="table",
    key=("customer_id",),
    columns={"loyalty": _("loyal, latent, spurious, none or unknown")},
    reference=loyalty_of,
    by_hand="classify.loyalty",
    mistakes=(
        Mistake(
            "silence as zero",
            lambda t: loyalty_of(t, silent=0),
            _(
                "You classed those who never answered as if they did not like us. Nobody knows what they think: "
                "a missing score is `unknown`, and this case comes first."
            ),
        ),
        Mistake(
            "silent dropped",
            answered_only,
            _("You left out those who never answered. They are customers, too, and belong in the table as `unknown`."),
        ),
        Mistake(
            "lapsed dropped",
            recent_only,
            _(
                "You left out customers without a delivered order in the last 365 days. They are customers with a "
                "behaviour of 0 orders: reindex with fill_value=0."
            ),
        ),
        Mistake(
            "everyone",
            with_everyone,
            _("You took in people who have no delivered order at all. The matrix is about buyers."),
        ),
        Mistake("all orders", of_all_orders, NOT_DELIVERED),
        Mistake(
            "all history",
            lambda t: loyalty_of(t, days=None),
            _("You counted every delivered order there is. Behaviour is what they did in the last 365 days."),
        ),
        Mistake(
            "promoters",
            lambda t: loyalty_of(t, attitude_cut=9),
            _("You let attitude begin at 9, as for promoters. Here a score of 8 counts as liking us, too."),
        ),
        Mistake(
            "more than three",
            lambda t: loyalty_of(t, behaviour_cut=4),
            _("You asked for more than 3 orders. 3 orders already count as buying often."),
        ),
        Mistake(
            "crossed",
            crossed,
            _(
                "You exchanged `latent` and `spurious`. Latent loyalty is a liking that has not shown itself in "
                "orders; spurious loyalty is orders without the liking."
            ),
        ),
    ),
    hints=(
        _("Two questions for each customer: do they buy often, do they like us? And first: do we know?"),
        _("Compare both Series with their cuts; .isna() finds those who never answered. Let `unknown` decide first."),
        _(
            "np.select([attitude.isna(), often & likes, likes, often], ['unknown', 'loyal', 'latent', 'spurious'], "
            "default='none')"
        ),
    ),
    meaning=_loyalty_means,
)

# ---- what they value

STYLES = ("transactional", "consultative", "integrated")

RIGHT_STYLES = dict(
    s1="consultative",
    s2="transactional",
    s3="consultative",
    s4="integrated",
    s5="transactional",
    s6="transactional",
    s7="integrated",
    s8="consultative",
    s9="integrated",
)


def statements(t: Tables) -> pd.DataFrame:
    """Nine sentences customers said, one a row."""
    said = {
        "s1": _("We moved house. Could somebody tell me which curtains suit a small north room?"),
        "s2": _("I know the lamp I want. Whoever has it cheapest by Friday gets the order."),
        "s3": _("I pay a little more here because your people help me to choose presents for the whole team."),
        "s4": _("Our shops send you their stock every night, so that you can refill us without being asked."),
        "s5": _("Please do not call me. Your app takes me one minute, and that is all I need."),
        "s6": _("I compare three sites and take the one with free delivery."),
        "s7": _("Let us plan the autumn range together and fix prices for the year."),
        "s8": _("The tea set is lovely, but how do I care for it? Last time your advice saved my teapot."),
        "s9": _("One contract for all our hotels, one contact, and your van on our loading plan."),
    }
    return pd.DataFrame({"id": list(said), "statement": list(said.values())})


def styles_with(**others: str) -> dict[str, str]:
    """The styles, one taken for another."""
    return {number: others.get(style, style) for number, style in RIGHT_STYLES.items()}


styles = Exercise(
    name="styles",
    lab="04b",
    title=_("What they value"),
    points=2,
    sections=("style-idea",),
    kind="choice",
    options=STYLES,
    reference=lambda t: dict(RIGHT_STYLES),
    supplies={"statements": statements},
    transfers=False,
    mistakes=(
        Mistake(
            "advice is a partnership",
            lambda t: styles_with(consultative="integrated"),
            _(
                "You called everybody integrated who wants more than a price. Asking for advice joins nothing; an "
                "integrated customer lets our work and theirs grow together: shared stock, plans, contracts."
            ),
        ),
        Mistake(
            "price means transactional",
            lambda t: {**RIGHT_STYLES, "s3": "transactional", "s7": "transactional"},
            _("You called everyone transactional who speaks of what they pay. Ask what they pay for."),
        ),
        Mistake(
            "partners want advice",
            lambda t: styles_with(integrated="consultative"),
            _(
                "You see advice where two firms join their work. Nobody asks for counsel there; they share stock, "
                "plans or a contract."
            ),
        ),
    ),
    hints=(
        _("For each sentence ask: what would this customer miss most if we stopped giving it?"),
        _("Low price and no fuss: transactional. Help in choosing or using: consultative. Joined work: integrated."),
    ),
    meaning=lambda t, answer: _(
        "Each style is managed in its own way: a quick cheap shop, people who know the goods, or one contract with "
        "one contact. Giving advice to those who want a price costs money and pleases nobody."
    ),
)
