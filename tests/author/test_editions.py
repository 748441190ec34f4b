"""An edition is its source in another language: the same cells and code, prose from the catalogues."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from crm_lab.author.catalogues import complete
from crm_lab.author.catalogues import read as read_catalogue
from crm_lab.author.derive import derive
from crm_lab.author.editions import catalogue, localise, messages_of, refresh, reports, require_complete
from crm_lab.author.notebooks import read
from crm_lab.base.errors import InputError
from crm_lab.base.places import PACKAGE, REPOSITORY

EDITIONS = [(language, name) for language, names in complete(REPOSITORY).items() for name in names if "/" in name]


def solved():
    """A solved lab of one task."""
    return new_notebook(
        cells=[
            new_markdown_cell("### 1 · Sum · 2 points", id="task-total"),
            new_code_cell("total = 1 + 1", id="answer-total", outputs=[new_output("stream", text="2")]),
            new_markdown_cell("It is two.", id="meaning-total"),
        ]
    )


@pytest.fixture
def notebooks():
    return {"solutions/01_a.ipynb": solved(), "labs/01_a.ipynb": derive(solved(), "solutions/01_a.ipynb")}


@pytest.fixture
def root(tmp_path, notebooks):
    """A repository whose lab has been translated."""
    said = {"1 · Sum · 2 points": "1 · 求和 · 2 分", "It is two.": "等于二。"}
    for name, text in refresh(tmp_path, notebooks, package=False, begin=True).items():
        for source, translation in said.items():
            text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translation}"')
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_catalogue_of_a_solution_holds_only_what_the_lab_does_not_say(notebooks):
    assert [one.text for one in messages_of("solutions/01_a", notebooks)] == ["It is two."]
    assert [one.text for one in messages_of("labs/01_a", notebooks)] == ["1 · Sum · 2 points"]


def test_a_solution_speaks_from_both_catalogues_and_keeps_its_code(root, notebooks):
    made = localise(notebooks["solutions/01_a.ipynb"], root, "zh_CN", "solutions/01_a")
    assert [cell.source for cell in made.cells] == ["### 1 · 求和 · 2 分", "total = 1 + 1", "等于二。"]
    assert made.cells[1].outputs == []
    assert notebooks["solutions/01_a.ipynb"].cells[2].source == "It is two."


def test_a_lab_needs_no_catalogue_of_its_solution(root, notebooks):
    catalogue(root, "zh_CN", "solutions/01_a").unlink()
    made = localise(notebooks["labs/01_a.ipynb"], root, "zh_CN", "labs/01_a")
    assert made.cells[0].source == "### 1 · 求和 · 2 分"


def test_nothing_is_begun_unless_it_is_asked_for(tmp_path, notebooks):
    assert refresh(tmp_path, notebooks, package=False) == {}


def declare(root, *names):
    (root / "crm_lab/locale/complete.toml").write_text(f"zh_CN = {list(names)}", "utf-8")


def test_what_is_complete_may_be_declared_so(root):
    declare(root, "labs/01_a", "solutions/01_a")
    require_complete(root, reports(root))


@pytest.mark.parametrize("fault", ["changed", "missing", "deleted"])
def test_what_is_declared_complete_and_is_not_is_named(root, fault):
    declare(root, "labs/01_a")
    path = catalogue(root, "zh_CN", "labs/01_a")
    text = path.read_text("utf-8")
    damaged = {
        "changed": text.replace("#. heading\n", "#. heading\n#, fuzzy\n"),
        "missing": text.replace("1 · 求和 · 2 分", ""),
    }
    path.unlink() if fault == "deleted" else path.write_text(damaged[fault], "utf-8")
    with pytest.raises(InputError, match="zh_CN/labs/01_a"):
        require_complete(root, reports(root))


def test_a_catalogue_that_is_not_declared_may_be_half_done(root):
    path = catalogue(root, "zh_CN", "labs/01_a")
    path.write_text(path.read_text("utf-8").replace("1 · 求和 · 2 分", ""), "utf-8")
    require_complete(root, reports(root))


def test_every_edition_declared_complete_is():
    require_complete(REPOSITORY, reports(REPOSITORY))


@pytest.mark.parametrize(("language", "name"), EDITIONS)
def test_in_an_edition_only_prose_differs(language, name):
    source = read(REPOSITORY / f"{name}.ipynb")
    made = localise(source, REPOSITORY, language, name)
    assert [cell.id for cell in made.cells] == [cell.id for cell in source.cells]
    for cell, before in zip(made.cells, source.cells, strict=True):
        assert (cell.source == before.source) is (cell.cell_type == "code"), cell.id
    nbformat.validate(made)


def test_the_font_of_the_figures_has_every_letter_they_use():
    font_tools = pytest.importorskip("fontTools.ttLib")
    letters = set(font_tools.TTFont(PACKAGE / "explore/fonts/sans_sc.otf").getBestCmap())
    messages = read_catalogue(catalogue(REPOSITORY, "zh_CN", "messages"), "zh_CN")
    said = "".join(str(one.string) for one in messages if any("/explore/" in place for place, _line in one.locations))
    assert "客户" in said
    assert {letter for letter in said if "\u3400" <= letter <= "\u9fff" and ord(letter) not in letters} == set()
