"""What a manager's decisions cost and do: every number of it, with its units."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class DecisionParameters:
    """Money is ¥ of the whole company in a quarter. Everything is measured against what the recorded company does.

    budget             what may be spent, as a multiple of what the usual decisions would cost in the quarter
    wage               ¥ an agent's hour on duty costs
    desk               ¥ the desk for complaints costs at its usual speed; in proportion to the speed
    returns_to_spend   accounts won by a channel = usual × (spend ÷ usual spend) to this power
    quality_floor      share of failures that no money prevents
    quality_half       ¥ at work that halve the others
    quality_lasts      share of the ¥ at work in quality that are still at work a quarter later
    community_half     ¥ at work in the community that give half of what it can give
    community_lasts    share of the ¥ at work in the community that are still at work a quarter later
    community_posts, community_accounts   what the community adds at most to posts, and to accounts won by the
                       community and by referral, as a share of the usual
    slow_by_service    complaints are answered later by exp(this × (usual service level − service level))
    mood_by_service, mood_by_failing, mood_by_generosity, mood_by_community
                       where satisfaction goes in the end, in standard deviations: for 1 of service level, for 1 of
                       failures (as a multiple of the usual), for 1 of complaints settled in favour, for all that the
                       community can give
    mood_speed         share of that way gone in a quarter, felt from the next quarter on
    leaving_by_mood    odds of leaving × exp(−this × satisfaction gained)
    referral_by_mood   accounts won by referral × exp(this × satisfaction gained)
    moved              an offer adds orders of the panel, who buy less often, by this share of the chance by which the
                       campaign moved its people
    annoyed            chance that a customer whom an offer keeps from an order stays away for good
    limits             lowest and highest: agents, speed and compensation, as multiples of the usual
    """

    budget: float = 1.15
    wage: float = 45.0
    desk: float = 120_000.0
    returns_to_spend: dict[str, float] = field(
        default_factory=lambda: {
            "display": 0.30,
            "search": 0.50,
            "platform": 0.50,
            "email": 0.35,
            "mobile": 0.40,
            "community": 0.60,
        }
    )
    quality_floor: float = 0.35
    quality_half: float = 100_000.0
    quality_lasts: float = 0.6
    community_half: float = 150_000.0
    community_lasts: float = 0.85
    community_posts: float = 1.0
    community_accounts: float = 0.8
    slow_by_service: float = 2.0
    mood_by_service: float = 2.0
    mood_by_failing: float = -0.6
    mood_by_generosity: float = 0.6
    mood_by_community: float = 0.5
    mood_speed: float = 0.5
    leaving_by_mood: float = 0.9
    referral_by_mood: float = 1.2
    moved: float = 0.7
    annoyed: float = 0.8
    limits: dict[str, tuple[float, float]] = field(
        default_factory=lambda: {"agents": (0.5, 2.0), "speed": (0.25, 4.0), "compensation": (0.0, 3.0)}
    )
