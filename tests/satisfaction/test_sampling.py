"""Silence repaired by calls, and effects as differences of changes."""

import numpy as np
import pandas as pd
import pytest

from crm_lab.base.errors import InputError
from crm_lab.satisfaction import all_invited, difference_in_differences


def test_calls_repair_what_silence_hides():
    rng = np.random.default_rng(5)
    true = rng.normal(0, 1, 40_000)
    online = rng.random(40_000) < 1 / (1 + np.exp(0.8 - true))
    phone = ~online & (rng.random(40_000) < 0.2)
    how = pd.Series(np.select([online, phone], ["online", "phone"], "no"))
    estimate = all_invited(pd.Series(true).where(how != "no"), how)
    assert true[online].mean() > 0.3
    assert estimate.interval[0] < true.mean() < estimate.interval[1]


def test_both_ways_of_answering_are_needed():
    with pytest.raises(InputError, match="'phone' are needed"):
        all_invited([1.0, 2.0, None], pd.Series(["online", "online", "no"]))


def test_two_differences_by_hand():
    table = pd.DataFrame({"before": [5, 6, 5, 6], "after": [8, 8, 6, 6], "treated": [True, True, False, False]})
    estimate = difference_in_differences(table)
    assert estimate.value == 2
    assert estimate.standard_error == pytest.approx(np.sqrt(0.25 + 0.25))
    with pytest.raises(InputError, match="both groups"):
        difference_in_differences(table.head(3))
