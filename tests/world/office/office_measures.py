"""What a lesson finds in one world about moves and closed accounts, under the keys of the truth."""

import pandas as pd


def exits(world):
    """Closed accounts whose owner says why, with: last order failed (bool), style of the owner."""
    closed = world.account_changes.query("change == 'closed'").dropna(subset="reason")
    last = world.orders.sort_values(["ordered_at", "order_id"]).drop_duplicates("customer_id", keep="last")
    failed = last.loc[last["order_id"].isin(world.failures["order_id"]), "customer_id"]
    return closed.assign(failed=closed["customer_id"].isin(failed)).join(
        world.truth.customers[["style"]], on="customer_id"
    )


def changes(world):
    told = exits(world)
    bad, price = told["reason"] == "bad_service", told["reason"] == "price"
    transactional = told["style"] == "transactional"
    return {
        "moved": (world.account_changes["change"] == "moved").sum() / len(world.customers),
        "bad_service_after_failure": bad[told["failed"]].mean(),
        "bad_service_otherwise": bad[~told["failed"]].mean(),
        "price_transactional": price[transactional].mean(),
        "price_others": price[~transactional].mean(),
    }


def region_then(world):
    """Region of each customer at the time of each order: that before a move, where the order came before it."""
    moved = world.account_changes.query("change == 'moved'").set_index("customer_id")
    orders = world.orders.join(world.customers.set_index("customer_id")["region"], on="customer_id")
    before = orders["ordered_at"] < orders["customer_id"].map(moved["changed_at"])
    return orders["region"].mask(before, orders["customer_id"].map(moved["region_before"])), orders["region"]


def measure(world):
    return {"changes": changes(world)}


def door_counts(world):
    return pd.crosstab(world.events["matter"], world.events["door"])
