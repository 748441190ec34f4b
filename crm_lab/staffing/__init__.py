"""Floor 4, staffing a call centre: forecasts of calls, shifts that cover them."""

from crm_lab.staffing.accuracy import compare_forecasts, forecast_errors, four_week_mean, last_week, noise_floor
from crm_lab.staffing.forecast import day_profile, forecast_calls, special_days
from crm_lab.staffing.shifts import ShiftPlan, on_duty, plan_shifts, shift_patterns

__all__ = [
    "ShiftPlan",
    "compare_forecasts",
    "day_profile",
    "forecast_calls",
    "forecast_errors",
    "four_week_mean",
    "last_week",
    "noise_floor",
    "on_duty",
    "plan_shifts",
    "shift_patterns",
    "special_days",
]
