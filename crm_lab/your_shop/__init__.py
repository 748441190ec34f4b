"""Floor 4: a shop of one's own, opened on a page and looked at with the methods of the course, as far as it allows."""

from crm_lab.your_shop._baskets import baskets
from crm_lab.your_shop._calls import agents, calls
from crm_lab.your_shop._customers import abc, explorer, moves, segments
from crm_lab.your_shop._future import cohorts, lifetime
from crm_lab.your_shop._opening import ShopFile, open_file
from crm_lab.your_shop._overview import overview
from crm_lab.your_shop._part import Part
from crm_lab.your_shop._report import Report, report

__all__ = [
    "Part",
    "Report",
    "ShopFile",
    "abc",
    "agents",
    "baskets",
    "calls",
    "cohorts",
    "explorer",
    "lifetime",
    "moves",
    "open_file",
    "overview",
    "report",
    "segments",
]
