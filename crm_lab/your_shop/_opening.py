"""The form that opens an order file: by its path or uploaded, which column is which, and what was read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.money import money_of
from crm_lab.base.notebook import without_empty_headings
from crm_lab.base.places import resource
from crm_lab.base.text import _
from crm_lab.base.wording import number
from crm_lab.data import Preview, Shop, preview_shop, read_shop

FILES = ".csv,.txt,.tsv,.xlsx,.xls,.ods"
FRANCE = {"source": resource("datasets") / "real" / "online_retail_france.csv", "currency": "GBP"}
FOUND = ("status", "refunded", "currency")  # read_shop would look for them by name; here the list has been seen
LONGEST = 24  # letters of a cell shown


def roles() -> dict[str, str]:
    """What a column can be, in words, by our name for it.

    >>> roles()["price"]
    'price of one piece'
    """
    return {
        "order_id": _("order number"),
        "date": _("date"),
        "customer_id": _("customer"),
        "quantity": _("pieces"),
        "price": _("price of one piece"),
        "amount": _("amount of the line"),
        "total": _("total of the order"),
        "product": _("product"),
        "status": _("status"),
        "discount": _("discount"),
        "refunded": _("refunded"),
        "shipping": _("postage in the total"),
        "currency": _("currency"),
    }


def open_file(source: Any = None, columns: Mapping[str, str | int | None] | None = None, **options: Any) -> ShopFile:
    """A form with an order file in it: confirm which column is which, and read it.

    source   as for read_shop; None opens the French orders of a real online gift shop, which come along
    columns  as for read_shop; None: as the export has them, else a guess to confirm
    options  as for read_shop: status, dayfirst, decimal, encoding, header, currency, fees

    >>> open_file().shop
    Shop: 438 orders of 87 customers, 2010-12-01 to 2011-12-09
    """
    if source is None:
        return ShopFile(FRANCE["source"], columns, currency=FRANCE["currency"], **options)
    return ShopFile(source, columns, **options)


class ShopFile(widgets.VBox):
    """Path and upload, a list for each role, and what came of reading. `.shop` is the shop as it was read last.

    Controls: `.path`, `.upload`, `.roles` by our names, `.dates`, `.decimal`, `.currency`, `.read`. What a control
    does not say is taken from the options the file was opened with.
    """

    def __init__(self, source: Any, columns: Mapping[str, Any] | None = None, **options: Any) -> None:
        self._options = dict(options)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._shop: Shop | None = None
        self._seen: Preview | None = None
        self._source: Any = None
        self._found, self._sample, self._said = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._make_controls()
        super().__init__(self._parts())
        self.add_class("crm-shop-file")
        self._open(source, columns)

    def _make_controls(self) -> None:
        wide: dict[str, Any] = {"style": {"description_width": "150px"}, "layout": {"width": "360px"}}
        self.path = widgets.Text(description=_("Path of your file"), continuous_update=False, **wide)
        self.upload = widgets.FileUpload(accept=FILES, multiple=True, description=_("or upload it"))
        self.roles = {
            role: widgets.Dropdown(options=[("", "")], description=name, **wide) for role, name in roles().items()
        }
        self.dates = widgets.Dropdown(
            options=[(_("as the file shows"), ""), (_("day first"), True), (_("month first"), False)],
            value=_said(self._options.pop("dayfirst", None)),
            description=_("dates"),
            **wide,
        )
        self.decimal = widgets.Dropdown(
            options=[(_("as the file shows"), ""), (_("comma"), ","), (_("point"), ".")],
            value=_said(self._options.pop("decimal", None)),
            description=_("decimal mark"),
            **wide,
        )
        self.currency = widgets.Text(
            value=_said(self._options.pop("currency", None)), placeholder="EUR", description=_("currency code"), **wide
        )
        self.read = widgets.Button(description=_("Read"), button_style="primary")
        self.path.observe(lambda change: self._another(change["new"].strip()), names="value")
        self.upload.observe(lambda change: self._uploaded(change["new"]), names="value")
        self.read.on_click(lambda _button: self._read())

    def _parts(self) -> list[widgets.Widget]:
        wrap = {"flex_flow": "row wrap"}
        controls = [*self.roles.values(), self.dates, self.decimal, self.currency]
        return [
            widgets.HBox([self.path, self.upload], layout=wrap),
            self._found,
            self._sample,
            widgets.HBox(controls, layout=wrap),
            self.read,
            self._said,
        ]

    @property
    def shop(self) -> Shop:
        """The shop as it was read. Raises InputError while there is none."""
        if self._shop is None:
            raise InputError(_("No file has been read yet. Say which column is which, and press Read."))
        return self._shop

    def _uploaded(self, files: Sequence[Mapping[str, Any]]) -> None:
        """Put uploaded files into a folder that is gone with the form, and open them."""
        if not files:
            return
        folder = tempfile.TemporaryDirectory(prefix="crm-lab-shop-")
        paths = [Path(folder.name) / Path(str(one["name"])).name for one in files]
        for path, one in zip(paths, files, strict=True):
            path.write_bytes(bytes(one["content"]))
        self._another(paths[0] if len(paths) == 1 else paths, folder)

    def _another(self, source: Any, folder: tempfile.TemporaryDirectory[str] | None = None) -> None:
        """Open another file: what was said of the one before does not hold for it."""
        if source == "":
            return
        if self._folder is not None:
            self._folder.cleanup()
        self._options, self._folder = {}, folder
        self.dates.value = self.decimal.value = self.currency.value = ""
        self._open(source)

    def _open(self, source: Any, columns: Mapping[str, Any] | None = None) -> None:
        """Look into a file and fill the lists; read it where they need not be confirmed first."""
        self._source, self._shop, self._seen = source, None, None
        try:
            seen = preview_shop(source, **{k: v for k, v in self._options.items() if k in ("encoding", "header")})
        except InputError as error:
            self._found.value = self._sample.value = ""
            return self._say(str(error))
        self._seen = seen
        mapping = seen.mapping if columns is None else dict(columns)
        for role, control in self.roles.items():
            control.options = [(_("not used"), ""), *((name, name) for name in dict.fromkeys(seen.columns))]
            chosen = mapping.get(role)
            control.value = str(chosen) if str(chosen) in seen.columns else ""
        self._found.value = f"<p>{escape(self._found_words(seen))}</p>"
        self._sample.value = _sample_html(seen)
        if seen.system or columns is not None:
            self._read(columns, asked=False)
        else:
            self._say(_("Nothing is read yet. Confirm the columns and press Read."))

    def _found_words(self, seen: Preview) -> str:
        if seen.system:
            return _("{file} is an export of {system}. Its columns:").format(file=seen.name, system=seen.system)
        return _("{file} is no export that is known here. Confirm what each column is:").format(file=seen.name)

    def mapping(self) -> dict[str, str | None] | None:
        """The columns as the lists say; None if they are as the known export has them."""
        chosen = {role: control.value for role, control in self.roles.items()}
        given = {role: name for role, name in chosen.items() if name}
        if self._seen is not None and self._seen.system and given == self._seen.mapping:
            return None
        return given | {role: None for role in FOUND if not chosen[role]}

    def arguments(self) -> dict[str, Any]:
        """What read_shop is given beside the file."""
        own = {"dayfirst": self.dates.value, "decimal": self.decimal.value, "currency": self.currency.value.strip()}
        return {**self._options, "columns": self.mapping(), **{k: v for k, v in own.items() if v != ""}}

    def _read(self, columns: Mapping[str, Any] | None = None, asked: bool = True) -> None:
        """Read the file as the controls say, or with the columns named at the start, and tell what came of it."""
        if self._seen is None:
            return self._say(_("Give the path of your order file, or upload it."))
        self._say(_("Reading your orders"))
        try:
            named = {} if columns is None else {"columns": columns}
            self._shop = read_shop(self._source, **{**self.arguments(), **named})
        except InputError as error:
            self._shop = None
            return self._say(str(error))
        self._say(self.summary, again=asked)

    @property
    def summary(self) -> str:
        """What was read, in a few sentences."""
        if self._shop is None:
            return _("No file has been read yet.")
        shop = self._shop
        revenue = money_of(shop.orders).exact(shop.customers["revenue"].sum())
        told = _("{shop}. Revenue {revenue}. Lines in use: {used}; left out: {out}; decisions told: {n}.")
        return told.format(
            shop=shop, revenue=revenue, used=number(len(shop.order_lines)), out=number(len(shop.left_out)),
            n=number(len(shop.problems)),
        )  # fmt: skip

    def line(self) -> str:
        """The line of code that opens the form as it stands, to be kept in the notebook; "" for an upload."""
        if self._folder is not None or not isinstance(self._source, str | os.PathLike):
            return ""
        given = [repr(str(self._source)), *(f"{name}={value!r}" for name, value in self.arguments().items() if value)]
        return f"your_shop.open_file({', '.join(given)})"

    def _say(self, text: str, again: bool = False) -> None:
        line = f"<pre style='white-space: pre-wrap'>{escape(self.line())}</pre>" if again and self.line() else ""
        below = _("Now run the cells below: Run, Run Selected Cell and All Below.") if again else ""
        self._said.value = f'<p role="status" aria-live="polite">{escape(text)} {escape(below)}</p>{line}'

    def still(self) -> str:
        """The form without its controls: which column is which, and what was read."""
        rows = [(roles()[role], control.value) for role, control in self.roles.items() if control.value]
        body = "".join(f"<tr><th scope='row'>{escape(a)}</th><td>{escape(str(b))}</td></tr>" for a, b in rows)
        return f"{self._found.value}<table>{body}</table>{self._sample.value}<p>{escape(self.summary)}</p>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        own = super()._repr_mimebundle_(**kwargs) or {}
        return {**own, "text/html": self.still(), "text/plain": self.summary}, {}


def _said(option: Any) -> Any:
    """An option as a control has it: empty where the file is to show it."""
    return "" if option is None else option


def _sample_html(seen: Preview) -> str:
    """The first lines of the file, long cells cut."""
    cells = seen.sample.astype(object).where(seen.sample.notna(), "").astype(str)
    short = cells.map(lambda text: text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
    page = pd.DataFrame(short).to_html(index=False, border=0, justify="left")
    return f'<div style="overflow-x: auto; max-width: 100%" tabindex="0">{without_empty_headings(page)}</div>'
