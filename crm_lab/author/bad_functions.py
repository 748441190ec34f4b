"""Functions nobody should hand in and somebody will: they end badly or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from crm_lab.author.junk import never, with_every_method


def _forever(*args: Any) -> Any:
    while True:
        pass


def _stubborn(*args: Any) -> Any:
    deadline = time.monotonic() + 1.5  # a loop that really never ends would slow down all that follows
    while time.monotonic() < deadline:
        try:
            time.sleep(0.001)
        except BaseException:
            continue


def _printing(*args: Any) -> Any:
    deadline = time.monotonic() + 1.5
    while time.monotonic() < deadline:
        try:
            print("noise")
        except BaseException:
            continue


class _Callable:
    def __call__(self, *args: Any) -> Any:
        never()


def _greedy(*args: Any) -> Any:
    for arg in args:
        if isinstance(arg, list | dict):
            arg.clear()


def _deeper(*args: Any) -> Any:
    return _deeper(*args)


def _leave(*args: Any) -> Any:
    raise SystemExit


def _interrupt(*args: Any) -> Any:
    raise KeyboardInterrupt


def _odd_error(*args: Any) -> Any:
    raise type("Odd", (Exception,), {"__str__": never, "__repr__": never})(with_every_method("X", never)())


def bad_functions() -> dict[str, Callable[..., Any]]:
    """Functions that end badly or not at all, by name."""
    return {
        "loops for ever": _forever,
        "refuses to stop": _stubborn,
        "prints and catches everything": _printing,
        "object that can be called and never answers": _Callable(),
        "empties what it is given": _greedy,
        "ufunc": np.hypot,
        "calls itself for ever": _deeper,
        "leaves Python": _leave,
        "interrupts": _interrupt,
        "raises what cannot be shown": _odd_error,
        "takes no arguments": lambda: 1.0,
        "sleeps": lambda *args: time.sleep(3),
        "returns itself": lambda *args: _forever,
        "returns its inputs": lambda *args: args,
    }
