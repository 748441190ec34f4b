"""Floor 4: figures that carry their own alt text, and the widgets to explore with."""

from crm_lab.explore._call_centre import cti_diagram, growth_diagram, hub_diagram
from crm_lab.explore._chart import Scale, figure
from crm_lab.explore._concentration import lorenz_curve, whale
from crm_lab.explore._concept_pictures import (
    effect_bars,
    formation_bars,
    targeting_bars,
)
from crm_lab.explore._erlang_curves import break_even_lines, service_level_curve, wait_curve
from crm_lab.explore._index_explorer import IndexExplorer, index_explorer
from crm_lab.explore._lever_explorer import LeverExplorer, lever_explorer
from crm_lab.explore._lifetime_explorer import LifetimeExplorer, lifetime_explorer, lifetime_outlook
from crm_lab.explore._offer_explorer import OfferExplorer, offer_explorer
from crm_lab.explore._own_plot import as_picture
from crm_lab.explore._path_diagram import PathExplorer, importance_map, path_diagram, path_explorer
from crm_lab.explore._picture import Picture
from crm_lab.explore._policy_explorer import PolicyExplorer, policy_explorer, policy_outcome
from crm_lab.explore._price_explorer import PriceExplorer, price_explorer
from crm_lab.explore._queue_explorer import QueueExplorer, queue_explorer
from crm_lab.explore._rfm_explorer import RfmExplorer, rfm_explorer
from crm_lab.explore._rota import cover_chart, forecast_band
from crm_lab.explore._rule_explorer import RuleExplorer, rule_explorer
from crm_lab.explore._segment_map import rfm_map, segment_map
from crm_lab.explore._shelf_explorer import ShelfExplorer, shelf_explorer
from crm_lab.explore._split_calendar import split_calendar
from crm_lab.explore._staffing_explorer import StaffingExplorer, staffing_explorer, staffing_outcome
from crm_lab.explore._text_table import TextTable, text_table
from crm_lab.explore._value_fields import current_potential_map, loyalty_grid, value_pyramid

__all__ = [
    "IndexExplorer",
    "LeverExplorer",
    "LifetimeExplorer",
    "OfferExplorer",
    "PathExplorer",
    "Picture",
    "PolicyExplorer",
    "PriceExplorer",
    "QueueExplorer",
    "RfmExplorer",
    "RuleExplorer",
    "Scale",
    "ShelfExplorer",
    "StaffingExplorer",
    "TextTable",
    "as_picture",
    "break_even_lines",
    "cover_chart",
    "cti_diagram",
    "current_potential_map",
    "effect_bars",
    "figure",
    "forecast_band",
    "formation_bars",
    "growth_diagram",
    "hub_diagram",
    "importance_map",
    "index_explorer",
    "lever_explorer",
    "lifetime_explorer",
    "lifetime_outlook",
    "lorenz_curve",
    "loyalty_grid",
    "offer_explorer",
    "path_diagram",
    "path_explorer",
    "policy_explorer",
    "policy_outcome",
    "price_explorer",
    "queue_explorer",
    "rfm_explorer",
    "rfm_map",
    "rule_explorer",
    "segment_map",
    "service_level_curve",
    "shelf_explorer",
    "split_calendar",
    "staffing_explorer",
    "staffing_outcome",
    "targeting_bars",
    "text_table",
    "value_pyramid",
    "wait_curve",
    "whale",
]
