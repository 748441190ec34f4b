"""What the standard methods of the lessons on the market converge to."""

# These tables do not grow with the panel, so each figure is a mean over 200 companies of 2,000 customers;
# tests/world measures them again on other seeds. Where the figure must be the parameter itself, it is.
MARKET_ESTIMANDS: dict[str, float] = {
    # price watch: mean of a rival's price over ours, all products and weeks
    "price_index_quillmoor": 0.967,
    "price_index_tallowby": 0.907,
    "price_index_osierden": 1.146,
    # share of our price changes after which the follower has moved the same way, by the following Mondays
    "cut_followed_1_week": 0.594,
    "cut_followed_4_weeks": 0.956,
    "rise_followed_4_weeks": 0.572,
    # share of product-days that end with nothing left
    "sold_out_share": 0.0247,
    # ¥ spent for each new customer, over the two years
    "cac_display": 208.4,
    "cac_search": 139.1,
    "cac_platform": 105.3,
    "cac_email": 36.02,
    "cac_mobile": 19.22,
    "cac_community": 8.57,
    # delivered orders, and their margin in ¥, per private customer won by the channel; World(200_000, seed=2024)
    "orders_per_customer_display": 2.59,
    "orders_per_customer_search": 3.22,
    "orders_per_customer_platform": 3.21,
    "orders_per_customer_email": 3.35,
    "orders_per_customer_mobile": 2.93,
    "orders_per_customer_community": 3.90,
    "orders_per_customer_referral": 3.91,
    "margin_per_customer_display": 225.1,
    "margin_per_customer_search": 279.5,
    "margin_per_customer_platform": 284.2,
    "margin_per_customer_email": 289.7,
    "margin_per_customer_mobile": 253.1,
    "margin_per_customer_community": 329.9,
    "margin_per_customer_referral": 344.0,
    # of the leads that left a stage: share that went on; and mean days they spent in it
    "advance_new": 0.794,
    "advance_contacted": 0.703,
    "advance_qualified": 0.752,
    "advance_proposal": 0.531,
    "advance_negotiation": 0.710,
    "days_new": 1.50,
    "days_contacted": 7.96,
    "days_qualified": 11.91,
    "days_proposal": 15.90,
    "days_negotiation": 13.87,
    # share won of the leads that came before 2025-07-01, nearly all decided by today
    "win_rate": 0.159,
    # of proposals: what a follow-up within three days adds to the share that goes on, and that share by objection
    "prompt_follow_up": 0.203,
    "advance_proposal_real": 0.332,
    "advance_proposal_excuse": 0.578,
    # dealers: difference in differences, and what a plain before/after comparison of those who took part says
    "programme_log_sales": 0.10,
    "programme_score": 6.0,
    "before_after_log_sales": 0.292,
    "before_after_score": 7.58,
}
