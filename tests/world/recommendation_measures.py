"""How often a list of ten products holds what is bought next, in one world, under the keys of the truth.

What was ordered before the split makes the lists; what was ordered after it judges them. Cancelled orders are left out.
"""

from functools import cache

import numpy as np
import pandas as pd

SPLIT = pd.Timestamp("2025-10-01")
LENGTH, SHRUNK = 10, 50


@cache
def bought(world):
    """Every line of an order, by time: customer, order, and number of the product; before the split, and after it."""
    orders = world.orders.loc[world.orders["status"] != "cancelled", ["order_id", "customer_id", "ordered_at"]]
    lines = world.order_lines.merge(orders, on="order_id").sort_values("ordered_at", kind="stable")
    lines["product"] = pd.Index(world.products["product_id"]).get_indexer(lines["product_id"])
    return lines[lines["ordered_at"] < SPLIT], lines[lines["ordered_at"] >= SPLIT]


def held(lines, key, products):
    """Which products each customer (or order) holds, one row each; and the names of the rows."""
    row, names = pd.factorize(lines[key])
    table = np.zeros((len(names), products), dtype="float32")
    table[row, lines["product"]] = 1
    return table, pd.Index(names)


def item_to_item(table):
    """P(other | product), from rows that hold both, as if so many more rows had bought at random; (product, other)."""
    together = table.T @ table
    count = np.diag(together).copy()
    chance = (together + SHRUNK * count / len(table)) / (count[:, None] + SHRUNK)
    np.fill_diagonal(chance, 0)
    return chance


def judge(popular, score, truth):
    """Share of rows in whose ten best something is that was bought, by both; share of the products in any list."""

    def best(values):
        return np.argpartition(-values, LENGTH, axis=1)[:, :LENGTH]

    def hit_rate(lists):
        return float(np.take_along_axis(truth, lists, axis=1).max(axis=1).mean())

    lists = best(score)
    ours = {"hit_rate": hit_rate(lists), "coverage": len(np.unique(lists)) / truth.shape[1]}
    return {"popularity": {"hit_rate": hit_rate(best(popular))}, "item_to_item": ours}


def next_order(world):
    """Lists for each customer known before the split, judged by the first order after it."""
    (past, later), products = bought(world), len(world.products)
    tastes, known = held(past, "customer_id", products)
    first = later[later["order_id"] == later.groupby("customer_id")["order_id"].transform("first")]
    truth, judged = held(first[first["customer_id"].isin(known)], "customer_id", products)
    popular = np.tile(held(past, "order_id", products)[0].sum(axis=0), (len(judged), 1))
    score = tastes[known.get_indexer(judged)] @ item_to_item(tastes)
    return judge(popular, score, truth)


def same_order(world):
    """Lists for each product of an order after the split, judged by what else is in that order."""
    (past, later), products = bought(world), len(world.products)
    orders, later = held(past, "order_id", products)[0], held(later, "order_id", products)[0]
    order, product = np.nonzero(later * (later.sum(axis=1, keepdims=True) > 1))
    truth = later[order]
    truth[np.arange(len(order)), product] = 0
    popular = np.tile(orders.sum(axis=0), (len(order), 1))
    popular[np.arange(len(order)), product] = 0
    return judge(popular, item_to_item(orders)[product], truth)


def measure(world):
    """All of it, nested as in the truth."""
    return {"next_order": next_order(world), "same_order": same_order(world)}
