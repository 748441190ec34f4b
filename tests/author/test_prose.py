"""Prose in pieces: nothing is lost, code and formulas stay, what would break on the page is found."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_lab.author.prose import bold_faults, faults, pieces, translated
from crm_lab.base.places import REPOSITORY

TEXT = """# Who buys?

One line of a paragraph
and the next, with `code`.

- first
  goes on
2. second

| class | rule |
|:---|---|
| `a` | b or c |

> said

$$G = \\frac{a}{b},
x$$

```python
# no heading
```

<details><summary>1. Why?</summary>

Because.
</details>
"""


def said(text):
    return [(piece.kind, piece.text) for piece in pieces(text) if piece.kind]


def test_each_part_a_translator_works_on_is_a_piece():
    assert said(TEXT) == [
        ("heading", "Who buys?"),
        ("paragraph", "One line of a paragraph\nand the next, with `code`."),
        ("list item", "first\n  goes on"),
        ("list item", "second"),
        ("table row", "class | rule"),
        ("table row", "`a` | b or c"),
        ("quotation", "said"),
        ("paragraph", "1. Why?"),
        ("paragraph", "Because."),
    ]


@given(st.lists(st.sampled_from(TEXT.split("\n")), max_size=20).map("\n".join))
def test_the_pieces_joined_are_the_text(text):
    assert "".join(piece.text for piece in pieces(text)) == text


def test_every_notebook_comes_back_as_it_was():
    for path in [*REPOSITORY.glob("notebooks/*.ipynb"), *REPOSITORY.glob("solutions/*.ipynb")]:
        for cell in nbformat.read(path, as_version=4).cells:
            assert translated(cell.source, {}) == cell.source, f"{path.name} {cell.id}"


def test_only_what_is_known_is_translated():
    assert (
        translated("## Who?\n\n- first\n- `first`\n", {"first": "甲", "Who?": "谁？"}) == "## 谁？\n\n- 甲\n- `first`\n"
    )


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
