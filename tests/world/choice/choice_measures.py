"""What a lesson's standard method finds about products, prices and types in one world, under the keys of the truth."""

from functools import cache

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.linear_model import PoissonRegressor
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from crm_lab.world._choice.products import thing_numbers
from crm_lab.world._clock import Clock
from crm_lab.world._market.prices import daily_prices
from crm_lab.world.parameters import Parameters

MOST_ACTIVE = 5  # orders from which a customer's habits show
DAYS = pd.date_range("2024-01-01", "2026-01-01", inclusive="left")
MODELS = 3  # materials of each thing


@cache
def lines_with_orders(world):
    """Every order line with its order, its product's number and thing, and the behaviour and style of the customer."""
    columns = ["order_id", "customer_id", "ordered_at", "channel", "promotion"]
    lines = world.order_lines.merge(world.orders[columns], on="order_id")
    lines["product"] = pd.Index(world.products["product_id"]).get_indexer(lines["product_id"])
    traits = world.truth.customers[["behaviour", "style", "kind"]]
    return lines.assign(thing=lines["product"] // MODELS).join(traits, on="customer_id")


@cache
def log_prices(world):
    """Log of list price over usual list price, mean of each week, (weeks, products)."""
    daily = daily_prices(world.prices, world.products, DAYS)
    return pd.DataFrame(np.log(daily / np.median(daily, axis=0))).groupby(np.arange(len(DAYS)) // 7).mean().to_numpy()


def elasticity(world, lines):
    """Slope of log demand in log price: a Poisson regression of lines a product and week, at usual demand and price."""
    ratio = log_prices(world)
    counts = np.zeros(ratio.shape)
    np.add.at(counts, ((lines["ordered_at"] - DAYS[0]).dt.days // 7, lines["product"]), 1)
    usual = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    seen = usual > 0
    model = PoissonRegressor(alpha=0, solver="newton-cholesky").fit(
        ratio[seen][:, None], (counts[seen] / usual[seen]), sample_weight=usual[seen]
    )
    return -model.coef_[0]


def elasticities(world):
    """Of all customers and by style."""
    lines = lines_with_orders(world)
    own = {style: elasticity(world, part) for style, part in lines.groupby("style")}
    return {"all": elasticity(world, lines), **own}


def promotion_basket(world):
    """Value at list prices of an order at a promotion price, compared with others of the same customer."""
    orders = world.orders.assign(value=np.log(world.orders["revenue"]))
    orders.loc[orders["promotion"], "value"] -= np.log(Parameters().promotion_price)
    own = orders.groupby("customer_id")[["value", "promotion"]]
    within = orders[["value", "promotion"]].astype(float) - own.transform("mean").astype(float)
    return float(np.exp((within["value"] * within["promotion"]).sum() / (within["promotion"] ** 2).sum()))


def festival(world):
    """Orders on a festival day compared with a usual day of the same month and weekday."""
    clock = Clock(Parameters())
    day = (world.orders["ordered_at"].dt.normalize() - clock.days[0]).dt.days
    counts = pd.Series(np.bincount(day, minlength=len(clock.days)), index=clock.days)
    parts = {"month": clock.days.month, "weekday": clock.days.day_of_week}
    features = pd.get_dummies(pd.DataFrame(parts, index=clock.days), columns=list(parts)).assign(f=clock.festival)
    # the number of customers grows through the two years
    features["year"] = np.arange(len(clock.days)) / 365
    model = PoissonRegressor(alpha=0, max_iter=1000).fit(features.astype(float), counts)
    return float(np.exp(model.coef_[features.columns.get_loc("f")]))


def lifts(world):
    """Mean lift of things bought in one order: planted pairs, pairs of one type's categories, all other pairs."""
    lines = lines_with_orders(world)
    orders = pd.factorize(lines["order_id"])[0]
    basket = np.zeros((orders.max() + 1, len(thing_numbers())), dtype="float32")
    basket[orders, lines["thing"]] = 1
    together = basket.T @ basket / len(basket)
    single = np.diag(together)
    lift = together / np.outer(single, single)
    planted, liked = _kinds_of_pairs(world)
    upper = np.triu(np.ones_like(lift, dtype=bool), 1)
    return {
        "planted": lift[planted & upper].mean(),
        "same_type": lift[liked & ~planted & upper].mean(),
        "other": lift[~liked & ~planted & upper].mean(),
        "planted_support": together[planted & upper].mean(),
    }


def _kinds_of_pairs(world):
    number, choice = thing_numbers(), world.truth.structural["choice"]
    planted = np.zeros((len(number), len(number)), dtype=bool)
    for one, other in choice["pairs"]:
        planted[number[tuple(one)], number[tuple(other)]] = planted[number[tuple(other)], number[tuple(one)]] = True
    kind = np.full(len(number), -1)
    for place, behaviour in enumerate(choice["behaviours"].values()):
        kind[[n for (category, _), n in number.items() if category in behaviour["favourites"]]] = place
    return planted, kind[:, None] == kind


def habits(world):
    """Shares of categories and channels, lines an order, late orders, of each private customer with enough orders."""
    lines = lines_with_orders(world)
    lines = lines[lines["kind"].isin(["consumer", "employee"])]
    lines["category"] = world.products["category"].to_numpy()[lines["product"]]
    orders = lines.drop_duplicates("order_id")
    counts = orders["customer_id"].value_counts()
    customers = counts.index[counts >= MOST_ACTIVE]
    features = pd.concat(
        [
            pd.crosstab(lines["customer_id"], lines["category"], normalize="index"),
            pd.crosstab(orders["customer_id"], orders["channel"], normalize="index"),
            lines.groupby("customer_id").size().div(counts).rename("lines"),
            (orders["ordered_at"].dt.hour >= 19).groupby(orders["customer_id"]).mean().rename("late"),
        ],
        axis=1,
    )
    return features.loc[customers]


def types_found(world):
    """Adjusted Rand index of k-means with four clusters on standardised habits against the hidden types."""
    features = habits(world)
    with threadpool_limits(1):  # threads cost more than they bring on so few rows
        found = KMeans(4, n_init=10, random_state=0).fit_predict(StandardScaler().fit_transform(features))
    return adjusted_rand_score(world.truth.customers.loc[features.index, "behaviour"], found)


@cache
def measure(world):
    """All of it, nested as in the truth."""
    return {
        "elasticity": elasticities(world),
        "promotion_basket": promotion_basket(world),
        "festival": festival(world),
        "lift": lifts(world),
        "types_rand_index": types_found(world),
    }
