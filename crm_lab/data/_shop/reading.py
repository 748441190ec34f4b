"""`read_shop`: the steps from a file to a shop, one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from crm_lab.base.errors import InputError
from crm_lab.base.money import KEY
from crm_lab.base.places import resource
from crm_lab.base.text import _, ngettext
from crm_lab.data._shop import _counting
from crm_lab.data._shop._account import Account, Problem
from crm_lab.data._shop._columns import Columns, checked, look_for, resolve
from crm_lab.data._shop._currency import check_currency
from crm_lab.data._shop._kinds import check_fees, kinds, sign_credits
from crm_lab.data._shop._lines import settle_currency, typed
from crm_lab.data._shop._money import gross, meaning, take_off
from crm_lab.data._shop._numbers import Numbers
from crm_lab.data._shop._people import settle_customers
from crm_lab.data._shop._progress import Progress
from crm_lab.data._shop._repeats import leave_out_overlaps, leave_out_repeats
from crm_lab.data._shop._rows import continued, leave_out_sums, leave_out_totals
from crm_lab.data._shop._shop import Shop
from crm_lab.data._shop._sources import Sheet, opened
from crm_lab.data._shop._status import check_status, leave_out_uncounted
from crm_lab.data._shop._takeback import take_back
from crm_lab.data._shop._telling import tell_discounts, tell_far_years, tell_postage

Source = str | os.PathLike[str] | pd.DataFrame

FRANCE = {
    "order_id": "InvoiceNo",
    "date": "InvoiceDate",
    "customer_id": "CustomerID",
    "quantity": "Quantity",
    "price": "UnitPrice",
    "product": "StockCode",
}


def read_shop(
    source: Source | Sequence[Source],
    columns: Mapping[str, str | int | None] | None = None,
    *,
    status: str | Iterable[str] | None = None,
    dayfirst: bool | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    header: int | bool | None = None,
    currency: str | None = None,
    fees: bool | Iterable[str] = True,
) -> Shop:
    """Your own shop's orders made ready for the lessons: read right, or refused with what to do.

    source    a CSV, .xlsx, .xls or .ods file, or a DataFrame, which is left unchanged; or several of them in a list
    columns   {our name: the file's name}: date and customer_id; price (of one piece), amount (of the line) or total
              (of the order, on each or the first of its lines); and, where there are such, order_id (else: one order a
              customer and day), quantity (else: one piece a line), product, status, discount, refunded, shipping
              (within the total), currency. None recognises known exports. What is mapped to None is not used.
    status    the values of status that count; None: by what they mean, so that cancelled orders do not
    dayfirst  True if 1/2/2024 is 1 February, False if it is 2 January; None: by what the file shows
    decimal   "." or ","; None: by what the file shows
    encoding  such as "utf-8"; None: by what the file shows
    header    the number of the line with the column names, 1 for the first; False: there is none, and columns are given
              by their numbers; None: by what the file shows
    currency  its code, such as "EUR"; of a file with several, only the lines in this one are read
    fees      True: postage and the like, known by name and behaviour, stay out of orders; False: they count; or the
              names of just those that are fees

    `.problems` of the shop names each decision that changed a figure, with the rows and a cell. In short: credits are
    taken off the same customer's latest orders of that product; orders that were cancelled or refunded, totals, and
    lines without date, amount or order are left out; guests, and lines without customer, stay in `order_lines` only.
    Raises InputError when the file or the mapping cannot be used, or no purchase is left.

    >>> lines = pd.DataFrame({
    ...     "no": ["1", "1", "2", "C3"], "day": ["2024-05-01", "2024-05-01", "2024-05-03", "2024-05-04"],
    ...     "who": ["Ann", "Ann", "Bob", "Bob"], "sku": ["A10", "B20", "A10", "A10"],
    ...     "pieces": [2, 1, 3, -1], "each": [5.0, 8.0, 5.0, 5.0],
    ... })
    >>> shop = read_shop(lines, {"order_id": "no", "date": "day", "customer_id": "who", "quantity": "pieces",
    ...                          "price": "each", "product": "sku"})
    >>> shop.orders[["order_id", "items", "revenue", "status"]]
      order_id  items  revenue     status
    0        1      3     18.0  delivered
    1        2      2     10.0  delivered
    2       C3      0      0.0  cancelled
    >>> shop.today
    Timestamp('2024-05-05 00:00:00')
    """
    mapping, counting = checked(columns, header is False), check_status(status)
    asked, fee_rule = check_currency(currency), check_fees(fees)
    wanted = [name for name in (mapping or {}).values() if name is not None]
    with Progress(6) as progress:
        sheets = opened(source, wanted, header, encoding)
        progress.step()
        account, chosen, file, name = _account(sheets, mapping)
        semicolons = any(sheet.separator == ";" for sheet in sheets)
        lines, numbers = typed(account, chosen, dayfirst, decimal, semicolons)
        progress.step()
        leave_out_totals(lines, account)
        lines = continued(lines, account)
        leave_out_overlaps(lines, account, file)
        order = lines["order_id"].cat.codes.to_numpy()
        leave_out_uncounted(account, order, chosen.statuses, chosen.filled, counting, chosen.counts)
        lines = settle_customers(lines, account)
        lines = _orders_named(lines, account)
        leave_out_sums(lines, account)
        _leave_out_unreadable(lines, account)
        progress.step()
        leave_out_repeats(lines, account, chosen.line)
        money = settle_currency(
            account, chosen, numbers[chosen.value], order, asked, not name.isascii() or _chinese(account)
        )
        lines = _valued(lines, account, chosen, numbers, fee_rule)
        tell_far_years(lines, account)
        if mapping is not None and "discount" not in mapping:
            tell_discounts(account)
        tell_postage(account, chosen.postage)
        progress.step()
        return _counted(lines, account, name, money, progress)


def french_shop() -> Shop:
    """The real shop that comes along: French orders of a British online gift shop, 12/2010 to 12/2011, in GBP.

    Source: D. Chen (2015), Online Retail, UCI Machine Learning Repository, CC BY 4.0; datasets/real/README.md.

    >>> french_shop()
    Shop: 438 orders of 87 customers, 2010-12-01 to 2011-12-09
    """
    return read_shop(resource("datasets") / "real" / "online_retail_france.csv", FRANCE, currency="GBP")


def _account(sheets: list[Sheet], mapping: dict[str, str | None] | None) -> tuple[Account, Columns, np.ndarray, str]:
    """All sheets as one table with its account, the columns in use, each line's sheet, and a name for sentences."""
    for sheet in sheets:
        look_for([name for name in (mapping or {}).values() if name], list(sheet.cells), sheet.name, sheet.unnamed)
    chosen = resolve(mapping, list(sheets[0].cells), sheets[0].name)
    used = [*chosen.of.values(), *chosen.statuses, *chosen.filled]
    for sheet in sheets[1:]:
        look_for(used, list(sheet.cells), sheet.name, sheet.unnamed)
    file = np.repeat(np.arange(len(sheets)), [len(sheet.cells) for sheet in sheets])
    rows = np.concatenate([sheet.cells.index.to_numpy() + 1 for sheet in sheets])
    several = len(sheets) > 1
    if several:
        frames = [sheet.cells.loc[:, ~sheet.cells.columns.duplicated()].astype(object) for sheet in sheets]
        cells = pd.concat(frames, ignore_index=True)
    else:
        cells = sheets[0].cells.reset_index(drop=True)
    files = np.array([sheet.name for sheet in sheets], dtype=object)[file] if several else None
    account = Account(cells, chosen.of, rows, files)
    account.problems += [note for sheet in sheets for note in sheet.notes]
    account.problems += [Problem(what, len(cells), action) for what, action in chosen.notes]
    return account, chosen, file, ", ".join(sheet.name for sheet in sheets[:3])


def _chinese(account: Account) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for name in account.cells for letter in str(name))


def _orders_named(lines: pd.DataFrame, account: Account) -> pd.DataFrame:
    """The lines with an order each: where the file numbers none, one a customer and day, and one a line of a guest."""
    if "order_id" in account.columns:
        return lines
    who = lines["customer_id"].astype(object)
    row = pd.Series(account.rows, index=lines.index).astype(str)
    day = lines["ordered_at"].dt.strftime("%Y-%m-%d")
    named = (who.astype(str) + " " + day).where(who.notna(), day + " #" + row).where(day.notna())
    return lines.assign(order_id=named.astype("category"))


def _leave_out_unreadable(lines: pd.DataFrame, account: Account) -> None:
    """Leave out the lines that cannot be counted, each for its gravest reason."""
    role = next(role for role in ("amount", "total", "price") if role in account.columns)
    money = {
        "price": _("Price is not a number"),
        "amount": _("Amount is not a number"),
        "total": _("Total is not a number"),
    }
    known = lines["money"].notna()
    if role == "total":  # on the first line of an order only
        known = known.groupby(lines["order_id"].cat.codes.to_numpy()).transform("any")
    account.leave_out(lines["order_id"].isna(), _("No order number"), "order_id")
    account.leave_out(lines["ordered_at"].isna(), _("No date that can be read"), "date")
    account.leave_out(lines["quantity"].isna() & known, _("Quantity is not a number"), "quantity")
    account.leave_out(~known, money[role], role)


def _valued(
    lines: pd.DataFrame, account: Account, chosen: Columns, numbers: Mapping[str, Numbers], fees: bool | list[str]
) -> pd.DataFrame:
    """The lines in use with unit_price, kind and revenue, the money less discounts and refunds."""
    totals = _totals(account, chosen)
    found = meaning(lines, account, chosen.money, totals)
    lines = lines.assign(revenue=gross(lines, account, found))
    with np.errstate(divide="ignore", invalid="ignore"):
        each = lines["money"] if found == "price" else lines["revenue"] / lines["quantity"].abs()
    lines = lines.assign(unit_price=each)
    quantity, price = lines["quantity"], lines["unit_price"]
    account.leave_out(quantity == 0, _("Quantity 0"), "quantity")
    account.leave_out(price == 0, _("Price 0: a gift, a sample or a correction"), chosen.value)
    if found == "price":
        account.leave_out((quantity < 0) & (price < 0), _("Quantity and price both negative"), "quantity")
    else:
        lines = lines.assign(unit_price=price.where(~((quantity < 0) & (price < 0)), -price))
    lines = sign_credits(lines, account)
    lines = lines.assign(kind=kinds(lines, account, fees))
    money = lines["revenue"].abs()
    lines = lines.assign(revenue=money.where(lines["quantity"] > 0, -money))
    for role in ("discount", "shipping", "refunded"):
        if role in numbers and (role != "shipping" or found == "total"):
            values = pd.Series(numbers[role].values)
            lines = lines.assign(revenue=take_off(lines, account, values, numbers[role].percent, role))
    return lines


def _totals(account: Account, chosen: Columns) -> pd.Series | None:
    """The money of the whole order, where a known export has a column of it."""
    from crm_lab.data._shop._numbers import read_numbers

    free = [name for name in chosen.totals if name in account.cells and name != account.columns[chosen.value]]
    return pd.Series(read_numbers({"total": account.cells[free[0]]})["total"].values) if free else None


def _counted(lines: pd.DataFrame, account: Account, name: str, money: str | None, progress: Progress) -> Shop:
    """The tables of the shop from the lines in use."""
    names = ["order_id", "customer_id", "ordered_at", "product", "quantity", "unit_price", "revenue", "kind"]
    used = lines.loc[account.used, names].reset_index(drop=True)
    _some(used, len(lines), name, account)
    _refuse_mixed_numbers(used, account)
    used, settled = _counting.settle_orders(used)
    used, credits = take_back(used)
    account.problems += [*credits, *settled]
    _some(used[used["kind"] == "goods"], len(lines), name, account)
    progress.step()
    orders = _counting.orders(used)
    tables = {
        "orders": orders,
        "order_lines": _counting.order_lines(used),
        "customers": _counting.customers(used, orders),
    }
    for table in tables.values():
        table.attrs[KEY] = money
    return Shop(
        **tables,
        today=used["ordered_at"].max().normalize() + pd.Timedelta(days=1),
        currency=money,
        problems=pd.DataFrame(account.problems, columns=list(Problem._fields)),
        left_out=account.left_out(),
    )


def _refuse_mixed_numbers(used: pd.DataFrame, account: Account) -> None:
    """InputError where most order numbers of several lines belong to several customers: they number something else.

    Daily counters do so, and numbers that two shops give independently.
    """
    codes = used["order_id"].cat.codes
    named = used[used["customer_id"].notna()]
    several = named.groupby(codes[named.index])["customer_id"].agg(["size", "nunique"])
    several = several[several["size"] > 1]
    mixed = several[several["nunique"] > 1]
    if len(mixed) < 3 or len(mixed) <= len(several) / 2:
        return
    number = used["order_id"].cat.categories[mixed.index[0]]
    raise InputError(
        _(
            "Column {column!r} does not number the orders: {count} of its numbers, such as "
            "{number!r}, stand for several "
            "customers. Map another column as order_id, or leave it out: then it is one order a customer and day."
        ).format(column=account.columns.get("order_id", "order_id"), count=len(mixed), number=str(number))
    )


def _some(lines: pd.DataFrame, rows: int, name: str, account: Account) -> None:
    """InputError naming the commonest reason if no line is left."""
    if len(lines):
        return
    worst = account.worst() or Problem("", 0, "")
    message = (
        ngettext(
            "{name} holds no purchase: its {n} line cannot be used, as in {example}. Mend the file or map another "
            "column. Reason: {problem} ({count}).",
            "{name} holds no purchase: none of its {n} lines can be used, as in {example}. Mend the file or map "
            "another column. Commonest reason: {problem} ({count}).",
            rows,
        )
        if worst.action
        else ngettext(
            "{name} holds no purchase: its {n} line cannot be used. Reason: {problem} ({count}).",
            "{name} holds no purchase: none of its {n} lines can be used. Commonest reason: {problem} ({count}).",
            rows,
        )
    )
    raise InputError(message.format(name=name, n=rows, problem=worst.problem, count=worst.rows, example=worst.action))
