"""Floor 6: labs. Open one, check an answer, ask for a hint, look at the solution, see how far you have come."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_lab.labs.lab import Lab, open
    from crm_lab.labs.panel import Result

__all__ = ["Lab", "Result", "open"]

_HOME = {"Lab": "lab", "open": "lab", "Result": "panel"}


def __getattr__(name: str) -> Any:  # pandas is only imported when something needs it
    if name in _HOME:
        return getattr(import_module(f"crm_lab.labs.{_HOME[name]}"), name)
    raise AttributeError(f"module 'crm_lab.labs' has no attribute {name!r}")
