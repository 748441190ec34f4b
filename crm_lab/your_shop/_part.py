"""What one method says of a shop: sentences, a picture, a table; or why its file does not allow the method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from html import escape
from typing import Concatenate, ParamSpec

import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.base.wording import sentences
from crm_lab.data import Shop
from crm_lab.explore import Picture, text_table
from crm_lab.your_shop._words import heading, limit

P = ParamSpec("P")


@dataclass(frozen=True)
class Part:
    """A part of the page and of the report.

    says     what was found, in sentences
    picture  with its alt text, or None
    table    texts, ready to be read, or None
    missing  why the file does not allow this method; then there is nothing else
    title    what the part is called
    limit    what it does not tell

    >>> Part(missing="The file names no products.", title="Bought together")
    Bought together. The file names no products.
    """

    says: tuple[str, ...] = ()
    picture: Picture | None = None
    table: pd.DataFrame | None = None
    missing: str = ""
    title: str = ""
    limit: str = ""

    def __repr__(self) -> str:
        shown = [repr(text_table(self.table))] if self.table is not None else []
        alt = [self.picture.alt] if self.picture else []
        words = sentences([self.title, *(self.says or [self.missing])])
        return "\n".join([words, *alt, *shown])

    def _repr_html_(self) -> str:
        shown = text_table(self.table)._repr_html_() if self.table is not None else ""
        picture = self.picture.html() if self.picture else ""
        words = "".join(f"<p>{escape(text)}</p>" for text in self.says or [self.missing])
        return f"{picture}{words}{shown}"


def part(function: Callable[Concatenate[Shop, P], Part]) -> Callable[Concatenate[Shop, P], Part]:
    """A function of a shop that gives a Part, with its title; where it raises InputError, that is what is missing."""

    @wraps(function)
    def made(shop: Shop, /, *args: P.args, **options: P.kwargs) -> Part:
        try:
            found = function(shop, *args, **options)
        except InputError as error:
            found = Part(missing=str(error))
        return replace(found, title=heading(function.__name__), limit=limit(function.__name__))

    return made


def kept(shop: Shop) -> pd.DataFrame:
    """The orders that stand: delivered, of known customers. Raises InputError if there is none."""
    orders = shop.orders[shop.orders["status"] == "delivered"]
    if orders.empty:
        raise InputError(_("No order of a known customer stands, so there is nobody's history to look at."))
    return orders


def days_in(shop: Shop) -> int:
    """Days from the first order that stands to the last day of the file."""
    return int((shop.today - kept(shop)["ordered_at"].min().normalize()).days)


def at_least(count: int, needed: int, sentence: str) -> None:
    """InputError with a sentence that may name {count} and {needed}, unless there are enough."""
    if count < needed:
        raise InputError(sentence.format(count=count, needed=needed))
