"""Floor 4, the concepts of CRM made countable: who is a customer, how one comes about, more, longer, deeper."""

from crm_lab.concepts._effects import cost_of_a_customer, effects, follow_ups_a_win
from crm_lab.concepts._formation import formation
from crm_lab.concepts._growth import growth, year_on_year
from crm_lab.concepts._layers import layer_guide, layers, trace
from crm_lab.concepts._readings import readings, roots
from crm_lab.concepts._targeting import targeting
from crm_lab.concepts._values import three_values
from crm_lab.concepts._who import customer_definitions, shoppers_customers_consumers, standing
from crm_lab.concepts.roles import hidden_roles, role_guide

__all__ = [
    "cost_of_a_customer",
    "customer_definitions",
    "effects",
    "follow_ups_a_win",
    "formation",
    "growth",
    "hidden_roles",
    "layer_guide",
    "layers",
    "readings",
    "role_guide",
    "roots",
    "shoppers_customers_consumers",
    "standing",
    "targeting",
    "three_values",
    "trace",
    "year_on_year",
]
