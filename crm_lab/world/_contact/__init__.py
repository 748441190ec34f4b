"""Campaigns, consents, visits, failures and tickets: what passes between the company and its customers."""
