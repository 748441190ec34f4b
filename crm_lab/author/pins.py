"""The versions that requirements.lock pins, and environment.yml made from them for Binder."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from crm_lab.base.files import write_atomic
from crm_lab.base.places import REPOSITORY

BINDER_PYTHON = "3.11"  # the Python the gates run on, so that Binder shows what was tested


def read_lock(text: str, python: str | None = None) -> dict[str, str]:
    """Name and version of each package a lock pins for one system.

    text    content of the lock
    python  version to read it for on Linux, such as "3.12"; by default this Python on this system

    >>> read_lock("numpy==2.4.6 ; python_full_version < '3.12'\\nnumpy==2.5.5 ; python_full_version >= '3.12'", "3.12")
    {'numpy': '2.5.5'}
    """
    lines = [line.removesuffix("\\").strip() for line in text.splitlines() if line[:1].isalnum()]
    requirements = [Requirement(line) for line in lines]
    system = _linux(python) if python else None
    return {
        canonicalize_name(r.name): next(iter(r.specifier)).version
        for r in requirements
        if r.marker is None or r.marker.evaluate(system)
    }


def _linux(python: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.99",  # the newest patch release, which is what conda gives
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def direct_dependencies(pyproject: str) -> list[str]:
    """Names of the packages pyproject.toml asks for, in its order.

    >>> direct_dependencies('[project]\\ndependencies = ["pandas>=3.1,<4", "numpy"]')
    ['pandas', 'numpy']
    """
    return [canonicalize_name(Requirement(d).name) for d in tomllib.loads(pyproject)["project"]["dependencies"]]


def environment_yml(pyproject: str, lock: str) -> str:
    """The file Binder builds from: the direct dependencies at the lock's versions.

    Without hashes, because pip refuses an editable package beside hashed ones.
    """
    pins = read_lock(lock, BINDER_PYTHON)
    packages = [f"      - {name}=={pins[name]}" for name in direct_dependencies(pyproject)]
    head = [
        "# Made by `python run.py lock` from pyproject.toml and requirements.lock; do not edit.",
        "name: crm-lab",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python={BINDER_PYTHON}",
        "  - pip",
        "  - pip:",
    ]
    return "\n".join([*head, *packages, "      - -e .", ""])


def main(root: Path = REPOSITORY) -> None:
    """Write environment.yml of the repository."""
    texts = [(root / name).read_text("utf-8") for name in ("pyproject.toml", "requirements.lock")]
    write_atomic(root / "environment.yml", environment_yml(*texts))


if __name__ == "__main__":
    main()
