"""The self-diagnostic on tables: filter and extend, dates, groups, joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

FIRMS = ("business", "dealer")
OFTEN = 3  # times advice was asked for, from which on it counts as often
YEAR = 2025

# ---- rows and columns


def _silent(t: Tables, kinds: tuple[str, ...] = FIRMS, asked_from: int = OFTEN) -> pd.DataFrame:
    people = t.table("customers")
    chosen = people[people["kind"].isin(kinds) & people["recommend_score"].isna()]
    return _with_column(chosen, asked_from)


def _with_column(chosen: pd.DataFrame, asked_from: int = OFTEN) -> pd.DataFrame:
    table = chosen.assign(asked_often=chosen["advice_contacts"] >= asked_from)
    return table[["customer_id", "region", "asked_often"]]


def _every_firm(t: Tables, answered: bool = False) -> pd.DataFrame:
    people = t.table("customers")
    firms = people[people["kind"].isin(FIRMS)]
    return _with_column(firms[firms["recommend_score"].notna()] if answered else firms)


silent = Exercise(
    name="silent",
    lab="00",
    title=_("Firms that never answered"),
    points=1,
    kind="table",
    key=("customer_id",),
    columns={"region": _("region"), "asked_often": _("whether advice was asked for 3 times or more")},
    sections=("rows", "columns"),
    reference=_silent,
    mistakes=(
        Mistake(
            "every kind",
            lambda t: _silent(t, ("consumer", "business", "dealer", "employee")),
            _("You kept customers of every kind. Two conditions must hold at once: join them with &."),
        ),
        Mistake(
            "one kind",
            lambda t: _silent(t, ("business",)),
            _("You kept one kind only. A dealer is a firm as well; .isin takes a list of kinds."),
        ),
        Mistake(
            "answered as well",
            _every_firm,
            _("You kept firms that did answer, too. Keep those whose recommend_score is missing: .isna()."),
        ),
        Mistake(
            "those who answered",
            lambda t: _every_firm(t, answered=True),
            _("You kept the firms that did answer. .notna() is the opposite of .isna()."),
        ),
        Mistake(
            "more than three",
            lambda t: _silent(t, asked_from=OFTEN + 1),
            _("You took more than 3 times. From 3 times on is >=."),
        ),
    ),
    hints=(
        _("Two conditions choose the rows, a comparison makes the new column, two brackets choose the columns."),
        _(
            'customers["kind"].isin([...]) and customers["recommend_score"].isna() are the conditions; join them '
            "with &."
        ),
        _('Then firms.assign(asked_often=firms["advice_contacts"] >= 3), and the three columns in [[ ]].'),
    ),
    meaning=lambda t, table: _(
        "{n:,} firms have never said whether they would recommend us; {often:,} of them ask for advice often. That is "
        "a list for the telephone: they talk to us already."
    ).format(n=len(table), often=int(table["asked_often"].sum())),
)

# ---- dates


def _weekend_share(t: Tables, first_day: int = 5, column: str = "ordered_at", year: int | None = YEAR) -> float:
    days = t.table("orders")[column].dropna()
    days = days if year is None else days[days.dt.year == year]
    return float((days.dt.day_of_week >= first_day).mean())


def _weekend_orders(t: Tables) -> int:
    days = t.table("orders")["ordered_at"]
    return int(((days.dt.day_of_week >= 5) & (days.dt.year == YEAR)).sum())


weekend = Exercise(
    name="weekend",
    lab="00",
    title=_("Orders at the weekend"),
    points=1,
    kind="number",
    unit=_("share from 0 to 1"),
    sections=("dates",),
    reference=_weekend_share,
    mistakes=(
        Mistake(
            "a count",
            _weekend_orders,
            _("You counted orders. Divide by all orders of that year to get a share."),
        ),
        Mistake(
            "percent",
            lambda t: 100 * _weekend_share(t),
            _("You gave a percentage. The task asks for a share: one half is 0.5, not 50."),
        ),
        Mistake(
            "both years",
            lambda t: _weekend_share(t, year=None),
            _("You took the orders of all years. Keep those of 2025 first; .dt.year gives the year."),
        ),
        Mistake(
            "Sunday only",
            lambda t: _weekend_share(t, first_day=6),
            _("You took Sundays only. Monday is 0, so Saturday is 5."),
        ),
        Mistake(
            "from Friday",
            lambda t: _weekend_share(t, first_day=4),
            _("Your weekend begins on a Friday. Monday is 0, not 1."),
        ),
        Mistake(
            "delivery",
            lambda t: _weekend_share(t, column="delivered_at"),
            _("You looked at the day of delivery. The task asks when orders were placed."),
        ),
        Mistake(
            "working days",
            lambda t: 1 - _weekend_share(t),
            _("That is the share of the working days. Turn the comparison round."),
        ),
    ),
    hints=(
        _("Keep the orders of 2025, then ask of each: is its day a Saturday or a Sunday?"),
        _(".dt.day_of_week counts from Monday = 0. The mean of True and False is a share."),
        _('With year_2025 as those orders: (year_2025["ordered_at"].dt.day_of_week >= 5).mean().'),
    ),
    meaning=lambda t, share: _(
        "{share:.0%} of the orders of {year} came at the weekend; if all days were alike it would be {even:.0%}. "
        "Orders do not stop on a Saturday, and nor do questions: somebody must be there to answer."
    ).format(share=share, year=YEAR, even=2 / 7),
)

# ---- groups


def _sales(t: Tables) -> pd.DataFrame:
    lines = t.table("order_lines")
    lines["sales"] = lines["quantity"] * lines["unit_price"]
    return lines.groupby("product_id").agg(pieces=("quantity", "sum"), sales=("sales", "sum"))


def _sales_with(t: Tables, **changes: pd.Series) -> pd.DataFrame:
    return _sales(t).assign(**changes)


def _prices(t: Tables, figure: str) -> pd.Series:
    return t.table("order_lines").groupby("product_id")["unit_price"].agg(figure)


sales = Exercise(
    name="sales",
    lab="00",
    title=_("Sales of each product"),
    points=1,
    kind="table",
    key=("product_id",),
    columns={"pieces": _("pieces"), "sales": _("¥")},
    sections=("groups", "columns"),
    reference=_sales,
    mistakes=(
        Mistake(
            "lines for pieces",
            lambda t: _sales_with(t, pieces=t.table("order_lines").groupby("product_id").size()),
            _("You counted lines. One line can stand for several pieces: add up quantity."),
        ),
        Mistake(
            "quantity forgotten",
            lambda t: _sales_with(t, sales=_prices(t, "sum")),
            _("You added up the prices. A line with three pieces brings three times its price."),
        ),
        Mistake(
            "mean price",
            lambda t: _sales_with(t, sales=_prices(t, "mean") * _sales(t)["pieces"]),
            _("You took the mean price times all pieces. Prices change: multiply within each line, then add up."),
        ),
    ),
    hints=(
        _("First a new column, quantity times unit_price, then one group for each product."),
        _('groupby("product_id").agg(name=("column", "sum")) makes one column of the result for each name.'),
        _('.agg(pieces=("quantity", "sum"), sales=("sales", "sum")), where sales is the new column of the lines.'),
    ),
    meaning=lambda t, table: _(
        "The best tenth of the products brings {share:.0%} of the sales. Running out of one of them costs more than "
        "anything else in the warehouse."
    ).format(share=table["sales"].nlargest(-(-len(table) // 10)).sum() / table["sales"].sum()),
)

# ---- joins


def _refunds(t: Tables, column: str = "refund", figure: str = "sum") -> pd.Series:
    joined = t.table("returns").merge(t.table("products"), on="product_id")
    return joined.groupby("category")[column].agg(figure).rename("refund")


refunds = Exercise(
    name="refunds",
    lab="00",
    title=_("Refunds of each category"),
    points=1,
    kind="table",
    key=("category",),
    columns={"refund": _("¥")},
    sections=("joins", "groups"),
    reference=_refunds,
    mistakes=(
        Mistake(
            "counted",
            lambda t: _refunds(t, figure="count"),
            _("You counted returns. Add up what was paid back."),
        ),
        Mistake(
            "mean",
            lambda t: _refunds(t, figure="mean"),
            _("That is the mean refund. The task asks for the total of each category."),
        ),
        Mistake(
            "loss",
            lambda t: _refunds(t, "loss"),
            _("You added up loss, which counts handling and resale as well. refund is what the customer got back."),
        ),
        Mistake(
            "list price",
            lambda t: _refunds(t, "list_price"),
            _("You added up list prices. The customer gets back what was paid: the column refund."),
        ),
    ),
    hints=(
        _("The money stands in one table, the category in another. Which column do both have?"),
        _('returns.merge(products, on="product_id") puts the category beside each refund.'),
        _('Then .groupby("category")["refund"].sum().'),
    ),
    meaning=lambda t, refund: _(
        "Most is paid back for {category}: ¥{most:,.0f} of ¥{all:,.0f}. Before anybody blames the goods: how much of "
        "it is sold?"
    ).format(category=refund.idxmax(), most=refund.max(), all=refund.sum()),
)
