"""A bar that shows how far a long reading has come, once it has taken two seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

from crm_lab.base.text import _

DELAY = 2.0  # seconds


class Progress:
    """Steps of a work, counted; shown in a notebook or a terminal only if they take long.

    >>> with Progress(2) as progress:
    ...     progress.step()
    """

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.done = 0
        self.began = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.close()

    def step(self) -> None:
        """One more step is done."""
        self.done += 1
        if self.bar is not None:
            self.bar.update()
        elif time.monotonic() - self.began > DELAY and self.done < self.steps and _watched():
            from tqdm.auto import tqdm

            self.bar = tqdm(total=self.steps, initial=self.done, desc=_("Reading your orders"), leave=False)


def _watched() -> bool:
    """Whether someone looks on: in a notebook, or a terminal."""
    return "ipykernel" in sys.modules or sys.stderr.isatty()
