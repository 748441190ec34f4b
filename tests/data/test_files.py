"""The committed data are the default world, and damage to them is named."""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest

from crm_lab import data
from crm_lab.base.errors import InputError
from crm_lab.base.places import resource
from crm_lab.data.files import read_table
from crm_lab.schema import TABLES, check
from crm_lab.world import World


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    data.make(folder)
    return folder


@pytest.fixture
def copy(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path, dirs_exist_ok=True))


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_committed_data_are_regenerated_byte_for_byte(copy):
    for name, content in sorted(contents(copy).items()):
        committed = (resource("datasets") / name).read_bytes()
        if name.suffix == ".gz":  # what is inside counts: compressed bytes differ between zlib builds
            assert gzip.decompress(committed) == gzip.decompress(content), name
        else:
            assert committed == content, name


def test_loading_gives_the_tables_of_the_world():
    world = World()
    tables = {name: data.load(name) for name in TABLES}
    check(tables)
    for name in TABLES:
        pd.testing.assert_frame_equal(tables[name], world.tables[name])


def test_in_the_chinese_edition_only_names_differ(monkeypatch):
    english = {name: data.load(name) for name in TABLES}
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    chinese = World().tables
    for name, table in TABLES.items():
        loaded = data.load(name)
        pd.testing.assert_frame_equal(loaded, chinese[name])
        same = [column for column in table.names() if loaded[column].equals(english[name][column])]
        assert same == [column for column in table.names() if column not in table.localised], name


def test_a_company_of_ones_own_follows_the_language(monkeypatch):
    english = data.personal("2026-017")["dealers"]
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    chinese = data.personal("2026-017")["dealers"]
    assert chinese["name"].str.startswith("柳巷").all()
    pd.testing.assert_frame_equal(*(table.drop(columns=["name", "city"]) for table in (english, chinese)))


def test_a_folder_of_ones_own_data_needs_no_names_beside_it(copy, monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    monkeypatch.setenv("CRM_LAB_DATA", str(copy))
    (copy / "zh_CN/products.csv.gz").unlink()
    assert data.load("products")["name"][0] == "Bamboo chopping board"


def test_names_that_do_not_fit_their_table_are_refused(copy, monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    monkeypatch.setenv("CRM_LAB_DATA", str(copy))
    (copy / "zh_CN/products.csv.gz").write_bytes((copy / "zh_CN/agents.csv.gz").read_bytes())
    with pytest.raises(InputError, match=r"products.*与它的表不符"):
        data.load("products")


def test_the_data_stay_small():
    files = [file for file in resource("datasets").rglob("*") if file.is_file() and file.parent.name != "real"]
    total = sum(file.stat().st_size for file in files)
    assert total <= 3_600_000


def test_a_loaded_table_is_a_copy():
    del data.load("orders")["margin"]
    assert "margin" in data.load("orders")


def test_sound_data_have_no_faults(copy):
    assert data.verify(copy) == []


def test_a_missing_file_is_named(copy):
    (copy / "orders.csv.gz").unlink()
    [fault] = data.verify(copy)
    assert "orders.csv.gz is missing" in fault
    assert "crm-lab data make" in fault


def test_a_changed_file_is_named(copy):
    text = (copy / "products.csv").read_text(encoding="utf-8")
    (copy / "products.csv").write_text(text.replace("tea", "tee", 1), encoding="utf-8")
    [fault] = data.verify(copy)
    assert "products.csv has been changed" in fault


@pytest.mark.parametrize("name", ["customers.csv", "orders.csv.gz"])
def test_a_truncated_file_is_named(copy, name):
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[: len(content) // 2])
    [fault] = data.verify(copy)
    assert name in fault
    assert "truncated" in fault


@pytest.mark.parametrize("content", ["", "[]", '{"files": 3}', "{"])
def test_a_damaged_manifest_is_named(copy, content):
    (copy / "manifest.json").write_text(content)
    [fault] = data.verify(copy)
    assert "manifest.json is damaged" in fault


def test_make_restores_what_is_damaged_and_only_that(copy):
    (copy / "products.csv").write_text("nonsense")
    (copy / "orders.csv.gz").write_bytes(b"nonsense")
    assert {path.name for path in data.make(copy)} == {"products.csv", "orders.csv.gz"}
    assert data.verify(copy) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot be written"):
        data.make(tmp_path / "file")


def last_line_of(code):
    process = subprocess.run([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, encoding="utf-8")
    return process.stderr.splitlines()[-1]


@pytest.fixture
def read_only():
    """A folder this process may not write to; root, who may write everywhere, becomes nobody for the time being."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        yield Path(place)
        os.seteuid(user)
        Path(place).chmod(0o755)


def test_a_folder_that_may_not_be_written_is_one_sentence(copy, read_only):  # copy: all modules are loaded by now
    with pytest.raises(InputError, match=r"cannot be written: Permission denied\. Choose a folder"):
        data.make(read_only)
    assert list(read_only.iterdir()) == []


def test_a_full_disk_is_one_sentence_and_leaves_every_file_as_it_was(copy):
    for path in copy.glob("c*"):
        path.write_text("old")
    before = contents(copy)
    line = last_line_of(
        "import resource\nfrom pathlib import Path\nfrom crm_lab import data\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"  # a file may not grow beyond this
        f"data.make(Path({str(copy)!r}))"
    )
    assert line.startswith("crm_lab.base.errors.InputError")
    assert "customers.csv cannot be written" in line
    assert "free some space" in line
    assert contents(copy) == before


def test_a_full_disk_leaves_no_new_folder_behind(tmp_path):
    line = last_line_of(
        "import resource\nfrom pathlib import Path\nfrom crm_lab import data\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        f"data.make(Path({str(tmp_path)!r}) / 'new' / 'data')"
    )
    assert line.startswith("crm_lab.base.errors.InputError")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x1f\x8bnot gzip"])
def test_a_file_that_is_no_table_is_one_sentence(tmp_path, content):
    (tmp_path / "orders.csv.gz").write_bytes(content)
    with pytest.raises(InputError, match="crm-lab data make"):
        read_table(TABLES["orders"], tmp_path / "orders.csv.gz")


def test_load_reads_the_folder_it_is_told_to(copy, monkeypatch):
    products = (copy / "products.csv").read_text(encoding="utf-8").replace("Bamboo", "Rattan")
    (copy / "products.csv").write_text(products, encoding="utf-8")
    monkeypatch.setenv("CRM_LAB_DATA", str(copy))
    assert data.load("products")["name"].str.contains("Rattan").any()
    monkeypatch.delenv("CRM_LAB_DATA")
    assert not data.load("products")["name"].str.contains("Rattan").any()
