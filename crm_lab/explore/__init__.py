"""Floor 5: figures that carry their own alt text, and the widgets to explore with."""

from crm_lab.explore.call_diagrams import cti_diagram, growth_diagram, hub_diagram
from crm_lab.explore.call_plots import arrivals_heatmap, channel_bars, cover_chart, forecast_band
from crm_lab.explore.concept_diagrams import centred_diagram, layer_diagram, readings_diagram, role_grid, value_diagram
from crm_lab.explore.concept_plots import (
    definition_bars,
    effect_bars,
    formation_bars,
    growth_lines,
    targeting_bars,
    word_bars,
)
from crm_lab.explore.curves import abc_bars, lorenz_curve, whale
from crm_lab.explore.groups import current_potential_map, loyalty_grid, relationship_bars, style_bars, value_pyramid
from crm_lab.explore.over_time import migration_heatmap, monthly_orders, value_change_scatter
from crm_lab.explore.own_plot import as_picture
from crm_lab.explore.picture import Picture
from crm_lab.explore.policy_explorer import PolicyExplorer, policy_explorer, policy_outcome
from crm_lab.explore.rfm_explorer import RfmExplorer, rfm_explorer
from crm_lab.explore.rfm_plots import rfm_histograms, segment_bars
from crm_lab.explore.segment_map import rfm_map, segment_map
from crm_lab.explore.staffing_explorer import StaffingExplorer, staffing_explorer, staffing_outcome
from crm_lab.explore.staffing_plots import (
    break_even_lines,
    cost_of_service,
    scale_curve,
    service_level_curve,
    wait_curve,
)
from crm_lab.explore.text_table import TextTable, text_table

__all__ = [
    "Picture",
    "PolicyExplorer",
    "RfmExplorer",
    "StaffingExplorer",
    "TextTable",
    "abc_bars",
    "arrivals_heatmap",
    "as_picture",
    "break_even_lines",
    "centred_diagram",
    "channel_bars",
    "cost_of_service",
    "cover_chart",
    "cti_diagram",
    "current_potential_map",
    "definition_bars",
    "effect_bars",
    "forecast_band",
    "formation_bars",
    "growth_diagram",
    "growth_lines",
    "hub_diagram",
    "layer_diagram",
    "lorenz_curve",
    "loyalty_grid",
    "migration_heatmap",
    "monthly_orders",
    "policy_explorer",
    "policy_outcome",
    "readings_diagram",
    "relationship_bars",
    "rfm_explorer",
    "rfm_histograms",
    "rfm_map",
    "role_grid",
    "scale_curve",
    "segment_bars",
    "segment_map",
    "service_level_curve",
    "staffing_explorer",
    "staffing_outcome",
    "style_bars",
    "targeting_bars",
    "text_table",
    "value_change_scatter",
    "value_diagram",
    "value_pyramid",
    "wait_curve",
    "whale",
    "word_bars",
]
