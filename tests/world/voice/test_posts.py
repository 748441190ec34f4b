"""Posts: about what was received, on topics and in a mood that the truth knows."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.voice.parameters import REQUESTS, TOPICS, TalkParameters
from crm_lab.world.voice.post_words import BAD, GOOD
from crm_lab.world.voice.truth import VOICE

from .pooling import pooled

TALK = TalkParameters()
SEEDS = range(400, 420)
WORDS = {  # what one would look for after reading a few dozen posts
    "quality": ("quality", "well made", "badly made"),
    "delivery": ("delivery", "courier"),
    "packaging": ("packaging", "wrapping kept", "plastic wrapping"),
    "price": ("price",),
    "service": ("service",),
    "app": ("app ",),
    "more_colours": ("colour", "blue one"),
    "spare_parts": ("spare part",),
    "gift_wrap": ("gift wrap", "gift option", "gift ribbon", "gift without"),
    "larger_size": ("size",),
}


@pytest.fixture(scope="module")
def worlds():
    return [World(seed=seed) for seed in SEEDS]


def labelled(world):
    return world.posts.join(world.truth.posts, on="post_id")


def test_topics_come_in_the_stated_shares(worlds):
    mean, error = pooled(worlds, lambda w: labelled(w)["topic"].value_counts(normalize=True))
    for topic, share in TALK.topics.items():
        assert mean[topic] == pytest.approx(share, abs=error[topic]), topic


def test_likes_are_shared_among_the_topics_as_stated(worlds):
    def found(world):
        likes = labelled(world).groupby("topic")["likes"].sum()
        return likes / likes.sum()

    mean, error = pooled(worlds, found)
    for topic, share in VOICE["posts"]["likes"].items():
        assert mean[topic] == pytest.approx(share, abs=error[topic] + 0.001), topic


def test_requests_get_more_likes_in_every_world(worlds):
    for world in worlds:
        mean = labelled(world).assign(request=lambda t: t["topic"].isin(REQUESTS)).groupby("request")["likes"].mean()
        assert 2.0 < mean[True] / mean[False] < 3.1


def test_the_request_most_asked_for_shows_in_most_worlds(worlds):
    most = [labelled(w).query("topic in @REQUESTS")["topic"].value_counts().idxmax() for w in worlds]
    assert most.count("more_colours") >= 16


def test_the_mood_follows_satisfaction(worlds):
    mean, error = pooled(worlds, lambda w: {"positive": labelled(w)["positive"].mean()})
    assert mean["positive"] == pytest.approx(VOICE["posts"]["positive"], abs=error["positive"] + 0.005)
    for world in worlds:
        posts = labelled(world).join(world.truth.customers["satisfaction"], on="customer_id")
        by = posts.groupby("positive")["satisfaction"]
        error = np.sqrt((by.var() / by.size()).sum())
        assert by.mean()[True] - by.mean()[False] > 1.96 * error


def test_key_words_find_the_topics(worlds):
    """The simplest way of mining posts: recall of the main topic and precision, pooled over topics."""
    posts = labelled(worlds[0])
    text = posts["text"].str.lower()
    found = pd.DataFrame({topic: text.str.contains("|".join(words)) for topic, words in WORDS.items()})
    said = pd.DataFrame({topic: (posts["topic"] == topic) | (posts["second_topic"] == topic) for topic in TOPICS})
    assert (found & said).sum().sum() / said.sum().sum() > 0.9
    assert (found & said).sum().sum() / found.sum().sum() > 0.85


def test_a_post_is_about_something_its_writer_received(worlds):
    for world in worlds[:3]:
        posts = world.posts.merge(world.orders, on="order_id", suffixes=("", "_order"))
        assert (posts["customer_id"] == posts["customer_id_order"]).all()
        assert (posts["posted_at"] > posts["delivered_at"]).all()
        assert (posts["posted_at"] < world.today).all()
        lines = set(zip(world.order_lines["order_id"], world.order_lines["product_id"], strict=True))
        assert set(zip(posts["order_id"], posts["product_id"], strict=True)) <= lines


def test_both_moods_have_their_words_for_every_topic_in_both_languages():
    assert list(GOOD) == list(BAD) == list(TOPICS)
    for sentences in (*GOOD.values(), *BAD.values()):
        for english, chinese in sentences:
            assert english.isascii()
            assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_a_chinese_post_says_the_same(worlds):
    chinese = World(300, seed=5, locale="zh_CN")
    assert chinese.truth.posts.equals(World(300, seed=5).truth.posts)
    assert chinese.posts["text"].str.contains("[\u4e00-\u9fff]").all()
    assert not chinese.posts["text"].str.contains("[{}]").any()


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_a_post_says_its_topics_in_its_mood_and_nothing_else(locale):
    posts = labelled(World(400, seed=6, locale=locale))
    language = int(locale == "zh_CN")
    assert len(posts) > 100
    for post in posts.itertuples():
        said = {
            (topic, positive)
            for positive, mood in ((True, GOOD), (False, BAD))
            for topic, sentences in mood.items()
            if any(sentence[language] in post.text for sentence in sentences)
        }
        topics = {post.topic} | ({post.second_topic} if isinstance(post.second_topic, str) else set())
        assert said == {(topic, post.positive) for topic in topics}, post.text
