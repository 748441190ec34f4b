"""Floor 2: Willow Lane itself. One model of the company, advanced quarter by quarter, with its truth beside it."""

from crm_lab.world.company import Company, World
from crm_lab.world.policy import Actions, Policy, default_policy

__all__ = ["Actions", "Company", "Policy", "World", "default_policy"]
