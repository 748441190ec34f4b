"""Floor 4, staffing a call centre: Erlang B, C and A, how many agents, forecasts, shifts, costs."""

from crm_lab.staffing._accuracy import compare_forecasts, forecast_errors, four_week_mean, last_week, noise_floor
from crm_lab.staffing._costs import break_even_calls, cost_curve, cost_per_call, inhouse_or_outsourced
from crm_lab.staffing._erlang import erlang_b, erlang_c, mean_wait, occupancy, service_level, wait_quantile
from crm_lab.staffing._forecast import day_profile, forecast_calls, special_days
from crm_lab.staffing._hub import channel_shares, screen_pop
from crm_lab.staffing._measures import call_measures
from crm_lab.staffing._patience import ErlangA, erlang_a
from crm_lab.staffing._shifts import ShiftPlan, on_duty, plan_shifts, shift_patterns
from crm_lab.staffing._sizing import agents_needed, agents_per_interval, pooling, with_shrinkage

__all__ = [
    "ErlangA",
    "ShiftPlan",
    "agents_needed",
    "agents_per_interval",
    "break_even_calls",
    "call_measures",
    "channel_shares",
    "compare_forecasts",
    "cost_curve",
    "cost_per_call",
    "day_profile",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "forecast_calls",
    "forecast_errors",
    "four_week_mean",
    "inhouse_or_outsourced",
    "last_week",
    "mean_wait",
    "noise_floor",
    "occupancy",
    "on_duty",
    "plan_shifts",
    "pooling",
    "screen_pop",
    "service_level",
    "shift_patterns",
    "special_days",
    "wait_quantile",
    "with_shrinkage",
]
