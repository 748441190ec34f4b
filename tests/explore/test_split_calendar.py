"""The calendar of a time split: no answer learnt from lies after the day the judging begins."""

import pytest

from crm_lab.base.errors import InputError
from crm_lab.explore import split_calendar


def test_rows_say_what_is_known_and_what_is_the_answer():
    picture = split_calendar("2024-01-01", "2025-01-01", "2025-07-01")
    assert "features: 2024-01-01 to 2024-12-31; answers: 2025-01-01 to 2025-06-30" in picture.alt
    assert "features: 2024-01-01 to 2025-06-30; answers: 2025-07-01 to 2025-12-28" in picture.alt


def test_the_days_of_the_answer_can_be_chosen():
    picture = split_calendar("2024-01-01", "2025-01-01", "2025-07-01", days=31)
    assert picture.title == "The answers learnt from end on 2025-01-31, those judged by begin on 2025-07-01"


def test_days_out_of_order_are_refused():
    with pytest.raises(InputError, match="earliest day first"):
        split_calendar("2024-01-01", "2025-07-01", "2025-01-01")
