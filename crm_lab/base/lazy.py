"""Names that are imported when they are first asked for, so that a package starts without what it may not need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(package: str, homes: Mapping[str, tuple[str, ...]], modules: tuple[str, ...] = ()) -> Callable[[str], Any]:
    """The `__getattr__` of a package whose names stand in its modules.

    package  its `__name__`
    homes    module within the package -> the names it gives
    modules  modules that are given themselves

    >>> find = lazily("crm_lab.base", {"errors": ("InputError", "one_of")}, modules=("text",))
    >>> find("InputError").__name__, find("text").__name__
    ('InputError', 'crm_lab.base.text')
    >>> find("nothing")
    Traceback (most recent call last):
    AttributeError: module 'crm_lab.base' has no attribute 'nothing'
    """
    home_of = {name: module for module, names in homes.items() for name in names}

    def find(name: str) -> Any:
        if name in home_of:
            return getattr(import_module(f"{package}.{home_of[name]}"), name)
        if name in modules:
            return import_module(f"{package}.{name}")
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return find
