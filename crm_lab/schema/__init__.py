"""Floor 1: the tables of Willow Lane, their columns, types, keys, units and meaning in English and Chinese."""

from crm_lab.schema.check import check
from crm_lab.schema.dictionary import dictionary
from crm_lab.schema.table import Column, Table
from crm_lab.schema.tables import TABLES

__all__ = ["TABLES", "Column", "Table", "check", "dictionary"]
