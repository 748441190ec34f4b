"""Floor 4, customer lifetime value: who is still a customer, how often they will buy, and for how much."""

from crm_lab.lifetime._bg_nbd import BgNbd, bg_nbd_log_likelihood, fit_bg_nbd
from crm_lab.lifetime._gamma_gamma import GammaGamma, fit_gamma_gamma
from crm_lab.lifetime._history import purchase_history

__all__ = [
    "BgNbd",
    "GammaGamma",
    "bg_nbd_log_likelihood",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "purchase_history",
]
