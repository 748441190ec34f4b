"""Conversations: what was kept of the service standard is what can be read."""

import pandas as pd
import pytest

from crm_lab.world._voice import talk_words
from crm_lab.world._voice.truth import VOICE
from crm_lab.world._voice.voice_parameters import STANDARD

from ..pooling import misses
from .voice_measures import transcript_figures

READ = {  # the wordings that show a point was kept, or, for politeness, missed
    "greeting": talk_words.GREETING,
    "empathy": talk_words.EMPATHY,
    "deadline": talk_words.DEADLINE,
    "asks_more": talk_words.ASKS_MORE,
    "thanks": talk_words.THANKS,
    "solution": tuple(talk_words.SOLVED.values()),
    "restates": tuple(talk_words.RESTATED.values()),
    "polite": talk_words.RUDE,
}


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_the_text_shows_what_was_kept(editions, locale):
    world = editions[locale]
    said = world.transcript_lines.query("speaker == 'agent'").groupby("transcript_id")["text"].agg(" ".join)
    points = world.truth.transcripts.loc[said.index]
    language = int(locale == "zh_CN")
    for point, wordings in READ.items():
        heard = said.map(lambda text, wordings=wordings: any(words[language] in text for words in wordings))
        assert (heard == (points[point] if point != "polite" else ~points[point])).all(), point


def test_the_customer_is_called_by_name_where_the_truth_says_so(company):
    said = company.transcript_lines.query("speaker == 'agent'").groupby("transcript_id")["text"].agg(" ".join)
    names = company.transcripts.merge(company.customers, on="customer_id").set_index("transcript_id")["name"]
    heard = pd.Series({t: names[t] in text for t, text in said.items()})
    assert (heard == company.truth.transcripts["customer_name"].loc[heard.index]).all()


def test_the_standard_and_the_ratings_are_as_stated(companies):
    assert not misses(companies, transcript_figures, VOICE["transcripts"])


def test_a_conversation_follows_a_parcel_and_alternates_sensibly(companies):
    for world in companies[:3]:
        talks = world.transcripts.merge(world.orders, on="order_id", suffixes=("", "_order"))
        assert (talks["customer_id"] == talks["customer_id_order"]).all()
        assert (talks["started_at"] > talks["delivered_at"]).all()
        assert (talks["started_at"] < world.today).all()
        returned = talks["order_id"].map(world.returns.groupby("order_id")["returned_at"].min())
        assert ((talks["reason"] == "return") == returned.notna()).all()
        assert (talks["started_at"] < returned)[returned.notna()].all()
        lines = world.transcript_lines
        first, last = lines.groupby("transcript_id")["speaker"].agg(["first", "last"]).to_numpy().T
        assert (first == "agent").all()
        assert (last == "agent").all()
        assert (lines["text"].str.len() > 2).all()
        assert not lines["text"].str.contains("[{}]").any()


def test_there_are_as_many_points_as_the_standard_has(company):
    assert list(company.truth.transcripts) == list(STANDARD)
