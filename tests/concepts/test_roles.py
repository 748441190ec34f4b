"""Five roles: the order names the buyer, and shares say where somebody else plays the others."""

import pandas as pd
import pytest

import crm_lab
from crm_lab.base.errors import InputError
from crm_lab.concepts import hidden_roles, role_guide
from crm_lab.concepts.roles import HIDDEN, ROLES

ASKED = pd.DataFrame(
    {
        "occasion": ["gift", "gift", "company", "self"],
        "initiator": ["partner", "self", "manager", "self"],
        "influencer": ["self", "partner", "owner", "friend"],
        "decider": ["partner", "self", "owner", "self"],
        "buyer": ["partner", "self", "clerk", "self"],
        "user": ["child", "friend", "guests", "self"],
    }
)


def test_the_guide_holds_all_five_roles() -> None:
    assert role_guide().index.tolist() == list(ROLES)
    assert [*HIDDEN, "buyer"] == sorted(ROLES, key=lambda role: role == "buyer")


def test_hidden_is_who_differs_from_the_buyer_be_it_a_partner() -> None:
    table = hidden_roles(ASKED)
    assert table.loc["gift"].tolist() == [0.0, 1.0, 0.0, 1.0]
    assert table.loc["company"].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert table.loc["self"].tolist() == [0.0, 1.0, 0.0, 0.0]


def test_orders_may_be_grouped_by_something_else() -> None:
    table = hidden_roles(ASKED.assign(region="east"), by="region")
    assert table.loc["east"].tolist() == [0.25, 1.0, 0.25, 0.75]


def test_at_the_company_presents_are_for_others_and_own_things_are_not() -> None:
    table = hidden_roles(crm_lab.load("order_roles"))
    assert table.loc["self", "user"] == 0
    assert table.loc["gift", "user"] > 0.9
    assert (table.loc["company"] > 0.75).all()


@pytest.mark.parametrize("change", [lambda t: t.drop(columns="user"), lambda t: t.assign(decider=None)])
def test_roles_that_lack_are_refused(change) -> None:
    with pytest.raises(InputError, match="order_roles"):
        hidden_roles(change(ASKED))
