"""The user community: what buyers post about what they received, and how much others like it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.world._draws import Draws, numbers
from crm_lab.world._names import LOCALES
from crm_lab.world._voice.post_words import BAD, CLOSERS, GOOD, OPENERS
from crm_lab.world._voice.voice_parameters import REQUESTS, TalkParameters


def make_posts(
    parameters: TalkParameters,
    satisfaction: np.ndarray,
    posting: np.ndarray,
    orders: pd.DataFrame,
    lines: pd.DataFrame,
    products: pd.DataFrame,
    seed: int,
    block: int,
    locale: str,
) -> pd.DataFrame:
    """The posts about the orders of some quarters of one block, by quarter and time.

    satisfaction   of the buyer of each order at its time
    posting        share of the orders that are written about, as a multiple of the usual, for each order
    orders, lines  as make_orders makes them

    Besides the table's columns: quarter, topic, second_topic (empty if none), positive. Orders are written about some
    days after they came; the mood follows the writer's hidden satisfaction.
    """
    rng = Draws(seed, "posts", block, orders["quarter"].to_numpy())
    posts = _occasions(parameters, orders.assign(satisfaction=satisfaction), posting, lines, rng)
    size, rng = len(posts), rng.over(posts["quarter"].to_numpy())
    likes_it = special.expit(parameters.mood + parameters.mood_slope * posts["satisfaction"].to_numpy())
    positive = rng.random(size) < likes_it
    topics, chance = list(parameters.topics), list(parameters.topics.values())
    first, second = (rng.choice(range(len(topics)), size, p=chance) for _ in range(2))
    has_second = (rng.random(size) < parameters.second_topic) & (second != first)
    posts["topic"], posts["positive"] = np.take(topics, first), positive
    posts["second_topic"] = pd.Series(np.take(topics, second), posts.index, dtype="str").where(has_second)
    posts["likes"] = _likes(parameters, posts, rng)
    posts["text"] = _texts(parameters, posts, products, rng, LOCALES.index(locale))
    posts = posts.sort_values(["quarter", "posted_at", "order_id"], ignore_index=True)
    posts["post_id"] = [f"B{n:09d}" for n in numbers(block, posts["quarter"].to_numpy())]
    return posts


def _occasions(
    parameters: TalkParameters, orders: pd.DataFrame, posting: np.ndarray, lines: pd.DataFrame, rng: Draws
) -> pd.DataFrame:
    orders = orders[["order_id", "customer_id", "delivered_at", "quarter", "satisfaction"]].reset_index(drop=True)
    dearest = lines.assign(value=lines["quantity"] * lines["unit_price"]).sort_values("value", kind="stable")
    product = dearest.drop_duplicates("order_id", keep="last").set_index("order_id")["product_id"]
    orders["product_id"] = orders["order_id"].map(product)
    wait = np.round((parameters.post_least + rng.exponential(parameters.post_days, len(orders))) * 1440)
    orders["posted_at"] = orders["delivered_at"].dt.floor("min") + pd.to_timedelta(wait, unit="min")
    writes = rng.random(len(orders)) < parameters.post_share * posting
    return orders[writes & orders["posted_at"].notna().to_numpy()].reset_index(drop=True)


def _likes(parameters: TalkParameters, posts: pd.DataFrame, rng: Draws) -> np.ndarray:
    """Likes: a few posts get many (a Gamma mix of Poissons), requests more than others."""
    mean = np.where(posts["topic"].isin(REQUESTS), parameters.likes * parameters.request_likes, parameters.likes)
    shape = parameters.likes_shape
    return rng.poisson(mean * rng.gamma(shape, 1 / shape, len(posts)), len(posts))


def _texts(
    parameters: TalkParameters, posts: pd.DataFrame, products: pd.DataFrame, rng: Draws, language: int
) -> list[str]:
    things = posts["product_id"].map(products.set_index("product_id")["name"])
    things = things if language else things.str.lower()
    draws = rng.random((len(posts), 6))
    space = "" if language else " "
    columns = (posts[name].tolist() for name in ("topic", "second_topic", "positive"))
    rows = zip(things.tolist(), *columns, draws, strict=True)
    return [
        space.join(_sentences(parameters, topic, second, positive, draw, language)).format(thing=thing)
        for thing, topic, second, positive, draw in rows
    ]


def _sentences(
    parameters: TalkParameters, topic: str, second: object, positive: bool, draw: np.ndarray, language: int
) -> list[str]:
    said = GOOD if positive else BAD
    parts = [_pick(OPENERS, draw[0], language)] if draw[1] < parameters.opener else []
    parts.append(_pick(said[topic], draw[2], language))
    if isinstance(second, str):
        parts.append(_pick(said[second], draw[3], language))
    return parts + ([_pick(CLOSERS, draw[4], language)] if draw[5] < parameters.closer else [])


def _pick(sentences: tuple[tuple[str, str], ...], draw: float, language: int) -> str:
    return sentences[int(draw * len(sentences))][language]
