"""Touches end with the one that won the account; mails go to who allows them, but for a few mistakes."""

from crm_lab.world._winning.truth import ESTIMANDS
from crm_lab.world._winning.winning_parameters import MailingParameters, TouchParameters

from ..pooling import misses
from . import winning_measures as found

MAILINGS = MailingParameters()


def test_the_figures_are_as_the_truth_says(companies):
    assert not misses(companies, found.touches, ESTIMANDS["touches"])
    assert not misses(companies, found.mailings, ESTIMANDS["mailings"])


def test_the_last_touch_opened_the_account(companies):
    for world in companies[:5]:
        last = world.touches.drop_duplicates("customer_id", keep="last").merge(world.customers, on="customer_id")
        assert (last["channel_x"] == last["channel_y"]).all()
        assert (last["touched_at"] == last["registered_at"].dt.floor("min")).all()
        new = world.customers.query("kind == 'consumer' and registered_at >= '2025-01-01'")
        assert set(last["customer_id"]) == set(new["customer_id"])


def test_touches_are_numbered_by_time(company):
    touches = company.touches
    assert touches.groupby("customer_id")["touch_no"].agg(["min", "max", "size"]).eval("min == 1 and max == size").all()
    first = touches["touch_no"] == 1
    assert (touches["touched_at"].diff()[~first].dt.total_seconds() > 0).all()


def test_earlier_touches_come_from_the_channels_stated(companies):
    def earlier(world):
        touches = world.touches[world.touches.duplicated("customer_id", keep="last")]
        return touches["channel"].value_counts(normalize=True).reindex(list(TouchParameters().opens), fill_value=0.0)

    assert not misses(companies, earlier, TouchParameters().opens)


def test_everyone_who_allows_it_and_nobody_unknown_gets_every_mail(companies):
    for world in companies[:3]:
        mails = found.wrongly_sent(world).merge(world.customers, on="customer_id")
        assert (mails["registered_at"] < mails["sent_at"]).all()
        last = mails[mails["sent_at"] >= MAILINGS.days[-1]]
        decided = world.consents.query("purpose == 'marketing' and recorded_at < '2025-12-09 10:00'")
        allowed = decided.sort_values("recorded_at").groupby("customer_id")["granted"].last()
        assert set(last.loc[~last["wrong"], "customer_id"]) == set(allowed.index[allowed])


def test_subject_lines_are_drawn_by_lot(companies):
    share = {"by_name": 0.5}
    assert not misses(companies, lambda world: {"by_name": (world.mailings["subject"] == "by_name").mean()}, share)
