"""A company never changes under a student: what a seed makes is held here, table by table, for this version.

After a change that is meant, raise WORLD_VERSION, give it a line in CHANGELOG.md, write the data anew and this file by
`python -m tests.world.test_version`.
"""

import hashlib
import json
import re
from pathlib import Path

from crm_lab.base.places import REPOSITORY
from crm_lab.data.files import table_bytes
from crm_lab.schema import TABLES
from crm_lab.world import World
from crm_lab.world.parameters import WORLD_VERSION

HELD = Path(__file__).with_name("held.json")
STUDENT = 644929865  # the seed of one student's company


def test_the_newest_line_of_the_changelog_is_the_version_of_the_world():
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = [int(number) for number in re.findall(r"^- \*\*(\d+)\*\*:", text, re.MULTILINE)]
    assert versions[0] == WORLD_VERSION
    assert versions == list(range(WORLD_VERSION, 0, -1))


def test_the_tables_of_a_version_never_change():
    held = json.loads(HELD.read_text(encoding="utf-8"))
    assert held["version"] == WORLD_VERSION
    assert changed(held["default"], of_the_data_sets()) == []
    assert changed(held["student"], of_a_student()) == []


def changed(held, found):
    """The tables that differ, also those that one of the two lacks."""
    return sorted(name for name in held.keys() | found.keys() if held.get(name) != found.get(name))


def test_a_table_that_changed_came_or_went_is_named():
    assert changed({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "3"}) == ["b", "c", "d"]


def of_the_data_sets():
    """The hash of each file of datasets/; that these are what the default seed makes is tested with the data."""
    files = json.loads((REPOSITORY / "datasets" / "manifest.json").read_text(encoding="utf-8"))["files"]
    return {name: entry["sha256"] for name, entry in files.items()}


def of_a_student():
    """The hash of each table of a small company of another seed."""
    made = World(300, seed=STUDENT).tables
    return {name: hashlib.sha256(table_bytes(TABLES[name], made[name])).hexdigest() for name in TABLES}


if __name__ == "__main__":
    text = {"version": WORLD_VERSION, "default": of_the_data_sets(), "student": of_a_student()}
    HELD.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
