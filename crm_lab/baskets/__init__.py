"""Floor 4, market baskets: what is bought together, how much of it is chance, and what to show whom."""

from crm_lab.baskets._chance import by_chance, shuffled
from crm_lab.baskets._counts import pair_rules, things, together
from crm_lab.baskets._judging import Gain, coverage, hits, paired_gain
from crm_lab.baskets._rules import rules
from crm_lab.baskets._similarity import recency_weights, scores, shelf, similarity

__all__ = [
    "Gain",
    "by_chance",
    "coverage",
    "hits",
    "pair_rules",
    "paired_gain",
    "recency_weights",
    "rules",
    "scores",
    "shelf",
    "shuffled",
    "similarity",
    "things",
    "together",
]
