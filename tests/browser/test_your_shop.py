"""The page for one's own shop: found from the start page, run untouched, then with files of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from crm_lab.data import french_shop
from crm_lab.your_shop import report

from .accessibility import faults
from .explorers import summary
from .lab import SHOTS, Lab
from .test_chapters import follow

PAGE = "notebooks/your_shop.ipynb"
EUROS = "Nummer;Datum;Käufer;Betrag\n1;13.05.2024;Ann;12,50 €\n2;14.05.2024;Bo;1.250,00 €\n"
DOLLARS = "Name,Email,Created at,Lineitem quantity,Lineitem price,Currency\n#1,a@x.org,2024-05-01,2,3.50,USD\n"


@pytest.fixture
def opened(lab: Lab) -> Lab:
    lab.open(PAGE)
    lab.run("load")
    lab.run("open")
    return lab


def said(lab: Lab) -> Locator:
    return lab.output("open").locator("[role=status]")


def test_the_page_is_found_and_runs_untouched_and_can_be_read_by_everybody(lab: Lab) -> None:
    follow(lab, PAGE)
    images = lab.notebook.locator(".jp-Cell-outputArea img").evaluate_all("all => all.map(image => image.alt)")
    assert len(images) >= 7
    assert [alt for alt in images if len(alt) < 40] == []
    assert faults(lab) == []
    assert (lab.server.root / "my_shop.html").is_file()
    lab.output("open").scroll_into_view_if_needed()
    lab.screenshot("your-shop-form")


def test_the_explorer_counts_in_the_shops_own_currency(lab: Lab) -> None:
    lab.open(PAGE)
    lab.run_all()
    expect(lab.output("explorer").locator(".rfm-summary")).to_contain_text("£")
    lab.choose("Scoring", "fixed thresholds")
    lab.slide_to("Best: £ from", "End")
    assert "£" in summary(lab)
    assert "¥" not in lab.output("explorer").inner_text()


def test_the_form_reads_a_file_by_its_path_and_by_upload(opened: Lab) -> None:
    file = opened.server.root / "mine.csv"
    file.write_text(EUROS, encoding="utf-8")
    path = opened.control("Path of your file").locator("input")
    path.fill(str(file))
    path.press("Enter")
    opened.idle()
    expect(said(opened)).to_contain_text("Nothing is read yet")
    opened.choose("customer", "Käufer")
    opened.output("open").get_by_role("button", name="Read").click()
    opened.idle()
    expect(said(opened)).to_contain_text("Shop: 2 orders of 2 customers, 2024-05-13 to 2024-05-14")
    expect(said(opened)).to_contain_text("€1,262.50")
    expect(opened.output("open").locator("pre")).to_contain_text("your_shop.open_file(")
    opened.screenshot("your-shop-form-path")
    chosen = {"name": "export.csv", "mimeType": "text/csv", "buffer": DOLLARS.encode()}
    with opened.page.expect_file_chooser() as chooser:
        opened.output("open").get_by_role("button", name="or upload it").click()
    chooser.value.set_files([chosen])
    opened.idle()
    expect(said(opened)).to_contain_text("$7.00")
    opened.run("shop")
    opened.run("segments")
    expect(opened.output("segments")).to_contain_text("1 are too few")


def test_the_report_prints_on_one_sheet(browser: Browser, tmp_path: Path) -> None:
    file = report(french_shop()).save(tmp_path / "report.html")
    page = browser.new_page()
    page.goto(file.as_uri())
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))
    page.set_viewport_size({"width": 900, "height": 1300})
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / "your-shop-report.png", full_page=True)
    page.close()
    assert len(sheets) == 1
