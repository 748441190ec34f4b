"""The customers of a shop: in RFM segments, in ABC classes, and on their way from one class to another."""

from __future__ import annotations

from typing import Any

import pandas as pd

from crm_lab import classify
from crm_lab.base.errors import InputError
from crm_lab.base.money import money_of
from crm_lab.base.text import _, ngettext
from crm_lab.base.wording import number, share
from crm_lab.data import Shop
from crm_lab.explore import RfmExplorer, as_picture, rfm_explorer, segment_map
from crm_lab.your_shop._part import Part, at_least, days_in, kept, part
from crm_lab.your_shop._words import heading

FEWEST = 10  # customers for five scores: two in each
WINDOWS = (182, 91, 30)  # days; the longest that goes twice into the file is used


def rfm(shop: Shop) -> pd.DataFrame:
    """The RFM table of the orders that stand. Raises InputError if there are too few customers to compare."""
    table = classify.rfm(kept(shop), shop.today, value="revenue")
    at_least(len(table), FEWEST, _("RFM compares customers with each other: {count} are too few, {needed} will do."))
    return table


@part
def segments(shop: Shop) -> Part:
    """The map of the RFM segments, and who among the good ones is long silent.

    >>> from crm_lab.data import french_shop
    >>> segments(french_shop()).says[0]
    "Long silent, though they bought well (can't lose, at risk): 13 customers, who brought £16,700."
    """
    table = rfm(shop)
    codes = classify.segments(classify.rfm_scores(table))
    silent = table[codes.isin(["cant_lose", "at_risk"])]
    said = ngettext(
        "Long silent, though they bought well (can't lose, at risk): {n} customer, who brought {money}.",
        "Long silent, though they bought well (can't lose, at risk): {n} customers, who brought {money}.",
        len(silent),
    )
    said = said.format(n=number(len(silent)), money=money_of(table)(silent["monetary"].sum()))
    return Part((said,), segment_map(table, codes))


def explorer(shop: Shop) -> RfmExplorer | Part:
    """The RFM explorer on this shop; a Part that says why not where the file does not allow it."""
    try:
        return rfm_explorer(rfm(shop))
    except InputError as error:
        return Part(missing=str(error), title=heading("segments"))


@part
def abc(shop: Shop) -> Part:
    """How few customers bring 80 % of the revenue, and how few of the others the next 15 %.

    >>> from crm_lab.data import french_shop
    >>> abc(french_shop()).says[0]
    'Class A: 26 of 87 customers (30 %) bring 81 % of the revenue.'
    """
    revenue = kept(shop).groupby("customer_id")["revenue"].sum()
    classes = classify.abc_classes(revenue)
    table = pd.DataFrame({"customers": classes.value_counts(), "revenue": revenue.groupby(classes).sum()})
    parts = table / table.sum()
    top = _("Class A: {n} of {all} customers ({part}) bring {money} of the revenue.").format(
        n=number(table["customers"]["A"]),
        all=number(len(revenue)),
        part=share(parts["customers"]["A"]),
        money=share(parts["revenue"]["A"]),
    )
    best = _("The best fifth of the customers brings {best} of the revenue.")
    picture = as_picture(parts.plot.bar(ylabel="share", xlabel="abc", rot=0), currency=shop.currency)
    return Part((top, best.format(best=share(classify.pareto_share(revenue)))), picture)


def window(shop: Shop, times: int = 2) -> int:
    """The length in days of periods that are compared, the longest that goes so many times into the file.

    Raises InputError where the file is too short.
    """
    days = days_in(shop)
    found = [length for length in WINDOWS if times * length <= days]
    shortest = times * WINDOWS[-1]
    at_least(days, shortest, _("Two periods are compared: the {count} days of the file are too few, {needed} will do."))
    return found[0]


def two_windows(orders: pd.DataFrame, today: Any, days: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The orders of the `days` days before the latest `days` days, and those of the latest."""
    ago = (pd.Timestamp(today) - orders["ordered_at"].dt.normalize()).dt.days
    return orders[ago.between(days + 1, 2 * days)], orders[ago.between(1, days)]


@part
def moves(shop: Shop) -> Part:
    """From which ABC class to which customers went between the two latest periods of equal length.

    >>> from crm_lab.data import french_shop
    >>> moves(french_shop()).says[0]
    'Of 22 customers of class A in the earlier 182 days, 18 are in it in the latest 182, and 0 bought nothing more.'
    """
    import seaborn as sns

    days = window(shop)
    earlier, latest = two_windows(kept(shop), shop.today, days)
    if earlier.empty or latest.empty:
        raise InputError(_("In one of the two latest periods of {days} days nobody bought.").format(days=days))
    classes = [classify.abc_classes(part.groupby("customer_id")["revenue"].sum()) for part in (earlier, latest)]
    counts = classify.migration(*classes)
    row = counts.loc["A"]
    said = _(
        "Of {n} customers of class A in the earlier {days} days, {stay} are in it in the latest {days}, and {gone} "
        "bought nothing more."
    ).format(n=number(row.sum()), days=days, stay=number(row["A"]), gone=number(row.get("absent", 0)))
    picture = as_picture(sns.heatmap(classify.migration_shares(counts), annot=True, fmt=".0%", cbar=False))
    return Part((said,), picture)
