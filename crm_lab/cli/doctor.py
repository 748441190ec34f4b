"""`crm-lab doctor`: look for the common troubles of set-up; one line each, with its remedy."""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import socket
import sqlite3
import sys
import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distributions, version
from pathlib import Path

from crm_lab.base.errors import InputError
from crm_lab.base.files import write_atomic
from crm_lab.base.places import REPOSITORY, in_repository, work_dir
from crm_lab.base.text import _

NEEDED = (3, 11)
ROOM = 500_000_000  # bytes: JupyterLab's own files, checkpoints and a learner's copies, with air to breathe
PORT = 8888  # where JupyterLab starts looking for a free one


@dataclass(frozen=True)
class Finding:
    """What one look found. `ok` None means: worth knowing, nothing is wrong."""

    ok: bool | None
    text: str

    def __str__(self) -> str:
        mark = {True: _("ok"), False: _("WRONG"), None: _("note")}[self.ok]
        return f"{mark:6} {self.text}"


def python() -> Finding:
    """The Python this runs on: new enough, and the one run.py set up, if it set one up."""
    here = "{}.{}.{}".format(*sys.version_info)
    if sys.version_info[:2] < NEEDED:
        return Finding(False, _("Python {here} is too old. Install 3.11 or newer.").format(here=here))
    own = REPOSITORY / ".venv"
    if in_repository() and own.is_dir() and Path(sys.prefix).resolve() != own.resolve():
        return Finding(
            False,
            _("This runs on the Python in {prefix}, not on the one in {own}. Start with: python run.py").format(
                prefix=sys.prefix, own=own
            ),
        )
    return Finding(True, f"Python {here}")


def versions(lock: Path = REPOSITORY / "requirements.lock") -> Finding:
    """The installed packages: those of the lock."""
    from crm_lab.author.pins import read_lock

    if not lock.is_file():
        return Finding(None, _("There is no requirements.lock here to compare the packages with."))
    pins = read_lock(lock.read_text("utf-8"))
    found = {name: installed(name) for name in pins}
    wrong = [f"{name} {found[name] or _('missing')} ({pin})" for name, pin in pins.items() if found[name] != pin]
    if wrong:
        return Finding(
            False,
            _(
                "Packages differ from the lock, which is in brackets: {wrong}. Delete .venv and run: python run.py"
            ).format(wrong=", ".join(wrong)),
        )
    return Finding(True, _("{n} packages as in the lock").format(n=len(pins)))


def installed(name: str) -> str | None:
    """Version of an installed package, None if it is missing.

    >>> installed("no-such-package") is None
    True
    """
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def one_install(path: Iterable[str] | None = None) -> Finding:
    """crm_lab itself: there is one, so that what runs is what one sees."""
    places = [Path(entry or ".").resolve() for entry in (sys.path if path is None else path)]
    copies = {place / "crm_lab" for place in places if (place / "crm_lab" / "__init__.py").is_file()}
    copies |= {Path(str(d.locate_file("crm_lab"))) for d in distributions(name="crm-lab") if not _editable(d.files)}
    if len(copies) > 1:
        return Finding(
            False,
            _("crm_lab is installed more than once: {places}. Run: python -m pip uninstall crm-lab").format(
                places=", ".join(sorted(map(str, copies)))
            ),
        )
    return Finding(True, _("one crm_lab, in {place}").format(place="".join(map(str, copies)) or REPOSITORY))


def _editable(files: Iterable[object] | None) -> bool:
    """Whether a distribution only points to its source."""
    return not any(str(file).startswith("crm_lab/") for file in files or [])


def kernel() -> Finding:
    """The kernel notebooks run on: this Python's own, not one of the same name from another environment."""
    try:
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
    except ImportError:
        return Finding(False, _("jupyter_client is missing. Delete .venv and run: python run.py"))
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding(False, _("There is no Python kernel. Delete .venv and run: python run.py"))
    program = spec.argv[0]
    if program not in ("python", "python3") and Path(program).absolute() != Path(sys.executable).absolute():
        return Finding(
            False,
            _("The kernel python3 in {folder} belongs to another Python, {program}. Remove that folder.").format(
                folder=spec.resource_dir, program=program
            ),
        )
    return Finding(True, _("the kernel runs on this Python"))


def work_folder() -> Finding:
    """The work folder: it can be written."""
    probe = work_dir() / ".crm-lab" / "probe"
    try:
        write_atomic(probe, b"")
        probe.unlink()
    except (InputError, OSError) as error:
        return Finding(False, str(error))
    return Finding(True, _("the work folder {folder} can be written").format(folder=work_dir()))


def disk() -> Finding:
    """Room on the disk that holds the work folder."""
    place = next(p for p in [work_dir().absolute(), *work_dir().absolute().parents] if p.exists())
    free = shutil.disk_usage(place).free
    megabytes = f"{free / 1e6:,.0f} MB"
    if free < ROOM:
        return Finding(
            False, _("Only {free} are free where {place} lies. Make room.").format(free=megabytes, place=place)
        )
    return Finding(True, _("{free} free").format(free=megabytes))


def progress() -> Finding:
    """The learner's progress: the database opens and is whole."""
    from crm_lab.labs.progress import FILE

    file = work_dir() / FILE
    fault = _database_fault(file) if file.exists() else ""
    if fault:
        return Finding(
            False,
            _("The progress file {file} is damaged ({fault}). Rename it; a new one is begun.").format(
                file=file, fault=fault
            ),
        )
    return Finding(True, _("the progress file is whole, or there is none yet"))


def _database_fault(file: Path) -> str:
    try:
        with contextlib.closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            answer = str(connection.execute("pragma quick_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if answer == "ok" else answer


def company() -> Finding:
    """The company's data files: as they were made."""
    from crm_lab.data import verify

    problems = verify()
    return Finding(False, " ".join(problems)) if problems else Finding(True, _("the data files are as they were made"))


def browser() -> Finding:
    """A browser that JupyterLab can open; a server has none and needs none."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return Finding(None, _("No browser opens from here. Copy the address JupyterLab prints into one."))
    return Finding(True, _("a browser opens"))


def jupyterlab() -> Finding:
    """JupyterLab is there."""
    if importlib.util.find_spec("jupyterlab") is None:
        return Finding(False, _("JupyterLab is missing. Delete .venv and run: python run.py"))
    return Finding(True, _("JupyterLab {version}").format(version=installed("jupyterlab")))


def port(number: int = PORT) -> Finding:
    """The port JupyterLab takes first."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return Finding(
                None,
                _("Port {n} is in use, perhaps by a JupyterLab left open. A new one takes the next port.").format(
                    n=number
                ),
            )
    return Finding(True, _("port {n} is free").format(n=number))


LOOKS: tuple[Callable[[], Finding], ...] = (
    python, versions, one_install, jupyterlab, kernel, work_folder, disk, progress, company, browser, port,
)  # fmt: skip


def main(looks: Iterable[Callable[[], Finding]] = LOOKS) -> int:
    """Print every finding; 1 if something is wrong, else 0. A look that fails is itself a finding."""
    findings = [_safely(look) for look in looks]
    print("\n".join(map(str, findings)))
    return int(any(finding.ok is False for finding in findings))


def _safely(look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Exception as error:
        return Finding(
            False,
            _("{look} could not be looked at: {error}. Delete .venv and run: python run.py").format(
                look=look.__name__, error=error
            ),
        )
