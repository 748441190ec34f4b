"""Floor 5: the agent desk. Customers call, the learner answers, and the service standard is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.base.lazy import lazily
from crm_lab.desk._knowledge import Article, article, articles, search
from crm_lab.desk._scenario import KINDS, STEPS, TEMPERAMENTS, Option, Scenario, Turn, load, parse
from crm_lab.desk._shift import LOOK_UP, Conversation, call, scenarios, shift, turns

if TYPE_CHECKING:
    from crm_lab.desk._widget import Desk, open

__all__ = [
    "KINDS",
    "LOOK_UP",
    "STEPS",
    "TEMPERAMENTS",
    "Article",
    "Conversation",
    "Desk",
    "Option",
    "Scenario",
    "Turn",
    "article",
    "articles",
    "call",
    "load",
    "open",
    "parse",
    "scenarios",
    "search",
    "shift",
    "turns",
]

# ipywidgets only where the widget is asked for
__getattr__ = lazily(__name__, {"_widget": ("Desk", "open")})
