"""Who comes back, and what the customers of today will bring: cohorts, and a forecast tested on what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import optimize, stats

from crm_lab import lifetime as models
from crm_lab.base.errors import InputError
from crm_lab.base.money import money_of
from crm_lab.base.text import _
from crm_lab.base.wording import number, share
from crm_lab.data import Shop
from crm_lab.explore import as_picture
from crm_lab.your_shop._part import Part, at_least, days_in, kept, part

FEWEST = 20  # customers from whom a forecast is tried
FEWEST_AGAIN = 10  # purchases after a customer's first
SHORTEST = 112  # days: a quarter to test on, three to learn from, four weeks each


def cohort_table(orders: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Of the customers who first bought in a period (rows), the share that bought again so many periods later.

    orders  customer_id and ordered_at
    unit    "Q" or "M"
    """
    period = orders["ordered_at"].dt.to_period(unit)
    first = period.groupby(orders["customer_id"]).transform("min")
    age = period.astype("int64") - first.astype("int64")
    customers = orders.groupby([first.rename("first"), age.rename("age")])["customer_id"].nunique().unstack()
    oldest = period.astype("int64").max() - customers.index.astype("int64").to_numpy()
    customers = customers.reindex(columns=range(oldest.max() + 1))
    known = customers.columns.to_numpy() <= oldest[:, None]
    return customers.fillna(0).div(customers[0], axis=0).where(known).drop(columns=0).dropna(how="all")


@part
def cohorts(shop: Shop) -> Part:
    """Of the customers of each quarter (or month), how many came back in which quarter after.

    >>> from crm_lab.data import french_shop
    >>> cohorts(french_shop()).says[0]
    'Of 75 customers with a first order before 2011Q4, 60 % bought again in the quarter after.'
    """
    import seaborn as sns

    orders = kept(shop)
    unit, later, after = (
        ("Q", _("quarters since the first order"), _("{share} bought again in the quarter after"))
        if days_in(shop) >= 270
        else ("M", _("months since the first order"), _("{share} bought again in the month after"))
    )
    table = cohort_table(orders, unit)
    at_least(len(table), 1, _("All orders lie in one month: nobody can be seen to come back."))
    first = orders.groupby("customer_id")["ordered_at"].min().dt.to_period(unit)
    sizes = first.value_counts().reindex(table.index)
    followed = table[1].notna()
    again = float((table[1] * sizes)[followed].sum() / sizes[followed].sum())
    said = _("Of {n} customers with a first order before {period}, {again}.").format(
        n=number(sizes[followed].sum()), period=str(first.max()), again=after.format(share=share(again))
    )
    table = table.set_axis([str(period) for period in table.index])
    axes = sns.heatmap(table, annot=True, fmt=".0%", cbar=False)
    axes.set(xlabel=later, ylabel=_("first order"))
    return Part((said,), as_picture(axes))


@dataclass(frozen=True)
class Forecast:
    """Purchases each customer is expected to make in the weeks after `today`, and what was assumed of leaving."""

    purchases: pd.Series
    leaving: bool


def forecast(orders: pd.DataFrame, today: Any, weeks: float) -> Forecast:
    """What BG/NBD expects of each customer; where the orders do not settle it, the same without anybody leaving.

    Without leaving it is the negative binomial: purchases ~ Poisson, their rates ~ Gamma(r, α), so that a customer
    with x repeat purchases in T weeks is expected to make (r + x) / (α + T) a week.
    """
    history = models.purchase_history(orders, today)
    x, end = history["frequency"], history["T"]
    try:
        model = models.fit_bg_nbd(x, history["recency"], end)
        with np.errstate(all="ignore"):  # where a parameter all but runs off, the formula has no figure
            expected = model.expected_purchases(weeks, x, history["recency"], end)
        if np.isfinite(expected).all():
            return Forecast(expected, True)
    except InputError:
        pass
    r, alpha = _without_leaving(x.to_numpy(), end.to_numpy())
    return Forecast(weeks * (r + x) / (alpha + end), False)


def _without_leaving(x: np.ndarray, end: np.ndarray) -> tuple[float, float]:
    """r and α of the negative binomial under which the repeat purchases x in the times `end` are most likely."""

    def badness(logs: np.ndarray) -> float:
        r, alpha = np.exp(logs)
        return -float(stats.nbinom.logpmf(x, r, alpha / (alpha + end)).mean())

    found = optimize.minimize(badness, [0.0, np.log(end.mean() + 1)], method="Nelder-Mead", bounds=[(-9, 9)] * 2)
    r, alpha = np.exp(found.x)
    return float(r), float(alpha)


@part
def lifetime(shop: Shop) -> Part:
    """Purchases and revenue to expect from the customers of today, and how well the same forecast did before.

    The forecast reaches as far ahead as it could be tested: a quarter of the time the file covers, at most half a year.

    >>> from crm_lab.data import french_shop
    >>> lifetime(french_shop()).says[0]
    'In the next 13 weeks the customers of today are expected to buy 102 times, for £49,400.'
    """
    orders, money = kept(shop), money_of(shop.orders)
    at_least(
        orders["customer_id"].nunique(), FEWEST, _("{count} customers are too few for a forecast, {needed} will do.")
    )
    at_least(days_in(shop), SHORTEST, _("{count} days are too short a time for a forecast, {needed} will do."))
    again = int(orders["customer_id"].duplicated().sum())
    at_least(again, FEWEST_AGAIN, _("{count} repeat purchases are too few to look ahead from, {needed} will do."))
    weeks = min(26, days_in(shop) // 28)
    then = shop.today - pd.Timedelta(weeks=weeks)
    ahead, tested = forecast(orders, shop.today, weeks), forecast(orders[orders["ordered_at"] < then], then, weeks)
    made = _purchases(orders, tested.purchases.index, then, weeks)
    before = _purchases(orders, tested.purchases.index, then - pd.Timedelta(weeks=weeks), weeks)
    each = _spend(orders, shop.today)
    value = float((ahead.purchases * each.reindex(ahead.purchases.index)).sum())
    says = [
        _("In the next {weeks} weeks the customers of today are expected to buy {n} times, for {money}.").format(
            weeks=weeks, n=number(ahead.purchases.sum()), money=money(value)
        ),
        _(
            "Tested: {weeks} weeks ago the same method expected {expected} purchases of the customers known then; "
            "they made {made}. “As in the {weeks} weeks before” would have said {before}."
        ).format(weeks=weeks, expected=number(tested.purchases.sum()), made=number(made), before=number(before)),
    ]
    if not ahead.leaving:
        says.append(_("These orders do not tell who has left for good, so everybody is taken to stay."))
    best = (ahead.purchases * each).sort_values(ascending=False)
    return Part(tuple(says), _best(best, shop.currency))


def _purchases(orders: pd.DataFrame, customers: pd.Index, start: pd.Timestamp, weeks: int) -> int:
    """Purchases (days with orders) that some customers made in some weeks."""
    inside = orders["ordered_at"].between(start, start + pd.Timedelta(weeks=weeks), inclusive="left")
    some = orders[inside & orders["customer_id"].isin(customers)]
    return len(some.assign(day=some["ordered_at"].dt.normalize()).drop_duplicates(["customer_id", "day"]))


def _spend(orders: pd.DataFrame, today: Any) -> pd.Series:
    """What each customer is expected to spend on a purchase: by Gamma-Gamma, else the mean of all."""
    history = models.purchase_history(orders, today)
    repeat = history[(history["frequency"] > 0) & (history["monetary"] > 0)]
    try:
        model = models.fit_gamma_gamma(repeat["frequency"], repeat["monetary"])
        known = history["monetary"].fillna(0).clip(lower=0)
        return model.expected_spend(history["frequency"].where(known > 0, 0), known)
    except InputError:
        return pd.Series(orders["revenue"].mean(), index=history.index)


def _best(value: pd.Series, currency: str | None) -> Any:
    """The value ahead, added up over tenths of the customers, the best first."""
    tenth = (10 * np.arange(len(value)) // len(value)) + 1
    summed = value.groupby(tenth).sum().rename_axis(_("tenth of the customers, the best first"))
    axes = summed.plot.bar(ylabel="revenue", rot=0)
    if summed.sum() > 0:
        said = _("The best tenth of the customers is expected to bring {share} of the revenue ahead")
        axes.set_title(said.format(share=share(summed.iloc[0] / summed.sum())))
    return as_picture(axes, currency=currency)
