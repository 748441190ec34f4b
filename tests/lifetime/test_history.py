"""The table of purchase histories: by hand, and the published one of CDNOW from its purchases."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.lifetime import purchase_history

from . import cdnow


@pytest.fixture
def orders():
    rows = [
        ("B", "2025-12-31 08:00", 10.0),
        ("A", "2025-12-11 23:59", 40.0),
        ("A", "2025-12-04 00:00", 99.0),
        ("A", "2025-12-11 00:01", 20.0),
        ("A", "2025-12-25 12:00", 30.0),
        ("C", "2026-01-01 10:00", 5.0),
    ]
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "revenue"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"]))


def test_by_hand(orders):
    found = purchase_history(orders, "2026-01-01")
    assert found.index.tolist() == ["A", "B", "C"]
    assert found.loc["A"].to_dict() == {"frequency": 2, "recency": 3.0, "T": 4.0, "monetary": 45.0}
    assert found.loc["B", ["frequency", "recency", "T"]].tolist() == [0, 0, pytest.approx(1 / 7)]
    assert found.loc["C", "T"] == 0
    assert found["monetary"].isna().tolist() == [False, True, True]


def test_the_unit_of_time_and_the_amount_are_chosen(orders):
    found = purchase_history(orders.rename(columns={"revenue": "margin"}), "2026-01-01", value="margin", unit_days=1)
    assert found.loc["A", ["recency", "T", "monetary"]].tolist() == [21, 28, 45]


def test_the_published_table_follows_from_the_published_purchases():
    purchases, published = cdnow.transactions(), cdnow.summary()
    until = purchases[purchases["ordered_at"] <= "1997-09-30"]
    found = purchase_history(until, "1997-09-30")
    assert found.index.equals(published.index.rename("customer_id"))
    assert (found["frequency"] == published["x"]).all()
    assert np.abs(found[["recency", "T"]].to_numpy() - published[["t_x", "T"]]).max(axis=None) < 0.006
    assert (found["monetary"].fillna(0) - published["zbar"]).abs().max() < 0.006


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"columns": {"revenue": "paid"}}, "orders has no column 'revenue'"),
        ({"today": "2025-12-31"}, "ordered_at: 1 date is after today, 2025-12-31"),
        ({"unit_days": 0}, "unit_days must be a whole number of at least 1"),
        ({"columns": {"revenue": "ordered_at", "ordered_at": "revenue"}}, "orders, ordered_at must hold dates"),
    ],
)
def test_what_cannot_be_is_named(orders, change, sentence):
    change = {"today": "2026-01-01"} | change
    with pytest.raises(InputError, match=sentence):
        purchase_history(orders.rename(columns=change.pop("columns", {})), **change)
