"""Floor 4, customer lifetime value: who is still a customer, how often they will buy, and for how much."""

from crm_lab.lifetime._bg_nbd import BgNbd, bg_nbd_log_likelihood, fit_bg_nbd
from crm_lab.lifetime._cohorts import cohort_triangle, retention_curves
from crm_lab.lifetime._forecast import clv_interval, expected_clv, simulated_clv, value_at_stake
from crm_lab.lifetime._gamma_gamma import GammaGamma, fit_gamma_gamma
from crm_lab.lifetime._history import purchase_history
from crm_lab.lifetime._value import discounted_clv, lever_effects, simple_clv, value_of_retention

__all__ = [
    "BgNbd",
    "GammaGamma",
    "bg_nbd_log_likelihood",
    "clv_interval",
    "cohort_triangle",
    "discounted_clv",
    "expected_clv",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "lever_effects",
    "purchase_history",
    "retention_curves",
    "simple_clv",
    "simulated_clv",
    "value_at_stake",
    "value_of_retention",
]
