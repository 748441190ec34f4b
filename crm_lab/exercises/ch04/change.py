"""Whose value changes, and what comes back uncalled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import HALF, total
from crm_lab.exercises.ch04._borders import all_orders, delivered, lab_orders

# ---- value-changing customers


def changing(t: Tables, orders: Any = delivered, **settings: Any) -> pd.DataFrame:
    return classify.value_change(orders(t), t.today, **settings)


ABOVE = 1 + 1e-6  # what a border is multiplied with to leave itself out
ORDER = ("problem", "rising", "falling")


Test = Callable[[pd.Series, pd.Series], Any]  # two sums -> whom a rule fits


def grown(less: pd.Series, more: pd.Series) -> pd.Series:
    """Whether the one is 1.5 times as large as the other, and ¥100 larger."""
    return (more >= 1.5 * less) & ((more - less).round(6) >= 100)


by_ratio: Test = lambda less, more: (more / less >= 1.5) & ((more - less).round(6) >= 100)  # noqa: E731
either_test: Test = lambda less, more: (more >= 1.5 * less) | ((more - less).round(6) >= 100)  # noqa: E731


def named(
    table: pd.DataFrame, order: Sequence[str] = ORDER, loss: Test | None = None, larger: Test = grown
) -> pd.DataFrame:
    """The two sums with names, the rules in this order, and perhaps another idea of a loss or of growth."""
    previous, latest = table["previous"], table["latest"]
    rules = {
        "problem": loss(previous, latest) if loss else (previous + latest).round(6) < 0,
        "rising": larger(previous, latest),
        "falling": larger(latest, previous),
    }
    return table.assign(change=np.select([rules[name] for name in order], list(order), "steady"))


Span = tuple[float, float]


def calendar_days(t: Tables, orders: pd.DataFrame, column: str = "ordered_at") -> pd.Series:
    return (t.today - orders[column].dt.normalize()).dt.days


def days_of_24_hours(t: Tables, orders: pd.DataFrame) -> pd.Series:
    return (t.today - orders["ordered_at"]).dt.days


def days_since_delivery(t: Tables, orders: pd.DataFrame) -> pd.Series:
    return calendar_days(t, orders, "delivered_at")


def sums_in(
    t: Tables,
    windows: Mapping[str, Span],
    orders: Any = delivered,
    ago: Callable[..., pd.Series] = calendar_days,
    value: str = "margin",
) -> pd.DataFrame:
    """What each customer brings in each of some windows of days; without those who are in none of them."""
    table = orders(t)
    inside = {name: ago(t, table).between(*ends) for name, ends in windows.items()}
    sums = pd.DataFrame({name: table[value].where(found, 0) for name, found in inside.items()})
    some = np.logical_or.reduce([*inside.values()])
    return sums[some].groupby(table["customer_id"]).sum()


def windowed(
    t: Tables, latest: Span = (1, HALF), previous: Span = (HALF + 1, 2 * HALF), ago: Any = calendar_days
) -> Any:
    """With other windows, or days counted in another way."""
    return named(sums_in(t, {"previous": previous, "latest": latest}, ago=ago))


def all_before(t: Tables) -> pd.DataFrame:
    """With everything before the latest window as the earlier one."""
    return windowed(t, previous=(HALF + 1, np.inf))


def everyone(t: Tables) -> pd.DataFrame:
    """With a row for those who ordered before both windows only."""
    table = changing(t).reindex(total(delivered(t)).index)
    return table.fillna({"previous": 0, "latest": 0, "change": "steady"})


def in_both_windows(t: Tables) -> pd.DataFrame:
    ago = calendar_days(t, delivered(t))
    latest, previous = (delivered(t)[ago.between(*window)]["customer_id"] for window in ((1, 182), (183, 364)))
    return changing(t).loc[lambda table: table.index.isin(latest) & table.index.isin(previous)]


def windows_exchanged(table: pd.DataFrame) -> pd.DataFrame:
    return named(table.assign(previous=table["latest"], latest=table["previous"]))


def falling_and_problems(t: Tables, table: pd.DataFrame) -> dict[str, float]:
    falling, problem = (table[table["change"] == name] for name in ("falling", "problem"))
    lost = (falling["previous"] - falling["latest"]).sum()
    return {"falling": len(falling), "lost": lost, "problem": len(problem)}


declare(
    changing,
    "table",
    key=("customer_id",),
    by_hand="classify.value_change",
    sections=("change-idea",),
    supplies={"lab_orders": lab_orders},
    mistakes={
        "all orders": {"orders": all_orders},
        "revenue": {"value": "revenue"},
        "everyone": everyone,
        "all before": all_before,
        "years": {"days": 365},
        "both windows": in_both_windows,
        "exchanged": then(windows_exchanged),
        "no problems": then(lambda table: named(table, ["rising", "falling"])),
        "problems last": then(lambda table: named(table, ["rising", "falling", "problem"])),
        "latest loss": then(lambda table: named(table, loss=lambda previous, latest: latest < 0)),
        "either loss": then(lambda table: named(table, loss=lambda previous, latest: (latest < 0) | (previous < 0))),
        "no minimum": {"minimum": 0.01},
        "above 1.5 times": {"factor": ABOVE * 1.5},
        "above ¥100": {"minimum": ABOVE * 100},
        "above both": {"factor": ABOVE * 1.5, "minimum": ABOVE * 100},
        "hours": lambda t: windowed(t, ago=days_of_24_hours),
        "from delivery": lambda t: windowed(t, ago=days_since_delivery),
        "a day longer": lambda t: windowed(t, (0, HALF), (HALF + 1, 2 * HALF + 1)),
        "latest a day longer": lambda t: windowed(t, latest=(1, HALF + 1)),
        "a day in both": lambda t: windowed(t, previous=(HALF, 2 * HALF)),
        "ratio": then(lambda table: named(table, larger=by_ratio)),
        "or for and": then(lambda table: named(table, larger=either_test)),
        "names exchanged": then(lambda table: table.replace({"change": {"rising": "falling", "falling": "rising"}})),
        "less is a problem": then(lambda table: named(table, loss=lambda previous, latest: latest - previous < 0)),
    },
    facts=falling_and_problems,
)

# ---- who comes back uncalled

WINDOWS: dict[str, Span] = {
    "previous": (365, 546),
    "latest": (183, 364),
    "next": (1, 182),
}  # calendar days before today


Pick = Callable[[pd.DataFrame], pd.DataFrame]


def fallen(table: pd.DataFrame) -> pd.DataFrame:
    return table[named(table)["change"] == "falling"]


def fallen_today(table: pd.DataFrame) -> pd.DataFrame:
    """Who falls from the second to the third window."""
    return table[named(table[["latest", "next"]].set_axis(["previous", "latest"], axis=1))["change"] == "falling"]


def share_back(sums: Any) -> Any:
    return (sums["next"] - sums["latest"]) / (sums["previous"] - sums["latest"])


def came_back(
    t: Tables,
    windows: Mapping[str, Span] = WINDOWS,
    chosen: Pick = fallen,
    part: Callable[[pd.DataFrame], Any] = lambda picked: share_back(picked.sum()),
    **counted: Any,
) -> float:
    """The part of what falling customers lost that came back.

    chosen   whom of all customers
    part     what is worked out of their three sums
    counted  how the sums are made: settings of `sums_in`
    """
    return float(part(chosen(sums_in(t, windows, **counted))))


def of(window: str) -> Callable[[pd.DataFrame], Any]:
    """What came back, over what they brought in one window."""
    return lambda picked: (picked["next"] - picked["latest"]).sum() / picked[window].sum()


def gains_only(picked: pd.DataFrame) -> float:
    return (picked["next"] - picked["latest"]).clip(lower=0).sum() / (picked["previous"] - picked["latest"]).sum()


def shifted(days: int) -> dict[str, Span]:
    return {name: (first + days, last + days) for name, (first, last) in WINDOWS.items()}


def falling_before(t: Tables, share: float) -> dict[str, Any]:
    return {"share": max(share, 0.0), "n": len(fallen(sums_in(t, WINDOWS)))}


declare(
    came_back,
    "number",
    by_hand="classify.value_change",
    sections=("choose-idea",),
    supplies={"lab_orders": lab_orders},
    mistakes={
        "all orders": {"orders": all_orders},
        "revenue": {"value": "revenue"},
        "everybody": {"chosen": lambda table: table},
        "problems too": {"chosen": lambda table: table[grown(table["latest"], table["previous"])]},
        "fifty": {"chosen": lambda table: fallen(table).nlargest(50, "previous")},
        "falling today": {"chosen": fallen_today},
        "of what they brought": {"part": of("previous")},
        "of the bad half-year": {"part": of("latest")},
        "without the bad half-year": {
            "part": lambda picked: picked["next"].sum() / (picked["previous"] - picked["latest"]).sum()
        },
        "mean of the shares": {"part": lambda picked: share_back(picked).mean()},
        "share of people": {"part": lambda picked: (picked["next"] > picked["latest"]).mean()},
        "gains only": {"part": gains_only},
        "hours": {"ago": days_of_24_hours},
        "from 0": {"windows": shifted(-1)},
        "a day later": {"windows": shifted(1)},
        "percent": then(lambda share: 100 * share),
    },
    facts=falling_before,
)
