"""Shares, days and lists as each language writes them."""

import pytest

from crm_lab.base import wording


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")


def test_shares_days_and_lists_in_chinese(chinese):
    assert wording.share(0.034) == "3.4%"
    assert (wording.weekday(0), wording.weekday(6, "abbreviated")) == ("星期一", "周日")
    assert (wording.month(3), wording.month(12, "abbreviated")) == ("三月", "12月")
    assert wording.in_a_row("甲乙") == "甲、乙"
    assert wording.clauses(["甲", "乙"]) == "甲；乙"
    assert wording.sentences(["甲", "乙。", ""]) == "甲。乙。"
    assert (wording.short(2_500), wording.short(-35_400)) == ("2500", "−3.54万")


@pytest.mark.parametrize("columns", range(8, 40))
def test_lines_of_chinese_fit_and_lose_nothing(columns):
    text = "最好的 20% 客户带来 76% 的收入，其余所有客户（共 1,302 位）带来 24%。"
    lines = wording.lines_of(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [line for line in lines if line[0] in "，。）%"] == []
    assert [line for line in lines if wording._columns(line.rstrip("，。）")) > max(columns, 10)] == []
