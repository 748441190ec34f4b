"""The Chinese edition as a student lives it: one option at the start, then prose, figures, checks, hints, sliders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .lab import Lab, Server

NAME, EXPLORER = "04a_what_customers_bring", "04b_policies_and_potential"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z']{2,}(?: [A-Za-z']{2,}){3,}")  # four words in a row are a sentence somebody forgot


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab as `python run.py --language zh_CN` opens it."""
    server = Server(tmp_path_factory.mktemp("chinese"), tmp_path_factory.mktemp("private"), "--language", "zh_CN")
    yield server
    server.stop()


def alt_texts(lab: Lab) -> list[str]:
    """What the pictures of the notebook in front say to those who cannot see them."""
    return lab.notebook.locator(".jp-OutputArea img[alt]").evaluate_all("all => all.map(one => one.alt)")


def test_the_chapter_speaks_chinese_and_its_explorer_follows(lab: Lab) -> None:
    lab.open(f"notebooks/{NAME}.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    for text in lab.notebook.locator(".jp-MarkdownCell .jp-RenderedMarkdown").all_inner_texts():
        assert CHINESE.search(text), text
        assert "**" not in text
    spoken = alt_texts(lab)
    assert len(spoken) >= 5
    assert [alt for alt in spoken if not CHINESE.search(alt) or ENGLISH.search(alt)] == []
    for place, cell in enumerate(("title", "relationship", "lorenz", "whale", "abc", "questions")):
        lab.cell(cell).scroll_into_view_if_needed()
        lab.screenshot(f"chinese-chapter-{place}")

    lab.open(f"notebooks/{EXPLORER}.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    before = lab.notebook.locator(".policy-summary").inner_text()
    assert [name for name in lab.controls("slider") if not CHINESE.search(name)] == []
    lab.slide_to(lab.controls("slider")[0], "ArrowRight", 3)
    assert lab.notebook.locator(".policy-summary").inner_text() != before
    lab.notebook.locator(".policy-summary").scroll_into_view_if_needed()
    lab.screenshot("chinese-explorer")


def test_a_lab_judges_and_helps_in_chinese(lab: Lab, server: Server) -> None:
    lab.open(f"labs/{NAME}.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    expect(lab.output("check-pareto").locator("[role=status]")).to_contain_text("○ 最好的五分之一：还没有回答")
    lab.screenshot("chinese-lab")

    lab.write_and_run("answer-pareto", "pareto = 81.8")
    lab.run("check-pareto")
    expect(lab.output("check-pareto").locator("[role=status]")).to_contain_text("还不对")
    lab.screenshot("chinese-wrong")

    lab.add_and_run("check-pareto", 'lab.hint("pareto")')
    expect(lab.notebook.locator("[role=status]", has_text="提示 1/3")).to_have_count(1)
    right = "margin = orders[orders.status == 'delivered'].groupby('customer_id').margin.sum()\n"
    right += "pareto = margin.nlargest(math.ceil(0.2 * len(margin))).sum() / margin.sum()"
    lab.write_and_run("answer-pareto", right)
    lab.run("check-pareto")
    expect(lab.output("check-pareto").locator("[role=status]")).to_contain_text("✓ 最好的五分之一：正确")
    lab.screenshot("chinese-right")
    lab.run("progress")
    expect(lab.output("progress")).to_contain_text("得 2 分")
    lab.screenshot("chinese-progress")
    said = lab.notebook.locator("[role=status]").all_inner_texts()
    assert len(said) >= 10
    assert [text for text in said if ENGLISH.search(text)] == []
    assert Path(server.root, ".crm-lab/language").read_text("utf-8") == "zh_CN\n"
