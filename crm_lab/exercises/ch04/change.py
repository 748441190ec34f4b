"""Who moves between classes, and whose value changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm_lab import classify
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import HALF, all_orders, delivered, total

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

# ---- migration


def quarter_classes(quarter: str) -> Callable[[Tables], pd.DataFrame]:
    """Each customer's class in the pyramid, by the margin of one quarter."""

    def supply(t: Tables) -> pd.DataFrame:
        orders = delivered(t)
        margin = total(orders[orders["ordered_at"].dt.to_period("Q").astype(str) == quarter])
        return classify.value_classes(margin).reset_index()

    return supply


QUARTERS = {"class_q3": quarter_classes("2025Q3"), "class_q4": quarter_classes("2025Q4")}


def all_pairs(t: Tables) -> pd.DataFrame:
    """How many went from which class to which, pairs of nobody among them."""
    before, after = (t.table(name).set_index("customer_id")["value_class"] for name in ("class_q3", "class_q4"))
    table = classify.migration(before, after)
    return table.melt(ignore_index=False, var_name="after", value_name="customers").reset_index()


def moves(t: Tables) -> pd.DataFrame:
    return all_pairs(t).query("customers > 0")


def in_shares(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(customers=table["customers"] / table.groupby("before")["customers"].transform("sum"))


def gone_new_stayed(t: Tables, table: pd.DataFrame) -> dict[str, float]:
    return {
        "gone": table.query("after == 'absent' and before != 'absent'")["customers"].sum(),
        "new": table.query("before == 'absent'")["customers"].sum(),
        "stayed": table.query("before == after")["customers"].sum(),
    }


declare(
    moves,
    "table",
    key=("before", "after"),
    by_hand="classify.migration",
    sections=("migration-idea",),
    supplies=QUARTERS,
    mistakes={
        "both quarters only": then(lambda table: table.query("before != 'absent' and after != 'absent'")),
        "third quarter only": then(lambda table: table.query("before != 'absent'")),
        "fourth quarter only": then(lambda table: table.query("after != 'absent'")),
        "movers only": then(lambda table: table.query("before != after")),
        "pairs of nobody": all_pairs,
        "exchanged": then(lambda table: table.rename(columns={"before": "after", "after": "before"})),
        "shares": then(in_shares),
    },
    facts=gone_new_stayed,
)

# ---- who stayed


def stayed(t: Tables) -> pd.Series:
    return kept(t) / classes(t, "class_q3").value_counts()


def classes(t: Tables, name: str) -> pd.Series:
    return t.table(name).set_index("customer_id")["value_class"]


def kept(t: Tables) -> pd.Series:
    """How many of each class are in the same class a quarter later."""
    same = moves(t).query("before == after").set_index("before")["customers"]
    return same.reindex(classes(t, "class_q3").unique(), fill_value=0)


def of_those_in_both(t: Tables) -> pd.Series:
    return kept(t) / moves(t).query("before != 'absent' and after != 'absent'").groupby("before")["customers"].sum()


def gone(t: Tables) -> pd.Series:
    lost = moves(t).query("before != 'absent' and after == 'absent'").set_index("before")["customers"]
    return lost / classes(t, "class_q3").value_counts()


declare(
    stayed,
    "plot",
    shape="bars",
    key=("value_class",),
    by_hand="classify.migration_shares",
    sections=("migration-idea",),
    supplies=QUARTERS,
    mistakes={
        "of the fourth quarter": lambda t: kept(t) / classes(t, "class_q4").value_counts(),
        "of those in both": of_those_in_both,
        "numbers": kept,
        "gone": gone,
    },
    facts=lambda t, share: {"important": share["important"], "small": share["small"]},
)

# ---- value-changing customers


def changing(t: Tables, orders: Any = delivered, **settings: Any) -> pd.DataFrame:
    return classify.value_change(orders(t), t.today, **settings)


ORDER = ("problem", "rising", "falling")


def named(
    table: pd.DataFrame, order: Sequence[str] = ORDER, loss: Callable[[pd.Series, pd.Series], Any] | None = None
) -> pd.DataFrame:
    """The two sums with names, the rules in this order, and perhaps another idea of a loss."""
    previous, latest = table["previous"], table["latest"]
    more = (latest - previous).round(6)
    rules = {
        "problem": loss(previous, latest) if loss else (previous + latest).round(6) < 0,
        "rising": (latest >= 1.5 * previous) & (more >= 100),
        "falling": (previous >= 1.5 * latest) & (-more >= 100),
    }
    return table.assign(change=np.select([rules[name] for name in order], list(order), "steady"))


def all_before(t: Tables) -> pd.DataFrame:
    """With everything before the latest window as the earlier one."""
    orders = delivered(t)
    late = (t.today - orders["ordered_at"].dt.normalize()).dt.days <= HALF
    sums = orders.assign(previous=orders["margin"].where(~late, 0), latest=orders["margin"].where(late, 0))
    return named(sums.groupby("customer_id")[["previous", "latest"]].sum())


def everyone(t: Tables) -> pd.DataFrame:
    """With a row for those who ordered before both windows only."""
    table = changing(t).reindex(total(delivered(t)).index)
    return table.fillna({"previous": 0, "latest": 0, "change": "steady"})


def in_both_windows(t: Tables) -> pd.DataFrame:
    ago = (t.today - delivered(t)["ordered_at"].dt.normalize()).dt.days
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
    },
    facts=falling_and_problems,
)

# ---- who comes back uncalled

WINDOWS = {"previous": (365, 546), "latest": (183, 364), "next": (1, 182)}  # calendar days before today


def three_windows(t: Tables) -> pd.DataFrame:
    orders = delivered(t)
    ago = (t.today - orders["ordered_at"].dt.normalize()).dt.days
    sums = {name: orders["margin"].where(ago.between(*days), 0) for name, days in WINDOWS.items()}
    return pd.DataFrame(sums).groupby(orders["customer_id"]).sum()


def came_back(t: Tables, chosen: str = "falling", of: str = "lost") -> float:
    """The part of what falling customers lost that came back; of another group, or over something else."""
    table = named(three_windows(t))
    picked = table if chosen == "all" else table[table["change"] == chosen]
    sums = picked[list(WINDOWS)].sum()
    lost = sums["previous"] - sums["latest"]
    return float((sums["next"] - sums["latest"]) / (lost if of == "lost" else sums[of]))


def falling_before(t: Tables, share: float) -> dict[str, Any]:
    return {"share": max(share, 0.0), "n": (named(three_windows(t))["change"] == "falling").sum()}


declare(
    came_back,
    "number",
    by_hand="classify.value_change",
    sections=("choose-idea",),
    mistakes={
        "everybody": {"chosen": "all"},
        "of what they brought": {"of": "previous"},
        "of the bad half-year": {"of": "latest"},
        "percent": then(lambda share: 100 * share),
    },
    facts=falling_before,
)
