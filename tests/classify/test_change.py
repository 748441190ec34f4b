"""Migration and changing value, by hand and for any input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.classify import migration, migration_shares, value_change

quick = settings(deadline=None, max_examples=60)
BEFORE = pd.Series({"C1": "A", "C2": "A", "C3": "B", "C4": "B", "C5": "C"})
AFTER = pd.Series({"C6": "B", "C4": "A", "C3": "B", "C2": "B", "C1": "A"})
sides = st.dictionaries(st.integers(0, 30), st.sampled_from("ABCD"), min_size=1).map(pd.Series)


def test_migration_by_hand():
    counts = migration(BEFORE, AFTER)
    expected = pd.DataFrame(
        [[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]],
        index=pd.Index(["A", "B", "C", "absent"], name="before"),
        columns=pd.Index(["A", "B", "C", "absent"], name="after"),
    )
    pd.testing.assert_frame_equal(counts, expected)
    shares = migration_shares(counts)
    assert shares.loc["A"].tolist() == [0.5, 0.5, 0, 0]


def test_labels_set_the_order_and_keep_classes_nobody_is_in():
    counts = migration(BEFORE[:4], AFTER[1:], labels=["Z", "B", "A"])
    assert counts.to_numpy().tolist() == [[0, 0, 0], [0, 1, 1], [0, 1, 1]]
    assert migration_shares(counts).loc["Z"].isna().all()


@quick
@given(sides, sides, st.randoms())
def test_migration_counts_everyone_once_whatever_the_order_and_the_names(before, after, random):
    counts = migration(before, after)
    assert counts.to_numpy().sum() == len(set(before.index) | set(after.index))
    leaving = counts.drop(index="absent", errors="ignore").sum(axis=1)
    arriving = counts.drop(columns="absent", errors="ignore").sum()
    assert leaving[leaving > 0].to_dict() == before.value_counts().to_dict()
    assert arriving[arriving > 0].to_dict() == after.value_counts().to_dict()
    shares = migration_shares(counts)
    np.testing.assert_allclose(shares.sum(axis=1)[counts.sum(axis=1) > 0], 1)

    shuffled = before.sample(frac=1, random_state=random.randint(0, 1000))
    pd.testing.assert_frame_equal(migration(shuffled, after), counts)
    names = dict(zip("ABCD", "DCBA", strict=True))
    renamed = migration(before.map(names), after.map(names))
    swapped = counts.rename(index=names, columns=names)
    pd.testing.assert_frame_equal(renamed.sort_index().sort_index(axis=1), swapped.sort_index().sort_index(axis=1))


@pytest.mark.parametrize(
    ("before", "labels", "says"),
    [
        (BEFORE.replace("A", None), None, "before: 2 of 5 entries are missing"),
        (pd.concat([BEFORE, BEFORE[:1]]), None, "before holds C1 more than once"),
        (BEFORE, ["A", "B"], "Unknown class 'C'. Use one of: A, B"),
        (BEFORE.replace("A", "absent"), None, "may not be called 'absent'"),
        (list(BEFORE), None, "before must be a Series of codes indexed by customer, not list"),
    ],
)
def test_classes_that_cannot_be_counted_are_refused(before, labels, says):
    with pytest.raises(InputError, match=says):
        migration(before, AFTER, labels)


def test_shares_of_counts_below_zero_are_refused():
    with pytest.raises(InputError, match="but column A does"):
        migration_shares(pd.DataFrame({"A": [-1]}))


def orders(*rows):
    table = pd.DataFrame(rows, columns=["customer_id", "ago", "margin"])
    table["ordered_at"] = pd.Timestamp("2026-01-01 00:00") - pd.to_timedelta(table["ago"], unit="D")
    return table


def changes(*rows, **options):
    return value_change(orders(*rows), "2026-01-01", days=10, **options)


def test_windows_are_half_open():
    """Exactly 10 days back opens the latest window, exactly 20 the previous; today's own orders are in neither."""
    result = changes(
        ("a", 10, 1.0), ("a", 10.5, 20.0), ("a", 20, 300.0), ("a", 20.5, 4000.0), ("a", 0, 5.0), ("b", 30, 1.0)
    )
    assert result[["previous", "latest"]].to_dict("index") == {"a": {"previous": 320.0, "latest": 1.0}}


@pytest.mark.parametrize(
    ("previous", "latest", "change"),
    [
        (200, 300, "rising"),  # exactly 1.5 times and 100 ¥ more
        (200, 299.99, "steady"),
        (190, 289.99, "steady"),  # more than 1.5 times, but 99.99 ¥
        (1000, 1400, "steady"),  # 400 ¥ more, but 1.4 times
        (300, 200, "falling"),
        (300, 200.01, "steady"),
        (0, 100, "rising"),
        (100, 0, "falling"),
        (-50, 60, "rising"),
        (160, -50, "falling"),
        (60, -60, "falling"),  # adds up to exactly 0: no problem yet
        (60, -60.01, "problem"),
        (-300, 200, "problem"),  # better, but together still a loss
        (-5, -5, "problem"),
        (0.0, 0.0, "steady"),
    ],
)
def test_directions_by_hand(previous, latest, change):
    result = changes(("a", 15, float(previous)), ("a", 5, float(latest)))
    assert result.loc["a"].tolist() == [previous, latest, change]


def test_float_dust_is_no_loss_and_stops_no_rise():
    rise = changes(("a", 15, 0.4), ("a", 5, 0.7), ("a", 4, 0.1), factor=2, minimum=0.1)
    assert rise.loc["a", "latest"] < 0.8  # 0.7999999999999999
    assert rise.loc["a", "change"] == "rising"
    assert changes(("a", 15, 0.1), ("a", 14, 0.2), ("a", 13, -0.3)).loc["a", "change"] == "steady"
    assert 0.3 - (0.1 + 0.2) < 0  # what the sums would say


@quick
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(-(10**5), 10**5).map(lambda c: c / 100)),
        min_size=1,
    )
)
def test_no_yuan_in_the_windows_is_lost_and_time_turned_round_turns_rising_into_falling(rows):
    table = orders(*rows)
    result = value_change(table, "2026-01-01", days=10)
    inside = table[table["ago"].between(1, 20)]
    assert result[["previous", "latest"]].sum().sum() == pytest.approx(inside["margin"].sum(), abs=1e-6)
    assert set(result.index) == set(inside["customer_id"])
    if inside.empty:
        return
    mirrored = orders(*[(who, 21 - ago, money) for who, ago, money in rows if 1 <= ago <= 20])
    turned = value_change(mirrored, "2026-01-01", days=10)["change"]
    assert turned.replace({"rising": "falling", "falling": "rising"}).to_dict() == result["change"].to_dict()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"days": 0}, "days must be a whole number of at least 1"),
        ({"factor": 0.5}, "factor must be finite, 1 or more, not 0.5"),
        ({"minimum": 0}, "minimum must be finite, above 0, not 0"),
        ({"value": "profit"}, "orders has no column 'profit'"),
    ],
)
def test_settings_that_make_no_sense_are_refused(options, says):
    with pytest.raises(InputError, match=says):
        value_change(orders(("a", 1, 1.0)), "2026-01-01", **options)
