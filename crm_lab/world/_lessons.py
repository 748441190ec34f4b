"""What the standard methods of the lessons converge to on customers' lives and on selling: estimands of the truth.

Measured by `python -m tests.world.measure_truth`. lifetime and care: World(200_000, seed=2024). churn and
recommendation, which learn more from more customers, and sales, whose tables do not grow with the panel: means over
200 companies of 2,000 customers, seeds 1000 to 1199. The tests measure them again on other seeds.
"""

from __future__ import annotations

from typing import Any

# Private customers, orders that were not cancelled, weeks of the calendar.
LIFETIME: dict[str, Any] = {
    # BG/NBD (r, alpha, a, b) and Gamma-Gamma (p, q, gamma in ¥) by maximum likelihood on the first year and on both.
    # Not the structural ones, which hold in business time, where November is no busier: trouble makes leaving likelier
    # than a and b say, even after a first order; promotions and changes of life move what is spent. p_alive: mean
    # chance of still being there, of all who ever ordered. in_season: with time in weeks of business time, in which a
    # day counts as its month, weekday and festival say; these hold from year to year
    "fitted": {
        "one_year": {
            "r": 0.783,
            "alpha": 8.97,
            "a": 0.655,
            "b": 2.78,
            "p": 4.23,
            "q": 4.18,
            "gamma": 230.6,
            "p_alive": 0.731,
        },
        "one_year_in_season": {"r": 0.718, "alpha": 7.85, "a": 0.976, "b": 3.48},
        "two_years": {
            "r": 0.715,
            "alpha": 7.90,
            "a": 0.844,
            "b": 3.15,
            "p": 3.90,
            "q": 3.96,
            "gamma": 238.6,
            "p_alive": 0.609,
        },
        "two_years_in_season": {"r": 0.689, "alpha": 7.50, "a": 0.970, "b": 3.42},
    },
    # fitted on the first year, forecast of the next weeks: purchases expected / made, mean absolute error a customer /
    # mean purchases a customer; in_season, which knows that the first year ended with the busiest months, and the
    # calendar does not; the same of the plain forecast that the first year repeats itself; and amount expected
    # of the purchases made / their amount
    "holdout": {
        "26_weeks": {
            "purchases": 1.345,
            "purchases_in_season": 1.009,
            "error": 1.142,
            "purchases_as_before": 1.245,
            "error_as_before": 1.262,
            "spend": 0.985,
        },
        "52_weeks": {
            "purchases": 1.273,
            "purchases_in_season": 1.011,
            "error": 1.037,
            "purchases_as_before": 1.309,
            "error_as_before": 1.237,
            "spend": 0.964,
        },
    },
    # by quarter of the first order: share of these customers who order 1, 2 … quarters later
    "retention": {
        "2024Q1": (0.439, 0.304, 0.316, 0.192, 0.206, 0.169, 0.192),
        "2024Q2": (0.392, 0.372, 0.214, 0.230, 0.181, 0.206),
        "2024Q3": (0.479, 0.261, 0.266, 0.210, 0.229),
        "2024Q4": (0.352, 0.337, 0.255, 0.267),
        "2025Q1": (0.448, 0.314, 0.314),
        "2025Q2": (0.391, 0.375),
        "2025Q3": (0.482,),
    },
}

# Who, of the private customers with an order in the year before 2025-07-01, orders nothing in the half-year after it:
# area under the ROC curve. Learnt on 2025-01-01 and the half-year after it, judged on the next: no row of the future.
CHURN: dict[str, Any] = {
    "left": 0.585,  # share
    "auc": 0.732,  # logistic regression on what was known on the day
    "auc_boosting": 0.730,  # boosted trees on the same
    "leak_after": 0.99988,  # the regression, with the same features read half a year later
    "leak_today": 0.935,  # with the last visit and the open account as they stand in customers today
    "leak_target": 0.936,  # with a column made from the target: share of the months in which the customer was leaving
    # large boosted trees on monthly snapshots that hold what never changes of a customer: learnt before and judged
    # after, as above; and by a random split, which puts the same customers on both sides
    "split_in_time": 0.727,
    "leak_random_split": 0.831,
}

# Lists of ten products made from orders before 2025-10-01. hit_rate: share of the lists with something that was then
# bought; coverage: share of the products that stand in any list. Item to item: P(other | product), shrunk by 50 rows.
RECOMMENDATION: dict[str, Any] = {
    # for a customer, judged by the first order after that day
    "next_order": {"popularity": {"hit_rate": 0.456}, "item_to_item": {"hit_rate": 0.465, "coverage": 0.287}},
    # for a product in an order after that day, judged by what else is in it
    "same_order": {"popularity": {"hit_rate": 0.419}, "item_to_item": {"hit_rate": 0.472, "coverage": 0.755}},
}

SALES: dict[str, Any] = {
    # leads that came before 2025-07-01: share that reached each stage; days and ¥ (yearly value) of those won
    "funnel": {
        "reached_contacted": 0.795,
        "reached_qualified": 0.560,
        "reached_proposal": 0.420,
        "reached_negotiation": 0.223,
        "reached_won": 0.158,
        "days_to_win": 51.5,
        "value_won_a_lead": 1989.1,
    },
    # value won in each quarter of 2025, forecast as it began: absolute error / value won, of the weighted pipeline and
    # of the quarter before; sum forecast / won; share of the quarters inside the 80 % interval, which knows chance but
    # not how well the shares behind it are known
    "forecast": {"error": 0.160, "error_last_quarter": 0.226, "total": 1.016, "inside": 0.709},
    # value won / quota since the second quarter: of the team, median of a rep's quarter, share of these that reached 1
    "quota": {"team": 0.915, "median": 0.816, "reached": 0.381},
}

CARE: dict[str, Any] = {
    # share of tickets answered within 24 hours and ended within 72, of all and of complaints
    "sla": {
        "first_response_24h": 0.9663,
        "first_response_24h_complaints": 0.851,
        "resolved_72h": 0.9888,
        "resolved_72h_complaints": 0.856,
    },
    # by how the trouble of an order ended: margin in ¥ of the half-year after its delivery, and share who buy again in
    # it; orders of private customers. A comparison: who orders often is there more often
    "recovery": {
        "margin_none": 229.1,
        "margin_well_served": 241.1,
        "margin_silent": 156.6,
        "margin_badly_served": 100.0,
        "again_none": 0.731,
        "again_well_served": 0.777,
        "again_silent": 0.438,
        "again_badly_served": 0.243,
    },
    # private customers who answered the survey online: margin in ¥ of the half-year after it, share who buy in it, and
    # what one more point of each answer (csat 1–5, nps 0–10) goes with, by least squares on that answer alone
    "point": {
        "margin": 83.7,
        "again": 0.357,
        "margin_csat": 25.0,
        "again_csat": 0.068,
        "margin_nps": 16.42,
        "again_nps": 0.0420,
    },
}

LESSONS = {"lifetime": LIFETIME, "churn": CHURN, "recommendation": RECOMMENDATION, "sales": SALES, "care": CARE}
