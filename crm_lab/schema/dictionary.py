"""The data dictionary as a page, made from the schema."""

from collections.abc import Iterable

from crm_lab.schema._every_table import GROUPS
from crm_lab.schema.table import Column, Table


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
    parts = [intro, ""]
    for name, tables in GROUPS.items():
        parts += [f"## {name}", "", *diagram(tables), "", *map(_section, tables)]
    return "\n".join(["# Data dictionary · 数据字典", "", *parts])


def diagram(tables: Iterable[Table]) -> list[str]:
    """The foreign keys of some tables as a Mermaid diagram, which JupyterLab and GitHub draw.

    >>> [line.strip() for line in diagram(GROUPS["Trade · 交易"]) if "returns" in line and "orders" in line]
    ['orders ||--o{ returns : order_id']
    """
    links = {
        f"    {column.refers.split('.')[0]} ||--o{{ {table.name} : {column.name}"
        for table in tables
        for column in table.columns
        if column.refers
    }
    return ["```mermaid", "erDiagram", "    direction LR", *sorted(links), "```"]


def _section(table: Table) -> str:
    head = [
        f"### {table.name}",
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
