"""Who moves between classes, and who stays."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises._orders import total
from crm_lab.exercises.ch04._borders import delivered

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
    named="share",
    key=("value_class",),
    by_hand="classify.migration_shares",
    sections=("migration-idea",),
    supplies=QUARTERS,
    mistakes={
        "of the fourth quarter": lambda t: kept(t) / classes(t, "class_q4").value_counts(),
        "of those in both": of_those_in_both,
        "numbers": kept,
        "gone": gone,
        "present": lambda t: 1 - gone(t),
    },
    facts=lambda t, share: {"important": share["important"], "small": share["small"]},
)
