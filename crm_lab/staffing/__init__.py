"""Floor 4, staffing a call centre: Erlang B, C and A, how many agents, forecasts, shifts, costs."""

from crm_lab.staffing.costs import break_even_calls, cost_curve, cost_per_call, inhouse_or_outsourced
from crm_lab.staffing.erlang import erlang_b, erlang_c, mean_wait, occupancy, service_level, wait_quantile
from crm_lab.staffing.patience import ErlangA, erlang_a
from crm_lab.staffing.sizing import agents_needed, agents_per_interval, pooling, with_shrinkage

__all__ = [
    "ErlangA",
    "agents_needed",
    "agents_per_interval",
    "break_even_calls",
    "cost_curve",
    "cost_per_call",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "inhouse_or_outsourced",
    "mean_wait",
    "occupancy",
    "pooling",
    "service_level",
    "wait_quantile",
    "with_shrinkage",
]
