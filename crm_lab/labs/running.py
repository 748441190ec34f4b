"""Calling a learner's function safely: in a thread, on copies, its prints swallowed, stopped when it takes too long."""

from __future__ import annotations

import contextlib
import copy
import ctypes
import os
import threading
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crm_lab.base.text import _
from crm_lab.labs.cells import type_name
from crm_lab.labs.words import shorten

SECONDS = 0.6  # for all calls together, so that the whole check answers within a second


class _Stop(BaseException):
    """Thrown into a call that takes too long."""


@dataclass
class Call:
    """One call: the value it returned, or why there is none."""

    value: Any = None
    failure: str = ""


def call_each(function: Callable[..., Any], probes: Sequence[tuple[Any, ...]], seconds: float = SECONDS) -> list[Call]:
    """Call `function` on a copy of each probe; what is not done after `seconds` has failed.

    >>> call_each(lambda x: 1 / x, [(4,), (0,)])
    [Call(value=0.25, failure=''), Call(value=None, failure='it raised ZeroDivisionError: division by zero.')]
    """
    calls: list[Call] = []
    worker = threading.Thread(target=_work, args=(function, probes, calls), daemon=True)
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        worker.start()
        worker.join(seconds)
        for _attempt in range(3):
            if worker.is_alive():
                _stop(worker)
                worker.join(0.03)
    done = calls[: len(probes)]
    late = Call(failure=_("it did not finish in time. Is there a loop that never ends?"))
    return done + [late] * (len(probes) - len(done))


def _work(function: Callable[..., Any], probes: Sequence[tuple[Any, ...]], calls: list[Call]) -> None:
    with contextlib.suppress(_Stop):
        for probe in probes:
            calls.append(_one_call(function, copy.deepcopy(probe)))


def _one_call(function: Callable[..., Any], probe: tuple[Any, ...]) -> Call:
    try:
        value = function(*probe)
    except _Stop:
        raise
    except BaseException as error:  # SystemExit and KeyboardInterrupt of the learner's own making too
        return Call(failure=_("it raised {error}").format(error=complaint(error)))
    if type(value) is types.CoroutineType:
        value.close()
    return Call(value)


def _stop(worker: threading.Thread) -> None:
    """Raise _Stop in the thread; CPython delivers it at the next bytecode, never inside a C function."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident or 0), ctypes.py_object(_Stop))


def complaint(error: BaseException) -> str:
    """The type of an exception and its text, without calling anything of it that may have been overridden.

    >>> complaint(KeyError("margin"))
    'KeyError: margin.'
    """
    first = next(iter(BaseException.args.__get__(error)), "")  # type: ignore[attr-defined]
    text = shorten(first, 120).strip() if type(first) is str else ""
    return f"{type_name(error)}: {text.rstrip('.')}." if text else f"{type_name(error)}."
