"""Which column of a file is which: as the user says, as a known export has it, or as a guess to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.data._shop._sources import nearest
from crm_lab.data._shop._texts import plain, words

MONEY = ("price", "amount", "total")
ROLES = (
    *("order_id", "date", "customer_id", "quantity", *MONEY, "product"),
    *("status", "discount", "shipping", "refunded", "currency"),
)
_ADDED = ("product", "status", "discount", "refunded", "currency")  # taken from a known export without being mapped
_FOUND = ("status", "refunded", "currency")  # looked for by name in any file


@dataclass
class Columns:
    """The columns in use. `money` says what the column of money holds: "price", "amount", "total", or "look" (in the
    figures, whether it is of a piece, of the line or of the order)."""

    of: dict[str, str]
    money: str
    statuses: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)  # columns with a date where the order was cancelled
    counts: list[str] = field(default_factory=list)  # statuses that count in this export, though elsewhere not
    totals: list[str] = field(default_factory=list)  # columns that hold the money of the whole order
    postage: str | None = None  # a column of postage that is not in use
    line: str | None = None
    currency: str | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def value(self) -> str:
        """Our name of the column of money: price, amount or total."""
        return next(role for role in ("amount", "total", "price") if role in self.of)


def checked(columns: Any, by_number: bool = False) -> dict[str, str | None] | None:
    """The mapping with every name as a text; InputError unless each of ours is mapped to one of theirs.

    by_number  whether the file has no names, so that columns are given by their number, 1 for the first

    >>> checked({"date": "day", "customer_id": "who", "amount": "paid"})["amount"]
    'paid'
    """
    if columns is None:
        return None
    if not isinstance(columns, Mapping):
        example = "{'order_id': 'InvoiceNo', 'date': 'InvoiceDate', ...}"
        raise InputError(
            _("columns must say which column of the file is which, as in {example}.").format(example=example)
        )
    for key in columns:
        if key not in ROLES:
            raise InputError(
                _("columns has the unknown name {key!r}.{hint} Before each colon stands one of: {ours}.").format(
                    key=key, hint=nearest(key, ROLES), ours=", ".join(ROLES)
                )
            )
    lacking = [key for key in ("date", "customer_id") if columns.get(key) is None]
    if not any(columns.get(key) is not None for key in MONEY):
        lacking.append(_("price (of one piece), amount (of the line) or total (of the order)"))
    if lacking:
        raise InputError(
            _("columns does not say which column of the file holds {lacking}.").format(lacking=", ".join(lacking))
        )
    theirs = [name for name in columns.values() if name is not None]
    for name in theirs:
        number = by_number and isinstance(name, int) and not isinstance(name, bool)
        if not (isinstance(name, str) or number) or theirs.count(name) > 1:
            raise InputError(
                _("columns maps to {name!r}; each of ours needs one column of its own, by its name.").format(name=name)
            )
    return {key: None if name is None else str(name).strip() for key, name in columns.items()}


def look_for(wanted: Iterable[str], there: Sequence[Any], name: str, unnamed: bool) -> None:
    """InputError unless each wanted column stands in the file exactly once."""
    for column in wanted:
        if there.count(column) == 0 and unnamed:
            raise InputError(
                _(
                    "{name} seems to have no line of column names, so there is no column {column!r}. "
                    "Say header=False and "
                    "give the columns by their numbers, as in columns={example}; or say which line "
                    "has the names, as in "
                    "header=3."
                ).format(name=name, column=column, example="{'order_id': 1, 'date': 2, ...}")
            )
        if there.count(column) == 0:
            raise InputError(
                _("{name} has no column {column!r}.{hint} Its columns are: {there}.").format(
                    name=name, column=column, hint=nearest(column, there), there=", ".join(map(str, there))
                )
            )
        if there.count(column) > 1:
            raise InputError(
                _("{name} has more than one column {column!r}. Give each its own name.").format(
                    name=name, column=column
                )
            )


def _here(names: Any, by_plain: Mapping[str, str]) -> list[str]:
    """Those of some names that the file has, as it writes them."""
    listed = [names] if isinstance(names, str) else names or []
    return [by_plain[plain(name)] for name in listed if plain(name) in by_plain]


def recognised(there: Iterable[Any]) -> dict[str, Any] | None:
    """The known export with these columns, its own columns written as the file writes them; None if there is none.

    >>> recognised(["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"])["name"]
    'Online Retail'
    """
    by_plain = {plain(name): str(name) for name in reversed(list(there))}
    fits = [export for export in words("exports")["export"] if all(plain(n) in by_plain for n in export["needs"])]
    if not fits:
        return None
    export = max(fits, key=lambda export: len(export["needs"]))
    columns = {role: _here(names, by_plain) for role, names in export["columns"].items()}
    lists = {key: _here(export.get(key), by_plain) for key in ("amount", "total", "money", "filled", "line")}
    return {**export, **lists, "columns": {role: names for role, names in columns.items() if names}}


def resolve(columns: dict[str, str | None] | None, there: Sequence[Any], name: str) -> Columns:
    """The columns to use, and what to tell about those that were not asked for.

    columns  the user's mapping as `checked` gives it, or None to recognise a known export

    Raises InputError, with a guess to confirm, for an unknown export without a mapping.
    """
    export = recognised(there)
    if columns is None:
        if export is None or not {"date", "customer_id"} <= set(export["columns"]):
            raise InputError(_unknown(there, name))
        chosen: dict[str, str] = {role: names[0] for role, names in export["columns"].items()}
        result = Columns(chosen, _meaning(chosen, export), statuses=export["columns"].get("status", []))
        told = ", ".join(f"{role} = {column}" for role, column in chosen.items())
        result.notes.append(
            (
                _("Recognised as an export of {system}").format(system=export["name"]),
                _("taken: {told}").format(told=told),
            )
        )
    else:
        chosen = {role: column for role, column in columns.items() if column is not None}
        result = Columns(chosen, _meaning(chosen, export))
        result.statuses = [chosen["status"]] if "status" in chosen else []
        _add(result, columns, export, there)
    if export is not None:
        result.filled = export["filled"] if columns is None or columns.get("status", "") is not None else []
        result.counts, result.totals = export.get("counts", []), export["total"]
        free = [] if "shipping" in (columns or {}) | result.of else export["columns"].get("shipping", [])
        result.postage = next(iter(free), None)
        result.line = next(iter(export["line"]), None)
        result.currency = export.get("currency")
    return result


def _meaning(chosen: Mapping[str, str], export: dict[str, Any] | None) -> str:
    """What the column of money holds, by what the user says and by what its name means."""
    role = next(role for role in ("amount", "total", "price") if role in chosen)
    column = chosen[role]
    if export is not None and column in export["money"]:
        return "look"
    if role != "price" or "total" in chosen:
        return role
    known = export or {"amount": [], "total": []}
    by_name = words()["meaning"]
    kinds = ("amount", "total")
    return next((kind for kind in kinds if column in known[kind] or plain(column) in by_name[kind]), "price")


def _add(result: Columns, columns: Mapping[str, Any], export: dict[str, Any] | None, there: Sequence[Any]) -> None:
    """Take in what the user did not map but what changes which orders count, or how much, and tell it."""
    if export is not None:
        own = {name for role in MONEY for name in export["columns"].get(role, [])}
        found = {role: names for role, names in export["columns"].items() if role in _ADDED}
        if result.of[result.value] not in own:
            found.pop("discount", None)
        told = _("also taken into account, as this is an export of {system}; map it to None to leave it out")
        told = told.format(system=export["name"])
    else:
        by_plain = {plain(name): str(name) for name in reversed(list(there))}
        found = {role: _here(words()["columns"][role], by_plain)[:1] for role in _FOUND}
        told = _("also taken into account, as its name says so; map it to None to leave it out")
    taken = set(result.of.values())
    for role, names in found.items():
        free = [name for name in names if name not in taken]
        if role in columns or not free:
            continue
        result.of[role] = free[0]
        if role == "status":
            result.statuses = free
        result.notes.append(
            (
                _("{role}: column {column}").format(
                    role=role, column=", ".join(free if role == "status" else free[:1])
                ),
                told,
            )
        )


def guess(there: Sequence[Any]) -> dict[str, str]:
    """A mapping for an unknown file, by the names of its columns.

    >>> guess(["Nr", "Datum", "Kunde", "Menge", "Preis", "Anschrift"])
    {'order_id': 'Nr', 'date': 'Datum', 'customer_id': 'Kunde', 'quantity': 'Menge', 'price': 'Preis'}
    """
    found: dict[str, str] = {}
    by_plain = {plain(name): str(name) for name in reversed(list(there))}
    for role in ROLES:
        if role in ("amount", "total") and any(money in found for money in MONEY):
            continue
        free = [name for name in _here(words()["columns"][role], by_plain) if name not in found.values()]
        if free:
            found[role] = free[0]
    return found


def _unknown(there: Sequence[Any], name: str) -> str:
    found = guess(there)
    lacking = [role for role in ("date", "customer_id") if role not in found]
    if not any(money in found for money in MONEY):
        lacking.append("price")
    return _(
        "{name} is no export that read_shop knows by its columns: {there}. Say which is which; a guess to confirm: "
        "columns={guess}."
    ).format(name=name, there=", ".join(map(str, there)), guess=found | dict.fromkeys(lacking, "?"))
