"""The desk: what it takes from a file, what it asks to confirm, and what it reads."""

from datetime import datetime

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import french_shop, preview_shop
from crm_lab.your_shop import open_desk

EUROS = "Nummer;Datum;Käufer;Betrag\n1;13.05.2024;Ann;12,50 €\n2;14.05.2024;Bo;1.250,00 €\n"
DOLLARS = "Name,Email,Created at,Lineitem quantity,Lineitem price,Currency\n#1,a@x.org,2024-05-01,2,3.50,USD\n"


@pytest.fixture
def euros(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(EUROS, encoding="utf-8")
    return path


def upload(desk, **files):
    desk.upload.value = tuple(
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
    desk = open_desk()
    pd.testing.assert_frame_equal(desk.shop.orders, french_shop().orders)
    assert desk.roles["price"].value == "UnitPrice"
    assert desk.roles["status"].label == "not used"
    assert "£181,612.73" in desk.summary
    assert "<th scope='row'>price of one piece</th><td>UnitPrice</td>" in desk.still()
    assert desk._repr_mimebundle_()[0]["text/plain"] == desk.summary


def test_an_unknown_file_waits_for_its_columns_to_be_confirmed(euros):
    desk = open_desk()
    desk.path.value = f" {euros} "
    with pytest.raises(InputError, match="No file has been read yet"):
        _ = desk.shop
    assert "Confirm the columns" in desk._said.value
    assert (desk.roles["amount"].value, desk.roles["date"].value) == ("Betrag", "Datum")
    desk.read.click()
    assert desk.shop.currency == "EUR"  # nothing is left of the pounds of the file before
    assert desk.shop.customers["revenue"].sum() == 1262.5
    assert f"your_shop.open_desk({str(euros)!r}, columns=" in desk.line()


def test_the_line_it_shows_opens_the_same_shop(euros):
    from crm_lab import your_shop

    desk = open_desk(euros, {"date": "Datum", "customer_id": "Käufer", "amount": "Betrag"}, dayfirst=True)
    again = eval(desk.line(), {"your_shop": your_shop})
    pd.testing.assert_frame_equal(desk.shop.orders, again.shop.orders)
    assert (again.dates.value, again.roles["order_id"].value) == (True, "")


def test_an_upload_is_read_and_leaves_nothing_behind():
    desk = open_desk()
    upload(desk, **{"../export.csv": DOLLARS})
    assert desk.shop.currency == "USD"
    folder = desk._source.parent
    assert desk._source.name == "export.csv"
    assert desk.line() == ""
    upload(desk, **{"one.csv": DOLLARS, "two.csv": DOLLARS.replace("#1", "#2").replace("-01", "-02")})
    assert len(desk.shop.orders) == 2
    assert not folder.exists()


def test_a_changed_list_changes_what_is_read(euros):
    desk = open_desk(euros, {"date": "Datum", "customer_id": "Käufer", "amount": "Betrag"})
    desk.roles["amount"].value = ""
    desk.read.click()
    assert "columns does not say which column of the file holds price" in desk._said.value
    with pytest.raises(InputError):
        _ = desk.shop
    desk.roles["total"].value = "Betrag"
    desk.read.click()
    assert len(desk.shop.orders) == 2


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
    desk = open_desk(path if source == EUROS else tmp_path / source, columns)
    assert sentence in desk._said.value
    desk.read.click()
    assert "role=" in desk._said.value


def test_a_status_that_is_not_used_is_not_taken_by_its_name(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("no,day,who,paid,status\n1,2024-05-01,Ann,5,paid\n2,2024-05-02,Bo,6,cancelled\n")
    desk = open_desk(path)
    for role, name in {"order_id": "no", "date": "day", "customer_id": "who", "amount": "paid"}.items():
        desk.roles[role].value = name
    desk.roles["price"].value, desk.roles["status"].value = "", ""
    desk.read.click()
    assert len(desk.shop.orders) == 2
    desk.roles["status"].value = "status"
    desk.read.click()
    assert len(desk.shop.orders) == 1


def test_a_first_look_names_the_system_or_guesses(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(DOLLARS)
    seen = preview_shop(path)
    assert (seen.name, seen.system, seen.mapping["price"]) == ("export.csv", "Shopify", "Lineitem price")
    assert seen.sample["Email"].tolist() == ["a@x.org"]
    frame = preview_shop(pd.DataFrame({"Tag": ["1.5.2024"], "Preis": ["5"], "x": [""]}))
    assert (frame.system, frame.mapping.get("price")) == ("", "Preis")
