"""Floor 4, staffing a call centre: Erlang B, C and A, how many agents, forecasts, shifts, costs."""
