"""Every probability and size has a name among the parameters: no other module of the world holds such a number."""

import ast
from pathlib import Path

import pytest

import crm_lab.world

WORLD = Path(crm_lab.world.__file__).parent
NAMED = {
    "parameters.py",
    "truth.py",
    "_truth.py",
    "_lessons.py",
    "_names.py",
    "post_words.py",
    "talk_words.py",
}
# arithmetic, not behaviour: halves and powers, prices that end on .9, a year's days, guards against 0 and overflow,
# nodes of an integral, the grain of a table, and moments kept off the ends of a span
ARITHMETIC = {0.0, 0.5, 1.0, 0.1, 365.25, 1e-9, 0.01}
NODES = {
    "_calls/call_service.py": {20.0, 180.0, 1500.0},
    "_choice/products.py": {0.05},
    "_contact/questions.py": {0.001, 0.99},
}
MODULES = [
    path for path in sorted(WORLD.rglob("*.py")) if path.name not in NAMED and not path.name.endswith("_parameters.py")
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(WORLD).as_posix())
def test_no_number_hides_in_the_code(path):
    allowed = ARITHMETIC | NODES.get(path.relative_to(WORLD).as_posix(), set())
    numbers = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)]
    hidden = {
        (node.lineno, node.value) for node in numbers if isinstance(node.value, float) and node.value not in allowed
    }
    assert not hidden, hidden
