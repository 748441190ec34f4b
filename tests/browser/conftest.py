"""Fixtures of the browser tests: one browser and one JupyterLab for all, a fresh page for each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ..browsers import find
from .lab import FLAGS, SHOTS, Lab, Server
from .samples import write_samples


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Keep a picture of the page a test failed on."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None and not page.is_closed():
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"FAILED-{re.sub(r'[^0-9A-Za-z]+', '-', item.name)}.png")
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, or a skipped test that says why; on CI a missing browser is a fault."""
    path = find()
    if path is None:
        reason = "No browser found: install Chromium, Chrome or Edge, or name one in CRM_LAB_BROWSER."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    for old in SHOTS.glob("FAILED-*.png"):
        old.unlink(missing_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's empty work folder, and in it small notebooks for trying the tests' own hands."""
    root = tmp_path_factory.mktemp("learner")
    write_samples(root / "samples")

    return root


@pytest.fixture(scope="session")
def server(learner: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """JupyterLab on the learner's folder."""
    server = Server(learner, tmp_path_factory.mktemp("private"))
    yield server
    server.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile without a past, on a screen of 1280 x 720."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh page."""
    return context.new_page()


@pytest.fixture
def lab(page: Page, server: Server) -> Iterator[Lab]:
    """JupyterLab in a fresh page; at the end the page must not have failed in silence or asked another place."""
    lab = Lab(page, server)
    yield lab
    page.close()
    server.end_kernels()
    server.forget()
    assert lab.outside() == []
    assert lab.errors == []
