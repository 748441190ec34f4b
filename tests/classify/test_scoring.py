"""RFM by hand, what scores must keep under any change of scale, and one segment for every customer."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_lab.base.errors import InputError
from crm_lab.classify import SEGMENTS, rfm, rfm_scores, rfm_scores_at, segment_guide, segment_money, segments

quick = settings(deadline=None, max_examples=60)
TODAY = "2026-01-01"


def orders(*rows):
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "margin"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"], format="mixed"))


HAND = orders(
    ("C2", "2025-12-31 23:50", 10.0),
    ("C1", "2025-12-02 00:10", 25.5),
    ("C2", "2025-01-01 12:00", 4.5),
    ("C3", "2026-01-01 08:00", -7.0),
    ("C1", "2025-12-02 18:00", 1.0),
)

measures = st.lists(
    st.tuples(st.integers(0, 700), st.integers(1, 9), st.integers(-500, 5000)), min_size=1, max_size=40
).map(lambda rows: pd.DataFrame(rows, columns=["recency_days", "frequency", "monetary"]))


def test_rfm_by_hand():
    expected = pd.DataFrame(
        {"recency_days": [30, 1, 0], "frequency": [2, 2, 1], "monetary": [26.5, 14.5, -7.0]},
        index=pd.Index(["C1", "C2", "C3"], name="customer_id"),
    )
    pd.testing.assert_frame_equal(rfm(HAND, TODAY), expected)


def test_rfm_reads_the_columns_it_is_told_to():
    theirs = HAND.rename(columns={"ordered_at": "day", "margin": "revenue"})
    pd.testing.assert_frame_equal(rfm(theirs, TODAY, date="day", value="revenue"), rfm(HAND, TODAY))
    with pytest.raises(
        InputError, match=r"orders has no column 'ordered_at', 'margin'\. Its columns are: customer_id, day"
    ):
        rfm(theirs, TODAY)


@pytest.mark.parametrize(
    ("column", "entry", "says"),
    [
        ("customer_id", None, "orders, customer_id: 1 of 5 entries is missing"),
        ("ordered_at", pd.NaT, "orders, ordered_at: 1 of 5 entries is missing"),
        ("margin", np.nan, "orders, margin: 1 of 5 entries is missing"),
        ("ordered_at", pd.Timestamp("2026-01-02"), "orders, ordered_at: 1 date is after today, 2026-01-01"),
    ],
)
def test_rfm_refuses_orders_it_cannot_place(column, entry, says):
    spoilt = HAND.copy()
    spoilt.loc[3, column] = entry
    with pytest.raises(InputError, match=says):
        rfm(spoilt, TODAY)


@quick
@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 900), st.integers(-99, 999)), min_size=1), st.randoms()
)
def test_rfm_loses_no_order_and_no_money_whatever_the_order_of_rows(rows, random):
    table = orders(*[(who, pd.Timestamp(TODAY) - pd.Timedelta(days=ago), cents / 100) for who, ago, cents in rows])
    result = rfm(table, TODAY)
    assert result["frequency"].sum() == len(rows)
    assert result["monetary"].sum() == pytest.approx(table["margin"].sum())
    assert result["recency_days"].min() == min(ago for _, ago, _ in rows)
    shuffled = table.sample(frac=1, random_state=random.randint(0, 1000))
    pd.testing.assert_frame_equal(rfm(shuffled, TODAY), result)


def test_scores_of_ten_customers_by_hand():
    """Fifths of two customers. Frequency 1 1 1 1 2 2 3 4 5 9: ranks 2.5 ×4, 5.5 ×2, 7, 8, 9, 10; 5 × rank / 10 up."""
    table = pd.DataFrame(
        {
            "recency_days": [700, 300, 120, 90, 60, 45, 30, 20, 10, 1],
            "frequency": [1, 1, 1, 1, 2, 2, 3, 4, 5, 9],
            "monetary": [-40, 5, 10, 20, 40, 80, 160, 320, 640, 5000],
        }
    )
    scores = rfm_scores(table)
    assert scores["recency"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert scores["frequency"].tolist() == [2, 2, 2, 2, 3, 3, 4, 4, 5, 5]
    assert scores["monetary"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert scores.dtypes.eq("int64").all()


@quick
@given(measures, st.integers(2, 12))
def test_scores_are_what_three_lines_of_pandas_give(table, bins):
    scores = rfm_scores(table, bins)
    by_hand = {
        "recency": np.ceil(bins * table["recency_days"].rank(ascending=False, pct=True)),
        "frequency": np.ceil(bins * table["frequency"].rank(pct=True)),
        "monetary": np.ceil(bins * table["monetary"].rank(pct=True)),
    }
    pd.testing.assert_frame_equal(scores, pd.DataFrame(by_hand).astype(int))


@quick
@given(measures, st.integers(2, 10))
def test_scores_rise_with_the_value_are_shared_by_equals_and_ignore_the_scale(table, bins):
    scores = rfm_scores(table, bins)
    assert scores.isin(range(1, bins + 1)).all(axis=None)
    for score, measure, sign in [
        ("recency", "recency_days", -1),
        ("frequency", "frequency", 1),
        ("monetary", "monetary", 1),
    ]:
        by_value = scores.groupby(sign * table[measure])[score]
        assert (by_value.nunique() == 1).all()
        assert by_value.first().is_monotonic_increasing
    rescaled = pd.DataFrame(
        {
            "recency_days": table["recency_days"] ** 3 + 1,
            "frequency": np.log(table["frequency"]),
            "monetary": np.arctan(table["monetary"] / 5000),
        }
    )
    pd.testing.assert_frame_equal(rfm_scores(rescaled, bins), scores)


@quick
@given(measures, st.permutations(range(40)))
def test_scores_do_not_depend_on_the_order_of_customers(table, places):
    shuffled = table.loc[[place for place in places if place < len(table)]]
    pd.testing.assert_frame_equal(rfm_scores(shuffled).sort_index(), rfm_scores(table))


def test_distinct_values_fill_every_score_equally():
    table = pd.DataFrame({name: np.arange(35) for name in ("recency_days", "frequency", "monetary")})
    for bins in (5, 7):
        assert (rfm_scores(table, bins).apply(lambda scores: scores.value_counts()) == 35 // bins).all(axis=None)


CUTS = {"recency_days": [30, 90, 180, 365], "frequency": [2, 3, 5, 10], "monetary": [0, 100, 500, 2000]}


def test_fixed_thresholds_reach_the_better_score_at_the_cut():
    table = pd.DataFrame(
        {
            "recency_days": [0, 30, 31, 180, 365, 366],
            "frequency": [10, 9, 5, 3, 2, 1],
            "monetary": [2000, 1999.99, 500, 100, 0, -0.01],
        }
    )
    scores = rfm_scores_at(table, CUTS)
    assert scores["recency"].tolist() == [5, 5, 4, 3, 2, 1]
    assert scores["frequency"].tolist() == [5, 4, 4, 3, 2, 1]
    assert scores["monetary"].tolist() == [5, 4, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"monetary": [0, 100]}, "equally many cuts"),
        ({"monetary": [0, 100, 100, 200]}, "thresholds, monetary must rise"),
        ({"recency": [1, 2, 3, 4]}, "thresholds must name exactly recency_days, frequency, monetary"),
    ],
)
def test_thresholds_that_do_not_fit_are_refused(change, says):
    table = pd.DataFrame({"recency_days": [1], "frequency": [1], "monetary": [1.0]})
    with pytest.raises(InputError, match=says):
        rfm_scores_at(table, CUTS | change)


ALL = pd.DataFrame(list(product(range(1, 6), repeat=3)), columns=["recency", "frequency", "monetary"])


def test_each_of_125_score_triples_has_one_segment_and_each_segment_has_triples():
    codes = segments(ALL)
    assert len(codes) == 125
    assert set(codes) == set(SEGMENTS)
    # Worth 1 to 5 comes from 1, 5, 9 … pairs of (frequency, monetary): halves round up, so 1, 5, 9, 7, 3 pairs
    pairs = {1: 1, 2: 5, 3: 9, 4: 7, 5: 3}
    assert codes.value_counts()["champions"] == pairs[4] + pairs[5]
    assert codes.value_counts()["new"] == pairs[1]
    assert codes.value_counts()["at_risk"] == 2 * (pairs[3] + pairs[4])


@pytest.mark.parametrize(
    ("triple", "code"),
    [
        ((5, 5, 5), "champions"),
        ((5, 4, 3), "champions"),  # worth 3.5 counts as 4
        ((4, 5, 5), "loyal"),
        ((3, 4, 4), "loyal"),
        ((5, 2, 2), "potential_loyal"),
        ((5, 1, 1), "new"),
        ((4, 1, 1), "promising"),
        ((3, 3, 3), "need_attention"),
        ((3, 2, 2), "about_to_sleep"),
        ((1, 5, 5), "cant_lose"),
        ((2, 5, 3), "at_risk"),
        ((1, 1, 1), "hibernating"),
    ],
)
def test_segments_by_hand(triple, code):
    assert segments(pd.DataFrame([triple], columns=ALL.columns)).tolist() == [code]


def test_a_better_score_never_leads_to_a_colder_segment():
    """Recency alone tells the warm from the cold segments, at any worth."""
    warmth = {"hibernating": 0, "at_risk": 0, "cant_lose": 0, "about_to_sleep": 1, "need_attention": 1}
    warm = segments(ALL).map(warmth).fillna(2).groupby([ALL["frequency"], ALL["monetary"], ALL["recency"]]).first()
    assert (warm.groupby(level=[0, 1]).diff().fillna(0) >= 0).all()


@pytest.mark.parametrize("bins", [2, 3, 4, 7, 10])
def test_other_numbers_of_scores_keep_the_ends_and_the_middle(bins):
    ends = pd.DataFrame([(1, 1, 1), (bins, bins, bins), (1, bins, bins), (bins, 1, 1)], columns=ALL.columns)
    assert segments(ends, bins).tolist() == ["hibernating", "champions", "cant_lose", "new"]
    every = pd.DataFrame(list(product(range(1, bins + 1), repeat=3)), columns=ALL.columns)
    assert set(segments(every, bins)) <= set(SEGMENTS)
    if bins % 2:
        middle = pd.DataFrame([[(bins + 1) // 2] * 3], columns=ALL.columns)
        assert segments(middle, bins).tolist() == ["need_attention"]


def test_ten_scores_count_in_pairs():
    """1 + 4 (s − 1) / 9 is 1, 1.44, 1.89, 2.33, 2.78, 3.22, 3.67, 4.11, 4.56, 5."""
    small = pd.DataFrame({"recency": range(1, 11), "frequency": 1, "monetary": 1})
    expected = ["hibernating"] * 4 + ["about_to_sleep"] * 2 + ["promising"] * 2 + ["new"] * 2
    assert segments(small, bins=10).tolist() == expected


@pytest.mark.parametrize("wrong", [0, 6, 2.5])
def test_scores_off_the_scale_are_refused(wrong):
    with pytest.raises(InputError, match="scores, monetary must be whole numbers from 1 to 5"):
        segments(ALL.astype(float).assign(monetary=float(wrong)))


def test_the_guide_covers_every_segment_with_the_rule_in_force():
    guide = segment_guide()
    assert guide.index.tolist() == list(SEGMENTS)
    assert guide["rule"].is_unique
    assert guide.loc["loyal", "rule"] == "recency 3–4, worth 4–5"
    assert (guide != "").all(axis=None)


def test_segment_money_by_hand():
    table = pd.DataFrame({"recency_days": 1, "frequency": 1, "monetary": [60.0, 50.0, -10.0, 0.0]}, index=list("abcd"))
    codes = pd.Series({"d": "new", "c": "hibernating", "b": "champions", "a": "champions"})
    money = segment_money(table, codes)
    assert money.index.tolist() == ["champions", "new", "hibernating"]
    assert money["customers"].tolist() == [2, 1, 1]
    assert money["monetary_share"].tolist() == [1.1, 0.0, -0.1]
    assert segment_money(table, codes.replace("new", "aa")).index.tolist() == ["champions", "hibernating", "aa"]


@quick
@given(measures)
def test_segment_money_loses_nobody_and_nothing(table):
    table["monetary"] = table["monetary"].abs() + 1
    money = segment_money(table, segments(rfm_scores(table)))
    assert money["customers"].sum() == len(table)
    assert money["monetary"].sum() == pytest.approx(table["monetary"].sum())
    assert money[["customer_share", "monetary_share"]].sum().tolist() == pytest.approx([1, 1])


def test_segment_money_needs_the_same_customers_and_some_money():
    table = pd.DataFrame({"recency_days": [1], "frequency": [1], "monetary": [-1.0]})
    with pytest.raises(InputError, match="segments and rfm must cover the same customers; 2 stand in only one"):
        segment_money(table, pd.Series(["new"], index=["x"]))
    with pytest.raises(InputError, match="monetary adds up to −¥1"):
        segment_money(table, pd.Series(["new"]))
