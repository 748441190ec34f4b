"""Conversations: what was kept of the service standard is what can be read."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.world import World
from crm_lab.world.voice import talk_words
from crm_lab.world.voice.parameters import STANDARD, TalkParameters
from crm_lab.world.voice.transcripts import agent_skill
from crm_lab.world.voice.truth import VOICE

from .pooling import pooled

TALK = TalkParameters()
SEEDS = range(500, 520)
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


@pytest.fixture(scope="module")
def worlds():
    return [World(seed=seed) for seed in SEEDS]


def scored(world):
    points = world.truth.transcripts
    return world.transcripts.join(points.mean(axis=1).rename("score"), on="transcript_id")


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_the_text_shows_what_was_kept(locale):
    world = World(seed=3, locale=locale)
    said = world.transcript_lines.query("speaker == 'agent'").groupby("transcript_id")["text"].agg(" ".join)
    points = world.truth.transcripts.loc[said.index]
    language = int(locale == "zh_CN")
    for point, wordings in READ.items():
        heard = said.map(lambda text, wordings=wordings: any(words[language] in text for words in wordings))
        assert (heard == (points[point] if point != "polite" else ~points[point])).all(), point


def test_the_customer_is_called_by_name_where_the_truth_says_so(worlds):
    world = worlds[0]
    said = world.transcript_lines.query("speaker == 'agent'").groupby("transcript_id")["text"].agg(" ".join)
    names = world.transcripts.merge(world.customers, on="customer_id").set_index("transcript_id")["name"]
    heard = pd.Series({t: names[t] in text for t, text in said.items()})
    assert (heard == world.truth.transcripts["customer_name"].loc[heard.index]).all()


def test_the_standard_is_kept_as_often_as_stated(worlds):
    mean, error = pooled(worlds, lambda w: w.truth.transcripts.mean())
    for point, share in VOICE["transcripts"]["kept"].items():
        assert mean[point] == pytest.approx(share, abs=error[point]), point


def test_scores_and_ratings(worlds):
    def found(world):
        talks = scored(world)
        corr = np.corrcoef(talks["score"], talks["rating"])[0, 1]
        return {"score": talks["score"].mean(), "rating": talks["rating"].mean(), "score_rating": corr}

    mean, error = pooled(worlds, found)
    for name in mean.index:
        # within one world there are only twelve agents, so scores spread a little less than over all agents
        assert mean[name] == pytest.approx(VOICE["transcripts"][name], abs=error[name] + 0.02), name


def test_better_agents_show_in_most_worlds(worlds):
    """Power: the agents' mean scores rank as their hidden skills do, two-sided 5 % for twelve agents."""

    def shown(world, seed):
        score = scored(world).groupby("agent_code")["score"].mean()
        skill = pd.Series(agent_skill(TALK, seed), [f"chat_{n:02d}" for n in range(1, TALK.agents + 1)])
        return score.corr(skill.reindex(score.index), method="spearman") > 0.587

    assert sum(shown(w, seed) for w, seed in zip(worlds, SEEDS, strict=True)) >= 16


def test_a_conversation_follows_a_parcel_and_alternates_sensibly(worlds):
    for world in worlds[:3]:
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


def test_there_are_as_many_points_as_the_standard_has(worlds):
    assert list(worlds[0].truth.transcripts) == list(STANDARD)
