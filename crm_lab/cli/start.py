"""Open JupyterLab on the start page: for learners on their own copies, for authors on the repository itself."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from crm_lab.base.errors import InputError
from crm_lab.base.places import REPOSITORY, in_repository, resource, work_dir
from crm_lab.base.text import _
from crm_lab.cli.work import choose_language, hand_out

START_PAGE = "notebooks/00_start.ipynb"


def start(options: list[str] | None = None) -> int:
    """Hand out the learner's copies and open them. Returns when JupyterLab is closed.

    options  further words for JupyterLab, such as "--no-browser"; "--language zh_CN" is for us, and remembered

    Raises InputError when the language is unknown, the work folder cannot be written or JupyterLab is missing.
    """
    words = _without_language(options or [])
    result = hand_out()
    print(_("Your copies are in {folder}.").format(folder=work_dir()), result.sentence(), flush=True)
    return open_lab(work_dir(), words)


def author(options: list[str] | None = None) -> int:
    """Open the repository in place.

    Raises InputError outside a repository: an installed package is not the place to change the course.
    """
    if not in_repository():
        raise InputError(_("Authors work in the repository: clone it and run there: python run.py author"))
    return open_lab(REPOSITORY, options or [])


def _without_language(options: list[str]) -> list[str]:
    """Choose the language among the options, if it is there; the options that are left."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language")
    found, rest = parser.parse_known_args(options)
    if found.language is not None:
        choose_language(found.language)
    return rest


def open_lab(folder: Path, options: list[str]) -> int:
    """Run JupyterLab in this process, with `folder` as its root, on the start page if there is one."""
    try:
        from jupyterlab.labapp import main
    except ImportError as error:
        raise InputError(
            _("JupyterLab is missing or damaged. Delete the folder .venv and run: python run.py")
        ) from error
    os.environ.update(environment())
    os.chdir(folder)
    page = f"/lab/tree/{START_PAGE}" if (folder / START_PAGE).is_file() else "/lab"
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # containers have no other user
    return main([f"--ServerApp.root_dir={folder}", f"--LabApp.default_url={page}", *root, *options]) or 0


def environment() -> dict[str, str]:
    """What JupyterLab and its kernels must find set.

    JUPYTER_CONFIG_PATH leads to labconfig/, which silences the news pop-up. JUPYTER_PREFER_ENV_PATH makes this
    environment's kernel win over one of the same name installed for the user. PATH lets a terminal find crm-lab.

    >>> sorted(environment())
    ['CRM_LAB_WORK', 'JUPYTER_CONFIG_PATH', 'JUPYTER_PREFER_ENV_PATH', 'PATH']
    """
    config = [str(resource("labconfig").parent), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {
        "CRM_LAB_WORK": str(work_dir()),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, config)),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    }


def run(words: list[str]) -> int:
    """The command line of `python -m crm_lab.cli.start`, which run.py calls: it skips the start-up of `crm-lab`."""
    try:
        return author(words[1:]) if words[:1] == ["author"] else start(words)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
