"""Floor 6: labs. Open one, check an answer, ask for a hint, look at the solution, see how far you have come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.base.lazy import lazily

if TYPE_CHECKING:
    from crm_lab.labs.lab import Lab, open
    from crm_lab.labs.panel import Result

__all__ = ["Lab", "Result", "open"]

__getattr__ = lazily(__name__, {"lab": ("Lab", "open"), "panel": ("Result",)})
