"""Credits set against the purchases they undo, so that an order's money is what the customer kept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.text import _
from crm_lab.data._shop._account import Problem

_CENT = 0.005


def take_back(used: pd.DataFrame) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines with `returned` (units of a purchase that credits took back) and `net` (money left of the line).

    used  lines with one moment and one customer an order: customer_id, product, ordered_at, quantity, unit_price,
          revenue, kind

    Credits of a customer and product are taken off that customer's purchases of it, the latest first, none later than
    the last of those credits. A purchase is undone at the price it was sold for. What a credit gives back beyond that
    stays as its own net. Without products, lines of the same price belong together, and what is left of a credit is
    taken off the money of the latest orders before it. Discounts and fees keep theirs.
    The nets add up to the revenues, to the penny.
    """
    returned, net = np.zeros(len(used)), used["revenue"].where(used["kind"] != "credit", 0.0).to_numpy().copy()
    trade = _credited(used)
    credits, goods = trade[trade["kind"] == "credit"], trade[trade["kind"] == "goods"]
    by_key = credits.groupby("key").agg(
        units=("quantity", "sum"), until=("ordered_at", "max"), money=("revenue", "sum"), last=("place", "max")
    )
    goods = goods.join(by_key, on="key")
    goods = goods[goods["ordered_at"] <= goods["until"]]
    goods = goods.sort_values(["key", "ordered_at", "place"], ascending=False)
    earlier = goods.groupby("key")["quantity"].cumsum() - goods["quantity"]
    goods["taken"] = (-goods["units"] - earlier).clip(0, goods["quantity"])
    goods["value"] = (goods["taken"] * goods["revenue"] / goods["quantity"]).round(2)
    returned[goods["place"]] = goods["taken"]
    net[goods["place"]] -= goods["value"]
    by_key[["units", "money"]] += (
        goods.groupby("key")[["taken", "value"]].sum().reindex(by_key.index).fillna(0).to_numpy()
    )
    net[by_key["last"]] = by_key["money"]
    unknown = (used["kind"] == "credit") & used["customer_id"].isna()
    net[unknown] = used.loc[unknown, "revenue"]
    short = credits["key"].isin(by_key.index[by_key["units"] < 0])
    if used["product"].isna().all():
        short = short & _money_back(used, net, returned)[credits["place"]]
    left = float(net[credits["place"][short]].sum())
    return used.assign(returned=returned, net=net.round(2)), _told(used, int(short.sum()), left)


def _money_back(used: pd.DataFrame, net: np.ndarray, returned: np.ndarray) -> np.ndarray:
    """Take what credits give back off the net of the customer's latest earlier orders; which credits have a rest.

    Used where the file names no products, so that only the money says what came back; an order of which no money is
    left has come back whole. Changes `net` and `returned` in place.
    """
    customer, moment = used["customer_id"].cat.codes.to_numpy(), used["ordered_at"].to_numpy()
    rest = (used["kind"] == "credit").to_numpy() & (customer >= 0) & (net < 0)
    pieces = used["quantity"].to_numpy()
    some = np.flatnonzero((used["kind"] == "goods").to_numpy() & np.isin(customer, customer[rest]))
    some = some[np.argsort(moment[some], kind="stable")[::-1]]
    bought_by = {who: some[inside] for who, inside in pd.Series(customer[some]).groupby(customer[some]).indices.items()}
    for place in np.flatnonzero(rest):
        own = bought_by.get(customer[place], some[:0])
        for bought in own[(moment[own] <= moment[place]) & (net[own] > 0)]:
            taken = min(net[bought], -net[place])
            net[bought], net[place] = net[bought] - taken, net[place] + taken
            if net[bought] < _CENT:
                returned[bought] = pieces[bought]
            if net[place] > -_CENT:
                break
        rest[place] = net[place] < -_CENT
    return rest


def _credited(used: pd.DataFrame) -> pd.DataFrame:
    """The goods and credits of every customer and product with at least one credit, with their key and place."""
    product = (
        used["product"].cat.codes if used["product"].notna().any() else pd.factorize(used["unit_price"].round(4))[0]
    )
    customer = used["customer_id"].cat.codes.astype("int64")
    lines = used.assign(key=customer * (len(used) + 1) + product, place=np.arange(len(used)))
    lines = lines[used["kind"].isin(["goods", "credit"]) & (customer >= 0)]
    return lines[lines["key"].isin(lines.loc[lines["kind"] == "credit", "key"])]


def _told(used: pd.DataFrame, short: int, left: float) -> list[Problem]:
    found = [
        (
            _("Credit: goods given back or cancelled"),
            int((used["kind"] == "credit").sum()),
            _("taken off the customer's latest earlier orders of that product; its own order has status cancelled"),
        ),
        (
            _("Credit for more than was bought before"),
            short,
            _("the rest ({money:,.2f}) stays as negative revenue of cancelled orders").format(money=left),
        ),
    ]
    return [Problem(what, rows, action) for what, rows, action in found if rows]
