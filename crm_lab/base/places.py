"""Where things lie: the course's own files, and the learner's."""

import os
from pathlib import Path

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
