"""Tables for analysis: those of the default company and of a student's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from crm_lab.base.errors import one_of
from crm_lab.base.places import resource
from crm_lab.base.streams import personal_seed
from crm_lab.base.text import locale
from crm_lab.data.files import read_names, read_table
from crm_lab.schema import TABLES
from crm_lab.world.parameters import TODAY


def load(table: str) -> pd.DataFrame:
    """A table of the default Willow Lane. Each call gives a fresh copy, so changing it harms nothing.

    Names, cities and what people say are in the language of the edition; nothing else differs.

    >>> load("products").shape
    (120, 6)
    >>> load("clients")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: Unknown table 'clients'. Use one of: customers, ...
    """
    return _read(one_of("table", table, TABLES), folder(), locale()).copy()


def folder() -> Path:
    """Where the tables lie: the folder CRM_LAB_DATA names (a graded run gets its data there), else datasets/."""
    chosen = os.environ.get("CRM_LAB_DATA")
    return Path(chosen) if chosen else resource("datasets")


@cache
def _read(table: str, folder: Path, locale: str) -> pd.DataFrame:
    frame = read_table(TABLES[table], folder / TABLES[table].file)
    names = folder / TABLES[table].localised_file(locale)
    return frame.assign(**read_names(TABLES[table], names, len(frame))) if names.is_file() else frame


def today() -> pd.Timestamp:
    """The day on which every analysis of Willow Lane stands: midnight after its last day of business.

    >>> today()
    Timestamp('2026-01-01 00:00:00')
    """
    return pd.Timestamp(TODAY)


def personal(student: str) -> Mapping[str, pd.DataFrame]:
    """All tables of a student's own Willow Lane, the same on every machine. Made once per session; do not modify.

    >>> len(personal("2026-017")["customers"])
    2000
    """
    return _of_seed(personal_seed(student), locale())


@cache
def _of_seed(seed: int, locale: str) -> Mapping[str, pd.DataFrame]:
    from crm_lab.world import World

    return World(seed=seed, locale=locale).tables
