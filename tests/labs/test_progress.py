import os
import sqlite3
import subprocess
import sys
import time
import warnings

import pytest

from crm_lab.base import state
from crm_lab.labs import progress
from crm_lab.labs.progress import FILE, ProgressWarning, Store


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(progress, "_warned", set())


def attempts(folder):
    with sqlite3.connect(folder / FILE) as connection:
        return connection.execute("select exercise, attempts, hints, status from progress order by 1").fetchall()


def test_right_stays_right_and_everything_is_counted(tmp_path):
    store = Store("default", tmp_path)
    for status in ("wrong", "right", "wrong"):
        store.attempt("04a", "rfm", status)
    store.hint("04a", "rfm")
    store.hint("04a", "pareto")
    assert attempts(tmp_path) == [("pareto", 0, 1, "todo"), ("rfm", 3, 1, "right")]
    assert store.states() == {("04a", "rfm"): "right", ("04a", "pareto"): "todo"}


def test_each_students_data_have_their_own_progress(tmp_path):
    Store("student:1", tmp_path).attempt("04a", "rfm", "right")
    assert Store("student:2", tmp_path).states() == {}


def test_looking_at_progress_leaves_no_file_behind(tmp_path):
    assert Store("default", tmp_path).states() == {}
    assert list(tmp_path.iterdir()) == []


WRITER = """
import sys
from pathlib import Path
from crm_lab.labs.progress import Store
for turn in range(30):
    Store("default", Path(sys.argv[1])).attempt("04a", "rfm", "wrong")
"""


def test_two_notebooks_at_once_lose_nothing(tmp_path):
    writers = [subprocess.Popen([sys.executable, "-W", "error", "-c", WRITER, str(tmp_path)]) for _turn in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert attempts(tmp_path) == [("rfm", 60, 0, "wrong")]


def test_kernel_killed_while_writing_leaves_what_was_there(tmp_path):
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "right")
    killed = f"""
import os, sqlite3
connection = sqlite3.connect({str(tmp_path / FILE)!r}, isolation_level=None)
connection.execute("pragma cache_size = 1")
connection.execute("begin immediate")
connection.execute("delete from progress")
connection.executemany("insert into progress (data, lab, exercise, first, last) values ('d', 'l', ?, '', '')",
                       [("x" * 500 + str(n),) for n in range(500)])
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", killed]).returncode == 9
    assert (tmp_path / f"{FILE}-journal").exists()
    store.attempt("04a", "pareto", "wrong")
    assert attempts(tmp_path) == [("pareto", 1, 0, "wrong"), ("rfm", 1, 0, "right")]


@pytest.mark.parametrize("damage", ["garbage", "torn"])
def test_damaged_file_is_set_aside_with_one_warning(tmp_path, damage):
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "right")
    whole = (tmp_path / FILE).read_bytes()
    bad = b"not a database, sorry" * 100 if damage == "garbage" else whole[:4096] + os.urandom(len(whole) - 4096)
    (tmp_path / FILE).write_bytes(bad)
    (tmp_path / f"{FILE}-journal").write_bytes(b"stale")
    with pytest.warns(ProgressWarning, match=r"was damaged. It was kept as progress-damaged-1.sqlite"):
        store.attempt("04a", "pareto", "right")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store.attempt("04a", "gini", "right")
    assert caught == []
    assert (tmp_path / "progress-damaged-1.sqlite").read_bytes() == bad
    assert [row[0] for row in attempts(tmp_path)] == ["gini", "pareto"]


@pytest.mark.parametrize("place", range(12))
@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_one_damaged_byte_of_the_stored_names_raises_nothing_and_is_told(tmp_path, place, flip):
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "right")
    whole = bytearray((tmp_path / FILE).read_bytes())
    start = whole.index(b"CREATE TABLE")
    whole[start + 13 + 23 * place] ^= flip
    (tmp_path / FILE).write_bytes(bytes(whole))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        before = store.states()
        store.attempt("04a", "pareto", "right")
        after = store.states()
    assert ("04a", "pareto") in after
    assert len(before) == 1 or any("was damaged. It was kept as" in str(warning.message) for warning in caught)


def test_lock_does_not_use_up_the_warning_of_a_later_damage(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "right")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.warns(ProgressWarning, match="not being saved"):
        store.attempt("04a", "pareto", "right")
    other.close()
    (tmp_path / FILE).write_bytes(b"not a database, sorry" * 100)
    with pytest.warns(ProgressWarning, match="was damaged"):
        store.attempt("04a", "gini", "right")


def test_progress_is_shown_while_the_file_is_locked(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    Store("default", tmp_path).attempt("04a", "rfm", "right")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("begin exclusive")
    store = Store("default", tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert store.states() == {("04a", "rfm"): "right"}
        store.attempt("04a", "pareto", "wrong")
        assert store.states() == {("04a", "rfm"): "right", ("04a", "pareto"): "wrong"}
    other.close()


def test_folder_that_cannot_be_written_gives_one_warning(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = Store("default", tmp_path / "file" / "work")
    with pytest.warns(ProgressWarning, match="progress is not being saved"):
        store.attempt("04a", "rfm", "right")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store.hint("04a", "rfm")
        assert store.states() == {}
    assert caught == []


def test_read_only_file_gives_a_warning_and_can_still_be_shown(tmp_path, monkeypatch):
    Store("default", tmp_path).attempt("04a", "rfm", "right")

    def read_only(path, *more):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("pragma query_only = on")
        return connection

    monkeypatch.setattr(state, "connect", read_only)
    with pytest.warns(ProgressWarning):
        Store("default", tmp_path).attempt("04a", "pareto", "right")
    assert Store("default", tmp_path).states() == {("04a", "rfm"): "right"}


def test_file_that_stays_locked_is_not_waited_for_long(tmp_path):
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "right")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("begin exclusive")
    start = time.monotonic()
    with pytest.warns(ProgressWarning):
        store.attempt("04a", "pareto", "right")
    assert time.monotonic() - start < 5  # a hang guard; the patience is half a second
    other.close()


def test_warnings_that_are_errors_do_not_stop_a_check(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Store("default", tmp_path / "file").attempt("04a", "rfm", "right")


def test_what_met_a_busy_file_is_written_with_the_next_check(tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "wrong")
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("begin immediate")
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        store.attempt("04a", "rfm", "right")
    other.execute("rollback")
    other.close()
    store.hint("04a", "rfm")
    assert attempts(tmp_path) == [("rfm", 2, 1, "right")]


def test_what_met_a_busy_file_is_written_when_the_kernel_ends(tmp_path):
    store = Store("default", tmp_path)
    store.attempt("04a", "rfm", "wrong")
    ended = f"""
import sqlite3
from pathlib import Path
from crm_lab.labs.progress import Store
other = sqlite3.connect({str(tmp_path / FILE)!r}, isolation_level=None)
other.execute("begin immediate")
Store("default", Path({str(tmp_path)!r})).attempt("04a", "rfm", "right")
other.execute("rollback")
"""
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", ended]).returncode == 0
    assert attempts(tmp_path) == [("rfm", 2, 0, "right")]
