"""The tests' own hands on a small notebook: what holds here holds for the course's notebooks too."""

from __future__ import annotations

from playwright.sync_api import expect

from .lab import Lab


def test_run_all_and_a_slider_at_its_ends(lab: Lab) -> None:
    lab.open("samples/slider.ipynb")
    lab.run_all()
    assert lab.error_outputs() == []
    summary = lab.output("slider").locator(".summary")
    expect(summary).to_have_text("After 90 days, equal groups.")
    assert lab.controls("slider") == ["Lapsed after"]
    assert lab.slide_to("Lapsed after", "Home") == "30"
    expect(summary).to_have_text("After 30 days, equal groups.")
    assert lab.slide_to("Lapsed after", "End") == "365"
    lab.choose("Scoring", "thresholds")
    expect(summary).to_have_text("After 365 days, thresholds.")
    lab.screenshot("harness-slider")


def test_an_error_is_seen(lab: Lab) -> None:
    lab.open("samples/slider.ipynb")
    lab.write_and_run("figure", "1 / 0")
    assert "ZeroDivisionError" in lab.error_outputs()[0]
