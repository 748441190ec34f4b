"""From purchases to orders, order lines and returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.contact import FAILURES
from crm_lab.world._choice.choice_parameters import ORDER_CHANNELS
from crm_lab.world._choice.products import Range, choose, product_range
from crm_lab.world._clock import Clock
from crm_lab.world._draws import Draws, Random
from crm_lab.world._market.prices import daily_prices, go_on
from crm_lab.world.parameters import Parameters

LATE, DAMAGED = FAILURES.index("late"), FAILURES.index("damaged")


@dataclass(frozen=True)
class Trade:
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
        return product_range(self.parameters.choice, self.products, self.daily, self.seed, self.clock.recorded)

    def until(self, quarters: int) -> Trade:
        """The same shop with a clock of so many quarters, and prices that go on as before."""
        clock, prices = Clock(self.parameters, quarters), self.prices
        for quarter in range(self.clock.quarters, quarters):
            days = clock.days[clock.days_of(quarter)]
            prices = go_on(self.parameters.market.prices, prices, days, stream(self.seed, "prices", 0, quarter))
        return replace(self, clock=clock, prices=prices)


@dataclass(frozen=True)
class Purchases:
    """Purchases of one block, by quarter and business time.

    rows      position of the customer in the traits of the block
    weeks     business time
    trouble   what goes wrong, of dtype failures.TROUBLE
    quarter   number of the quarter
    discount  share taken off by an offer, 0 without
    """

    rows: np.ndarray
    weeks: np.ndarray
    trouble: np.ndarray
    quarter: np.ndarray
    discount: np.ndarray

    @staticmethod
    def together(parts: Sequence[Purchases]) -> Purchases:
        """The purchases of several quarters, given in their order."""
        columns = [[getattr(part, field.name) for part in parts] for field in fields(Purchases)]
        return Purchases(*map(np.concatenate, columns))

    def in_turn(self, order: np.ndarray) -> Purchases:
        """These purchases in another order."""
        return Purchases(*(getattr(self, field.name)[order] for field in fields(Purchases)))


def make_orders(
    trade: Trade, traits: pd.DataFrame, purchases: Purchases, block: int, made: int
) -> dict[str, pd.DataFrame]:
    """The orders, order_lines and returns of some quarters of one block, with all that ever becomes of them.

    made  orders this block has already placed in earlier quarters

    Orders carry the columns of their trouble too, `buyer` (position in `traits`), `quarter`, and `gross`: their margin
    before what was sent back. What is known of them on one day is told by record.known.
    """
    habit = traits["behaviour"].map({name: n for n, name in enumerate(trade.parameters.choice.behaviours)}).to_numpy()
    at = trade.clock.moment(purchases.weeks, habit[purchases.rows])
    order = np.argsort(at, kind="stable")  # hours differ by type, so within a day the sequence changes
    purchases, rows = purchases.in_turn(order), purchases.rows[order]
    rng = Draws(trade.seed, "orders", block, purchases.quarter)
    who, day = traits.iloc[rows].assign(habit=habit[rows]), trade.clock.day(purchases.weeks)
    number = block * BLOCK * 100 + made + np.arange(1, len(rows) + 1)
    orders = pd.DataFrame({"order_id": _text(f"O{n:08d}" for n in number), "ordered_at": at[order]})
    orders["customer_id"] = _text(f"C{n:05d}" for n in who.index)
    orders["buyer"], orders["quarter"] = rows, purchases.quarter
    orders["promotion"] = _promotion(trade, who, day, rng)
    orders["channel"], orders["payment"] = _channel(trade.parameters, who, rng)
    value = _value(trade.parameters, who, purchases.weeks, rng)
    value = np.where(orders["promotion"], value * trade.parameters.choice.promotion_basket, value)
    lines = _lines(trade, who, orders, value, day, purchases, rng)
    _add_totals(trade.parameters, orders, lines)
    for name in purchases.trouble.dtype.names or ():
        orders[name] = purchases.trouble[name]
    _add_fate(trade.parameters, orders, rng)
    returns = _returns(trade, who, orders, lines, Draws(trade.seed, "returns", block, orders["quarter"].to_numpy()))
    orders["margin"] = orders["gross"] - orders["order_id"].map(loss_by_order(returns)).fillna(0.0)
    return {"orders": orders, "order_lines": lines, "returns": returns}


def loss_by_order(returns: pd.DataFrame) -> pd.Series:
    """¥ lost by what was sent back, by order."""
    return returns.groupby("order_id")["loss"].sum()


def _text(values: Iterable[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")  # stays text in a quarter without orders


def _promotion(trade: Trade, who: pd.DataFrame, day: np.ndarray, rng: Random) -> np.ndarray:
    usual = who["style"].map(trade.parameters.promotion_share).to_numpy(float)
    festival = trade.clock.festival[day] & (who["style"] != "integrated").to_numpy()
    return rng.random(len(who)) < np.where(festival, trade.parameters.festival_promotion, usual)


def _channel(parameters: Parameters, who: pd.DataFrame, rng: Random) -> tuple[np.ndarray, np.ndarray]:
    size, trade_channels, payments = len(who), parameters.order_channels, parameters.payments
    trade = who["kind"].isin(["dealer", "business"]).to_numpy()
    limits = np.cumsum([kind.channels for kind in parameters.choice.behaviours.values()], axis=1)[who["habit"], :-1]
    channel = np.take(ORDER_CHANNELS, (rng.random(size)[:, None] > limits).sum(axis=1))
    of_trade = rng.choice(list(trade_channels), size, p=list(trade_channels.values()))
    channel = np.where(trade, of_trade, channel)
    payment = rng.choice(list(payments), size, p=list(payments.values()))
    return channel, np.where(trade, "invoice", payment)


def _value(parameters: Parameters, who: pd.DataFrame, weeks: np.ndarray, rng: Random) -> np.ndarray:
    """Value in ¥ each order aims at: Gamma-Gamma, times a change of life for those who have one."""
    shape = who["kind"].map({kind: buyer.spend_p for kind, buyer in parameters.buyers.items()}).to_numpy(float)
    factor = who["change"].map(dict(zip(("steady", "rising", "falling"), parameters.change_factor, strict=True)))
    changed = np.where(weeks >= who["change_at"].to_numpy(), factor.to_numpy(float), 1.0)
    return rng.gamma(shape, size=len(who)) / who["nu"].to_numpy() * changed


def _lines(
    trade: Trade,
    who: pd.DataFrame,
    orders: pd.DataFrame,
    value: np.ndarray,
    day: np.ndarray,
    purchases: Purchases,
    rng: Draws,
) -> pd.DataFrame:
    """Products whose usual prices add up to about what each order aims at, charged at the list price of the day."""
    mean = np.array([kind.lines_mean for kind in trade.parameters.choice.behaviours.values()])[who["habit"]]
    count = np.minimum(1 + rng.poisson(mean, len(who)), trade.parameters.most_lines)
    row = np.repeat(np.arange(len(who)), count)
    share = rng.over(purchases.quarter[row]).gamma(trade.parameters.part_shape, size=len(row))
    part = value[row] * share / np.bincount(row, share)[row]
    pick = _picks(trade, who, row, part, day, purchases.quarter, rng)
    discount = who["kind"].map({kind: buyer.price for kind, buyer in trade.parameters.buyers.items()}).to_numpy(float)
    price = trade.daily[day[row], pick] * discount[row]
    promotion = np.where(orders["promotion"], trade.parameters.promotion_price, 1.0)
    price = np.round(price * np.minimum(promotion, 1 - purchases.discount)[row], 2)
    lines = pd.DataFrame(
        {
            "order_id": orders["order_id"].to_numpy()[row],
            "product_id": trade.products["product_id"].to_numpy()[pick],
            "quantity": np.maximum(1, np.round(part / (trade.shelf.usual[pick] * discount[row]))).astype("int64"),
            "unit_price": price,
            "unit_cost": trade.products["unit_cost"].to_numpy()[pick],
            "row": row,
        }
    ).drop_duplicates(["order_id", "product_id"])
    lines["line_no"] = lines.groupby("row").cumcount() + 1
    return lines.reset_index(drop=True)


def _picks(
    trade: Trade,
    who: pd.DataFrame,
    row: np.ndarray,
    part: np.ndarray,
    day: np.ndarray,
    quarter: np.ndarray,
    rng: Draws,
) -> np.ndarray:
    """Column of the product of each line: first of those that open a basket, then of the others."""
    styles = list(trade.parameters.choice.elasticity)
    likes = pd.DataFrame({"behaviour": who["habit"], "style": pd.Index(styles).get_indexer(pd.Index(who["style"]))})
    opens = np.diff(row, prepend=-1) > 0
    pick = np.empty(len(row), int)
    pick[opens] = choose(trade.shelf, likes, part[opens], day, None, rng.over(quarter))
    more = row[~opens]
    others = rng.over(quarter[more])
    pick[~opens] = choose(trade.shelf, likes.iloc[more], part[~opens], day[more], pick[opens][more], others)
    return pick


def _add_totals(parameters: Parameters, orders: pd.DataFrame, lines: pd.DataFrame) -> None:
    revenue = lines["quantity"] * lines["unit_price"]
    gross = lines["quantity"] * (lines["unit_price"] - lines["unit_cost"])
    size = len(orders)
    orders["items"] = np.bincount(lines["row"], lines["quantity"], size).astype("int64")
    orders["revenue"] = np.round(np.bincount(lines["row"], revenue, size), 2)
    picked = np.minimum(orders["items"], parameters.picking_most)
    orders["gross"] = np.round(
        np.bincount(lines["row"], gross, size) - parameters.shipping - parameters.picking * picked, 2
    )


def _add_fate(parameters: Parameters, orders: pd.DataFrame, rng: Draws) -> None:
    on_delivery = (orders["payment"] == "cash_on_delivery").to_numpy()
    chance = np.where(on_delivery, parameters.cancel_on_delivery, parameters.cancel_share)
    cancelled = (rng.random(len(orders)) < chance) & (orders["failure"] < 0).to_numpy()
    waits = _waits(parameters, orders["quarter"].to_numpy(), (orders["failure"] == LATE).to_numpy(), rng)
    days = parameters.way_least + parameters.way_scale * waits
    arrives = (orders["ordered_at"] + pd.to_timedelta(np.round(days * 1440), unit="min")).astype("datetime64[us]")
    orders["status"] = np.where(cancelled, "cancelled", "delivered")
    orders["delivered_at"] = arrives.where(~cancelled)


def _waits(parameters: Parameters, quarter: np.ndarray, late: np.ndarray, rng: Draws) -> np.ndarray:
    """Time on the way ~ Gamma, in units of `way_scale` days; what is late takes longer than promised."""
    shape = parameters.way_shape
    waits = rng.gamma(shape, size=len(late))
    promised = (parameters.contact.tickets.promised_days - parameters.way_least) / parameters.way_scale
    beyond = 1 - special.gammaincc(shape, promised) * rng.over(quarter[late]).random(int(late.sum()))
    waits[late] = special.gammaincinv(shape, np.minimum(beyond, 1 - 1e-9)) + 0.01  # a quarter of an hour at least
    return waits


def _returns(trade: Trade, who: pd.DataFrame, orders: pd.DataFrame, lines: pd.DataFrame, rng: Draws) -> pd.DataFrame:
    row, parameters, size = lines["row"].to_numpy(), trade.parameters, len(lines)
    rng = rng.over(orders["quarter"].to_numpy()[row])
    back = rng.random(size) < who["returns"].to_numpy()[row]
    reason = rng.choice(list(parameters.return_reasons), size, p=list(parameters.return_reasons.values()))
    damaged = (orders["failure"].to_numpy()[row] == DAMAGED) & (lines["line_no"] == 1).to_numpy()
    damaged &= rng.random(size) < parameters.contact.tickets.damaged_back
    back, reason = back | damaged, np.where(damaged, "damaged", reason)
    wait = pd.to_timedelta(np.round(rng.uniform(*parameters.return_days, size) * 1440), unit="min")
    part = rng.uniform(*parameters.return_part, size)
    returned_at = (orders["delivered_at"].to_numpy()[row] + wait).astype("datetime64[us]")
    back &= orders["status"].to_numpy()[row] == "delivered"
    lines = lines.assign(reason=reason, returned_at=returned_at, returned=np.ceil(lines["quantity"] * part))[back]
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
            "row": lines["row"],
        }
    )
