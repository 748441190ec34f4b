"""Lab 07a: what was known, a leak, a pipeline judged later, calibration, lift, money, and who gets an offer."""

from __future__ import annotations

import pandas as pd
from sklearn.metrics import roc_auc_score

from crm_lab import predict
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, sorted_into, then
from crm_lab.exercises.ch07._supplied import forecasts, judge, learn, private_orders, ranking

DAY = pd.Timestamp("2025-04-01")

# ---- what was known on the day


def known(
    t: Tables, day: pd.Timestamp = DAY, window: int = 365, until: pd.Timestamp = DAY, whole_days: bool = True
) -> pd.DataFrame:
    orders = t.table("private_orders")
    past = orders[orders["ordered_at"] < until]
    moments = past["ordered_at"].dt.normalize() if whole_days else past["ordered_at"]
    ago = (day - moments).dt.days
    return ago[ago <= window].groupby(past["customer_id"]).agg(recency_days="min", orders="size")


def hours_in_the_window(t: Tables) -> pd.DataFrame:
    """The right customers, their days cut off to whole 24 hours."""
    return known(t).assign(recency_days=known(t, whole_days=False)["recency_days"])


def all_their_orders(t: Tables) -> pd.DataFrame:
    return known(t).assign(orders=known(t, window=10_000)["orders"])


declare(
    known,
    "table",
    key=("customer_id",),
    by_hand="predict.features",
    sections=("calendar-idea",),
    supplies={"private_orders": private_orders},
    mistakes={
        "later orders": lambda t: known(t, until=t.today),
        "the day itself": {"until": DAY + pd.Timedelta(days=1)},
        "all the past": {"window": 10_000},
        "hours": {"whole_days": False},
        "hours in the window": hours_in_the_window,
        "orders of all the past": all_their_orders,
        "last day left out": {"until": DAY - pd.Timedelta(days=1)},
        "until today": lambda t: known(t, day=t.today, window=365 + (t.today - DAY).days),
    },
    facts=lambda t, table: {"n": len(table), "days": table["recency_days"].median()},
)

# ---- a leak found

COLUMNS = {"known": ("channel", "product_views", "source", "started_at"), "leak": ("minutes", "order_id", "pages")}


def leaks(t: Tables, **taken: str) -> dict[str, str]:
    return sorted_into(COLUMNS, **taken)


def only(*leaking: str) -> dict[str, str]:
    return {column: "leak" if column in leaking else "known" for group in COLUMNS.values() for column in group}


declare(
    leaks,
    "choice",
    options=("known", "leak"),
    sections=("intention-idea",),
    transfers=False,
    mistakes={
        "order number only": lambda t: only("order_id"),
        "product views too": lambda t: only("order_id", "pages", "minutes", "product_views"),
    },
)

# ---- a pipeline, judged later


def ranked(t: Tables, learnt: str = "learn", judged: str = "judge", classes: bool = False, tamed: bool = True) -> float:
    before, after = (t.table(name).set_index("customer_id") for name in (learnt, judged))
    model = predict.leaving_model() if tamed else predict.leaving_model()[1:]
    model.fit(before.drop(columns="left"), before["left"])
    features = after.drop(columns="left")
    score = model.predict(features) if classes else model.predict_proba(features)[:, 1]
    return float(roc_auc_score(after["left"], score))


def share_right(t: Tables) -> float:
    """How often yes or no is right."""
    before, after = (t.table(name).set_index("customer_id") for name in ("learn", "judge"))
    model = predict.leaving_model().fit(before.drop(columns="left"), before["left"])
    return float(model.score(after.drop(columns="left"), after["left"]))


declare(
    ranked,
    "number",
    sections=("pipeline-idea",),
    supplies={"learn": learn, "judge": judge},
    tolerance=1e-3,
    mistakes={
        "judged on what it learnt": {"judged": "learn"},
        "learnt on what it is judged on": {"learnt": "judge"},
        "classes": {"classes": True},
        "no logarithm": {"tamed": False},
        "share right": share_right,
        "left among the features": then(lambda auc: 1.0),
        "chance of staying": then(lambda auc: 1 - auc),
    },
    facts=lambda t, auc: {"auc": auc},
)

# ---- calibration


GROUPS = ["lowest", "low", "middle", "high", "highest"]


def calibrated(t: Tables, by: str = "chance") -> pd.DataFrame:
    table = t.table("forecasts")
    group = pd.qcut(table[by].rank(method="first") if by != "chance" else table[by], 5, labels=GROUPS).rename("group")
    return table.groupby(group, observed=True).agg(expected=("chance", "mean"), observed=("left", "mean"))


def _beside(gap: float) -> dict[str, object]:
    return {"gap": 100 * abs(gap), "form": "above" if gap > 0 else "below"}


def equal_width(t: Tables) -> pd.DataFrame:
    table = t.table("forecasts")
    group = pd.cut(table["chance"], 5, labels=GROUPS).rename("group")
    return table.groupby(group, observed=True).agg(expected=("chance", "mean"), observed=("left", "mean"))


declare(
    calibrated,
    "table",
    key=("group",),
    by_hand="predict.calibration",
    sections=("calibration-idea",),
    supplies={"forecasts": forecasts},
    mistakes={
        "by value": {"by": "value"},
        "equal width": equal_width,
        "exchanged": then(lambda table: table.rename(columns={"expected": "observed", "observed": "expected"})),
        "share who stayed": then(lambda table: table.assign(observed=1 - table["observed"])),
    },
    facts=lambda t, table: _beside((table["expected"] - table["observed"]).mean()),
)

# ---- lift by fifth

FIFTHS = ["top", "upper", "middle", "lower", "bottom"]


def lift(t: Tables, names: tuple[str, ...] = tuple(FIFTHS), of: str = "leavers") -> pd.DataFrame:
    table = t.table("ranking")
    fifth = pd.qcut(table["place"], 5, labels=list(names)).rename("fifth")
    found = table.groupby(fifth, observed=True)["left"].agg(["sum", "mean"]).reindex(FIFTHS)
    gain = found["sum"].cumsum() / (found["sum"].sum() if of == "leavers" else len(table))
    return pd.DataFrame({"lift": found["mean"] / table["left"].mean(), "gain": gain}).rename_axis("fifth")


def lift_so_far(t: Tables) -> pd.DataFrame:
    found = lift(t)
    return found.assign(lift=found["gain"] / (pd.Series(range(1, 6), FIFTHS) / 5))


def share_left(t: Tables) -> pd.DataFrame:
    return lift(t).assign(lift=lambda table: table["lift"] * t.table("ranking")["left"].mean())


declare(
    lift,
    "table",
    key=("fifth",),
    sections=("lift-idea",),
    supplies={"ranking": ranking},
    mistakes={
        "from the bottom": {"names": tuple(FIFTHS[::-1])},
        "share of the list": {"of": "customers"},
        "share who left": share_left,
        "lift so far": lift_so_far,
        "not added up": then(lambda table: table.assign(gain=table["gain"].diff().fillna(table["gain"]))),
    },
    facts=lambda t, table: {"first": table.loc["top", "lift"], "two": table.loc["upper", "gain"]},
)

# ---- the threshold that money sets


def curve(t: Tables, saved: float = 0.2, cost: float = 5.0, value: bool = True, leaves: str = "left") -> pd.DataFrame:
    table = t.table("forecasts")
    worth = table["value"] if value else table["value"].mean()
    each = (table[leaves].astype(float) if leaves else table["chance"] * 0 + 1) * saved * worth - cost
    steps = [step / 10 for step in range(10)]
    profit = [each[table["chance"] >= step].sum() for step in steps]
    return pd.DataFrame({"threshold": steps, "profit": profit})


def costs_of_leavers(t: Tables) -> pd.DataFrame:
    table = t.table("forecasts")
    each = table["left"] * (0.2 * table["value"] - 5)
    return curve(t).assign(profit=lambda c: [each[table["chance"] >= step].sum() for step in c["threshold"]])


def below(t: Tables) -> pd.DataFrame:
    table = curve(t)
    return table.assign(profit=table["profit"].iloc[0] - table["profit"])


declare(
    curve,
    "plot",
    shape="line",
    key=("threshold",),
    by_hand="predict.profit_curve",
    sections=("money-idea",),
    supplies={"forecasts": forecasts},
    mistakes={
        "everything saved": {"saved": 1.0},
        "no cost": {"cost": 0.0},
        "cost of leavers only": costs_of_leavers,
        "below the threshold": below,
        "mean value": {"value": False},
        "forecast": {"leaves": "chance"},
        "everybody leaves": {"leaves": ""},
        "offer of the chapter": {"saved": 0.1, "cost": 10.0},
    },
    facts=lambda t, table: {"best": table["profit"].max(), "at": table.loc[table["profit"].idxmax(), "threshold"]},
)

# ---- who is worth an offer


def offers(t: Tables, saved: float = 0.1, cost: float = 8.0, chance: str = "chance") -> pd.DataFrame:
    table = t.table("forecasts").set_index("customer_id")
    gain = table[chance].astype(float) * saved * table["value"] - cost
    return gain[gain > 0].rename("gain").to_frame()


def likely(t: Tables) -> pd.DataFrame:
    table = t.table("forecasts").set_index("customer_id")
    return (table["chance"] * 0.1 * table["value"] - 8)[table["chance"] > 0.8].rename("gain").to_frame()


declare(
    offers,
    "table",
    key=("customer_id",),
    sections=("worth-idea", "money-idea"),
    supplies={"forecasts": forecasts},
    mistakes={
        "hindsight": {"chance": "left"},
        "everything saved": {"saved": 1.0},
        "no cost": {"cost": 0.0},
        "the likely ones": likely,
        "before the cost": then(lambda table: table + 8),
        "offer of the chapter": {"cost": 10.0},
    },
    facts=lambda t, table: {"n": len(table), "gain": table["gain"].sum()},
)

# ---- what an offer must keep


def must_keep(t: Tables, listed: bool = True, worth: str = "left") -> float:
    table = t.table("forecasts")
    mine = table[table["chance"] * 0.1 * table["value"] > 8] if listed else table
    return float(8 * len(mine) / (mine[worth].astype(float) * mine["value"]).sum())


def of_all_on_it(t: Tables) -> float:
    table = t.table("forecasts")
    mine = table[table["chance"] * 0.1 * table["value"] > 8]
    return float(8 * len(mine) / mine["value"].sum())


def leavers_only(t: Tables) -> float:
    table = t.table("forecasts")
    mine = table[(table["chance"] * 0.1 * table["value"] > 8) & table["left"]]
    return float(8 * len(mine) / mine["value"].sum())


declare(
    must_keep,
    "number",
    sections=("worth-idea", "money-idea"),
    supplies={"forecasts": forecasts},
    mistakes={
        "everybody": {"listed": False},
        "forecast": {"worth": "chance"},
        "those who stayed too": of_all_on_it,
        "cost of leavers only": leavers_only,
        "percent": then(lambda share: 100 * share),
    },
    facts=lambda t, share: {"share": share},
)
