"""Every kind of file is read right or refused with what to do; the public cases too, each with its own figures."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crm_lab.base.errors import InputError
from crm_lab.data import Shop, read_shop
from tests.data.shop.exports import EXPORTS
from tests.data.shop.kinds import KINDS
from tests.data.shop.order_files import Case

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def figures(shop: Shop) -> dict[str, dict[str, object]]:
    """By customer the delivered orders, their money and the last day."""
    delivered = shop.orders[shop.orders["status"] == "delivered"]
    return {
        who: {
            "orders": len(own),
            "revenue": round(float(own["revenue"].sum()), 2),
            "last": f"{own['ordered_at'].max():%Y-%m-%d}",
        }
        for who, own in delivered.groupby("customer_id")
    }


@pytest.mark.parametrize("case", [*KINDS, *EXPORTS], ids=lambda case: case.name)
def test_a_file_of_this_kind(case: Case, tmp_path: Path) -> None:
    source = case.write(tmp_path)
    if case.refusal:
        with pytest.raises(InputError, match=re.escape(case.refusal)) as caught:
            read_shop(source, case.columns, **case.more)
        assert "\n" not in str(caught.value)
        return
    shop = read_shop(source, case.columns, **case.more)
    told = " | ".join(shop.problems["problem"] + ": " + shop.problems["action"])
    assert figures(shop) == case.expected
    assert case.told in told
    assert not re.search(r"\{\w*\}", told)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_file_made_after_a_report(folder: Path) -> None:
    case = json.loads((folder / "expected.json").read_text("utf-8"))
    if folder.name == "18_excel_sci":
        with pytest.raises(InputError, match="Excel has cut off"):
            read_shop(folder / case["file"], case["columns"])
        return
    shop = read_shop(folder / case["file"], case["columns"])
    delivered = shop.orders[shop.orders["status"] == "delivered"]
    expected = case["expected"]
    assert figures(shop) == expected["by_customer"]
    assert (len(delivered), delivered["customer_id"].nunique()) == (expected["orders"], expected["customers"])
    assert round(float(delivered["revenue"].sum()), 2) == expected["revenue"]
    days = [f"{day:%Y-%m-%d}" for day in (delivered["ordered_at"].min(), delivered["ordered_at"].max())]
    assert days == [expected["first"], expected["last"]]
