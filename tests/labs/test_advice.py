"""Advice says which sections to read, once each, in the order of the chapter, with links that lead there."""

import json
import re
from dataclasses import replace

import pytest

from crm_lab.base.places import REPOSITORY
from crm_lab.exercises import Exercise, Mistake, all_exercises
from crm_lab.labs import _advice as module
from crm_lab.labs._advice import advise, sections_of

MISTAKES = (Mistake("a", lambda t: 1, "A."), Mistake("b", lambda t: 2, "B."))
BASE = Exercise(
    name="x", lab="97", title="X", points=1, kind="number", reference=lambda t: 0, mistakes=MISTAKES,
    hints=("Vague.", "Specific."), meaning=lambda t, right: "",
)  # fmt: skip
LATE = replace(BASE, name="late", title="Late", sections=("dates",))
BOTH = replace(BASE, name="both", title="Both", sections=("dates", "rows"))
PLAIN = replace(BASE, name="plain", title="Plain & simple")
GONE = replace(BASE, name="gone", title="Gone", sections=("gone",))


@pytest.fixture(autouse=True)
def chapters(tmp_path, monkeypatch):
    """Chapter 97 with two sections, a start page before it, and chapter 98a after it."""
    cells = {
        "title": "# 97 · Tables\n\nWhat they are.",
        "rows": "## 1 · Rows <b>\n\nText.",
        "between": "No heading.",
        "dates": "## 2 · Dates",
    }
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, found in {
        "00_start": {"title": "# Start"},
        "97_tables": cells,
        "98a_next": {"title": "# 98a · Next"},
    }.items():
        stored = [{"cell_type": "markdown", "id": cell, "source": [text]} for cell, text in found.items()]
        stored.append({"cell_type": "code", "id": "code", "source": "# a comment"})
        (folder / f"{name}.ipynb").write_text(json.dumps({"cells": stored}), encoding="utf-8")
    monkeypatch.setattr(module, "resource", lambda name: tmp_path / name)
    return folder


def states(**status):
    return {("97", name): one for name, one in status.items()}


def html(advice):
    return advice._repr_mimebundle_()["text/html"]


def test_sections_are_the_headings_of_the_chapter_in_their_order():
    assert [(one.cell, one.title) for one in sections_of("97")] == [
        ("", "97 · Tables"),
        ("rows", "1 · Rows <b>"),
        ("dates", "2 · Dates"),
    ]


def test_each_section_stands_once_in_the_order_of_the_chapter_with_what_asks_for_it():
    told = advise([LATE, BOTH, PLAIN], states(late="wrong", plain="right"))
    assert repr(told).splitlines() == [
        "2 sections to read",
        "1 of 3 exercises are right. These sections help with the others. The first click opens",
        "the chapter; if it stands at another place, click again.",
        "→ 1 · Rows <b>",
        "    ○ Both: not answered yet",
        "→ 2 · Dates",
        "    ✗ Late: not yet right",
        "    ○ Both: not answered yet",
    ]


def test_links_lead_to_the_heading_and_titles_are_escaped():
    shown = html(advise([LATE, BOTH], states(late="wrong")))
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', shown) == [
        ("../notebooks/97_tables.ipynb#cell-id=rows", "1 · Rows &lt;b&gt;"),
        ("../notebooks/97_tables.ipynb#cell-id=dates", "2 · Dates"),
    ]
    assert 'role="status"' in shown
    assert "✗ Late: not yet right" in shown


def test_one_section_is_said_in_the_singular():
    assert advise([LATE, PLAIN], states(plain="right")).headline == "1 section to read"


def test_an_exercise_without_sections_asks_for_the_chapter():
    told = advise([PLAIN], states(plain="wrong"))
    assert [reading.section.link for reading in told.readings] == ["../notebooks/97_tables.ipynb"]
    assert "Plain &amp; simple" in html(told)


def test_when_all_is_right_it_leads_on_to_the_next_chapter():
    told = advise([LATE, PLAIN], states(late="right", plain="right"))
    assert told.mood == "right"
    assert repr(told).splitlines() == [
        "✓ Nothing to read again",
        "All exercises are right. You can start with:",
        "→ 98a · Next",
    ]
    assert '<a href="../notebooks/98a_next.ipynb">' in html(told)


def test_two_notebooks_may_share_a_lab(chapters):
    title = [{"cell_type": "markdown", "id": "title", "source": "# 97b · More"}]
    more = [{"cell_type": "markdown", "id": "more", "source": "## 3 · More rows"}]
    (chapters / "97_tables.ipynb").rename(chapters / "97a_tables.ipynb")
    (chapters / "97b_more.ipynb").write_text(json.dumps({"cells": title + more}), encoding="utf-8")
    late = replace(LATE, sections=("more", "rows"))
    told = advise([late, PLAIN], states(late="wrong"))
    titles = [reading.section.title for reading in told.readings]
    assert titles == ["97 · Tables", "1 · Rows <b>", "97b · More", "3 · More rows"]
    assert [one.section.file for one in advise([late], {}).readings] == ["97a_tables.ipynb", "97b_more.ipynb"]
    assert "→ 98a · Next" in repr(advise([late], states(late="right")))


def test_after_the_last_chapter_nothing_comes():
    last = replace(PLAIN, lab="98a")
    told = advise([last], {("98a", "plain"): "right"})
    assert repr(told).splitlines()[1:] == ["All exercises are right."]
    assert "<ul" not in html(told)


def test_before_the_first_check_it_does_not_send_you_through_every_section():
    told = advise([LATE, BOTH], {})
    assert told.headline == "○ No exercise has been checked yet"
    assert [reading.section.title for reading in told.readings] == ["97 · Tables"]


def test_an_edition_without_the_chapter_names_it_without_a_link(chapters):
    told = advise([GONE, LATE], states(late="wrong"))
    assert [(one.section.title, bool(one.section.file)) for one in told.readings] == [
        ("2 · Dates", True),
        ("gone", False),
    ]
    for path in chapters.glob("*"):
        path.unlink()
    told = advise([PLAIN], states(plain="wrong"))
    assert "→ chapter 97" in repr(told)
    assert "<a " not in html(told)
    assert "→ chapter 97" in repr(advise([PLAIN], {}))


def test_a_lab_gives_the_advice_for_what_it_has_seen(lab):
    assert lab.advice().headline.startswith("○")
    lab.check("revenue", 1.0)
    assert "✗ Revenue of delivered orders: not yet right" in repr(lab.advice())
    assert "lab.advice()" in repr(lab)


@pytest.mark.parametrize("exercise", [one for one in all_exercises() if one.sections], ids=lambda one: one.name)
def test_every_declared_section_is_a_heading_of_its_chapter(exercise, monkeypatch):
    monkeypatch.setattr(module, "resource", lambda name: REPOSITORY / name)
    known = {section.cell: section for section in sections_of(exercise.lab)}
    assert set(exercise.sections) <= set(known)
