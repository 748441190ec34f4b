"""Floor 4, predicting customers: leaving, what an offer may cost, accepted prices, and what a contact adds."""

from crm_lab.predict._judging import calibration, offer_profit, profit_curve
from crm_lab.predict._leaving import features, leaving_model, left, silence
from crm_lab.predict._price import PriceRange, acceptance, van_westendorp
from crm_lab.predict._survival import kaplan_meier
from crm_lab.predict._uplift import Uplift, qini, qini_curve, uplift

__all__ = [
    "PriceRange",
    "Uplift",
    "acceptance",
    "calibration",
    "features",
    "kaplan_meier",
    "leaving_model",
    "left",
    "offer_profit",
    "profit_curve",
    "qini",
    "qini_curve",
    "silence",
    "uplift",
    "van_westendorp",
]
