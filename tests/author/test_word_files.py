"""The words of exercises, and each fault they can have, planted."""

import pytest

from crm_lab.author.word_files import faults

ENGLISH = """
[abc]
hints = ["Vague.", "Specific."]
right = "Class A is {a:,} of {all:,}."
[abc.mistakes]
ascending = "You began with the smallest."
"""


def test_the_words_of_every_exercise_are_whole():
    assert faults() == []


@pytest.fixture
def files(tmp_path):
    def write(chinese, english=ENGLISH):
        (tmp_path / "money.en.toml").write_text(english, "utf-8")
        (tmp_path / "money.zh_CN.toml").write_text(chinese, "utf-8")
        return faults(tmp_path)

    return write


def test_a_whole_translation_has_no_fault(files):
    assert files(ENGLISH) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('ascending = "You began with the smallest."', "", "abc.mistakes.ascending is missing"),
        ("ascending =", 'other = "?"\nascending =', "abc.mistakes.other is not in English"),
        ("{a:,}", "{b:,}", "abc.right has other placeholders than the English: b"),
        (', "Specific."', "", "abc.hints has 1 sentences, not 2"),
        ('["Vague.", "Specific."]', '"Vague."', "abc.hints is a str, not a list"),
    ],
)
def test_a_fault_of_a_translation_is_found(files, old, new, fault):
    assert old in ENGLISH
    assert files(ENGLISH.replace(old, new)) == [f"money.zh_CN.toml, {fault}"]


def test_a_key_that_nothing_reads_is_found(files):
    english = ENGLISH.replace("hints", "hint")
    assert files(english, english)[0].startswith("money.en.toml, abc: unknown key hint")


def test_a_translation_of_nothing_is_found(tmp_path):
    (tmp_path / "lost.zh_CN.toml").write_text("", "utf-8")
    assert faults(tmp_path) == ["lost.zh_CN.toml translates no lost.en.toml"]
