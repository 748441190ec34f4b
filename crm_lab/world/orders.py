"""From purchases to orders, order lines and returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.commerce import RETURN_REASONS
from crm_lab.schema.contact import FAILURES
from crm_lab.world.choice.parameters import ORDER_CHANNELS, ChoiceParameters
from crm_lab.world.choice.products import Range, choose, product_range
from crm_lab.world.clock import Clock
from crm_lab.world.market.prices import daily_prices
from crm_lab.world.parameters import TODAY, Parameters

MOST_LINES = 6
LATE, DAMAGED = FAILURES.index("late"), FAILURES.index("damaged")
OTHER_REASONS = tuple(reason for reason in RETURN_REASONS if reason != "damaged")


@dataclass(frozen=True)
class Shop:
    """What order making needs to know of the company: its parameters, clock, products, prices and seed."""

    parameters: Parameters
    clock: Clock
    products: pd.DataFrame
    prices: pd.DataFrame
    seed: int

    @cached_property
    def daily(self) -> np.ndarray:
        """List price in ¥ on every day, (days, products)."""
        return daily_prices(self.prices, self.products, self.clock.days)

    @cached_property
    def shelf(self) -> Range:
        """The products as the customers' choice sees them."""
        return product_range(self.parameters.choice, self.products, self.daily, self.seed)


@dataclass(frozen=True)
class Purchases:
    """Purchases of one quarter and block, by business time.

    rows     position of the customer in the traits of the block
    weeks    business time
    trouble  what goes wrong, of dtype failures.TROUBLE
    """

    rows: np.ndarray
    weeks: np.ndarray
    trouble: np.ndarray


def make_orders(
    shop: Shop, traits: pd.DataFrame, purchases: Purchases, block: int, quarter: int, made: int
) -> dict[str, pd.DataFrame]:
    """The orders, order_lines and returns of one quarter of one block. Orders carry the columns of their trouble too.

    made  orders this block has already placed in earlier quarters
    """
    rng = stream(shop.seed, "orders", block, quarter)
    habit = traits["behaviour"].map({name: n for n, name in enumerate(shop.parameters.choice.behaviours)}).to_numpy()
    at = shop.clock.moment(purchases.weeks, habit[purchases.rows])
    order = np.argsort(at, kind="stable")  # hours differ by type, so within a day the sequence changes
    rows, weeks, trouble = purchases.rows[order], purchases.weeks[order], purchases.trouble[order]
    who, day = traits.iloc[rows].assign(habit=habit[rows]), shop.clock.day(weeks)
    number = block * BLOCK * 100 + made + np.arange(1, len(rows) + 1)
    orders = pd.DataFrame({"order_id": _text(f"O{n:08d}" for n in number), "ordered_at": at[order]})
    orders["customer_id"] = _text(f"C{n:05d}" for n in who.index)
    orders["promotion"] = _promotion(shop, who, day, rng)
    orders["channel"], orders["payment"] = _channel(shop.parameters.choice, who, rng)
    value = _value(shop.parameters, who, weeks, rng)
    value = np.where(orders["promotion"], value * shop.parameters.choice.promotion_basket, value)
    lines = _lines(shop, who, orders, value, day, rng)
    _add_totals(shop.parameters, orders, lines)
    for name in trouble.dtype.names or ():
        orders[name] = trouble[name]
    _add_fate(shop.parameters, orders, rng)
    returns = _returns(shop, who, orders, lines, stream(shop.seed, "returns", block, quarter))
    loss = returns.groupby("order_id")["loss"].sum()
    orders["margin"] -= orders["order_id"].map(loss).fillna(0.0)
    return {"orders": orders, "order_lines": lines, "returns": returns}


def _text(values: Iterable[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")  # stays text in a quarter without orders


def _promotion(shop: Shop, who: pd.DataFrame, day: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    usual = who["style"].map(shop.parameters.promotion_share).to_numpy(float)
    festival = shop.clock.festival[day] & (who["style"] != "integrated").to_numpy()
    return rng.random(len(who)) < np.where(festival, shop.parameters.festival_promotion, usual)


def _channel(
    parameters: ChoiceParameters, who: pd.DataFrame, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    size = len(who)
    trade = who["kind"].isin(["dealer", "business"]).to_numpy()
    limits = np.cumsum([kind.channels for kind in parameters.behaviours.values()], axis=1)[who["habit"], :-1]
    channel = np.take(ORDER_CHANNELS, (rng.random(size)[:, None] > limits).sum(axis=1))
    channel = np.where(trade, rng.choice(["portal", "phone", "web"], size, p=[0.68, 0.20, 0.12]), channel)
    payment = rng.choice(["wallet", "card", "cash_on_delivery"], size, p=[0.72, 0.18, 0.10])
    return channel, np.where(trade, "invoice", payment)


def _value(parameters: Parameters, who: pd.DataFrame, weeks: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Value in ¥ each order aims at: Gamma-Gamma, times a change of life for those who have one."""
    shape = who["kind"].map({kind: buyer.spend_p for kind, buyer in parameters.buyers.items()}).to_numpy(float)
    factor = who["change"].map(dict(zip(("steady", "rising", "falling"), parameters.change_factor, strict=True)))
    changed = np.where(weeks >= who["change_at"].to_numpy(), factor.to_numpy(float), 1.0)
    return rng.gamma(shape) / who["nu"].to_numpy() * changed


def _lines(
    shop: Shop, who: pd.DataFrame, orders: pd.DataFrame, value: np.ndarray, day: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Products whose usual prices add up to about what each order aims at, charged at the list price of the day."""
    mean = np.array([kind.lines_mean for kind in shop.parameters.choice.behaviours.values()])[who["habit"]]
    count = np.minimum(1 + rng.poisson(mean), MOST_LINES)
    row = np.repeat(np.arange(len(who)), count)
    share = rng.gamma(2.0, size=len(row))
    part = value[row] * share / np.bincount(row, share)[row]
    pick = _picks(shop, who, row, part, day, rng)
    discount = who["kind"].map({kind: buyer.price for kind, buyer in shop.parameters.buyers.items()}).to_numpy(float)
    price = shop.daily[day[row], pick] * discount[row]
    price = np.round(np.where(orders["promotion"].to_numpy()[row], price * shop.parameters.promotion_price, price), 2)
    lines = pd.DataFrame(
        {
            "order_id": orders["order_id"].to_numpy()[row],
            "product_id": shop.products["product_id"].to_numpy()[pick],
            "quantity": np.maximum(1, np.round(part / (shop.shelf.usual[pick] * discount[row]))).astype("int64"),
            "unit_price": price,
            "unit_cost": shop.products["unit_cost"].to_numpy()[pick],
            "row": row,
        }
    ).drop_duplicates(["order_id", "product_id"])
    lines["line_no"] = lines.groupby("row").cumcount() + 1
    return lines.reset_index(drop=True)


def _picks(
    shop: Shop, who: pd.DataFrame, row: np.ndarray, part: np.ndarray, day: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Column of the product of each line: first of those that open a basket, then of the others."""
    styles = list(shop.parameters.choice.elasticity)
    likes = pd.DataFrame({"behaviour": who["habit"], "style": pd.Index(styles).get_indexer(pd.Index(who["style"]))})
    opens = np.diff(row, prepend=-1) > 0
    pick = np.empty(len(row), int)
    pick[opens] = choose(shop.shelf, likes, part[opens], day, None, rng)
    more = row[~opens]
    pick[~opens] = choose(shop.shelf, likes.iloc[more], part[~opens], day[more], pick[opens][more], rng)
    return pick


def _add_totals(parameters: Parameters, orders: pd.DataFrame, lines: pd.DataFrame) -> None:
    revenue = lines["quantity"] * lines["unit_price"]
    gross = lines["quantity"] * (lines["unit_price"] - lines["unit_cost"])
    size = len(orders)
    orders["items"] = np.bincount(lines["row"], lines["quantity"], size).astype("int64")
    orders["revenue"] = np.round(np.bincount(lines["row"], revenue, size), 2)
    fulfilment = parameters.shipping + parameters.picking * np.minimum(orders["items"], 40)
    orders["margin"] = np.round(np.bincount(lines["row"], gross, size) - fulfilment, 2)


def _add_fate(parameters: Parameters, orders: pd.DataFrame, rng: np.random.Generator) -> None:
    on_delivery = (orders["payment"] == "cash_on_delivery").to_numpy()
    chance = np.where(on_delivery, parameters.cancel_on_delivery, parameters.cancel_share)
    cancelled = (rng.random(len(orders)) < chance) & (orders["failure"] < 0).to_numpy()
    days = 1 + 0.7 * _waits(parameters, (orders["failure"] == LATE).to_numpy(), rng)
    arrives = (orders["ordered_at"] + pd.to_timedelta(np.round(days * 1440), unit="min")).astype("datetime64[us]")
    there = (arrives < pd.Timestamp(TODAY)).to_numpy()
    orders["status"] = np.where(cancelled, "cancelled", np.where(there, "delivered", "open"))
    orders["delivered_at"] = arrives.where(orders["status"] == "delivered")


def _waits(parameters: Parameters, late: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Time on the way ~ Gamma(3), in units of 0.7 days; what is late takes longer than promised."""
    waits = rng.gamma(3.0, size=len(late))
    promised = (parameters.contact.tickets.promised_days - 1) / 0.7
    beyond = 1 - special.gammaincc(3.0, promised) * rng.random(int(late.sum()))
    waits[late] = special.gammaincinv(3.0, np.minimum(beyond, 1 - 1e-9)) + 0.01  # a quarter of an hour at least
    return waits


def _returns(
    shop: Shop, who: pd.DataFrame, orders: pd.DataFrame, lines: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    row = lines["row"].to_numpy()
    back = rng.random(len(lines)) < who["returns"].to_numpy()[row]
    reason = rng.choice(OTHER_REASONS, len(lines), p=[0.54, 0.34, 0.12])
    damaged = (orders["failure"].to_numpy()[row] == DAMAGED) & (lines["line_no"] == 1).to_numpy()
    damaged &= rng.random(len(lines)) < shop.parameters.contact.tickets.damaged_back
    back, reason = back | damaged, np.where(damaged, "damaged", reason)
    wait = pd.to_timedelta(np.round(rng.uniform(0.3, 7.0, len(lines)) * 1440), unit="min")
    part = rng.uniform(0.5, 1.0, len(lines))
    returned_at = (orders["delivered_at"].to_numpy()[row] + wait).astype("datetime64[us]")
    back &= (orders["status"].to_numpy()[row] == "delivered") & (returned_at < pd.Timestamp(TODAY))
    lines = lines.assign(reason=reason, returned_at=returned_at, returned=np.ceil(lines["quantity"] * part))[back]
    parameters = shop.parameters
    resale = np.where(lines["reason"] == "damaged", parameters.resale_damaged, parameters.resale)
    refund = np.round(lines["returned"] * lines["unit_price"], 2)
    loss = refund - lines["returned"] * lines["unit_cost"] * resale + parameters.return_handling
    return pd.DataFrame(
        {
            "return_id": "R" + lines["order_id"].str[1:] + "-" + lines["line_no"].astype(str),
            "order_id": lines["order_id"],
            "line_no": lines["line_no"],
            "product_id": lines["product_id"],
            "returned_at": lines["returned_at"],
            "quantity": lines["returned"].astype("int64"),
            "refund": refund,
            "reason": lines["reason"],
            "loss": np.round(loss, 2),
        }
    )
