"""Who stands behind an order: roles fit the occasion, gifts have cards, and every role is played as often as stated."""

import pandas as pd
import pytest

from crm_lab.concepts.roles import ROLES as TAUGHT
from crm_lab.world._taste.taste_parameters import ROLES, RoleParameters
from crm_lab.world._taste.truth import ESTIMANDS

from ..pooling import misses, share_bound
from . import taste_measures as found


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.who_buys_for_whom, ESTIMANDS["roles"])


def test_the_roles_are_those_the_course_teaches():
    assert set(ROLES) == set(TAUGHT)


def test_companies_buy_for_companies_only(companies):
    for world in companies[:5]:
        table = found.roles(world)
        assert (table["occasion"] == "company").eq(table["kind"].isin(["business", "dealer"])).all()
        assert (table["user"] == "self").eq(table["occasion"] == "self").all()


def test_only_gifts_carry_cards_and_the_card_names_the_receiver(editions):
    for world in editions.values():
        cards = world.order_roles.dropna(subset="gift_note")
        assert set(cards["occasion"]) == {"gift"}
        assert (cards.groupby("gift_note")["user"].nunique() == 1).all()
        assert 0.6 < len(cards) / (world.order_roles["occasion"] == "gift").sum() < 0.9


@pytest.mark.parametrize("role", ROLES)
def test_every_person_plays_a_role_as_often_as_stated(companies, role):
    table = pd.concat([world.order_roles for world in companies])
    for occasion, roles in RoleParameters().roles.items():
        played = table.loc[table["occasion"] == occasion, role]
        for person, share in roles[role].items():
            assert (played == person).mean() == pytest.approx(share, abs=share_bound(share, len(played)) + 1e-9)


def test_one_in_so_many_orders_is_asked_after(companies):
    def asked(world):
        return len(world.order_roles) / (world.orders["ordered_at"] >= "2025-01-01").sum()

    assert not misses(companies, asked, RoleParameters().asked)
