"""What the lessons' standard methods converge to on what is bought, where and when."""

from typing import Any

# Measured on World(200_000, seed=2024) with tests/world/choice/choice_measures.py; tests measure them again on others.
ESTIMANDS: dict[str, Any] = {
    # % fewer lines when a product's list price is 1 % higher, by Poisson regression, all customers and by style. Below
    # the structural exponents, because a dearer product loses buyers only to other products of the same range
    "elasticity": {"all": 1.512, "transactional": 1.980, "consultative": 1.044, "integrated": 0.484},
    # orders on a festival day over a usual day of the same month and weekday. Below festival_weight, because first
    # orders follow the sign-ups, which know no festivals
    "festival": 2.405,
    # value at list prices of an order at a promotion price over other orders of the same customer. Below
    # promotion_basket, because nobody takes less than one piece
    "promotion_basket": 1.136,
    # P(A and B) / (P(A) P(B)) of two things in an order: planted pairs, pairs within one type's favourites, all others
    "lift": {"planted": 4.746, "same_type": 1.026, "other": 0.687, "planted_support": 0.0127},
    # adjusted Rand index of k-means with four clusters on standardised habits of private customers with five orders
    "types_rand_index": 0.804,
}
