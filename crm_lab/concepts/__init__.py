"""Floor 4, the concepts of CRM made countable: who is a customer, how one comes about, more, longer, deeper."""

from crm_lab.concepts.effects import effects
from crm_lab.concepts.formation import formation
from crm_lab.concepts.growth import growth, year_on_year
from crm_lab.concepts.layers import layer_guide, layers, trace
from crm_lab.concepts.readings import readings, roots
from crm_lab.concepts.roles import people_behind, purchases, role_guide
from crm_lab.concepts.targeting import targeting
from crm_lab.concepts.values import three_values
from crm_lab.concepts.who import customer_definitions, relation, shoppers_customers_consumers

__all__ = [
    "customer_definitions",
    "effects",
    "formation",
    "growth",
    "layer_guide",
    "layers",
    "people_behind",
    "purchases",
    "readings",
    "relation",
    "role_guide",
    "roots",
    "shoppers_customers_consumers",
    "targeting",
    "three_values",
    "trace",
    "year_on_year",
]
