"""The report: one page that stands by itself and names nobody."""

import re

import pytest

from crm_lab.base.errors import InputError
from crm_lab.your_shop import Part, report


@pytest.fixture(scope="module")
def page(french):
    return report(french)


def test_it_stands_by_itself(page):
    assert page.html.startswith("<!doctype html>")
    assert re.findall(r'(?:src|href)="(?!data:image/png;base64,)[^"]*"', page.html) == []
    assert "<script" not in page.html
    assert "http" not in page.html
    assert page.html.count("<h2>") == page.html.count("</section>") == 6
    assert all(len(alt) > 40 for alt in re.findall('<img alt="([^"]*)"', page.html))


def test_it_says_what_the_parts_say_and_what_they_do_not_tell(page):
    words = re.sub('src="[^"]*"', "", page.html)
    assert "377 orders of 87 customers" in words
    assert "Revenue is not profit" in words
    assert "and 4 more, in shop.problems" in words
    assert "¥" not in words


def test_it_names_no_customer(page, french):
    words = re.sub('<img alt="[^"]*"|src="[^"]*"', "", page.html)
    assert [who for who in french.customers["customer_id"] if who in words] == []


def test_it_is_saved_in_ones_own_folder_or_where_one_says(page, tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path / "work"))
    assert page.save() == tmp_path / "work" / "my_shop.html"
    assert page.save(tmp_path / "other.html").read_text(encoding="utf-8") == page.html
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError):
        page.save(tmp_path / "file" / "x.html")


def test_what_is_missing_stands_there_too(french):
    made = report(french, [Part(missing="The file names no products & dates.", title="A < B", limit="None.")])
    assert "<h2>A &lt; B</h2><p>The file names no products &amp; dates.</p></section>" in made.html


def test_a_shop_without_problems_says_so(shop_of):
    shop = shop_of(30, 100, 8)
    object.__setattr__(shop, "problems", shop.problems.head(0))
    assert "Nothing in the file had to be decided." in report(shop, []).html
