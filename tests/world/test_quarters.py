"""One model: the recorded company is eight quarters of it, made one by one or together, and it can be played on."""

import pandas as pd
import pytest

from crm_lab import schema
from crm_lab.schema import TABLES
from crm_lab.world import Actions, World, manage
from crm_lab.world._clock import Clock
from crm_lab.world._contact.visits import last_days
from crm_lab.world._draws import Draws, numbers
from crm_lab.world._edges import with_edges
from crm_lab.world._effects import Effects
from crm_lab.world._quarters import Quarter
from crm_lab.world._record import known
from crm_lab.world.company import Setting
from crm_lab.world.parameters import QUARTERS, TODAY, Parameters

from .pooling import SEEDS

FATEFUL = ("orders", "order_lines", "returns", "failures", "tickets", "posts")  # what becomes of orders is told later


@pytest.fixture(scope="module")
def quarters():
    """The eight recorded quarters of one company, the tables of each made before the next begins, as they are."""
    company, raw, seen = Setting(2_000, SEEDS[0], "en_US").company(0), [], []
    for _ in range(QUARTERS):
        quarter = company.advance()
        raw.append(company.tables([company.lived[-1]]))
        seen.append(dict(quarter.items()))
    return company, raw, seen


def together(parts, name):
    return pd.concat([part[name] for part in parts], ignore_index=True)


def test_the_recorded_company_is_what_its_eight_quarters_return(quarters, company):
    lived, raw, seen = quarters
    whole = {name: together(raw, name) for name in FATEFUL}
    customers = lived.customers(lived.lived[-1])
    record = known(whole, customers, pd.Timestamp(TODAY), lived.trade.parameters.contact.tickets)
    given = {**record, "customers": customers, "surveys": together(seen, "surveys")}
    record |= with_edges(given, pd.Timestamp(TODAY))  # a few times within their day
    for name in FATEFUL:
        pd.testing.assert_frame_equal(TABLES[name].typed(record[name]), company.tables[name])


@pytest.mark.parametrize("name", ["surveys", "channel_spend", "call_intervals"])
def test_tables_of_finished_quarters_are_put_one_after_the_other(quarters, company, name):
    _, _, seen = quarters
    pd.testing.assert_frame_equal(TABLES[name].typed(together(seen, name)), company.tables[name])


def test_the_record_keeps_the_last_visits_and_who_registered(quarters, company):
    lived, _, seen = quarters
    days = lived.trade.parameters.contact.visits.days
    kept = last_days(seen[-1]["visits"], days, pd.Timestamp(TODAY))
    pd.testing.assert_frame_equal(kept.reset_index(drop=True), company.visits)
    assert len(kept) < len(seen[-1]["visits"])
    fixed = ["customer_id", "name", "email", "kind", "channel", "registered_at", "marketing_consent", "frame_contract"]
    joined = together(seen, "customers")[fixed].sort_values("customer_id", ignore_index=True)
    pd.testing.assert_frame_equal(joined, company.customers[fixed])


def test_what_will_become_of_an_order_is_not_known_before(quarters):
    lived, raw, _ = quarters
    today = pd.Timestamp("2025-01-01")
    first = lived.lived[3]
    whole = {name: together(raw[:4], name) for name in FATEFUL}
    then = known(whole, lived.customers(first), today, lived.trade.parameters.contact.tickets)
    assert 0 < (then["orders"]["status"] == "open").sum() < 60
    assert (then["orders"]["delivered_at"].dropna() < today).all()
    assert (then["returns"]["returned_at"] < today).all()
    assert len(then["returns"]) < len(whole["returns"])
    assert (then["tickets"]["outcome"] == "pending").sum() == then["tickets"]["resolved_at"].isna().sum() > 0
    assert set(then["tickets"]["return_id"].dropna()) <= set(then["returns"]["return_id"])


@pytest.fixture(scope="module")
def played():
    """A company managed through 2026 and into 2027, and what each quarter returned."""
    company = manage(2_000, seed=SEEDS[0])
    extra = company.usual_spend["email"] * 3
    actions = [
        Actions(
            quality=100_000, acquisition={"email": extra}, offers={"win_back": lambda known: known["orders_year"] > 0}
        )
    ]
    return company, [company.advance(each) for each in [*actions, *[Actions()] * 4]]


def test_a_player_goes_on_where_the_record_ends(played, company):
    lived, quarters = played
    assert [quarter.name for quarter in quarters] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1"]
    record = lived.record()
    for name in ("orders", "order_lines"):
        before = TABLES[name].typed(record[name]).head(len(company.tables[name]))
        fixed = [column for column in before if column not in ("ordered_at", "status", "delivered_at", "margin")]
        pd.testing.assert_frame_equal(before[fixed], company.tables[name][fixed])
    was_open = company.orders.loc[company.orders["status"] == "open", "order_id"]
    assert len(was_open) > 5
    assert (record["orders"].set_index("order_id").loc[was_open, "status"] == "delivered").all()


def test_keys_hold_across_recorded_and_played_quarters(played):
    lived, quarters = played
    record = {name: TABLES[name].typed(frame) for name, frame in lived.record().items()}
    for name, frame in record.items():
        assert not frame.duplicated(list(TABLES[name].key)).any(), name
        for column in TABLES[name].columns:
            parent, _, key = (column.refers or "").partition(".")
            if parent in record:
                assert set(frame[column.name].dropna()) <= set(record[parent][key]), (name, column.name)
    assert len(record["customers"]) > 2_400
    newest = record["customers"]["registered_at"] >= TODAY
    assert newest.sum() > 500
    assert record["orders"]["customer_id"].isin(record["customers"].loc[newest, "customer_id"]).sum() > 300
    for quarter in quarters:
        assert quarter["orders"]["ordered_at"].between(quarter.starts, quarter.ends, inclusive="left").all()
        assert quarter["visits"]["started_at"].between(quarter.starts, quarter.ends, inclusive="left").all()
        assert quarter["channel_spend"]["month"].nunique() == 3
        assert len(quarter["call_intervals"]) == 28 * (quarter.ends - quarter.starts).days
        assert set(quarter) == set(Quarter.TABLES)


def test_festivals_and_prices_go_on_by_date(played):
    lived, quarters = played
    clock = lived.trade.clock
    festive = clock.days[clock.festival & (clock.days.year == 2026)]
    assert festive.strftime("%m-%d").tolist() == [
        "06-17", "06-18", "06-19", "11-10", "11-11", "11-12", "12-11", "12-12", "12-13"
    ]  # fmt: skip
    orders = quarters[3]["orders"]
    assert orders["ordered_at"].dt.month.value_counts().idxmax() == 11
    short = Clock(Parameters())
    assert (clock.weeks[: len(short.weeks)] == short.weeks).all()
    assert (lived.trade.daily[: len(short.days)] == Setting(50, SEEDS[0], "en_US").trade.daily).all()
    assert (lived.trade.daily[-1] != lived.trade.daily[short.recorded - 1]).any()


def test_money_adds_up(played):
    quarter = played[1][0]
    money = quarter.money
    assert money["profit"] == pytest.approx(money.drop("profit").sum())
    assert -money[["acquisition", "offers", "agents", "recovery", "quality", "community"]].sum() == pytest.approx(
        quarter.costs.total
    )
    delivered = quarter["orders"].query("status == 'delivered'")["margin"].sum()
    assert money["margin"] == pytest.approx(50 * delivered)
    assert money["compensation"] == pytest.approx(-50 * quarter["tickets"]["compensation"].sum())
    assert money["offers"] < 0


def test_more_for_a_channel_brings_more_accounts_but_not_in_proportion(played):
    first = played[1][0]
    spend = first["channel_spend"].groupby("channel")["new_customers"].sum()
    later = played[1][1]["channel_spend"].groupby("channel")["new_customers"].sum()
    assert 1.2 < spend["email"] / later["email"] < 2.0


def test_rows_of_a_quarter_do_not_depend_on_the_others():
    rows = pd.Series([0, 0, 1, 3, 3, 3]).to_numpy()
    whole, part = Draws(7, "test", 0, rows), Draws(7, "test", 0, rows[3:])
    for draw in (lambda d, n: d.random(n), lambda d, n: d.gamma(2.0, size=n), lambda d, n: d.integers(0, 9, n)):
        assert draw(whole, 6)[3:].tolist() == draw(part, 3).tolist()
    assert whole.over(rows[:2]).random(2).tolist() != Draws(7, "test", 0, rows[:2]).random(2).tolist()
    with pytest.raises(ValueError, match="3 numbers asked for 6 rows"):
        whole.random(3)
    assert numbers(2, rows).tolist() == [20_000_001, 20_000_002, 20_100_001, 20_300_001, 20_300_002, 20_300_003]


def test_a_policy_moves_the_world_and_the_usual_one_is_the_record(company):
    again = World(seed=SEEDS[0], policy=lambda quarter, state: Actions())
    pd.testing.assert_frame_equal(again.orders, company.orders)

    def policy(quarter, state):
        assert state.quarter == quarter
        if quarter < 4:
            return Actions()
        return Actions(agents=0.7, community=200_000, acquisition={"display": 0})

    world = World(300, seed=SEEDS[0], policy=policy)
    usual = World(300, seed=SEEDS[0])
    assert world.call_intervals["agents"].sum() < 0.9 * usual.call_intervals["agents"].sum()
    late = world.channel_spend["month"] >= "2025-01-01"
    assert (world.channel_spend.loc[late & (world.channel_spend["channel"] == "display"), "spend"] == 0).all()
    assert len(world.customers) < len(usual.customers)
    assert not world.calls["wait_seconds"].equals(usual.calls["wait_seconds"])


def test_accounts_beyond_the_panel_have_numbers_of_their_own_in_a_whole_world():
    def policy(quarter, state):
        return Actions(acquisition={"email": 20 * state.usual_spend["email"] if quarter == 4 else 0}, agents=0.8)

    world = World(1_000, seed=SEEDS[0], policy=policy)
    schema.check(world.tables)
    newest = world.customers.loc[world.customers["customer_id"] > "C01000"]
    assert len(newest) >= 5
    assert newest["registered_at"].between("2025-01-01", "2025-04-01").all()
    panel = world.customers.loc[world.customers["customer_id"] <= "C01000", "channel"].value_counts()
    usual = World(1_000, seed=SEEDS[0]).customers["channel"].value_counts()
    assert panel["email"] < usual["email"]
    assert panel["search"] == usual["search"]


def test_blocks_number_their_newcomers_apart():
    setting, many = Setting(10_050, 3, "en_US"), Effects(accounts={"search": 3.0})
    numbers = []
    for block in (0, 1):
        company = setting.company(block)
        company.advance(many)
        numbers.append(set(company.traits.index[company.place.size :]))
    assert min(map(len, numbers)) > 0
    assert not numbers[0] & numbers[1]
    assert min(numbers[0] | numbers[1]) > 10_050
