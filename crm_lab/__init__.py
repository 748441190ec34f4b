"""CRM Lab: learn e-commerce customer relationship management by doing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_lab.data import load
    from crm_lab.world import World

__version__ = "0.1.0"

_HOME = {"load": "crm_lab.data", "World": "crm_lab.world"}
_TOPICS = ("classify", "concepts", "data", "explore", "labs", "lifetime", "schema", "staffing", "workbench", "world")

__all__ = ["World", "load"]


def __getattr__(name: str) -> Any:  # pandas and SciPy are only imported when something needs them
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    if name in _TOPICS:
        return import_module(f"crm_lab.{name}")
    raise AttributeError(f"module 'crm_lab' has no attribute {name!r}")
