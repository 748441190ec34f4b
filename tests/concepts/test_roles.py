"""Five roles: every purchase has them all, and the order shows the buyer only."""

import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.concepts import people_behind, purchases, role_guide
from crm_lab.concepts.roles import ROLES


def test_the_guide_and_each_purchase_hold_all_five_roles() -> None:
    assert role_guide().index.tolist() == list(ROLES)
    assert (purchases().groupby("purchase")["role"].agg(set) == set(ROLES)).all()


def test_the_four_purchases() -> None:
    table = people_behind(purchases())
    assert table["people"].tolist() == [1, 3, 4, 4]
    assert table["hidden"].tolist() == [0, 3, 4, 3]
    assert table["hidden_roles"].iloc[2] == "initiator, influencer, decider, user"


def test_a_role_nobody_plays_is_not_hidden() -> None:
    cases = pd.DataFrame({"purchase": "tea", "role": ["user", "buyer"], "person": ["Ann", "Bo"]})
    assert people_behind(cases).loc["tea"].tolist() == [2, 1, "user"]


@pytest.mark.parametrize(
    ("roles", "words"),
    [(["user", "decider"], "no buyer"), (["buyer", "buyer"], "twice"), (["buyer", "payer"], "Unknown role")],
)
def test_bad_cases_are_refused(roles: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        people_behind(pd.DataFrame({"purchase": "tea", "role": roles, "person": ["Ann", "Bo"]}))
