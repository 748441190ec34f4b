"""Floor 3: the company's tables and the learner's own shop, ready for analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.base.lazy import lazily

if TYPE_CHECKING:
    from crm_lab.data._connection import connect
    from crm_lab.data._large import open_world, write_world
    from crm_lab.data._loading import load, personal, today
    from crm_lab.data._shop import Preview, Shop, french_shop, preview_shop, read_shop
    from crm_lab.data.files import make, verify
    from crm_lab.data.tables import Tables, open_tables

__all__ = [
    "Preview",
    "Shop",
    "Tables",
    "connect",
    "french_shop",
    "load",
    "make",
    "open_tables",
    "open_world",
    "personal",
    "preview_shop",
    "read_shop",
    "today",
    "verify",
    "write_world",
]

__getattr__ = lazily(
    __name__,
    {
        "_connection": ("connect",),
        "files": ("make", "verify"),
        "_large": ("open_world", "write_world"),
        "_loading": ("load", "personal", "today"),
        "_shop": ("Preview", "Shop", "french_shop", "preview_shop", "read_shop"),
        "tables": ("Tables", "open_tables"),
    },
)
