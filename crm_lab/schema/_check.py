"""Whether a set of tables is what the schema says, foreign keys included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.schema._every_table import TABLES

if TYPE_CHECKING:
    import pandas as pd


def check(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise InputError naming the first table, column and value that the schema does not allow.

    tables  name -> frame; all tables of the schema
    """
    import pandera.errors

    for table in TABLES.values():
        try:
            table.rules().validate(tables[table.name])
        except pandera.errors.SchemaError as error:
            reason = str(error).split("\n")[0]
            raise InputError(_("Table {table}: {reason}").format(table=table.name, reason=reason)) from error
        for column in table.columns:
            if column.refers:
                _check_reference(tables, table.name, column.name, *column.refers.split("."))


def _check_reference(tables: Mapping[str, pd.DataFrame], table: str, column: str, to: str, to_column: str) -> None:
    values = tables[table][column].dropna()  # an empty cell refers to nothing
    orphans = values[~values.isin(tables[to][to_column])]
    if len(orphans):
        raise InputError(
            _("Table {table}: {count} values of {column} are not in {to}.{to_column}, first {first}.").format(
                table=table, count=len(orphans), column=column, to=to, to_column=to_column, first=orphans.iloc[0]
            )
        )
