"""Posts: about what was received, on topics and in a mood that the truth knows."""

import pandas as pd
import pytest

from crm_lab.world._voice.post_words import BAD, GOOD
from crm_lab.world._voice.truth import VOICE
from crm_lab.world._voice.voice_parameters import TOPICS, TalkParameters

from ..pooling import misses
from .voice_measures import labelled, post_figures

TALK = TalkParameters()
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


def test_topics_likes_and_moods_are_as_stated(companies):
    truth = {"topics": TALK.topics, "request_likes": TALK.request_likes}
    assert not misses(companies, post_figures, VOICE["posts"] | truth)


def test_key_words_find_the_topics(company):
    """The simplest way of mining posts: recall of the main topic and precision, pooled over topics."""
    posts = labelled(company)
    text = posts["text"].str.lower()
    found = pd.DataFrame({topic: text.str.contains("|".join(words)) for topic, words in WORDS.items()})
    said = pd.DataFrame({topic: (posts["topic"] == topic) | (posts["second_topic"] == topic) for topic in TOPICS})
    assert (found & said).sum().sum() / said.sum().sum() > 0.9
    assert (found & said).sum().sum() / found.sum().sum() > 0.85


def test_a_post_is_about_something_its_writer_received(companies):
    for world in companies[:3]:
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


def test_a_chinese_post_says_the_same(editions):
    chinese = editions["zh_CN"]
    assert chinese.truth.posts.equals(editions["en_US"].truth.posts)
    assert chinese.posts["text"].str.contains("[\u4e00-\u9fff]").all()
    assert not chinese.posts["text"].str.contains("[{}]").any()


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_a_post_says_its_topics_in_its_mood_and_nothing_else(editions, locale):
    posts = labelled(editions[locale])[:500]
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
