"""The default company's RFM table and orders, read once; and pyplot without figures of other tests."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import crm_lab
from crm_lab import classify

TODAY = pd.Timestamp("2026-01-01")


@pytest.fixture(scope="session")
def delivered() -> pd.DataFrame:
    orders = crm_lab.load("orders")
    return orders[orders["status"] == "delivered"]


@pytest.fixture(scope="session")
def rfm(delivered: pd.DataFrame) -> pd.DataFrame:
    return classify.rfm(delivered, TODAY)


@pytest.fixture(scope="session")
def profit(rfm: pd.DataFrame) -> pd.Series:
    return rfm["monetary"]


@pytest.fixture
def no_open_figures() -> Iterator[None]:
    plt.close("all")
    yield
    plt.close("all")
