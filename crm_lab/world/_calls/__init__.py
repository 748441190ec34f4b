"""The call centre: half-hours, agents, shifts, single calls."""
