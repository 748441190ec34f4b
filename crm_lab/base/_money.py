"""Money written in its own currency, in the language of the edition."""

from __future__ import annotations

import re
from functools import cache

from crm_lab.base.text import language

_HOME = {"CNY": "¥", "JPY": "¥"}  # Babel writes CN¥ and JP¥ abroad; within one shop the sign alone is clear


def sign(currency: str | None) -> str:
    """The sign of a currency, as texts about one shop write it; empty if there is none.

    currency  a code such as "GBP", or None where a file does not tell

    >>> sign("GBP"), sign("CNY"), sign("CHF"), sign(None)
    ('£', '¥', 'CHF', '')
    """
    if currency is None:
        return ""
    return _HOME.get(currency) or _symbol(currency, language())


@cache
def _symbol(currency: str, tongue: str) -> str:
    from babel.numbers import get_currency_symbol

    return get_currency_symbol(currency, locale=_locale(tongue))


@cache
def _locale(tongue: str) -> str:
    """The edition's language as Babel knows it, else English."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tongue.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"


def money(amount: float, currency: str | None, decimals: int | None = None) -> str:
    """An amount of money as a text: sign, thousands and decimals as the language of the edition writes them.

    amount    in units of the currency
    currency  its code, such as "GBP"; None: the number alone
    decimals  how many; None: as many as the currency has, for None two

    >>> money(1234.5, "GBP"), money(-5, "CNY", 0), money(1234.5, "JPY"), money(1234.5, None)
    ('£1,234.50', '-¥5', '¥1,234', '1,234.50')
    """
    from babel.numbers import format_currency, format_decimal, get_currency_precision

    places = decimals if decimals is not None else 2 if currency is None else get_currency_precision(currency)
    locale = _locale(language())
    digits = "#,##0" + ("." + "0" * places if places else "")
    if currency is None:
        return format_decimal(amount, format=digits, locale=locale)
    pattern = _pattern(locale).replace("#,##0.00", digits)
    text = format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
    text = text.replace(_symbol(currency, language()), sign(currency))
    return re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", "\u00a0", text)  # CHF 5.00


@cache
def _pattern(locale: str) -> str:
    """How a language writes an amount of money, with two decimals."""
    from babel import Locale

    return Locale.parse(locale).currency_formats["standard"].pattern
