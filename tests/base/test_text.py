"""The edition follows the environment, then the learner's choice; nothing is translated too early."""

import ast

import pytest

from crm_lab.base import text
from crm_lab.base.places import PACKAGE
from crm_lab.base.text import CHOICE, _, edition, language, locale, ngettext, prose, translations

TRANSLATING = {"_", "ngettext"}
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n'


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A work folder, and nothing said by the environment."""
    monkeypatch.setenv("CRM_LAB_WORK", str(tmp_path))
    monkeypatch.delenv("CRM_LAB_LANGUAGE")
    text._chosen.cache_clear()
    yield tmp_path
    text._chosen.cache_clear()


def choose(work, wish):
    (work / CHOICE).parent.mkdir(exist_ok=True)
    (work / CHOICE).write_bytes(wish)


def test_without_a_choice_the_edition_is_english(work):
    assert (language(), locale()) == ("en", "en_US")


def test_the_choice_in_the_work_folder_is_followed(work):
    choose(work, b"zh_CN\n")
    assert (language(), locale()) == ("zh_CN", "zh_CN")


def test_the_environment_comes_before_the_choice(work, monkeypatch):
    choose(work, b"zh_CN\n")
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "en")
    assert language() == "en"


@pytest.mark.parametrize("damage", [b"", b"klingon", b"\xff\xfe"])
def test_a_choice_that_is_none_is_english(work, damage):
    choose(work, damage)
    assert language() == "en"


@pytest.mark.parametrize("wish", ["zh_CN", "zh-CN", "zh", "ZH_cn", "zh_CN.UTF-8", " zh_CN "])
def test_the_ways_to_write_an_edition(wish):
    assert edition(wish) == "zh_CN"


def test_a_running_process_changes_its_language(monkeypatch):
    assert _("not answered yet") == "not answered yet"
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert _("not answered yet") == "还没有回答"
    assert ngettext("{n} task", "{n} tasks", 2).format(n=2) == "2 项任务"


def test_what_nobody_has_translated_stays_english(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert _("No such message.") == "No such message."


def test_a_translation_nobody_has_looked_at_again_is_not_shown(tmp_path):
    path = tmp_path / "a.po"
    path.write_text(PO + '\nmsgid "one"\nmsgstr "一"\n\n#, fuzzy\nmsgid "two"\nmsgstr "一二"\n', "utf-8")
    assert translations(path, "zh_CN") == {"one": "一"}


def test_prose_of_a_notebook_nobody_has_begun_is_empty(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert prose("notebooks/99_none") == {}


def frozen(source: str) -> list[int]:
    """Lines where a message is translated when a module is imported: it would keep the language of that moment."""
    found: list[int] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for early in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
                visit(early)
        elif not isinstance(node, ast.Lambda):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATING:
                found.append(node.lineno)
            for child in ast.iter_child_nodes(node):
                visit(child)

    visit(ast.parse(source))
    return found


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = {1: _('one')}",
        "class A:\n    name = _('one')",
        "def f(a=_('one')): ...",
        "@g(help=_('one'))\ndef f(): ...",
    ],
)
def test_a_message_translated_at_import_is_found(source):
    assert frozen(source) != []


def test_a_message_translated_in_a_call_is_not():
    assert frozen("def f():\n    return _('one')\ng = lambda: _('two')") == []


def test_no_module_translates_at_import():
    modules = list(PACKAGE.rglob("*.py"))
    assert len(modules) > 100
    assert {str(path): lines for path in modules if (lines := frozen(path.read_text("utf-8")))} == {}
