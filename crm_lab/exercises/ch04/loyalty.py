"""Loyalty and what customers value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from crm_lab import classify
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, sorted_into, texts, then
from crm_lab.exercises._orders import YEAR, number_of, total
from crm_lab.exercises.ch04._borders import all_orders, delivered, lab_orders

# ---- loyalty


def loyalty(
    t: Tables,
    orders: Any = delivered,
    buyers: Any = delivered,
    days: int | None = YEAR,
    behaviour_cut: float = 3,
    attitude_cut: float = 8,
    silent: float | None = None,
    lapsed: bool = True,
    everyone: bool = False,
) -> pd.Series:
    """The loyalty matrix.

    orders    whose number is the behaviour
    buyers    the orders that make somebody a buyer
    silent    the attitude put where nobody answered
    lapsed    keeps buyers without an order in these days
    everyone  takes in people who never bought
    """
    attitude = t.table("customers").set_index("customer_id")["recommend_score"]
    recent = number_of(orders(t, days))
    people = attitude.index if everyone else number_of(buyers(t) if lapsed else buyers(t, days)).index
    likes = attitude.reindex(people) if silent is None else attitude.reindex(people).fillna(silent)
    return classify.loyalty(recent.reindex(people, fill_value=0), likes, behaviour_cut, attitude_cut)


def unknown_last(t: Tables) -> pd.Series:
    """With the rule for a missing score behind the others: `often` alone then makes somebody spurious."""
    return loyalty(t).mask((loyalty(t) == "unknown") & (loyalty(t, silent=0) == "spurious"), "spurious")


declare(
    loyalty,
    "table",
    key=("customer_id",),
    by_hand="classify.loyalty",
    sections=("loyalty-idea",),
    supplies={"lab_orders": lab_orders},
    mistakes={
        "silence as zero": {"silent": 0},
        "silent dropped": then(lambda groups: groups[groups != "unknown"]),
        "lapsed dropped": {"lapsed": False},
        "everyone": {"everyone": True},
        "all orders": {"orders": all_orders, "buyers": all_orders},
        "behaviour of all orders": {"orders": all_orders},
        "any order makes a buyer": {"buyers": all_orders},
        "unknown last": unknown_last,
        "from a score of 7": {"attitude_cut": 7},
        "all history": {"days": None},
        "promoters": {"attitude_cut": 9},
        "more than three": {"behaviour_cut": 4},
        "crossed": then(lambda groups: groups.replace({"latent": "spurious", "spurious": "latent"})),
    },
    facts=lambda t, groups: groups.value_counts().reindex(["loyal", "spurious", "unknown"], fill_value=0).to_dict(),
)

# ---- what they value

STYLES = {"transactional": ("s2", "s5", "s6"), "consultative": ("s1", "s3", "s8"), "integrated": ("s4", "s7", "s9")}


def styles(t: Tables, **taken: str) -> dict[str, str]:
    """The style of each sentence; one style may be taken for another."""
    return sorted_into(STYLES, **taken)


def statements(t: Tables) -> pd.DataFrame:
    """Nine sentences customers said, one a row."""
    return pd.DataFrame(texts("styles", __name__).items(), columns=["id", "statement"])


declare(
    styles,
    "choice",
    options=tuple(STYLES),
    transfers=False,
    sections=("style-idea",),
    supplies={"statements": statements},
    mistakes={
        "advice is a partnership": {"consultative": "integrated"},
        "price means transactional": then(lambda right: {**right, "s3": "transactional", "s7": "transactional"}),
        "partners want advice": {"integrated": "consultative"},
    },
)

# ---- each managed differently


def buyers_2025(t: Tables) -> pd.DataFrame:
    """Who had an order delivered in the last 365 days, what they brought, and what tells their style."""
    margin = total(delivered(t, YEAR)).round(2)
    people = t.table("customers").set_index("customer_id")[["frame_contract", "advice_contacts"]]
    return people.loc[margin.index].assign(margin=margin).reset_index()


def management(t: Tables) -> pd.DataFrame:
    """What managing a customer of each style costs: Willow Lane's own assumptions."""
    rows = [("transactional", 0.0, 5), ("consultative", 0.0, 20), ("integrated", 1500.0, 20)]
    return pd.DataFrame(rows, columns=["style", "contract_cost", "minutes"]).assign(minute_cost=1.5)


def managed(
    t: Tables,
    advice_from: int = 2,
    contract: Callable[[pd.DataFrame], Any] = lambda buyers: buyers["frame_contract"],
    contacts: bool = True,
    terms: Callable[[pd.DataFrame], pd.DataFrame] = lambda given: given,
) -> pd.DataFrame:
    """What each style costs and leaves.

    contract  whom a frame contract makes integrated
    contacts  whether each contact takes its minutes, or each customer once
    terms     what is made of the table of costs
    """
    buyers = t.table("buyers_2025")
    style = classify.buying_style(buyers.assign(frame_contract=contract(buyers)), advice_from)
    each = buyers.join(terms(t.table("management").set_index("style")), on=style.rename("style").array)
    times = each["advice_contacts"] if contacts else 1
    each["service_cost"] = each["contract_cost"] + times * each["minutes"] * each["minute_cost"]
    groups = each.groupby(style.array)[["service_cost", "margin"]].agg(["size", "sum"])
    table = pd.DataFrame({"customers": groups["margin"]["size"], "service_cost": groups["service_cost"]["sum"]})
    return table.assign(left=groups["margin"]["sum"] - table["service_cost"]).rename_axis("style")


def one_contract(table: pd.DataFrame) -> pd.DataFrame:
    """With the cost of one contract for the whole style."""
    saved = 1500.0 * (table["customers"] - 1).where(table.index == "integrated", 0)
    return table.assign(service_cost=table["service_cost"] - saved, left=table["left"] + saved)


def cost_of_advice(t: Tables, table: pd.DataFrame) -> dict[str, Any]:
    known = table.reindex(list(STYLES), fill_value=0)
    return {"spent": known["service_cost"], "left": known["left"], "n": known["customers"]}


declare(
    managed,
    "table",
    key=("style",),
    by_hand="classify.buying_style",
    sections=("style-idea",),
    supplies={"buyers_2025": buyers_2025, "management": management},
    mistakes={
        "from three contacts": {"advice_from": 3},
        "no contract": {"contract": lambda buyers: False},
        "advice first": {"contract": lambda buyers: buyers["frame_contract"] & (buyers["advice_contacts"] < 2)},
        "contract for nothing": {"terms": lambda given: given.assign(contract_cost=0.0)},
        "one contract": then(one_contract),
        "one length for all": {"terms": lambda given: given.assign(minutes=20)},
        "minutes for yuan": {"terms": lambda given: given.assign(minute_cost=1.0)},
        "hours for minutes": {"terms": lambda given: given.assign(minutes=given["minutes"] / 60)},
        "for each": then(lambda table: table.assign(left=table["left"] / table["customers"])),
        "one contact each": {"contacts": False},
        "margin kept": then(lambda table: table.assign(left=table["left"] + table["service_cost"])),
    },
    facts=cost_of_advice,
)
