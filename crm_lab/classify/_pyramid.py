"""The customer pyramid: important, main, ordinary and small customers, the policy for each, its cost and result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import rising, top_count
from crm_lab.base.columns import codes, columns, matched, numbers
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _

CLASSES = ("important", "main", "ordinary", "small")

_AMOUNTS = ["file_cost", "visits", "visit_cost", "service_minutes", "minute_cost", "discount", "fee"]


def value_classes(profit: Any, cuts: Sequence[float] = (0.01, 0.05, 0.20)) -> pd.Series:
    """Class of each customer by rank in profit: "important", "main", "ordinary", "small" (重要/主要/普通/小客户).

    profit  money per customer, shape (n,); losses allowed
    cuts    three rising shares of the customers, above 0 and up to 1: the top 1 % are important, the others of the
            top 5 % main, the others of the top 20 % ordinary, the rest small

    The top share s of n customers are ⌈s × n⌉ of them. Equal profits keep the order they came in.
    Some Chinese textbooks cut at 1, 20 and 50 %: `value_classes(profit, cuts=(0.01, 0.20, 0.50))`.
    Returns a Series named "value_class" on the index of `profit`. Raises InputError for missing values or bad cuts.
    Source: J. Curry & A. Curry (2000), The Customer Marketing Method (top 1 %, large 4 %, medium 15 %, small 80 %).

    >>> value_classes(range(100)).value_counts().to_dict()
    {'small': 80, 'ordinary': 15, 'main': 4, 'important': 1}
    """
    steps = rising(cuts, "cuts", above=0, most=1)
    if len(steps) != len(CLASSES) - 1:
        raise InputError(_("cuts must be three shares of the customers, not {n}.").format(n=len(steps)))
    amounts = numbers(profit, "profit")
    order = np.argsort(-amounts.to_numpy(), kind="stable")
    ends = [top_count(step, len(amounts)) for step in steps]
    classes = np.empty(len(amounts), dtype="U9")
    classes[order] = np.array(CLASSES)[np.searchsorted(ends, np.arange(len(amounts)), side="right")]
    return pd.Series(classes, index=amounts.index, name="value_class", dtype="str")


def policies() -> pd.DataFrame:
    """The policy Willow Lane starts from, indexed by class. Change a copy of it to try another one.

    file_cost        money a year to keep the customer's own file
    visits           visits by their own rep, a year
    visit_cost       money a visit
    service_minutes  minutes of personal service, a year
    minute_cost      money a minute of service
    discount         share of revenue given away; 0 holds the price
    fee              money a year the customer pays us (delivery or minimum-order charge)
    policy           the same in words

    >>> policies()["visits"].to_dict()
    {'important': 4, 'main': 0, 'ordinary': 0, 'small': 0}
    """
    important = _("Own file, own rep who visits, a discount")
    main = _("Own file, more service; the price is held")
    ordinary = _("Personalised within limits; price held unless asked")
    small = _("Self-service; a fee on small orders")
    rows = {
        "important": (200.0, 4, 300.0, 240, 1.5, 0.03, 0.0, important),
        "main": (50.0, 0, 0.0, 60, 1.5, 0.0, 0.0, main),
        "ordinary": (0.0, 0, 0.0, 15, 1.5, 0.0, 0.0, ordinary),
        "small": (0.0, 0, 0.0, 4, 1.5, 0.0, 12.0, small),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*_AMOUNTS, "policy"]).rename_axis("value_class")


def policy_cost(classes: pd.Series, policies: pd.DataFrame) -> pd.DataFrame:
    """What serving each class costs in a year, before discounts and fees.

    classes   a class per customer, as `value_classes` returns
    policies  a table like `policies()`: one row a class

    Cost per customer = file_cost + visits × visit_cost + service_minutes × minute_cost.
    Returns a DataFrame by class, in the order of `policies`: customers, cost_per_customer, cost.
    Raises InputError for a class without a policy.

    >>> policy_cost(pd.Series(["main", "small", "small"]), policies()).loc[["main", "small"], "cost"].tolist()
    [140.0, 12.0]
    """
    terms = _terms(policies)
    customers = _members(classes, terms).value_counts().reindex(terms.index, fill_value=0)
    each = terms["file_cost"] + terms["visits"] * terms["visit_cost"] + terms["service_minutes"] * terms["minute_cost"]
    return pd.DataFrame({"customers": customers, "cost_per_customer": each, "cost": customers * each})


def policy_result(profit: pd.Series, revenue: pd.Series, classes: pd.Series, policies: pd.DataFrame) -> pd.DataFrame:
    """Profit of each class before and after its policy, assuming that nobody buys more or less because of it.

    profit    money of one year per customer, before any policy
    revenue   money of the same year per customer
    classes   a class per customer, as `value_classes` returns
    policies  a table like `policies()`: one row a class

    profit_after = profit_before − service_cost − discount_cost + fee_income.
    Returns a DataFrame by class: customers, profit_before, service_cost, discount_cost, fee_income, profit_after.
    Raises InputError when the three do not cover the same customers or a class has no policy.

    >>> profit, revenue = pd.Series([5000.0, 10.0]), pd.Series([20000.0, 80.0])
    >>> policy_result(profit, revenue, pd.Series(["important", "small"]), policies())["profit_after"].to_dict()
    {'important': 2640.0, 'main': 0.0, 'ordinary': 0.0, 'small': 16.0}
    """
    terms, costs = _terms(policies), policy_cost(classes, policies)
    amounts = pd.DataFrame({"profit": numbers(profit, "profit")})
    amounts["revenue"] = matched(numbers(revenue, "revenue"), amounts.index, "revenue", "profit")
    members = matched(classes, amounts.index, "classes", "profit")
    sums = amounts.groupby(members.to_numpy()).sum().reindex(terms.index, fill_value=0.0)
    result = pd.DataFrame(
        {
            "customers": costs["customers"],
            "profit_before": sums["profit"],
            "service_cost": costs["cost"],
            "discount_cost": sums["revenue"] * terms["discount"],
            "fee_income": costs["customers"] * terms["fee"],
        }
    )
    spent = result["service_cost"] + result["discount_cost"]
    return result.assign(profit_after=result["profit_before"] - spent + result["fee_income"])


def _terms(policies: pd.DataFrame) -> pd.DataFrame:
    table = columns(policies, _AMOUNTS, "policies").set_axis(policies.index)
    terms = pd.DataFrame({name: numbers(table[name], f"policies, {name}") for name in _AMOUNTS})
    if (terms < 0).any(axis=None) or (terms["discount"] > 1).any():
        raise InputError(_("policies must not hold amounts below 0, nor a discount above 1 (0.03 is 3 %)."))
    return terms


def _members(classes: pd.Series, terms: pd.DataFrame) -> pd.Series:
    members = codes(classes, "classes")
    for name in members.unique():
        one_of("class", name, terms.index)
    return members
