"""The file is checked before it is used; a damaged one is set aside, with what belongs to it."""

import sqlite3

import pytest

from crm_lab.base import state

TABLE = "create table if not exists marks (name text)"


def test_a_fresh_file_gets_the_table_and_an_old_one_keeps_its_rows(tmp_path):
    path = tmp_path / state.FILE
    for turn in range(2):
        connection, aside = state.connect_anew(path, TABLE, 0.1)
        assert aside is None
        connection.execute("insert into marks values (?)", (turn,))
        connection.close()
    assert len(sqlite3.connect(path).execute("select * from marks").fetchall()) == 2


def test_damaged_files_are_kept_one_beside_the_other(tmp_path):
    path = tmp_path / state.FILE
    for number in (1, 2):
        path.write_bytes(b"damage no %d " % number * 100)
        (tmp_path / f"{state.FILE}-journal").write_bytes(b"stale")
        connection, aside = state.connect_anew(path, TABLE, 0.1)
        connection.close()
        assert aside == tmp_path / f"progress-damaged-{number}.sqlite"
        assert aside.read_bytes().startswith(b"damage no %d" % number)
    assert not (tmp_path / f"{state.FILE}-journal").exists()


def test_a_file_made_whole_in_between_is_left_alone(tmp_path, monkeypatch):
    path, real, failures = tmp_path / state.FILE, state.connect, [state._Damaged()]

    def once_damaged(*arguments):
        if failures:
            raise failures.pop()
        return real(*arguments)

    monkeypatch.setattr(state, "connect", once_damaged)
    connection, aside = state.connect_anew(path, TABLE, 0.1)
    connection.close()
    assert aside is None


def test_a_file_that_is_only_busy_is_not_set_aside(tmp_path):
    path = tmp_path / state.FILE
    state.connect(path, TABLE, 0.1).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(sqlite3.OperationalError):
        state.connect_anew(path, TABLE, 0.05)
    other.close()
    assert [found.name for found in tmp_path.iterdir()] == [state.FILE]
