"""Typed forms: a table with the right keys and checks refuses exactly the rows that have a fault."""

import duckdb
import pandas as pd
import pytest

from crm_lab.world._office.forms import FORMS, form_faults, make_forms
from crm_lab.world._office.office_parameters import FormParameters

# what a learner is to write: types, keys and checks
DDL = {
    "registration_forms": """create table registration_forms (
        form_no text primary key, name text not null, phone text check (phone ~ '[+]999 [0-9]{4} [0-9]{4}'),
        birthday date check (birthday < signed_on), city text not null, signed_on date not null,
        channel text check (channel in
            ('display', 'search', 'platform', 'email', 'mobile', 'community', 'referral')),
        consent text not null check (consent in ('yes', 'no')))""",
    "prospect_sheets": """create table prospect_sheets (
        sheet_no text primary key, company text not null, rep_id text check (rep_id between 'S01' and 'S10'),
        stage text check (stage in ('new', 'contacted', 'qualified', 'proposal', 'negotiation')),
        first_contact date not null, next_contact date check (next_contact > first_contact),
        value decimal(12, 2) check (value > 0), chance integer check (chance between 0 and 100))""",
    "daily_reports": """create table daily_reports (
        day date, counter text check (counter in ('entrance', 'kitchen', 'textiles', 'gifts')),
        sales integer check (sales >= 0), cash decimal(12, 2) not null, card decimal(12, 2) not null,
        wallet decimal(12, 2) not null, total decimal(12, 2) check (total = cash + card + wallet),
        primary key (day, counter))""",
}


def refused(name, frame):
    """Numbers of the rows that the table refuses, inserted one by one."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(DDL[name])
        columns = [row[0] for row in connection.execute(f"describe {name}").fetchall()]
        bad = []
        for number, *row in frame[["row_no", *columns]].itertuples(index=False):
            try:
                connection.execute(
                    f"insert into {name} values ({', '.join('?' * len(row))})",
                    [None if pd.isna(value) else value for value in row],
                )
            except duckdb.Error:
                bad.append(number)
        return bad


@pytest.mark.parametrize("name", FORMS)
def test_a_good_table_refuses_the_faulty_rows_and_no_other(companies, name):
    for world in companies[:3]:
        faults = world.truth.forms.query("form == @name")
        assert refused(name, world.tables[name]) == faults["row_no"].tolist()


@pytest.mark.parametrize(("name", "faults"), FORMS.items())
def test_a_quarter_of_the_rows_are_faulty_and_every_fault_is_there(company, name, faults):
    found = company.truth.forms.query("form == @name")
    assert len(found) == round(FormParameters().faulty * len(company.tables[name]))
    assert set(found["fault"]) == set(faults)


def test_without_faults_nothing_is_refused():
    forms = make_forms(FormParameters(faulty=0.0), seed=3, locale="zh_CN")
    assert form_faults(forms).empty
    assert not any(refused(name, frame) for name, frame in forms.items())
