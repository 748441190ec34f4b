"""How unequally customers bring money: the best fifth, the Gini coefficient, ABC classes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import all_orders, delivered, total

# ---- the best fifth


def pareto(t: Tables, orders: Any = delivered, by: str = "customer_id", value: str = "margin") -> float:
    return classify.pareto_share(orders(t).groupby(by)[value].sum())


def top_of(t: Tables, accounts: bool = False, losses: str = "both", whole: Callable[[float], int] = math.ceil) -> float:
    """The share of the best fifth, of all accounts or of what the winners bring.

    losses  where losers count: in "both", in the fifth ("count") alone, or in "neither"
    whole   makes a whole number of the fifth
    """
    margin = total(delivered(t))
    gains = margin[margin > 0]
    fifth = 0.2 * len(t.table("customers") if accounts else gains if losses == "neither" else margin)
    return float(margin.nlargest(whole(fifth)).sum() / (margin if losses == "both" else gains).sum())


declare(
    pareto,
    "number",
    by_hand="classify.pareto_share",
    sections=("pareto-idea",),
    mistakes={
        "all orders": {"orders": all_orders},
        "revenue": {"value": "revenue"},
        "all accounts": lambda t: top_of(t, accounts=True),
        "percent": then(lambda share: 100 * share),
        "orders not customers": {"by": "order_id"},
        "without losses": lambda t: top_of(t, losses="count"),
        "losers nowhere": lambda t: top_of(t, losses="neither"),
        "rounded down": lambda t: top_of(t, whole=math.floor),
    },
    facts=lambda t, share: {"share": share, "times": 4 * share / (1 - share)},
)

# ---- the Lorenz curve


def product_sales(t: Tables) -> pd.DataFrame:
    """What each product brought in delivered orders, and how many pieces went out."""
    lines = t.table("order_lines").merge(delivered(t)[["order_id"]])
    lines["amount"] = lines["quantity"] * lines["unit_price"]
    sums = lines.groupby("product_id").agg(revenue=("amount", "sum"), pieces=("quantity", "sum"))
    return sums.round({"revenue": 2}).reset_index()


def lorenz(t: Tables, value: str = "revenue") -> pd.DataFrame:
    return classify.lorenz(t.table("product_sales")[value])


def added_up(
    arrange: Callable[[pd.Series], Any], shares: bool = True, add: Callable[[Any], Any] = np.cumsum
) -> Callable[[Tables], pd.DataFrame]:
    """The curve with the products in another order, or in ¥, or not added up."""

    def recipe(t: Tables) -> pd.DataFrame:
        running = np.append(0, add(arrange(t.table("product_sales")["revenue"])))
        population = np.arange(len(running)) / (len(running) - 1)
        whole = t.table("product_sales")["revenue"].sum()
        return pd.DataFrame({"population": population, "value": running / (whole if shares else 1)})

    return recipe


def fewest_and_most(t: Tables, curve: pd.DataFrame) -> dict[str, float]:
    """What the better half of the products bring, and the best tenth, both rounded up."""
    value, n = curve["value"], len(curve) - 1
    return {"half": 1 - value[n - math.ceil(n / 2)], "tenth": 1 - value[n - math.ceil(n / 10)], "n": n}


declare(
    lorenz,
    "plot",
    shape="line",
    key=("population",),
    by_hand="classify.lorenz",
    sections=("lorenz-idea",),
    supplies={"product_sales": product_sales},
    mistakes={
        "not sorted": added_up(np.asarray),
        "largest first": added_up(lambda revenue: np.sort(revenue)[::-1]),
        "in yuan": added_up(np.sort, shares=False),
        "no beginning": then(lambda curve: curve.iloc[1:]),
        "not added up": added_up(np.sort, add=np.asarray),
        "exchanged": then(lambda curve: curve.rename(columns={"population": "value", "value": "population"})),
        "customers": lambda t: classify.lorenz(total(delivered(t), "revenue")),
        "pieces": {"value": "pieces"},
    },
    facts=fewest_and_most,
)

# ---- the Gini coefficient


def gini_of(t: Tables) -> Callable[[Any], float]:
    return classify.gini


def by_ranks(
    arrange: Any = np.sort, start: int = 1, finish: Callable[[float, int], float] = lambda gini, n: gini
) -> Callable[[Tables], Callable[[Any], float]]:
    """The rank formula, with places to go wrong."""

    def gini(values: Any) -> float:
        x = arrange(np.asarray(values, dtype=float))
        n = len(x)
        weights = 2 * np.arange(start, n + start) - n - 1
        return finish(float(weights @ x / (n * x.sum())), n)

    return lambda t: gini


def probes(t: Tables) -> list[tuple[Any]]:
    """Small lists with zeros, ties and two digits, and two Series from small tables: a check calls this often."""
    prices = t.table("products").set_index("product_id")["list_price"]
    contacts = t.table("customers")["advice_contacts"].iloc[1:301]
    small = [[1, 3], [5, 5, 5, 5], [0, 0, 0, 8], [9, 1, 4, 0, 2]]
    return [(values,) for values in [*small, prices, contacts, [0, 0, 1.5, 2, 2, 0], [10, 9, 100]]]


def both_gini(t: Tables, gini: Callable[[Any], float]) -> dict[str, float]:
    revenue = delivered(t)["revenue"]
    return {"by_customer": gini(total(delivered(t), "revenue")), "by_order": gini(revenue)}


declare(
    gini_of,
    "function",
    returns="number",
    probes=probes,
    by_hand="classify.gini",
    sections=("pareto-idea",),
    mistakes={
        "not sorted": by_ranks(arrange=np.asarray),
        "descending": by_ranks(arrange=lambda x: np.sort(x)[::-1]),
        "ranks from 0": by_ranks(start=0),
        "sample correction": by_ranks(finish=lambda gini, n: gini * n / (n - 1)),
        "area under the curve": by_ranks(finish=lambda gini, n: (1 - gini) / 2),
        "not doubled": by_ranks(finish=lambda gini, n: gini / 2),
    },
    facts=both_gini,
)

# ---- ABC classes


def abc(t: Tables, orders: Any = delivered) -> pd.Series:
    return classify.abc_classes(total(orders(t), "revenue"))


def until(share: pd.Series) -> pd.Series:
    """The share that had been reached before each."""
    return share.cumsum() - share


def lettered(
    before: Callable[[pd.Series], pd.Series] = until, value: str = "revenue", second: float = 0.95
) -> Callable[[Tables], pd.Series]:
    """Classes by a share that is worked out in another way than asked for, or with another second cut."""

    def recipe(t: Tables) -> pd.Series:
        amounts = total(delivered(t), value).sort_values(ascending=False, kind="stable")
        share = before(amounts / amounts.sum())
        return pd.Series(np.select([share < 0.8, share < second], ["A", "B"], "C"), share.index, name="abc")

    return recipe


def abc_counts(t: Tables, classes: pd.Series) -> Mapping[str, int]:
    counts = classes.value_counts()
    return {"a": counts["A"], "c": counts["C"], "all": len(classes)}


declare(
    abc,
    "table",
    key=("customer_id",),
    by_hand="classify.abc_classes",
    sections=("abc-idea",),
    mistakes={
        "crossing customer lower": lettered(lambda share: share.cumsum()),
        "share of customers": lettered(lambda share: pd.Series(np.arange(len(share)) / len(share), share.index)),
        "ascending": lettered(lambda share: until(share[::-1])),
        "not sorted": lettered(lambda share: until(share.sort_index())),
        "margin": lettered(value="margin"),
        "15 % as a cut": lettered(second=0.15),
        "all orders": {"orders": all_orders},
    },
    facts=abc_counts,
)

# ---- the whale curve


def peak(t: Tables, orders: Any = delivered, by: str = "customer_id") -> float:
    return float(classify.whale_curve(orders(t).groupby(by)["margin"].sum())["value"].max())


def behind_the_peak(t: Tables, share: float) -> dict[str, float]:
    """Those with a loss: how many, how much, and how many of them have returned goods."""
    margin = total(delivered(t))
    losers = margin[margin < 0]
    returned = t.table("orders").merge(t.table("returns")[["order_id"]])["customer_id"]
    return {"peak": share, "n": len(losers), "lost": -losers.sum(), "back": losers.index.isin(returned).sum()}


def top_in_yuan(t: Tables) -> float:
    return peak(t) * float(delivered(t)["margin"].sum())


def not_sorted(t: Tables) -> float:
    margin = total(delivered(t))
    return float(margin.cumsum().max() / margin.sum())


declare(
    peak,
    "number",
    by_hand="classify.whale_curve",
    sections=("pareto-idea",),
    mistakes={
        "orders not customers": {"by": "order_id"},
        "percent": then(lambda share: 100 * share),
        "only the part above": then(lambda share: share - 1),
        "not sorted": not_sorted,
        "in yuan": top_in_yuan,
        "all orders": {"orders": all_orders},
    },
    facts=behind_the_peak,
)
