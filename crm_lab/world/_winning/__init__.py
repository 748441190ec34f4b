"""Winning orders and carrying them out: touches before an account, mailings, stages of orders, quotations, expenses."""
