"""Floor 4, classifying customers: concentration of value, RFM, groups, the customer pyramid, and change over time."""

from crm_lab.classify._change import migration, migration_shares, value_change
from crm_lab.classify._choose import good_customer_marks
from crm_lab.classify._groups import (
    buying_style,
    current_potential,
    loyalty,
    position,
    relationship,
    style_guide,
)
from crm_lab.classify._pyramid import policies, policy_cost, policy_result, value_classes
from crm_lab.classify._scoring import SEGMENTS, rfm, rfm_scores, rfm_scores_at, segment_guide, segment_money, segments
from crm_lab.classify._value import abc_classes, gini, lorenz, pareto_share, whale_curve

__all__ = [
    "SEGMENTS",
    "abc_classes",
    "buying_style",
    "current_potential",
    "gini",
    "good_customer_marks",
    "lorenz",
    "loyalty",
    "migration",
    "migration_shares",
    "pareto_share",
    "policies",
    "policy_cost",
    "policy_result",
    "position",
    "relationship",
    "rfm",
    "rfm_scores",
    "rfm_scores_at",
    "segment_guide",
    "segment_money",
    "segments",
    "style_guide",
    "value_change",
    "value_classes",
    "whale_curve",
]
