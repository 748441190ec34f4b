"""Parameters of the customers that a lesson recovers, or builds upon, show in the data or in the hidden traits."""

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from crm_lab.world import World
from crm_lab.world._clock import Clock
from crm_lab.world._effects import Effects
from crm_lab.world.parameters import CHANGES, KINDS, STYLES, Parameters

from .pooling import factor, misses, pooled

PARAMETERS = Parameters()
CONSUMER = PARAMETERS.buyers["consumer"]


def consumers(world):
    """Hidden traits of the private customers."""
    return world.truth.customers.query("kind == 'consumer'")


def private(world):
    """Orders of private customers, with their hidden traits."""
    traits = consumers(world)
    return world.orders.merge(traits, left_on="customer_id", right_index=True)


def test_kinds_styles_and_changes_of_life_are_as_frequent_as_stated(companies):
    def shares(world):
        traits = world.truth.customers
        names = {"kind": KINDS, "change": CHANGES}
        found = {
            column: traits[column].value_counts(normalize=True).reindex(names[column], fill_value=0).to_dict()
            for column in names
        }
        return found | {"style": (consumers(world)["style"] == "transactional").mean()}

    kinds = {kind: buyer.share for kind, buyer in PARAMETERS.buyers.items()}
    changes = dict(zip(CHANGES, PARAMETERS.changes, strict=True))
    assert STYLES[0] == "transactional"
    assert not misses(companies, shares, {"kind": kinds, "change": changes, "style": CONSUMER.styles[0]})


def test_hidden_rates_of_buying_leaving_and_spending_follow_their_laws(companies):
    """BG/NBD and Gamma-Gamma: each trait, put through its own distribution function, is even from 0 to 1."""

    def even(world):
        traits = consumers(world)
        parts = {
            "rate": stats.gamma.cdf(traits["rate"], CONSUMER.rate_shape, scale=CONSUMER.rate_scale),
            "leave": stats.beta.cdf(traits["leave"], CONSUMER.drop_a, CONSUMER.drop_b),
            "nu": stats.gamma.cdf(traits["nu"], CONSUMER.spend_q, scale=1 / CONSUMER.spend_gamma),
        }
        return {name: {"mean": part.mean(), "square": (part**2).mean()} for name, part in parts.items()}

    assert not misses(companies, even, {name: {"mean": 1 / 2, "square": 1 / 3} for name in even(companies[0])})


def test_satisfied_customers_leave_less_by_the_stated_correlation(companies):
    def copula(world):
        traits = consumers(world)
        leave = special.ndtri(stats.beta.cdf(traits["leave"], CONSUMER.drop_a, CONSUMER.drop_b).clip(1e-9, 1 - 1e-9))
        return -np.corrcoef(traits["satisfaction"], leave)[0, 1]

    assert not misses(companies, copula, PARAMETERS.satisfaction_on_leaving)


def test_who_never_leaves_buys_at_their_rate():
    world = World(4_000, seed=9, policy=lambda quarter, company: Effects(leaving=0.0, failing=0.0))
    traits, end = world.truth.customers, Clock(PARAMETERS).weeks[-1]
    bought = traits[traits["first"] < end]
    expected = len(bought) + (bought["rate"] * (end - bought["first"])).sum()
    assert len(world.orders) == pytest.approx(expected, abs=factor() * np.sqrt(expected))


def test_seasons_and_weekdays_speed_up_repeat_orders_as_stated(companies):
    clock = Clock(PARAMETERS)

    def busy(world):
        """Repeat orders on usual days of the second year over what days alike in length would bring, by weekday."""
        orders = world.orders[world.orders["customer_id"].duplicated()]
        day = (orders["ordered_at"].dt.normalize() - clock.days[0]).dt.days
        counts = pd.Series(np.bincount(day, minlength=len(clock.days)), clock.days)[~clock.festival]
        weekday = counts.groupby(counts.index.day_of_week).mean()
        return weekday / weekday.mean()

    weights = np.array(PARAMETERS.weekday_weights)
    assert not misses(companies, busy, dict(enumerate(weights / weights.mean())))


def test_a_change_of_life_multiplies_the_order_value(companies):
    def steps(world):
        orders = private(world)
        part = np.select(
            [orders["ordered_at"] < "2025-06-10", orders["ordered_at"] >= "2025-07-25"], ["early", "late"], ""
        )
        value = np.log(orders["revenue"]).groupby([orders["change"], orders["customer_id"], part]).mean().unstack()
        step = (value["late"] - value["early"]).groupby("change").mean()
        return {name: step[name] - step["steady"] for name in ("rising", "falling")}

    found, bound = pooled(companies, steps)
    stated = dict(zip(CHANGES, np.log(PARAMETERS.change_factor), strict=True))
    # nobody takes less than one piece, which hides some of a change, above all of a fall
    assert 0.75 * stated["rising"] - bound["rising"] < found["rising"] < stated["rising"] + bound["rising"]
    assert stated["falling"] - bound["falling"] < found["falling"] < 0.5 * stated["falling"] + bound["falling"]


def test_orders_are_cancelled_and_lines_returned_as_often_as_stated(companies):
    failure = PARAMETERS.contact.tickets.failure

    def shares(world):
        cancelled = (
            (world.orders["status"] == "cancelled").groupby(world.orders["payment"] == "cash_on_delivery").mean()
        )
        return {"usual": cancelled[False], "on_delivery": cancelled[True]}

    stated = {"usual": PARAMETERS.cancel_share, "on_delivery": PARAMETERS.cancel_on_delivery}
    assert not misses(companies, shares, {name: chance * (1 - failure) for name, chance in stated.items()})


def test_problem_customers_return_most_of_what_they_buy(companies):
    def heavy(world):
        traits = world.truth.customers.query("kind != 'dealer'")
        return (traits["returns"] > 0.5).mean()

    often = stats.beta.sf(0.5, PARAMETERS.problem_a, PARAMETERS.problem_b)
    assert not misses(companies, heavy, PARAMETERS.problem_share * often)


def test_promotions_and_advice_differ_by_style_as_stated(companies):
    festival = Clock(PARAMETERS)

    def habits(world):
        orders = private(world)
        day = (orders["ordered_at"].dt.normalize() - festival.days[0]).dt.days.to_numpy()
        usual = orders[~festival.festival[day]]
        advice = world.customers.set_index("customer_id")["advice_contacts"]
        traits = world.truth.customers
        return {
            "promotion_share": usual.groupby("style")["promotion"].mean().to_dict(),
            "festival_promotion": orders.loc[festival.festival[day], "promotion"].mean(),
            "advice_contacts": advice.reindex(traits.index).groupby(traits["style"]).mean().to_dict(),
        }

    of_private = {name: PARAMETERS.promotion_share[name] for name in STYLES[:2]}
    stated = {"promotion_share": of_private, "festival_promotion": PARAMETERS.festival_promotion}
    assert not misses(companies, habits, stated | {"advice_contacts": PARAMETERS.advice_contacts})


def test_customers_tell_what_the_parameters_make_them_think(companies):
    def answers(world):
        people = world.customers.set_index("customer_id")["recommend_score"]
        satisfaction = world.truth.customers["satisfaction"]
        bought = satisfaction.index.isin(world.orders["customer_id"])
        middle = people.notna() & (satisfaction.abs() < 1)  # where no answer is cut at 10
        slope, mean = np.polyfit(satisfaction[middle], people[middle], 1)
        rate = people.notna()[bought].mean()
        chance = PARAMETERS.answers_base + PARAMETERS.answers_by_strength * satisfaction[bought].abs()
        return {"slope": slope, "mean": mean, "rate": rate - chance.clip(upper=1).mean()}

    stated = {"slope": PARAMETERS.recommend_slope, "mean": PARAMETERS.recommend_mean, "rate": 0.0}
    assert not misses(companies, answers, stated)


def test_a_return_costs_what_the_parameters_say(company):
    lines = company.order_lines.set_index(["order_id", "line_no"])
    back = company.returns.join(lines[["unit_cost"]], on=["order_id", "line_no"])
    resale = np.where(back["reason"] == "damaged", PARAMETERS.resale_damaged, PARAMETERS.resale)
    expected = back["refund"] - back["quantity"] * back["unit_cost"] * resale + PARAMETERS.return_handling
    assert np.allclose(back["loss"], expected, atol=0.011)


def test_frame_contracts_are_for_integrated_customers(companies):
    def share(world):
        integrated = world.truth.customers["style"] == "integrated"
        contract = world.customers.set_index("customer_id")["frame_contract"]
        assert not contract[~integrated].any()
        return contract[integrated].mean()

    assert not misses(companies, share, PARAMETERS.contract_share)


def test_hidden_changes_of_life_and_satisfaction_can_be_seen(companies):
    for world in companies[:5]:
        score = world.customers.set_index("customer_id")["recommend_score"].dropna()
        assert np.corrcoef(score, world.truth.customers.loc[score.index, "satisfaction"])[0, 1] > 0.7
