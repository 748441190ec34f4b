"""What axe-core finds in a notebook: the outputs and widgets a learner meets, by the rules of WCAG 2 A and AA."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .lab import Lab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
LEFT_OUT = [
    "region",
    "landmark-one-main",
    "page-has-heading-one",
    "heading-order",
]  # of the page, which is JupyterLab's
OUTPUTS = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell-outputArea"


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def faults(lab: Lab, where: str = OUTPUTS) -> list[str]:
    """One line for each thing that axe-core finds: rule, how many places, the first of them."""
    lab.page.evaluate(_axe())
    found = lab.page.evaluate(
        """([where, rules, leftOut]) => axe.run(
            {include: [...document.querySelectorAll(where)]},
            {runOnly: rules, rules: Object.fromEntries(leftOut.map(rule => [rule, {enabled: false}]))},
        ).then(result => result.violations.map(
            one => `${one.id} (${one.nodes.length}): ${one.help}: ${one.nodes[0].html.slice(0, 200)}`))""",
        [where, RULES, LEFT_OUT],
    )
    return list(found)
