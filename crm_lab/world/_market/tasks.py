"""What the account managers are to do, and what customers asked to be told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import BLOCK, stream
from crm_lab.world._market.market_parameters import TaskParameters
from crm_lab.world._market.prices import daily_prices
from crm_lab.world.parameters import TODAY

CLOSING = 18 * 60 + 30  # minutes


def make_reminders(
    parameters: TaskParameters, tables: dict[str, pd.DataFrame], reps: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The account managers' tasks for the customers of one block: each follows from an order, a return, a contract
    or a dealer.

    tables  customers, orders, returns and dealers of the block
    reps    who works in which region
    """
    rng = stream(seed, "reminders", block)
    causes = [
        _call_backs(parameters, tables, rng),
        _return_calls(parameters, tables, rng),
        _contract_reviews(parameters, tables["customers"]),
        _dealer_visits(parameters, tables["dealers"], rng),
    ]
    tasks = pd.concat(causes, ignore_index=True)
    tasks["due_at"] = tasks["due_at"].dt.normalize() + pd.to_timedelta(
        rng.integers(*parameters.due, len(tasks)) * 30, unit="min"
    )
    today = pd.Timestamp(TODAY)
    first, last = today - pd.Timedelta(days=parameters.days), today + pd.Timedelta(days=parameters.ahead)
    seen = tasks["due_at"].between(first, last, inclusive="left") & (tasks["created_at"] < today)
    tasks = tasks[seen].sort_values(["due_at", "customer_id", "task"], ignore_index=True)
    tasks["rep_id"] = _responsible(tasks["customer_id"], tables["customers"], reps)
    done = _done(parameters, tasks["due_at"], rng)
    forgotten = rng.random(len(tasks)) < parameters.forgotten
    tasks["done_at"] = done.where((done < today) & ~forgotten)
    tasks["reminder_id"] = [f"T{n:05d}" for n in block * BLOCK + np.arange(1, len(tasks) + 1)]
    return tasks


def _done(parameters: TaskParameters, due: pd.Series, rng: np.random.Generator) -> pd.Series:
    """When tasks are done: after they are due, on that day or some days later, within office hours."""
    days = np.floor(rng.exponential(parameters.late, len(due)))
    left = CLOSING - (due.dt.hour * 60 + due.dt.minute).to_numpy()
    return due + pd.to_timedelta((days * 1440 + np.floor(left * rng.random(len(due)))).astype("int64"), unit="min")


def _tasks(task: str, customer: pd.Series, created: pd.Series, wait: np.ndarray) -> pd.DataFrame:
    created = pd.to_datetime(created).astype("datetime64[us]")
    due = created + pd.to_timedelta(wait, unit="D").astype("timedelta64[us]")
    return pd.DataFrame({"customer_id": customer, "task": task, "created_at": created, "due_at": due})


def _call_backs(parameters: TaskParameters, tables: dict[str, pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """Ask how it went, some days after delivery, for companies and for large private orders."""
    orders = tables["orders"].merge(tables["customers"][["customer_id", "kind"]], on="customer_id")
    asked = rng.random(len(orders)) < parameters.call_back
    worth = orders["kind"].isin(["business", "dealer"]) | (orders["revenue"] >= parameters.large)
    orders = orders[asked & worth & (orders["status"] == "delivered")]
    return _tasks(
        "call_back",
        orders["customer_id"],
        orders["delivered_at"],
        rng.integers(*parameters.call_back_days, len(orders), endpoint=True),
    )


def _return_calls(
    parameters: TaskParameters, tables: dict[str, pd.DataFrame], rng: np.random.Generator
) -> pd.DataFrame:
    returns = tables["returns"].merge(tables["orders"][["order_id", "customer_id"]], on="order_id")
    returns = returns[rng.random(len(returns)) < parameters.return_call]
    return _tasks(
        "return_call",
        returns["customer_id"],
        returns["returned_at"],
        rng.integers(*parameters.return_call_days, len(returns), endpoint=True),
    )


def _contract_reviews(parameters: TaskParameters, customers: pd.DataFrame) -> pd.DataFrame:
    """Frame contracts are reviewed every year after the account was opened; noted some days before."""
    own = customers[customers["frame_contract"] & customers["account_open"]]
    years = [
        _tasks(
            "contract_review",
            own["customer_id"],
            own["registered_at"] + pd.DateOffset(years=year) - pd.Timedelta(parameters.review_days, "D"),
            np.full(len(own), parameters.review_days),
        )
        for year in (1, 2)
    ]
    return pd.concat(years)


def _dealer_visits(parameters: TaskParameters, dealers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A visit every quarter or so to those who have been dealers for a while; noted some days before."""
    start = pd.Timestamp(TODAY) - pd.Timedelta(days=parameters.days)
    ahead = np.sort(rng.integers(1, parameters.days, (len(dealers), 2)), axis=1)
    visits = []
    for number in range(2):
        noted = start + pd.to_timedelta(ahead[:, number] * 1440 + 600, unit="min")
        old = (noted > dealers["since"] + pd.Timedelta(parameters.visit_after, "D")).to_numpy()
        known = pd.Series(noted)[old]
        visits.append(
            _tasks("dealer_visit", dealers["customer_id"][old], known, np.full(len(known), parameters.visit_days))
        )
    return pd.concat(visits)


def _responsible(customer: pd.Series, customers: pd.DataFrame, reps: pd.DataFrame) -> np.ndarray:
    """The rep of each customer: of those in the customer's region, by the customer's number."""
    region = customers.set_index("customer_id")["region"].reindex(customer)
    team = reps.groupby("region")["rep_id"].agg(list)
    number = customer.str[1:].astype("int64")
    return np.array([team[r][n % len(team[r])] for r, n in zip(region, number, strict=True)], dtype=object)


def make_watches(parameters: TaskParameters, tables: dict[str, pd.DataFrame], seed: int, block: int) -> pd.DataFrame:
    """Watches of the last half year by customers of one block: a price to wait for, or a sold-out product to come back.

    tables  customers of the block; products, prices and stock, whole
    """
    rng = stream(seed, "watches", block)
    watches = pd.concat([_price_watches(parameters, tables, rng), _stock_watches(parameters, tables, rng)])
    watches = watches.sort_values(["asked_on", "customer_id", "product_id", "watch"], ignore_index=True)
    return watches.assign(watch_id=[f"W{n:05d}" for n in block * BLOCK + np.arange(1, len(watches) + 1)])


def _price_watches(
    parameters: TaskParameters, tables: dict[str, pd.DataFrame], rng: np.random.Generator
) -> pd.DataFrame:
    customers, products = tables["customers"], tables["products"]
    size = rng.poisson(parameters.watches * len(customers) / 100)
    days = pd.date_range(end=TODAY, periods=parameters.watch_days + 1, inclusive="left")
    who, what = rng.integers(0, len(customers), size), rng.integers(0, len(products), size)
    day = rng.integers(0, len(days), size)
    price = daily_prices(tables["prices"], products, days)[day, what]
    level = np.maximum(np.floor(price * rng.uniform(*parameters.level, size)), 5) - 0.1
    watches = _watches(customers, who, days[day]).assign(
        product_id=products["product_id"].to_numpy()[what], watch="price", price_level=np.round(level, 2)
    )
    return watches[_known(customers, who, days[day])]


def _stock_watches(
    parameters: TaskParameters, tables: dict[str, pd.DataFrame], rng: np.random.Generator
) -> pd.DataFrame:
    customers, stock = tables["customers"], tables["stock"]
    empty = stock[stock["closing"] == 0]
    size = rng.poisson(parameters.stock_watches * len(customers) / 100) if len(empty) else 0
    who = rng.integers(0, len(customers), size)
    seen = empty.iloc[rng.integers(0, max(len(empty), 1), size)]
    watches = _watches(customers, who, pd.DatetimeIndex(seen["day"])).assign(
        product_id=seen["product_id"].to_numpy(), watch="stock", price_level=np.nan
    )
    return watches[_known(customers, who, pd.DatetimeIndex(seen["day"]))]


def _watches(customers: pd.DataFrame, who: np.ndarray, day: pd.DatetimeIndex) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": customers["customer_id"].to_numpy()[who], "asked_on": day})


def _known(customers: pd.DataFrame, who: np.ndarray, day: pd.DatetimeIndex) -> np.ndarray:
    """Whether the customer had an account on that day, and still visits."""
    since, last = (customers[name].to_numpy()[who] for name in ("registered_at", "last_visit_at"))
    return (since < day.to_numpy()) & (day.to_numpy() <= last)
