"""Articles are found by what a customer asks, rare words counting more."""

import pytest

from crm_lab import desk
from crm_lab.base.errors import InputError


@pytest.mark.parametrize("name", list(desk.articles()))
def test_an_article_is_found_by_its_own_title(name):
    assert name in [one.name for one in desk.search(desk.article(name).title, most=3)]


def test_other_forms_of_a_word_are_found_and_nothing_for_nothing():
    assert desk.search("returned goods")[0].name == "seven_day_return"
    assert desk.search("xyzzy") == []


def test_an_unknown_article_is_met_with_those_there_are():
    with pytest.raises(InputError, match="seven_day_return"):
        desk.article("teapots")


def test_there_are_enough_articles_to_have_to_search():
    assert len(desk.articles()) >= 30


def test_every_conversation_can_be_answered_from_the_knowledge_base():
    lacking = [name for name in desk.scenarios() if desk.load(name).article not in desk.articles()]
    assert lacking == []
