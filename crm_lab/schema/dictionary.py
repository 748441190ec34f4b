"""The data dictionary as a page, made from the schema."""

from crm_lab.schema.table import Column, Table
from crm_lab.schema.tables import TABLES


def dictionary() -> str:
    """The data dictionary in Markdown: every table and column, in English and Chinese.

    >>> print(dictionary().splitlines()[0])
    # Data dictionary · 数据字典
    """
    intro = (
        "Willow Lane (柳巷) is a made-up company; every person in it is made up. Money is in yuan (¥), "
        "times are local wall-clock times. Columns marked *localised* are the only ones that differ "
        "between the English and the Chinese edition."
    )
    return "\n".join(["# Data dictionary · 数据字典", "", intro, "", *map(_section, TABLES.values())])


def _section(table: Table) -> str:
    head = [
        f"## {table.name}",
        "",
        f"{table.meaning} · {table.meaning_zh}. File `{table.file}`, key {', '.join(f'`{k}`' for k in table.key)}.",
        "",
        "| column | type | unit | meaning | 含义 | values |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *map(_row, table.columns), ""])


def _row(column: Column) -> str:
    notes = [", ".join(column.values)] if column.values else []
    notes += [f"→ {column.refers}"] if column.refers else []
    notes += ["may be empty"] if column.empty else []
    notes += ["*localised*"] if column.localised else []
    cells = (f"`{column.name}`", column.type, column.unit, column.meaning, column.meaning_zh, "; ".join(notes))
    return f"| {' | '.join(cells)} |"
