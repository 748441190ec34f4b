"""crm-lab slides: which notebooks a number means, and where their decks go."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from crm_lab.base.errors import InputError
from crm_lab.cli import slides as module
from crm_lab.cli.slides import chapters, slides


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("00_primer", "00_start", "04a_value", "04b_rfm", "14_queues"):
        notebook = v4.new_notebook(cells=[v4.new_markdown_cell(f"# {name}")])
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setattr(module, "resource", lambda name: tmp_path / name)
    return folder


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("04", ["04a_value", "04b_rfm"]),
        ("4", ["04a_value", "04b_rfm"]),
        (" 4B ", ["04b_rfm"]),
        ("14", ["14_queues"]),
        ("0", ["00_primer"]),  # the start page is no talk
    ],
)
def test_a_number_means_both_halves_of_a_chapter(course: Path, number: str, names: list[str]) -> None:
    assert [path.stem for path in chapters(number)] == names


@pytest.mark.parametrize("number", ["", "four", "4 a", "../04", "004", "-4"])
def test_what_is_no_number_is_refused(course: Path, number: str) -> None:
    with pytest.raises(InputError, match="not a chapter's number"):
        chapters(number)


def test_an_unknown_chapter_names_those_there_are(course: Path) -> None:
    with pytest.raises(InputError, match="There are: 00, 04a, 04b, 14"):
        chapters("05")


def test_decks_go_where_they_should(course: Path, tmp_path: Path) -> None:
    files = slides("04", tmp_path / "stick" / "decks")
    assert [file.relative_to(tmp_path).as_posix() for file in files] == [
        "stick/decks/04a_value.html",
        "stick/decks/04b_rfm.html",
    ]
    assert "<title>04b_rfm</title>" in files[1].read_text(encoding="utf-8")


def test_outside_the_repository_decks_go_to_the_current_folder(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "in_repository", lambda: False)
    monkeypatch.chdir(tmp_path)
    assert slides("14") == [tmp_path / "slides" / "14_queues.html"]


def test_a_fault_names_the_notebook(course: Path, tmp_path: Path) -> None:
    (course / "04a_value.ipynb").write_text("no notebook", encoding="utf-8")
    with pytest.raises(InputError, match=r"04a_value\.ipynb is not a notebook"):
        slides("04a", tmp_path)
    faulty = v4.new_notebook(cells=[v4.new_markdown_cell("![map](nowhere.png)")])
    nbformat.write(faulty, course / "04a_value.ipynb")
    with pytest.raises(InputError, match=r"04a_value\.ipynb: The picture nowhere\.png"):
        slides("04a", tmp_path)
    assert not list(tmp_path.glob("*.html"))
