"""What the lessons' standard methods converge to on the contact tables: the estimands of the truth.

Measured on World(200_000, seed=2024) with tests/world/contact/contact_measures.py, campaigns on 100 seeds;
the tests measure them again on other seeds.
"""

from typing import Any

ESTIMANDS: dict[str, dict[str, Any]] = {
    # expected over 100 seeds. Uplift of the share who bought, in all and by segment; sales a head, treated over
    # holdout, - 1; margin_uplift in ¥ a head before the contact's cost; control = share who buy when left alone
    "campaigns": {
        "autumn_newsletter": {
            "uplift": -0.0043,
            "sales_ratio": -0.0165,
            "uplift_advice": 0.005,
            "uplift_no_advice": -0.0087,
            "uplift_many_messages": -0.0774,
            "uplift_few_messages": 0.0123,
            "uplift_promotion": -0.0063,
            "uplift_no_promotion": -0.0037,
            "margin_uplift": -0.3413,
            "control": 0.257,
            "share_lost_cause": 0.3453,
            "share_sure_thing": 0.3303,
            "share_persuadable": 0.1907,
            "share_do_not_disturb": 0.1338,
        },
        "proactive_service": {
            "uplift": 0.0455,
            "sales_ratio": 0.1671,
            "uplift_advice": 0.0862,
            "uplift_no_advice": 0.0259,
            "uplift_many_messages": 0.0167,
            "uplift_few_messages": 0.052,
            "uplift_promotion": 0.0285,
            "uplift_no_promotion": 0.0502,
            "margin_uplift": 3.5801,
            "control": 0.2666,
            "share_sure_thing": 0.3794,
            "share_lost_cause": 0.3546,
            "share_persuadable": 0.1909,
            "share_do_not_disturb": 0.0737,
        },
        "spring_coupon": {
            "uplift": 0.0616,
            "sales_ratio": 0.0961,
            "uplift_advice": 0.0504,
            "uplift_no_advice": 0.0669,
            "uplift_many_messages": 0.0332,
            "uplift_few_messages": 0.068,
            "uplift_promotion": 0.1023,
            "uplift_no_promotion": 0.0501,
            "margin_uplift": -2.9638,
            "control": 0.2124,
            "share_lost_cause": 0.3784,
            "share_sure_thing": 0.2707,
            "share_persuadable": 0.2656,
            "share_do_not_disturb": 0.0852,
        },
        "win_back": {
            "uplift": 0.0651,
            "sales_ratio": 0.66,
            "uplift_advice": 0.0583,
            "uplift_no_advice": 0.0683,
            "uplift_many_messages": 0.0419,
            "uplift_few_messages": 0.0704,
            "uplift_promotion": 0.1043,
            "uplift_no_promotion": 0.0585,
            "margin_uplift": 0.393,
            "control": 0.0605,
            "share_lost_cause": 0.4909,
            "share_persuadable": 0.3205,
            "share_sure_thing": 0.0998,
            "share_do_not_disturb": 0.0907,
        },
    },
    # logistic regression of ordered on leak-free features and trade (structural: by_*); by_app_alone without trade
    "visits": {
        "by_view": 0.1786,
        "by_app": -0.3553,
        "by_search": 0.6185,
        "by_email": 0.3721,
        "by_display": -0.8996,
        "by_community": -0.3953,
        "trade": -1.9018,
        "by_app_alone": 0.1834,
        "auc": 0.7609,
        "auc_with_leaks": 0.9579,
        "ordered": 0.0840,
        "cart_abandoned": 0.6447,
    },
    # who orders in the last 20 days, from log1p(visits), weeks since the last visit and orders of the 40 days before
    "ahead": {
        "visits": 0.1174,
        "weeks": -0.3703,
        "orders": 0.1779,
        "auc": 0.6722,
        "auc_with_leak": 0.9024,
        "ordered": 0.1951,
    },
    # shares; again_* = bought again within 90 days of delivery, deliveries up to 2025-10-02
    "tickets": {
        "failed": 0.0787,
        "complains": 0.3884,
        "complains_damaged": 0.4793,
        "complains_late": 0.2737,
        "complains_missing_item": 0.3957,
        "complains_wrong_item": 0.4497,
        "well_served": 0.6811,
        "again": 0.68,
        "again_badly_served": 0.3403,
        "again_none": 0.6931,
        "again_silent": 0.4745,
        "again_well_served": 0.732,
    },
    # median hours to the first response
    "response": {
        "advice": 0.7000,
        "cancellation": 1.5167,
        "damaged": 9.2833,
        "delivery_question": 2.0167,
        "late": 6.0667,
        "missing_item": 7.8583,
        "return_request": 11.9833,
        "wrong_item": 10.05,
    },
    # share of customers
    "consents": {
        "withdrawn_marketing": 0.1680,
        "withdrawn_personalisation": 0.0681,
        "withdrawn_phone_calls": 0.1302,
        "granted_marketing": 0.5798,
        "granted_personalisation": 0.4618,
        "granted_phone_calls": 0.2679,
    },
}
