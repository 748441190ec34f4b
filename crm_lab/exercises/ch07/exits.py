"""Lab 07c: how long they stay, what those who left had met, the silent, and what is done with each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab import predict
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then
from crm_lab.exercises.ch07._supplied import groups, last_orders, mix, watched, year_orders

# ---- a survival curve


def staying(t: Tables, failed: tuple[bool, ...] = (True,), at_risk: str = "all") -> pd.DataFrame:
    table = t.table("watched")
    part = table[table["first_failed"].isin(failed)]
    steps = part["gone"].groupby(part["duration"]).agg(["size", "sum"])
    at_risk_then = steps["size"][::-1].cumsum()[::-1]
    if at_risk == "gone only":
        at_risk_then = steps["sum"][::-1].cumsum()[::-1].replace(0, np.nan)
    if at_risk == "start":
        return (1 - steps["sum"].cumsum() / len(part)).rename("survival").reset_index()
    survival = (1 - steps["sum"] / at_risk_then).cumprod().ffill()
    return survival.rename("survival").reset_index()


def of_the_package(t: Tables) -> pd.DataFrame:
    table = t.table("watched")
    part = table[table["first_failed"]]
    found = predict.kaplan_meier(part["duration"], part["gone"])
    return found.rename(columns={"time": "duration"})[["duration", "survival"]]


def from_nought(t: Tables) -> pd.DataFrame:
    return pd.concat([pd.DataFrame({"duration": [0], "survival": [1.0]}), staying(t)], ignore_index=True)


declare(
    staying,
    "plot",
    shape="line",
    key=("duration",),
    by_hand="predict.kaplan_meier",
    sections=("survival-idea",),
    supplies={"watched": watched},
    mistakes={
        "went well": {"failed": (False,)},
        "everybody": {"failed": (False, True)},
        "function of the package": of_the_package,
        "from 0": from_nought,
        "censored left out": {"at_risk": "gone only"},
        "all still at risk": {"at_risk": "start"},
        "share gone": then(lambda table: table.assign(survival=1 - table["survival"])),
    },
    facts=lambda t, table: {"half": table.loc[table["duration"] <= 185, "survival"].iloc[-1]},
)

# ---- what those who left had met

BANDS = ["few", "many"]


def met(t: Tables, few: int = 2, orders: bool = False) -> pd.DataFrame:
    each = t.table("year_orders").groupby(["customer_id", "left"])["failed"].agg(["size", "sum"]).reset_index()
    each = each.assign(band=pd.cut(each["size"], [0, few, 10_000], labels=BANDS), any=each["sum"] > 0)
    sums = each.groupby(["left", "band"], observed=True)[["size", "sum", "any"]].agg(["sum", "size"])
    shares = sums["sum"]["sum"] / sums["size"]["sum"] if orders else sums["any"]["sum"] / sums["any"]["size"]
    return pd.DataFrame({"stayed": shares.loc[False], "left": shares.loc[True]}).rename(index=str).rename_axis("band")


def who_left(t: Tables) -> pd.DataFrame:
    each = t.table("year_orders").groupby(["customer_id", "left"])["failed"].agg(["size", "max"]).reset_index()
    each["band"] = pd.cut(each["size"], [0, 2, 10_000], labels=BANDS)
    shares = each.groupby(["max", "band"], observed=True)["left"].mean()
    return pd.DataFrame({"stayed": shares.loc[False], "left": shares.loc[True]}).rename(index=str).rename_axis("band")


declare(
    met,
    "table",
    key=("band",),
    sections=("met-idea",),
    supplies={"year_orders": year_orders},
    mistakes={
        "orders": {"orders": True},
        "one order only": {"few": 1},
        "who left": who_left,
        "exchanged": then(lambda table: table.rename(columns={"left": "stayed", "stayed": "left"})),
    },
    facts=lambda t, table: table.loc["few"].to_dict(),
)

# ---- let down, and silent


def silent(t: Tables) -> pd.DataFrame:
    table = t.table("last_orders")
    kinds = np.select([~table["failed"], table["told"]], ["nothing", "complained"], "silent")
    by = table.assign(met=kinds).groupby("met")["left"]
    return pd.DataFrame({"customers": by.size(), "share": by.mean()})


def among_leavers(t: Tables) -> pd.DataFrame:
    table = t.table("last_orders")
    kinds = np.select([~table["failed"], table["told"]], ["nothing", "complained"], "silent")
    counts = table.assign(met=kinds).groupby("met")["left"].agg(customers="size", share="sum")
    return counts.assign(share=counts["share"] / counts["share"].sum())


declare(
    silent,
    "table",
    key=("met",),
    sections=("silent-idea",),
    supplies={"last_orders": last_orders},
    mistakes={
        "share of the leavers": among_leavers,
        "who stayed": then(lambda table: table.assign(share=1 - table["share"])),
        "silent and complained exchanged": then(
            lambda table: table.rename(index={"silent": "complained", "complained": "silent"})
        ),
    },
    facts=lambda t, table: {"share": table.loc["silent", "share"], "other": table.loc["nothing", "share"]},
)

# ---- how sure that is


def by_the_package(t: Tables) -> pd.DataFrame:
    table = t.table("groups").query("met != 'complained'")
    one = predict.uplift(table["left"], table["met"] == "silent")
    ends = {"gap": [one.value], "low": [one.interval[0]], "high": [one.interval[1]]}
    return pd.DataFrame(ends, index=pd.Index(["silent"], name="met"))


def gap(t: Tables, other: tuple[str, ...] = ("nothing",), width: float = 1.96, pooled: bool = False) -> pd.DataFrame:
    table = t.table("groups")
    left = table["left"].astype(float)
    one, rest = left[table["met"] == "silent"], left[table["met"].isin(other)]
    parts = [part.std() / np.sqrt(len(part)) for part in (one, rest)]
    error = sum(parts) if pooled else np.hypot(*parts)
    value = one.mean() - rest.mean()
    ends = {"gap": [value], "low": [value - width * error], "high": [value + width * error]}
    return pd.DataFrame(ends, index=pd.Index(["silent"], name="met"))


declare(
    gap,
    "table",
    key=("met",),
    sections=("silent-idea",),
    supplies={"groups": groups},
    mistakes={
        "all others": {"other": ("nothing", "complained")},
        "one standard error": {"width": 1.0},
        "errors added": {"pooled": True},
        "Student's t": by_the_package,
        "turned round": then(lambda table: -table.rename(columns={"low": "high", "high": "low"})),
    },
    facts=lambda t, table: (100 * table.loc["silent"]).to_dict(),
)

# ---- what is done with each


def handled(
    t: Tables, cost: float = 8.0, mend_first: bool = True, saved: float = 0.1, leaves: str = "chance"
) -> pd.DataFrame:
    people = t.table("groups").set_index("customer_id")
    limit = people[leaves] * saved * people["value"]
    rules = [people["met"] != "nothing", limit > cost], ["mend", "offer"]
    conditions, names = rules if mend_first else (rules[0][::-1], rules[1][::-1])
    return pd.DataFrame({"action": np.select(conditions, names, "let_go")}, people.index)


def silent_only(t: Tables) -> pd.DataFrame:
    complained = t.table("groups").set_index("customer_id")["met"] == "complained"
    people = t.table("groups").set_index("customer_id")
    limit = people["chance"] * 0.1 * people["value"]
    instead = pd.Series(np.where(limit > 8, "offer", "let_go"), people.index)
    return handled(t).assign(action=lambda table: table["action"].mask(complained, instead))


declare(
    handled,
    "table",
    key=("customer_id",),
    sections=("worth-idea",),
    supplies={"groups": groups},
    mistakes={
        "offer first": {"mend_first": False},
        "everything kept": {"saved": 1.0},
        "no cost": {"cost": 0.0},
        "offer of the chapter": {"cost": 10.0},
        "hindsight": {"leaves": "left"},
        "only the silent": silent_only,
    },
    facts=lambda t, table: table["action"].value_counts().reindex(["mend", "offer", "let_go"], fill_value=0).to_dict(),
)

# ---- with the same mix of orders


def same_mix(t: Tables, weights: str = "all") -> float:
    table = t.table("mix")
    if weights == "none":
        plain = table.groupby("trouble")["left"].mean()
        return float(plain[True] - plain[False])
    shares = table.groupby(["trouble", "band"])["left"].mean()
    of = {"all": table, "trouble": table[table["trouble"]]}.get(weights, table.drop_duplicates("band"))
    share = of["band"].value_counts() / len(of)
    return float(((shares.loc[True] - shares.loc[False]) * share).sum())


def trouble_of_leavers(t: Tables) -> float:
    """Who met trouble, of those who left, in place of who left."""
    table = t.table("mix")
    shares = table.groupby(["left", "band"])["trouble"].mean()
    return float(((shares.loc[True] - shares.loc[False]) * table["band"].value_counts() / len(table)).sum())


declare(
    same_mix,
    "number",
    sections=("met-idea",),
    supplies={"mix": mix},
    mistakes={
        "plain gap": {"weights": "none"},
        "who met trouble": trouble_of_leavers,
        "equal weights": {"weights": "equal"},
        "weights of those with trouble": {"weights": "trouble"},
        "turned round": then(lambda gap: -gap),
        "percent": then(lambda gap: 100 * gap),
    },
    facts=lambda t, value: {"gap": 100 * value, "plain": 100 * same_mix(t, "none")},
)
