"""Writing that leaves either the old file or the new one, never half of one."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from crm_lab.base.errors import InputError
from crm_lab.base.text import _


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write `content` to `path` so that a crash leaves either the old file or the new one.

    Raises InputError when the place cannot be written (full disk, read-only folder); nothing is left behind.
    """
    write_together({path: content})


def write_together(contents: Mapping[Path, bytes | str]) -> None:
    """Write several files, each as write_atomic does, and none unless there is room for all.

    Raises InputError naming the file that cannot be written; the others are then as they were.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    path = Path()
    try:
        for path, content in contents.items():
            made += _make_folder(path.parent)
            staged[path] = _stage(path, content.encode("utf-8") if isinstance(content, str) else content)
        for path, temporary in staged.items():
            os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(temporary, path)
    except OSError as error:
        _clear(staged.values(), made)
        raise InputError(
            _("{path} cannot be written: {reason}. Choose a folder you may write to, or free some space.").format(
                path=path, reason=error.strerror or error
            )
        ) from error


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the ones that were not there, the deepest first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _stage(path: Path, data: bytes) -> Path:
    """The data in a file beside `path`, on the disk; gone again if that fails."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Path(temporary)


def _clear(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Remove what was staged, and folders made for it that hold nothing."""
    for file in files:
        file.unlink(missing_ok=True)
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
