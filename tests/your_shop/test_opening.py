"""A file on the page: what the form takes from it, what it asks to confirm, and what it reads."""

from datetime import datetime

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import french_shop, preview_shop
from crm_lab.your_shop import open_file

EUROS = "Nummer;Datum;Käufer;Betrag\n1;13.05.2024;Ann;12,50 €\n2;14.05.2024;Bo;1.250,00 €\n"
DOLLARS = "Name,Email,Created at,Lineitem quantity,Lineitem price,Currency\n#1,a@x.org,2024-05-01,2,3.50,USD\n"


@pytest.fixture
def euros(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(EUROS, encoding="utf-8")
    return path


def upload(opened, **files):
    opened.upload.value = tuple(
        {
            "name": name,
            "type": "text/csv",
            "size": len(text),
            "content": text.encode(),
            "last_modified": datetime(2024, 5, 1),
        }
        for name, text in files.items()
    )


def test_untouched_it_holds_the_french_shop():
    opened = open_file()
    pd.testing.assert_frame_equal(opened.shop.orders, french_shop().orders)
    assert opened.roles["price"].value == "UnitPrice"
    assert opened.roles["status"].label == "not used"
    assert "£181,612.73" in opened.summary
    assert "<th scope='row'>price of one piece</th><td>UnitPrice</td>" in opened.still()
    assert opened._repr_mimebundle_()[0]["text/plain"] == opened.summary


def test_an_unknown_file_waits_for_its_columns_to_be_confirmed(euros):
    opened = open_file()
    opened.path.value = f" {euros} "
    with pytest.raises(InputError, match="No file has been read yet"):
        _ = opened.shop
    assert "Confirm the columns" in opened._said.value
    assert (opened.roles["amount"].value, opened.roles["date"].value) == ("Betrag", "Datum")
    opened.read.click()
    assert opened.shop.currency == "EUR"  # nothing is left of the pounds of the file before
    assert opened.shop.customers["revenue"].sum() == 1262.5
    assert f"your_shop.open_file({str(euros)!r}, columns=" in opened.line()


def test_the_line_it_shows_opens_the_same_shop(euros):
    from crm_lab import your_shop

    opened = open_file(euros, {"date": "Datum", "customer_id": "Käufer", "amount": "Betrag"}, dayfirst=True)
    again = eval(opened.line(), {"your_shop": your_shop})
    pd.testing.assert_frame_equal(opened.shop.orders, again.shop.orders)
    assert (again.dates.value, again.roles["order_id"].value) == (True, "")


def test_an_upload_is_read_and_leaves_nothing_behind():
    opened = open_file()
    upload(opened, **{"../export.csv": DOLLARS})
    assert opened.shop.currency == "USD"
    folder = opened._source.parent
    assert opened._source.name == "export.csv"
    assert opened.line() == ""
    upload(opened, **{"one.csv": DOLLARS, "two.csv": DOLLARS.replace("#1", "#2").replace("-01", "-02")})
    assert len(opened.shop.orders) == 2
    assert not folder.exists()


def test_a_changed_list_changes_what_is_read(euros):
    opened = open_file(euros, {"date": "Datum", "customer_id": "Käufer", "amount": "Betrag"})
    opened.roles["amount"].value = ""
    opened.read.click()
    assert "columns does not say which column of the file holds price" in opened._said.value
    with pytest.raises(InputError):
        _ = opened.shop
    opened.roles["total"].value = "Betrag"
    opened.read.click()
    assert len(opened.shop.orders) == 2


@pytest.mark.parametrize(
    ("source", "columns", "sentence"),
    [
        ("nowhere.csv", None, "There is no file"),
        (EUROS, {"date": "Datum", "customer_id": "Kaufer", "amount": "Betrag"}, "Did you mean &#x27;Käufer&#x27;?"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path, source, columns, sentence):
    path = tmp_path / "mine.csv"
    path.write_text(EUROS, encoding="utf-8")
    opened = open_file(path if source == EUROS else tmp_path / source, columns)
    assert sentence in opened._said.value
    opened.read.click()
    assert "role=" in opened._said.value


def test_a_status_that_is_not_used_is_not_taken_by_its_name(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("no,day,who,paid,status\n1,2024-05-01,Ann,5,paid\n2,2024-05-02,Bo,6,cancelled\n")
    opened = open_file(path)
    for role, name in {"order_id": "no", "date": "day", "customer_id": "who", "amount": "paid"}.items():
        opened.roles[role].value = name
    opened.roles["price"].value, opened.roles["status"].value = "", ""
    opened.read.click()
    assert len(opened.shop.orders) == 2
    opened.roles["status"].value = "status"
    opened.read.click()
    assert len(opened.shop.orders) == 1


def test_a_first_look_names_the_system_or_guesses(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(DOLLARS)
    seen = preview_shop(path)
    assert (seen.name, seen.system, seen.mapping["price"]) == ("export.csv", "Shopify", "Lineitem price")
    assert seen.sample["Email"].tolist() == ["a@x.org"]
    frame = preview_shop(pd.DataFrame({"Tag": ["1.5.2024"], "Preis": ["5"], "x": [""]}))
    assert (frame.system, frame.mapping.get("price")) == ("", "Preis")
