"""The data files: written from the world, described by a manifest, checked against it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_lab.base.errors import InputError
from crm_lab.base.files import write_together
from crm_lab.base.places import resource
from crm_lab.base.text import LOCALES, _
from crm_lab.base.version import __version__
from crm_lab.schema import TABLES, Table, dictionary

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"


def table_bytes(table: Table, frame: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8: ISO dates, two decimals for money, nothing that depends on the machine."""
    frame = frame.copy()
    for column in table.names("date"):
        frame[column] = frame[column].dt.strftime("%Y-%m-%d")
    for column in table.names("time"):
        frame[column] = frame[column].dt.strftime("%Y-%m-%d %H:%M")
    for column in table.names("moment"):
        frame[column] = frame[column].dt.strftime("%Y-%m-%d %H:%M:%S")
    for column in table.names("money"):
        frame[column] = frame[column].map("{:.2f}".format)
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")


def read_table(table: Table, path: Path) -> pd.DataFrame:
    """A table from its CSV file, with the types of the schema. Raises InputError if it cannot be read."""
    import pandas as pd

    remedy = _remedy()
    try:
        frame = pd.read_csv(
            path,
            dtype=dict.fromkeys(table.names("text"), "str"),
            parse_dates=table.names("date", "time", "moment"),
            keep_default_na=False,
            na_values=[""],
        )
        return table.typed(frame)
    except FileNotFoundError:
        raise InputError(_("{path} is missing. {remedy}").format(path=path, remedy=remedy)) from None
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise InputError(
            _("{path} cannot be read as the table {table}. {remedy}").format(path=path, table=table.name, remedy=remedy)
        ) from error


def read_names(table: Table, path: Path, rows: int) -> dict[str, pd.Series]:
    """The localised columns of a table as another locale has them.

    rows    how many the table has

    Raises InputError if the file cannot be read or belongs to another table.
    """
    import pandas as pd

    try:
        frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
        if len(frame) != rows:
            raise ValueError
        return {column: frame[column] for column in table.localised}
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise InputError(_("{path} does not fit its table. {remedy}").format(path=path, remedy=_remedy())) from error


def _remedy() -> str:
    return _("Run `crm-lab data make` to write the company's files anew.")


class DataFile(NamedTuple):
    """One file of the default company: its name in the folder, the table it is of, and its uncompressed content."""

    name: str
    table: str
    rows: int
    content: bytes
    compressed: bool

    @property
    def stored(self) -> bytes:
        """What is written. The compressed bytes differ between zlib builds; the manifest speaks of what is inside."""
        return gzip.compress(self.content, compresslevel=9, mtime=0) if self.compressed else self.content


def default_company() -> Iterator[DataFile]:
    """Every table of the default company, then the columns that hold something else in another locale."""
    from crm_lab.world import World

    first, *others = LOCALES.values()
    world = World(locale=first)
    for table in TABLES.values():
        frame = world.tables[table.name]
        yield DataFile(table.file, table.name, len(frame), table_bytes(table, frame), table.compressed)
    for locale in others:
        world = World(locale=locale)
        for table in filter(lambda table: table.localised, TABLES.values()):
            frame = world.tables[table.name][table.localised]
            content = frame.to_csv(index=False, lineterminator="\n").encode("utf-8")
            yield DataFile(table.localised_file(locale), table.name, len(frame), content, True)


def make(folder: Path | None = None) -> list[Path]:
    """Write the default company to `folder` (default: datasets/): tables, manifest and dictionary.

    Only files whose content differs are touched, and none unless all can be written. Returns the files written.
    """
    folder = folder or resource("datasets")
    entries: dict[str, dict[str, Any]] = {}
    wanted = {"dictionary.md": dictionary().encode("utf-8")}
    for file in default_company():
        digest = hashlib.sha256(file.content).hexdigest()
        entries[file.name] = {"table": file.table, "rows": file.rows, "sha256": digest}
        wanted[file.name] = file.stored
    manifest = {**about(entries["customers.csv"]["rows"], 0, LOCALES["en"]), "files": entries}
    wanted[MANIFEST] = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    changed = [name for name, content in wanted.items() if not _same(folder / name, content)]
    write_together({folder / name: wanted[name] for name in changed})
    return [folder / name for name in changed]


def about(customers: int, seed: int, locale: str) -> dict[str, Any]:
    """What every manifest begins with: which company this is, and what made it.

    >>> about(2_000, 0, "en_US")["today"]
    '2026-01-01'
    """
    from crm_lab.world.parameters import TODAY, WORLD_VERSION

    return {
        "company": "Willow Lane",
        "crm_lab": __version__,
        "world_version": WORLD_VERSION,
        "customers": customers,
        "seed": seed,
        "locale": locale,
        "today": TODAY,
        "licence": "CC-BY-4.0",
    }


def verify(folder: Path | None = None) -> list[str]:
    """What is wrong with the data files: one sentence a file, none if all is well."""
    folder = folder or resource("datasets")
    remedy = _("Run `crm-lab data make` to restore it.")
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        entries = {name: (entry["rows"], entry["sha256"]) for name, entry in manifest.items()}
    except FileNotFoundError:
        return [_("{file} is missing. {remedy}").format(file=folder / MANIFEST, remedy=remedy)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [_("{file} is damaged. {remedy}").format(file=folder / MANIFEST, remedy=remedy)]
    expected = {table.file for table in TABLES.values()}
    expected |= {table.localised_file("zh_CN") for table in TABLES.values() if table.localised}
    unlisted = [
        _("{file} is not listed in the manifest. {remedy}").format(file=folder / name, remedy=remedy)
        for name in sorted(expected - set(entries))
    ]
    faults = [_fault(folder / name, rows, digest) for name, (rows, digest) in entries.items()]
    return unlisted + [f"{fault} {remedy}" for fault in faults if fault]


def _fault(path: Path, rows: int, digest: str) -> str:
    try:
        content = _content(path)
    except FileNotFoundError:
        return _("{file} is missing.").format(file=path)
    except (OSError, EOFError, ValueError):
        return _("{file} is truncated or damaged: it cannot be read to its end.").format(file=path)
    if hashlib.sha256(content).hexdigest() == digest:
        return ""
    found = max(content.count(b"\n") - 1, 0)
    if found < rows:
        return _("{file} is truncated: it has {found:,} of {rows:,} rows.").format(file=path, found=found, rows=rows)
    return _("{file} has been changed since it was made.").format(file=path)


def _content(path: Path) -> bytes:
    import zlib

    data = path.read_bytes()
    if path.suffix != ".gz":
        return data
    try:
        return gzip.decompress(data)
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _same(path: Path, content: bytes) -> bool:
    if not path.is_file():
        return False
    try:
        inside = _content(path)
    except (OSError, EOFError, ValueError):
        return False
    return inside == (gzip.decompress(content) if path.suffix == ".gz" else content)
