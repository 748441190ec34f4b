"""What a line is: goods, money given back, a discount, or a fee such as postage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._account import Account
from crm_lab.data._shop._texts import category, plain, words

_CODED = 0.8  # share of products with a code such as 22728 above which a short one among them, such as M, is a fee
_LOOKED_AT, _MOST_TURNS = 10_000, 10  # lines in which a column shows its values, and how many of them it may have
_TURNS = ("back", "sale")
_MANY = 5  # lines from which on a fee must behave like one
_ALONE = 0.8  # share of lines on which what is called a fee is bought by itself, from which on it is an article


def check_fees(fees: Any) -> bool | list[str]:
    """The `fees` of read_shop; InputError unless it is True, False or a list of names."""
    if isinstance(fees, bool):
        return fees
    listed = [fees] if isinstance(fees, str) else list(fees) if isinstance(fees, Iterable) else None
    if listed is not None and all(isinstance(name, str) for name in listed):
        return listed
    raise InputError(
        _("fees is {fees!r}. Give True, False, or the names of the lines that are fees, as in fees=['POST'].").format(
            fees=fees
        )
    )


@cache
def _named(name: str, kind: str) -> bool:
    """Whether a line is called a fee or a discount: by the word alone, or before a figure, a bracket or a colon."""
    known = words()["lines"][kind]
    word = plain(name)
    if word in known:
        return True
    head = re.split(r"\s*[:(（：\-–/]\s*|\s+(?=[\d#%-])|\s+[A-Z0-9]{4,}$", " ".join(str(name).split()), maxsplit=1)[0]
    return plain(head) in known and head != str(name)


def fee_codes(products: pd.Index) -> list[str]:
    """Those of the distinct product names or codes that are called postage, fee or the like.

    Known words count always. Where nearly all products have a code of four or more characters with a digit in it, so
    do the short codes that stand for manual entries in such shops, M or C2. A code of letters is goods.

    >>> fee_codes(pd.Index(["22728", "22727", "21724", "23084", "85123A", "M", "POST"]))
    ['M', 'POST']
    >>> fee_codes(pd.Index(["Blue mug", "Red mug", "Postage", "ROBO-DOG"]))
    ['Postage']
    """
    names = products.to_series().astype("str")
    digit, long = names.str.contains(r"\d"), names.str.len() >= 4
    fee = names.map(lambda name: _named(name, "fee")).astype(bool)
    if (digit & long)[~fee].mean() >= _CODED:
        fee |= names.str.lower().isin(words()["lines"]["codes"])
    return list(names[fee])


def discount_names(products: pd.Index) -> list[str]:
    """Those of the distinct product names that are called discount or the like.

    >>> discount_names(pd.Index(["Mug", "Rabatt 10%", "Discount: SUMMER", "Discount table"]))
    ['Rabatt 10%', 'Discount: SUMMER']
    """
    return [str(name) for name in products if _named(str(name), "discount")]


def sign_credits(lines: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The lines with every credit (money given back) written as a negative quantity at a positive price.

    lines  order_id, customer_id, product, quantity, unit_price

    Rule: money below 0 is a credit, and so is a line that the file calls a return beside others that it calls sales. An
    order number such as C536379 marks one only with other evidence: all other
    numbers are plain digits, and other lines so marked are negative, or each of them gives back what the same customer
    bought before, at the same price.
    """
    used = account.used
    negative = (lines["unit_price"] < 0) & (lines["quantity"] > 0)
    positive = (lines["quantity"] > 0) & (lines["unit_price"] > 0) & used
    flip_quantity = _marked(lines, used) & positive
    said = _said_back(lines, account, positive.to_numpy())
    turned = lines.assign(
        quantity=lines["quantity"].where(~(flip_quantity | said | negative), -lines["quantity"]),
        unit_price=lines["unit_price"].where(~negative, -lines["unit_price"]),
    )
    account.tell(
        flip_quantity,
        _("Cancellation with a positive quantity"),
        _("read as money given back; the first is row {row}: {cell}"),
        "order_id",
    )
    account.tell(negative & used, _("Negative price"), _("read as money given back; the first is row {row}"))
    return turned


def _said_back(lines: pd.DataFrame, account: Account, positive: np.ndarray) -> np.ndarray:
    """Which lines a column of the file calls returns, though their money is written above 0.

    Rule: a column that is not mapped, with at most ten different values, of which some are words for a sale and some
    for a return. Where a line so called is below 0 already, the sign says it and the column nothing.
    """
    nothing = np.zeros(len(lines), dtype=bool)
    for place, column in enumerate(account.cells):
        values = account.cells.iloc[:, place]
        seen = values.head(_LOOKED_AT).astype(str).unique()
        named = len(seen) <= _MOST_TURNS and any(plain(one) in words()["turns"]["sale"] for one in seen)
        if column in account.columns.values() or not named:
            continue
        cells = pd.Series(category(values))
        back, sale = ([one for one in cells.cat.categories if plain(one) in words()["turns"][w]] for w in _TURNS)
        found = cells.isin(back).to_numpy() & account.used
        if found.any() and (cells.isin(sale) & account.used).any() and (positive | ~found).all():
            account.tell(
                found,
                _("Return with positive money: {column} says so").format(column=column),
                _("read as money given back; the first is row {row}"),
            )
            return found
    return nothing


def _marked(lines: pd.DataFrame, used: np.ndarray) -> pd.Series:
    """Which lines have an order number that marks a credit."""
    numbers = lines["order_id"].cat.categories.to_series()
    prefixed = lines["order_id"].isin(numbers[numbers.str.fullmatch(r"[Cc]\d+")]) & used
    others = numbers[~numbers.str.fullmatch(r"[Cc]\d+") & numbers.isin(lines["order_id"][used].astype(object))]
    no = pd.Series(False, index=lines.index)
    if not prefixed.any() or len(others) < len(lines["order_id"][prefixed].unique()) or not others.str.isdigit().all():
        return no
    if (lines["quantity"][prefixed] < 0).any():
        return prefixed
    key = ["customer_id", "product", "unit_price"] if lines["product"].notna().any() else ["customer_id", "unit_price"]
    bought = lines[~prefixed & used].assign(product=lines["product"].astype(object))
    pairs = lines[prefixed].assign(product=lines["product"].astype(object)).reset_index()
    before = pairs.merge(bought[[*key, "ordered_at"]], on=key, suffixes=("", "_before"))
    matched = before.loc[before["ordered_at_before"] <= before["ordered_at"], "index"].nunique()
    return prefixed if matched == prefixed.sum() else no


def kinds(lines: pd.DataFrame, account: Account, fees: bool | list[str]) -> pd.Series:
    """What each line is: "goods", "credit" (money back), "discount" (off its order) or "fee" (not counted in orders).

    lines  order_id, product, quantity and unit_price, credits negative in quantity
    fees   False: nothing is a fee; a list: just those names are; True: by name and behaviour

    Rule: what is called postage, fee or the like is a fee, unless it is mostly bought by itself, as no fee is. What is
    called discount or the like and is money back is taken off its own order.
    """
    used, products = account.used, lines["product"]
    present = products[used].cat.remove_unused_categories().cat.categories
    names = fees if isinstance(fees, list) else fee_codes(present) if fees else []
    if fees is True:
        names = [name for name in names if not _sold_alone(lines[used], name)]
    off = products.isin(discount_names(present))
    discount = off & (lines["quantity"] < 0)
    fee = products.isin(names) | (off & ~discount & (fees is not False))
    place = np.select([fee, discount, lines["quantity"] < 0], [3, 2, 1], default=0)
    fee_here = fee.to_numpy() & used
    account.tell(
        fee_here,
        _("Postage, fees and manual entries"),
        _("kept in order_lines as fee ({codes}), not counted in orders; say fees=False to count them"),
        codes=", ".join(sorted(map(str, products[fee_here].unique()))[:8]),
    )
    account.tell(
        discount & used,
        _("Discount on a line of its own"),
        _("taken off its order; the first is row {row}: {cell}"),
        "product",
    )
    return pd.Series(
        pd.Categorical(np.array(["goods", "credit", "discount", "fee"], dtype=object)[place]), index=lines.index
    )


def _sold_alone(lines: pd.DataFrame, name: str) -> bool:
    """Whether what is called a fee is mostly bought without anything else, several at a time now and then."""
    own = (lines["product"] == name).to_numpy()
    if own.sum() < _MANY or (lines["quantity"][own] <= 0).any():
        return False
    size = lines["order_id"].cat.codes.map(lines["order_id"].cat.codes.value_counts())
    return bool((size[own] == 1).mean() >= _ALONE)
