"""Each part says something true on any shop: figures, or why the file does not allow them."""

import re
import warnings

import pandas as pd
import pytest

from crm_lab import your_shop
from crm_lab.base.errors import InputError
from crm_lab.data import read_shop
from crm_lab.your_shop._part import Part, part

PARTS = ["overview", "segments", "abc", "moves", "cohorts", "lifetime", "baskets", "calls", "agents"]


def guests_only():
    lines = pd.DataFrame({"day": ["2024-05-01", "2024-05-02"], "who": ["Guest", "Guest"], "paid": [5.0, 6.0]})
    return read_shop(lines, {"date": "day", "customer_id": "who", "amount": "paid"})


@pytest.fixture(scope="module")
def shops(french, shop_of):
    return {
        "french": french,
        "one order": shop_of(1, 1, 1),
        "one day": shop_of(40, 1, 12),
        "a month": shop_of(60, 30, 20),
        "half a year": shop_of(300, 180, 40),
        "three years": shop_of(900, 1100, 60),
        "nobody comes back": shop_of(200, 400, 10_000),
        "no products": shop_of(300, 400, 30, product=None),
        "unknown currency": shop_of(300, 400, 30, currency=None),
        "guests only": guests_only(),
    }


@pytest.mark.parametrize("which", ["french", "one order", "one day", "a month", "half a year", "three years",
                                   "nobody comes back", "no products", "unknown currency", "guests only"])  # fmt: skip
@pytest.mark.parametrize("name", PARTS)
def test_a_part_speaks_on_any_shop(name, which, shops):
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        found = getattr(your_shop, name)(shops[which])
    assert bool(found.says) != bool(found.missing)
    assert (found.title, found.limit) > ("", "")
    text = re.sub('src="[^"]*"', "", f"{found!r} {found._repr_html_()}")
    assert not re.search(r"\bnan\b|NaN|\binf\b|¥|\{", text)
    if which == "french" or (which == "three years" and name not in ("agents", "baskets")):
        assert found.says
    if found.picture:
        assert len(found.picture.alt) > 40


def test_money_is_in_the_shops_currency(shops):
    for name in ("overview", "segments", "lifetime", "calls"):
        assert "£" in repr(getattr(your_shop, name)(shops["french"]))
        assert "€" in repr(getattr(your_shop, name)(shops["three years"]))


def test_the_explorer_is_a_widget_or_says_why_not(shops):
    assert "£" in your_shop.explorer(shops["french"]).picture().alt
    assert "too few" in your_shop.explorer(shops["one order"]).missing


def test_a_part_that_cannot_be_made_says_the_sentence_of_the_error():
    @part
    def overview(shop):
        raise InputError("There is <nothing> here.")

    found = overview(None)
    assert (found.missing, found.title) == ("There is <nothing> here.", "What was sold")
    assert "There is &lt;nothing&gt; here." in found._repr_html_()


def test_a_part_shows_its_words_its_picture_and_its_table():
    shown = Part(("One.", "Two."), table=pd.DataFrame({"product": ["<Mug>"]}), title="T")
    assert repr(shown).splitlines()[0] == "T. One. Two."
    assert "<p>One.</p><p>Two.</p>" in shown._repr_html_()
    assert "&lt;Mug&gt;" in shown._repr_html_()
