"""The form of the workbench: a watch of one's own for a customer, and undoing the last step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from crm_lab.base.text import _
from crm_lab.workbench import _page as page
from crm_lab.workbench._panels import responsible
from crm_lab.workbench._why import weekday


class WatchForm(widgets.VBox):
    """Which customer waits for which product, and for what.

    tables  customers, prices, products, reps
    add     called with customer_id, product_id, watch and price_level
    undo    called to take back the last step
    """

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], add: Callable[[dict[str, Any]], None], undo: Callable[[], None]
    ) -> None:
        self._tables, self._day = tables, date.min
        self._customers = responsible(tables).merge(tables["customers"][["customer_id", "name"]], on="customer_id")
        self._make_controls(tables["products"])
        button = widgets.Button(description=_("Add the watch"), button_style="primary")
        undo_button = widgets.Button(description=_("Undo the last step"))
        button.on_click(lambda _button: add(self.chosen()))
        undo_button.on_click(lambda _button: undo())
        self._own = widgets.HTML()
        fields = [self.customer, self.product, self.kind, self.level, button, undo_button]
        title = widgets.HTML(f"<h4>{escape(_('Note a watch of your own'))}</h4>")
        super().__init__([title, widgets.HBox(fields, layout={"flex_flow": "row wrap"}), self._own])

    def _make_controls(self, products: pd.DataFrame) -> None:
        names = [(f"{one.product_id} {one.name}", one.product_id) for one in products.itertuples()]
        kinds = [(_("a lower price"), "price"), (_("new stock"), "stock")]
        wide: Any = {"layout": {"width": "330px"}, "style": {"description_width": "80px"}}
        self.customer = widgets.Dropdown(description=_("Customer"), **wide)
        self.product = widgets.Dropdown(options=names, description=_("Product"), **wide)
        self.kind = widgets.Dropdown(options=kinds, description=_("Waits for"), **wide)
        self.level = widgets.BoundedFloatText(1.0, min=0.01, max=1e6, step=0.1, description=_("Up to, ¥"), **wide)
        self.product.observe(lambda _change: self._suggest(), names="value")
        self.kind.observe(lambda change: setattr(self.level, "disabled", change["new"] == "stock"), names="value")

    def chosen(self) -> dict[str, Any]:
        """What stands in the form."""
        price = self.level.value if self.kind.value == "price" else None
        return {
            "customer_id": self.customer.value,
            "product_id": self.product.value,
            "watch": self.kind.value,
            "price_level": price,
        }

    def show(self, own: pd.DataFrame, rep: str, day: date) -> None:
        """The customers of this account manager, a level for this day, and the learner's own watches."""
        mine = self._customers[self._customers["rep_id"] == rep]
        options = [(f"{one.customer_id} {one.name}", one.customer_id) for one in mine.itertuples()]
        if list(self.customer.options) != options:
            self.customer.options = options
            self.customer.value = options[0][1] if options else None
        if day != self._day:
            self._day = day
            self._suggest()
        self._own.value = _listed(own)

    def _suggest(self) -> None:
        """A level a tenth below the price of the day, to start from."""
        prices = self._tables["prices"].query("product_id == @self.product.value and from_date <= @self._day")
        if len(prices):
            self.level.value = math.floor(9 * prices["list_price"].iloc[-1]) / 10


def _listed(own: pd.DataFrame) -> str:
    """The learner's own watches as a list."""
    if own.empty:
        return page.paragraph(_("You have no watches of your own yet."))
    items = [
        _("{number}: {customer} waits for {product}, {what}, asked on {day}.").format(
            number=one.watch_id, customer=one.customer_id, product=one.product_id, day=weekday(one.asked_on),
            what=_("new stock") if one.watch == "stock" else _("¥{level:.2f} or less").format(level=one.price_level),
        )
        for one in own.itertuples()
    ]  # fmt: skip
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
