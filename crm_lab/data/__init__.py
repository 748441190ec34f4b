"""Floor 3: the company's tables and the learner's own shop, ready for analysis."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_lab.data.files import make, verify
    from crm_lab.data.large import open_world, write_world
    from crm_lab.data.shop import Shop, french_shop, read_shop
    from crm_lab.data.tables import connect, load, personal, today

_HOME = {
    "connect": "tables",
    "load": "tables",
    "personal": "tables",
    "today": "tables",
    "make": "files",
    "verify": "files",
    "open_world": "large",
    "write_world": "large",
    "Shop": "shop",
    "french_shop": "shop",
    "read_shop": "shop",
}

__all__ = [
    "Shop",
    "connect",
    "french_shop",
    "load",
    "make",
    "open_world",
    "personal",
    "read_shop",
    "today",
    "verify",
    "write_world",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"crm_lab.data.{_HOME[name]}"), name)
    raise AttributeError(f"module 'crm_lab.data' has no attribute {name!r}")
