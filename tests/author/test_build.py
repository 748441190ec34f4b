"""The builder, on notebooks made for each behaviour."""

import io
import json
from base64 import b64encode
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from crm_lab.author.build import Made, build, make, stored_text
from crm_lab.author.derive import BLANK_TEXT, derive, stub
from crm_lab.author.notebooks import check_cell, code_cells, dumps, execute, normalise, read
from crm_lab.author.pictures import keep_pictures
from crm_lab.base.errors import InputError


def notebook(**cells: str) -> nbformat.NotebookNode:
    """A notebook; a keyword is a cell id with _ for -, and markdown if it begins with a known prefix or `text`."""
    made = []
    for name, source in cells.items():
        text = name.startswith(("task", "meaning", "text", "rubric", "title")) or name == "answer_manager"
        made.append((new_markdown_cell if text else new_code_cell)(source, id=name.replace("_", "-")))
    return new_notebook(cells=made)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("notebooks", "solutions", "labs"):
        (tmp_path / folder).mkdir()
    return tmp_path


@pytest.fixture
def no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for execution where only what is done around it is looked at: cells count as run and show nothing."""

    def run(made: nbformat.NotebookNode, name: str, root: Path, language: str = "en") -> nbformat.NotebookNode:
        result = nbformat.from_dict(made)
        for cell in code_cells(result):
            cell.outputs = []
        return normalise(result)

    monkeypatch.setattr("crm_lab.author.notebooks.execute", run)


def put(root: Path, name: str, content: nbformat.NotebookNode) -> Path:
    path = root / name
    path.write_text(dumps(content), encoding="utf-8")
    return path


def built(root: Path, *names: str, tolerance: float = 0.0) -> Made:
    made = make(root, names, tolerance)
    made.write()
    return made


def solution() -> nbformat.NotebookNode:
    return notebook(
        title="# Lab 01 · solution\n\nAbout numbers.",
        setup="numbers = [1, 2, 3]",
        task_total="### 1 · Total\n\nAdd them up.",
        answer_total="total = sum(numbers)\ntotal",
        check_total='print("right" if total is not ... else "not answered")',
        meaning_total="Six is what the shop owes.",
        answer_manager="Dear manager, six is little.",
        rubric_manager="One point for the number.",
    )


# ---- labs are derived


@pytest.mark.usefixtures("no_kernel")
def test_a_lab_is_its_solution_with_blanks(root: Path) -> None:
    put(root, "solutions/01_numbers.ipynb", solution())
    built(root)
    lab = read(root / "labs/01_numbers.ipynb")
    sources = {cell.id: cell.source for cell in lab.cells}
    assert sources == {
        "title": "# Lab 01\n\nAbout numbers.",
        "setup": "numbers = [1, 2, 3]",
        "task-total": "### 1 · Total\n\nAdd them up.",
        "answer-total": "total = ...",
        "check-total": 'print("right" if total is not ... else "not answered")',
        "answer-manager": BLANK_TEXT,
        "rubric-manager": "One point for the number.",
    }


def test_lab_and_solution_are_both_executed_where_they_stand(root: Path) -> None:
    put(root, "solutions/01_numbers.ipynb", solution())
    built(root)
    shown = {}
    for folder in ("solutions", "labs"):
        cells = {cell.id: cell for cell in read(root / folder / "01_numbers.ipynb").cells}
        shown[folder] = cells["check-total"].outputs[0].text
    assert shown == {"solutions": "right\n", "labs": "not answered\n"}


def test_a_function_keeps_its_signature_and_the_first_line_of_its_docstring() -> None:
    source = '''
@cache
def share_of(values: Series, top: float = 0.2) -> float:
    """Share of the largest.

    How it is done.
    """
    return values.nlargest(3).sum() / values.sum()
'''
    assert stub(source, "share_of") == (
        'def share_of(values: Series, top: float = 0.2) -> float:\n    """Share of the largest."""\n    return ...'
    )


def test_a_long_signature_stays_on_its_lines_and_decorators_go() -> None:
    source = "@cache\ndef add(\n    one: int,\n    other: int,\n) -> int:\n    # carefully\n    return one + other"
    assert stub(source, "add") == "def add(\n    one: int,\n    other: int,\n) -> int:\n    return ..."
    assert stub("def add(a, b): return a + b", "add") == "def add(a, b):\n    return ..."


def test_an_answer_that_does_not_define_what_its_id_names_is_refused() -> None:
    with pytest.raises(InputError, match=r"solutions/01, cell 'answer-total': the answer does not define 'total'"):
        derive(notebook(answer_total="totals = 1"), "solutions/01")


def test_a_name_that_is_only_compared_is_not_defined() -> None:
    with pytest.raises(InputError, match="does not define 'total'"):
        stub("print(total == 3)", "total")


def test_deriving_leaves_the_solution_as_it_was() -> None:
    before = solution()
    text = dumps(before)
    derive(before, "solutions/01")
    assert dumps(before) == text


@pytest.mark.usefixtures("no_kernel")
def test_a_lab_without_a_solution_is_removed_by_a_full_build(root: Path) -> None:
    put(root, "solutions/01_numbers.ipynb", solution())
    put(root, "labs/09_gone.ipynb", notebook(text="Old"))
    built(root, "01")
    assert (root / "labs/09_gone.ipynb").exists()
    built(root)
    assert not (root / "labs/09_gone.ipynb").exists()


# ---- execution


def test_a_failing_cell_is_named_with_its_notebook(root: Path) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(fine="1", broken="1 / 0"))
    with pytest.raises(
        InputError, match=r"^notebooks/01_a.ipynb, cell 'broken' fails: ZeroDivisionError: division by ze"
    ):
        make(root, [], 0.0)


def test_every_failing_notebook_is_named(root: Path) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(broken="1 / 0"))
    put(root, "notebooks/02_b.ipynb", notebook(broken="unknown"))
    with pytest.raises(InputError, match=r"(?s)01_a.*02_b"):
        make(root, [], 0.0)


def test_a_cell_that_kills_its_kernel_is_named(root: Path) -> None:
    with pytest.raises(InputError, match="cell 'end' fails: the kernel died"):
        execute(notebook(end="import os\nos._exit(1)"), "notebooks/01", root)


def test_a_cell_that_never_ends_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_lab.author.notebooks.CELL_SECONDS", 1)
    with pytest.raises(InputError, match="cell 'loop' fails: it took more than 1 seconds"):
        execute(notebook(loop="while True: pass"), "notebooks/01", root)


@pytest.mark.parametrize("fault", ["empty", "skipped"])
def test_a_code_cell_that_was_not_executed_is_an_error(root: Path, fault: str) -> None:
    made = notebook(idle="" if fault == "empty" else "1")
    made.cells[0].metadata["tags"] = ["skip-execution"] if fault == "skipped" else []
    with pytest.raises(InputError, match="cell 'idle' was not executed"):
        execute(made, "notebooks/01", root)


VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "IntSlider(value=0)"}


def shows(output: nbformat.NotebookNode, *tags: str) -> nbformat.NotebookNode:
    """An executed cell with one output."""
    return new_code_cell("x", id="x", execution_count=1, outputs=[output], metadata={"tags": list(tags)})


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (shows(new_output("display_data", data={"text/plain": "<object at 0x7f4e5a10>"})), "prints a memory address"),
        (shows(new_output("stream", name="stdout", text="<f at 0x7f4e5a10>\n")), "prints a memory address"),
        (
            shows(new_output("stream", name="stderr", text="line 1\nUserWarning: old\n")),
            "writes to stderr: UserWarning: o",
        ),
        (shows(new_output("display_data", data=VIEW)), "shows a widget: tag it nbval-ignore-output"),
        (shows(new_output("display_data"), "nbval-ignore-output"), "is tagged nbval-ignore-output but shows no widget"),
    ],
)
def test_an_output_that_cannot_be_repeated_is_an_error(cell: nbformat.NotebookNode, message: str) -> None:
    with pytest.raises(InputError, match=f"^notebooks/01, cell 'x' {message}"):
        check_cell(cell, "notebooks/01")


def test_a_widget_that_is_tagged_may_be_shown() -> None:
    check_cell(shows(new_output("display_data", data=VIEW), "nbval-ignore-output"), "notebooks/01")


def test_kernels_share_neither_work_folder_nor_machine_settings(root: Path) -> None:
    source = (
        "import os\nprint(os.getcwd(), os.environ['PYTHONHASHSEED'], os.environ['OMP_NUM_THREADS'])\n"
        "open(os.path.join(os.environ['CRM_LAB_WORK'], 'x'), 'x').close()"
    )
    for _turn in range(2):
        shown = execute(notebook(x=source), "notebooks/01", root)
        assert shown.cells[0].outputs[0].text == f"{root} 0 1\n"


def test_an_unknown_name_lists_what_there_is(root: Path) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(x="1"))
    with pytest.raises(InputError, match=r"No notebook begins with '7'. There are: 01_a\."):
        make(root, ["7"], 0.0)


@pytest.mark.usefixtures("no_kernel")
def test_names_choose_notebooks(root: Path) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(x="1"))
    put(root, "notebooks/02_b.ipynb", notebook(x="1 / 0"))
    assert list(make(root, ["01"], 0.0).texts) == ["notebooks/01_a.ipynb"]


def test_a_broken_file_is_named(root: Path) -> None:
    (root / "notebooks/01_a.ipynb").write_text('{"cells": [', encoding="utf-8")
    with pytest.raises(InputError, match=r"01_a.ipynb is not a notebook that can be read"):
        make(root, [], 0.0)


# ---- normal form


def test_normal_form_drops_what_differs_from_run_to_run() -> None:
    cell = new_code_cell("x\n", id="x", execution_count=9, metadata={"execution": {"iopub.status.idle": "now"}})
    cell.outputs = [
        new_output("stream", name="stdout", text="one "),
        new_output("execute_result", data=VIEW, execution_count=9),
        new_output("stream", name="stdout", text="two"),
    ]
    cell.metadata["slideshow"] = {"slide_type": "slide"}
    made = new_notebook(cells=[new_markdown_cell("T", id="t"), cell], metadata={"widgets": {"state": {}}, "vscode": {}})
    made.metadata["language_info"] = {"name": "python", "version": "3.11.2"}
    normal = normalise(made)
    assert normal.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert normal.cells[1].metadata == {"slideshow": {"slide_type": "slide"}}
    assert normal.cells[1].execution_count == 1
    assert normal.cells[1].outputs == [
        {"output_type": "stream", "name": "stdout", "text": "one two"},
        {
            "output_type": "execute_result",
            "execution_count": 1,
            "metadata": {},
            "data": {"text/plain": VIEW["text/plain"]},
        },
    ]


def test_a_widget_is_stored_as_what_stands_still(root: Path) -> None:
    made = notebook(x="import ipywidgets\nipywidgets.IntSlider(value=3)")
    made.cells[0].metadata["tags"] = ["nbval-ignore-output"]
    stored = execute(made, "notebooks/01", root)
    assert list(stored.cells[0].outputs[0].data) == ["text/plain"]
    assert "widgets" not in stored.metadata


def test_stored_text_has_sorted_keys_indent_one_and_ends_in_a_newline() -> None:
    text = dumps(notebook(x="1"))
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert text == json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def test_building_twice_gives_the_same_bytes_and_touches_no_file(root: Path) -> None:
    put(
        root,
        "notebooks/01_a.ipynb",
        notebook(text="Words", x="{'a', 'b', 'c', 'd'}"),
    )
    put(root, "solutions/01_a.ipynb", solution())
    assert len(built(root).texts) == 3
    files = sorted(root.glob("*/*.ipynb"))
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    again = make(root, [], 0.0)
    assert again.changed() == []
    again.write()
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in files] == before


# ---- stale files


@pytest.mark.usefixtures("no_kernel")
def test_a_hand_edited_lab_is_stale(root: Path) -> None:
    put(root, "solutions/01_a.ipynb", solution())
    built(root)
    lab = root / "labs/01_a.ipynb"
    lab.write_text(lab.read_text(encoding="utf-8").replace("About numbers.", "About sums."), encoding="utf-8")
    made = make(root, [], 0.0)
    with pytest.raises(InputError, match=r"labs/01_a.ipynb is stale: run `crm-lab build`"):
        made.require_fresh()
    assert "About sums" in (stored_text(lab) or "")


@pytest.mark.usefixtures("no_kernel")
def test_a_missing_and_an_orphaned_lab_are_stale(root: Path) -> None:
    put(root, "solutions/01_a.ipynb", solution())
    put(root, "labs/02_b.ipynb", notebook(text="Old"))
    assert {"labs/01_a.ipynb", "labs/02_b.ipynb"} <= set(make(root, [], 0.0).changed())


@pytest.mark.usefixtures("no_kernel")
def test_an_output_that_no_longer_comes_is_stale(root: Path) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(x="1 + 1"))
    built(root)
    stored = read(root / "notebooks/01_a.ipynb")
    stored.cells[0].outputs = [new_output("stream", name="stdout", text="3")]
    put(root, "notebooks/01_a.ipynb", stored)
    assert make(root, [], 0.0).changed() == ["notebooks/01_a.ipynb"]


# ---- pictures

ALT = "Bars of 5 groups of customers, the first as long as the others together"


def drawn(image: Image.Image, level: int = 0, alt: str = ALT) -> nbformat.NotebookNode:
    """A notebook that shows an image, stored with this level of compression."""
    file = io.BytesIO()
    image.save(file, "png", compress_level=level)
    png = b64encode(file.getvalue()).decode()
    element = f'<img alt="{alt}" src="data:image/png;base64,{png}">'
    bundle = {"image/png": png, "text/html": element, "text/plain": alt}
    output = new_output("display_data", data=bundle, metadata={"image/png": {"alt": alt}})
    return new_notebook(cells=[new_code_cell("plot(x)", id="plot", outputs=[output])])


def spotted(pixels: int, shade: int = 255) -> Image.Image:
    """A black square of 100 by 100 pixels, so many of them in another shade of grey."""
    image = Image.new("RGB", (100, 100))
    for n in range(pixels):
        image.putpixel((n % 100, n // 100), (shade, shade, shade))
    return image


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (drawn(spotted(0), level=9), True),
        (drawn(spotted(2)), True),
        (drawn(spotted(3)), False),
        (drawn(spotted(9_000, shade=31)), True),
        (drawn(spotted(9_000, shade=32)), False),
        (drawn(Image.new("RGB", (100, 101))), False),
        (drawn(spotted(0), level=9, alt=ALT.replace("5", "6")), False),
        (new_notebook(cells=[new_code_cell("plot(x)", id="plot")]), False),
    ],
)
def test_a_picture_is_kept_if_it_says_and_looks_the_same(new: nbformat.NotebookNode, kept: bool) -> None:
    stored = drawn(spotted(0))
    made = keep_pictures(nbformat.from_dict(new), stored, tolerance=0.0002)
    assert (made.cells[0].outputs == stored.cells[0].outputs) == kept


def test_a_kept_picture_counts_with_the_cells_that_came_before_it() -> None:
    def shown(count: int, level: int) -> nbformat.NotebookNode:
        notebook = drawn(spotted(0), level=level)
        notebook.cells[0].outputs[0].update(output_type="execute_result", execution_count=count)
        return notebook

    stored = shown(1, level=6)
    drawing = stored.cells[0].outputs[0].data["image/png"]
    made = keep_pictures(shown(2, level=9), stored).cells[0].outputs[0]
    assert (made.execution_count, made.data["image/png"]) == (2, drawing)


@pytest.mark.usefixtures("no_kernel")
def test_a_build_keeps_the_stored_picture(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(root, "notebooks/01_a.ipynb", normalise(drawn(spotted(0))))
    before = path.read_bytes()
    again = drawn(spotted(0), level=9)
    execute = "crm_lab.author.notebooks.execute"
    monkeypatch.setattr(execute, lambda made, name, root, language: normalise(nbformat.from_dict(again)))
    assert make(root, [], 0.0).changed() == []
    again = drawn(spotted(1), level=9)
    assert make(root, [], 0.0).changed() == ["notebooks/01_a.ipynb"]
    assert path.read_bytes() == before


# ---- what has just been executed is not executed again


def shown_before(root: Path, text: str, source: str = "print(1 + 1)") -> Path:
    """The folder of a run in which the one cell of the notebook had this source and showed this text."""
    ran = notebook(x=source)
    ran.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
    ran.cells[0].execution_count = 1
    (root / "ran" / "notebooks").mkdir(parents=True)
    put(root, "ran/notebooks/01_a.ipynb", ran)
    return root / "ran"


@pytest.mark.usefixtures("no_kernel")
def test_what_a_run_has_shown_is_taken_over_and_compared(root: Path) -> None:
    ran = shown_before(root, "2\n")
    put(root, "notebooks/01_a.ipynb", notebook(x="print(1 + 1)"))
    made = make(root, [], 0.0, ran=ran)
    assert made.changed() == ["notebooks/01_a.ipynb"]
    made.write()
    assert '"2\\n"' in (root / "notebooks/01_a.ipynb").read_text("utf-8")
    assert make(root, [], 0.0, ran=ran).changed() == []


@pytest.mark.usefixtures("no_kernel")
def test_a_run_of_other_code_is_not_taken_over(root: Path) -> None:
    ran = shown_before(root, "2\n", source="print(2)")
    put(root, "notebooks/01_a.ipynb", notebook(x="print(1 + 1)"))
    assert '"2\\n"' not in make(root, [], 0.0, ran=ran).texts["notebooks/01_a.ipynb"]


def test_a_rule_that_a_run_has_broken_is_named(root: Path) -> None:
    ran = shown_before(root, "<object at 0x7f0123456789>\n")
    put(root, "notebooks/01_a.ipynb", notebook(x="print(1 + 1)"))
    with pytest.raises(InputError, match=r"notebooks/01_a.ipynb, cell 'x' prints a memory address"):
        make(root, [], 0.0, ran=ran)


# ---- a build refuses to store what breaks a rule


@pytest.mark.usefixtures("no_kernel")
def test_a_lab_that_gives_an_answer_away_is_not_written(root: Path) -> None:
    made = solution()
    made.cells[2].metadata["crm_lab"] = {"notes": "They write total = sum(numbers) here."}
    put(root, "solutions/01_a.ipynb", made)
    with pytest.raises(InputError, match=r"labs/01_a.ipynb, task-total holds a line of answer-total: total = sum"):
        make(root, [], 0.0)


def test_a_figure_without_alt_text_is_not_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(x="1"))
    execute = "crm_lab.author.notebooks.execute"
    monkeypatch.setattr(execute, lambda made, name, root, language: normalise(drawn(spotted(0), alt="")))
    with pytest.raises(InputError, match=r"notebooks/01_a.ipynb, plot: a figure's alt text has 0 characters"):
        make(root, [], 0.0)


@pytest.mark.usefixtures("no_kernel")
def test_the_coverage_table_is_made_from_what_the_chapters_declare(root: Path) -> None:
    chapter = notebook(text_idea="RFM is", table="1")
    chapter.cells[0].metadata["crm_lab"] = {"topics": [{"topic": "RFM", "data": "table", "exercise": "rfm"}]}
    put(root, "notebooks/01_a.ipynb", chapter)
    put(root, "solutions/01_a.ipynb", notebook(answer_rfm="rfm = 1"))
    assert "| 01 | RFM | [text-idea](notebooks/01_a.ipynb) |" in make(root, [], 0.0).texts["coverage.md"]


@pytest.mark.usefixtures("no_kernel")
def test_the_map_of_the_start_page_is_drawn_anew(root: Path) -> None:
    put(root, "notebooks/00_start.ipynb", notebook(title="# Start", text_map="old"))
    path = root / "notebooks/00_start.ipynb"
    path.write_text(path.read_text("utf-8").replace("text-map", "map"), "utf-8")
    put(root, "notebooks/01_a.ipynb", notebook(title="# 01 · A\n\n**Why?**\n\n**60 minutes.**"))
    for names in ([], ["00"]):  # all chapters are on it, whatever else is built
        assert "[01 · A](01_a.ipynb) | Why? | 60 min |" in make(root, names, 0.0).texts["notebooks/00_start.ipynb"]


# ---- the command


@pytest.fixture
def repository(root: Path, monkeypatch: pytest.MonkeyPatch, no_kernel: None) -> Path:
    """A small repository that the command takes for its own, with data files that are in order."""
    put(root, "solutions/01_a.ipynb", solution())
    monkeypatch.setattr("crm_lab.author.build.REPOSITORY", root)
    monkeypatch.setattr("crm_lab.data.make", lambda: [root / "datasets" / "orders.csv"])
    monkeypatch.setattr("crm_lab.data.verify", lambda: [])
    return root


def test_the_command_says_what_it_has_written(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build()
    assert capsys.readouterr().out.splitlines() == [
        f"written: {Path('datasets/orders.csv')}",
        "written: labs/01_a.ipynb",
        "written: solutions/01_a.ipynb",
        "2 files built, 2 changed.",
    ]


def test_a_check_writes_nothing_and_names_what_is_stale(repository: Path) -> None:
    with pytest.raises(InputError, match=r"labs/01_a.ipynb is stale"):
        build(check=True)
    assert not (repository / "labs/01_a.ipynb").exists()
    build(["01"])
    build(check=True)


def test_a_check_names_a_data_file_that_is_not_in_order(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(["01"])
    monkeypatch.setattr("crm_lab.data.verify", lambda: ["orders.csv is missing."])
    with pytest.raises(InputError, match=r"^orders.csv is missing\.$"):
        build(check=True)


# ---- catalogues


def test_a_catalogue_older_than_its_notebook_is_stale(root: Path, no_kernel: None) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(text="First."))
    path = root / "crm_lab/locale/zh_CN/notebooks/01_a.po"
    path.parent.mkdir(parents=True)
    path.write_text("", "utf-8")
    built(root)
    assert 'msgid "First."' in path.read_text("utf-8")
    assert make(root, [], 0.0).changed() == []
    put(root, "notebooks/01_a.ipynb", notebook(text="Second."))
    with pytest.raises(InputError, match=r"crm_lab/locale/zh_CN/notebooks/01_a.po is stale"):
        make(root, [], 0.0).require_fresh()


def test_a_notebook_nobody_translates_has_no_catalogue(root: Path, no_kernel: None) -> None:
    put(root, "notebooks/01_a.ipynb", notebook(text="First."))
    assert [name for name in built(root).texts if name.endswith(".po")] == []
