"""SQL over tables: a DuckDB connection in memory that reaches nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import duckdb


def connect(tables: Mapping[str, pd.DataFrame]) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory with these tables, cut off from files and network.

    >>> from crm_lab import load
    >>> connect({"products": load("products")}).sql("select count(*) from products").fetchall()
    [(120,)]
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    for name, frame in tables.items():
        add_table(connection, name, frame)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def add_table(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    """Copy one more table into a connection.

    >>> from crm_lab import load
    >>> connection = connect({})
    >>> add_table(connection, "products", load("products"))
    >>> connection.sql("select count(*) from products").fetchall()
    [(120,)]
    """
    connection.register("_incoming", frame)
    connection.execute(f'create table "{name}" as select * from _incoming')
    connection.unregister("_incoming")
