"""Consent: provable for every day, and in force today as the customers table says."""

import numpy as np

from crm_lab.world._contact.truth import ESTIMANDS

from ..pooling import misses
from . import contact_measures as found


def test_the_latest_decision_is_the_one_of_the_customer(companies):
    for world in companies[:5]:
        marketing = world.consents[world.consents["purpose"] == "marketing"].sort_values("recorded_at")
        latest = marketing.groupby("customer_id")["granted"].last()
        customers = world.customers.set_index("customer_id")
        assert (latest.reindex(customers.index) == customers["marketing_consent"]).all()


def test_decisions_begin_at_registration_and_alternate(companies):
    consents = companies[0].consents.merge(companies[0].customers[["customer_id", "registered_at"]], on="customer_id")
    first = ~consents.duplicated(["customer_id", "purpose"])
    assert first.sum() == 3 * len(companies[0].customers)
    assert (consents.loc[first, "recorded_at"] == consents.loc[first, "registered_at"]).all()
    assert ((consents["source"] == "registration") == first).all()
    same = consents["granted"].eq(consents["granted"].shift())
    assert not same[~first].any()
    assert (consents["recorded_at"].diff()[~first] > np.timedelta64(0)).all()
    assert (consents["recorded_at"] < companies[0].today).all()


def test_only_who_still_came_used_the_preference_centre(companies):
    for world in companies[:5]:
        consents = world.consents.merge(world.customers[["customer_id", "last_visit_at"]], on="customer_id")
        own = consents["source"] == "preference_centre"
        assert own.any()
        assert (consents.loc[own, "recorded_at"] <= consents.loc[own, "last_visit_at"]).all()
        mailed = consents["source"] == "email_link"
        assert not consents.loc[mailed, "granted"].any()
        assert set(consents.loc[mailed, "purpose"]) == {"marketing"}


def test_consent_is_given_and_withdrawn_as_the_truth_says(companies):
    assert not misses(companies, found.consent, ESTIMANDS["consents"])


def test_changes_of_mind_come_at_the_stated_rate(companies):
    def rates(world):
        years = (world.today - world.customers["registered_at"]).dt.total_seconds().sum() / (365 * 86_400)
        changes = world.consents.loc[world.consents["source"] != "registration", "purpose"]
        return changes.value_counts() / years

    assert not misses(companies, rates, companies[0].truth.structural["contact"]["consents"]["changes"])
