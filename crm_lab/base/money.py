"""Money written in its own currency and in the language of the edition.

A table knows its currency: it stands in `table.attrs["currency"]`, as `read_shop` puts it there, and travels with what
is filtered, sorted or summed from it. Where nothing is said, money is Willow Lane's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any, TypeVar

from crm_lab.base.text import _, locale
from crm_lab.base.wording import COMPACT_FROM, short

KEY = "currency"  # in the attrs of a table
HOME = "CNY"
_AT_HOME = {"CNY": "¥", "JPY": "¥"}  # Babel writes CN¥ and JP¥ abroad; within one shop the sign alone is clear

T = TypeVar("T")


@dataclass(frozen=True)
class Money:
    """How amounts of one currency are written: called with an amount, with three figures, as one says it.

    currency  a code such as "GBP"; None where a file does not tell: then the number stands alone

    >>> money(1_234_567), money(35_412), money(3540), money(-820), money(999_960)
    ('¥1.23M', '¥35,400', '¥3,540', '−¥820', '¥1M')
    >>> money(2.584), money(-3), money(0.004)
    ('¥2.58', '−¥3', '¥0')
    >>> Money("GBP")(35_412), Money("CHF")(-820), Money(None)(35_412)
    ('£35,400', '−CHF\xa0820', '35,400')
    """

    currency: str | None = HOME

    def __call__(self, value: Any) -> str:
        if not isfinite(value):
            return _("unknown")
        size = abs(float(value))
        if round(size, 2) < 10 and round(size, 2) % 1:
            return self._signed(value < 0, f"{size:.2f}")
        if size >= 9999.5:
            size = float(f"{size:.3g}")
        return self._signed(round(value) < 0, short(size) if size >= COMPACT_FROM[locale()] else f"{size:,.0f}")

    def short(self, value: float) -> str:
        """As short as it can be, for the ticks of an axis.

        >>> money.short(2500), Money("EUR").short(-1_200_000)
        ('¥2.5K', '−€1.2M')
        """
        return self._signed(value < 0, short(abs(value)))

    def exact(self, value: float, decimals: int | None = None) -> str:
        """With all its figures.

        decimals  how many; None: as many as the currency has, two where it is unknown

        >>> Money("GBP").exact(1234.5), Money("JPY").exact(1234.5), money.exact(-5, 0), Money(None).exact(1234.5)
        ('£1,234.50', '¥1,234', '−¥5', '1,234.50')
        """
        from babel.numbers import get_currency_precision

        places = decimals if decimals is not None else get_currency_precision(self.currency) if self.currency else 2
        text = f"{abs(value):,.{places}f}"
        return self._signed(value < 0 and text.strip("0.,") != "", text)

    @property
    def sign(self) -> str:
        """The sign of the currency, or its code if it has none; empty where the currency is unknown.

        >>> money.sign, Money("GBP").sign, Money("CHF").sign, Money(None).sign
        ('¥', '£', 'CHF', '')
        """
        return "" if self.currency is None else _AT_HOME.get(self.currency) or _symbol(self.currency, locale())

    def named(self, name: str) -> str:
        """What an axis, a column or a control measures, with the currency behind it.

        >>> money.named("margin"), Money(None).named("margin")
        ('margin, ¥', 'margin')
        """
        return f"{name}, {self.sign}" if self.sign else name

    def _signed(self, below_0: bool, digits: str) -> str:
        gap = "\u00a0" if self.sign[-1:].isalpha() else ""
        return f"{'−' if below_0 else ''}{self.sign}{gap}{digits}"


money = Money()


@cache
def _symbol(currency: str, edition: str) -> str:
    from babel.numbers import get_currency_symbol

    return get_currency_symbol(currency, locale=edition)


def money_of(*tables: Any) -> Money:
    """How the money of a table is written: that of the first with a currency, else Willow Lane's.

    >>> import pandas as pd
    >>> rfm = pd.DataFrame({"monetary": [9.0]})
    >>> rfm.attrs["currency"] = "GBP"
    >>> money_of(rfm["monetary"] * 2)(18), money_of(pd.Series([9.0]))(9)
    ('£18', '¥9')
    """
    known = [table.attrs[KEY] for table in tables if KEY in getattr(table, "attrs", {})]
    return Money(known[0]) if known else money


def in_money_of(table: T, *sources: Any) -> T:
    """The same table, its money in the currency of the first source that has one.

    >>> import pandas as pd
    >>> orders = pd.DataFrame({"revenue": [9.0]})
    >>> orders.attrs["currency"] = "GBP"
    >>> money_of(in_money_of(pd.DataFrame({"monetary": [9.0]}), orders))(9)
    '£9'
    """
    for source in sources:
        if KEY in getattr(source, "attrs", {}):
            table.attrs[KEY] = source.attrs[KEY]  # type: ignore[attr-defined]
            break
    return table
