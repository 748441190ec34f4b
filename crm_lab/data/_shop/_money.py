"""The money of each line: from a price, an amount of the line or a total of the order, less discounts and refunds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data._shop._account import Account
from crm_lab.data._shop._numbers import read_numbers
from crm_lab.data._shop._texts import plain, words

_CENT = 0.011


def meaning(lines: pd.DataFrame, account: Account, money: str, totals: pd.Series | None) -> str:
    """What the column of money holds, "price", "amount" or "total", told where it is not what was said.

    lines   order_id, product, quantity, money
    money   what it is said to hold, or "look"
    totals  the money of the whole order in another column, if there is one

    Rule: a price that is the same on all lines of every order, but differs between orders for the same article, is the
    total of the order. A price that grows with the quantity, as no price of one piece does, is the amount of the line;
    so is one that is always the quantity times another column of prices.
    A total that differs between the lines of most orders is the amount of the line too. A price whose name would fit an
    amount, without a proof in the figures, is taken as it is mapped, and told.
    """
    role = next(role for role in ("amount", "total", "price") if role in account.columns)
    some = lines[account.used & lines["money"].notna().to_numpy() & (lines["quantity"] > 0).to_numpy()]
    if money == "look":
        found = "price" if _is_price(some, totals) else "amount"
    elif money == "total":
        found = "amount" if _differs(some) else "total"
    elif _repeated(some):
        found = "total"
    else:
        found = "amount" if money == "price" and (grows(some) or _times_a_price(some, account)) else money
    _tell_meaning(lines, account, role, found)
    return found


def _tell_meaning(lines: pd.DataFrame, account: Account, role: str, found: str) -> None:
    where = account.used & lines["money"].notna().to_numpy()
    column = account.columns[role]
    told = {
        ("price", "amount"): (
            _("{column} is the amount of the line, by its name or because it grows with the quantity"),
            _("read as the total of the line, not multiplied by the quantity; map it as amount; row {row} has {cell}"),
        ),
        ("price", "total"): (
            _("{column} is the order total, by its name or because all lines of an order have the same"),
            _("read as the order total, counted once an order; map it as total; row {row} has {cell}"),
        ),
        ("amount", "total"): (
            _("{column} is the order total: all lines of an order have the same"),
            _("read as the order total, counted once an order; map it as total; row {row} has {cell}"),
        ),
        ("total", "amount"): (
            _("{column} is the amount of the line: it differs between the lines of an order"),
            _("read as the total of the line, and added up; map it as amount; row {row} has {cell}"),
        ),
        ("amount", "price"): (
            _("{column} is the price of one piece: the totals of the orders say so"),
            _("multiplied by the quantity; row {row} has {cell}"),
        ),
    }
    if (role, found) in told:
        problem, action = told[role, found]
        account.tell(where, problem.format(column=column), action, role)
    named = {plain(word) for kind in ("amount", "total") for word in words()["columns"][kind]}
    if role == found == "price" and plain(column) in named and not any(_votes(lines[where])[1:2]):
        account.tell(
            where & (lines["quantity"] > 1).to_numpy(),
            _("{column} may be the amount of the line").format(column=column),
            _("read as the price of one piece, as mapped; else map it as amount or total; row {row} has {cell}"),
            role,
        )


def grows(lines: pd.DataFrame) -> bool:
    """Whether money is in proportion to the quantity rather than the same for each piece of an article.

    lines  product, quantity, money

    >>> lines = pd.DataFrame({"product": pd.Categorical(["A", "A"]), "quantity": [1.0, 3.0], "money": [5.0, 15.0]})
    >>> grows(lines), grows(lines.assign(money=5.0))
    (True, False)
    """
    amount, unit, exact = _votes(lines)
    return amount >= 1 and amount > 4 * unit and (amount > 1 or exact)


def _times_a_price(lines: pd.DataFrame, account: Account) -> bool:
    """Whether money is, on all lines of several pieces, the quantity times a column of prices that is not mapped."""
    several = lines[lines["quantity"] > 1]
    known = {plain(word) for word in words()["columns"]["price"]}
    for place, column in enumerate(account.cells):
        if len(several) and plain(column) in known and column not in account.columns.values():
            each = read_numbers({"price": account.cells.iloc[several.index, place]})["price"].values
            if (np.abs(each * several["quantity"] - several["money"]) < _CENT).all():
                return True
    return False


def _votes(lines: pd.DataFrame) -> tuple[int, int, bool]:
    """How many articles speak for an amount and for a price of one piece, and whether one does so to the cent.

    Without articles: how many amounts are a multiple of a price of one piece in the file, at least three.
    """
    lines = lines[(lines["money"] > 0) & (lines["quantity"] > 0)]
    if lines["product"].isna().all():
        single = set(lines.loc[lines["quantity"] == 1, "money"].round(2))
        more = lines.loc[lines["quantity"] > 1, ["quantity", "money"]].drop_duplicates()
        parts, same = (more["money"] / more["quantity"]).round(2).isin(single), more["money"].round(2).isin(single)
        amount, unit = int((parts & ~same).sum()), int((same & ~parts).sum())
        return (amount if amount > 2 else 0), unit, False
    codes = lines[lines["product"].notna()].assign(product=lines["product"].cat.codes)
    each = codes.groupby(["product", "quantity"])["money"].median().reset_index()
    base = each.groupby("product").transform("first")
    later = each[each["quantity"] > base["quantity"]]
    base = base.loc[later.index]
    ratio, times = later["money"] / base["money"], later["quantity"] / base["quantity"]
    off = (ratio / times - 1).abs()
    return int((off < 0.05).sum()), int((ratio < 1.1).sum()), bool((off * later["money"] < 0.02).any())


def _of_several(lines: pd.DataFrame) -> pd.DataFrame:
    """Of the orders with several lines: how many articles, and the least and the most money on a line."""
    codes = lines.assign(order=lines["order_id"].cat.codes, product=lines["product"].cat.codes)
    orders = (
        codes[codes["order"] >= 0]
        .groupby("order")
        .agg(n=("money", "size"), articles=("product", "nunique"), low=("money", "min"), high=("money", "max"))
    )
    return orders[orders["n"] > 1]


def _differs(lines: pd.DataFrame) -> bool:
    """Whether most orders with several lines have different money on them."""
    several = _of_several(lines)
    return bool(((several["high"] - several["low"]) > _CENT).mean() > 0.5) if len(several) else False


def _repeated(lines: pd.DataFrame) -> bool:
    """Whether all lines of an order have the same money, though they hold different articles."""
    several = _of_several(lines)
    several = several[several["articles"] > 1]
    same = (several["high"] - several["low"]) < 1e-9
    if same.sum() < 2 or same.sum() < 9 * (~same).sum() or several["low"].round(2).nunique() < 2:
        return False
    of_product = lines["money"].groupby(lines["product"].cat.codes)
    return bool((of_product.max() > 1.5 * of_product.min()).any())  # more than a sale would explain


def _is_price(lines: pd.DataFrame, totals: pd.Series | None) -> bool:
    """Whether money is of one piece, by the orders' totals: then each holds at least the money times the quantity."""
    some = lines[lines["quantity"] > 1]
    if totals is None or some.empty:
        return False
    total = totals[some.index]
    fits = total >= some["money"] * some["quantity"] - _CENT
    return bool(total.notna().any() and fits[total.notna()].mean() > 0.8)


def gross(lines: pd.DataFrame, account: Account, found: str) -> pd.Series:
    """The money of each line before discounts and refunds.

    lines  order_id, product, quantity, money, and price beside a total
    found  what `money` holds

    An order's total is shared out to its lines in proportion to quantity times price, or to the quantity if there is
    no price: the cents add up.
    """
    if found == "price":
        return (lines["quantity"] * lines["money"]).round(2)
    if found == "amount":
        return lines["money"].round(2)
    used = account.used
    total = of_order(lines["money"], lines, used, account, "total")
    weight = (
        (lines["quantity"] * lines.get("price", 1.0)).abs().where(pd.Series(used, index=lines.index), 0.0).fillna(0.0)
    )
    return shared(total, weight, lines["order_id"])


def of_order(values: pd.Series, lines: pd.DataFrame, used: np.ndarray, account: Account, role: str) -> pd.Series:
    """Money of a whole order on each of its lines: NaN where the file has none.

    Rule: what stands on one line of an order is the order's. What is the same on all its lines is repeated and counted
    once, unless in some order it differs between lines: then it is of the lines, and added up. A total that differs is
    the first.
    """
    order = lines["order_id"].cat.codes.to_numpy()
    known = values[used & (values.notna() & (order >= 0)).to_numpy()]
    groups = known.groupby(order[known.index])
    size = pd.Series(order[used & (order >= 0)]).value_counts()
    table = pd.DataFrame(
        {"n": groups.size(), "low": groups.min(), "high": groups.max(), "sum": groups.sum(), "first": groups.first()}
    )
    several = table["n"] > 1
    differs = several & (table["high"] - table["low"] > _CENT)
    if role == "total":
        each = table["first"]
        mask = used & np.isin(order, table.index[differs])
        account.tell(
            mask, _("Order with a second total"), _("its first total counts; the first is row {row}: {cell}"), role
        )
    elif differs.any():
        each = table["sum"]
    else:
        each = table["first"]
        repeated = several & (table["high"].abs() > _CENT) & (table["n"] == size.reindex(table.index))
        mask = used & np.isin(order, table.index[repeated])
        column = account.columns[role]
        what = _("{column} is the same on all lines of an order").format(column=column)
        account.tell(mask, what, _("taken as the order's, once; the first is row {row}: {cell}"), role)
    return pd.Series(each.reindex(order).to_numpy(), index=lines.index)


def shared(total: pd.Series, weight: pd.Series, order: pd.Series) -> pd.Series:
    """The money of orders shared out to their lines in proportion to a weight, so that the cents add up; NaN if none.

    >>> order = pd.Series(pd.Categorical(["1", "1", "1"]))
    >>> shared(pd.Series([10.0] * 3), pd.Series([1.0, 1.0, 1.0]), order).tolist()
    [3.33, 3.34, 3.33]
    """
    codes = order.cat.codes.to_numpy()
    by_order = weight.groupby(codes)
    whole = by_order.transform("sum")
    equal = (weight * 0 + 1).groupby(codes)
    upto = (by_order.cumsum() / whole).where(whole > 0, equal.cumsum() / equal.transform("sum"))
    upto = upto.where(upto < 1 - 1e-12, 1.0)
    reached = (total * upto).round(2)
    before = reached.groupby(codes).shift(fill_value=0.0)
    return (reached - before).round(2)


def take_off(lines: pd.DataFrame, account: Account, values: pd.Series, percent: np.ndarray, role: str) -> pd.Series:
    """The lines' revenue after a discount or a refund of their order, shared out to its goods.

    lines    order_id, quantity, kind, revenue
    values   the discounts or refunds as the file has them, with or without a minus
    percent  which of them are in percent of the money
    """
    used = account.used & (lines["kind"] == "goods").to_numpy()
    each = values.abs()
    revenue = lines["revenue"].where(pd.Series(used, index=lines.index), 0.0)
    order = lines["order_id"].cat.codes.to_numpy()
    if percent.any():
        each = each.where(~percent, revenue * each / 100)
    amount = of_order(each, lines, account.used, account, role).fillna(0.0)
    whole = revenue.groupby(order).transform("sum")
    capped = amount.clip(upper=whole.clip(lower=0.0))
    off = shared(capped, revenue.clip(lower=0.0), lines["order_id"]).where(pd.Series(used, index=lines.index), 0.0)
    column = account.columns[role]
    hit = used & (amount > 0).to_numpy()
    action = {
        "discount": _("taken off the goods of the order; the first is row {row}: {cell}"),
        "refunded": _("given back, so taken off the goods of the order; the first is row {row}: {cell}"),
        "shipping": _("postage within the order total, taken off; the first is row {row}: {cell}"),
    }[role]
    problem = {
        "discount": _("Discount in column {column}"),
        "refunded": _("Refund in column {column}"),
        "shipping": _("Postage in column {column}"),
    }[role]
    first = hit & (each > 0).to_numpy()
    account.tell(first if first.any() else hit, problem.format(column=column), action, role)
    left = (lines["revenue"] - off).round(2)
    if role == "refunded":
        gone = hit & (whole - amount < _CENT).to_numpy()
        account.leave_out(gone, _("Order refunded in full"), role)
    return left
