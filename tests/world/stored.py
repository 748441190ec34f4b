"""Where the numbers of the truth stand in the source, so that new ones can be written in their place."""

import ast
from dataclasses import dataclass
from pathlib import Path

WORLD = Path(__file__).parents[2] / "crm_lab" / "world"
LITERALS = (  # module, name in it, group in the truth; without a group the keys of the dict are groups
    ("_truth.py", "ESTIMANDS", ""),
    ("_lessons.py", "LIFETIME", "lifetime"),
    ("_lessons.py", "CHURN", "churn"),
    ("_lessons.py", "RECOMMENDATION", "recommendation"),
    ("_lessons.py", "SALES", "sales"),
    ("_lessons.py", "CARE", "care"),
    ("_choice/truth.py", "ESTIMANDS", "choice"),
    ("_market/truth.py", "MARKET_ESTIMANDS", "market"),
    ("_contact/truth.py", "ESTIMANDS", "contact"),
    ("_calls/call_parameters.py", "ESTIMANDS", "calls"),
    ("_voice/truth.py", "VOICE", "voice"),
    ("_office/truth.py", "ESTIMANDS", "office"),
    ("_taste/truth.py", "ESTIMANDS", "taste"),
    ("_winning/truth.py", "ESTIMANDS", "winning"),
    ("_serving/truth.py", "ESTIMANDS", "serving"),
)


@dataclass(frozen=True)
class Place:
    """One number in the source: file, line from 1, first and last column, and its text."""

    file: Path
    line: int
    start: int
    end: int
    text: str

    @property
    def decimals(self):
        """How many digits stand behind the point."""
        return len(self.text.partition(".")[2])


def places():
    """By name, its keys joined with dots: where each number of the truth stands."""
    return {
        name: place
        for file, variable, group in LITERALS
        for name, place in numbers(WORLD / file, variable, group).items()
    }


def numbers(file, variable, group=""):
    """The numbers in the literal assigned to this name in a module."""
    source = file.read_text(encoding="utf-8")
    lines = [line.encode() for line in source.splitlines()]  # columns of a syntax tree count bytes
    literal = next(node.value for node in ast.parse(source).body if variable in names_given(node))
    return {
        name: Place(file, node.lineno, node.col_offset, node.end_col_offset, text)
        for name, node in leaves(literal, group)
        if (text := lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode())
    }


def names_given(node):
    """The names a statement assigns to."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def leaves(node, name):
    """Every number below a node of the syntax tree, with its keys joined by dots."""
    if isinstance(node, ast.Dict):
        pairs = [(key.value, value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]
    elif isinstance(node, ast.Tuple):
        pairs = list(enumerate(node.elts))
    else:
        value = node.operand if isinstance(node, ast.UnaryOp) else node
        return [(name, node)] if isinstance(getattr(value, "value", None), int | float) else []
    return [leaf for key, value in pairs for leaf in leaves(value, f"{name}.{key}".lstrip("."))]


def rewrite(table):
    """Write each measured number in its place, with as many digits as were there.

    table  a row a number: place, measured
    """
    for file, rows in table.dropna(subset="place").groupby(lambda name: table.loc[name, "place"].file):
        lines = file.read_bytes().splitlines(keepends=True)
        for place, value in sorted(rows[["place", "measured"]].to_numpy().tolist(), key=lambda row: -row[0].start):
            line = lines[place.line - 1]
            new = f"{value:.{place.decimals}f}".encode()
            lines[place.line - 1] = line[: place.start] + new + line[place.end :]
        file.write_bytes(b"".join(lines))
