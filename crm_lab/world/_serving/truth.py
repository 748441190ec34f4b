"""What the lessons' methods converge to on call-backs, test calls, expectations, dealers and hand-overs."""

from typing import Any

# Means over 60 companies of 2,000 customers, measured with tests/world/serving/serving_measures.py;
# the tests measure them again on others.
ESTIMANDS: dict[str, dict[str, Any]] = {
    # share who buy again within 90 days, called less control; within three days less on day 14, silent failures;
    # reached less not reached among the called, which flatters; ¥ of margin a head, called less control
    "call_backs": {
        "silent": 0.1619,
        "complained": 0.0367,
        "sound": 0.0042,
        "control_silent": 0.444,
        "reached": 0.6972,
        "soon_less_late": 0.1738,
        "reached_less_not": 0.214,
        "reached_less_not_silent": 0.3221,
        "margin_silent": 19.5,
    },
    # points: difference in differences of the means; standard deviation within an agent
    "checks": {"gain": 1.53, "within_with": 1.35, "within_without": 2.4, "within_before": 2.35},
    # regression of the mean expectation on the factors, all standardised; below the weights, as answers are rounded
    "expectations": {
        "past_experience": 0.2871,
        "word_of_mouth": 0.2475,
        "personal_needs": 0.1307,
        "explicit_promises": 0.2294,
        "implicit_promises": 0.1725,
        "reputation": 0.2129,
        "competitors": 0.116,
        "situation": -0.133,
        "own_role": 0.1136,
        "expertise": 0.1118,
    },
    # difference in differences of satisfaction, points of 10; 0 where the programme did not work
    "dealers": {
        "delivery": 0.0,
        "margin": 0.0,
        "range": 0.0,
        "training": 0.9668,
        "complaints": 1.19,
        "ordering": 0.0,
        "promotion": 0.0,
        "account_manager": 0.0,
    },
    # shares of answered calls passed on by agents trained in the topic or not; of callers who ask for a call-back
    "hand_overs": {"untrained": 0.2397, "trained": 0.05, "wish": 0.3438},
}
