"""Money in its own currency and in the language of the edition."""

import pandas as pd
import pytest

from crm_lab.base.money import Money, in_money_of, money, money_of


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "¥0", "¥0"),
        (9_999, "¥9,999", "¥9,999"),
        (35_400, "¥35,400", "¥3.54万"),
        (-35_412, "−¥35,400", "−¥3.54万"),
        (999_960, "¥1M", "¥100万"),
        (1_234_567, "¥1.23M", "¥123万"),
        (354_000_000, "¥354M", "¥3.54亿"),
        (float("nan"), "unknown", "未知"),
    ],
)
def test_money(value, english, chinese, monkeypatch):
    assert money(value) == english
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "zh_CN")
    assert money(value) == chinese


@pytest.mark.parametrize(
    ("currency", "said", "tick", "exact"),
    [
        ("GBP", "£197,000", "£197.4K", "£197,403.90"),
        ("EUR", "€197,000", "€197.4K", "€197,403.90"),
        ("JPY", "¥197,000", "¥197.4K", "¥197,404"),
        ("USD", "$197,000", "$197.4K", "$197,403.90"),
        ("CHF", "CHF\xa0197,000", "CHF\xa0197.4K", "CHF\xa0197,403.90"),
        (None, "197,000", "197.4K", "197,403.90"),
    ],
)
def test_an_amount_in_its_own_currency(currency, said, tick, exact):
    write = Money(currency)
    assert (write(197_403.9), write.short(197_403.9), write.exact(197_403.9)) == (said, tick, exact)


@pytest.mark.parametrize(("value", "text"), [(-12.345, "−$12.35"), (-0.001, "$0.00"), (0.0, "$0.00")])
def test_exact_amounts_below_0(value, text):
    assert Money("USD").exact(value - 1e-9 if value < -1 else value) == text


def test_decimals_can_be_asked_for():
    assert (money.exact(1234.5, 0), Money("EUR").exact(0.125, 3), Money(None).exact(1234.5, 0)) == (
        "¥1,234",
        "€0.125",
        "1,234",
    )


def test_in_the_chinese_edition(chinese):
    assert [Money(code)(35_400) for code in ("CNY", "GBP", "USD", "JPY")] == [
        "¥3.54万",
        "£3.54万",
        "US$3.54万",
        "¥3.54万",
    ]
    assert money.exact(1234.5) == "¥1,234.50"


def test_an_edition_that_babel_does_not_know_is_written_as_english(monkeypatch):
    monkeypatch.setenv("CRM_LAB_LANGUAGE", "xx-nowhere")
    assert Money("GBP").exact(1234.5) == "£1,234.50"


@pytest.mark.parametrize(
    "derived",
    [
        lambda orders: orders[orders["revenue"] > 1],
        lambda orders: orders.groupby("customer_id")["revenue"].sum(),
        lambda orders: orders.sort_values("revenue").set_index("customer_id")["revenue"],
        lambda orders: pd.concat([orders, orders])["revenue"].cumsum(),
    ],
)
def test_the_currency_travels_with_a_table(derived):
    orders = pd.DataFrame({"customer_id": ["C1", "C2"], "revenue": [9.0, 1.0]})
    orders.attrs["currency"] = "EUR"
    assert money_of(derived(orders)) == Money("EUR")


def test_the_first_table_with_a_currency_decides_and_none_means_unknown():
    euros, unknown, silent = (pd.Series([1.0]) for _ in range(3))
    euros.attrs["currency"], unknown.attrs["currency"] = "EUR", None
    assert money_of(silent, euros, unknown) == Money("EUR")
    assert money_of(unknown)(5) == "5"
    assert money_of(silent, None) == money
    assert in_money_of(silent, None, unknown, euros).attrs == {"currency": None}
