"""Read, execute and normalise notebooks, so that what is stored depends on nothing but the sources and the data."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from crm_lab.base.errors import InputError

Notebook = Any  # an nbformat NotebookNode
Cell = Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_TAG = "nbval-ignore-output"
CELL_SECONDS = 60

_NOTEBOOK_METADATA = {"crm_lab"}  # kernelspec and language_info are written anew
_CELL_METADATA = {"crm_lab", "slideshow", "tags", "jupyter", "editable", "deletable", "@deathbeds/jupyterlab-fonts"}
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")


def read(path: Path) -> Notebook:
    """The notebook at `path`; InputError naming the file when it is not one."""
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not a notebook that can be read: {str(error).splitlines()[0]}") from error


def dumps(notebook: Notebook) -> str:
    """The text of a notebook file: sorted keys, indent 1, a newline at the end.

    >>> dumps(nbformat.v4.new_notebook())[-2:]
    '}\\n'
    """
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise InputError(f"The notebook is not valid: {str(error).splitlines()[0]}") from error
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def code_cells(notebook: Notebook) -> list[Cell]:
    """The code cells in their order.

    >>> code_cells(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("Text")]))
    []
    """
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def kernel_environment(work: Path, language: str = "en") -> dict[str, str]:
    """The environment of a kernel whose results must not depend on the machine or on who runs it.

    work      an empty folder that stands for the learner's work/ and for their IPython profile
    language  the edition it speaks

    >>> kernel_environment(Path("w"))["PYTHONHASHSEED"]
    '0'
    """
    fixed = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    fixed |= {"PYTHONHASHSEED": "0", "CRM_LAB_LANGUAGE": language, "NO_COLOR": "1"}
    fixed |= {"CRM_LAB_WORK": str(work), "IPYTHONDIR": str(work / ".ipython")}
    return {key: value for key, value in os.environ.items() if key != "MPLBACKEND"} | fixed


def execute(notebook: Notebook, name: str, root: Path, language: str = "en") -> Notebook:
    """A normalised copy of `notebook`, its outputs computed afresh in a new kernel.

    name      how messages call the notebook, such as "labs/04_classify.ipynb"
    root      the folder the kernel works in
    language  the edition the kernel speaks

    Raises InputError naming notebook and cell when a cell fails, hangs, is left out or prints what cannot be repeated.
    """
    result = nbformat.from_dict(notebook)
    for cell in code_cells(result):
        cell.outputs, cell.execution_count = [], None
    with tempfile.TemporaryDirectory(prefix="crm-lab-build-") as work:
        _run(result, name, root, kernel_environment(Path(work), language))
    for cell in code_cells(result):
        check_cell(cell, name)
    return normalise(result)


def executed_before(notebook: Notebook, name: str, ran: Path) -> Notebook | None:
    """What `execute` would give, from a run that has just been; None where that run had other cells, or none.

    name    how messages call the notebook, and where it lies below `ran`
    ran     folder of executed notebooks, see tests/guards

    Raises InputError as `execute` does.
    """
    if not (ran / name).is_file():
        return None
    before = read(ran / name)
    if [(cell.id, cell.source.rstrip()) for cell in code_cells(before)] != [
        (cell.id, cell.source.rstrip()) for cell in code_cells(notebook)
    ]:
        return None
    result = nbformat.from_dict(notebook)
    for cell, shown in zip(code_cells(result), code_cells(before), strict=True):
        cell.outputs, cell.execution_count = shown.outputs, shown.execution_count
        check_cell(cell, name)
    return normalise(result)


def _run(notebook: Notebook, name: str, root: Path, environment: dict[str, str]) -> None:
    running: list[str] = ["-"]
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        on_cell_execute=lambda cell, cell_index: running.__setitem__(0, cell.id),
        log=_quiet(),
    )
    try:
        client.execute(cwd=str(root), env=environment)
    except CellExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        reason = f"it took more than {CELL_SECONDS} seconds"
    except DeadKernelError:
        reason = "the kernel died"
    else:
        return
    raise InputError(f"{name}, cell {running[0]!r} fails: {reason}")


def _quiet() -> logging.Logger:
    logger = logging.getLogger("crm_lab.build")  # nbclient logs each timeout and error that is also raised
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def check_cell(cell: Cell, name: str) -> None:
    """Raise InputError if an executed code cell was left out, or shows what differs from run to run.

    name    how messages call the notebook

    >>> check_cell(nbformat.v4.new_code_cell("", id="idle"), "labs/04")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: labs/04, cell 'idle' was not executed. Give it code, and no tag that skips it.
    """
    where = f"{name}, cell {cell.id!r}"
    if cell.execution_count is None:
        raise InputError(f"{where} was not executed. Give it code, and no tag that skips it.")
    if any(output.get("name") == "stderr" for output in cell.outputs):
        text = next(output.text for output in cell.outputs if output.get("name") == "stderr")
        raise InputError(f"{where} writes to stderr: {text.strip().splitlines()[-1]}. Remove what causes it.")
    if any(_ADDRESS.search(text) for text in plain_texts(cell)):
        raise InputError(f"{where} prints a memory address, which differs at each run. Show something else.")
    shows_widget = any(WIDGET_VIEW in output.get("data", {}) for output in cell.outputs)
    tagged = WIDGET_TAG in cell.metadata.get("tags", [])
    if shows_widget and not tagged:
        raise InputError(f"{where} shows a widget: tag it {WIDGET_TAG} and name its crm_lab.browser_test.")
    if tagged and not shows_widget:
        raise InputError(f"{where} is tagged {WIDGET_TAG} but shows no widget: remove the tag.")


def plain_texts(cell: Cell) -> list[str]:
    """What a code cell shows as plain text: streams, and the text form of each result.

    >>> plain_texts(nbformat.v4.new_code_cell("1 + 1"))
    []
    """
    texts = [output.get("text") or output.get("data", {}).get("text/plain") for output in cell.outputs]
    return [text for text in texts if text]


def normalise(notebook: Notebook) -> Notebook:
    """The same notebook without what differs from run to run or machine to machine. Changes it in place, too.

    Execution counts run 1..n; streams of one cell are merged; widget state, models and times are dropped.

    >>> cell = nbformat.v4.new_code_cell("1", execution_count=7, id="one", metadata={"execution": {"when": "now"}})
    >>> normalise(nbformat.v4.new_notebook(cells=[cell])).cells[0].execution_count
    1
    """
    kept = {key: value for key, value in notebook.metadata.items() if key in _NOTEBOOK_METADATA}
    kept["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    kept["language_info"] = {"name": "python"}
    notebook.metadata = nbformat.from_dict(kept)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in _CELL_METADATA & cell.metadata.keys()})
        cell.source = cell.source.rstrip()
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
        cell.outputs = [_normal_output(output, count) for output in _merged(cell.outputs)]
    return notebook


def _merged(outputs: list[Any]) -> list[Any]:
    merged: list[Any] = []
    streams: dict[str, Any] = {}
    for output in outputs:
        if output.output_type == "stream" and output.name in streams:
            streams[output.name].text += output.text
            continue
        if output.output_type == "stream":
            streams[output.name] = output
        merged.append(output)
    return merged


def _normal_output(output: Any, count: int) -> Any:
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)  # a stored view without its model shows as an error
        output.metadata.pop(WIDGET_VIEW, None)
    if output.output_type == "execute_result":
        output.execution_count = count
    return output
