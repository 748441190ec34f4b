"""The widget: what is chosen is what is shown, and what is ticked or noted stays."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest

from crm_lab import workbench
from crm_lab.base.errors import InputError
from crm_lab.workbench._notes import Notes
from crm_lab.workbench._page import rows


@pytest.fixture
def bench(company, tmp_path):
    bench = workbench.Workbench(company, Notes("default", tmp_path))
    bench.rep.value, bench.day.value = "S01", date(2025, 10, 9)
    return bench


def told(bench):
    return re.sub(r"<[^>]+>", "", bench._message.value)


def labels(bench, panel):
    return [box.description for box in bench.rows[panel].children if hasattr(box, "value") and box.value in (0, 1)]


def test_the_panels_follow_account_manager_and_day(bench):
    assert bench.summary == (
        "S01 Gu, Thursday 2025-10-09: 2 tasks, 0 birthdays, 2 watches fired, 3 promised calls due."
    )
    assert labels(bench, "tasks") == list(map("C00002 Bo: {}".format, bench.found["tasks"]["why"]))
    bench.rep.value = "S02"
    assert bench.summary.startswith("S02 Hu, Thursday 2025-10-09: 1 task, 0 birthdays, 1 watch fired, 0 promised")
    bench.day.value = date(2025, 12, 31)
    assert "1 birthday," in bench.summary
    assert "C00001 Ann: Turns 35 today." in bench._lists["birthdays"].value


def test_buttons_go_a_day_on_and_back_and_stop_at_the_ends(bench):
    before, after = bench.children[1].children[2:]
    after.click()
    assert bench.day.value == date(2025, 10, 10)
    before.click()
    assert bench.day.value == date(2025, 10, 9)
    bench.day.value = date(2025, 12, 31)
    after.click()
    assert bench.day.value == date(2025, 12, 31)


@pytest.mark.parametrize("day", [None, date(2025, 1, 20), date(2026, 1, 1), date(2, 12, 18)])
def test_a_day_half_typed_leaves_the_panels_alone(bench, day):
    before = bench.summary.split(":")[1]
    rows = bench.found
    bench.day.value = day
    assert bench.found is rows
    assert told(bench) == "Choose a day from 2025-10-03 to 2025-12-31."
    bench.day.value = date(2025, 10, 9)
    assert bench.summary.split(":")[1] == before
    assert told(bench) == ""


def test_a_tick_stays_on_its_day_and_the_task_is_gone_the_day_after(bench, company, tmp_path):
    bench.rows["tasks"].boxes[1].value = True
    assert told(bench) == "T1 is done."
    again = workbench.Workbench(company, Notes("default", tmp_path))  # as after a restart of the kernel
    for one in (bench, again):
        one.rep.value, one.day.value = "S01", date(2025, 10, 10)
        assert one.found["tasks"]["reminder_id"].tolist() == ["T5", "T4"]
        one.day.value = date(2025, 10, 9)
        assert [box.value for box in one.rows["tasks"].children] == [False, True]


def test_a_tick_can_be_taken_back_in_two_ways(bench):
    box = bench.rows["call_backs"].boxes[0]
    box.value = True
    box.value = False
    assert told(bench) == "B1 is open again."
    assert bench.notes.ticks() == {}
    box.value = True
    bench.form.children[1].children[-1].click()
    assert told(bench) == "The last step is undone."
    assert not box.value
    assert bench.notes.ticks() == {}


def test_moving_between_days_writes_no_notes(bench):
    bench.rows["tasks"].boxes[0].value = True
    for day in (10, 9, 11, 9):
        bench.day.value = date(2025, 10, day)
    assert list(bench.notes.ticks()) == ["T2"]
    assert bench.notes.undo()
    assert not bench.notes.undo()


def test_a_watch_of_ones_own_fires_on_a_later_day(bench):
    bench.day.value = date(2025, 10, 6)
    form = bench.form
    assert form.customer.value == "C00002"
    form.product.value = "P1"
    assert form.level.value == 99.0  # a tenth below the ¥110 of that day
    form.level.value = 85
    form.children[1].children[-2].click()
    assert told(bench) == "Watch N00001 is noted. It can fire from the day after on."
    assert "C00002 waits for P1, ¥85.00 or less" in form._own.value
    assert "N00001" not in bench.found["watches"]["watch_id"].tolist()
    bench.day.value = date(2025, 10, 9)
    assert "N00001" in bench.found["watches"]["watch_id"].tolist()


def test_the_form_offers_the_account_managers_own_customers(bench):
    assert [value for _name, value in bench.form.customer.options] == ["C00002", "C00004"]
    bench.rep.value = "S03"
    assert [value for _name, value in bench.form.customer.options] == ["C00003", "C00005"]
    assert bench.form.customer.value == "C00003"
    bench.form.kind.value = "stock"
    assert bench.form.level.disabled
    assert bench.form.chosen()["price_level"] is None


def test_what_cannot_be_kept_is_said_and_not_shown_as_done(company, tmp_path):
    (tmp_path / "file").write_text("in the way")
    bench = workbench.Workbench(company, Notes("default", tmp_path / "file"))
    bench.rep.value, bench.day.value = "S01", date(2025, 10, 9)
    bench.rows["tasks"].boxes[0].value = True
    assert told(bench).startswith("Your note was not kept")
    assert not bench.rows["tasks"].boxes[0].value
    bench.form.children[1].children[-2].click()
    assert told(bench).startswith("Your note was not kept")


def test_names_are_shown_as_text_not_as_html(company, tmp_path):
    company["customers"].loc[0, "name"] = "<script>alert(1)</script>"
    bench = workbench.Workbench(company, Notes("default", tmp_path))
    bench.rep.value, bench.day.value = "S02", date(2025, 12, 31)
    assert "<script>" not in bench.still() + bench._lists["birthdays"].value


def test_where_no_kernel_runs_the_page_stands_still(bench):
    bundle, _metadata = bench._repr_mimebundle_()
    assert bundle["text/plain"] == bench.summary
    page = bundle["text/html"]
    for panel in workbench.PANELS:
        for reason in bench.found[panel]["why"].iloc[:3]:
            assert reason in page
    assert page.count("<details") == 4
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_long_list_stands_still_as_its_beginning_and_a_count():
    found = pd.DataFrame({"customer_id": ["C1"] * 5, "name": "Li Na", "why": "Turns 30 today."})
    assert rows(found, 3).count("<li>") == 4
    assert "and 2 more" in rows(found, 3)
    assert rows(found).count("<li>") == 5
    assert "more" not in rows(found[:3], 3)


def test_every_region_and_status_can_be_named_by_a_screen_reader(bench):
    assert bench._summary.value.count('role="status"') == 1
    assert bench.still().count('role="region" aria-label=') == 4
    headings = re.findall(r"<h4>(.*?)</h4>", bench.still())
    assert len(set(headings)) == 4


def test_it_opens_with_something_in_every_panel():
    bench = workbench.open()
    assert min(map(len, bench.found.values())) >= 1
    assert bench.day.value.weekday() < 5


def test_students_have_a_company_and_notes_of_their_own(monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path))
    bench = workbench.open(" 2026-017 ")
    assert bench.notes.data == "student:2026-017"
    assert list(bench.rep.options) != list(workbench.open().rep.options)


@pytest.mark.parametrize("student", ["", "  ", 17, ["a"]])
def test_a_student_who_is_none_is_refused(student):
    with pytest.raises(InputError, match="student must be a student's number as text"):
        workbench.open(student)
