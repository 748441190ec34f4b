"""Floor 5, the account manager's morning workbench: queries over the company's tables, the learner's own notes, a widget."""
