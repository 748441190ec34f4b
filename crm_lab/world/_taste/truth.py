"""What the standard methods of the lessons converge to on roles, designs, favourites and views."""

from typing import Any

# Means over 60 companies of 2,000 customers, measured with tests/world/taste/taste_measures.py;
# the tests measure them again on others.
ESTIMANDS: dict[str, dict[str, Any]] = {
    # shares of gifts among private orders; roles played by others than the buyer, by occasion; orders for others
    "roles": {
        "gift_givers": 0.498,
        "others": 0.1206,
        "hidden": {"company": 3.84, "gift": 2.36, "household": 2.72, "self": 0.5487},
        "not_for_the_buyer": 0.6192,
    },
    # logistic regression of ordered on price in 10 ¥ and days; shares of letters and of the commonest colour by type
    "designs": {
        "by_price": -0.0826,
        "by_day": -0.1084,
        "monogram": {"gardener": 0.1035, "gift_giver": 0.657, "host": 0.1495, "nester": 0.2023},
        "favourite_colour": {"gardener": 0.4488, "gift_giver": 0.378, "host": 0.3741, "nester": 0.4432},
    },
    # hit rate at ten for the last product marked, whose taste changes or stays: by popularity, by what goes with
    # all that was marked, and by the same with weights that halve every 90 days
    "favourites": {
        "changed": {"popular": 0.2328, "all": 0.2151, "recent": 0.4086},
        "steady": {"popular": 0.2046, "all": 0.4483, "recent": 0.4015},
    },
    # orders in shop or app after visits in the week before: first product was seen; that of some other order was
    "views": {"own": 0.7541, "by_chance": 0.1375},
}
