"""CDNOW's purchases, as Fader, Hardie & Lee published them, from a package whose code is never imported."""

from importlib.util import find_spec
from pathlib import Path

import pandas as pd


def path(name):
    folder = find_spec("lifetimes").submodule_search_locations[0]
    return Path(folder) / "datasets" / name


def summary():
    """x, t_x, T (weeks) and zbar (US$) of the 2,357 customers of the sample, in the 39 weeks."""
    return pd.read_csv(path("cdnow_customers_summary_with_transactions.csv"), index_col="ID")


def transactions():
    """Every purchase of the sample: customer_id, day, and amount in US$."""
    names = ["master_id", "customer_id", "ordered_at", "pieces", "revenue"]
    table = pd.read_csv(path("CDNOW_sample.txt"), sep=r"\s+", names=names)
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"].astype(str), format="%Y%m%d"))
