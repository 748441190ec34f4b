"""Catalogues follow their English: translations are kept, what changed is marked, what is broken is named."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from crm_lab.author.catalogues import Message, notebook_messages, package_messages, read, refreshed, report
from crm_lab.base.errors import InputError
from crm_lab.base.text import translations

LONG = "Sort customers by what they bring, the largest first, and add up."


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.po"


def write(path, *texts, **translated):
    """A catalogue of these messages, brought up to date, then translated by hand."""
    text = refreshed(path, [Message(one, "a.py") for one in texts], "zh_CN")
    for source, said in translated.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{said}"')
    path.write_text(text, "utf-8")


def test_a_second_refresh_changes_nothing(path):
    write(path, "one", "two", LONG, one="一")
    before = path.read_text("utf-8")
    assert refreshed(path, [Message(one, "a.py") for one in ("one", "two", LONG)], "zh_CN") == before


def test_the_header_holds_nothing_that_differs_from_day_to_day(path):
    write(path, "one")
    assert "Date" not in path.read_text("utf-8")


def test_translations_stay_new_messages_come_and_old_ones_go(path):
    write(path, "one", "two", one="一", two="二")
    write(path, "two", "three")
    assert translations(path, "zh_CN") == {"two": "二"}
    assert report(path, "zh_CN", "a").missing == ["three"]


def test_a_changed_message_keeps_its_translation_to_be_looked_at_again(path):
    write(path, LONG)
    path.write_text(
        path.read_text("utf-8").replace('msgstr ""\n', 'msgstr "排序"\n', 2).replace('"排序"', '""', 1), "utf-8"
    )
    changed = LONG.replace("the largest first", "the smallest first")
    write(path, changed)
    found = report(path, "zh_CN", "a")
    assert (found.stale, found.missing, found.done) == ([changed], [], False)
    assert translations(path, "zh_CN") == {}
    assert LONG[:30] in path.read_text("utf-8")  # what the translation was made from


@pytest.mark.parametrize(
    ("source", "said", "fault"),
    [
        ("{n} rows of {all}", "{n} 行", "placeholders are {n}, they must be {all}, {n}"),
        ("Write `rfm`.", "写 rfm。", "it must keep `rfm`"),
    ],
)
def test_a_broken_translation_is_named(path, source, said, fault):
    write(path, source, **{source: said})
    assert report(path, "zh_CN", "a").broken == [f"{source!r}: {fault}"]


@pytest.mark.parametrize("damage", [b"\xff\xfe", b'msgid "one"\nmsgstr "a"\nnonsense'])
def test_a_damaged_catalogue_is_one_sentence(path, damage):
    path.write_bytes(damage)
    with pytest.raises(InputError, match="cannot be read as a catalogue"):
        read(path, "zh_CN")


def test_what_a_package_says_is_found_with_its_plural(tmp_path):
    (tmp_path / "a.py").write_text(
        '_("one")\nlater("two")\nngettext("{n} row", "{n} rows", n)\nprint("three")\n', "utf-8"
    )
    assert [message.text for message in package_messages(tmp_path)] == ["one", "two", ("{n} row", "{n} rows")]


def test_a_notebook_says_its_prose_and_its_speaker_notes():
    cells = [
        new_markdown_cell("## Who?\n\nAll.", id="who", metadata={"crm_lab": {"notes": "Ask first."}}),
        new_code_cell("1", id="one", metadata={"crm_lab": {"notes": "Wait."}}),
    ]
    found = [(one.text, one.place, one.kind) for one in notebook_messages(new_notebook(cells=cells), "n.ipynb")]
    assert found == [
        ("Who?", "n.ipynb:who", "heading"),
        ("All.", "n.ipynb:who", "paragraph"),
        ("Ask first.", "n.ipynb:who", "speaker note, paragraph"),
        ("Wait.", "n.ipynb:one", "speaker note, paragraph"),
    ]
