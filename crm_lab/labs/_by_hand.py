"""Whether a function leaves its work to the part of the package whose method it is to rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from types import CodeType, FunctionType
from typing import Any


def helper_called(function: Any, by_hand: str) -> str:
    """The function of the package that a learner's function calls or is, such as "staffing.erlang_c"; or nothing.

    function  as handed in; its code is read, and that of the functions it names, but nothing is called
    by_hand   the function to be rebuilt; all public ones of its part of the package count

    >>> from crm_lab import staffing
    >>> helper_called(staffing.erlang_c, "staffing.erlang_c")
    'staffing.erlang_c'
    >>> helper_called(lambda load, agents: min(1.0, load / agents), "staffing.erlang_c")
    ''
    """
    part = by_hand.partition(".")[0]
    module = import_module(f"crm_lab.{part}")
    public = {name: vars(module)[name] for name in module.__all__}
    for one in _reached(function):
        for name, helper in public.items():
            if one is helper:
                return f"{part}.{name}"
        if _is_own(one):
            names = _names(one.__code__)
            own = {name for name in names if one.__globals__.get(name) is module}
            if called := sorted(names & public.keys()) if own or {"crm_lab", part} <= names else []:
                return f"{part}.{called[0]}"
    return ""


def _reached(function: Any) -> Iterator[Any]:
    """A function, and the functions it names, and those they name; the insides of the package are left out."""
    seen, ahead = set[int](), [function]
    while ahead:
        one = ahead.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if type(one) is partial:
            ahead.append(one.func)
        if _is_own(one):
            named = [one.__globals__.get(name) for name in _names(one.__code__)]
            ahead += [value for value in named if type(value) is FunctionType]


def _is_own(value: Any) -> bool:
    return type(value) is FunctionType and not str(value.__module__).startswith("crm_lab.")


def _names(code: CodeType) -> set[str]:
    """The names that code and the functions defined inside it look up outside of themselves."""
    inner = [_names(constant) for constant in code.co_consts if type(constant) is CodeType]
    return set(code.co_names).union(*inner)
