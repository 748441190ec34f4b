"""What the standard methods of the lessons converge to on what customers say: the estimands of floor 2's voice.

Measured on samples of 100,000 to 3 million people drawn from the same model; the tests of surveys, studies,
posts, transcripts and dirty measure them again, large and pooled over 20 worlds.
"""

from __future__ import annotations

from typing import Any

VOICE: dict[str, Any] = {
    "survey": {
        # nps −100…100; csat % of 4 and 5; ces mean 1–7; satisfaction mean of its three answers 1–10
        "everyone": {"nps": -11.2, "csat": 56.2, "ces": 4.99, "satisfaction": 6.88},  # had all answered
        "online": {"nps": 5.6, "csat": 65.2, "ces": 5.13, "satisfaction": 7.25},  # those who did answer online
        "answer_rate": 0.306,  # share of the invited who answer online
        # PLS mode A, centroid scheme, on those who answered online: nearer to 0 than the structural paths, because
        # a score made of a few answers holds their noise; its loadings are higher than the structural ones
        "pls_paths": {
            "expectation>quality": 0.406,
            "expectation>value": 0.113,
            "quality>value": 0.493,
            "expectation>satisfaction": 0.118,
            "quality>satisfaction": 0.411,
            "value>satisfaction": 0.312,
            "satisfaction>complaint": -0.428,
            "satisfaction>loyalty": 0.520,
            "complaint>loyalty": -0.146,
        },
        "pls_loadings": {
            "expectation": (0.857, 0.831, 0.804),
            "quality": (0.903, 0.886, 0.867),
            "value": (0.920, 0.912),
            "satisfaction": (0.913, 0.893, 0.878),
            "complaint": (0.894, 0.878),
            "loyalty": (0.892, 0.875, 0.855),
        },
        "cronbach": {  # raw alpha, online answers
            "expectation": 0.776,
            "quality": 0.862,
            "value": 0.809,
            "satisfaction": 0.876,
            "complaint": 0.726,
            "loyalty": 0.846,
        },
    },
    "servqual": {
        "gaps": {  # mean perception less expectation, 1–7
            "tangibles": 0.085,
            "reliability": -0.914,
            "responsiveness": -0.623,
            "assurance": -0.193,
            "empathy": -0.381,
        },
        "cronbach": {  # raw alpha of the perceptions
            "tangibles": 0.809,
            "reliability": 0.851,
            "responsiveness": 0.822,
            "assurance": 0.818,
            "empathy": 0.851,
        },
    },
    "ratings": {
        "csi": 6.830,  # satisfaction with the attributes weighted by mean importance, 1–10
        "quadrants": {  # importance-performance, cut at the means of both
            "product_quality": "keep_up",
            "returns": "keep_up",
            "price_level": "concentrate",
            "delivery_time": "concentrate",
            "complaint_handling": "concentrate",
            "product_choice": "overkill",
            "packaging": "overkill",
            "community": "overkill",
            "advice": "low_priority",
            "app": "low_priority",
        },
    },
    # in the order of structural price_curves; prices as multiples of the list price
    "prices": (
        {"opp": 0.792, "idp": 0.782, "pmc": 0.609, "pme": 0.999, "best_revenue": 0.748, "best_step": 0.8},
        {"opp": 0.672, "idp": 0.663, "pmc": 0.516, "pme": 0.850, "best_revenue": 0.633, "best_step": 0.6},
        {"opp": 0.998, "idp": 0.978, "pmc": 0.763, "pme": 1.249, "best_revenue": 0.948, "best_step": 1.0},
    ),
    "posts": {
        "positive": 0.601,  # share of posts in a good mood
        "likes": {  # share of all likes, by main topic
            "quality": 0.166,
            "delivery": 0.125,
            "packaging": 0.081,
            "price": 0.091,
            "service": 0.074,
            "app": 0.046,
            "more_colours": 0.168,
            "spare_parts": 0.116,
            "gift_wrap": 0.077,
            "larger_size": 0.058,
        },
    },
    "transcripts": {
        "kept": {  # share of conversations in which a point of the standard is kept, over all possible agents
            "greeting": 0.873,
            "own_name": 0.737,
            "customer_name": 0.625,
            "restates": 0.500,
            "empathy": 0.564,
            "solution": 0.770,
            "deadline": 0.543,
            "asks_more": 0.458,
            "thanks": 0.800,
            "polite": 0.908,
        },
        "score": 0.678,  # mean share of the ten points kept
        "rating": 3.75,  # mean rating, 1–5
        "score_rating": 0.732,  # correlation of score and rating
    },
    "dirty": {
        "duplicates": 0.231,  # share of rows whose customer has an earlier row
        # pairs of rows of one customer found by agreement in valid e-mail, last 8 digits of the phone, either, name
        "recall": {"email": 0.775, "phone": 0.764, "email_or_phone": 0.948, "name": 0.796},
        # of the pairs found, those of one customer; in a panel of 2,000, where few people share a name
        "precision": {"email": 1.0, "phone": 1.0, "email_or_phone": 1.0, "name": 0.978},
    },
}
