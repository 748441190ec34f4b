"""Calls: whom to call, how many calls it takes to see what they do, and who answers those that orders bring."""

from __future__ import annotations

from math import ceil

import pandas as pd
from scipy import stats

from crm_lab import classify, data, staffing
from crm_lab.base.arguments import share as proportion
from crm_lab.base.errors import InputError
from crm_lab.base.money import money_of
from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import number, sentences, share, weekday
from crm_lab.data import Shop
from crm_lab.explore import as_picture
from crm_lab.your_shop._customers import window
from crm_lab.your_shop._part import Part, at_least, kept, part

SHOWN = 10  # customers
POWER = 0.8


def calls_to_see(before: float, rise: float, power: float = POWER) -> int:
    """Customers to call, and as many not to call, so that a rise of a share is seen with this chance.

    before  the share without a call, between 0 and 1
    rise    what a call adds to it
    power   chance of seeing it with a two-sided test at 5 %

    n = (z₀.₉₇₅ + z_power)² · (p(1 − p) + q(1 − q)) / (q − p)², q = p + rise.
    Raises InputError where a share is no share, such as before + rise above 1.
    Source: J. L. Fleiss, B. Levin & M. C. Paik (2003), Statistical Methods for Rates and Proportions, chapter 4.

    >>> calls_to_see(0.3, 0.1)
    354
    """
    before, after = proportion(before, "before"), proportion(before + rise, "before + rise")
    spread = before * (1 - before) + after * (1 - after)
    return ceil((stats.norm.ppf(0.975) + stats.norm.ppf(power)) ** 2 * spread / (after - before) ** 2)


@part
def calls(shop: Shop, rise: float = 0.1) -> Part:
    """The customers whose spending falls most, and how many calls would show whether calling brings them back.

    rise  how much a call must add to the share that comes back, to be worth knowing

    How many come back without a call is what those who fell a period earlier did since.
    """
    orders, days, money = kept(shop), _days(shop), money_of(shop.orders)
    change = falling(orders, shop.today, days)
    at_least(len(change), 1, _("Nobody's spending fell between the two latest periods, so there is nobody to call."))
    fallen = change.sort_values("previous", ascending=False)
    said = ngettext(
        "{n} customer spent much less in the latest {days} days than in the {days} before: {lost} less.",
        "{n} customers spent much less in the latest {days} days than in the {days} before: {lost} less.",
        len(fallen),
    ).format(n=number(len(fallen)), days=days, lost=money((fallen["previous"] - fallen["latest"]).sum()))
    head = fallen.head(SHOWN).reset_index()
    table = pd.DataFrame(
        {
            _("customer"): head["customer_id"].astype(str),
            _("{days} days before").format(days=days): head["previous"].map(money.exact),
            _("latest {days} days").format(days=days): head["latest"].map(money.exact),
        }
    )
    return Part((said, _needed(orders, shop.today, days, len(fallen), rise)), table=table)


def _days(shop: Shop) -> int:
    """The length of the periods compared: the longest that goes three times into the file, else twice."""
    try:
        return window(shop, times=3)
    except InputError:
        return window(shop)


def falling(orders: pd.DataFrame, today: pd.Timestamp, days: int) -> pd.DataFrame:
    """Who spends at most two thirds of what they did, and an average order less."""
    typical = max(float(orders["revenue"].mean()), 0.01)
    change = classify.value_change(orders[orders["ordered_at"] < today], today, days, "revenue", minimum=typical)
    return change[change["change"] == "falling"]


def _needed(orders: pd.DataFrame, today: pd.Timestamp, days: int, there: int, rise: float) -> str:
    """How many came back by themselves a period earlier, and how many calls would show more."""
    then = today - pd.Timedelta(days=days)
    if (orders["ordered_at"] < then - pd.Timedelta(days=days)).sum() == 0:
        return _("The file is too short to see how many come back without a call.")
    earlier = falling(orders, then, days)
    if earlier.empty:
        return _("The file does not show how many come back without a call.")
    points = number(100 * rise)
    back = earlier.index.isin(orders.loc[orders["ordered_at"] >= then, "customer_id"]).mean()
    came = _("Of {n} customers who fell a period earlier, {share} bought again without a call.")
    came = came.format(n=number(len(earlier)), share=share(back))
    if back + rise >= 1:
        room = _("That leaves no room for a call to add {points} percentage points.")
        return sentences([came, room.format(points=points)])
    needed = calls_to_see(float(back), rise)
    verdict = (
        _("There are enough customers for it.")
        if 2 * needed <= there
        else _("There are too few customers for it: call, and do not claim an effect.")
    )
    told = _("To see that a call adds {points} percentage points, call {calls} and leave as many alone.")
    return sentences([came, told.format(points=points, calls=number(needed)), verdict])


@part
def agents(shop: Shop, calls_per_order: float | None = None, handling_time: float = 300) -> Part:
    """Agents for the calls that orders bring in the busiest hour of the week.

    calls_per_order  None: as at Willow Lane, telephone tickets by orders
    handling_time    mean length of a call with what is written after it, in seconds
    """
    moment = kept(shop)["ordered_at"]
    if (moment == moment.dt.normalize()).all():
        raise InputError(_("The file has days without times, so there is no busiest hour."))
    ratio = _at_willow_lane() if calls_per_order is None else calls_per_order
    weeks = max((moment.max() - moment.min()).days / 7, 1)
    by_hour = (24 * moment.dt.day_of_week + moment.dt.hour).value_counts().sort_index()
    day, hour = divmod(int(by_hour.idxmax()), 24)
    peak = by_hour.max() / weeks
    needed = staffing.agents_needed(peak * ratio * handling_time / 3600, handling_time)
    busiest = _("The busiest hour is {day}, {hour}:00 to {next}:00, with {orders:.1f} orders a week.")
    told = ngettext(
        "With {calls} calls for 100 orders, as at Willow Lane, and {minutes:g} minutes a call, {n} agent answers 80 % "
        "of its calls within 20 seconds.",
        "With {calls} calls for 100 orders, as at Willow Lane, and {minutes:g} minutes a call, {n} agents answer 80 % "
        "of its calls within 20 seconds.",
        needed,
    )
    says = (
        busiest.format(day=weekday(day), hour=hour, next=hour + 1, orders=peak),
        told.format(calls=number(100 * ratio), minutes=handling_time / 60, n=number(needed)),
    )
    hours = moment.dt.hour.value_counts().reindex(range(24), fill_value=0)
    picture = as_picture(hours.plot.bar(xlabel=_("hour of the day"), ylabel="orders", rot=0))
    return Part(says, picture)


def _at_willow_lane() -> float:
    """Calls for an order at Willow Lane: tickets opened by telephone ÷ orders."""
    return float((data.load("tickets")["channel"] == "phone").sum() / len(data.load("orders")))
