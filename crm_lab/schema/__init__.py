"""Floor 1: the tables of Willow Lane, their columns, types, keys, units and meaning in English and Chinese."""

from crm_lab.schema._check import check
from crm_lab.schema._every_table import TABLES
from crm_lab.schema.dictionary import dictionary
from crm_lab.schema.table import Column, Table

__all__ = ["TABLES", "Column", "Table", "check", "dictionary"]
