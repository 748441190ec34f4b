"""Every number behind what customers say: surveys, price questions, posts, conversations, and the dirty extract."""

from __future__ import annotations

from dataclasses import dataclass, field

CONSTRUCTS = ("expectation", "quality", "value", "satisfaction", "complaint", "loyalty")
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
TOPICS = (
    "quality",
    "delivery",
    "packaging",
    "price",
    "service",
    "app",
    "more_colours",
    "spare_parts",
    "gift_wrap",
    "larger_size",
)
REQUESTS = TOPICS[6:]
STANDARD = (
    "greeting",
    "own_name",
    "customer_name",
    "restates",
    "empathy",
    "solution",
    "deadline",
    "asks_more",
    "thanks",
    "polite",
)


@dataclass(frozen=True, kw_only=True)
class PriceCurve:
    """How buyers of one product judge its price. Prices are multiples of the list price.

    rank     the product's place among all products by list price, 0 cheapest to 1 dearest
    centre   the median buyer's highest acceptable price
    spread   standard deviation of the logarithm of that price across buyers
    """

    rank: float
    centre: float
    spread: float


@dataclass(frozen=True)
class SurveyParameters:
    """The satisfaction survey. Latent variables have mean 0 and variance 1; see world/_voice/surveys.py.

    Nothing changes from wave to wave: where two waves differ, it is by chance.

    first_wave        before this year nobody was asked
    waves, external   days (month, day) on which invitations go out, one a quarter; invited a wave besides the panel
    answer_days, answer_most   days until an online answer: the mean, and the most
    call_days, call_hours   days after the invitation, and hours of the day, between which the silent are phoned
    paths             path coefficients between standardised latent variables, "from>to"
    loadings          correlation of each question, before rounding, with its latent variable
    item_mean, item_sd   of the answers before rounding to 1–10
    answer_base, answer_slope   log odds of answering online = base + slope × satisfaction
    phoned, reached   share phoned of those outside the panel who did not answer; share of these reached
    csat, ces         mean, slope on the latent variable (satisfaction, quality), noise
    """

    first_wave: int = 2025
    waves: tuple[tuple[int, int], ...] = ((2, 10), (5, 12), (8, 11), (11, 17))
    external: int = 2_700
    paths: dict[str, float] = field(
        default_factory=lambda: {
            "expectation>quality": 0.50,
            "expectation>value": 0.10,
            "quality>value": 0.60,
            "expectation>satisfaction": 0.10,
            "quality>satisfaction": 0.45,
            "value>satisfaction": 0.35,
            "satisfaction>complaint": -0.55,
            "satisfaction>loyalty": 0.60,
            "complaint>loyalty": -0.15,
        }
    )
    loadings: dict[str, tuple[float, ...]] = field(
        default_factory=lambda: {
            "expectation": (0.80, 0.75, 0.70),
            "quality": (0.88, 0.84, 0.80),
            "value": (0.86, 0.82),
            "satisfaction": (0.90, 0.85, 0.82),
            "complaint": (0.80, 0.75),
            "loyalty": (0.86, 0.82, 0.78),
        }
    )
    item_mean: dict[str, float] = field(
        default_factory=lambda: dict(zip(CONSTRUCTS, (7.4, 7.0, 6.4, 6.9, 3.4, 6.6), strict=True))
    )
    item_sd: float = 1.7
    answer_base: float = -0.85
    answer_slope: float = 0.40
    phoned: float = 0.12
    reached: float = 0.85
    answer_days: float = 2.0
    answer_most: int = 13
    call_days: tuple[int, int] = (15, 22)
    call_hours: tuple[int, int] = (9, 20)
    csat: tuple[float, float, float] = (3.65, 0.80, 0.50)
    ces: tuple[float, float, float] = (5.0, 0.75, 0.70)


@dataclass(frozen=True)
class StudyParameters:
    """Interview studies: a random sample of buyers, all of whom answered.

    servqual_gaps     perception less expectation by dimension, before rounding to 1–7
    servqual_within   from the first statement of a dimension to its last, expectation falls by twice this and
                      perception rises by as much
    servqual_factor   share of an answer's variance common to the questions of its dimension
    kano              what each feature is to most buyers (A, O, M, I, R); kano_share of the buyers say so
    kano_others       what those say who do not: share of each category, mostly a neighbouring one
    ratings           mean importance and mean performance of each attribute before rounding to 1–10
    price_curves      willingness to pay for three products
    price_steps       prices offered, as multiples of the list price
    price_step, price_step_shape  ln of the ratio of two neighbouring answers on prices ~ Gamma with this mean and shape
    """

    servqual_respondents: int = 400
    servqual_expectation: float = 5.9
    servqual_gaps: dict[str, float] = field(
        default_factory=lambda: dict(zip(DIMENSIONS, (0.10, -0.95, -0.65, -0.20, -0.40), strict=True))
    )
    servqual_within: float = 0.20
    servqual_sd: float = 0.85
    servqual_factor: float = 0.60
    kano_respondents: int = 300
    kano_share: float = 0.58
    kano: dict[str, str] = field(
        default_factory=lambda: {
            "correct_order": "M",
            "secure_payment": "M",
            "undamaged_parcel": "M",
            "fast_delivery": "O",
            "easy_returns": "O",
            "order_tracking": "O",
            "gift_wrapping": "A",
            "care_tips": "A",
            "birthday_surprise": "A",
            "printed_catalogue": "I",
            "parcel_colour": "I",
            "daily_messages": "R",
        }
    )
    kano_others: dict[str, dict[str, float]] = field(
        default_factory=lambda: {
            "A": {"O": 0.45, "I": 0.45, "M": 0.06, "Q": 0.04},
            "O": {"A": 0.40, "M": 0.40, "I": 0.16, "Q": 0.04},
            "M": {"O": 0.55, "I": 0.30, "A": 0.11, "Q": 0.04},
            "I": {"A": 0.40, "M": 0.20, "R": 0.25, "O": 0.11, "Q": 0.04},
            "R": {"I": 0.80, "A": 0.16, "Q": 0.04},
        }
    )
    ratings_respondents: int = 400
    ratings: dict[str, tuple[float, float]] = field(
        default_factory=lambda: {
            "product_quality": (9.0, 8.1),
            "product_choice": (7.2, 7.9),
            "price_level": (8.4, 6.3),
            "delivery_time": (8.6, 6.0),
            "packaging": (6.0, 7.8),
            "advice": (7.1, 6.2),
            "complaint_handling": (8.5, 5.6),
            "returns": (8.1, 7.4),
            "app": (7.0, 6.1),
            "community": (5.6, 7.3),
        }
    )
    ratings_sd: float = 1.4
    ratings_answerer: float = 0.35
    price_respondents: int = 400
    price_curves: tuple[PriceCurve, ...] = (
        PriceCurve(rank=0.60, centre=1.00, spread=0.30),
        PriceCurve(rank=0.80, centre=0.85, spread=0.35),
        PriceCurve(rank=0.95, centre=1.25, spread=0.25),
    )
    price_steps: tuple[float, ...] = (0.6, 0.8, 1.0, 1.2, 1.5)
    price_step: float = 0.25
    price_step_shape: float = 6.0


@dataclass(frozen=True)
class TalkParameters:
    """Community posts and conversations with agents.

    post_share        share of delivered orders that their buyer writes about
    post_least, post_days   days from the delivery to the post: at least, and the mean beyond that
    opener, closer    share of posts that begin, and end, with a sentence about nothing in particular
    topics            share of posts mainly about each topic; a second topic follows in second_topic of the posts
    mood, mood_slope  a post is positive with log odds mood + slope × satisfaction
    likes, request_likes   mean likes of a post; how many times more a request gets
    likes_shape       of the Gamma variable, with mean 1, by which posts differ beyond that
    talk_share        share of buyers with a recorded conversation
    reasons           share of each reason where nothing is sent back
    talk_days, talk_hours   days after the delivery, and hours of the day, between which a conversation begins
    talk_before_return      or, where something is sent back, part of the time until then: earliest and latest
    agents, agent_sd  number of agents; standard deviation of an agent's skill (log odds of keeping a standard)
    standard          log odds with which an average agent keeps each point of the service standard
    rating            1–5 the customer gives: mean with no point kept, added with all ten kept, noise
    """

    post_share: float = 0.24
    post_least: float = 0.1
    post_days: float = 6.0
    opener: float = 0.8
    closer: float = 0.5
    topics: dict[str, float] = field(
        default_factory=lambda: dict(
            zip(TOPICS, (0.22, 0.17, 0.11, 0.12, 0.10, 0.06, 0.09, 0.06, 0.04, 0.03), strict=True)
        )
    )
    second_topic: float = 0.20
    mood: float = 0.3
    mood_slope: float = 1.0
    likes: float = 3.0
    request_likes: float = 2.5
    likes_shape: float = 1.2
    talk_share: float = 0.14
    reasons: dict[str, float] = field(
        default_factory=lambda: {"late": 0.36, "damaged": 0.25, "wrong_item": 0.15, "question": 0.24}
    )
    talk_days: tuple[int, int] = (1, 5)
    talk_hours: tuple[int, int] = (9, 21)
    talk_before_return: tuple[float, float] = (0.1, 0.9)
    agents: int = 12
    agent_sd: float = 0.9
    standard: dict[str, float] = field(
        default_factory=lambda: dict(zip(STANDARD, (2.2, 1.2, 0.6, 0.0, 0.3, 1.4, 0.2, -0.2, 1.6, 2.6), strict=True))
    )
    rating: tuple[float, float, float] = (1.2, 3.8, 0.6)


@dataclass(frozen=True)
class DirtyParameters:
    """The dirty extract. All numbers are shares of rows.

    covered     share of the customers that the extract holds
    twice, thrice   share of these with a second row, and of those with a third
    stale_until the last change of a stale row, as a share of the time from registration to that of a fresh one
    the others  share of rows with the defect of that name; see world/_voice/dirty.py
    """

    covered: float = 0.60
    twice: float = 0.25
    thrice: float = 0.20
    name_typo: float = 0.06
    name_style: float = 0.08
    name_spaces: float = 0.06
    name_swapped: float = 0.05
    email_missing: float = 0.08
    email_invalid: float = 0.04
    phone_missing: float = 0.06
    phone_format: float = 0.35
    date_format: float = 0.30
    birthday_missing: float = 0.10
    birthday_invalid: float = 0.03
    city_variant: float = 0.12
    stale: float = 0.07
    stale_until: float = 0.1


@dataclass(frozen=True)
class VoiceParameters:
    """The structural parameters of everything customers say."""

    survey: SurveyParameters = SurveyParameters()
    study: StudyParameters = StudyParameters()
    talk: TalkParameters = TalkParameters()
    dirty: DirtyParameters = DirtyParameters()
