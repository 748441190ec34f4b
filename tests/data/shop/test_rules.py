"""Rules of reading that the kinds of files do not show by themselves: refusals, what is asked for, what is told."""

import json
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.data import read_shop
from crm_lab.data._shop import _progress
from crm_lab.data._shop._columns import guess, recognised
from crm_lab.data._shop._encoding import guess_encoding
from crm_lab.data._shop._numbers import read_numbers
from crm_lab.data._shop._progress import Progress
from crm_lab.data._shop._status import counts
from crm_lab.data._shop._texts import plain, words
from tests.data.shop.order_files import COLUMNS, NAMES, rows

FRAME = pd.DataFrame(rows(), columns=NAMES)


def told(shop):
    return dict(zip(shop.problems["problem"], shop.problems["action"], strict=True))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"header": -1}, "header is -1"),
        ({"header": True}, "header is True"),
        ({"currency": "pounds"}, "currency is 'pounds'"),
        ({"currency": 5}, "currency is 5"),
        ({"decimal": ";"}, "Unknown decimal ';'"),
        ({"status": 5}, "status is 5"),
        ({"status": ["paid"]}, "columns has no status"),
        ({"fees": 5}, "fees is 5"),
    ],
)
def test_a_wrong_argument_is_refused(more, words):
    with pytest.raises(InputError, match=words):
        read_shop(FRAME, COLUMNS, **more)


def test_an_encoding_or_a_line_that_is_not_there(tmp_path):
    path = tmp_path / "orders.csv"
    FRAME.to_csv(path, index=False)
    with pytest.raises(InputError, match="encoding is 'klingon'"):
        read_shop(path, COLUMNS, encoding="klingon")
    with pytest.raises(InputError, match="no line 900"):
        read_shop(path, COLUMNS, header=900)


def test_a_status_that_the_file_does_not_hold_names_those_it_holds():
    frame = FRAME.assign(st=["paid"] * 5 + ["open"])
    with pytest.raises(InputError, match=r"'shipped', which column 'st' does not hold. Its values are: paid, open"):
        read_shop(frame, {**COLUMNS, "status": "st"}, status=["paid", "shipped"])


def test_what_is_mapped_to_none_is_not_used():
    frame = FRAME.assign(Status=["paid"] * 5 + ["cancelled"])
    assert read_shop(frame, COLUMNS).orders["order_id"].tolist() == ["1001", "1002", "1003"]
    assert len(read_shop(frame, {**COLUMNS, "status": None}).orders) == 4


def test_a_guess_to_confirm_reads_the_file():
    with pytest.raises(InputError, match="guess to confirm: columns") as caught:
        read_shop(FRAME)
    assert str(guess(list(FRAME))) in str(caught.value)
    assert read_shop(FRAME, guess(list(FRAME))).orders["revenue"].sum() == 3878.49


def test_columns_are_told_where_they_were_recognised():
    frame = pd.DataFrame(
        [["536365", "85123A", 6, "12/1/2010 8:26", 2.55, 17850]],
        columns=["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
    )
    shop = read_shop(frame)
    assert "order_id = InvoiceNo" in told(shop)["Recognised as an export of Online Retail"]
    assert shop.currency == "GBP"


@pytest.mark.parametrize("export", words("exports")["export"], ids=lambda export: export["name"])
def test_each_known_export_is_recognised_by_its_own_columns(export):
    listed = [name for names in export["columns"].values() for name in ([names] if isinstance(names, str) else names)]
    found = recognised([*export["needs"], *listed])
    assert found["name"] == export["name"]
    assert {"date", "customer_id"} <= set(found["columns"])
    assert {"price", "amount", "total"} & set(found["columns"])
    assert recognised(export["needs"][1:]) is None or recognised(export["needs"][1:])["name"] != export["name"]


@pytest.mark.parametrize("kind", ["counts", "not"])
def test_every_known_status_means_what_it_is_listed_under(kind):
    both = {plain(word) for word in words()["status"]["counts"]} & {plain(word) for word in words()["status"]["not"]}
    assert both == set()
    assert {counts(word) for word in words()["status"][kind]} == {kind == "counts"}


@pytest.mark.parametrize(
    ("amounts", "column", "code"),
    [
        (["€ 12,50", "3,00 €"], "price", "EUR"),
        (["12.50", "3.00"], "Price (GBP)", "GBP"),
        (["US $12.50", "$3.00"], "price", "USD"),
        (["¥12.50", "¥3.00"], "金额", "CNY"),
        (["12.50", "3.00"], "price", None),
    ],
)
def test_the_currency_of_a_shop(amounts, column, code):
    frame = pd.DataFrame({"day": "2024-05-01", "who": ["ann", "bob"], column: amounts})
    assert read_shop(frame, {"date": "day", "customer_id": "who", "amount": column}).currency == code


def test_a_sign_of_several_currencies_is_told():
    frame = FRAME.assign(price="$" + FRAME["price"])
    assert "taken for USD" in told(read_shop(frame, COLUMNS))["The sign $ stands for several currencies"]
    shop = read_shop(frame, COLUMNS, currency="AUD")
    assert shop.currency == "AUD"
    assert len(shop.orders) == 4


def test_a_shop_is_saved_as_files_that_can_be_read(tmp_path):
    shop = read_shop(FRAME, COLUMNS, currency="EUR")
    files = shop.save(tmp_path / "mine")
    assert sorted(path.name for path in files) == [
        "about.json",
        "customers.csv",
        "left_out.csv",
        "order_lines.csv",
        "orders.csv",
        "problems.csv",
    ]
    orders = pd.read_csv(tmp_path / "mine" / "orders.csv", dtype={"order_id": "str"}, parse_dates=["ordered_at"])
    pd.testing.assert_frame_equal(orders, shop.orders, check_dtype=False)
    assert json.loads((tmp_path / "mine" / "about.json").read_text()) == {"today": "2024-05-29", "currency": "EUR"}


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "mine").write_text("a file")
    with pytest.raises(InputError, match="cannot be written"):
        read_shop(FRAME, COLUMNS).save(tmp_path / "mine")


def test_several_files_name_theirs_in_what_was_left_out(tmp_path):
    for name, part in (("a.csv", FRAME[:3]), ("b.csv", FRAME[2:])):
        part.to_csv(tmp_path / name, index=False)
    shop = read_shop([tmp_path / "a.csv", tmp_path / "b.csv"], COLUMNS)
    assert shop.left_out[["file", "row"]].to_numpy().tolist() == [["a.csv", 3]]
    assert shop.orders["revenue"].sum() == 3878.49


@pytest.mark.parametrize("names", [("old.csv", "new.csv"), ("new.csv", "old.csv")])
def test_the_newer_file_knows_what_became_of_an_order(tmp_path, names):
    frame = FRAME.assign(Status="paid")
    frame[:4].to_csv(tmp_path / "old.csv", index=False)
    frame[2:].assign(Status=["refunded", *["paid"] * 3]).to_csv(tmp_path / "new.csv", index=False)
    shop = read_shop([tmp_path / name for name in names], COLUMNS)
    assert sorted(shop.orders["order_id"]) == ["1001", "1003", "1004"]  # 1002 was refunded since


def test_running_numbers_without_a_name_are_no_column(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("order,date,email,sku,qty,price\n" + FRAME.set_axis(range(1, 7)).to_csv(header=False))
    assert read_shop(path, COLUMNS).orders["revenue"].sum() == 3878.49
    path.write_text("order,date,email,sku,qty,price\n1,2024-05-01,ann,A,1,12,50\n2,2024-05-02,bob,B,1,9,90\n")
    with pytest.raises(InputError, match="more cells in most of its lines"):
        read_shop(path, COLUMNS)


def test_a_refusal_of_all_lines_shows_one():
    with pytest.raises(InputError, match=r"as in row 1: 'the first of May'\. Mend the file or map another column"):
        read_shop(FRAME.assign(date="the first of May"), COLUMNS)


def test_postage_within_a_total_is_told_unless_it_is_mapped():
    names = ["order_id", "order_number", "order_date", "status", "shipping_total", "order_total", "customer_email"]
    frame = pd.DataFrame([["1", "101", "2024-05-01", "completed", "4.90", "24.90", "ann@example.com"]], columns=names)
    mapping = {
        "order_id": "order_number",
        "date": "order_date",
        "customer_id": "customer_email",
        "total": "order_total",
    }
    shop = read_shop(frame, mapping)
    assert shop.orders["revenue"].tolist() == [24.9]
    assert "map it as shipping" in told(shop)["Postage in column shipping_total"]
    assert read_shop(frame, {**mapping, "shipping": "shipping_total"}).orders["revenue"].tolist() == [20.0]
    assert "Postage in column shipping_total" not in told(read_shop(frame, {**mapping, "shipping": None}))


def test_a_total_on_the_first_line_counts_all_lines_as_pieces():
    frame = FRAME.assign(all=["1259.50", "", "37.50", "112.49", "", "2469.00"])[["order", "date", "email", "all"]]
    shop = read_shop(frame, {"order_id": "order", "date": "date", "customer_id": "email", "total": "all"})
    assert shop.orders["items"].tolist() == [2, 1, 2, 1]
    assert shop.orders["revenue"].tolist() == [1259.5, 37.5, 112.49, 2469.0]
    assert shop.left_out.empty


def test_dates_that_a_spreadsheet_has_half_read_are_refused():
    days = ["2024-01-05", "2024-02-05", "2024-03-05", "2024-04-05", *(f"{day}/05/2024" for day in (13, 14, 15, 16))]
    frame = pd.DataFrame({"day": days, "who": "ann", "sum": 1.0})
    with pytest.raises(InputError, match="day and month are exchanged in some"):
        read_shop(frame, {"date": "day", "customer_id": "who", "amount": "sum"})


def test_discounts_and_refunds_add_up_to_the_penny():
    frame = FRAME.assign(off=["0.01", "0.01", "", "3.33", "3.33", "0"], back=["0", "0", "0.05", "0", "", "1"])
    shop = read_shop(frame, {**COLUMNS, "discount": "off", "refunded": "back"})
    assert shop.orders["revenue"].tolist() == [1259.49, 37.45, 109.16, 2468.0]


_AMOUNTS = st.lists(st.decimals("0.01", 99_999, places=2), min_size=2, max_size=8)


@settings(deadline=None)
@given(_AMOUNTS, st.lists(st.integers(1, 9), min_size=2, max_size=8), st.sampled_from([".", ","]))
def test_whole_pieces_with_three_decimals_follow_the_mark_of_the_prices(amounts, pieces, mark):
    def written(text):
        return text.translate(str.maketrans(",.", ".,")) if mark == "," else text

    prices = pd.Series([written(f"{amount:,.2f}") for amount in amounts])
    quantities = pd.Series([written(f"{count}.000") for count in pieces])
    read = read_numbers({"quantity": quantities, "price": prices})
    assert read["price"].values.tolist() == [float(amount) for amount in amounts]
    assert read["quantity"].values.tolist() == pieces


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.decimals(0, 999, places=2)), min_size=1, max_size=12))
def test_an_orders_total_is_shared_out_to_the_penny(lines):
    frame = pd.DataFrame(
        [
            (str(number), "2024-05-01", f"k{number}", str(n), "1", "1", str(amount))
            for n, (number, amount) in enumerate(lines)
        ],
        columns=[*NAMES, "all"],
    )
    first = frame.drop_duplicates("order").set_index("order")["all"].astype(float)
    totals = frame.assign(all=frame["order"].map(first).map("{:.2f}".format))
    mapping = {role: name for role, name in COLUMNS.items() if role != "price"}
    try:
        shop = read_shop(totals, {**mapping, "total": "all"})
    except InputError:
        assert (first == 0).any()
        return
    got = shop.order_lines.groupby("order_id")["revenue"].sum().round(2)
    assert got.to_dict() == {number: first[number] for number in got.index}


@pytest.mark.parametrize(
    "encoding", ["gb18030", "big5", "cp932", "euc_jp", "euc_kr", "cp1250", "cp1251", "cp1253", "cp1254"]
)
def test_column_names_show_their_encoding(encoding):
    names = {
        "gb18030": "订单编号,客户,数量,单价",
        "big5": "訂單編號,客戶,數量,單價",
        "cp932": "注文番号,顧客,数量,単価",
        "euc_jp": "注文番号,顧客,数量,単価",
        "euc_kr": "주문번호,고객,수량,단가",
        "cp1250": "Zamówienie;Klient;Ilość;Cena;Łódź",
        "cp1251": "Заказ;Клиент;Количество;Цена",
        "cp1253": "Παραγγελία;Πελάτης;Τιμή",
        "cp1254": "Sipariş;Müşteri;Adet;Fiyat",
    }[encoding]
    data = (names + "\n1,2,3,4\n").encode(encoding)
    assert data.decode(guess_encoding(data)) == names + "\n1,2,3,4\n"


class _Bar:
    """Stands for the bar; remembers what was shown."""

    shown: ClassVar[list] = []

    def __init__(self, total, initial, desc, leave):
        self.shown.append((total, initial))

    def update(self):
        self.shown.append("step")

    def close(self):
        self.shown.append("closed")


@pytest.mark.parametrize(("seconds", "shown"), [(1.0, []), (3.0, [(3, 1), "step", "step", "closed"])])
def test_a_bar_appears_only_after_two_seconds(monkeypatch, seconds, shown):
    import tqdm.auto

    monkeypatch.setattr(_Bar, "shown", [])
    monkeypatch.setattr(tqdm.auto, "tqdm", _Bar)
    monkeypatch.setattr(_progress, "_watched", lambda: True)
    with Progress(3) as progress:
        progress.began -= seconds
        for _ in range(3):
            progress.step()
    assert _Bar.shown == shown


def test_a_frame_with_real_numbers_and_dates_needs_no_word():
    frame = FRAME.assign(
        price=FRAME["price"].astype(float), qty=FRAME["qty"].astype(int), date=pd.to_datetime(FRAME["date"])
    )
    shop = read_shop(frame, COLUMNS)
    assert shop.problems.empty
    assert np.isclose(shop.orders["revenue"].sum(), 3878.49)
