"""What the parts are called, and what each does not tell."""

from __future__ import annotations

from crm_lab.base.text import _


def heading(name: str) -> str:
    """The title of a part.

    >>> heading("abc")
    'Who brings the revenue'
    """
    return {
        "overview": _("What was sold"),
        "segments": _("Recency, frequency, money"),
        "abc": _("Who brings the revenue"),
        "moves": _("Who moves up and down"),
        "cohorts": _("Who comes back"),
        "lifetime": _("What your customers will bring"),
        "baskets": _("What is bought together"),
        "calls": _("Whom to call"),
        "agents": _("Who answers the telephone"),
    }[name]


def limit(name: str) -> str:
    """What a part does not tell, in a sentence.

    >>> limit("abc")
    'Revenue is not profit: a customer of class A may cost more than they bring.'
    """
    return {
        "overview": _("Revenue is not profit, and more of it after a campaign is not yet its effect."),
        "segments": _("A segment says who bought when, not why they stopped."),
        "abc": _("Revenue is not profit: a customer of class A may cost more than they bring."),
        "moves": _("Some move by chance: who was at their best falls back without anybody's doing."),
        "cohorts": _("The first row also holds customers who came before the file begins."),
        "lifetime": _("The forecast knows no season, no campaign and no competitor."),
        "baskets": _("Bought together does not mean that showing one sells the other."),
        "calls": _("Who comes back after a call might have come back without it."),
        "agents": _("Your callers may call more or less often than those of Willow Lane."),
    }[name]
