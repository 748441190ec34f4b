"""Every data file keeps within its budget, and the budgets within what all files may take."""

from crm_lab.author.budgets import BUDGETS, MOST_BYTES, over_budget
from crm_lab.base.places import resource
from crm_lab.data.files import MANIFEST
from crm_lab.schema import TABLES


def test_every_file_keeps_within_its_budget():
    assert over_budget() == []


def test_every_table_has_a_budget_and_nothing_else_has():
    assert set(BUDGETS) == {table.file for table in TABLES.values()} | {"dictionary.md", MANIFEST}


def test_together_the_budgets_are_three_and_a_half_megabytes_at_most():
    assert sum(BUDGETS.values()) <= MOST_BYTES == 3_500_000


def test_no_budget_is_twice_what_its_file_takes():
    sizes = {name: (resource("datasets") / name).stat().st_size for name in BUDGETS}
    assert [name for name, size in sizes.items() if BUDGETS[name] > max(2 * size, 10_000)] == []


def test_a_file_that_is_too_large_or_unknown_is_named(tmp_path):
    (tmp_path / "quotas.csv").write_bytes(b"x" * (BUDGETS["quotas.csv"] + 1))
    (tmp_path / "reps.csv").write_bytes(b"x" * BUDGETS["reps.csv"])
    (tmp_path / "notes.txt").write_text("?")
    faults = over_budget(tmp_path)
    assert [fault.split()[0] for fault in faults] == ["notes.txt", "quotas.csv"]
    assert f"{BUDGETS['quotas.csv'] + 1:,} bytes" in faults[1]
