"""Margin × lifetime: what a customer is worth who stays from year to year with the same chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.arguments import amount, share, whole
from crm_lab.base.columns import columns, numbers
from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def simple_clv(margin: float, retention: float) -> float:
    """Margin × expected lifetime, m / (1 − r): the sum m + m·r + m·r² + … without end.

    margin     ¥ a period of a customer who is there; the period that begins now counts in full
    retention  chance r of being there in the next period, from 0 to below 1

    Raises InputError outside these ranges.
    Source: F. F. Reichheld (1996), The Loyalty Effect: the lifetime is 1 / (1 − r).

    >>> simple_clv(250, 0.6)
    625.0
    """
    return discounted_clv(margin, retention, 0.0)


def discounted_clv(margin: float, retention: float, discount: float, periods: int | None = None) -> float:
    """The margins of a customer's lifetime in today's money, the first of them now.

    margin     ¥ a period of a customer who is there
    retention  chance r of being there in the next period, from 0 to below 1
    discount   rate d a period, 0 or more: ¥1 in a period is worth 1 / (1 + d) today
    periods    how many are counted, the one that begins now included; without, all

    Σ m · (r/(1+d))^t for t = 0 … periods − 1; without end m · (1+d) / (1+d−r).
    Raises InputError outside these ranges.
    Source: P. D. Berger & N. I. Nasr (1998), Customer lifetime value: marketing models and applications, Journal of
    Interactive Marketing 12(1), 17–30, case 1.

    >>> round(discounted_clv(250, 0.6, 0.1), 2), round(discounted_clv(250, 0.6, 0.1, periods=2), 2)
    (550.0, 386.36)
    """
    kept = share(retention, "retention") / (1 + amount(discount, "discount"))
    if not np.isfinite(margin):
        raise InputError(_("margin must be finite, not {value}.").format(value=margin))
    endless = margin / (1 - kept)
    return float(endless if periods is None else endless * (1 - kept ** whole(periods, "periods", 1)))


def value_of_retention(margin: float, retention: float, discount: float, points: float = 1.0) -> float:
    """What it is worth to keep so many more customers in a hundred: CLV(r + points/100) − CLV(r), in ¥ a customer.

    points     percentage points of retention; may be negative

    The others as in `discounted_clv`. Raises InputError where retention would leave 0 to 1.
    Source: S. Gupta, D. R. Lehmann & J. A. Stuart (2004), Valuing customers, Journal of Marketing Research 41(1), 7–18.

    >>> round(value_of_retention(250, 0.6, 0.1), 2)
    11.22
    """
    more = discounted_clv(margin, retention + points / 100, discount)
    return more - discounted_clv(margin, retention, discount)


def lever_effects(margin: float, retention: float, discount: float, levers: pd.DataFrame) -> pd.DataFrame:
    """What each lever does to the lifetime value of a customer, and what is left when it is paid.

    margin, retention, discount  as in `discounted_clv`, without any lever
    levers                       one row a lever: margin_growth (share), retention_points (percentage points),
                                 cost (¥ a period for each customer who is there)

    A lever that costs the same each period takes its cost off each period's margin. Product and brand value (产品价值,
    品牌价值) raise the margin, relationship value and switching costs (关系价值、转移成本) the retention.
    Returns the table with clv and gain (clv less that without a lever, ¥ a customer).
    Raises InputError for a missing column, or where a lever moves retention out of 0 to 1.
    Source: R. T. Rust, K. N. Lemon & V. A. Zeithaml (2004), Return on marketing, Journal of Marketing 68(1), 109–127.

    >>> levers = pd.DataFrame({"margin_growth": [0.1, 0], "retention_points": [0, 5], "cost": [5, 5]},
    ...                       index=["product", "relationship"])
    >>> lever_effects(250, 0.6, 0.1, levers)["gain"].round(1).to_dict()
    {'product': 44.0, 'relationship': 48.9}
    """
    columns(levers, ["margin_growth", "retention_points", "cost"], "levers")
    each = {name: numbers(levers[name], f"levers, {name}") for name in ("margin_growth", "retention_points", "cost")}
    net = margin * (1 + each["margin_growth"]) - each["cost"]
    kept = retention + each["retention_points"] / 100
    clv = [discounted_clv(m, r, discount) for m, r in zip(net, kept, strict=True)]
    base = discounted_clv(margin, retention, discount)
    return levers.assign(clv=clv, gain=pd.Series(clv, levers.index) - base)
