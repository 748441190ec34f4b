"""The knowledge base an agent searches while a customer waits: short articles, found by the words they use."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crm_lab.base.errors import one_of
from crm_lab.base.text import language

FOLDER = Path(__file__).with_name("articles")
_WORD = re.compile(r"[a-z]{3,}|[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Article:
    """One article: its name, its title, and what it says."""

    name: str
    title: str
    text: str


@cache
def _articles(edition: str) -> Mapping[str, Article]:
    path = FOLDER / f"articles.{edition}.toml"
    read = tomllib.loads((path if path.is_file() else FOLDER / "articles.en.toml").read_text("utf-8"))
    return {name: Article(name, one["title"], one["text"].strip()) for name, one in read.items()}


def articles() -> Mapping[str, Article]:
    """All articles by name, in the edition's language."""
    return _articles(language())


def article(name: str) -> Article:
    """One article. Raises InputError naming those there are."""
    return articles()[one_of("article", name, articles())]


def search(words: str, most: int = 5) -> list[Article]:
    """The articles that fit some words best, rare words counting more than common ones (tf-idf).

    words  what the customer asks about
    most   how many to give at most

    Source: K. Sparck Jones (1972), A statistical interpretation of term specificity, Journal of Documentation 28.

    >>> search("send back within seven days")[0].name
    'seven_day_return'
    """
    wanted, every = set(_stems(words)), articles().values()
    counts = {one.name: Counter(_stems(f"{one.title} {one.title} {one.text}")) for one in every}
    spread = Counter(word for found in counts.values() for word in found)
    marks = {
        name: sum(found[word] * math.log(len(counts) / spread[word]) for word in wanted & found.keys())
        / math.sqrt(found.total())
        for name, found in counts.items()
    }
    best = sorted((name for name in marks if marks[name] > 0), key=lambda name: -marks[name])
    return [articles()[name] for name in best[:most]]


def _stems(text: str) -> list[str]:
    """Words without their endings, so that `returned` finds `return`."""
    return [re.sub(r"(ing|ed|es|s)$", "", word) or word for word in _WORD.findall(text.lower())]
