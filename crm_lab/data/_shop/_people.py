"""Who bought: one person under each spelling of an e-mail address, and guests, who are nobody's history."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data._shop._account import Account
from crm_lab.data._shop._texts import called, plain, words

_MASK = re.compile(r"\*\*|＊＊|##|\$\$|xxx")
_MANY = 20  # customers, or orders, from which on a rule about all of them says something


def settle_customers(lines: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The lines with one spelling for each customer, and none for guests.

    lines  order_id, customer_id, ordered_at

    Rule: e-mail addresses are the same whatever their capitals. Guests are called so in the words of many languages;
    or 0, unless customers are numbered from 0 on: then 1 is there too, and 0 has not more orders than every other.
    """
    customer = lines["customer_id"]
    names = [str(name) for name in customer.cat.categories]
    better = [name.replace(" ", "").casefold() if _is_mail(name) else name for name in names]
    guests = set(called(names, _guests()))
    zeros = {name for name in names if name.strip("0") == ""} - guests
    if zeros and _is_guest(lines, zeros, names, account.used):
        guests |= zeros
    elif zeros:
        account.tell(
            customer.isin(zeros) & account.used,
            _("Customer 0"),
            _("counted as one customer, for others are numbered 1 and up; the first is row {row}"),
        )
    places, distinct = pd.factorize(
        np.array([None if name in guests else new for name, new in zip(names, better, strict=True)], dtype=object)
    )
    codes = np.append(places, -1)[customer.cat.codes.to_numpy()]
    settled = pd.Series(pd.Categorical.from_codes(codes, pd.Index(distinct, dtype="str")), index=lines.index)
    _tell(customer, settled, guests, lines, account)
    return lines.assign(customer_id=settled)


@cache
def _guests() -> frozenset[str]:
    return frozenset(map(plain, words()["people"]["guest"]))


def _is_mail(name: str) -> bool:
    return "@" in name.strip("@")


def _is_guest(lines: pd.DataFrame, zeros: set[str], names: list[str], used: np.ndarray) -> bool:
    if "1" not in names:
        return True
    some = lines[used]
    orders = some.groupby(some["customer_id"].astype(object))["order_id"].nunique()
    zero = orders[orders.index.isin(zeros)].sum()
    return bool(zero > 1 and zero > orders[~orders.index.isin(zeros)].max())


def _tell(before: pd.Series, after: pd.Series, guests: set[str], lines: pd.DataFrame, account: Account) -> None:
    found = [
        (
            guests,
            _("Guest instead of a customer"),
            _("no customer: guests are many, so their orders are nobody's history; the first is row {row}: {cell}"),
        ),
        (
            (spelt := _spelt_twice(before.cat.categories))[True],
            _("E-mail address in different capitals"),
            _("counted as one customer, in small letters; the first is row {row}: {cell}"),
        ),
        (
            spelt[False],
            _("Customers whose names differ only in capitals or blanks"),
            _("counted as different customers; make them the same if they are one; the first is row {row}: {cell}"),
        ),
        (
            [name for name in before.cat.categories if _MASK.search(name)],
            _("Names of customers are masked"),
            _("all with the same mask count as one customer; export them unmasked; the first is row {row}: {cell}"),
        ),
    ]
    for names, problem, action in found:
        account.tell(before.isin(list(names)) & account.used, problem, action, "customer_id")
    some = lines.loc[account.used & after.notna().to_numpy(), ["order_id"]].assign(who=after)
    if some["order_id"].nunique() >= _MANY and some.groupby("who", observed=True)["order_id"].nunique().max() == 1:
        account.tell(
            account.used,
            _("No customer has a second order"),
            _("taken as it is; if {column} is new with every order, map another column as customer_id"),
            column=account.columns["customer_id"],
        )


def _spelt_twice(names: pd.Index) -> dict[bool, list[str]]:
    """The names that differ from another in capitals or blanks only: e-mail addresses (True) and others (False)."""
    same = pd.Series([name.replace(" ", "").casefold() for name in names], index=names)
    twice = list(names[same.duplicated(keep=False)])
    return {kind: [name for name in twice if _is_mail(name) is kind] for kind in (True, False)}
