"""Consent: provable for every day, and in force today as the customers table says."""

import numpy as np
import pytest

from crm_lab.world.contact.truth import ESTIMANDS

from . import contact_measures as found


@pytest.fixture(scope="module")
def worlds():
    return found.companies()


def test_the_latest_decision_is_the_one_of_the_customer(worlds):
    for world in worlds[:5]:
        marketing = world.consents[world.consents["purpose"] == "marketing"].sort_values("recorded_at")
        latest = marketing.groupby("customer_id")["granted"].last()
        customers = world.customers.set_index("customer_id")
        assert (latest.reindex(customers.index) == customers["marketing_consent"]).all()


def test_decisions_begin_at_registration_and_alternate(worlds):
    consents = worlds[0].consents.merge(worlds[0].customers[["customer_id", "registered_at"]], on="customer_id")
    first = ~consents.duplicated(["customer_id", "purpose"])
    assert first.sum() == 3 * len(worlds[0].customers)
    assert (consents.loc[first, "recorded_at"] == consents.loc[first, "registered_at"]).all()
    assert ((consents["source"] == "registration") == first).all()
    same = consents["granted"].eq(consents["granted"].shift())
    assert not same[~first].any()
    assert (consents["recorded_at"].diff()[~first] > np.timedelta64(0)).all()
    assert (consents["recorded_at"] < worlds[0].today).all()


def test_only_who_still_came_used_the_preference_centre(worlds):
    for world in worlds[:5]:
        consents = world.consents.merge(world.customers[["customer_id", "last_visit_at"]], on="customer_id")
        own = consents["source"] == "preference_centre"
        assert own.any()
        assert (consents.loc[own, "recorded_at"] <= consents.loc[own, "last_visit_at"]).all()
        mailed = consents["source"] == "email_link"
        assert not consents.loc[mailed, "granted"].any()
        assert set(consents.loc[mailed, "purpose"]) == {"marketing"}


@pytest.mark.parametrize("figure", ESTIMANDS["consents"])
def test_consent_is_given_and_withdrawn_as_the_truth_says(worlds, figure):
    values = np.array([found.consent(world)[figure] for world in worlds])
    error = 4.5 * values.std(ddof=1) / np.sqrt(len(values))
    assert values.mean() == pytest.approx(ESTIMANDS["consents"][figure], abs=error + 0.001)


def test_changes_of_mind_come_at_the_stated_rate(worlds):
    rates = worlds[0].truth.structural["contact"]["consents"]["changes"]
    for purpose, rate in rates.items():
        changes = years = 0
        for world in worlds:
            registered = world.customers["registered_at"]
            years += (world.today - registered).dt.total_seconds().sum() / (365 * 86_400)
            changes += ((world.consents["purpose"] == purpose) & (world.consents["source"] != "registration")).sum()
        assert changes == pytest.approx(rate * years, abs=4.5 * np.sqrt(rate * years))
