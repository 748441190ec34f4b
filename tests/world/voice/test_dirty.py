"""The dirty extract: every planted defect can be seen, every clean cell is the customer's, rates are as stated."""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from crm_lab.schema.talk import DEFECTS
from crm_lab.world.voice.parameters import DirtyParameters
from crm_lab.world.voice.truth import VOICE

from ..pooling import misses

DIRTY = DirtyParameters()
NAMES = [name for name, *_ in DEFECTS]


def joined(world):
    rows = world.dirty_customers.merge(world.dirty_customers_truth, on="row_id")
    return rows.merge(world.customers, on="customer_id", suffixes=("", "_true"))


def matches(dirty, truth, keys):
    """Precision and recall of the pairs of rows that agree in any of these columns of normalised text."""
    rows = dirty.assign(customer_id=truth["customer_id"].to_numpy(), at=np.arange(len(dirty)))
    found = set()
    for key in keys:
        pairs = rows[["at", key]].dropna().merge(rows[["at", key]].dropna(), on=key)
        found |= {(a, b) for a, b in zip(pairs["at_x"], pairs["at_y"], strict=True) if a < b}
    pairs = rows[["at", "customer_id"]].merge(rows[["at", "customer_id"]], on="customer_id")
    same = {(a, b) for a, b in zip(pairs["at_x"], pairs["at_y"], strict=True) if a < b}
    return len(found & same) / max(len(found), 1), len(found & same) / max(len(same), 1)


def normalised(dirty):
    """E-mail where it has a plausible shape; the last eight digits of the phone; the name in small letters."""
    email = dirty["email"].where(dirty["email"].str.fullmatch(r"[^@\s,]+@[^@\s,]+\.[a-z]+", na=False)).str.lower()
    phone = dirty["phone"].str.replace(r"\D", "", regex=True).str[-8:]
    return pd.DataFrame({"email": email, "phone": phone, "name": dirty["name"].str.lower().str.split().str.join(" ")})


@pytest.mark.parametrize("locale", ["en_US", "zh_CN"])
def test_a_cell_differs_from_the_customers_exactly_where_a_defect_says_so(editions, locale):
    rows = joined(editions[locale])
    rows["birthday_true"] = rows["birthday_true"].dt.strftime("%Y-%m-%d")
    cells = {
        "name": ["name_typo", "name_style", "name_spaces", "name_swapped"],
        "email": ["email_missing", "email_invalid"],
        "phone": ["phone_missing", "phone_format", "stale"],
        "birthday": ["birthday_missing", "birthday_invalid", "date_format"],
        "city": ["city_variant", "stale"],
    }
    assert sorted({name for defects in cells.values() for name in defects}) == sorted(NAMES)
    for column, defects in cells.items():
        planted = rows[defects].any(axis=1)
        differs = rows[column].isna() | (rows[column] != rows[f"{column}_true"])
        assert (differs == planted).all(), rows.loc[differs != planted, [column, f"{column}_true", *defects]]


def test_defects_and_duplicates_come_at_the_stated_rates(companies):
    def rates(world):
        return world.dirty_customers_truth[[*NAMES, "duplicate"]].mean()

    stated = {name: value for name, value in asdict(DIRTY).items() if name in NAMES}
    assert not misses(companies, rates, stated | {"duplicate": VOICE["dirty"]["duplicates"]})
    extra = DIRTY.twice * (1 + DIRTY.thrice)
    assert extra / (1 + extra) == pytest.approx(VOICE["dirty"]["duplicates"], abs=0.0005)
    for world in companies[:3]:
        truth = world.dirty_customers_truth
        assert (truth["duplicate"] == truth["customer_id"].duplicated()).all()


def test_matching_finds_what_the_truth_says(companies):
    keys = {"email": ["email"], "phone": ["phone"], "email_or_phone": ["email", "phone"], "name": ["name"]}

    def found(world):
        rows, truth = normalised(world.dirty_customers), world.dirty_customers_truth
        found = {name: matches(rows, truth, columns) for name, columns in keys.items()}
        precision, recall = ({name: pair[n] for name, pair in found.items()} for n in (0, 1))
        return {"precision": precision, "recall": recall}

    assert not misses(companies, found, {n: VOICE["dirty"][n] for n in ("precision", "recall")})


def test_a_customers_rows_come_from_different_channels(company):
    rows = joined(company)
    assert not rows.duplicated(["customer_id", "source"]).any()
    assert (rows["updated_at"] >= rows["registered_at"].dt.floor("min")).all()
    assert (rows["updated_at"] <= company.today).all()


def test_stale_rows_are_old(companies):
    rows = pd.concat([joined(w) for w in companies[:5]])
    age = (rows["updated_at"] - rows["registered_at"]) / (pd.Timestamp("2026-01-01") - rows["registered_at"])
    assert age[rows["stale"]].max() < 0.11


def test_nothing_in_it_can_reach_a_person(company):
    rows = company.dirty_customers
    assert rows["email"].dropna().str.contains(r"example,?$|^[^@]+$").all()
    assert rows["phone"].dropna().str.replace(r"\D", "", regex=True).str.fullmatch(r"(00)?999\d{8}").all()
