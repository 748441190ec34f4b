"""A learner's own shop, read from its export into the tables the lessons use, with an account of every repair."""

from crm_lab.data._shop._preview import Preview, preview_shop
from crm_lab.data._shop._shop import Shop
from crm_lab.data._shop.reading import FRANCE, french_shop, read_shop

__all__ = ["FRANCE", "Preview", "Shop", "french_shop", "preview_shop", "read_shop"]
