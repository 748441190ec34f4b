"""Floor 7: what only authors and tests need; no learner's session imports it."""
