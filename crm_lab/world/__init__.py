"""Floor 2: Willow Lane itself. One model of the company, advanced quarter by quarter, with its truth beside it."""

from crm_lab.world._policy import Actions, Policy, default_policy
from crm_lab.world._quarters import Company, Quarter
from crm_lab.world.company import World, manage

__all__ = ["Actions", "Company", "Policy", "Quarter", "World", "default_policy", "manage"]
