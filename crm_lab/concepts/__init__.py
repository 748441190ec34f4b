"""Floor 4, the concepts of CRM made countable: who is a customer, how one comes about, more, longer, deeper."""

from crm_lab.concepts.growth import growth, year_on_year
from crm_lab.concepts.targeting import targeting, targeting_gain
from crm_lab.concepts.who import customer_definitions, relation, shoppers_customers_consumers

__all__ = [
    "customer_definitions",
    "growth",
    "relation",
    "shoppers_customers_consumers",
    "targeting",
    "targeting_gain",
    "year_on_year",
]
