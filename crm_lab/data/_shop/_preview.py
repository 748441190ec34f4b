"""A first look at an order file: its columns, what each seems to be, and a few of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crm_lab.data._shop._columns import guess, recognised
from crm_lab.data._shop._sources import opened

SHOWN = 3  # lines


@dataclass(frozen=True)
class Preview:
    """What a file holds before it is read.

    name     of the file
    columns  their names, as the file has them
    system   the shop system whose export it is; "" if that is not known
    mapping  {our name: the file's}: as the system has it, else a guess by the names
    sample   its first lines
    """

    name: str
    columns: list[str]
    system: str
    mapping: dict[str, str]
    sample: pd.DataFrame


def preview_shop(
    source: Any | Sequence[Any], *, encoding: str | None = None, header: int | bool | None = None
) -> Preview:
    """The columns of an order file, to be confirmed before it is read.

    source, encoding, header  as for read_shop

    Raises InputError for what holds no table.

    >>> lines = pd.DataFrame({"Order": ["1"], "Datum": ["2024-05-01"], "Kunde": ["Ann"], "Betrag": ["5,00"]})
    >>> preview_shop(lines).mapping
    {'order_id': 'Order', 'date': 'Datum', 'customer_id': 'Kunde', 'amount': 'Betrag'}
    """
    sheet = opened(source, (), header, encoding)[0]
    there = [str(name) for name in sheet.cells]
    export = recognised(there)
    known = {role: names[0] for role, names in export["columns"].items()} if export else {}
    system = str(export["name"]) if export and {"date", "customer_id"} <= set(known) else ""
    sample = sheet.cells.head(SHOWN).reset_index(drop=True)
    return Preview(sheet.name, there, system, known if system else guess(there), sample)
