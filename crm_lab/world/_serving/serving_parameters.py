"""What service does and how it is improved: every number behind it, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_lab.schema.serving import ATTRIBUTES, FACTORS


@dataclass(frozen=True)
class CallBackParameters:
    """Call-backs after delivery. Attachment is a hidden standard normal trait of each person.

    failed, sound   people whose order had, and had not, a failure
    complained      share of the failed who had complained before
    called          chance to be drawn for a call
    days            days after delivery on which a call is due, each as often as the others
    reach, reach_by chance to be reached: logit at attachment 0, and added for one more of attachment
    buys            logit of buying again within 90 days: without failure, after one complained of, after a silent one
    buys_by         added for one more of attachment
    helps           what a call that reaches somebody on the day of delivery adds to that logit, in the same order
    fades           days after which a call helps a third (1/e) of that
    order_median, order_spread  ¥ of the order: lognormal
    margin_share, margin_spread   margin of the later orders: share of the order's value; standard deviation of its ln
    call_cost       ¥ a call
    """

    failed: int = 3_800
    sound: int = 1_200
    complained: float = 0.36
    called: float = 0.5
    days: tuple[int, ...] = (1, 3, 7, 14)
    reach: float = 0.9
    reach_by: float = 0.6
    buys: tuple[float, float, float] = (0.75, 0.35, -0.25)
    buys_by: float = 0.7
    helps: tuple[float, float, float] = (0.05, 0.40, 2.10)
    fades: float = 8.0
    order_median: float = 220.0
    order_spread: float = 0.7
    margin_share: float = 0.38
    margin_spread: float = 0.5
    call_cost: float = 5.0


@dataclass(frozen=True)
class CheckParameters:
    """Test calls to agents before and after a checklist.

    before, after   days of the test calls
    points          points kept without a checklist, of 20: mean
    between, within standard deviation between agents, and from one call of an agent to the next, points
    adds            points the checklist adds
    narrows         standard deviations with the checklist, as a multiple of those without: between, within
    seconds, seconds_spread, slower  s a case takes: mean; sd of its ln, between agents and within; with the checklist ×
    """

    before: tuple[str, ...] = ("2025-05-14", "2025-06-11", "2025-07-16", "2025-08-13")
    after: tuple[str, ...] = ("2025-09-17", "2025-10-15", "2025-11-19", "2025-12-10")
    points: float = 13.5
    between: float = 1.6
    within: float = 2.4
    adds: float = 1.5
    narrows: tuple[float, float] = (0.6, 0.55)
    seconds: float = 310.0
    seconds_spread: tuple[float, float] = (0.15, 0.25)
    slower: float = 1.04


@dataclass(frozen=True)
class ExpectationParameters:
    """What shapes expectations: weight of each factor on the mean of the three questions on it, both standardised.

    mean, sd   of the answers before rounding to 1–7
    """

    weights: dict[str, float] = field(
        default_factory=lambda: dict(
            zip(
                (name for name, *_ in FACTORS),
                (0.30, 0.26, 0.14, 0.24, 0.18, 0.22, 0.12, -0.14, 0.12, 0.12),
                strict=True,
            )
        )
    )
    mean: float = 4.4
    sd: float = 1.3


@dataclass(frozen=True)
class DealerSurveyParameters:
    """Dealers asked before and after the improvement programme.

    importance, satisfaction  mean by attribute before rounding to 1–10
    importance_sd   standard deviation of an importance
    level, noise    standard deviations of satisfaction: of a dealer's level, and of a single answer
    drift           points every dealer's satisfaction rises from wave to wave
    effect          points the programme adds, by attribute: it worked on these, on no other
    """

    importance: dict[str, float] = field(
        default_factory=lambda: dict(zip(ATTRIBUTES, (8.6, 9.0, 7.2, 6.2, 8.4, 6.9, 7.0, 7.6), strict=True))
    )
    satisfaction: dict[str, float] = field(
        default_factory=lambda: dict(zip(ATTRIBUTES, (7.0, 6.2, 7.8, 5.4, 5.2, 7.0, 6.4, 7.4), strict=True))
    )
    importance_sd: float = 1.2
    level: float = 0.8
    noise: float = 1.3
    drift: float = 0.2
    effect: dict[str, float] = field(default_factory=lambda: {"complaints": 1.2, "training": 0.9})


@dataclass(frozen=True)
class WrittenParameters:
    """Chats and e-mails of the whole company, which follow the weekdays and days of the calls.

    since       first day
    daily       contacts on an average day by channel
    handling_mean, handling_sd  seconds an agent is busy with one, by channel
    """

    since: str = "2025-11-03"
    daily: dict[str, float] = field(default_factory=lambda: {"chat": 460.0, "email": 290.0})
    handling_mean: dict[str, float] = field(default_factory=lambda: {"chat": 420.0, "email": 380.0})
    handling_sd: dict[str, float] = field(default_factory=lambda: {"chat": 260.0, "email": 320.0})


@dataclass(frozen=True)
class HandOverParameters:
    """What else becomes of a call.

    passed      share of the answered calls passed on to a specialist: by an agent trained in the topic, by another
    specialists to whom, by topic
    seconds     s the specialist needs ~ lognormal: mean and standard deviation
    offered     seconds of waiting after which a call-back is offered
    wish        share of those who then wait on, or give up, and ask for one
    called_back share of them called back, within `within` hours at the latest
    """

    passed: tuple[float, float] = (0.05, 0.24)
    specialists: dict[str, str] = field(
        default_factory=lambda: {
            "order": "billing",
            "delivery": "complaints_desk",
            "return": "billing",
            "product": "product_advice",
            "complaint": "complaints_desk",
        }
    )
    seconds: tuple[float, float] = (420.0, 300.0)
    offered: float = 60.0
    wish: float = 0.35
    called_back: float = 0.9
    within: float = 26.0


@dataclass(frozen=True)
class ServingParameters:
    """All parameters of service and its improvement."""

    call_backs: CallBackParameters = CallBackParameters()
    checks: CheckParameters = CheckParameters()
    expectations: ExpectationParameters = field(default_factory=ExpectationParameters)
    dealer_survey: DealerSurveyParameters = field(default_factory=DealerSurveyParameters)
    written: WrittenParameters = field(default_factory=WrittenParameters)
    hand_overs: HandOverParameters = field(default_factory=HandOverParameters)
