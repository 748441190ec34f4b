"""The customer pyramid and the money in it; value now and value to come."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import YEAR, total
from crm_lab.exercises.ch04._borders import all_orders, delivered, lab_orders
from crm_lab.exercises.ch04.policies import year_2024

CUTS = (0.01, 0.05, 0.20)

# ---- the pyramid


def pyramid(
    t: Tables,
    orders: Any = delivered,
    days: int | None = YEAR,
    value: str = "margin",
    losses: bool = True,
    cuts: Sequence[float] = CUTS,
) -> pd.Series:
    amounts = total(orders(t, days), value)
    return classify.value_classes(amounts if losses else amounts[amounts > 0], cuts)


def largest_first(t: Tables) -> pd.Series:
    return total(delivered(t, YEAR)).sort_values(ascending=False, kind="stable")


def in_classes(places: pd.Series, ends: Sequence[float]) -> pd.Series:
    """Classes by place, 0 first: important up to the first end, and so on."""
    names = ["important", "main", "ordinary"]
    return pd.Series(np.select([places < end for end in ends], names, "small"), places.index, name="value_class")


def cut_by_money(t: Tables, ends: Sequence[float] = CUTS) -> pd.Series:
    margin = largest_first(t)
    return in_classes((margin.cumsum() - margin) / margin.sum(), ends)


def by_place(
    t: Tables, margin: pd.Series | None = None, cuts: Sequence[float] = CUTS, whole: Callable[[float], int] = math.ceil
) -> pd.Series:
    """Classes by place in another line, at other cuts, or with sizes rounded in another way."""
    line = largest_first(t) if margin is None else margin
    places = pd.Series(np.arange(len(line)), line.index)
    return in_classes(places, [whole(round(cut * len(line), 9)) for cut in cuts])


def places_shared(t: Tables) -> pd.Series:
    """Equal sums share the better place."""
    margin = largest_first(t)
    return in_classes(margin.rank(ascending=False, method="min") - 1, [math.ceil(cut * len(margin)) for cut in CUTS])


def everyone(t: Tables) -> pd.Series:
    """Those without an order in the year too, with 0."""
    margin = total(delivered(t, YEAR)).reindex(t.table("customers")["customer_id"], fill_value=0.0)
    return by_place(t, margin.sort_values(ascending=False, kind="stable"))


def by_class(t: Tables, classes: pd.Series) -> dict[str, Any]:
    margin, counts = total(delivered(t, YEAR)), classes.value_counts()
    share = margin.groupby(classes).sum() / margin.sum()
    each = share / counts
    return {"count": counts, "share": share, "times": each["important"] / each["small"]}


declare(
    pyramid,
    "table",
    key=("customer_id",),
    by_hand="classify.value_classes",
    sections=("pyramid-idea",),
    supplies={"lab_orders": lab_orders},
    mistakes={
        "all years": {"days": None},
        "all orders": {"orders": all_orders},
        "cut by money": cut_by_money,
        "cut as in ABC": lambda t: cut_by_money(t, (0.5, 0.8, 0.95)),
        "rounded down": lambda t: by_place(t, whole=math.floor),
        "rounded": lambda t: by_place(t, whole=round),
        "not added up": lambda t: by_place(t, cuts=(0.01, 0.04, 0.15)),
        "places shared": places_shared,
        "a day short": {"days": YEAR - 1},
        "ascending": lambda t: by_place(t, largest_first(t)[::-1]),
        "everyone": everyone,
        "on top of each other": {"cuts": np.cumsum(CUTS)},
        "losses dropped": {"losses": False},
        "revenue": {"value": "revenue"},
    },
    facts=by_class,
)

# ---- the money in each class


def tiers(t: Tables, value: str = "margin", figure: str = "sum", shares: bool = True) -> pd.Series:
    """What each class brought in 2024."""
    found = t.table("year_2024").groupby("value_class")[value].agg(figure)
    return found / found.sum() if shares else found


declare(
    tiers,
    "plot",
    shape="bars",
    named="share",
    key=("value_class",),
    sections=("pyramid-idea",),
    supplies={"year_2024": year_2024},
    mistakes={
        "share of customers": {"figure": "size"},
        "sums": {"shares": False},
        "revenue": {"value": "revenue"},
        "means": {"figure": "mean", "shares": False},
    },
    facts=lambda t, share: {"top": share.drop("small").sum(), "small": share["small"]},
)

# ---- value now and value to come

Part = Callable[[pd.DataFrame], pd.Series]  # orders -> the part of the time they fall into
CURRENT_CUT, POTENTIAL_CUT = 200, 800  # ¥, stated in the task
FEN = 0.01  # ¥


def quarter(orders: pd.DataFrame) -> pd.Series:
    return orders["ordered_at"].dt.to_period("Q")


def month(orders: pd.DataFrame) -> pd.Series:
    return orders["ordered_at"].dt.to_period("M")


def best(orders: pd.DataFrame, part: Part, value: str, figure: str = "max") -> pd.Series:
    """The largest sum of a part of the time, for each customer; or another figure of these sums."""
    return orders.groupby(["customer_id", part(orders)])[value].sum().groupby("customer_id").agg(figure)


def field(
    t: Tables,
    value: str = "margin",
    days: int | None = YEAR,
    part: Part = quarter,
    times: int = 4,
    lapsed: bool = True,
    orders: Any = delivered,
    figure: str = "max",
    later_value: str = "",
    later_days: int | None = None,
    cuts: tuple[float, float] = (CURRENT_CUT, POTENTIAL_CUT),
) -> pd.Series:
    """The four fields of current × potential; `lapsed` keeps those who bought nothing in the last 365 days."""
    later = times * best(orders(t, later_days), part, later_value or value, figure)
    now = total(orders(t, days), value)
    later = later.reindex(total(orders(t)).index, fill_value=0.0)
    kept = later.index if lapsed else now.index
    return classify.current_potential(now.reindex(kept, fill_value=0.0), later[kept], *cuts)


def in_each_field(t: Tables, fields: pd.Series) -> dict[str, Any]:
    """How many stand in each field, and how many of those who could grow bought nothing in the last 365 days."""
    grow = fields.index[fields == "grow"]
    silent = (~grow.isin(delivered(t, YEAR)["customer_id"])).sum()
    return {**fields.value_counts().reindex(["star", "grow", "keep", "watch"], fill_value=0), "silent": silent}


declare(
    field,
    "table",
    key=("customer_id",),
    by_hand="classify.current_potential",
    sections=("potential-idea",),
    supplies={"lab_orders": lab_orders},
    mistakes={
        "revenue": {"value": "revenue"},
        "best order": {"part": lambda orders: orders["order_id"]},
        "quarter for a year": {"times": 1},
        "lapsed dropped": {"lapsed": False},
        "years mixed": {"part": lambda orders: orders["ordered_at"].dt.quarter},
        "total as now": {"days": None},
        "all orders": {"orders": all_orders},
        "best month": {"part": month},
        "mean quarter": {"figure": "mean"},
        "revenue later": {"later_value": "revenue"},
        "best of this year": {"later_days": YEAR},
        "above 200": {"cuts": (CURRENT_CUT + FEN, POTENTIAL_CUT)},
        "above 800": {"cuts": (CURRENT_CUT, POTENTIAL_CUT + FEN)},
        "above both": {"cuts": (CURRENT_CUT + FEN, POTENTIAL_CUT + FEN)},
        "crossed": then(lambda fields: fields.replace({"grow": "keep", "keep": "grow"})),
    },
    facts=in_each_field,
)
