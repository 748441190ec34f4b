"""Change: who moved from which class to which, and whose value is rising, falling, steady or a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount, whole
from crm_lab.base.columns import codes, columns, complete, days_before, numbers
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.money import in_money_of
from crm_lab.base.text import _

ABSENT = "absent"


def migration(before: pd.Series, after: pd.Series, labels: Iterable[str] | None = None) -> pd.DataFrame:
    """How many customers went from which class to which.

    before  a class per customer, indexed by customer
    after   the same, later
    labels  the classes in the order wanted; when not given, all that occur, sorted by name

    A customer found on one side only is "absent" on the other: new ones stand in the row "absent", gone ones in the
    column "absent", both last and only there when needed.
    Returns a square DataFrame of counts: rows before, columns after. The sum is the number of customers.
    Raises InputError for a missing class, a customer listed twice, or a class that is not among the labels.

    >>> migration(pd.Series({"C1": "A", "C2": "B", "C3": "B"}), pd.Series({"C1": "A", "C2": "A", "C4": "B"}))
    after   A  B  absent
    before
    A       1  0       0
    B       1  0       1
    absent  0  1       0
    """
    start, end = codes(before, "before"), codes(after, "after")
    classes = _order(start, end, labels)
    sides = pd.concat({"before": start.astype(object), "after": end.astype(object)}, axis=1).fillna(ABSENT)
    if sides.isin([ABSENT]).any(axis=None):
        classes = [*classes, ABSENT]
    return pd.crosstab(sides["before"], sides["after"]).reindex(index=classes, columns=classes, fill_value=0)


def migration_shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Where each class went, as shares of the class: each row sums to 1; a row nobody was in holds NaN.

    counts  what `migration` returns

    >>> migration_shares(pd.DataFrame([[3, 1], [0, 0]], index=["A", "B"], columns=["A", "B"])).to_numpy().tolist()
    [[0.75, 0.25], [nan, nan]]
    """
    table = columns(counts, counts.columns, "counts").set_axis(counts.index)
    for name in table:
        if (numbers(table[name], f"counts, {name}") < 0).any():
            raise InputError(_("counts must not hold a number below 0, but column {name} does.").format(name=name))
    return table.div(table.sum(axis=1).replace(0, np.nan), axis=0)


def value_change(
    orders: pd.DataFrame,
    today: Any,
    days: int = 182,
    value: str = "margin",
    factor: float = 1.5,
    minimum: float = 100.0,
) -> pd.DataFrame:
    """Whose value is changing: the last `days` days against the `days` days before them.

    orders   customer_id, ordered_at and the column `value`; filter them first (only delivered ones, say)
    today    the day to count back from; its own orders do not count, days run from midnight to midnight
    days     length of each window: [today − 2 days, today − days) and [today − days, today)
    value    column with the amount of money
    factor   how many times the smaller sum the larger must reach, at least 1
    minimum  money by which they must differ, above 0: it keeps 2 after 1 from counting as a rise

    The first that fits: "problem" both windows together lose money · "rising" latest ≥ factor × previous and at least
    `minimum` more · "falling" previous ≥ factor × latest and at least `minimum` less · "steady" all others.
    Returns a DataFrame indexed by customer_id, sorted: previous, latest (money), change. Customers with no order in
    either window are left out. Raises InputError for bad columns, missing values, or an order after today.

    >>> orders = pd.DataFrame({
    ...     "customer_id": ["C1", "C1", "C2"], "margin": [100.0, 300.0, -20.0],
    ...     "ordered_at": pd.to_datetime(["2025-03-01", "2025-12-01", "2025-12-31"]),
    ... })
    >>> value_change(orders, "2026-01-01", days=182)  # doctest: +NORMALIZE_WHITESPACE
                 previous  latest   change
    customer_id
    C1              100.0   300.0   rising
    C2                0.0   -20.0  problem
    """
    length = whole(days, "days", 1)
    factor, minimum = amount(factor, "factor", least=1), amount(minimum, "minimum", above=0)
    table = columns(orders, ["customer_id", "ordered_at", value], "orders")
    complete(table["customer_id"], "orders, customer_id")
    ago = days_before(table["ordered_at"], today, "orders, ordered_at")
    amounts = numbers(table[value], f"orders, {value}")
    windows = {"previous": ago.between(length + 1, 2 * length), "latest": ago.between(1, length)}
    sums = pd.DataFrame({name: amounts.where(inside, 0.0) for name, inside in windows.items()})
    either = windows["previous"] | windows["latest"]
    result = sums[either].groupby(table.loc[either, "customer_id"], observed=True).sum()
    return in_money_of(result.assign(change=_direction(result.round(6), factor, minimum)), orders)


def _direction(sums: pd.DataFrame, factor: float, minimum: float) -> pd.Series:
    """The class of each row; the sums come rounded, so that 0.1 + 0.2 − 0.3 is no loss."""
    previous, latest = sums["previous"], sums["latest"]
    more = (latest - previous).round(6)
    rules = {
        "problem": (previous + latest).round(6) < 0,
        "rising": (latest >= (factor * previous).round(6)) & (more >= minimum),
        "falling": (previous >= (factor * latest).round(6)) & (-more >= minimum),
    }
    return pd.Series(np.select(list(rules.values()), list(rules), default="steady"), index=sums.index, dtype="str")


def _order(start: pd.Series, end: pd.Series, labels: Iterable[str] | None) -> list[str]:
    found = sorted(set(start) | set(end))
    if ABSENT in found:
        raise InputError(_("A class may not be called {absent!r}; leave those customers out.").format(absent=ABSENT))
    if labels is None:
        return found
    wanted = [label for label in dict.fromkeys(labels) if label != ABSENT]
    for name in found:
        one_of("class", name, wanted)
    return wanted
