"""Companies larger than memory: written block by block as Parquet, read through DuckDB.

A world of any size is one folder: a folder of Parquet parts for each table, one part a block of customers, and a
manifest. While it is written it has another name, `.<name>.partial`, so a folder under its own name is always whole.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import numpy as np
import pandas as pd

from crm_lab.base import text
from crm_lab.base.errors import InputError
from crm_lab.base.files import write_atomic
from crm_lab.base.text import _
from crm_lab.data.files import MANIFEST, about
from crm_lab.schema import TABLES
from crm_lab.world.company import Setting, make_block, make_watches, make_whole

if TYPE_CHECKING:
    import duckdb

WATCHING = ("customer_id", "registered_at", "last_visit_at")


class Written(NamedTuple):
    """What stays in memory of a block once it is on disk: rows by table, pieces sold, calls made."""

    rows: dict[str, int]
    sold: np.ndarray
    callers: pd.DataFrame


def write_world(
    folder: str | Path, customers: int = 100_000, seed: int = 0, locale: str | None = None, jobs: int = 1
) -> Path:
    """Write all tables of World(customers, seed, locale) to a new folder. Memory does not grow with their number.

    folder  must not exist, or be empty; an existing company is never overwritten
    locale  of names and cities, by default the edition's
    jobs    how many processes make blocks of 10,000 customers at the same time; each takes its own memory

    Returns the folder. Raises InputError when an argument cannot be or the place cannot be written; then, and when the
    process is stopped half way, there is no `folder`. What a killed process leaves under another name, the next call
    for the same folder removes.

    >>> folder = write_world(Path(tempfile.mkdtemp()) / "small", customers=50)
    >>> sorted(path.name for path in folder.iterdir())[:3]
    ['account_changes', 'agents', 'attribute_ratings']
    """
    locale = text.locale() if locale is None else locale
    Setting.check(customers, seed, locale)
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise InputError(_("jobs must be a whole number from 1, not {value!r}.").format(value=jobs))
    with _under_another_name(Path(folder)) as staging:
        rows = _write_tables(staging, (customers, int(seed), locale), jobs)
        tables = {name: _description(staging / name, rows[name]) for name in TABLES}
        content = {**about(customers, int(seed), locale), "tables": tables}
        write_atomic(staging / MANIFEST, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
    return Path(folder)


def open_world(folder: str | Path, memory: str = "1GB", threads: int = 1) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection to a company written by write_world: every table is a view on its Parquet files.

    memory   how much DuckDB may use; what a query needs beyond it goes to a temporary folder
    threads  more are faster, but with several a query that is short of memory may give up instead of using the folder

    Nothing but this folder can be read. Ask in SQL and take home only the answer, with `.df()`:

    >>> company = open_world(write_world(Path(tempfile.mkdtemp()) / "small", customers=50))
    >>> rfm = company.sql('''
    ...     select customer_id, date_diff('day', max(ordered_at), date '2026-01-01') as recency_days,
    ...            count(*) as frequency, sum(margin) as monetary
    ...     from orders where status = 'delivered' group by customer_id order by customer_id
    ... ''').df()
    >>> list(rfm.columns)
    ['customer_id', 'recency_days', 'frequency', 'monetary']

    Raises InputError when the folder holds no complete company.
    """
    import duckdb

    folder = Path(folder).absolute()
    _check_parts(folder)
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise InputError(_("threads must be a whole number from 1, not {value!r}.").format(value=threads))
    connection = duckdb.connect(":memory:", config={"threads": threads})
    try:
        connection.execute("set memory_limit = $1", [memory])
    except duckdb.Error:
        raise InputError(
            _("memory must be an amount such as '500MB' or '2GB', not {value!r}.").format(value=memory)
        ) from None
    for name in TABLES:
        connection.from_parquet(f"{folder.as_posix()}/{name}/*.parquet").create_view(name)
    connection.execute("set temp_directory = $1", [str(Path(tempfile.gettempdir()) / f"crm-lab-{uuid4().hex[:8]}")])
    connection.execute("set allowed_directories = $1", [[f"{folder.as_posix()}/"]])
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _write_tables(staging: Path, world: tuple[int, int, str], jobs: int) -> dict[str, int]:
    """Write the parts of all blocks and tables; returns rows by table."""
    from joblib import Parallel, delayed

    setting = _setting(*world)
    rows, sold, callers = dict.fromkeys(TABLES, 0), np.zeros(0, int), []
    work = (delayed(_write_block)(staging, world, number) for number in range(setting.blocks))
    for part in Parallel(n_jobs=jobs, return_as="generator")(work):
        rows = {name: count + part.rows.get(name, 0) for name, count in rows.items()}
        sold = part.sold + sold if sold.size else part.sold
        callers.append(part.callers)
    whole = make_whole(setting, sold, callers)
    rows |= _write_parts(staging, whole, 0)
    for number in range(setting.blocks):
        watches = make_watches(setting, whole["stock"], _read_customers(staging, number), number)
        rows["watches"] += _write_parts(staging, {"watches": watches}, number)["watches"]
    return rows


@lru_cache(maxsize=1)
def _setting(customers: int, seed: int, locale: str) -> Setting:
    """Made once in each process; a block needs the same one whichever process makes it."""
    return Setting(customers, seed, locale)


def _write_block(staging: Path, world: tuple[int, int, str], number: int) -> Written:
    block = make_block(_setting(*world), number)
    return Written(_write_parts(staging, block.tables, number), block.sold, block.callers)


def _write_parts(staging: Path, tables: Mapping[str, pd.DataFrame], number: int) -> dict[str, int]:
    """Write one Parquet part of each table, with the types of the schema; returns their rows."""
    import duckdb

    try:
        with closing(duckdb.connect(":memory:", config={"threads": 1})) as connection:
            for name, frame in tables.items():
                path = _part(staging, name, number)
                path.parent.mkdir(exist_ok=True)
                connection.from_df(TABLES[name].typed(frame)).write_parquet(str(path), compression="zstd")
                _flush(path)
    except duckdb.IOException as error:
        raise OSError(None, _reason(error)) from error
    return {name: len(frame) for name, frame in tables.items()}


def _reason(error: Exception) -> str:
    """What the system said, out of DuckDB's message, which wraps it in words for developers."""
    number = re.search(r'errno"?:\s*"?(\d+)', str(error))
    return os.strerror(int(number[1])) if number else str(error).splitlines()[0]


def _part(folder: Path, table: str, number: int) -> Path:
    return folder / table / f"{number:05d}.parquet"


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())  # a disk that is full may say so only now


def _read_customers(staging: Path, number: int) -> pd.DataFrame:
    import duckdb

    with closing(duckdb.connect(":memory:", config={"threads": 1})) as connection:
        return connection.from_parquet(str(_part(staging, "customers", number))).project(", ".join(WATCHING)).df()


def _description(folder: Path, rows: int) -> dict[str, Any]:
    parts = sorted(folder.iterdir())
    return {
        "rows": rows,
        "parts": len(parts),
        "bytes": sum(part.stat().st_size for part in parts),
        "columns": {column.name: column.type for column in TABLES[folder.name].columns},
    }


def _check_parts(folder: Path) -> None:
    remedy = _("Write it anew with `crm-lab data world`.")
    try:
        tables = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["tables"]
        wanted = {name: (int(tables[name]["parts"]), int(tables[name]["bytes"])) for name in TABLES}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            _("{folder} holds no complete company of this version. {remedy}").format(folder=folder, remedy=remedy)
        ) from None
    for name, entry in wanted.items():
        sizes = [part.stat().st_size for part in (folder / name).glob("*.parquet")]
        if (len(sizes), sum(sizes)) != entry:
            raise InputError(
                _("{folder} is damaged: parts of the table {table} are missing or changed. {remedy}").format(
                    folder=folder, table=name, remedy=remedy
                )
            )


@contextmanager
def _under_another_name(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` which takes its name if all goes well, and is gone if not."""
    staging, lock = (folder.absolute().with_name(f".{folder.name}.{end}") for end in ("partial", "lock"))
    try:
        _check_free(folder)
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with _alone(lock, folder):
            shutil.rmtree(staging, ignore_errors=True)  # left behind by a process that was killed
            try:
                staging.mkdir()
                yield staging
                if folder.is_dir():
                    folder.rmdir()  # empty, or it raises
                staging.rename(folder)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise InputError(
            _("{path} cannot be written: {reason}. Choose a folder you may write to, or free some space.").format(
                path=folder, reason=error.strerror or error
            )
        ) from error


def _check_free(folder: Path) -> None:
    if folder.is_file():
        raise InputError(_("{path} is a file. Choose another name for the folder.").format(path=folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(
            _("{path} is not empty, and nothing in it is overwritten. Choose another name, or remove it first.").format(
                path=folder
            )
        )


@contextmanager
def _alone(lock: Path, folder: Path) -> Iterator[None]:
    """Keep other processes from writing the same folder. SQLite's lock ends with its process, however that ends."""
    lock.touch()
    connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
    try:
        connection.execute("begin exclusive")
    except sqlite3.OperationalError:
        connection.close()
        raise InputError(
            _("{path} is being written by another process. Wait for it, or choose another name.").format(path=folder)
        ) from None
    try:
        yield
    finally:
        connection.close()
        lock.unlink(missing_ok=True)
