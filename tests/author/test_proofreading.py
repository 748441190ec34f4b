"""What would break on the page is found, and nothing else."""

import pytest

from crm_lab.author.proofreading import bold_faults, faults


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Give `rfm`.", "给出 rfm。"),
        ("For $x_1$ and $x_2$.", "对 $x_1$。"),
        ("See https://example.org/a now.", "现在看。"),
        ("a | b", "甲、乙"),
        ("**Risk.** None.", "**风险。**没有。"),
    ],
)
def test_a_translation_that_breaks_something_is_found(source, translation):
    assert list(faults(source, translation)) != []


def test_a_sound_translation_has_no_faults():
    assert list(faults("**Risk.** `a` | $x$", "**风险。** `a` | $x$")) == []


@pytest.mark.parametrize("text", ["**注意：**字", "说**“好”**的人", "*（甲）*乙", "这是**《书》**吧"])
def test_bold_that_would_show_its_asterisks_is_found(text):
    assert list(bold_faults(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        "**注意：** 字",
        "**注意**：字",
        "**第一**、**第二**。",
        "的**客户**带来",
        "2 * 3 * 4",
        "`**：**字`",
        "**注意。**",
    ],
)
def test_bold_that_works_is_let_pass(text):
    assert list(bold_faults(text)) == []
