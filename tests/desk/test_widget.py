"""The desk on screen: calls follow each other, and what is looked up, found and said is shown."""

import pytest

from crm_lab import World, desk
from crm_lab.base.errors import InputError
from crm_lab.desk._widget import mood_word


@pytest.fixture(scope="module")
def tables():
    return World(customers=300, seed=4).tables


@pytest.fixture
def shown(tables):
    return desk.Desk([desk.call("late_parcel", tables, seed) for seed in (1, 2)])


def finish(shown):
    while shown.talk.turn:
        shown.buttons[0].click()


def test_buttons_carry_what_may_be_said(shown):
    there = [button.description for button in shown.buttons if button.layout.display != "none"]
    assert there == [f"{n}. {text}" for n, text in enumerate(shown.talk.options, start=1)]


def test_a_shift_goes_from_call_to_call_and_ends_with_the_last(shown):
    finish(shown)
    assert shown.summary.startswith("Call 1 of 2 is over: ")
    assert "handling time" in shown._found.value
    first = shown.talk
    shown.next.click()
    assert shown.talk is not first
    finish(shown)
    assert shown.next.layout.display == "none"
    assert shown.summary.startswith("Call 2 of 2 is over")


def test_looking_up_and_searching_are_shown_and_take_time(shown):
    shown.tables.value = "orders"
    assert "order_id" in shown._found.value
    shown.words.value = "parcel late"
    assert shown.articles.options[1][1] == "late_delivery"
    shown.articles.value = "late_delivery"
    assert "courier" in shown._found.value or "deliver" in shown._found.value
    assert shown.talk.read == ["late_delivery"]
    assert "20 seconds of 240" in shown.summary


def test_the_still_page_has_the_words_and_no_controls(shown):
    assert shown.talk.scenario.brief[:30] in shown.still()
    assert "<button" not in shown.still()


def test_names_are_escaped(tables):
    talk = desk.call("late_parcel", tables, 1)
    talk.customer = {**talk.customer, "name": "<b>Li</b>"}
    assert "&lt;b&gt;Li" in desk.Desk([talk]).still()


def test_a_shift_needs_a_call():
    with pytest.raises(InputError, match="at least one call"):
        desk.Desk([])
    assert [mood_word(mood) for mood in (3, 4, 8)] == ["cross", "calm", "pleased"]
