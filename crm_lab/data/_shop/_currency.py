"""The currency of a shop: by its signs, its codes, its column of currencies, or as the user says."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

# What stands before or after an amount, and the currencies that it can mean, the likeliest first.
SIGNS: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"),
    "€": ("EUR",),
    "¤": ("EUR",),  # the euro of ISO 8859-15, read as an encoding that is more widespread
    "£": ("GBP",),
    "¥": ("CNY", "JPY"),
    "₹": ("INR",),
    "₽": ("RUB",),
    "₩": ("KRW",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "฿": ("THB",),
    "₱": ("PHP",),
    "₦": ("NGN",),
    "₸": ("KZT",),
    "元": ("CNY", "TWD", "HKD"),
    "块": ("CNY",),
    "円": ("JPY",),
    "圓": ("TWD", "HKD"),
    "원": ("KRW",),
    "rmb": ("CNY",),
    "人民币": ("CNY",),
    "us$": ("USD",),
    "usd$": ("USD",),
    "u$s": ("USD",),
    "au$": ("AUD",),
    "a$": ("AUD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "cad$": ("CAD",),
    "cdn$": ("CAD",),
    "nz$": ("NZD",),
    "hk$": ("HKD",),
    "s$": ("SGD",),
    "nt$": ("TWD",),
    "r$": ("BRL",),
    "mx$": ("MXN",),
    "cn¥": ("CNY",),
    "jp¥": ("JPY",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK"),
    "zł": ("PLN",),
    "zl": ("PLN",),
    "kč": ("CZK",),
    "kc": ("CZK",),
    "ft": ("HUF",),
    "lei": ("RON",),
    "лв": ("BGN",),
    "лв.": ("BGN",),
    "руб": ("RUB",),
    "руб.": ("RUB",),
    "р.": ("RUB",),
    "грн": ("UAH",),
    "tl": ("TRY",),
    "fr.": ("CHF",),
    "sfr.": ("CHF",),
    "rs": ("INR", "PKR"),
    "rs.": ("INR", "PKR"),
    "rm": ("MYR",),
    "rp": ("IDR",),
    "r": ("ZAR",),
    "euro": ("EUR",),
    "eur.": ("EUR",),
}


@cache
def codes() -> frozenset[str]:
    """The codes of all currencies, as Babel lists them."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


@cache
def meant(sign: str) -> tuple[str, ...]:
    """The currencies that a sign or code can mean, the likeliest first; none if it is no currency.

    >>> meant("US $"), meant("eur"), meant("kg")
    (('USD',), ('EUR',), ())
    """
    text = re.sub(r"\s+", "", sign.replace("￥", "¥").replace("￡", "£").replace("＄", "$")).casefold()
    if text in SIGNS:
        return SIGNS[text]
    return (text.upper(),) if re.fullmatch(r"[a-z]{3}", text) and text.upper() in codes() else ()


def check_currency(currency: object) -> str | None:
    """The code of a currency; InputError unless it is one.

    >>> check_currency("gbp")
    'GBP'
    """
    if currency is None:
        return None
    found = meant(currency) if isinstance(currency, str) else ()
    if len(found) == 1:
        return found[0]
    raise InputError(
        _("currency is {currency!r}. Give the code of one, such as 'EUR', 'GBP' or 'CNY'.").format(currency=currency)
    )


def settle(seen: np.ndarray, default: str | None, likely: str | None) -> tuple[np.ndarray, str | None, str | None]:
    """The currency of each line, that of most of them, and the sign that was ambiguous, if one was.

    seen     the sign or code of each line; empty where there is none
    default  the currency of every shop with this kind of export
    likely   the currency that the language of the file suggests for ¥

    A sign that can mean several currencies means the one that is named elsewhere in the file, else the likeliest.
    """
    signs = {str(sign) for sign in np.unique(seen.astype(str)) if sign}
    sure = {options[0] for sign in signs if len(options := meant(sign)) == 1}
    table, unsure = {"": ""}, None
    for sign in signs:
        options = meant(sign)
        named = [code for code in options if code in sure or code == default]
        table[sign] = named[0] if named else likely if likely in options else options[0] if options else sign.upper()
        if len(options) > 1 and not named:
            unsure = sign
    each = np.array([table[str(sign)] for sign in seen], dtype=object) if signs else seen
    if not signs:
        return each, default, None
    found, counts = np.unique(each[each != ""].astype(str), return_counts=True)
    return each, str(found[counts.argmax()]), unsure
