import re

from crm_lab.labs.panel import WIDTH, Panel, ProgressTable, Row, result

EVIL = "<script>alert(1)</script> & <img src=x onerror=y>"


def html(panel):
    return panel._repr_mimebundle_()["text/html"]


def test_everything_is_escaped_and_nothing_runs():
    for panel in (
        result("wrong", EVIL, EVIL),
        Panel(EVIL, EVIL, EVIL),
        ProgressTable(EVIL, [Row(EVIL, "right", 1)]),
    ):
        assert set(re.findall(r"<(\w+)", html(panel))) <= {
            "div", "strong", "p", "pre", "table", "thead", "tbody", "tr", "th", "td",
        }  # fmt: skip


def test_state_is_said_in_symbol_and_word_in_both_forms():
    for status, mark in {"todo": "○", "wrong": "✗", "right": "✓"}.items():
        bundle = result(status, "Words.", "RFM table")._repr_mimebundle_()
        word = {"todo": "not answered yet", "wrong": "not yet right", "right": "right"}[status]
        assert bundle["text/plain"] == f"{mark} RFM table: {word}\nWords."
        assert f"{mark} RFM table: {word}" in bundle["text/html"]
        assert 'role="status"' in bundle["text/html"]


def test_colours_come_from_the_theme_and_have_a_fallback():
    style = html(result("right", "", "x"))
    for variable in re.findall(r"var\(([^()]*)", style):
        assert re.match(r"--jp-[\w-]+, \S", variable)


def test_plain_text_is_wrapped_but_code_is_not():
    long = "word " * 60
    code = "x = " + "1 + " * 60 + "1"
    lines = repr(Panel("Solution", long, code)).splitlines()
    assert lines[-1] == code
    assert max(map(len, lines[:-1])) <= WIDTH


def test_stretch_tasks_count_extra():
    table = ProgressTable("04a", [Row("A", "right", 2), Row("B", "wrong", 3), Row("C", "right", 4, stretch=True)])
    assert table.headline == "Lab 04a: 2 of 3 exercises right, 2 of 5 points, and 4 extra"
    assert repr(table).splitlines()[1:] == [
        "✓ A  2/2  right",
        "✗ B  0/3  not yet right",
        "✓ C  4/4  right",
    ]
