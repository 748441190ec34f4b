"""The first thing a learner sees: the start page, with nothing in front of it."""

from __future__ import annotations

from playwright.sync_api import expect

from .lab import Lab


def test_the_first_page_has_no_pop_up(lab: Lab) -> None:
    lab.page.goto(f"{lab.server.url}/?token={lab.server.token}")
    lab.on("notebooks/00_start.ipynb")
    expect(lab.page.locator(".jp-Dialog, .jp-toast, .Toastify__toast")).to_have_count(0)
    lab.screenshot("start-page")
