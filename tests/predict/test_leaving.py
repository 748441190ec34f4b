"""What was known on a day uses nothing later, and the model finds what the truth says can be found."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from crm_lab import World, predict
from crm_lab.base.errors import InputError


@pytest.fixture(scope="module")
def world():
    return World(6_000, seed=7)


@pytest.fixture(scope="module")
def private(world):
    consumers = world.customers.query("kind == 'consumer'")["customer_id"]
    return world.orders.query("status == 'delivered'").loc[lambda o: o["customer_id"].isin(consumers)]


def test_features_do_not_move_when_the_future_does(private):
    before = private[private["ordered_at"] < "2025-07-01"]
    pd.testing.assert_frame_equal(predict.features(private, "2025-07-01"), predict.features(before, "2025-07-01"))


def test_an_honest_model_reaches_what_the_truth_says(world, private):
    rows = {}
    for day in ("2025-01-01", "2025-07-01"):
        x = predict.features(private, day)
        rows[day] = x, predict.left(private, x.index, day)
    model = predict.leaving_model().fit(*rows["2025-01-01"])
    x, gone = rows["2025-07-01"]
    auc = roc_auc_score(gone, model.predict_proba(x)[:, 1])
    error = 0.5 / np.sqrt(min(gone.sum(), (~gone).sum()))  # wide of the truth for an AUC near 0.73
    assert auc == pytest.approx(world.truth["estimand"]["churn"]["auc"], abs=2 * error)
    assert gone.mean() == pytest.approx(world.truth["estimand"]["churn"]["left"], abs=0.03)


def test_nobody_has_left_yet_when_the_days_are_not_over(private):
    with pytest.raises(InputError, match="Choose an earlier day"):
        predict.left(private, ["C00001"], "2025-12-01")
    with pytest.raises(InputError, match="nobody ordered"):
        predict.features(private, "2024-01-01")


def test_silence_ends_at_the_first_long_gap():
    days = pd.to_datetime(["2025-01-01", "2025-01-31", "2025-12-01", "2025-07-05", "2025-07-04"])
    orders = pd.DataFrame({"customer_id": ["back", "back", "back", "edge", "gone"], "ordered_at": days})
    found = predict.silence(orders, "2026-01-01", days=181)
    assert found.to_dict("index") == {
        "back": {"duration": 30 + 181, "gone": True},
        "edge": {"duration": 180, "gone": False},
        "gone": {"duration": 181, "gone": True},
    }
