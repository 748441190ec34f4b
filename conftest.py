"""Tests speak English, whatever edition the person who runs them has chosen for their own work."""

import os

os.environ["CRM_LAB_LANGUAGE"] = "en"
