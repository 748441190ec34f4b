"""Chats, e-mails and hand-overs: as busy as the telephone, as long as stated; the untrained pass on more."""

import numpy as np
import pandas as pd

from crm_lab.schema.serving import WRITTEN
from crm_lab.world._serving.serving_parameters import HandOverParameters, WrittenParameters
from crm_lab.world._serving.truth import ESTIMANDS

from ..pooling import misses
from . import serving_measures as found

HAND_OVERS, PARAMETERS = HandOverParameters(), WrittenParameters()


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.hand_overs, ESTIMANDS["hand_overs"])


def test_calls_are_passed_on_as_stated(companies):
    stated = dict(zip(("trained", "untrained"), HAND_OVERS.passed, strict=True)) | {"wish": HAND_OVERS.wish}
    assert not misses(companies, found.hand_overs, stated)


def test_notes_belong_to_calls_that_were_answered_or_waited(companies):
    for world in companies[:5]:
        notes = world.call_notes.merge(world.calls, on="call_id")
        passed = notes["specialist"].notna()
        assert (notes.loc[passed, "outcome"] == "answered").all()
        assert notes["specialist_seconds"].notna().eq(passed).all()
        wish = notes[notes["call_back"]]
        assert (wish["outcome"] == "abandoned").all()
        assert (wish["wait_seconds"] > HAND_OVERS.offered).all()
        assert (passed | notes["call_back"]).all()


def test_who_is_called_back_is_called_back_later(companies):
    notes = pd.concat([world.call_notes.merge(world.calls, on="call_id") for world in companies])
    back = notes.dropna(subset="called_back_at")
    wait = (back["called_back_at"] - back["arrived_at"]).dt.total_seconds() / 3600
    assert back["call_back"].all()
    assert wait.between(0, HAND_OVERS.within + 0.02).all()
    assert 0.8 < len(back) / notes["call_back"].sum() < 1


def test_handling_is_as_long_as_stated(companies):
    def seconds(world):
        table = world.written_intervals.dropna(subset="handling_seconds")
        total = (table["offered"] * table["handling_seconds"]).groupby(table["channel"]).sum()
        return total / table.groupby("channel")["offered"].sum()

    assert not misses(companies, seconds, PARAMETERS.handling_mean, slack=0.5)


def test_writing_is_as_busy_as_the_telephone(company):
    written = company.written_intervals.groupby(["date", "channel"])["offered"].sum().unstack()
    calls = company.call_intervals.groupby("date")["offered"].sum().reindex(written.index)
    assert set(written.columns) == set(WRITTEN)
    for channel in WRITTEN:
        assert np.corrcoef(written[channel], calls)[0, 1] > 0.8
