"""What a solution asks for that no chapter has shown: functions, methods, keywords of pandas and words of SQL.

A word counts as shown when it stands in a code cell (or a fenced block of code) of the primer, of an earlier chapter or
of the lab's own chapter, or in a cell that the lab itself supplies.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from crm_lab.author.notebooks import Cell, read

_PLAIN = """
abs all any bool dict enumerate float int isinstance len list max min print range reversed round set sorted str sum
tuple zip append check format get items join keys values table DataFrame Series
"""
_SQL_PLAIN = """
and as asc between by desc distinct false from group having in is join limit not null on or order select true using
where
"""
_SQL_MORE = """
all case cast coalesce cross current else end except exists extract filter first following full intersect interval
last lateral left natural nulls outer over partition preceding qualify recursive right rows semi then unbounded
union unnest values when window with within
"""
PLAIN = frozenset(_PLAIN.split())  # the plainest Python, and what every lab's first cell shows
_QUERY = re.compile(r"\b(select|with)\b.*\bfrom\b", re.IGNORECASE | re.DOTALL)
_SQL_KNOWN, _SQL_WORDS = frozenset(_SQL_PLAIN.split()), frozenset(_SQL_MORE.split())
_TELLING = {("merge", "how"), ("rank", "method"), ("rank", "pct"), ("rank", "ascending"), ("reindex", "fill_value")}
_FENCE = re.compile(r"```(?:python|sql)?\n(.*?)```", re.DOTALL)


def words_of(code: str) -> set[str]:
    """What one must know to write this code: names called, attributes, telling keywords, words of SQL in its texts.

    >>> sorted(words_of("a.merge(b, how='outer').groupby('x')['y'].transform(np.ptp)"))
    ['groupby', 'merge', 'merge(how=outer)', 'ptp', 'transform']
    >>> sorted(words_of("q = 'select x::int, arg_max(a, b) from t left join u on t.i = u.i and u.at < t.at'"))
    ['SQL ::', 'SQL arg_max()', 'SQL left', 'SQL on … and']
    """
    found: set[str] = set()
    for node in ast.walk(_parsed(code)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Call):
            found |= _call(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _QUERY.search(node.value):
            found |= sql_words(node.value)
    return found - PLAIN


def _parsed(code: str) -> ast.Module:
    return ast.parse("\n".join(line for line in code.splitlines() if not line.lstrip().startswith(("%", "!"))))


def _call(node: ast.Call) -> set[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    telling = {
        f"{name}({keyword.arg}={keyword.value.value!s})"
        for keyword in node.keywords
        if (name, keyword.arg) in _TELLING and isinstance(keyword.value, ast.Constant)
    }
    return telling | ({name} if isinstance(node.func, ast.Name) else set())


def sql_words(query: str) -> set[str]:
    """The functions, rarer keywords, casts and join conditions of a query.

    >>> sorted(sql_words("select count(*) filter (x) from (values (1), (2)) as v(y)"))
    ['SQL count()', 'SQL filter', 'SQL values']
    """
    text = re.sub(r"'[^']*'|--.*", "''", query).lower()
    called = set(re.findall(r"\b([a-z_]\w*)\s*\(", text)) - _SQL_KNOWN - _SQL_WORDS - set(_named(text))
    found = {f"SQL {name}()" for name in called}
    found |= {f"SQL {word}" for word in set(re.findall(r"\b[a-z]+\b", text)) & _SQL_WORDS}
    if "::" in text:
        found.add("SQL ::")
    if re.search(r"\bon\b[^()]*?\band\b[^()]*?(?:\bwhere\b|\bgroup\b|\bjoin\b|\border\b|$)", text):
        found.add("SQL on … and")
    return found


def _named(text: str) -> list[str]:
    """Names that a query gives itself: subqueries, and tables with their columns."""
    return re.findall(r"\b([a-z_]\w*)\s+as\s*\(", text) + re.findall(r"\bas\s+([a-z_]\w*)\s*\(", text)


def unseen(root: Path) -> dict[str, dict[str, list[str]]]:
    """By lab and answer cell, what no cell up to there has shown; labs and answers without any are left out."""
    chapters = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted((root / "solutions").glob("[0-9]*.ipynb")):
        number = path.stem.partition("_")[0]
        before = [chapter for chapter in chapters if chapter.stem[: len(number)] <= number]
        shown = set().union(*(shown_by(read(chapter).cells) for chapter in before))
        cells = read(path).cells
        shown |= shown_by(cell for cell in cells if not cell.id.startswith(("answer-", "meaning-", "check-")))
        asked = {cell.id: sorted(asked_by(cell) - shown) for cell in cells if cell.id.startswith("answer-")}
        if missing := {cell: words for cell, words in asked.items() if words}:
            found[path.stem] = missing
    return found


def asked_by(cell: Cell) -> set[str]:
    """What one must know for an answer; what it defines itself is not asked."""
    if cell.cell_type != "code":
        return set()
    tree = _parsed(cell.source)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    own |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return words_of(cell.source) - own


def shown_by(cells: Iterable[Cell]) -> set[str]:
    """What these cells show, in code and in fenced blocks of prose."""
    found: set[str] = set()
    for cell in cells:
        for code in [cell.source] if cell.cell_type == "code" else _FENCE.findall(cell.source):
            try:
                found |= words_of(code)
            except SyntaxError:
                found |= sql_words(code)
    return found
