"""Each line of a shop's export put in its place: left out with a reason, a fee, a credit, or goods bought."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm_lab.base.text import _, ngettext
from crm_lab.data.cells import Problem

FEES = {
    *("POST", "POSTAGE", "DOT", "DOTCOM POSTAGE", "CARRIAGE", "SHIPPING", "SHIPPING FEE", "DELIVERY", "DELIVERY FEE"),
    *("FREIGHT", "HANDLING", "FEE", "BANK CHARGES", "AMAZONFEE", "AMAZON FEE", "COMMISSION", "DISCOUNT"),
    *("ADJUST", "ADJUSTMENT", "MANUAL", "运费", "邮费", "快递费", "手续费", "包装费", "补差价", "差价"),
}
_CODED = 0.8  # share of products with a code such as 22728 above which a name among them, such as M, is no product


def sign_credits(lines: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines with every credit (money given back) written as a negative quantity at a positive price.

    lines  order_id, quantity, unit_price …, as typed by `read_shop`

    Order numbers such as C536379 mark credits, unless half the orders or more look like that.

    >>> orders = pd.Categorical(["7", "8", "C9"])
    >>> lines = pd.DataFrame({"order_id": orders, "quantity": 2.0, "unit_price": [5.0, -5, 5]})
    >>> sign_credits(lines)[0]["quantity"].tolist()
    [2.0, -2.0, -2.0]
    """
    numbers = lines["order_id"].cat.categories.to_series()
    marked = numbers.str.fullmatch(r"[Cc]\d+")
    prefixed = lines["order_id"].isin(numbers[marked]) & (marked.mean() < 0.5)
    flip_quantity = prefixed & (lines["quantity"] > 0) & (lines["unit_price"] > 0)
    flip_both = (lines["unit_price"] < 0) & (lines["quantity"] > 0)
    turned = lines.assign(
        quantity=lines["quantity"].where(~(flip_quantity | flip_both), -lines["quantity"]),
        unit_price=lines["unit_price"].where(~flip_both, -lines["unit_price"]),
    )
    found = [
        (flip_quantity, _("Cancellation with a positive quantity"), _("read as money given back")),
        (flip_both, _("Negative price"), _("read as money given back")),
    ]
    return turned, [Problem(what, int(mask.sum()), action) for mask, what, action in found if mask.any()]


def left_out(lines: pd.DataFrame, raw: pd.DataFrame, columns: Mapping[str, str]) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines that cannot be used, each with its first reason, on the index of `lines`; and the count of each reason.

    lines    the typed lines
    raw      the cells as they stood, for the reader to look at
    columns  {our name: the file's name}
    """
    reasons = _reasons(lines, raw, columns)
    first = np.select([mask for mask, __ in reasons], np.arange(len(reasons)), default=-1)
    rows = np.flatnonzero(first >= 0)
    out = raw.loc[rows, list(columns.values())].copy()
    out.insert(0, "problem", pd.Series([reasons[place][1] for place in first[rows]], index=out.index, dtype="str"))
    out.insert(0, "row", rows + 1)
    problems = []
    for place, (__, what) in enumerate(reasons):
        hits = np.flatnonzero(first == place)
        if len(hits):
            problems.append(Problem(what, len(hits), _("left out; the first is row {row}").format(row=hits[0] + 1)))
    if "product" not in columns and (same := _repeated(lines, raw, lines.notna().any(axis=1))).any():
        kept = _("kept: with no product column they may be two products at one price")
        problems.append(Problem(_("Lines that stand there twice"), int(same.sum()), kept))
    return out, problems


def _reasons(lines: pd.DataFrame, raw: pd.DataFrame, columns: Mapping[str, str]) -> list[tuple[np.ndarray, str]]:
    """Where each reason to leave a line out holds, gravest first."""
    quantity, price = lines["quantity"], lines["unit_price"]
    blank = lines[["order_id", "customer_id", "product", "ordered_at", "quantity", "unit_price"]].isna().all(axis=1)
    unread = lines[["order_id", "ordered_at", "quantity", "unit_price"]].isna().any(axis=1)
    twice = _repeated(lines, raw, ~unread) if "product" in columns else pd.Series(False, index=lines.index)
    reasons = [
        (blank, _("Blank line")),
        (lines["order_id"].isna(), _("No order number")),
        (lines["ordered_at"].isna(), _("No date that can be read")),
        (quantity.isna(), _("Quantity is not a number")),
        (price.isna(), _("Price is not a number")),
        (twice, _("Line that stands there twice")),
        (quantity == 0, _("Quantity 0")),
        (price == 0, _("Price 0: a gift, a sample or a correction")),
        ((quantity < 0) & (price < 0), _("Quantity and price both negative")),
    ]
    return [(mask.to_numpy(bool), what) for mask, what in reasons]


def _repeated(lines: pd.DataFrame, raw: pd.DataFrame, usable: pd.Series) -> pd.Series:
    """Which usable lines repeat an earlier one in every cell of the file."""
    keys = lines.assign(**{name: lines[name].cat.codes for name in ("order_id", "customer_id", "product")})
    likely = keys.duplicated(keep=False) & usable  # cheap: only these are compared in all their cells
    same = pd.Series(False, index=lines.index)
    same[likely] = raw[likely.to_numpy()].astype(str).duplicated().to_numpy()
    return same


def fee_codes(products: pd.Index) -> list[str]:
    """Those of the distinct product names or codes that stand for postage, fees and manual entries.

    Known words count always. Where nearly all products have a code of four or more characters with a digit in it, so
    do names without any digit and codes of one or two characters, such as M or C2.

    >>> fee_codes(pd.Index(["22728", "22727", "21724", "23084", "85123A", "M", "POST"]))
    ['M', 'POST']
    >>> fee_codes(pd.Index(["Blue mug", "Red mug", "Postage"]))
    ['Postage']
    """
    names = products.to_series().astype("str")
    digit, long = names.str.contains(r"\d"), names.str.len() >= 4
    fee = names.str.upper().isin(FEES)
    if (digit & long)[~fee].mean() >= _CODED:
        fee |= ~digit | (names.str.len() <= 2)
    return list(names[fee])


def kinds(used: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines with their kind, "goods", "credit" or "fee", and their revenue; and what was found among them."""
    fees = fee_codes(used["product"].cat.remove_unused_categories().cat.categories)
    fee = used["product"].isin(fees)
    place = np.select([fee, used["quantity"] < 0], [2, 1], default=0)
    kind = pd.Categorical(np.array(["goods", "credit", "fee"], dtype=object)[place])
    lines = used.assign(revenue=(used["quantity"] * used["unit_price"]).round(2), kind=kind)
    if not fee.any():
        return lines, []
    codes = ", ".join(sorted(fees)[:8])
    action = _("kept in order_lines as fee ({codes}), not counted in orders").format(codes=codes)
    return lines, [Problem(_("Postage, fees and manual entries"), int(fee.sum()), action)]


def settle_orders(used: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines with one customer and one moment for each order, and the lines of which that was not so.

    An order belongs to the first customer it names and was placed at its earliest moment.
    """
    order, customer = used["order_id"].cat.codes.to_numpy(), used["customer_id"].cat.codes.to_numpy()
    named = np.flatnonzero(customer >= 0)[::-1]
    first = np.full(len(used["order_id"].cat.categories), -1, dtype=customer.dtype)
    first[order[named]] = customer[named]  # backwards, so the first stays
    owner = first[order]
    moment = used.groupby("order_id", observed=True)["ordered_at"].transform("min")
    lines = used.assign(
        customer_id=pd.Categorical.from_codes(owner, used["customer_id"].cat.categories), ordered_at=moment
    )
    found = [
        (
            (customer >= 0) & (customer != owner),
            _("Order with a second customer"),
            _("given to the first one it names"),
        ),
        ((customer < 0) & (owner >= 0), _("Line without customer in a known customer's order"), _("given to that one")),
        (used["ordered_at"] != moment, _("Order with a second date or time"), _("placed at its earliest one")),
        (owner < 0, _("No customer"), _unknown(owner, order)),
    ]
    return lines, [Problem(what, int(mask.sum()), action) for mask, what, action in found if mask.any()]


def _unknown(owner: np.ndarray, order: np.ndarray) -> str:
    n = len(np.unique(order[owner < 0]))
    return ngettext(
        "kept in order_lines only: their {n} order belongs to nobody's history",
        "kept in order_lines only: their {n} orders belong to nobody's history",
        n,
    ).format(n=n)
