"""What to improve first: the importance-performance map, and a report of one page."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.columns import columns, complete
from crm_lab.base.errors import one_of
from crm_lab.base.text import _
from crm_lab.satisfaction._estimate import answers
from crm_lab.satisfaction._indices import csi

QUADRANTS = ("concentrate", "keep_up", "low_priority", "overkill")
MIDDLE = 5.5  # of a scale from 1 to 10


def importance_performance(ratings: pd.DataFrame, centre: str = "data") -> pd.DataFrame:
    """The importance-performance map: mean importance and satisfaction of each attribute, and its quadrant.

    ratings  attribute, importance and satisfaction (1–10); one row a person and attribute
    centre   where the lines cross: "data", at the means over the attributes; "scale", at 5.5, the middle of 1–10

    concentrate important, below · keep_up important, at or above · low_priority less important, below · overkill less
    important, at or above. On the line counts as important, or as at or above.
    Returns importance, satisfaction, quadrant by attribute; .attrs["centre"] has both lines.
    Source: J. A. Martilla & J. C. James (1977), Journal of Marketing 41(1), 77–79.

    >>> ratings = pd.DataFrame({"attribute": ["price", "box"], "importance": [9, 3], "satisfaction": [4, 8]})
    >>> importance_performance(ratings)["quadrant"].to_dict()
    {'box': 'overkill', 'price': 'concentrate'}
    """
    one_of("centre", centre, ("data", "scale"))
    table = _ratings(ratings)
    means = table.groupby("attribute")[["importance", "satisfaction"]].mean()
    lines = means.mean() if centre == "data" else pd.Series(MIDDLE, means.columns)
    important, well = (means[name] >= lines[name] - 1e-9 for name in ("importance", "satisfaction"))
    rules = [important & ~well, important & well, ~important & ~well]
    means["quadrant"] = np.select(rules, QUADRANTS[:3], QUADRANTS[3])
    means.attrs["centre"] = lines.to_dict()
    return means


def _ratings(ratings: pd.DataFrame) -> pd.DataFrame:
    table = columns(ratings, ["attribute", "importance", "satisfaction"], "ratings")
    complete(table["attribute"], "ratings, attribute")
    for name in ("importance", "satisfaction"):
        answers(table[name], f"ratings, {name}", 1, 10)
    return table


def csi_report(ratings: pd.DataFrame, project: Any = "", title: str = "") -> str:
    """A CSI report (CSI调查报告) of one page in HTML: index, attributes with quadrants, the improvement project.

    ratings  as in importance_performance
    project  what is to be done next, in a few words
    title    heading; without it "Customer satisfaction report"

    A browser prints the page to PDF. All words given are escaped.

    >>> ratings = pd.DataFrame({"attribute": ["price", "box"], "importance": [9, 3], "satisfaction": [4, 8]})
    >>> "<td>price</td>" in csi_report(ratings)
    True
    """
    table = importance_performance(ratings).sort_values("importance", ascending=False)
    value = csi(table["satisfaction"], table["importance"]).value
    first = ", ".join(table.index[table["quadrant"] == "concentrate"]) or _("none")
    heads = (_("attribute"), _("importance"), _("satisfaction"), _("quadrant"))
    rows = [(name, f"{i:.1f}", f"{s:.1f}", quadrant) for name, i, s, quadrant in table.itertuples()]
    lines = [
        _("Index: {value:.1f} of 100, weighted by importance.").format(value=value),
        _("Improve first: {attributes}.").format(attributes=first),
        _("Improvement project: {project}").format(project=project or _("to be chosen")),
    ]
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    heading = escape(title or _("Customer satisfaction report"))
    return f"<!DOCTYPE html><meta charset='utf-8'><h1>{heading}</h1>{said}<table><tr>{head}</tr>{body}</table>"
