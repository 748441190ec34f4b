"""The report: one page in HTML, to be kept, sent or printed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from crm_lab.base.files import write_atomic
from crm_lab.base.places import work_dir
from crm_lab.base.text import _, language
from crm_lab.base.wording import number
from crm_lab.data import Shop
from crm_lab.your_shop._customers import abc, moves, segments
from crm_lab.your_shop._future import cohorts, lifetime
from crm_lab.your_shop._overview import overview
from crm_lab.your_shop._part import Part

PARTS = (overview, abc, segments, moves, cohorts, lifetime)
MOST_PROBLEMS = 4
NAME = "my_shop.html"
_STYLE = """
@page {size: A4; margin: 9mm}
body {font: 8.5pt/1.25 system-ui, sans-serif; color: #222; max-width: 192mm; margin: 0 auto; background: white}
h1 {font-size: 14pt; margin: 0} h2 {font-size: 10pt; margin: 0 0 1mm} p {margin: 0 0 0.6mm}
main {display: grid; grid-template-columns: 1fr 1fr; gap: 2.5mm 6mm; margin: 1.5mm 0}
section {break-inside: avoid} img {width: 94%; height: auto} .limit {color: #595959; font-style: italic}
footer {border-top: 0.3mm solid #7A7A7A; padding-top: 1mm; font-size: 7.5pt} ul {margin: 0; padding-left: 4mm}
@media screen {body {padding: 6mm}}
"""


@dataclass(frozen=True)
class Report:
    """A finished page. `.html` is all of it: pictures are inside, nothing is fetched from elsewhere, nothing runs.

    It holds sums and shares, no customer's name.
    """

    html: str
    title: str

    def __repr__(self) -> str:
        return _("{title}: one page, {size} KB. Save it with .save().").format(
            title=self.title, size=number(len(self.html.encode()) / 1000)
        )

    def save(self, path: str | os.PathLike[str] = NAME) -> Path:
        """Write the page; a path without a folder lies in your own folder, `work`. Returns the path.

        Raises InputError when it cannot be written there.
        """
        given = Path(path)
        file = given if given.is_absolute() or given.parent != Path() else work_dir() / given
        write_atomic(file, self.html)
        return file


def report(shop: Shop, parts: Sequence[Part] | None = None) -> Report:
    """One page on a shop: what was sold, who brings it, who moves and comes back, what to expect, what was decided.

    parts   those of the page, if they are at hand; None works them out

    >>> from crm_lab.data import french_shop
    >>> report(french_shop(), parts=[]).title
    'Shop: 438 orders of 87 customers, 2010-12-01 to 2011-12-09'
    """
    shown = [make(shop) for make in PARTS] if parts is None else list(parts)
    title = str(shop)
    head = f"<head><meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style></head>"
    body = f"<h1>{escape(title)}</h1><main>{''.join(map(_section, shown))}</main>{_footer(shop)}"
    tongue = language().replace("_", "-")
    return Report(f"<!doctype html>\n<html lang='{tongue}'>{head}<body>{body}</body></html>\n", title)


def _section(part: Part) -> str:
    picture = part.picture.html() if part.picture else ""
    words = "".join(f"<p>{escape(text)}</p>" for text in part.says or [part.missing])
    limit = f"<p class='limit'>{escape(part.limit)}</p>" if part.says else ""
    return f"<section><h2>{escape(part.title)}</h2>{picture}{words}{limit}</section>"


def _footer(shop: Shop) -> str:
    """What was done about the file: the decisions that touch most lines."""
    table = shop.problems.sort_values("rows", ascending=False, kind="stable")
    told = [f"{row.problem} ({number(row.rows)}): {row.action}" for row in table.head(MOST_PROBLEMS).itertuples()]
    rest = len(table) - len(told)
    if rest > 0:
        told.append(_("and {n} more, in shop.problems").format(n=number(rest)))
    listed = "".join(f"<li>{escape(text)}</li>" for text in told)
    lead = _("What was done about the file") if told else _("Nothing in the file had to be decided.")
    return f"<footer><strong>{escape(lead)}</strong><ul>{listed}</ul></footer>"
