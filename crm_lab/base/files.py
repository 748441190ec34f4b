"""Where things lie, and writing that leaves either the old file or the new one, never half of one."""

import os
import tempfile
from pathlib import Path

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

PACKAGE = Path(__file__).parents[1]
REPOSITORY = PACKAGE.parent


def in_repository() -> bool:
    """Whether crm_lab runs from a checkout rather than from an installed wheel."""
    return (REPOSITORY / "run.py").is_file() and (REPOSITORY / "notebooks").is_dir()


def resource(folder: str) -> Path:
    """The folder `datasets`, `solutions`, `labs` or `notebooks`: the repository's own, or the copy inside the wheel."""
    return REPOSITORY / folder if in_repository() else PACKAGE / "_data" / folder


def work_dir() -> Path:
    """Where the learner's own files live: CRM_LAB_WORK if set, else `work/` in the repository, else ~/crm-lab."""
    chosen = os.environ.get("CRM_LAB_WORK")
    if chosen:
        return Path(chosen)
    return REPOSITORY / "work" if in_repository() else Path.home() / "crm-lab"


def write_atomic(path: Path, content: bytes | str) -> None:
    """Write `content` to `path` so that a crash leaves either the old file or the new one.

    Raises InputError when the place cannot be written (full disk, read-only folder); nothing is left behind.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise InputError(
            _("{path} cannot be written: {reason}. Choose a folder you may write to, or free some space.").format(
                path=path, reason=error.strerror or error
            )
        ) from error
