"""Writing leaves the old file or the new one."""

import os

import pytest

from crm_lab.base.errors import InputError
from crm_lab.base.files import write_atomic, write_together


def test_a_write_replaces_the_whole_file(tmp_path):
    path = tmp_path / "deep" / "file.txt"
    write_atomic(path, "first, and long")
    write_atomic(path, "second")
    assert path.read_text() == "second"
    assert os.listdir(path.parent) == ["file.txt"]


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing_behind(tmp_path, monkeypatch):
    path = tmp_path / "file.txt"
    write_atomic(path, "old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        write_atomic(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["file.txt"]


def test_of_several_files_all_are_written_or_none(tmp_path, monkeypatch):
    old, new = tmp_path / "old.txt", tmp_path / "new" / "deep" / "new.txt"
    write_together({old: "old"})
    write_together({old: "older", new: "new"})
    assert (old.read_text(), new.read_text()) == ("older", "new")
    sync, calls = os.fsync, []

    def full_at_the_second(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    other = tmp_path / "other" / "file.txt"
    with pytest.raises(InputError, match=r"file\.txt cannot be written: No space left"):
        write_together({old: "oldest", other: "x"})
    assert (old.read_text(), sorted(os.listdir(tmp_path))) == ("older", ["new", "old.txt"])
