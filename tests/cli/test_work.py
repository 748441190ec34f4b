"""Untouched copies follow the course; what somebody worked on is never overwritten."""

import os

import pytest

from crm_lab.base.errors import InputError
from crm_lab.base.places import REPOSITORY
from crm_lab.cli import work


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of three files; its folder."""
    root = tmp_path / "course"
    for name in ("notebooks/04_classify.ipynb", "labs/04a_value.ipynb", "solutions/04a_value.ipynb"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(f"{name}, first edition")
    monkeypatch.setattr(work, "resource", lambda folder: root / folder)
    return root


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "work"


def test_the_first_time_every_file_is_handed_out(course, folder):
    result = work.hand_out(folder)
    assert sorted(result.new) == ["labs/04a_value.ipynb", "notebooks/04_classify.ipynb", "solutions/04a_value.ipynb"]
    assert (folder / "labs/04a_value.ipynb").read_text() == "labs/04a_value.ipynb, first edition"


def test_the_second_time_nothing_is_written(course, folder):
    work.hand_out(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    result = work.hand_out(folder)
    assert (result.new, result.refreshed, result.kept) == ([], [], [])
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_an_untouched_file_is_refreshed_and_a_touched_one_kept(course, folder):
    work.hand_out(folder)
    (folder / "labs/04a_value.ipynb").write_text("my answers")
    for name in ("labs/04a_value.ipynb", "notebooks/04_classify.ipynb"):
        (course / name).write_text("second edition")
    result = work.hand_out(folder)
    assert result.refreshed == ["notebooks/04_classify.ipynb"]
    assert result.kept == ["labs/04a_value.ipynb"]
    assert (folder / "notebooks/04_classify.ipynb").read_text() == "second edition"
    assert (folder / "labs/04a_value.ipynb").read_text() == "my answers"


def test_a_touched_file_is_not_mentioned_while_the_course_stays(course, folder):
    work.hand_out(folder)
    (folder / "labs/04a_value.ipynb").write_text("my answers")
    assert work.hand_out(folder).sentence() == ""


def test_a_newer_version_is_mentioned_each_time_until_it_is_taken(course, folder):
    work.hand_out(folder)
    (folder / "labs/04a_value.ipynb").write_text("my answers")
    (course / "labs/04a_value.ipynb").write_text("second edition")
    assert work.hand_out(folder).kept == work.hand_out(folder).kept == ["labs/04a_value.ipynb"]


def test_a_deleted_copy_is_handed_out_again(course, folder):
    work.hand_out(folder)
    (folder / "labs/04a_value.ipynb").unlink()
    assert work.hand_out(folder).new == ["labs/04a_value.ipynb"]


@pytest.mark.parametrize("damage", ["", "{", "[1]", '{"labs/04a_value.ipynb": 3}', None])
def test_without_its_record_every_changed_file_is_kept(course, folder, damage):
    work.hand_out(folder)
    (folder / "labs/04a_value.ipynb").write_text("my answers")
    (folder / work.RECORD).unlink()
    if damage is not None:
        (folder / work.RECORD).write_text(damage)
    (course / "labs/04a_value.ipynb").write_text("second edition")
    assert work.hand_out(folder).kept == ["labs/04a_value.ipynb"]
    assert (folder / "labs/04a_value.ipynb").read_text() == "my answers"


def test_a_file_the_course_dropped_goes_unless_somebody_worked_on_it(course, folder):
    work.hand_out(folder)
    (folder / "labs/04a_value.ipynb").write_text("my answers")
    (course / "labs/04a_value.ipynb").unlink()
    (course / "notebooks/04_classify.ipynb").unlink()
    work.hand_out(folder)
    assert (folder / "labs/04a_value.ipynb").read_text() == "my answers"
    assert not (folder / "notebooks/04_classify.ipynb").exists()


def test_a_class_edition_has_no_solutions(course, folder):
    (course / "solutions/04a_value.ipynb").unlink()
    (course / "solutions").rmdir()
    assert len(work.hand_out(folder).new) == 2


def test_the_data_dictionary_comes_along_and_the_data_do_not(course, folder):
    (course / "datasets").mkdir()
    for name in ("dictionary.md", "orders.csv"):
        (course / "datasets" / name).write_text("")
    assert "datasets/dictionary.md" in work.hand_out(folder).new
    assert [path.name for path in (folder / "datasets").iterdir()] == ["dictionary.md"]


def test_what_jupyter_leaves_in_the_course_is_not_handed_out(course, folder):
    (course / "labs/.ipynb_checkpoints").mkdir()
    (course / "labs/.ipynb_checkpoints/04a_value-checkpoint.ipynb").write_text("")
    assert len(work.hand_out(folder).new) == 3


@pytest.fixture
def english(monkeypatch, folder):
    """A learner who has not chosen a language yet; what is chosen is forgotten afterwards."""
    monkeypatch.setenv("CRM_LAB_WORK", str(folder))
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "en")


def test_the_language_is_remembered(english, folder):
    assert work.choose_language("zh-cn") == "zh_CN"
    assert (folder / ".crm-lab/language").read_text("utf-8") == "zh_CN\n"
    assert os.environ["CRM_LAB_LANGUAGE"] == "zh_CN"


def test_a_language_there_is_none_of_is_refused_and_nothing_changes(english, folder):
    with pytest.raises(InputError, match=r"Unknown language 'fr'\. Use one of: en, zh_CN"):
        work.choose_language("fr")
    assert not folder.exists()


def test_a_translated_notebook_is_handed_out_in_the_language(english, folder):
    work.choose_language("zh_CN")
    work.hand_out(folder)
    labs = {path.name: path.read_text("utf-8") for path in (folder / "labs").glob("*.ipynb")}
    assert "最好的五分之一 · 2 分" in labs["04a_what_customers_bring.ipynb"]
    other = "12a_what_a_caller_meets.ipynb"  # while nobody has begun with it
    assert labs[other] == (REPOSITORY / "labs" / other).read_text("utf-8")


def test_another_language_replaces_what_is_untouched_and_keeps_the_rest(english, folder):
    work.hand_out(folder)
    name = "labs/04a_what_customers_bring.ipynb"
    (folder / name).write_text("my answers")
    work.choose_language("zh_CN")
    result = work.hand_out(folder)
    assert result.kept == [name]
    assert "notebooks/04a_what_customers_bring.ipynb" in result.refreshed
    assert (folder / name).read_text() == "my answers"


def test_a_folder_that_cannot_be_written_gets_one_sentence(course, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        work.hand_out(tmp_path / "file" / "work")


def test_the_command_says_where_the_copies_are(course, folder, monkeypatch, capsys):
    monkeypatch.setenv("CRM_LAB_WORK", str(folder))
    work.main()
    assert capsys.readouterr().out == f"Your copies are in {folder}.\n"
