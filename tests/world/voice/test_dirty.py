"""The dirty extract: every planted defect can be seen, every clean cell is the customer's, rates are as stated."""

from dataclasses import asdict

import pandas as pd
import pytest

from crm_lab.schema.talk import DEFECTS
from crm_lab.world._voice.truth import VOICE
from crm_lab.world._voice.voice_parameters import DirtyParameters

from ..pooling import misses
from .voice_measures import matching

DIRTY = DirtyParameters()
NAMES = [name for name, *_ in DEFECTS]


def joined(world):
    rows = world.dirty_customers.merge(world.dirty_customers_truth, on="row_id")
    return rows.merge(world.customers, on="customer_id", suffixes=("", "_true"))


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
    assert not misses(companies, matching, {n: VOICE["dirty"][n] for n in ("precision", "recall")})


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
