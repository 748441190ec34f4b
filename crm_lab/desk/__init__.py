"""Floor 5: the agent desk. Customers call, the learner answers, and the service standard is applied."""

from __future__ import annotations

from crm_lab.desk._knowledge import Article, article, articles, search
from crm_lab.desk._scenario import KINDS, STEPS, TEMPERAMENTS, Option, Scenario, Turn, load, parse
from crm_lab.desk._shift import LOOK_UP, Conversation, call, scenarios, shift

__all__ = [
    "KINDS",
    "LOOK_UP",
    "STEPS",
    "TEMPERAMENTS",
    "Article",
    "Conversation",
    "Option",
    "Scenario",
    "Turn",
    "article",
    "articles",
    "call",
    "load",
    "parse",
    "scenarios",
    "search",
    "shift",
]
