"""What was sold: how many orders, to whom, for how much, in which month."""

from __future__ import annotations

from crm_lab.base.money import money_of
from crm_lab.base.text import _
from crm_lab.base.wording import number
from crm_lab.data import Shop
from crm_lab.explore import as_picture
from crm_lab.your_shop._part import Part, kept, part

MOST_MONTHS = 36  # beyond it, bars are quarters


@part
def overview(shop: Shop) -> Part:
    """Orders that stand, customers and revenue, and the revenue of each month.

    >>> from crm_lab.data import french_shop
    >>> overview(french_shop()).says[0]
    '377 orders of 87 customers, from 2010-12-01 to 2011-12-09, brought £181,612.73.'
    """
    orders, money = kept(shop), money_of(shop.orders)
    day = orders["ordered_at"]
    total = _("{orders} orders of {customers} customers, from {first} to {last}, brought {revenue}.").format(
        orders=number(len(orders)),
        customers=number(orders["customer_id"].nunique()),
        first=f"{day.min():%Y-%m-%d}",
        last=f"{day.max():%Y-%m-%d}",
        revenue=money.exact(orders["revenue"].sum()),
    )
    middle = _("Half of the orders brought {median} or less.").format(median=money.exact(orders["revenue"].median()))
    months = (day.max() - day.min()).days / 30.4
    unit, name = ("M", _("month")) if months <= MOST_MONTHS else ("Q", _("quarter"))
    revenue = orders.groupby(day.dt.to_period(unit).astype(str))["revenue"].sum()
    picture = as_picture(revenue.plot.bar(xlabel=name, ylabel="revenue"), currency=shop.currency)
    return Part((total, middle), picture)
