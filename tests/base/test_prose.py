"""Prose in pieces: nothing is lost, code and formulas stay."""

import nbformat
from hypothesis import given
from hypothesis import strategies as st

from crm_lab.base.places import REPOSITORY
from crm_lab.base.prose import pieces, translated

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
