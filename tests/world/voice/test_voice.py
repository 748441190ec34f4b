"""What customers say stands beside commerce and changes nothing in it."""

from crm_lab import schema
from crm_lab.base.places import resource
from crm_lab.schema._voice import VOICE_ASKED
from crm_lab.schema.talk import VOICE_SAID

VOICE = [table.name for table in (*VOICE_ASKED, *VOICE_SAID)]


def test_it_takes_little_room():
    size = sum((resource("datasets") / schema.TABLES[name].file).stat().st_size for name in VOICE)
    assert size <= 550_000


def test_every_answer_has_its_question(company):
    questions = company.survey_questions.groupby("survey")["question_id"].agg(set)
    assert questions["surveys"] <= set(company.surveys.columns)
    assert questions["servqual"] == set(company.servqual["question_id"])
    assert questions["kano"] == set(company.kano["feature"])
    assert questions["attribute_ratings"] == set(company.attribute_ratings["attribute"])


def test_the_truth_is_documented_and_labels_every_post_and_conversation(company):
    assert company.truth.structural["voice"]["survey"]["paths"]["expectation>quality"] == 0.50
    assert set(company.truth.estimand["voice"]) == {
        "survey", "servqual", "ratings", "prices", "posts", "transcripts", "dirty"
    }  # fmt: skip
    assert list(company.truth.posts.index) == list(company.posts["post_id"])
    assert list(company.truth.transcripts.index) == list(company.transcripts["transcript_id"])
