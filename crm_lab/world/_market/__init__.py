"""Prices, rivals, stock, marketing, the sales funnel, the dealers and their programme, tasks."""
