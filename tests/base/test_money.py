"""Money in its own currency and in the language of the edition."""

import pytest

from crm_lab.base._money import money, sign


@pytest.mark.parametrize(
    ("amount", "currency", "decimals", "text"),
    [
        (197403.9, "GBP", None, "£197,403.90"),
        (1234.5, "EUR", None, "€1,234.50"),
        (1234.5, "CNY", 0, "¥1,234"),
        (1234.5, "JPY", None, "¥1,234"),
        (-12.345, "USD", None, "-$12.34"),
        (0.125, "EUR", 3, "€0.125"),
        (1234.5, None, None, "1,234.50"),
        (1234.5, None, 0, "1,234"),
    ],
)
def test_in_english(monkeypatch, amount, currency, decimals, text):
    monkeypatch.delenv("CRM_LAB_LANGUAGE", raising=False)
    assert money(amount, currency, decimals) == text


def test_in_another_edition(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert money(1234.5, "CNY") == "¥1,234.50"


def test_an_edition_that_babel_does_not_know_is_written_as_english(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "xx-nowhere")
    assert money(1234.5, "GBP") == "£1,234.50"


def test_a_currency_without_sign_is_its_code():
    assert sign("CHF") == "CHF"
    assert money(5, "CHF").replace("\u00a0", " ") == "CHF 5.00"
