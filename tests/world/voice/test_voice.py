"""What customers say stands beside commerce and changes nothing in it."""

import pandas as pd
import pytest

from crm_lab import schema
from crm_lab.base.files import resource
from crm_lab.schema.talk import VOICE_SAID
from crm_lab.schema.voice import VOICE_ASKED
from crm_lab.world import World

VOICE = [table.name for table in (*VOICE_ASKED, *VOICE_SAID)]


def test_it_takes_little_room():
    size = sum((resource("datasets") / schema.TABLES[name].file).stat().st_size for name in VOICE)
    assert size <= 550_000


@pytest.fixture(scope="module")
def one_block_and_more():
    return World(10_000, seed=4), World(10_030, seed=4)


@pytest.mark.parametrize("table", ["posts", "transcripts", "transcript_lines", "dirty_customers", "surveys"])
def test_what_one_block_says_does_not_depend_on_the_next(one_block_and_more, table):
    small, large = one_block_and_more
    key = schema.TABLES[table].key[0]
    same = large.tables[table][large.tables[table][key].isin(small.tables[table][key])]
    pd.testing.assert_frame_equal(small.tables[table], same.reset_index(drop=True))


def test_every_answer_has_its_question():
    world = World(200, seed=2)
    questions = world.survey_questions.groupby("survey")["question_id"].agg(set)
    assert questions["surveys"] <= set(world.surveys.columns)
    assert questions["servqual"] == set(world.servqual["question_id"])
    assert questions["kano"] == set(world.kano["feature"])
    assert questions["attribute_ratings"] == set(world.attribute_ratings["attribute"])


def test_the_truth_is_documented_and_labels_every_post_and_conversation():
    world = World(200, seed=2)
    assert world.truth.structural["voice"]["survey"]["paths"]["expectation>quality"] == 0.50
    assert set(world.truth.estimand["voice"]) == {
        "survey", "servqual", "ratings", "prices", "posts", "transcripts", "dirty"
    }  # fmt: skip
    assert list(world.truth.posts.index) == list(world.posts["post_id"])
    assert list(world.truth.transcripts.index) == list(world.transcripts["transcript_id"])


@pytest.mark.parametrize("seed", range(12))
def test_a_company_of_one_or_none_who_bought_says_little_and_is_sound(seed):
    schema.check(World(1, seed=seed).tables)
