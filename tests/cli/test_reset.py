"""A reset gives a fresh lab and loses nothing."""

import pytest

from crm_lab.base.errors import InputError
from crm_lab.cli import reset, work


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A work folder with the copies of a small course."""
    root = tmp_path / "course"
    for name in ("labs/04a_value.ipynb", "labs/04b_change.ipynb", "labs/05_segment.ipynb", "notebooks/04a_value.ipynb"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("fresh")
    monkeypatch.setattr(work, "resource", lambda folder: root / folder)
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path / "work"))
    work.hand_out()
    return tmp_path / "work"


def test_what_was_written_is_set_aside_and_the_lab_is_fresh(folder):
    (folder / "labs/04a_value.ipynb").write_text("my answers")
    (kept,) = reset.reset("04a")
    assert kept.read_text() == "my answers"
    assert kept.name.startswith("04a_value (set aside 20")
    assert kept.suffix == ".ipynb"
    assert (folder / "labs/04a_value.ipynb").read_text() == "fresh"


@pytest.mark.parametrize(("number", "expected"), [("04", 2), ("4", 2), (" 04B ", 1), ("5", 1)])
def test_a_number_takes_all_its_parts(folder, number, expected):
    for path in (folder / "labs").iterdir():
        path.write_text("mine")
    assert len(reset.reset(number)) == expected


def test_an_untouched_or_missing_copy_is_only_made_fresh(folder):
    (folder / "labs/04b_change.ipynb").unlink()
    assert reset.reset("04") == []
    assert (folder / "labs/04b_change.ipynb").read_text() == "fresh"


def test_two_resets_at_once_keep_both(folder):
    for text in ("one", "two"):
        (folder / "labs/04a_value.ipynb").write_text(text)
        reset.reset("04a")
    assert sorted(p.read_text() for p in (folder / "labs").glob("04a*aside*")) == ["one", "two"]


def test_after_a_reset_the_copy_counts_as_untouched(folder, tmp_path):
    (folder / "labs/04a_value.ipynb").write_text("mine")
    (tmp_path / "course/labs/04a_value.ipynb").write_text("second edition")
    reset.reset("04a")
    assert (folder / "labs/04a_value.ipynb").read_text() == "second edition"
    (tmp_path / "course/labs/04a_value.ipynb").write_text("third edition")
    assert work.hand_out().refreshed == ["labs/04a_value.ipynb"]


def test_a_chapter_can_be_reset_too(folder):
    (folder / "notebooks/04a_value.ipynb").write_text("mine")
    assert len(reset.reset("04", folder="notebooks")) == 1
    assert (folder / "labs/04a_value.ipynb").read_text() == "fresh"


@pytest.mark.parametrize("number", ["7", "04c", "", "four", "../04", "04*"])
def test_an_unknown_number_names_those_there_are(folder, number):
    with pytest.raises(InputError, match=r"Use one of: 04a, 04b, 05\."):
        reset.reset(number)


def test_an_unknown_folder_is_refused(folder):
    with pytest.raises(InputError, match="Use one of: notebooks, labs, solutions"):
        reset.reset("04", folder="datasets")


def test_the_command_says_what_is_kept_where(folder, capsys):
    (folder / "labs/04a_value.ipynb").write_text("mine")
    reset.main("04a")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"Your file is kept as {folder / 'labs' / '04a_value (set aside '}")
    assert str(folder / "labs") in second
