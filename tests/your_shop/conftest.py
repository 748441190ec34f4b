"""Shops to look at: the French one, and small ones that lack something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from crm_lab.data import Shop, french_shop, read_shop

COLUMNS = {"order_id": "no", "date": "day", "customer_id": "who", "amount": "paid", "product": "sku"}


@pytest.fixture(scope="session")
def french() -> Shop:
    return french_shop()


@pytest.fixture(scope="session")
def shop_of() -> Callable[..., Shop]:
    """A shop of so many orders over so many days: `customers` people take turns, two products an order."""

    def made(orders: int, days: int, customers: int, currency: str | None = "EUR", **columns: Any) -> Shop:
        rng = np.random.default_rng(orders)
        moment = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.linspace(0, days - 1, orders).round(), unit="D")
        lines = pd.DataFrame({"no": np.arange(orders), "day": moment.strftime("%Y-%m-%d")})
        lines["who"] = [f"K{n}" for n in rng.integers(0, customers, orders)]
        lines = lines.loc[np.repeat(lines.index, 2)].reset_index(drop=True)
        lines["paid"] = rng.lognormal(3, 0.5, len(lines)).round(2)
        lines["sku"] = [f"P{n}" for n in rng.integers(0, 6, len(lines))]
        return read_shop(lines, {**COLUMNS, **columns}, currency=currency)

    return made


@pytest.fixture(autouse=True)
def no_open_figures() -> Iterator[None]:
    yield
    assert plt.get_fignums() == []
    plt.close("all")
