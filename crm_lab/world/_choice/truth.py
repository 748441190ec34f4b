"""What the lessons' standard methods converge to on what is bought, where and when."""

from typing import Any

# Prices and bestsellers differ from company to company, so each figure is a mean over 100 companies of 4,000 customers,
# measured with tests/world/choice/choice_measures.py; the tests measure them again on others.
ESTIMANDS: dict[str, Any] = {
    # % fewer lines when a product's list price is 1 % higher, by Poisson regression, all customers and by style. Below
    # the structural exponents, because a dearer product loses buyers only to other products of the same range
    "elasticity": {"all": 1.463, "transactional": 1.897, "consultative": 1.018, "integrated": 0.458},
    # orders on a festival day over a usual day of the same month and weekday. Below festival_weight, because first
    # orders follow the sign-ups, which know no festivals
    "festival": 2.411,
    # value at list prices of an order at a promotion price over other orders of the same customer. Below
    # promotion_basket, because nobody takes less than one piece
    "promotion_basket": 1.136,
    # P(A and B) / (P(A) P(B)) of two things in an order: planted pairs, pairs within one type's favourites, all others
    "lift": {"planted": 4.402, "same_type": 0.963, "other": 0.664, "planted_support": 0.0110},
    # adjusted Rand index of k-means with four clusters on standardised habits of private customers with five orders
    "types_rand_index": 0.767,
}
