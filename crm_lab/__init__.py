"""CRM Lab: learn e-commerce customer relationship management by doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_lab.base.lazy import lazily
from crm_lab.base.notebook import dress_tables
from crm_lab.base.version import __version__ as __version__

if TYPE_CHECKING:
    from crm_lab.data import load
    from crm_lab.world import World

__all__ = ["World", "load"]

_TOPICS = (
    "baskets",
    "classify",
    "concepts",
    "data",
    "desk",
    "explore",
    "labs",
    "lifetime",
    "predict",
    "queueing",
    "satisfaction",
    "schema",
    "staffing",
    "workbench",
    "world",
    "your_shop",
)

# pandas and SciPy are only imported when something needs them
__getattr__ = lazily(__name__, {"data": ("load",), "world": ("World",)}, _TOPICS)

dress_tables()
