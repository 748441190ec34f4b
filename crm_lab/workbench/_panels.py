"""The four panels of the morning workbench as plain functions: what an account manager has to know on a day.

Each takes the tables as a mapping of DataFrames or as a DuckDB connection, an account manager (`reps.rep_id`) and a
day, and answers as it would have been answered on the morning of that day. The SQL is that of `workbench.sql`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _
from crm_lab.schema import TABLES
from crm_lab.schema.table import PANDAS_TYPE
from crm_lab.workbench import _why as why
from crm_lab.workbench._queries import QUERIES

if TYPE_CHECKING:
    import duckdb

    Source = Mapping[str, pd.DataFrame] | duckdb.DuckDBPyConnection

WATCH_COLUMNS = {column.name: PANDAS_TYPE[column.type] for column in TABLES["watches"].columns}


def tasks(tables: Source, rep: str, day: Any) -> pd.DataFrame:
    """What an account manager has to do: due on the day or overdue, and not done by that morning.

    tables  customers, reminders, reps
    rep     the account manager
    day     the day, such as "2025-12-18"

    Promised calls are left out; they are in `call_backs_due`.
    Returns reminder_id, customer_id, name, task, due_at, days_late (0: due on the day) and why, the oldest first.
    Raises InputError for an unknown rep, a day that is none, or a missing table.

    >>> from crm_lab import load
    >>> names = ("customers", "reminders", "reps")
    >>> found = tasks({name: load(name) for name in names}, "S06", "2025-12-18")
    >>> bool((found["days_late"] >= 0).all())
    True
    """
    return _explained(tables, "tasks", why.task, rep=rep, day=day)


def birthdays(tables: Source, rep: str, day: Any, days: int = 7) -> pd.DataFrame:
    """Whose birthday comes in the next days, the day itself being the first of them.

    tables  customers, reps
    rep     the account manager
    day     the day, such as "2025-12-28"
    days    how many days to look at, 1 to 365

    The year's end makes no difference. Who was born on 29 February has the birthday on 28 February in common years.
    Only open accounts, registered before the day; closing has no date in the data, so it holds for every day.
    Returns customer_id, name, birthday_on, age (on that birthday), birthday, marketing_consent and why, by date.
    Raises InputError for an unknown rep, a day or number of days that is none, or a missing table.

    >>> from crm_lab import load
    >>> found = birthdays({name: load(name) for name in ("customers", "reps")}, "S06", "2025-12-28")
    >>> found["birthday_on"].between("2025-12-28", "2026-01-03").all()
    np.True_
    """
    if type(days) is not int or not 1 <= days <= 365:
        raise InputError(_("days must be a whole number from 1 to 365, not {days!r}.").format(days=days))
    return _explained(tables, "birthdays", why.birthday, rep=rep, day=day, days=days)


def watches_fired(tables: Source, rep: str, day: Any, own: pd.DataFrame | None = None) -> pd.DataFrame:
    """Watches of an account manager's customers that fired on the day: what they waited for has come.

    tables  customers, prices, products, reps, stock, watches
    rep     the account manager
    day     the day, such as "2025-12-04"
    own     further watches, with the columns of watches

    A price watch fires on the first day after it was asked on which the list price crosses the level: above it before,
    at or below it now. A stock watch fires on the first day after it was asked on which a delivery of the sold-out
    product arrives. Each fires once.
    Returns watch_id, rep_id, customer_id, name, product_id, product, watch, asked_on, price_level, price_before, price,
    pieces, fired_on and why.
    Raises InputError for an unknown rep, a day that is none, a missing table, or columns that do not fit.

    >>> from crm_lab import load
    >>> names = ("customers", "prices", "products", "reps", "stock", "watches")
    >>> found = watches_fired({name: load(name) for name in names}, "S06", "2025-12-04")
    >>> bool((found["price"].dropna() <= found["price_level"].dropna()).all())
    True
    """
    with _connection(tables, "watches") as connection, _with_own(connection, own):
        return _explained(connection, "watches", why.watch, rep=rep, day=day)


def fired(tables: Source, own: pd.DataFrame | None = None) -> pd.DataFrame:
    """All watches that have fired, of all account managers and days; the rule is that of `watches_fired`.

    tables, own  as for watches_fired

    Returns the columns of watches_fired but for why, one row a watch, by day.

    >>> from crm_lab import load
    >>> names = ("customers", "prices", "products", "reps", "stock", "watches")
    >>> found = fired({name: load(name) for name in names})
    >>> bool((found["fired_on"] > found["asked_on"]).all())
    True
    """
    with _connection(tables, "fired") as connection, _with_own(connection, own):
        return connection.execute(QUERIES["fired"].sql).df()


def call_backs_due(tables: Source, rep: str, day: Any) -> pd.DataFrame:
    """Promised calls that are due on the day or late, and were not made by that morning; time in working days.

    tables  call_intervals (its day_type knows the public holidays), customers, reminders, reps
    rep     the account manager
    day     the day, such as "2025-12-18"; one of those in call_intervals

    Working days are Monday to Friday without public holidays; a weekend day worked in exchange for a holiday is not in
    the data and counts as free. A call promised for a day off is due on the next working day.
    Returns reminder_id, customer_id, name, due_at, working (promised for a working day), working_days_late (0: due on
    the day) and why, the oldest first.
    Raises InputError for an unknown rep, a day that is none or lies outside call_intervals, or a missing table.

    >>> from crm_lab import load
    >>> names = ("call_intervals", "customers", "reminders", "reps")
    >>> found = call_backs_due({name: load(name) for name in names}, "S06", "2025-10-09")
    >>> bool((found["working_days_late"] >= 0).all())
    True
    """
    with _connection(tables, "call_backs") as connection:
        first, last = connection.execute("select min(date)::date, max(date)::date from call_intervals").fetchall()[0]
        if first is None or not first <= _day(day) <= last:
            text = _("There is no calendar for {day}. Choose a day from {first} to {last}.")
            raise InputError(text.format(day=day, first=first, last=last))
        return _explained(connection, "call_backs", why.call_back, rep=rep, day=day)


def responsible(tables: Source) -> pd.DataFrame:
    """The account manager of each customer: those of a region take its customers in turn, by the customer's number.

    tables  customers, reps

    Returns customer_id and rep_id, one row a customer.

    >>> customers = pd.DataFrame({"customer_id": ["C00001", "C00002"], "region": "east"})
    >>> reps = pd.DataFrame({"rep_id": ["S01", "S02"], "region": "east"})
    >>> responsible({"customers": customers, "reps": reps})["rep_id"].tolist()
    ['S02', 'S01']
    """
    with _connection(tables, "responsible") as connection:
        return connection.execute(QUERIES["responsible"].sql).df()


def _explained(tables: Source, panel: str, reason: Callable[..., str], rep: str, day: Any, **more: Any) -> pd.DataFrame:
    """The rows of a panel, each with the reason why it is there."""
    with _connection(tables, panel) as connection:
        one_of("account manager", rep, [row[0] for row in connection.execute("select rep_id from reps").fetchall()])
        values = {"rep": rep, "day": _day(day), **more}
        found = connection.execute(QUERIES[panel].sql, values).df()
    reasons = [reason(row, values["day"]) for row in found.itertuples()]
    return found.assign(why=pd.Series(reasons, found.index, dtype="str"))


@contextmanager
def _connection(tables: Source, panel: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables of a panel: the given one, or one that ends with the block."""
    import duckdb

    needed = [*dict.fromkeys((*QUERIES[panel].tables, "reps"))]
    if isinstance(tables, duckdb.DuckDBPyConnection):
        _lacks_nothing(needed, {row[0] for row in tables.execute("show tables").fetchall()})
        yield tables
        return
    _lacks_nothing(needed, set(tables))
    with duckdb.connect(":memory:") as connection:
        for name in needed:
            connection.register(name, tables[name])
        yield connection


@contextmanager
def _with_own(connection: duckdb.DuckDBPyConnection, own: pd.DataFrame | None) -> Iterator[None]:
    """The learner's own watches as the table own_watches, for as long as the block lasts."""
    own = pd.DataFrame(columns=list(WATCH_COLUMNS)) if own is None else own
    if lacking := set(WATCH_COLUMNS) - set(own):
        raise InputError(_("own lacks the columns {lacking}.").format(lacking=", ".join(sorted(lacking))))
    connection.register("own_watches", own[list(WATCH_COLUMNS)].astype(WATCH_COLUMNS))
    try:
        yield
    finally:
        connection.unregister("own_watches")


def _lacks_nothing(needed: list[str], there: set[str]) -> None:
    if lacking := [name for name in needed if name not in there]:
        raise InputError(_("tables lacks {lacking}. Give it too.").format(lacking=", ".join(lacking)))


def _day(day: Any) -> date:
    with suppress(TypeError, ValueError):
        moment = None if isinstance(day, int | float) else pd.Timestamp(day)
        if moment is not None and not pd.isna(moment):
            return moment.date()
    raise InputError(_("day must be a date such as '2025-12-18', not {day!r}.").format(day=day))
