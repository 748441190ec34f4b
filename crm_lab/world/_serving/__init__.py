"""Service and its improvement: call-backs, test calls, what shapes expectations, dealers asked twice, chat and mail."""
