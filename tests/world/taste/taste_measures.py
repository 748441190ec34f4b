"""What a lesson finds in one world about roles, designs, favourites and views, under the keys of the truth."""

from functools import cache

import numpy as np
import pandas as pd

from ..contact.contact_measures import fitted

AHEAD = pd.Timedelta("7D")
HALF_LIFE = 90.0  # days, of the recency weights
SHELF = 10


@cache
def roles(world):
    """order_roles with the behavioural type of the customer, and how many roles are played by others than the buyer."""
    table = world.order_roles.merge(world.orders[["order_id", "customer_id"]], on="order_id")
    others = ["initiator", "influencer", "decider", "user"]
    hidden = table[others].ne(table["buyer"], axis=0).sum(axis=1)
    return table.assign(hidden=hidden).join(world.truth.customers[["behaviour", "kind"]], on="customer_id")


def who_buys_for_whom(world):
    table = roles(world)
    private = table[table["occasion"] != "company"]
    giver = private["behaviour"] == "gift_giver"
    gift = private["occasion"] == "gift"
    return {
        "gift_givers": gift[giver].mean(),
        "others": gift[~giver].mean(),
        "hidden": table.groupby("occasion")["hidden"].mean().to_dict(),
        "not_for_the_buyer": (table["user"] != table["buyer"]).mean(),
    }


@cache
def design_model(world):
    """Logistic regression of ordering on price (10 ¥) and days: coefficients and z values."""
    designs = world.configurations
    features = pd.DataFrame({"by_price": designs["price"] / 10, "by_day": designs["days_promised"].astype(float)})
    return fitted(features, designs["ordered"])[:2]


def designs(world):
    table = world.configurations.join(world.truth.customers["behaviour"], on="customer_id")
    chosen = table.groupby("behaviour")
    return {
        **design_model(world)[0].to_dict(),
        "monogram": chosen["monogram"].mean().to_dict(),
        "favourite_colour": chosen["colour"]
        .agg(lambda colours: colours.value_counts(normalize=True).iloc[0])
        .to_dict(),
    }


@cache
def hits(world):
    """Held-out favourites: who the person is, and whether each shelf of ten held the last product marked.

    Scores from the marks before: how often marked (popular), how often with what the person marked (all), the same
    with weights that halve every HALF_LIFE days (recent). The last mark of each person is held out.
    """
    marks = world.favourites
    last = ~marks.duplicated("person_id", keep="last")
    past = marks[~last]
    together = pd.crosstab(past["person_id"], past["product_id"]).reindex(
        columns=world.products["product_id"], fill_value=0
    )
    seen = together.to_numpy(float)
    popular = seen.sum(axis=0)
    similar = seen.T @ seen / np.sqrt(np.outer(popular, popular)).clip(1)
    np.fill_diagonal(similar, 0)
    target = marks[last].set_index("person_id").loc[together.index]
    age = (past["person_id"].map(target["marked_on"]) - past["marked_on"]).dt.days
    recent = np.zeros_like(seen)
    at = together.index.get_indexer(past["person_id"]), together.columns.get_indexer(past["product_id"])
    recent[at] = 0.5 ** (age / HALF_LIFE)
    wanted = together.columns.get_indexer(target["product_id"])
    found = {}
    for name, score in {
        "popular": np.tile(popular, (len(seen), 1)),
        "all": seen @ similar,
        "recent": recent @ similar,
    }.items():
        score = np.where(seen > 0, -1.0, score)
        found[name] = (score > score[np.arange(len(score)), wanted][:, None]).sum(axis=1) < SHELF
    changed = world.truth.favourites["changed_on"].reindex(together.index).notna().to_numpy()
    return pd.DataFrame(found, index=together.index).assign(changed=changed)


def favourites(world):
    table = hits(world)
    return {
        "changed": table[table["changed"]].drop(columns="changed").mean().to_dict(),
        "steady": table[~table["changed"]].drop(columns="changed").mean().to_dict(),
    }


@cache
def seen_before(world):
    """Orders placed in shop or app with at least two visits' pages in the week before: was their first product seen?

    Also whether the first product of another order, drawn as the next in the table, was.
    """
    views = world.views.merge(world.visits[["visit_id", "customer_id", "started_at"]], on="visit_id")
    orders = world.orders.merge(world.order_lines.query("line_no == 1")[["order_id", "product_id"]], on="order_id")
    orders = orders[
        (orders["ordered_at"] >= views["started_at"].min() + AHEAD) & orders["channel"].isin(["web", "app"])
    ]
    orders = orders.assign(other=np.roll(orders["product_id"], 1))
    pairs = orders.merge(views, on="customer_id", suffixes=("", "_seen"))
    wait = pairs["ordered_at"] - pairs["started_at"]
    pairs = pairs[(wait >= pd.Timedelta(0)) & (wait <= AHEAD)]
    pairs = pairs.assign(
        own=pairs["product_id"] == pairs["product_id_seen"], by_chance=pairs["other"] == pairs["product_id_seen"]
    )
    return pairs.groupby("order_id")[["own", "by_chance"]].any()


def measure(world):
    return {
        "roles": who_buys_for_whom(world),
        "designs": designs(world),
        "favourites": favourites(world),
        "views": seen_before(world).mean().to_dict(),
    }
