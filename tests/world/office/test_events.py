"""What came in by the five doors: every order, ticket and lead of the last days, once, by a door that fits."""

import pandas as pd

from crm_lab.schema.office import DOORS, MATTERS
from crm_lab.world._office.office_parameters import EventParameters
from crm_lab.world._office.words import MESSAGES


def test_every_order_ticket_and_lead_of_the_last_days_came_in_once(company):
    events, start = company.events, company.today - pd.Timedelta(days=EventParameters().days)
    for matters, table, key, time in (
        ({"order"}, company.orders, "order_id", "ordered_at"),
        ({"complaint", "return_request", "question", "cancellation"}, company.tickets, "ticket_id", "opened_at"),
        ({"enquiry"}, company.leads, "lead_id", "created_at"),
    ):
        expected = table.loc[table[time] >= start].set_index(key)[time]
        came = events[events["matter"].isin(matters)].set_index("record_id")["happened_at"]
        pd.testing.assert_series_equal(came.sort_index(), expected.sort_index(), check_names=False)


def test_whose_event_it_is_stands_in_the_record(companies):
    for world in companies[:5]:
        events = world.events.merge(world.orders, left_on="record_id", right_on="order_id")
        assert len(events)
        assert (events["customer_id_x"] == events["customer_id_y"]).all()
        assert world.events["customer_id"].isna().eq(world.events["matter"] == "enquiry").all()


def test_the_doors_fit_the_matters(companies):
    events = pd.concat([world.events for world in companies])
    counts = pd.crosstab(events["matter"], events["door"])
    assert set(counts.columns) == set(DOORS)
    assert set(counts.index) == set(MATTERS)
    assert counts.loc["order", "email"] == counts.loc["complaint", "fax"] == counts.loc["consent", "fax"] == 0
    assert (counts.loc["order", ["web", "app", "phone", "fax"]] > 0).all()


def test_only_companies_and_dealers_order_by_fax(companies):
    for world in companies[:5]:
        faxed = world.events.query("door == 'fax' and matter == 'order'").merge(world.customers, on="customer_id")
        assert set(faxed["kind"]) <= {"business", "dealer"}


def test_every_matter_is_worded_in_its_own_way():
    english = [english for wordings in MESSAGES.values() for english, _ in wordings]
    assert set(MESSAGES) == set(MATTERS)
    assert {len(wordings) for wordings in MESSAGES.values()} == {3}
    assert len(set(english)) == len(english)
