"""Floor 0: text, files, errors and random streams. Imports nothing else of crm_lab."""
