"""What models of leaving find in one world, under the keys of the truth: honest ones, and ones with a classic leak.

Private customers who ordered within the year before a day are asked: who orders nothing in the half-year after it?
"""

from functools import cache

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from .lifetime_measures import private_orders

AHEAD, YEAR = pd.Timedelta(184, "D"), pd.Timedelta(365, "D")
LEARNT, JUDGED = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-07-01")
MONTHS = pd.date_range("2024-07-01", JUDGED, freq="MS")


def known(world, day, customers=None):
    """What the tables said of each customer on this day: of those who had ordered within a year, or of these."""
    orders = private_orders(world)
    past = orders[orders["ordered_at"] < day]
    year = past[past["ordered_at"] >= day - YEAR].groupby("customer_id")
    moments = past.groupby("customer_id")["ordered_at"].agg(["min", "max"])
    failed = world.failures[["order_id"]].merge(world.orders[["order_id", "customer_id", "delivered_at"]])
    complaints = world.tickets[world.tickets["complaint"] & (world.tickets["opened_at"] < day)]
    table = pd.DataFrame(
        {
            "recency": np.log1p((day - moments["max"]).dt.days),
            "tenure": np.log1p((day - moments["min"]).dt.days),
            "orders": np.log1p(year.size()),
            "spend": np.log1p(year["revenue"].mean()),
            "promotion": year["promotion"].mean(),
            "failures": failed.loc[failed["delivered_at"] < day, "customer_id"].value_counts(),
            "complaints": complaints["customer_id"].value_counts(),
        }
    )
    return table.reindex(year.size().index if customers is None else customers).fillna(0.0)


@cache
def snapshot(world, day):
    """Features known on this day, and who then ordered nothing in the half-year after it."""
    features, orders = known(world, day), private_orders(world)
    ahead = orders[(orders["ordered_at"] >= day) & (orders["ordered_at"] < day + AHEAD)]
    return features, ~features.index.isin(ahead["customer_id"])


def regression():
    return make_pipeline(StandardScaler(), LogisticRegression(C=np.inf))


def boosting(leaves):
    return HistGradientBoostingClassifier(max_leaf_nodes=leaves, learning_rate=0.1, max_iter=50, random_state=0)


def auc(model, learnt, judged):
    """Area under the ROC curve on `judged` of a model that learns from `learnt`; both are (features, left)."""
    with threadpool_limits(1):  # threads cost more than they bring on so few rows
        return roc_auc_score(judged[1], model.fit(*learnt).predict_proba(judged[0])[:, 1])


def after(world, day):
    """The leak of features from after the day: the same figures, read at the end of the half-year."""
    features, left = snapshot(world, day)
    return known(world, day + AHEAD, features.index), left


def profile(world, day):
    """The leak of a table as it stands today: when the customer was last seen, and whether the account is open."""
    features, left = snapshot(world, day)
    today = world.customers.set_index("customer_id").reindex(features.index)
    visit = np.log1p((world.today - today["last_visit_at"]).dt.days)
    return features.assign(visit=visit, account_open=today["account_open"].astype(float)), left


@cache
def monthly(world):
    """Snapshots of all months one below the other, with what never changes of a customer: day and ¥ of the first order.

    Returns the features, who left, the customer, and the month of each row.
    """
    parts = [snapshot(world, day) for day in MONTHS]
    features = pd.concat([features for features, _ in parts])
    customer, month = features.index, MONTHS.repeat([len(left) for _, left in parts])
    first = private_orders(world).sort_values("ordered_at").drop_duplicates("customer_id").set_index("customer_id")
    day = (first["ordered_at"] - pd.Timestamp("2024-01-01")) / pd.Timedelta(1, "D")
    features = features.assign(first_day=day.reindex(customer), first_spend=first["revenue"].reindex(customer))
    return features, np.concatenate([left for _, left in parts]), customer, month


def split(world, learnt, judged):
    """AUC of large trees on these rows of the monthly snapshots."""
    features, left, _, _ = monthly(world)
    return auc(boosting(31), (features[learnt], left[learnt]), (features[judged], left[judged]))


def random_split(world):
    """The leak of a random split: a customer's rows, whose half-years overlap, stand on both sides of it."""
    test = np.random.default_rng(0).random(len(monthly(world)[1])) < 0.3
    return split(world, ~test, test)


def split_in_time(world):
    """The same model on the same rows, but learning only from half-years that had ended by the day it is judged."""
    month = monthly(world)[3]
    return split(world, month <= LEARNT, month == JUDGED)


def target(world, day):
    """The leak of a column made from the target: how often the customer left, over all months."""
    _, left, customer, _ = monthly(world)
    features, gone = snapshot(world, day)
    return features.assign(share=pd.Series(left).groupby(customer).mean().reindex(features.index)), gone


def measure(world):
    """All of it, under the keys of the truth."""
    found = {"left": snapshot(world, JUDGED)[1].mean()}
    for name, rows in (("auc", snapshot), ("leak_after", after), ("leak_today", profile), ("leak_target", target)):
        found[name] = auc(regression(), rows(world, LEARNT), rows(world, JUDGED))
    found["auc_boosting"] = auc(boosting(8), snapshot(world, LEARNT), snapshot(world, JUDGED))
    return found | {"split_in_time": split_in_time(world), "leak_random_split": random_split(world)}
