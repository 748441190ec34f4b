"""Floor 5, the account manager's morning workbench: queries over the tables, the learner's own notes, a widget."""
