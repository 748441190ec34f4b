"""What the lessons on lifetime value find in one world, under the keys of the truth.

Private customers; every order counts that was not cancelled; time in weeks.
"""

from functools import cache

import pandas as pd

from crm_lab.lifetime import fit_bg_nbd, fit_gamma_gamma, purchase_history
from crm_lab.world._clock import Clock
from crm_lab.world.parameters import Parameters

YEARS = {"one_year": "2025-01-01", "two_years": "2026-01-01"}
SPLIT = pd.Timestamp("2025-01-01")
AHEAD = {"26_weeks": 26, "52_weeks": 52}


@cache
def private_orders(world):
    """Orders of private customers that were not cancelled."""
    private = world.customers.loc[world.customers["kind"] == "consumer", "customer_id"]
    orders = world.orders[world.orders["customer_id"].isin(private) & (world.orders["status"] != "cancelled")]
    return orders[["customer_id", "order_id", "ordered_at", "revenue", "margin", "promotion"]]


@cache
def fitted(world, until):
    """Purchase histories up to this day, and the two models fitted on them."""
    orders = private_orders(world)
    history = purchase_history(orders[orders["ordered_at"] < until], until)
    repeated = history[history["frequency"] > 0]
    purchases = fit_bg_nbd(history["frequency"], history["recency"], history["T"])
    return history, purchases, fit_gamma_gamma(repeated["frequency"], repeated["monetary"])


def models(world):
    """BG/NBD and Gamma-Gamma at one and at two years, the mean chance of being there; BG/NBD in business time."""
    found = {}
    for name, until in YEARS.items():
        history, purchases, spend = fitted(world, pd.Timestamp(until))
        figures = {key: getattr(purchases, key) for key in ("r", "alpha", "a", "b")}
        figures |= {key: getattr(spend, key) for key in ("p", "q", "gamma")}
        alive = purchases.p_alive(history["frequency"], history["recency"], history["T"])
        found[name] = figures | {"p_alive": alive.mean()}
        _, steady = in_season(world, pd.Timestamp(until))
        found[f"{name}_in_season"] = {key: getattr(steady, key) for key in ("r", "alpha", "a", "b")}
    return found


@cache
def in_season(world, until):
    """Purchase histories with time in weeks of business time, in which no season is busier, and BG/NBD on them."""
    clock, orders = Clock(Parameters()), private_orders(world)
    day = (orders["ordered_at"].dt.normalize() - clock.days[0]).dt.days
    days = orders[["customer_id"]].assign(day=day)[orders["ordered_at"] < until].drop_duplicates()
    now = clock.business((until - clock.days[0]).days)
    ends = pd.Series(clock.business(days["day"] + 0.5), days.index).groupby(days["customer_id"]).agg(["min", "max"])
    repeats = days.groupby("customer_id").size() - 1
    recency = (ends["max"] - ends["min"]).where(repeats > 0, 0.0)
    history = pd.DataFrame({"frequency": repeats, "recency": recency, "T": now - ends["min"]})
    return history, fit_bg_nbd(history["frequency"], history["recency"], history["T"])


def in_season_ahead(weeks):
    """How much business time the weeks after the split hold."""
    clock = Clock(Parameters())
    begin = (SPLIT - clock.days[0]).days
    return clock.business(begin + 7 * weeks) - clock.business(begin)


def holdout(world):
    """Fitted on the first year, forecast of the next weeks: expected over made, error, and that of going on as before.

    purchases  days with a purchase expected of all customers, over those that came
    error      mean absolute error a customer, over the mean purchases a customer
    in_season  purchases expected by BG/NBD fitted in business time, over those made
    as_before  the same two of the plain forecast: each customer repeats the first year's repeat purchases
    spend      amount expected of the purchases that came, over their amount (customers with a repeat purchase)
    """
    history, purchases, spend = fitted(world, SPLIT)
    x, t_x, end = history["frequency"], history["recency"], history["T"]
    expected_amount = spend.expected_spend(x[x > 0], history["monetary"][x > 0])
    found = {}
    for name, weeks in AHEAD.items():
        made, amount = following(world, history.index, weeks)
        expected = purchases.expected_purchases(weeks, x, t_x, end)
        plain = x * weeks / 52
        found[name] = {
            "purchases": expected.sum() / made.sum(),
            "purchases_in_season": steady_expected(world, weeks) / made.sum(),
            "error": (expected - made).abs().sum() / made.sum(),
            "purchases_as_before": plain.sum() / made.sum(),
            "error_as_before": (plain - made).abs().sum() / made.sum(),
            "spend": (expected_amount * made[x > 0]).sum() / amount[x > 0].sum(),
        }
    return found


def steady_expected(world, weeks):
    """Purchases of all customers in the weeks after the split, expected in business time."""
    history, model = in_season(world, SPLIT)
    return model.expected_purchases(
        in_season_ahead(weeks), history["frequency"], history["recency"], history["T"]
    ).sum()


def following(world, customers, weeks):
    """Days with a purchase, and their amount in ¥, of each customer in the weeks after the split."""
    orders = private_orders(world)
    days = (orders["ordered_at"] - SPLIT).dt.days
    ahead = orders[(days >= 0) & (days < 7 * weeks)].assign(day=days)
    made = ahead.drop_duplicates(["customer_id", "day"]).groupby("customer_id").size()
    amount = ahead.groupby("customer_id")["revenue"].sum()
    return made.reindex(customers, fill_value=0), amount.reindex(customers, fill_value=0)


def retention(world):
    """By quarter of the first purchase: share of these customers who ordered 1, 2 … quarters later."""
    orders = private_orders(world)
    quarter = 4 * (orders["ordered_at"].dt.year - 2024) + orders["ordered_at"].dt.quarter - 1
    table = pd.DataFrame({"customer": orders["customer_id"], "quarter": quarter}).drop_duplicates()
    table["cohort"] = table.groupby("customer")["quarter"].transform("min")
    triangle = pd.crosstab(table["cohort"], table["quarter"] - table["cohort"])
    shares = triangle.div(triangle[0], axis=0)
    return {f"{2024 + cohort // 4}Q{cohort % 4 + 1}": tuple(shares.loc[cohort, 1 : 7 - cohort]) for cohort in range(7)}


def measure(world):
    """All of it, nested as in the truth."""
    return {"fitted": models(world), "holdout": holdout(world), "retention": retention(world)}
