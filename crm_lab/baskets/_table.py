"""Baskets as a table of ones: a row for each basket, a column for each item."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd
from scipy import sparse

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

Baskets = Iterable[Iterable[Hashable]]


@dataclass(frozen=True)
class Table:
    """holds  1 where a basket holds an item, (baskets, items); items  by name, in order."""

    holds: sparse.csr_array
    items: pd.Index

    @property
    def counts(self) -> np.ndarray:
        """In how many baskets each item is."""
        return np.asarray(self.holds.sum(axis=0)).ravel()


def table_of_baskets(baskets: Baskets) -> Table:
    """The table; an item that stands twice in a basket counts once, a basket without items counts as a basket.

    Raises InputError when there is no basket or no item, or when a basket is a text or no collection.

    >>> table_of_baskets([["tea", "cup"], ["tea", "tea"]]).counts.tolist()
    [1, 2]
    """
    rows = listed(baskets)
    codes, items = pd.factorize(pd.Index(list(chain.from_iterable(rows))), sort=True)
    if not len(items):
        raise InputError(_("baskets holds no item. Give at least one basket with an item."))
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    ones = np.ones(len(codes), dtype="int32")
    return Table(sparse.csr_array((ones, codes, ends), shape=(len(rows), len(items))), items)


def listed(baskets: Baskets) -> list[list[Hashable]]:
    """Each basket as a list of different items, in the order in which they first stand.

    >>> listed([("tea", "cup", "tea")])
    [['tea', 'cup']]
    """
    if isinstance(baskets, (str, dict, pd.DataFrame)):
        text = _('baskets must be a list of baskets, not {type}. Try lines.groupby("order_id")["product_id"].agg(set).')
        raise InputError(text.format(type=type(baskets).__name__))
    return [_items(basket, place) for place, basket in enumerate(baskets)]


def _items(basket: Iterable[Hashable], place: int) -> list[Hashable]:
    if isinstance(basket, str) or not isinstance(basket, Iterable):
        text = _("Basket {place} must be a list or set of items, not {basket!r}. Put it in brackets.")
        raise InputError(text.format(place=place, basket=basket))
    return list(dict.fromkeys(basket))
