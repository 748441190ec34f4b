"""The tables of Willow Lane. This is the data dictionary: datasets/dictionary.md is made from it."""

from crm_lab.schema.commerce import COMMERCE

TABLES = {table.name: table for table in COMMERCE}
