"""Order files of every kind, written from one small shop whose figures are plain sums.

Each case is the same shop in another dress (or with an order more that must not count), with what a user would say of
its columns; what must come out is added up here from the list of orders, not by the code under test.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

NAMES = ["order", "date", "email", "sku", "qty", "price"]
COLUMNS = {
    "order_id": "order",
    "date": "date",
    "customer_id": "email",
    "product": "sku",
    "quantity": "qty",
    "price": "price",
}

# order, day, customer, lines of (article, pieces, price of one)
ORDERS = [
    ("1001", "2024-03-04", "ann@example.com", [("MUG-01", 2, 12.50), ("POT-02", 1, 1234.50)]),
    ("1002", "2024-03-15", "bob@example.com", [("MUG-01", 3, 12.50)]),
    ("1003", "2024-04-02", "cy@example.com", [("TRAY-3", 1, 99.99), ("MUG-01", 1, 12.50)]),
    ("1004", "2024-05-28", "ann@example.com", [("POT-02", 2, 1234.50)]),
]


def figures(orders: Sequence[Any] = ORDERS, off: dict[str, float] | None = None) -> dict[str, Any]:
    """What must come out: by customer the orders, the money and the last day; `off` is taken off orders."""
    people: dict[str, dict[str, Any]] = {}
    for number, day, who, lines in orders:
        one = people.setdefault(who, {"orders": 0, "revenue": 0.0, "last": ""})
        one["orders"] += 1
        one["revenue"] = round(one["revenue"] + sum(q * p for _, q, p in lines) - (off or {}).get(number, 0.0), 2)
        one["last"] = max(one["last"], day)
    return people


@dataclass(frozen=True)
class Case:
    """A file: how to write it into a folder, what is said of it, and the figures or the words of the refusal."""

    name: str
    write: Callable[[Path], Any]
    columns: dict[str, Any] | None = field(default_factory=lambda: dict(COLUMNS))
    expected: dict[str, Any] | None = None
    refusal: str = ""
    told: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def rows(
    orders: Sequence[Any] = ORDERS, day: Callable[[str], str] = str, money: Callable[[float], str] = "{:.2f}".format
) -> list[list[str]]:
    return [[n, day(d), who, sku, str(q), money(p)] for n, d, who, lines in orders for sku, q, p in lines]


def text(table: Sequence[Sequence[Any]], sep: str = ",", names: Sequence[str] | None = NAMES) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sep, lineterminator="\n").writerows([*([names] if names else []), *table])
    return out.getvalue()


def file(content: str | bytes, name: str = "orders.csv", encoding: str = "utf-8") -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return folder / name

    return write


def files(*contents: str) -> Callable[[Path], list[Path]]:
    return lambda folder: [file(content, f"part{n}.csv")(folder) for n, content in enumerate(contents)]


def german(value: float) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def dated(form: str) -> Callable[[str], str]:
    return lambda day: datetime.fromisoformat(day).strftime(form)


def named(names: Sequence[str], form: str) -> Callable[[str], str]:
    def write(day: str) -> str:
        moment = datetime.fromisoformat(day)
        return form.format(d=moment.day, m=names[moment.month - 1], y=moment.year)

    return write


def xlsx(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of texts and numbers, written by hand."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    out, main = io.BytesIO(), "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(out, "w") as book:
        numbers = range(1, len(sheets) + 1)
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
        )
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{types}</Types>',
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>{listed}</sheets></workbook>'
        )
        links = "".join(
            f'<Relationship Id="rId{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'
        )
        for n, table in zip(numbers, sheets, strict=True):
            body = "".join(_row(place, row) for place, row in enumerate(table, 1))
            book.writestr(
                f"xl/worksheets/sheet{n}.xml", f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
            )
    return out.getvalue()


def _row(place: int, row: Sequence[Any]) -> str:
    cells = []
    for column, value in enumerate(row):
        at = f"{chr(65 + column)}{place}"
        if isinstance(value, int | float):
            cells.append(f'<c r="{at}"><v>{value}</v></c>')
        elif value != "":
            cells.append(f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
    return f'<row r="{place}">{"".join(cells)}</row>'


def ods(table: Sequence[Sequence[Any]]) -> bytes:
    """An OpenDocument sheet, written by hand."""
    out, base = io.BytesIO(), "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(c))}</text:p></table:table-cell>'
            for c in row
        )
        + "</table:table-row>"
        for row in table
    )
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{base}office:1.0" xmlns:table="{base}table:1.0" '
            f'xmlns:text="{base}text:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="S1">{body}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def sparse(folder: Path) -> Path:
    with (folder / "orders.csv").open("wb") as out:
        out.truncate(2_000_000_000)
    return folder / "orders.csv"


def continued(keep: int) -> list[list[str]]:
    """Only the first `keep` cells of an order's further lines are filled, of the three that say whose it is."""
    table = []
    for n, d, who, lines in ORDERS:
        for place, (sku, q, p) in enumerate(lines):
            head = [n, d, who] if place == 0 else [n, d, who][:keep] + [""] * (3 - keep)
            table.append([*head, sku, str(q), f"{p:.2f}"])
    return table


def sums(above: bool, word: str = "") -> list[list[str]]:
    table = []
    for order in ORDERS:
        lines = rows([order])
        pieces, money = sum(q for _, q, _ in order[3]), sum(q * p for _, q, p in order[3])
        line = [*order[:3], word, str(pieces), f"{money:.2f}"]
        table += [line, *lines] if above and len(lines) > 1 else [*lines, line] if len(lines) > 1 else lines
    return table


def extended(values: Callable[[int, Any, Any], Sequence[str]], orders: Sequence[Any] = ORDERS) -> list[list[str]]:
    """The lines with further cells: of each line's place in its order, its order and itself."""
    return [
        [*rows([(n, d, who, [line])])[0], *values(place, (n, d, who, lines), line)]
        for n, d, who, lines in orders
        for place, line in enumerate(lines)
    ]


def order_total(order: Any) -> float:
    return round(sum(q * p for _, q, p in order[3]), 2)
