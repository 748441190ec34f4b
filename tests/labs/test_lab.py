import json
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from crm_lab import labs
from crm_lab.base.errors import InputError
from crm_lab.data.tables import Tables, open_tables
from crm_lab.exercises import all_exercises
from crm_lab.labs import lab as module
from crm_lab.labs import query


def test_tables_are_fresh_copies(lab):
    orders = lab.table("orders")
    orders["revenue"] = 0
    assert lab.table("orders")["revenue"].sum() > 0
    with pytest.raises(InputError, match=r"Unknown table 'clients'\. Use one of: customers, "):
        lab.table("clients")


def test_wrong_name_lists_the_exercises(lab):
    with pytest.raises(InputError, match=r"Unknown exercise 'rmf'\. Use one of: revenue, rfm, "):
        lab.check("rmf", 1)
    with pytest.raises(InputError, match="The exercise comes first, in quotes"):
        lab.check(pd.DataFrame(), "rfm")


def test_check_keeps_progress(lab):
    lab.check("revenue", ...)
    lab.check("revenue", 1.0)
    assert "✗ Revenue of delivered orders" in repr(lab.progress())
    lab.check("revenue", lab.tables.table("orders").query("status == 'delivered'")["revenue"].sum())
    lab.check("revenue", 1.0)
    assert "✓ Revenue of delivered orders" in repr(lab.progress())
    assert "1 of 17 exercises right, 1 of 21 points" in repr(lab.progress())


def test_hints_go_from_vague_to_specific_and_the_last_one_stays(lab):
    shown = [repr(lab.hint("rfm")) for _turn in range(4)]
    assert [text.splitlines()[0] for text in shown] == [
        "Hint 1 of 3: RFM table",
        "Hint 2 of 3: RFM table",
        "Hint 3 of 3: RFM table",
        "Hint 3 of 3: RFM table",
    ]
    assert "last hint" in shown[2]
    assert "last hint" not in shown[1]


def test_solution_is_the_code_of_the_solved_notebook(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "resource", lambda folder: tmp_path / folder)
    assert "comes without solutions" in repr(lab.solution("rfm"))
    (tmp_path / "solutions").mkdir()
    cells = [{"id": "answer-rfm", "source": ["rfm = 1\n", "rfm + 1"]}, {"id": "answer-margin", "source": "x"}]
    (tmp_path / "solutions" / "98a_fixture.ipynb").write_text(json.dumps({"cells": cells}))
    assert lab.solution("rfm").code == "rfm = 1\nrfm + 1"


def test_answers_to_the_manager_are_those_of_the_labs_own_notebooks(lab, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "resource", lambda folder: tmp_path / folder)
    assert "comes without solutions" in repr(lab.solution("manager"))
    (tmp_path / "solutions").mkdir()
    for name in ("98a_fixture", "98b_fixture", "97_other"):
        cells = [{"id": "answer-manager", "source": f"Of {name}: yes."}, {"id": "task-manager", "source": "Shall we?"}]
        (tmp_path / "solutions" / f"{name}.ipynb").write_text(json.dumps({"cells": cells}))
    assert lab.solution("manager").message == "Of 98a_fixture: yes.\nOf 98b_fixture: yes."
    theirs = module.Lab("98", lab.exercises, lab.tables, "student:7")
    assert theirs.solution("manager").message.startswith("Its figures are those of the Willow Lane that all share")
    monkeypatch.setattr(module, "prose", lambda name: {"Of 98b_fixture: yes.": "98b：可以。"})
    assert lab.solution("manager").message == "Of 98a_fixture: yes.\n98b：可以。"


def test_reference_that_fails_is_not_the_learners_fault(tables, lab):
    broken = replace(lab.exercises[0], reference=lambda t: 1 / 0)
    told = type(lab)("98", (broken,), tables).check("revenue", 1.0)
    assert told.status == "todo"
    assert "cannot be checked on these data (ZeroDivisionError: division by zero.) Your answer was not" in told.message


def test_unknown_labs_are_met_with_those_there_are():
    for number, message in {
        "x": "There is no lab 'x'",
        77: "Unknown chapter '77'",
        True: "There is no lab True",
    }.items():
        with pytest.raises(InputError, match=message):
            labs.open(number)


@pytest.mark.skipif(not all_exercises(), reason="no chapter has exercises yet")
def test_a_lab_is_opened_by_chapter_or_by_notebook():
    one = all_exercises()[0]
    whole = labs.open(int(one.chapter))
    part = labs.open(one.lab.lstrip("0") or "0")
    assert part.number == one.lab
    assert {exercise.lab for exercise in part.exercises} == {one.lab}
    assert set(part.exercises) <= set(whole.exercises)
    assert f'lab.check("{one.name}", {one.name})' in repr(whole)
    with pytest.raises(InputError, match=f"Use one of: {one.chapter}"):
        labs.open(f"{one.chapter}z")


def test_students_have_their_own_data():
    mine, name = open_tables(" 2026-017 ")
    assert name == "student:2026-017"
    assert not mine.table("orders").equals(open_tables()[0].table("orders"))
    for strange in (17, "", " "):
        with pytest.raises(InputError, match="student must be"):
            open_tables(strange)


def test_graded_data_take_the_place_of_both(tmp_path, monkeypatch, tables):
    from crm_lab.data.files import table_bytes
    from crm_lab.schema import TABLES

    table = TABLES["products"]
    (tmp_path / table.file).write_bytes(table_bytes(table, tables.table("products").head(3)))
    monkeypatch.setenv("CRM_LAB_DATA", str(tmp_path))
    assert len(open_tables("2026-017")[0].table("products")) == 3
    assert len(open_tables()[0].table("products")) == 3
    with pytest.raises(InputError, match="is missing"):
        open_tables()[0].table("customers")


def test_supplied_tables_are_made_once_and_copied(tables):
    made = []

    def best(t):
        made.append(1)
        return t.table("customers").head(2)

    supplied = Tables(tables._frames, tables.today, {"best": best})
    mine = supplied.table("best")
    mine["name"] = ""
    assert (supplied.table("best")["name"] != "").all()
    assert made == [1]
    assert query.run("select count(*) as n from best", supplied)["n"].tolist() == [2]


def test_importing_labs_does_not_import_pandas():
    code = "import sys, crm_lab.labs, crm_lab.exercises; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("written", ["04b", "04B", "4B", " 4b "])
def test_letter_of_a_lab_may_be_a_capital(written):
    assert labs.open(written).number == "04b"


def test_a_table_of_ones_own_takes_the_place_of_the_labs_and_its_exercises_rest_on_it(tables, lab):
    exercise = replace(
        lab.exercises[0],
        reference=lambda t: float(t.table("own_calls")["points"].sum()),
        supplies={"own_calls": lambda t: pd.DataFrame({"points": [1.0, 2.0]})},
    )
    mine = type(lab)("98", (exercise, *lab.exercises[1:]), tables)
    assert mine.check(exercise.name, 3.0).status == "right"
    assert len(mine.bring("own_calls", pd.DataFrame({"points": []}))) == 2
    assert mine.bring("own_calls", pd.DataFrame({"points": [5.0], "said": "x"}))["points"].tolist() == [5.0]
    assert mine.table("own_calls").columns.tolist() == ["points"]
    assert mine.check(exercise.name, 3.0).status == "wrong"
    assert mine.check(exercise.name, 5.0).status == "right"
    with pytest.raises(InputError, match="own_calls has no column 'points'"):
        mine.bring("own_calls", pd.DataFrame({"said": ["x"]}))
    with pytest.raises(InputError, match="Unknown table of your own 'orders'"):
        mine.bring("orders", pd.DataFrame({"points": [5.0]}))
