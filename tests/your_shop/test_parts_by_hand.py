"""The figures of the parts against small shops worked out by hand, and on shops made by a known rule."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_lab.base.errors import InputError
from crm_lab.data import read_shop
from crm_lab.your_shop import agents, calls
from crm_lab.your_shop._baskets import pairs
from crm_lab.your_shop._calls import calls_to_see, falling
from crm_lab.your_shop._future import cohort_table, forecast


def orders(rows):
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "revenue"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"]))


def test_cohorts_by_hand():
    table = cohort_table(
        orders(
            [
                ("A", "2024-01-05", 1.0),
                ("A", "2024-05-01", 1.0),
                ("A", "2024-06-01", 1.0),
                ("B", "2024-03-31", 1.0),
                ("C", "2024-04-01", 1.0),
                ("C", "2024-08-01", 1.0),
            ]
        ),
        "Q",
    )
    assert table.index.astype(str).tolist() == ["2024Q1", "2024Q2"]
    assert table.to_numpy().tolist()[0] == [0.5, 0.0]
    assert table.iloc[1, 0] == 1.0
    assert np.isnan(table.iloc[1, 1])  # not yet known


def lines_of(held):
    rows = [(n, product, "goods") for n, basket in enumerate(held) for product in basket]
    return pd.DataFrame(rows, columns=["order_id", "product", "kind"])


def test_pairs_by_hand():
    lines = lines_of(["AB"] * 6 + ["CD"] * 5 + ["EF"] * 3 + ["A"])
    postage = pd.DataFrame({"order_id": [0, 1, 2, 3, 4, 14], "product": "POST", "kind": "fee"})
    found, n = pairs(pd.concat([lines, lines.head(2), postage]))
    assert n == 14  # the single A is no pair, a line that stands there twice is one product
    assert found[["first", "second", "together"]].to_numpy().tolist() == [["A", "B", 6], ["C", "D", 5]]
    assert found["by_chance"].tolist() == pytest.approx([6 * 6 / 14, 5 * 5 / 14])


def test_pairs_above_chance_come_first():
    rng = np.random.default_rng(1)
    lines = []
    for n in range(400):
        basket = set(rng.choice(list("CDEFGH"), 3))
        if n % 4 == 0:
            basket |= {"tea", "cup"}
        lines += [(n, product, "goods") for product in basket]
    found, _n = pairs(pd.DataFrame(lines, columns=["order_id", "product", "kind"]))
    first = found.iloc[0]
    assert {first["first"], first["second"]} == {"tea", "cup"}
    assert first["together"] == 100
    assert first["by_chance"] == pytest.approx(100 * 100 / 400, rel=0.02)


def test_no_pairs_says_why():
    with pytest.raises(InputError, match="No order holds two different products"):
        pairs(pd.DataFrame({"order_id": [1, 2], "product": ["A", "B"], "kind": "goods"}))


@pytest.mark.parametrize(("before", "rise"), [(0.3, 0.1), (0.88, 0.1), (0.05, 0.02)])
def test_so_many_calls_show_the_rise_four_times_in_five(before, rise):
    n = calls_to_see(before, rise)
    rng = np.random.default_rng(0)
    called, left = rng.binomial(n, before + rise, 20_000) / n, rng.binomial(n, before, 20_000) / n
    error = np.sqrt((called * (1 - called) + left * (1 - left)) / n)
    seen = ((called - left) / error > stats.norm.ppf(0.975)).mean()
    assert 0.77 < seen < 0.86


def test_who_falls_by_hand():
    today = pd.Timestamp("2024-07-01")
    table = orders(
        [
            ("down", "2024-04-20", 90.0),
            ("down", "2024-06-20", 10.0),
            ("even", "2024-04-20", 50.0),
            ("even", "2024-06-20", 50.0),
            ("gone", "2024-04-10", 200.0),
        ]
    )
    assert sorted(falling(table, today, 45).index) == ["down", "gone"] if table["revenue"].mean() == 80 else ["gone"]


def made_by_nbd(r, alpha, weeks, customers=3_000):
    """Customers who never leave, whose weekly rates are Gamma(r, alpha)."""
    rng = np.random.default_rng(5)
    rate = rng.gamma(r, 1 / alpha, customers)
    start = pd.Timestamp("2023-01-02")
    rows = []
    for n in range(customers):
        at = rng.uniform(0, weeks / 2)
        while at < weeks:
            rows.append((f"K{n}", start + pd.Timedelta(weeks=at), 10.0))
            at += rng.exponential(1 / rate[n])
    return orders(rows), start + pd.Timedelta(weeks=weeks), rate


def test_the_forecast_finds_what_made_the_purchases():
    table, today, rate = made_by_nbd(0.8, 10.0, 60)
    ahead = forecast(table, today, 13)
    assert ahead.purchases.sum() == pytest.approx(13 * rate.sum(), rel=0.08)


def test_without_leaving_where_the_orders_do_not_tell(french):
    kept = french.orders[french.orders["status"] == "delivered"]
    assert not forecast(kept, french.today, 13).leaving


def test_agents_take_the_ratio_that_is_given():
    moment = pd.date_range("2024-01-01 10:00", periods=5_000, freq="2min").strftime("%Y-%m-%d %H:%M:%S")
    lines = pd.DataFrame({"day": moment, "who": [f"K{n}" for n in range(5_000)], "paid": 5.0, "no": range(5_000)})
    shop = read_shop(lines, {"order_id": "no", "date": "day", "customer_id": "who", "amount": "paid"})
    said = agents(shop, calls_per_order=0.5).says
    assert "50 calls for 100 orders" in said[1]
    # 30 orders an hour, 15 calls of 5 minutes: 1.25 erlangs; Erlang C needs 3 agents for 80/20
    assert "3 agents answer 80 %" in said[1]


def test_calls_name_the_falling_and_the_shares_without_a_call(french):
    found = calls(french)
    assert found.table.shape[1] == 3
    assert "bought again without a call" in found.says[1]
    assert "too few customers" in found.says[1]


def test_where_everybody_comes_back_a_call_can_add_nothing():
    bought = {"2024-04-01": 950.0, "2024-05-01": 420.0, "2024-06-19": 10.0, "2024-06-20": 10.0}
    rows = [(f"K{n}", day, paid) for n in range(20) for day, paid in bought.items()]
    lines = orders(rows).rename(columns={"ordered_at": "day"})
    shop = read_shop(lines, {"date": "day", "customer_id": "customer_id", "amount": "revenue"})
    said = calls(shop).says[1]
    assert said == (
        "Of 20 customers who fell a period earlier, 100 % bought again without a call. "
        "That leaves no room for a call to add 10 percentage points."
    )
    with pytest.raises(InputError, match="must be a share"):
        calls_to_see(0.95, 0.1)
