"""Notes stay: another session, another notebook, a kill in the middle of a write, a damaged or locked file."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import warnings
from contextlib import closing
from datetime import date

import pandas as pd
import pytest

from crm_lab import load
from crm_lab.base.errors import InputError
from crm_lab.base.state import FILE
from crm_lab.labs.progress import Store
from crm_lab.workbench import _notes as module
from crm_lab.workbench._notes import Notes, NotesWarning

DAY = date(2025, 12, 18)


@pytest.fixture
def notes(tmp_path):
    return Notes("default", tmp_path)


def test_looking_leaves_no_file_behind(notes, tmp_path):
    assert notes.ticks() == {}
    assert notes.watches().empty
    assert list(tmp_path.iterdir()) == []


def test_watches_have_the_columns_of_the_companys(notes):
    notes.add_watch("C00002", "P040", "price", DAY, 80)
    notes.add_watch("C00003", "P041", "stock", DAY, 5.0)
    own = notes.watches()
    assert own["watch_id"].tolist() == ["N00001", "N00002"]
    assert own["price_level"].isna().tolist() == [False, True]
    assert own.dtypes.to_dict() == load("watches").dtypes.to_dict()
    assert notes.watches().iloc[:0].dtypes.to_dict() == load("watches").dtypes.to_dict()
    assert own["asked_on"].tolist() == [pd.Timestamp(DAY)] * 2


def test_the_last_word_on_a_task_holds(notes):
    notes.tick("T1", DAY)
    notes.tick("T2", DAY)
    notes.untick("T1", DAY)
    assert notes.ticks() == {"T2": DAY}
    notes.tick("T1", date(2025, 12, 19))
    assert notes.ticks() == {"T1": date(2025, 12, 19), "T2": DAY}


def test_undo_goes_back_step_by_step(notes):
    notes.tick("T1", DAY)
    notes.untick("T1", DAY)
    notes.add_watch("C00002", "P040", "stock", DAY)
    assert notes.undo()
    assert notes.watches().empty
    assert notes.ticks() == {}
    assert notes.undo()
    assert notes.ticks() == {"T1": DAY}
    assert notes.undo()
    assert not notes.undo()
    assert notes.add_watch("C00002", "P040", "stock", DAY) == "N00004"  # a number is never given twice


def test_each_companys_notes_are_apart_and_another_session_finds_them(notes, tmp_path):
    notes.tick("T1", DAY)
    other = Notes("student:7", tmp_path)
    assert other.ticks() == {}
    assert not other.undo()
    assert Notes("default", tmp_path).ticks() == {"T1": DAY}


def test_notes_and_progress_share_a_file(notes, tmp_path):
    Store("default", tmp_path).attempt("01", "relation", "right")
    notes.tick("T1", DAY)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert Store("default", tmp_path).states() == {("01", "relation"): "right"}


@pytest.mark.parametrize("level", [None, 0, -3.0, float("nan"), float("inf"), "80", True])
def test_a_level_that_is_none_is_refused(notes, level):
    with pytest.raises(InputError, match="A price watch needs a price above ¥0"):
        notes.add_watch("C00002", "P040", "price", DAY, level)


def test_an_unknown_kind_of_watch_is_refused(notes):
    with pytest.raises(InputError, match=r"Unknown watch 'news'. Use one of: price, stock"):
        notes.add_watch("C00002", "P040", "news", DAY)


# ---- crashes

WRITER = """
import sys
from datetime import date
from pathlib import Path
from crm_lab.workbench._notes import Notes
notes = Notes("default", Path(sys.argv[1]))
for turn in range(100_000):
    notes.tick(f"T{turn}", date(2025, 12, 18))
    print(turn, flush=True)
"""


@pytest.mark.parametrize("pause", [0.0, 0.013, 0.031])
def test_what_was_kept_before_a_kill_is_there_after_it(notes, tmp_path, pause):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    for _line in range(3):
        writer.stdout.readline()
    time.sleep(pause)  # so that the kill meets different moments of a write
    writer.send_signal(signal.SIGKILL)
    said = 3 + len(writer.stdout.read().split())
    writer.wait()
    kept = len(notes.ticks())
    assert said <= kept <= said + 1  # the last one may have been kept and not yet said
    notes.tick("after", DAY)
    assert len(notes.ticks()) == kept + 1


def test_a_kill_in_the_middle_of_a_transaction_takes_it_back(notes, tmp_path):
    notes.tick("T1", DAY)
    killed = f"""
import os, signal, sqlite3
connection = sqlite3.connect({str(tmp_path / FILE)!r}, isolation_level=None)
connection.execute("pragma cache_size = 1")
connection.execute("begin immediate")
connection.execute("delete from notes")
connection.executemany("insert into notes (data, step, subject, day) values ('default', 'done', ?, '2025-12-18')",
                       [("x" * 500 + str(n),) for n in range(500)])
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", killed]).returncode == -signal.SIGKILL
    assert (tmp_path / f"{FILE}-journal").exists()
    assert Notes("default", tmp_path).ticks() == {"T1": DAY}


def test_two_notebooks_at_once_lose_nothing(notes, tmp_path):
    source = WRITER.replace("100_000", "25").replace('f"T{turn}"', 'f"T{turn}-{sys.argv[2]}"')
    writers = [subprocess.Popen([sys.executable, "-c", source, str(tmp_path), str(n)]) for n in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert len(notes.ticks()) == 50


# ---- files that cannot be used


def test_a_damaged_file_is_set_aside_with_a_warning(notes, tmp_path):
    notes.tick("T1", DAY)
    bad = b"not a database, sorry" * 100
    (tmp_path / FILE).write_bytes(bad)
    with pytest.warns(NotesWarning, match=r"was damaged. It was kept as progress-damaged-1.sqlite"):
        notes.tick("T2", DAY)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert notes.ticks() == {"T2": DAY}
    assert (tmp_path / "progress-damaged-1.sqlite").read_bytes() == bad


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    notes = Notes("default", tmp_path / "file" / "work")
    with pytest.raises(InputError, match=r"Your note was not kept: .* cannot be written"):
        notes.tick("T1", DAY)
    assert notes.ticks() == {}


def test_a_locked_file_is_named_and_nothing_is_kept_by_half(notes, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    notes.tick("T1", DAY)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(InputError, match="Close other notebooks"):
            notes.tick("T2", DAY)
        other.execute("rollback")
    assert notes.ticks() == {"T1": DAY}


def test_a_file_that_cannot_be_read_gives_a_warning_and_no_notes(notes, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    notes.tick("T1", DAY)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.warns(NotesWarning, match="cannot be read"):
            assert notes.ticks() == {}


@pytest.mark.skipif(os.name == "nt", reason="folders are protected in another way")
def test_the_work_folder_is_the_learners_own(monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path / "mine"))
    notes = Notes()
    notes.tick("T1", DAY)
    assert (tmp_path / "mine" / FILE).exists()
