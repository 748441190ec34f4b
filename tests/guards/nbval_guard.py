"""Plugin of pytest that holds nbval to limits: a notebook's seconds, its kernel's memory, and no hanging on the dead.

Load it with `-p nbval_guard` and this folder on PYTHONPATH; run_nbval.py does.
"""

import os
import queue
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell, NbCellError

DIFFER = "Cell outputs differ"  # how nbval says that a cell ran and shows something else than what is stored
POLL = 0.5  # seconds between two looks whether the kernel lives

_usage: dict[Path, dict[str, float]] = {}  # of each notebook: seconds so far, megabytes at most
_outputs: dict[Path, dict[str, list | None]] = {}  # of each notebook: what each code cell has shown


def pytest_addoption(parser):
    group = parser.getgroup("nbval_guard", "limits for notebooks")
    group.addoption("--notebook-seconds", type=float, default=20.0, help="seconds a notebook may take altogether")
    group.addoption("--keep-executed", type=Path, help="folder for the notebooks as they came out of this run")
    group.addoption("--notebook-megabytes", type=float, default=700.0, help="memory its kernel may take at its peak")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    if isinstance(item, IPyNbCell) and item.path not in _usage:  # its first cell: the set-up starts the kernel
        _fresh_environment(item.config)
    return (yield from _timed(item))


def _fresh_environment(config):
    """A work folder of its own for each notebook: none sees what another has left."""
    from crm_lab.author.notebooks import kernel_environment

    work = tempfile.TemporaryDirectory(prefix="crm-lab-nbval-")
    config.add_cleanup(work.cleanup)
    os.environ.pop("MPLBACKEND", None)
    os.environ.update(kernel_environment(Path(work.name)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if not isinstance(item, IPyNbCell):
        return (yield)
    shown = _outputs.setdefault(item.path, {})
    shown[item.cell.id] = None
    try:
        result = yield from _timed(item)
        shown[item.cell.id] = item.test_outputs
    except NbCellError as error:
        if str(error) == DIFFER:  # it ran, so what it shows now is worth keeping
            shown[item.cell.id] = item.test_outputs
        raise
    finally:
        usage = _usage[item.path]
        usage["megabytes"] = max(usage["megabytes"], peak_megabytes(item.parent.kernel))
        item.user_properties += usage.items()
    _limit(item)
    return result


def _timed(item):
    began = time.monotonic()
    try:
        return (yield)
    finally:
        usage = _usage.setdefault(item.path, {"seconds": 0.0, "megabytes": 0.0})
        usage["seconds"] += time.monotonic() - began


def _limit(item):
    usage, option = _usage[item.path], item.config.option
    if usage["seconds"] > option.notebook_seconds:
        pytest.fail(f"{item.path.name} has taken {usage['seconds']:.1f} s, more than {option.notebook_seconds:g}.")
    if usage["megabytes"] > option.notebook_megabytes:
        limit = option.notebook_megabytes
        pytest.fail(f"{item.path.name} has taken {usage['megabytes']:.0f} MB of memory, more than {limit:g}.")


def peak_megabytes(kernel):
    """The most memory the kernel's process has held, in megabytes; 0 where the system does not tell (not Linux)."""
    try:
        status = Path(f"/proc/{kernel.km.provisioner.pid}/status").read_text(encoding="ascii")
    except (OSError, AttributeError):
        return 0.0
    peaks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(peaks[0]) / 1024 if peaks else 0.0


def _get_message(kernel, stream, timeout=None):
    """Stands in for RunningKernel.get_message: as patient with a living kernel, but not with a dead one."""
    until = time.monotonic() + (float("inf") if timeout is None else timeout)
    while True:
        left = max(min(POLL, until - time.monotonic()), 0.0)
        try:
            return _nbval_get_message(kernel, stream, timeout=left)
        except queue.Empty:
            if not kernel.is_alive():
                raise RuntimeError("The kernel died while it ran this cell.") from None
            if time.monotonic() >= until:
                raise


_nbval_get_message = RunningKernel.get_message
RunningKernel.get_message = _get_message


def pytest_runtest_logreport(report):
    if report.when == "call" and report.nodeid.split("::")[0].endswith(".ipynb"):
        properties = dict(report.user_properties)
        usage = _totals.setdefault(report.nodeid.split("::")[0], {})
        usage.update({key: max(usage.get(key, 0.0), value) for key, value in properties.items()})


_totals: dict[str, dict[str, float]] = {}


def pytest_sessionfinish(session):
    """Keep each notebook that ran whole, with what it has shown: the build compares it and need not run it again."""
    folder = session.config.option.keep_executed
    for path, shown in _outputs.items() if folder else ():
        notebook = nbformat.read(path, as_version=4)
        cells = {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}
        if cells.keys() == shown.keys() and None not in shown.values():
            for name, cell in cells.items():
                cell.outputs, cell.execution_count = shown[name], 1
            place = folder / path.parent.name / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, place)


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("notebooks: seconds and peak megabytes")
    for name, usage in sorted(_totals.items()):
        seconds, megabytes = usage.get("seconds", 0.0), usage.get("megabytes", 0.0)
        terminalreporter.write_line(f"{seconds:6.1f} s  {megabytes:5.0f} MB  {name}")
    from crm_lab.author.bars import measure_stored, table

    ours = [name for name in sorted(_totals) if name.count("/") == 1 and (config.rootpath / name).is_file()]
    terminalreporter.section("notebooks: bars of style")
    terminalreporter.write_line(table(measure_stored(config.rootpath, name) for name in ours))
