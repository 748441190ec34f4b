"""Calling a learner's function safely: in a thread, on copies, its prints swallowed, stopped when it takes too long.

What one process cannot stop: C code that holds the interpreter (`10 ** 10 ** 8`, some loops inside NumPy) and calls
that end the process (`os._exit`, a crash in C). A loop that catches everything is asked to stop again and again; if it
goes on all the same, its thread is left to itself and stays silent. To be safe from these, a class is graded in
processes of their own.
"""

from __future__ import annotations

import copy
import ctypes
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from crm_lab.base.text import _
from crm_lab.labs._unchanged import unchanged
from crm_lab.labs.cells import type_name
from crm_lab.labs.words import shorten

SECONDS = 0.6  # for all calls together, so that the whole check answers within a second
STOPS, LAST_STOPS = 100, 10_000  # times a thread is asked to stop: while the check waits, and after it has answered
_PLAIN = (str, int, float, bool)  # types of keys that can be shown without calling anything of them
PAUSE = 0.001  # seconds from one of these to the next


class _Stop(BaseException):
    """Thrown into a call that takes too long."""


@dataclass
class Call:
    """One call: the value it returned, or why there is none."""

    value: Any = None
    failure: str = ""


class _Quiet:
    """A stream that drops what certain threads write; all else goes on to the stream it stands for."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return len(text) if threading.get_ident() in _silenced else self._stream.write(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


_silenced: set[int] = set()  # threads of calls, those left to themselves included
_quiet: list[_Quiet] = []  # never let go: print() does not hold on to the stream it writes to


def _silent(stream: Any) -> Any:
    if type(stream) is _Quiet:
        return stream
    if not any(known._stream is stream for known in _quiet):
        _quiet.append(_Quiet(stream))
    return next(known for known in _quiet if known._stream is stream)


@contextmanager
def _silence(worker: threading.Thread) -> Iterator[None]:
    """Drop what the worker prints; for good, if it is still alive when the block ends."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_silent, before)
    try:
        yield
    finally:
        if not worker.is_alive():
            sys.stdout, sys.stderr = before


Keep = Callable[[int, Any], Any]


def call_each(
    function: Callable[..., Any], probes: Sequence[tuple[Any, ...]], keep: Keep | None = None, seconds: float = SECONDS
) -> list[Call]:
    """Call `function` on a copy of each probe; the calls that were done within `seconds`.

    keep  (turn, returned value) -> what to keep of it, read before the next call can change it; the value by default

    >>> call_each(lambda x: 1 / x, [(4,), (0,)])
    [Call(value=0.25, failure=''), Call(value=None, failure='it raised ZeroDivisionError: division by zero.')]
    """
    calls: list[Call] = []
    worker = threading.Thread(target=_work, args=(function, probes, keep, calls), daemon=True)
    with _silence(worker):
        worker.start()
        worker.join(seconds)
        _stop(worker, tries=STOPS)
    if worker.is_alive():
        threading.Thread(target=_stop, args=(worker, LAST_STOPS), daemon=True).start()
    return calls[: len(probes)]


def late(done: int, of: int, seconds: float = SECONDS) -> Call:
    """A call that was not done in time: many slow calls are something else than one that never returns.

    done  calls that were done
    of    calls that were to be made
    """
    if done < 3:
        return Call(failure=_("it did not finish in time. Is there a loop that never ends?"))
    said = _(
        "it came too late: a check makes {of} calls, and {done} of them took {each:.0f} ms each. Do less in a call."
    )
    return Call(failure=said.format(of=of, done=done, each=1000 * seconds / done))


def _work(
    function: Callable[..., Any], probes: Sequence[tuple[Any, ...]], keep: Keep | None, calls: list[Call]
) -> None:
    _silenced.add(threading.get_ident())
    with suppress(_Stop):
        for turn, probe in enumerate(probes):
            call = _one_call(function, probe)
            if keep is not None and not call.failure:
                call.value = keep(turn, call.value)
            calls.append(call)
    _silenced.discard(threading.get_ident())


def _one_call(function: Callable[..., Any], probe: tuple[Any, ...]) -> Call:
    given = copy.deepcopy(probe)
    try:
        value = function(*given)
    except _Stop:
        raise
    except RecursionError:
        return Call(failure=_("it called itself too many times (RecursionError). Let a loop do the work."))
    except KeyError as error:
        return Call(failure=_lacking(error))
    except BaseException as error:  # SystemExit and KeyboardInterrupt of the learner's own making too
        return Call(failure=_("it raised {error}").format(error=complaint(error)))
    if type(value) is types.CoroutineType:
        value.close()
    if not unchanged(probe, given):
        return Call(
            failure=_("it changed what it was given. Work on a copy: whoever calls it still needs the original.")
        )
    return Call(value)


def _stop(worker: threading.Thread, tries: int) -> None:
    """Raise _Stop in the thread till it ends; CPython delivers it at the next bytecode, never inside a C function.

    A loop that catches everything ends when _Stop happens to meet it outside of its `try`: threads take turns as often
    as they can meanwhile, so that this happens soon.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _attempt in range(tries):
            if not worker.is_alive():
                return
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident or 0), ctypes.py_object(_Stop))
            worker.join(PAUSE)
    finally:
        sys.setswitchinterval(max(usual, 0.005))  # another call may be stopping a thread, too


def _lacking(error: KeyError) -> str:
    """What is said of a KeyError: which key it was, where that is plain."""
    key = next(iter(BaseException.args.__get__(error)), None)  # type: ignore[attr-defined]
    if not any(type(key) is kind for kind in (*_PLAIN, tuple)):
        return _("it raised {error}").format(error=complaint(error))
    said = _("it looked up {key}, and there is no such key (KeyError). Print what the keys are.")
    return said.format(key=shorten(_shown(key), 60))


def _shown(key: object) -> str:
    """A key of plain values as it is written in code; of others, their type."""
    if type(key) is tuple:
        return f"({', '.join(map(_shown, key))})"
    return repr(key) if any(type(key) is kind for kind in _PLAIN) else type_name(key)


def complaint(error: BaseException) -> str:
    """The type of an exception and its text, without calling anything of it that may have been overridden.

    >>> complaint(KeyError("margin"))
    'KeyError: margin.'
    """
    first = next(iter(BaseException.args.__get__(error)), "")  # type: ignore[attr-defined]
    text = shorten(first, 120).strip() if type(first) is str else ""
    return f"{type_name(error)}: {text.rstrip('.')}." if text else f"{type_name(error)}."
