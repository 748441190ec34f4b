"""Every figure and widget writes money in the currency of the table at hand, and leaves nothing of it behind."""

import ast

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns

from crm_lab import classify, explore
from crm_lab.base.places import PACKAGE

pytestmark = pytest.mark.usefixtures("no_open_figures")
SIGNS = {"GBP": "£", "EUR": "€", "JPY": "¥", "CHF": "CHF", None: ""}


def orders(currency):
    table = pd.DataFrame(
        {
            "customer_id": [f"K{n % 7}" for n in range(40)],
            "ordered_at": pd.date_range("2025-01-01", periods=40, freq="9D"),
            "revenue": [100.0 * (n % 11 + 1) for n in range(40)],
        }
    )
    if currency != "silent":
        table.attrs["currency"] = currency
    return table


def rfm(currency):
    return classify.rfm(orders(currency), "2026-01-01", value="revenue")


def spent(currency):
    return orders(currency).groupby("customer_id")["revenue"].sum()


def segment_map(currency):
    table = rfm(currency)
    return explore.segment_map(table, classify.segments(classify.rfm_scores(table))).alt


def pyramid(currency):
    return explore.value_pyramid(classify.value_classes(spent(currency)), spent(currency)).alt


def fields(currency):
    now = spent(currency)
    return explore.current_potential_map(now, now * 2, classify.current_potential(now, now * 2)).alt


def whale(currency):
    return explore.whale(spent(currency)).alt


def policies(currency):
    now = spent(currency)
    widget = explore.policy_explorer(now / 2, now, classify.value_classes(now))
    return f"{widget.picture().alt} {widget.summary(widget.outcome)} {widget.controls['fee'].description}"


def scored(currency):
    widget = explore.rfm_explorer(rfm(currency))
    widget.controls["scheme"].value = "fixed"
    parts = [widget.picture().alt, widget.summary(widget.outcome), widget._list.value, widget._meaning.value]
    return " ".join([*parts, widget.controls["monetary"].description])


def own_plot(currency):
    axes = sns.barplot(spent(currency).reset_index(), x="customer_id", y="revenue")
    given = {} if currency == "silent" else {"currency": currency}
    return f"{explore.as_picture(axes, **given).alt} {axes.get_ylabel()} {axes.yaxis.get_major_formatter()(2500)}"


FIGURES = [segment_map, scored, pyramid, fields, policies, whale, own_plot]


@pytest.mark.parametrize("code", SIGNS)
@pytest.mark.parametrize("figure", FIGURES)
def test_money_in_the_currency_of_the_table(figure, code):
    said = figure(code)
    assert SIGNS[code] in said
    assert not [sign for sign in SIGNS.values() if sign not in ("", SIGNS[code]) and sign in said]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_table_that_does_not_say_is_willow_lanes_also_after_one_in_pounds(figure):
    before = figure("silent")
    assert "£" in figure("GBP")
    assert figure("silent") == before
    assert "¥" in before


def test_two_widgets_side_by_side_keep_each_its_own():
    pounds, euros = (explore.rfm_explorer(rfm(code)) for code in ("GBP", "EUR"))
    for widget, sign in ((pounds, "£"), (euros, "€"), (pounds, "£")):
        widget.controls["bins"].value = 7 - widget.controls["bins"].value
        assert sign in widget.summary(widget.outcome)
        assert sign in widget.picture().alt


def test_axes_name_the_currency_and_their_ticks_have_its_sign():
    axes = spent("GBP").plot.bar(ylabel="revenue", rot=0)
    picture = explore.as_picture(axes, currency="GBP")
    assert axes.get_ylabel() == "revenue, £"
    assert axes.yaxis.get_major_formatter()(2500) == "£2.5K"
    assert picture.title.startswith("Revenue: most in")
    plt.close("all")
    axes = spent(None).plot.bar(ylabel="revenue", rot=0)
    explore.as_picture(axes, currency=None)
    assert (axes.get_ylabel(), axes.yaxis.get_major_formatter()(2500)) == ("revenue", "2.5K")


@pytest.mark.parametrize("folder", ["explore", "classify", "lifetime", "your_shop"])
def test_no_sign_of_a_currency_stands_in_the_code(folder):
    found = []
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        blocks = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
        docstrings = {id(block.body[0].value) for block in blocks if isinstance(block.body[0], ast.Expr)}
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        found += [
            (path.name, text.value) for text in texts if id(text) not in docstrings and set(text.value) & set("¥£€$")
        ]
    assert found == []
