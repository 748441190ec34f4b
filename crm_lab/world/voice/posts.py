"""The user community: what buyers post about what they received, and how much others like it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.world.names import LOCALES
from crm_lab.world.parameters import TODAY
from crm_lab.world.voice.parameters import REQUESTS, TalkParameters
from crm_lab.world.voice.post_words import BAD, CLOSERS, GOOD, OPENERS


def make_posts(
    parameters: TalkParameters,
    traits: pd.DataFrame,
    orders: pd.DataFrame,
    lines: pd.DataFrame,
    products: pd.DataFrame,
    seed: int,
    block: int,
    locale: str,
) -> pd.DataFrame:
    """The posts of one block, by time. Besides the table's columns: topic, second_topic (empty if none), positive.

    Orders are written about some days after they came; the mood follows the writer's hidden satisfaction.
    """
    rng = stream(seed, "posts", block)
    posts = _occasions(parameters, orders, lines, rng)
    number = posts["customer_id"].str[1:].astype("int64").to_numpy()
    satisfaction = traits["satisfaction"].reindex(number).to_numpy()
    size = len(posts)
    positive = rng.random(size) < special.expit(parameters.mood + parameters.mood_slope * satisfaction)
    topics, chance = np.array(list(parameters.topics)), np.array(list(parameters.topics.values()))
    first, second = rng.choice(len(topics), (2, size), p=chance)
    has_second = (rng.random(size) < parameters.second_topic) & (second != first)
    posts["topic"], posts["positive"] = topics[first], positive
    posts["second_topic"] = pd.Series(topics[second], posts.index, dtype="str").where(has_second)
    posts["likes"] = _likes(parameters, posts, rng)
    posts["text"] = _texts(posts, products, rng, LOCALES.index(locale))
    posts = posts.sort_values(["posted_at", "order_id"])
    posts["post_id"] = [f"B{n:07d}" for n in block * BLOCK * 10 + np.arange(1, size + 1)]
    return posts


def _occasions(
    parameters: TalkParameters, orders: pd.DataFrame, lines: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    orders = orders[["order_id", "customer_id", "delivered_at"]].reset_index(drop=True)
    dearest = lines.assign(value=lines["quantity"] * lines["unit_price"]).sort_values("value", kind="stable")
    product = dearest.drop_duplicates("order_id", keep="last").set_index("order_id")["product_id"]
    orders["product_id"] = orders["order_id"].map(product)
    wait = np.round((0.1 + rng.exponential(6.0, len(orders))) * 1440)
    orders["posted_at"] = orders["delivered_at"].dt.floor("min") + pd.to_timedelta(wait, unit="min")
    writes = (rng.random(len(orders)) < parameters.post_share) & (orders["posted_at"] < pd.Timestamp(TODAY)).to_numpy()
    return orders[writes].reset_index(drop=True)


def _likes(parameters: TalkParameters, posts: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Likes: a few posts get many (a Gamma mix of Poissons), requests more than others."""
    mean = np.where(posts["topic"].isin(REQUESTS), parameters.likes * parameters.request_likes, parameters.likes)
    return rng.poisson(mean * rng.gamma(1.2, 1 / 1.2, len(posts)))


def _texts(posts: pd.DataFrame, products: pd.DataFrame, rng: np.random.Generator, language: int) -> list[str]:
    things = posts["product_id"].map(products.set_index("product_id")["name"])
    things = things if language else things.str.lower()
    draws = rng.random((len(posts), 6))
    space = "" if language else " "
    columns = (posts[name].tolist() for name in ("topic", "second_topic", "positive"))
    rows = zip(things.tolist(), *columns, draws, strict=True)
    return [
        space.join(_sentences(topic, second, positive, draw, language)).format(thing=thing)
        for thing, topic, second, positive, draw in rows
    ]


def _sentences(topic: str, second: object, positive: bool, draw: np.ndarray, language: int) -> list[str]:
    said = GOOD if positive else BAD
    parts = [_pick(OPENERS, draw[0], language)] if draw[1] < 0.8 else []
    parts.append(_pick(said[topic], draw[2], language))
    if isinstance(second, str):
        parts.append(_pick(said[second], draw[3], language))
    return parts + ([_pick(CLOSERS, draw[4], language)] if draw[5] < 0.5 else [])


def _pick(sentences: tuple[tuple[str, str], ...], draw: float, language: int) -> str:
    return sentences[int(draw * len(sentences))][language]
