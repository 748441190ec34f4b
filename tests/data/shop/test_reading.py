"""One test for each kind of dirt, the real French shop to the penny, and books that always balance."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.base.places import resource
from crm_lab.data._shop import FRANCE, french_shop, read_shop

OURS = ("order_id", "date", "customer_id", "quantity", "price", "product")
COLUMNS = {name: name for name in OURS}
NO_PRODUCT = {name: name for name in OURS[:-1]}

# Ann buys twice, Bob once.
CLEAN = [
    ("101", "2024-05-01", "Ann", 2, 5.0, "A100"),
    ("101", "2024-05-01", "Ann", 1, 8.0, "B200"),
    ("102", "2024-05-03", "Bob", 3, 5.0, "A100"),
    ("103", "2024-05-20", "Ann", 1, 8.0, "B200"),
]


def shop_of(*more, columns=COLUMNS, first=CLEAN):
    return read_shop(pd.DataFrame([*first, *more], columns=list(OURS)), columns)


def order(shop, number):
    return shop.orders.set_index("order_id").loc[number, ["items", "revenue", "status"]].tolist()


def problems(shop):
    return dict(zip(shop.problems["problem"], shop.problems["rows"], strict=True))


def balanced(shop, rows):
    """Whether every line is somewhere and the orders' money is that of the lines."""
    lines = shop.order_lines
    trade = lines[(lines["kind"] != "fee") & lines["customer_id"].notna()]
    delivered = shop.orders.loc[shop.orders["status"] == "delivered", "revenue"]
    tolerance = 1e-12 * lines["revenue"].abs().sum() + 0.001
    return (
        len(lines) + len(shop.left_out) == rows
        and abs(trade["revenue"].sum() - shop.orders["revenue"].sum()) < tolerance
        and abs(shop.customers["revenue"].sum() - delivered.sum()) < tolerance
        and shop.customers["orders"].sum() == len(delivered)
    )


def test_a_clean_shop():
    shop = shop_of()
    assert shop.problems.empty
    assert shop.problems.columns.tolist() == ["problem", "rows", "action"]
    assert shop.orders["order_id"].tolist() == ["101", "102", "103"]
    assert shop.orders["revenue"].tolist() == [18.0, 15.0, 8.0]
    assert shop.orders["items"].tolist() == [3, 3, 1]
    assert set(shop.orders["status"]) == {"delivered"}
    assert shop.customers["customer_id"].tolist() == ["Ann", "Bob"]
    assert shop.customers["orders"].tolist() == [2, 1]
    assert shop.customers["revenue"].tolist() == [26.0, 15.0]
    assert shop.customers["last_order_at"].tolist() == [pd.Timestamp("2024-05-20"), pd.Timestamp("2024-05-03")]
    assert shop.order_lines["line_no"].tolist() == [1, 2, 1, 1]
    assert shop.today == pd.Timestamp("2024-05-21")
    assert balanced(shop, 4)


def test_today_is_midnight_after_the_last_line():
    assert shop_of(("104", "2024-05-20 23:59", "Bob", 1, 5.0, "A100")).today == pd.Timestamp("2024-05-21")


def test_a_shop_cannot_be_changed_and_shows_itself():
    shop = shop_of()
    assert repr(shop) == "Shop: 3 orders of 2 customers, 2024-05-01 to 2024-05-20"
    with pytest.raises(dataclasses.FrozenInstanceError):
        shop.today = None


def test_a_frame_given_is_left_as_it_was():
    frame = pd.DataFrame([*CLEAN, ("C104", None, "Ann", -1, "8,00", "B200")], columns=list(OURS), index=[9] * 5)
    before = frame.copy(deep=True)
    read_shop(frame, COLUMNS)
    pd.testing.assert_frame_equal(frame, before)


def test_a_cancellation_is_taken_off_the_order_it_undoes():
    shop = shop_of(("C104", "2024-05-21", "Ann", -1, 8.0, "B200"))
    assert order(shop, "103") == [0, 0.0, "cancelled"]  # the later of the two orders with B200
    assert order(shop, "101") == [3, 18.0, "delivered"]
    assert order(shop, "C104") == [0, 0.0, "cancelled"]
    assert shop.customers.set_index("customer_id").loc["Ann", ["orders", "revenue"]].tolist() == [1, 18.0]
    assert balanced(shop, 5)


def test_it_reaches_back_over_several_orders():
    shop = shop_of(("C104", "2024-05-21", "Ann", -2, 8.0, "B200"))
    assert order(shop, "103") == [0, 0.0, "cancelled"]
    assert order(shop, "101") == [2, 10.0, "delivered"]
    assert balanced(shop, 5)


def test_it_does_not_reach_an_order_placed_later():
    shop = shop_of(("C104", "2024-05-10", "Ann", -1, 8.0, "B200"))
    assert order(shop, "103") == [1, 8.0, "delivered"]
    assert order(shop, "101") == [2, 10.0, "delivered"]


def test_a_negative_quantity_in_the_same_order():
    shop = shop_of(("102", "2024-05-03", "Bob", -1, 5.0, "A100"))
    assert order(shop, "102") == [2, 10.0, "delivered"]
    assert balanced(shop, 5)


def test_without_products_the_price_tells_what_came_back():
    shop = shop_of(("C104", "2024-05-21", "Ann", -1, 8.0, "B200"), columns=NO_PRODUCT)
    assert order(shop, "103") == [0, 0.0, "cancelled"]
    assert balanced(shop, 5)


def test_a_credit_beyond_what_was_bought_stays_as_negative_revenue():
    shop = shop_of(("C104", "2024-05-21", "Bob", -5, 5.0, "A100"))
    assert order(shop, "102") == [0, 0.0, "cancelled"]
    assert order(shop, "C104") == [0, -10.0, "cancelled"]
    assert problems(shop)["Credit for more than was bought before"] == 1
    assert shop.customers.set_index("customer_id").loc["Bob"].isna().tolist() == [True, True, False, False]
    assert balanced(shop, 5)


def test_money_given_back_at_another_price_balances():
    shop = shop_of(("C104", "2024-05-21", "Bob", -1, 3.0, "A100"))
    assert order(shop, "102") == [2, 10.0, "delivered"]
    assert order(shop, "C104") == [0, 2.0, "cancelled"]
    assert balanced(shop, 5)


def test_a_cancellation_with_a_positive_quantity():
    shop = shop_of(("C104", "2024-05-21", "Ann", 1, 8.0, "B200"))
    assert order(shop, "103") == [0, 0.0, "cancelled"]
    assert problems(shop)["Cancellation with a positive quantity"] == 1


def test_a_shop_whose_order_numbers_all_begin_with_c():
    lines = [("C" + number, *rest) for number, *rest in CLEAN]
    assert shop_of(first=lines).orders["revenue"].tolist() == [18.0, 15.0, 8.0]


def test_a_negative_price_is_money_given_back():
    shop = shop_of(("104", "2024-05-21", "Ann", 1, -8.0, "B200"))
    assert order(shop, "103") == [0, 0.0, "cancelled"]
    assert shop.order_lines["quantity"].tolist()[-1] == -1
    assert balanced(shop, 5)


@pytest.mark.parametrize(
    ("line", "reason", "cell"),
    [
        ((None, None, None, None, None, None), "Blank line", ""),
        (("", " ", "", "", "nan", ""), "Blank line", ""),
        ((None, "2024-05-04", "Ann", 1, 8.0, "B200"), "No order number", ""),
        (("104", "31/02/2024", "Ann", 1, 8.0, "B200"), "No date that can be read", ": '31/02/2024'"),
        (("104", "2024-05-04", "Ann", "some", 8.0, "B200"), "Quantity is not a number", ": 'some'"),
        (("104", "2024-05-04", "Ann", 1, "free", "B200"), "Price is not a number", ": 'free'"),
        (("104", "2024-05-04", "Ann", 0, 8.0, "B200"), "Quantity 0", ": '0'"),
        (("104", "2024-05-04", "Ann", 1, 0.0, "B200"), "Price 0: a gift, a sample or a correction", ": '0.0'"),
        (("104", "2024-05-04", "Ann", -1, -8.0, "B200"), "Quantity and price both negative", ": '-1'"),
        (OURS, "No date that can be read", ": 'date'"),
        (CLEAN[1], "Line that stands there twice", ": 'B200'"),
    ],
)
def test_a_line_that_cannot_be_used_is_left_out_and_told(line, reason, cell):
    shop = shop_of(line)
    assert problems(shop) == {reason: 1}
    assert shop.problems["action"].tolist() == [f"left out; the first is row 5{cell}"]
    assert shop.left_out[["row", "problem"]].to_numpy().tolist() == [[5, reason]]
    assert shop.orders["revenue"].sum() == 41.0
    assert balanced(shop, 5)


def test_lines_are_only_equal_in_all_their_cells():
    frame = pd.DataFrame([*CLEAN, CLEAN[1]], columns=list(OURS)).assign(note=["", "red", "", "", "blue"])
    assert read_shop(frame, COLUMNS).orders["revenue"].sum() == 49.0


def test_equal_lines_stay_where_no_product_could_tell_them_apart():
    frame = pd.DataFrame([*CLEAN, CLEAN[1]], columns=list(OURS))[list(NO_PRODUCT)]
    shop = read_shop(frame, NO_PRODUCT)
    assert shop.orders["revenue"].sum() == 49.0
    assert problems(shop) == {"Lines that stand there twice": 1}


@pytest.mark.parametrize("missing", [None, np.nan, "", " ", "NULL", "nan"])
def test_a_sale_without_customer_stays_in_the_lines_only(missing):
    shop = shop_of(("104", "2024-05-21", missing, 1, 5.0, "A100"), ("C105", "2024-05-22", missing, -1, 5.0, "A100"))
    assert shop.orders["order_id"].tolist() == ["101", "102", "103"]
    assert shop.customers["customer_id"].tolist() == ["Ann", "Bob"]
    assert shop.order_lines["customer_id"].isna().sum() == 2
    assert shop.order_lines["returned"].sum() == 0  # who is unknown cannot be known to give back their own
    assert problems(shop)["No customer"] == 2
    assert balanced(shop, 6)


def test_a_line_without_customer_joins_its_order():
    shop = shop_of(("102", "2024-05-03", None, 1, 8.0, "B200"))
    assert order(shop, "102") == [4, 23.0, "delivered"]
    assert problems(shop) == {"Line without customer in a known customer's order": 1}


def test_an_order_of_two_customers_goes_to_the_first():
    shop = shop_of(("102", "2024-05-03", "Ann", 1, 8.0, "B200"))
    assert shop.orders["customer_id"].tolist() == ["Ann", "Bob", "Ann"]
    assert problems(shop) == {"Order with a second customer": 1}


def test_an_order_of_two_moments_was_placed_at_the_earliest():
    shop = shop_of(("102", "2024-05-02 10:00", "Bob", 1, 8.0, "B200"))
    assert shop.orders["ordered_at"].tolist()[1] == pd.Timestamp("2024-05-02 10:00")
    assert problems(shop) == {"Order with a second date or time": 1}


@pytest.mark.parametrize("code", ["POST", "Postage", "bank charges", "DOTCOM POSTAGE", "运费"])
def test_postage_and_fees_are_no_purchase(code):
    shop = shop_of(("102", "2024-05-03", "Bob", 1, 18.0, code), ("104", "2024-05-21", "Bob", 1, 18.0, code))
    assert order(shop, "102") == [3, 15.0, "delivered"]
    assert shop.orders["order_id"].tolist() == ["101", "102", "103"]
    assert shop.order_lines["kind"].tolist() == ["goods"] * 4 + ["fee"] * 2
    assert problems(shop) == {"Postage, fees and manual entries": 2}
    assert balanced(shop, 6)


@pytest.mark.parametrize("code", ["M", "C2", "D", "CRUK"])
def test_a_name_among_codes_is_no_product(code):
    more = [("104", "2024-05-21", "Bob", 1, 1.0, f"{n}77") for n in range(10, 20)]
    shop = shop_of(*more, ("104", "2024-05-21", "Bob", 1, 9.0, code))
    assert order(shop, "104") == [10, 10.0, "delivered"]


def test_products_called_by_name_are_no_fees():
    lines = [(*line[:5], {"A100": "Blue mug", "B200": "M"}[line[5]]) for line in CLEAN]
    assert shop_of(first=lines).orders["revenue"].sum() == 41.0


def test_numbers_that_a_spreadsheet_turned_to_floats():
    lines = [(float(number), day, 12583.0, *rest) for number, day, _, *rest in CLEAN]
    shop = shop_of(("104", "2024-05-21", "12583", 1, 5.0, "A100"), first=lines)
    assert shop.customers["customer_id"].tolist() == ["12583"]
    assert shop.orders["order_id"].tolist() == ["101", "102", "103", "104"]


def test_parts_of_a_unit_stay_parts():
    shop = shop_of(("104", "2024-05-21", "Ann", 0.25, 8.0, "B200"))
    assert order(shop, "104") == [0.25, 2.0, "delivered"]


def test_a_european_export_from_disk(tmp_path):
    path = tmp_path / "bestellungen.csv"
    path.write_bytes(
        "Bestellung;Datum;Kundin;Menge;Einzelpreis;Artikel\n"
        "1;31.05.2024 18:05;Müller;2;1.234,50 €;A100\n"
        "2;01.06.2024 09:00;Zoë;1;9,90 €;B200\n".encode("cp1252")
    )
    names = ["Bestellung", "Datum", "Kundin", "Menge", "Einzelpreis", "Artikel"]
    shop = read_shop(path, dict(zip(OURS, names, strict=True)))
    assert shop.orders["revenue"].tolist() == [2469.0, 9.9]
    assert shop.customers["customer_id"].tolist() == ["Müller", "Zoë"]
    assert shop.today == pd.Timestamp("2024-06-02")
    assert list(problems(shop)) == [
        "The file is not UTF-8",
        "Datum gives day and month as numbers",
        "Einzelpreis is written with a decimal comma",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [("1", "soon", "Ann", 1, 1.0, "A100")] * 2,
        [("1", "2024-05-01", "Ann", -1, 1.0, "A100")],
        [("1", "2024-05-01", "Ann", 1, 1.0, "POST")],
    ],
)
def test_a_shop_without_any_purchase_is_refused(lines):
    with pytest.raises(InputError, match=r"holds no purchase: .*eason: .* \(\d\)\.$"):
        shop_of(first=lines)


# The real shop. The figures are those of the file itself, counted by hand from its columns.


@pytest.fixture(scope="module")
def france():
    return french_shop()


@pytest.fixture(scope="module")
def cells():
    return pd.read_csv(resource("datasets") / "real" / "online_retail_france.csv", dtype={"CustomerID": "str"})


def test_the_file_is_the_one_described(cells):
    assert len(cells) == 8557
    assert cells["InvoiceNo"].nunique() == 461
    assert cells["CustomerID"].nunique() == 87
    assert round((cells["Quantity"] * cells["UnitPrice"]).sum(), 2) == 197_403.90


def test_every_line_and_penny_of_it_is_accounted_for(france, cells):
    assert balanced(france, 8557)
    out = cells.loc[france.left_out["row"] - 1]
    left_out = (out["Quantity"] * out["UnitPrice"]).sum()
    assert round(france.order_lines["revenue"].sum() + left_out, 2) == 197_403.90
    by_kind = france.order_lines.groupby("kind")["revenue"].agg(["size", "sum"]).round(2)
    assert by_kind.loc["goods"].tolist() == [8100, 184_582.74]  # 15 lines of 89.74 equal another
    assert by_kind.loc["credit"].tolist() == [134, -2_419.35]  # and one of -2.95
    assert by_kind.loc["fee"].tolist() == [322, 15_240.51]
    assert (len(out), round(left_out, 2)) == (1, 0.0)


def test_its_problems(france):
    assert problems(france) == {
        "InvoiceDate gives day and month as numbers": 8194,
        "Lines that stand there twice": 16,
        "Price 0: a gift, a sample or a correction": 1,
        "Postage, fees and manual entries": 322,
        "Credit: goods given back or cancelled": 134,
        "Credit for more than was bought before": 10,
        "Order with a second date or time": 45,
        "No customer": 66,
    }
    action = france.problems.set_index("problem")["action"]
    assert "month, day, year" in action["InvoiceDate gives day and month as numbers"]
    assert "C2, M, POST" in action["Postage, fees and manual entries"]
    assert "3 orders" in action["No customer"]


def test_its_customers_and_its_days(france, cells):
    named = cells.dropna(subset=["CustomerID"])
    assert france.customers["customer_id"].tolist() == sorted(named["CustomerID"].unique())
    assert france.today == pd.Timestamp("2011-12-10")
    assert france.orders["ordered_at"].min() == pd.Timestamp("2010-12-01 08:45")


def test_an_order_counted_by_hand(france, cells):
    lines = cells[(cells["InvoiceNo"] == "536370") & (cells["StockCode"] != "POST")]
    total = round((lines["Quantity"] * lines["UnitPrice"]).sum(), 2)
    assert total == 801.86  # 855.86 with 54.00 postage
    assert order(france, "536370") == [lines["Quantity"].sum(), total, "delivered"]


def test_goods_that_came_back_are_off_their_order(france):
    lines = france.order_lines
    back = lines[(lines["order_id"] == "C579192") & (lines["product"] == "22423")]
    assert back["revenue"].tolist() == [-127.50]
    bought = lines[(lines["customer_id"] == back["customer_id"].iloc[0]) & (lines["product"] == "22423")]
    assert (
        bought.loc[bought["kind"] == "goods", "returned"].sum() == -bought.loc[bought["quantity"] < 0, "quantity"].sum()
    )


def test_the_mapping_of_the_real_shop_is_the_one_shown():
    assert set(FRANCE) == set(OURS)


# Whatever a file holds: a shop whose books balance, or one InputError.

_WILD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=6),
    st.dates(),
    st.lists(st.integers(), max_size=2),
)
_CELLS = {
    "order_id": st.one_of(st.sampled_from(["1", "2", "3", "C4", "c5", 6, 6.0, "", None]), _WILD),
    "date": st.one_of(
        st.sampled_from(["2024-05-01", "1/2/2024", "13/2/2024", "2/13/24 8:45 PM", "1 May 2024", "40513.5", ""]),
        st.datetimes(),
        _WILD,
    ),
    "customer_id": st.one_of(st.sampled_from(["Ann", "Bob", 12583.0, "12583", None, ""]), _WILD),
    "quantity": st.one_of(st.integers(-5, 5), st.sampled_from(["1", "2,5", "-3", "(2)", "1.000"]), _WILD),
    "price": st.one_of(st.sampled_from([1.0, 2.5, 0.005, -3, "4,99 €", "1.234,50", "£2", 0]), _WILD),
    "product": st.one_of(st.sampled_from(["A100", "B200", "22728", "POST", "M", None]), _WILD),
}
_USUAL = st.tuples(
    st.sampled_from(["1", "2", "3", "C4", "5", "C6"]),
    st.sampled_from(["2024-05-01", "2024-05-02", "2024-06-01"]),
    st.sampled_from(["Ann", "Bob", None]),
    st.integers(-4, 9),
    st.sampled_from([0.333, 1.0, 2.5, 4.99]),
    st.sampled_from(["A100", "B200", "POST"]),
)
_LINES = st.lists(st.one_of(st.tuples(*_CELLS.values()), _USUAL), min_size=1, max_size=25)


@settings(deadline=None, max_examples=60)
@given(_LINES, st.booleans())
def test_whatever_the_file_holds_its_books_balance(rows, with_product):
    frame = pd.DataFrame(rows, columns=list(OURS), dtype=object)
    before = frame.copy(deep=True)
    try:
        shop = read_shop(frame, COLUMNS if with_product else NO_PRODUCT)
    except InputError:  # no purchase among them
        pass
    else:
        assert balanced(shop, len(rows))
        left = shop.problems[shop.problems["action"].str.startswith("left out")]
        assert left["rows"].sum() == len(shop.left_out)
        goods = shop.order_lines[shop.order_lines["kind"] == "goods"]
        assert goods["returned"].between(0, goods["quantity"]).all()
        assert shop.orders["customer_id"].notna().all()
        assert shop.orders["order_id"].is_unique
        assert (shop.orders["ordered_at"] < shop.today).all()
    pd.testing.assert_frame_equal(frame, before)


@settings(deadline=None, max_examples=60)
@given(_LINES)
def test_a_frame_and_its_file_give_the_same_shop(tmp_path_factory, rows):
    frame = pd.DataFrame([row for row in rows if isinstance(row[3], int)], columns=list(OURS), dtype=object)
    usual = frame[
        frame["order_id"].isin(["1", "2", "3", "C4", "5", "C6"]) & frame["price"].isin([0.333, 1.0, 2.5, 4.99])
    ]
    path = tmp_path_factory.mktemp("csv") / "shop.csv"
    usual.to_csv(path, index=False)
    try:
        shop = read_shop(usual, COLUMNS)
    except InputError:
        return
    pd.testing.assert_frame_equal(read_shop(path, COLUMNS).orders, shop.orders)
