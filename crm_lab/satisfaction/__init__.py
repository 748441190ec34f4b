"""Floor 4, satisfaction: indices with their uncertainty, gaps, Kano, priorities, and the cause-and-effect model."""

from crm_lab.satisfaction._estimate import Estimate, difference, sample_size
from crm_lab.satisfaction._indices import acsi, ces, csat, csi, nps, nps_points
from crm_lab.satisfaction._items import Gaps, cronbach_alpha, servqual_gaps
from crm_lab.satisfaction._kano import kano_category, kano_table
from crm_lab.satisfaction._pls import PathModel, pls_path_model
from crm_lab.satisfaction._priorities import csi_report, importance_performance
from crm_lab.satisfaction._sampling import all_invited, difference_in_differences

__all__ = [
    "Estimate",
    "Gaps",
    "PathModel",
    "acsi",
    "all_invited",
    "ces",
    "cronbach_alpha",
    "csat",
    "csi",
    "csi_report",
    "difference",
    "difference_in_differences",
    "importance_performance",
    "kano_category",
    "kano_table",
    "nps",
    "nps_points",
    "pls_path_model",
    "sample_size",
    "servqual_gaps",
]
