"""Readings and roots: three of each, and the three figures by hand."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.concepts import readings, roots
from crm_lab.concepts._readings import READINGS, ROOTS


def test_three_readings_with_their_chinese() -> None:
    assert readings().index.tolist() == list(READINGS)
    assert readings()["chinese"].tolist() == ["管理理念", "商业策略", "系统与技术"]


def test_roots_by_hand() -> None:
    customers = pd.DataFrame({"customer_id": list("abcd")})
    orders = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "c"],
            "ordered_at": pd.to_datetime(["2025-01-02", "2025-01-01", "2025-01-01", "2025-01-01"]),
            "status": ["delivered", "delivered", "open", "cancelled"],
            "margin": [60.0, 20.0, 20.0, 999.0],
        }
    )
    consents = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "c"],
            "purpose": ["personalisation", "personalisation", "marketing", "personalisation"],
            "recorded_at": pd.to_datetime(["2025-03-01", "2025-01-01", "2025-01-01", "2025-01-01"]),
            "granted": [False, True, True, True],
        }
    )
    figures = roots(customers, orders, consents)["figure"]
    assert figures.index.tolist() == list(ROOTS)
    assert figures.tolist() == [0.5, 0.6, 0.25]
    nobody = roots(customers, orders, consents.iloc[:0].astype({"granted": bool}))
    assert nobody.loc["one_to_one", "figure"] == 0


def test_the_default_company() -> None:
    figures = roots(*(crm_lab.load(name) for name in ("customers", "orders", "consents")))["figure"]
    assert figures["database"] == pytest.approx(0.8, abs=0.1)
    assert figures["relationship"] == pytest.approx(0.85, abs=0.1)
    assert figures["one_to_one"] == pytest.approx(0.45, abs=0.1)
