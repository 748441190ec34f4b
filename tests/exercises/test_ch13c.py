"""Lab 13c on a company small enough to work out by hand. The contract every exercise keeps is tested elsewhere."""

import pandas as pd
import pytest

from crm_lab.data.tables import Tables
from crm_lab.exercises import of

EXERCISES = {exercise.name: exercise for exercise in of("13") if exercise.lab == "13c"}


@pytest.fixture
def company():
    orders = pd.DataFrame({"customer_id": ["C1", "C1", "C2"], "status": ["delivered", "delivered", "cancelled"]})
    customers = pd.DataFrame({"customer_id": ["C1", "C2", "C3", "C4"]})
    return Tables({"customers": customers, "orders": orders}, pd.Timestamp("2026-01-01"))


def test_bought(company):
    assert EXERCISES["bought"].reference(company) == 0.25
