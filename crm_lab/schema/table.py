"""What a table and a column are: the words the schema is written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

PANDAS_TYPE = {
    "text": "str",
    "int": "int64",
    "float": "float64",
    "money": "float64",
    "bool": "bool",
    "date": "datetime64[us]",
    "time": "datetime64[us]",
    "moment": "datetime64[us]",
}


@dataclass(frozen=True)
class Column:
    """One column: its type, its meaning in English and Chinese, and what its values may be.

    type       text, int, float, money (¥, two decimals), bool, date (midnight), time (local wall clock,
               to the minute) or moment (to the second)
    values     the codes allowed, where the column holds codes
    refers     "table.column" whose values it repeats (a foreign key)
    localised  the only kind of column that another locale may change
    """

    name: str
    type: str
    meaning: str
    meaning_zh: str
    unit: str = ""
    values: tuple[str, ...] = ()
    refers: str = ""
    empty: bool = False
    localised: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its key, its columns in order, and whether its file is compressed."""

    name: str
    meaning: str
    meaning_zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    compressed: bool = False

    @property
    def file(self) -> str:
        """The name of the table's file in `datasets/`."""
        return f"{self.name}.csv.gz" if self.compressed else f"{self.name}.csv"

    @property
    def localised(self) -> list[str]:
        """The columns that hold something else in another locale."""
        return [column.name for column in self.columns if column.localised]

    def localised_file(self, locale: str) -> str:
        """The name of the file in `datasets/` with the localised columns as another locale has them."""
        return f"{locale}/{self.name}.csv.gz"

    def names(self, *types: str) -> list[str]:
        """The column names, in order; only those of the given types where any are given."""
        return [column.name for column in self.columns if not types or column.type in types]

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """`frame` with this table's columns, in order and with their types; money rounded to two decimals."""
        import pandas as pd

        return pd.DataFrame({column.name: _typed(frame[column.name], column.type) for column in self.columns})

    def rules(self) -> pa.DataFrameSchema:
        """The table as a pandera schema: types, codes, empty cells, key. Foreign keys are checked across tables."""
        import pandera.pandas as pa

        columns = {
            column.name: pa.Column(
                PANDAS_TYPE[column.type],
                checks=[pa.Check.isin(column.values)] if column.values else None,
                nullable=column.empty,
            )
            for column in self.columns
        }
        return pa.DataFrameSchema(columns, unique=list(self.key), strict=True, ordered=True)


def _typed(values: Any, kind: str) -> Any:
    # column by column: pandas' astype of a whole frame takes four times as long
    if values.dtype != PANDAS_TYPE[kind]:
        values = values.astype(PANDAS_TYPE[kind])
    return values.to_numpy().round(2) if kind == "money" else values.array
