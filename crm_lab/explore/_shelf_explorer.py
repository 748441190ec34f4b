"""The shelf explorer: choose a person and how fast the past fades, and see what is shown to them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from crm_lab import baskets
from crm_lab.base.arguments import midnight
from crm_lab.base.columns import columns
from crm_lab.base.errors import one_of
from crm_lab.base.text import _
from crm_lab.explore._chart import Chart, Scale
from crm_lab.explore._explorer import Explorer, choice, slider
from crm_lab.explore._marks import Bars

SHOWN = 5


def shelf_explorer(marks: pd.DataFrame, names: pd.Series, people: Sequence[str], today: Any) -> ShelfExplorer:
    """A widget to see the shelf of a chosen person, and what on it is due to which of their own marks.

    marks   person_id, marked_on, product_id: of everybody, for that makes the similarity
    names   of the products, by product_id
    people  to choose from
    today   the day from which the age of a mark is counted

    Where no kernel runs, the stored output shows its picture instead.

    >>> marks = pd.DataFrame({"person_id": ["A", "A", "B", "B", "B"], "product_id": ["P1", "P2", "P1", "P2", "P3"],
    ...     "marked_on": pd.to_datetime("2025-12-01")})
    >>> names = pd.Series({"P1": "Tea", "P2": "Cup", "P3": "Mat"})
    >>> shelf_explorer(marks, names, ["A"], "2026-01-01").outcome.index.tolist()
    ['P3']
    """
    return ShelfExplorer(marks, names, people, today)


@dataclass(frozen=True)
class _Shelf(Bars):
    """Bars with a name before each, and its reason as words: as ticks, names would need a new layout at every move."""

    def draw(self, axes: Axes) -> list[Artist]:
        names = [axes.text(-0.03, place, name, ha="right", va="center") for place, name in enumerate(self.names)]
        return [*super().draw(axes), *names]

    def say(self, x: Scale, y: Scale) -> str:
        because = [_("because of {item}").format(item=reason) for reason in self.words]
        return Bars(self.values, because, names=self.names).say(x, y)


class ShelfExplorer(Explorer):
    """A list, a slider, bars and a sentence. `.outcome` is the shelf shown, as baskets.shelf gives it."""

    kind = "shelf"
    headed = False  # list and sentence name the person

    def __init__(self, marks: pd.DataFrame, names: pd.Series, people: Sequence[str], today: Any) -> None:
        table = columns(marks, ["person_id", "marked_on", "product_id"], "marks")
        for person in people:
            one_of("person", person, list(table["person_id"].unique()))
        self._marks, self._names, self._today = table, names, midnight(today)
        self._alike = baskets.similarity(pd.crosstab(table["person_id"], table["product_id"]))
        controls = {
            "person": choice(_("Person"), [(person, person) for person in people]),
            "half_life": slider(_("A mark counts half after, days"), 730, 10, 730, 10),
        }
        super().__init__(controls)

    def work_out(self, chosen: dict[str, Any]) -> pd.DataFrame:
        """The shelf of one person, their marks weighted by age."""
        mine = self._marks[self._marks["person_id"] == chosen["person"]]
        days = (self._today - mine["marked_on"]).dt.days
        weights = baskets.recency_weights(days, chosen["half_life"]).groupby(mine["product_id"]).max()
        return baskets.shelf(weights.reindex(self._alike.index, fill_value=0.0), self._alike, SHOWN)

    def chart(self, outcome: pd.DataFrame) -> Chart:
        """A bar for each product, with the mark that adds most to it at its end; lengths as parts of the longest."""
        part = outcome["score"] / outcome["score"].max()
        names, reasons = ([self._named(item) for item in items] for items in (outcome.index, outcome["because"]))
        return Chart(
            _("The shelf of {person}").format(person=self.controls["person"].value),
            (_Shelf(part.tolist(), reasons, names=names),),
            x=Scale(
                _("score (best = 1), and the mark behind it"), limits=(-1.1, 2), ticks={0: "0", 0.5: "0.5", 1: "1"}
            ),
            y=Scale(limits=(SHOWN - 0.5, -0.5)),
        )

    def summary(self, outcome: pd.DataFrame) -> str:
        """What stands first, and why."""
        text = _("{person}: first {item}, most of all because of {because}.")
        first, because = outcome.index[0], outcome["because"].iloc[0]
        return text.format(person=self.controls["person"].value, item=self._named(first), because=self._named(because))

    def _named(self, item: str) -> str:
        return str(self._names.get(item, item))
