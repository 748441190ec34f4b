"""Lab 04a: the tables it supplies and the ways to misread its tasks, as recipes that lead to the wrong answer."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.base.text import _

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

NOT_DELIVERED = _("You counted cancelled and open orders. They have brought nothing yet; take delivered ones only.")
CURRENT_CUT, POTENTIAL_CUT = 200, 800  # ¥, stated in the task


def delivered(t: Tables, days: int | None = None) -> pd.DataFrame:
    """The orders that arrived; only those of the last so many days, if `days` is given."""
    orders = t.table("orders")
    orders = orders[orders["status"] == "delivered"]
    return orders if days is None else orders[orders["ordered_at"] >= t.today - pd.Timedelta(days=days)]


def total(orders: pd.DataFrame, column: str = "margin") -> pd.Series:
    """The sum of a column for each customer."""
    return orders.groupby("customer_id")[column].sum()


# ---- relationship


def last_contacts(t: Tables) -> pd.DataFrame:
    """Each customer's marks: days since the last order and visit, account and consent."""
    orders = t.table("orders")
    orders = orders[orders["status"] != "cancelled"]
    people = t.table("customers")[["customer_id", "account_open", "marketing_consent", "last_visit_at"]]
    last = people["customer_id"].map(orders.groupby("customer_id")["ordered_at"].max())
    people["days_since_order"] = (t.today - last.dt.normalize()).dt.days
    people["days_since_visit"] = (t.today - people.pop("last_visit_at").dt.normalize()).dt.days
    return people


def _rules(t: Tables) -> dict[str, pd.Series]:
    table = last_contacts(t).set_index("customer_id")
    ordered, visited = table["days_since_order"], table["days_since_visit"]
    reachable = table["account_open"]
    return {
        "current": ordered <= 365,
        "lost": ordered.notna(),
        "target": reachable & table["marketing_consent"] & (visited <= 90),
        "potential": reachable & (visited <= 365),
    }


def _first(rules: dict[str, pd.Series], otherwise: str = "non_customer") -> pd.Series:
    index = next(iter(rules.values())).index
    return pd.Series(np.select(list(rules.values()), list(rules), otherwise), index, name="relationship")


def with_rules(**changed: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Tables], pd.Series]:
    """The relationship with some rules misread."""

    def recipe(t: Tables) -> pd.Series:
        table = last_contacts(t).set_index("customer_id")
        return _first(_rules(t) | {name: rule(table) for name, rule in changed.items()})

    return recipe


def potential_first(t: Tables) -> pd.Series:
    rules = _rules(t)
    return _first({name: rules[name] for name in ("current", "lost", "potential", "target")})


# ---- position

POSITIONS = {"consumer": "external", "business": "external", "dealer": "channel", "employee": "internal"}


def _placed(t: Tables, orders: pd.DataFrame | None = None, **changed: str) -> Any:
    """The orders grouped by where their customer sits, with some kinds put elsewhere."""
    orders = delivered(t) if orders is None else orders
    kind = t.table("customers").set_index("customer_id")["kind"]
    return orders.assign(position=orders["customer_id"].map(kind).map(POSITIONS | changed)).groupby("position")


def by_position(t: Tables, orders: pd.DataFrame | None = None, **changed: str) -> pd.DataFrame:
    """Buyers and margin of each position."""
    return _placed(t, orders, **changed).agg(buyers=("customer_id", "nunique"), margin=("margin", "sum"))


def accounts_by_position(t: Tables) -> pd.DataFrame:
    """The same with every account counted."""
    table = by_position(t)
    return table.assign(buyers=t.table("customers")["kind"].map(POSITIONS).value_counts().reindex(table.index))


def orders_by_position(t: Tables) -> pd.DataFrame:
    """The same with orders counted."""
    return by_position(t).assign(buyers=_placed(t).size())


# ---- concentration


def top_of_accounts(t: Tables) -> float:
    margin = total(delivered(t))
    top = math.ceil(0.2 * len(t.table("customers")))
    return float(margin.nlargest(top).sum() / margin.sum())


def of_winners(t: Tables) -> float:
    margin = total(delivered(t))
    top = math.ceil(0.2 * len(margin))
    return float(margin.nlargest(top).sum() / margin[margin > 0].sum())


def spread(values: Any, arrange: Callable[[Any], Any] = np.sort, start: int = 1) -> float:
    """The rank formula of the Gini coefficient, with places to go wrong."""
    amounts = arrange(np.asarray(values, dtype=float))
    n = len(amounts)
    weights = 2 * np.arange(start, n + start) - n - 1
    return float(weights @ amounts / (n * amounts.sum()))


def gini_probes(t: Tables) -> list[tuple[Any]]:
    """Small lists, and two Series from small tables: a check calls this often."""
    prices = t.table("products").set_index("product_id")["list_price"]
    contacts = t.table("customers")["advice_contacts"].iloc[1:]
    return [([1, 3],), ([5, 5, 5, 5],), ([0, 0, 0, 8],), ([9, 1, 4, 0, 2],), (prices,), (contacts,)]


def _letters(share: pd.Series) -> pd.Series:
    return pd.Series(np.select([share < 0.8, share < 0.95], ["A", "B"], "C"), share.index, name="abc")


def abc_by(t: Tables, arrange: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """ABC letters by a share that is worked out in another way than asked for."""
    revenue = total(delivered(t), "revenue").sort_values(ascending=False, kind="stable")
    return _letters(arrange(revenue / revenue.sum()))


# ---- the pyramid and its policies


def _ranked(places: pd.Series, ends: list[float]) -> pd.Series:
    """Classes by place in a row, 0 first: important up to the first end, and so on."""
    names = ["important", "main", "ordinary"]
    return pd.Series(np.select([places < end for end in ends], names, "small"), places.index, name="value_class")


def rounded_down(t: Tables) -> pd.Series:
    """The pyramid with the size of each class rounded down."""
    margin = total(delivered(t, 365)).sort_values(ascending=False, kind="stable")
    places = pd.Series(np.arange(len(margin)), margin.index)
    return _ranked(places, [math.floor(round(share * len(margin), 9)) for share in (0.01, 0.05, 0.20)])


def cut_by_money(t: Tables) -> pd.Series:
    """The pyramid with cuts on the share of the margin instead of the share of the customers."""
    margin = total(delivered(t, 365)).sort_values(ascending=False, kind="stable")
    return _ranked((margin.cumsum() - margin) / margin.sum(), [0.01, 0.05, 0.20])


def losses_dropped(t: Tables) -> pd.Series:
    """The pyramid of those customers only who bring more than nothing."""
    margin = total(delivered(t, 365))
    return classify.value_classes(margin[margin > 0])


def year_2024(t: Tables) -> pd.DataFrame:
    """Each customer's class, revenue and margin of the year before the last one."""
    orders = delivered(t)
    before = orders[orders["ordered_at"] < t.today - pd.Timedelta(days=365)]
    table = before.groupby("customer_id")[["revenue", "margin"]].sum().round(2)
    table.insert(0, "value_class", classify.value_classes(table["margin"]))
    return table.reset_index()


def policy_result(t: Tables, discounted: str = "revenue") -> pd.DataFrame:
    """What each class costs and leaves under `classify.policies()`."""
    year = year_2024(t).set_index("customer_id")
    result = classify.policy_result(year["margin"], year[discounted], year["value_class"], classify.policies())
    return result.drop(columns="profit_before")


def served_once(t: Tables) -> pd.DataFrame:
    """The result when only one customer of each class is served."""
    result = policy_result(t)
    each = result["service_cost"] / result["customers"]
    return result.assign(service_cost=each, profit_after=result["profit_after"] + result["service_cost"] - each)


def one_of_each(t: Tables) -> pd.DataFrame:
    """The result when only one customer of each class is served and pays a fee."""
    result = served_once(t)
    each = result["fee_income"] / result["customers"]
    return result.assign(fee_income=each, profit_after=result["profit_after"] - result["fee_income"] + each)


def fee_as_cost(t: Tables, sign: int = -1) -> pd.DataFrame:
    """The result when the fee is taken away (-1) or left out (0)."""
    result = policy_result(t)
    return result.assign(profit_after=result["profit_after"] + (sign - 1) * result["fee_income"])


def from_revenue(t: Tables) -> pd.DataFrame:
    """The result when profit_after begins with the revenue."""
    result = policy_result(t)
    gap = year_2024(t).groupby("value_class")[["revenue", "margin"]].sum().reindex(result.index, fill_value=0.0)
    return result.assign(profit_after=result["profit_after"] + gap["revenue"] - gap["margin"])


# ---- value now and value to come


def quarters(orders: pd.DataFrame, column: str = "margin", yearly: bool = True) -> pd.Series:
    """The sum of a column for each customer and quarter with an order; `yearly` keeps the years apart."""
    dates = orders["ordered_at"].dt
    return orders.groupby(["customer_id", dates.to_period("Q") if yearly else dates.quarter])[column].sum()


def best(sums: pd.Series) -> pd.Series:
    """A year as good as each customer's best."""
    return 4 * sums.groupby("customer_id").max()


def field(t: Tables, column: str = "margin", potential: Callable[[pd.DataFrame], pd.Series] | None = None) -> pd.Series:
    """The four fields of current × potential; by default as the task asks."""
    orders = delivered(t)
    later = potential(orders) if potential else best(quarters(orders, column))
    now = total(delivered(t, 365), column).reindex(later.index, fill_value=0.0)
    return classify.current_potential(now, later, CURRENT_CUT, POTENTIAL_CUT)


def lapsed_dropped(t: Tables) -> pd.Series:
    """The fields of those customers only who bought in the last 365 days."""
    return field(t).loc[total(delivered(t, 365)).index]


def both_years_now(t: Tables) -> pd.Series:
    """The fields with the margin of both years as value now."""
    orders = delivered(t)
    return classify.current_potential(total(orders), best(quarters(orders)), CURRENT_CUT, POTENTIAL_CUT)


def order_peak(t: Tables) -> float:
    """The highest point of a whale curve drawn over orders."""
    return float(classify.whale_curve(delivered(t)["margin"])["value"].max())
