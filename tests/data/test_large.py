"""A company of any size on disk: the same as in memory, whole or not there at all."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import _large as large
from crm_lab.data import open_world, write_world
from crm_lab.schema import TABLES
from crm_lab.world import World

SIZE, SEED = 10_030, 4  # two blocks, the second small


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_world(tmp_path_factory.mktemp("large") / "company", SIZE, seed=SEED, jobs=2)


@pytest.fixture(scope="module")
def company(written):
    return open_world(written)


@pytest.fixture(scope="module")
def world():
    return World(SIZE, seed=SEED)


@pytest.fixture
def small(tmp_path):
    return write_world(tmp_path / "company", 50)


def run(code, **options):
    return subprocess.Popen([sys.executable, "-c", code], text=True, stderr=subprocess.PIPE, **options)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_that_of_the_world_in_memory(company, world, name):
    pd.testing.assert_frame_equal(company.sql(f"select * from {name}").df(), world.tables[name], check_exact=True)


@pytest.mark.slow
def test_one_process_or_two_write_the_same_bytes(written, tmp_path):
    again = write_world(tmp_path / "again", SIZE, seed=SEED)
    files = sorted(path.relative_to(written) for path in written.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [file for file in files if (written / file).read_bytes() != (again / file).read_bytes()] == []


def test_the_other_locale_is_written_too(tmp_path):
    folder = write_world(tmp_path / "公司", 60, seed=5, locale="zh_CN")
    pd.testing.assert_frame_equal(
        open_world(folder).sql("select * from customers").df(), World(60, seed=5, locale="zh_CN").customers
    )


def test_the_manifest_says_what_it_is(written, world):
    manifest = json.loads((written / "manifest.json").read_text(encoding="utf-8"))
    facts = {name: manifest[name] for name in ("customers", "seed", "locale", "world_version", "today")}
    assert facts == {
        "customers": SIZE, "seed": SEED, "locale": "en_US", "world_version": world.truth.version, "today": "2026-01-01"
    }  # fmt: skip
    assert {name: entry["rows"] for name, entry in manifest["tables"].items()} == {
        name: len(table) for name, table in world.tables.items()
    }
    assert manifest["tables"]["orders"]["parts"] == 2
    assert manifest["tables"]["prices"]["parts"] == 1
    assert manifest["tables"]["orders"]["columns"]["margin"] == "money"
    size = sum(path.stat().st_size for path in (written / "orders").iterdir())
    assert manifest["tables"]["orders"]["bytes"] == size


def test_nothing_but_the_company_is_left_beside_it(written):
    assert [path.name for path in written.parent.iterdir()] == ["company"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"customers": 0}, "customers must be a whole number from 1"),
        ({"customers": -5}, "customers must be a whole number from 1"),
        ({"customers": 2.5}, "customers must be a whole number from 1"),
        ({"customers": "many"}, "customers must be a whole number from 1"),
        ({"customers": 50, "seed": 0.5}, "seed must be a whole number"),
        ({"customers": 50, "locale": "fr_FR"}, "en_US, zh_CN"),
        ({"customers": 50, "locale": ["en_US"]}, "en_US, zh_CN"),
        ({"customers": 50, "jobs": 0}, "jobs must be a whole number from 1"),
    ],
)
def test_an_argument_that_cannot_be_leaves_nothing_behind(tmp_path, arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        write_world(tmp_path / "company", **arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_kept(tmp_path):
    (tmp_path / "company").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        write_world(tmp_path / "company", 50)
    with pytest.raises(InputError, match="cannot be written"):
        write_world(tmp_path / "company" / "inside", 50)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("company", "mine")]


def test_an_earlier_company_is_kept(small):
    before = {path: path.stat().st_mtime_ns for path in small.rglob("*")}
    with pytest.raises(InputError, match="is not empty"):
        write_world(small, 60)
    assert {path: path.stat().st_mtime_ns for path in small.rglob("*")} == before
    assert list(small.parent.iterdir()) == [small]


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "company").mkdir()
    write_world(tmp_path / "company", 50)
    assert (tmp_path / "company" / "manifest.json").is_file()


def test_a_folder_that_may_not_be_written_is_one_sentence():
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o555)
        code = (
            "import os\nfrom crm_lab.data import write_world\n"
            "os.geteuid() == 0 and os.setuid(65534)\n"  # root may write everywhere
            f"write_world('{place}/company', 50)"
        )
        process = run(code)
        assert "cannot be written: Permission denied. Choose a folder" in process.communicate()[1].splitlines()[-1]
        assert list(Path(place).iterdir()) == []
        Path(place).chmod(0o755)


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_full_disk_is_one_sentence_and_leaves_nothing_behind(tmp_path, jobs):
    code = (
        "import resource\nfrom crm_lab.data import write_world\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"  # a file may not grow beyond this
        f"write_world('{tmp_path}/company', 400, jobs={jobs})"
    )
    last = run(code).communicate()[1].splitlines()[-1]
    assert last.startswith("crm_lab.base.errors.InputError")
    assert "cannot be written: File too large. Choose a folder you may write to, or free some space." in last
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_killed_process_leaves_no_company_and_the_next_one_clears_up(tmp_path):
    folder, staging = tmp_path / "company", tmp_path / ".company.partial"
    process = run(f"from crm_lab.data import write_world; write_world('{folder}', 50_000)")
    wait_for(staging / "orders" / "00000.parquet", process)
    with pytest.raises(InputError, match="being written by another process"):
        write_world(folder, 50)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not folder.exists()
    with pytest.raises(InputError, match="no complete company"):
        open_world(staging)
    write_world(folder, 50)
    assert open_world(folder).sql("select count(*) from customers").fetchall() == [(50,)]
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.slow
def test_a_command_told_to_stop_leaves_nothing_behind(tmp_path):
    arguments = ["data", "world", str(tmp_path / "company"), "--customers", "50000"]
    process = run(f"import sys\nsys.argv[1:] = {arguments}\nfrom crm_lab.cli import main\nmain()")
    wait_for(tmp_path / ".company.partial" / "orders" / "00000.parquet", process)
    process.terminate()
    assert process.wait() != 0
    assert list(tmp_path.iterdir()) == []


def wait_for(path, process):
    while not path.exists():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)


def test_an_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(large, "make_watches", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_world(tmp_path / "company", 50)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_part_is_named(small):
    (small / "orders" / "00000.parquet").unlink()
    with pytest.raises(InputError, match=r"parts of the table orders .*`crm-lab data world`"):
        open_world(small)


def test_a_truncated_part_is_named(small):
    part = small / "customers" / "00000.parquet"
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(InputError, match="parts of the table customers"):
        open_world(small)


@pytest.mark.parametrize("content", [None, "", "[]", '{"tables": {}}'])
def test_a_folder_without_a_company_is_one_sentence(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InputError, match="no complete company"):
        open_world(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [({"memory": "little"}, "'500MB'"), ({"memory": 3}, "'500MB'"), ({"threads": 0}, "from 1")],
)
def test_memory_or_threads_that_cannot_be_are_one_sentence(small, arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        open_world(small, **arguments)


def test_the_connection_reads_nothing_else(small, tmp_path):
    (tmp_path / "other.csv").write_text("a\n1\n")
    company = open_world(small)
    with pytest.raises(duckdb.PermissionException):
        company.sql(f"select * from read_csv('{tmp_path}/other.csv')").fetchall()
    with pytest.raises(duckdb.Error, match="delete from base table"):
        company.execute("delete from orders")


def test_a_query_larger_than_its_memory_ends_and_leaves_nothing_in_the_folder_one_works_in(
    written, world, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    same_day = (
        "select count(*) from (select distinct a.order_id, b.order_id from orders a"
        " join orders b on a.ordered_at::date = b.ordered_at::date)"
    )
    [(pairs,)] = open_world(written, memory="100MB").sql(same_day).fetchall()
    assert pairs == (world.orders["ordered_at"].dt.normalize().value_counts() ** 2).sum()
    assert list(tmp_path.iterdir()) == []
