"""A shop's export to RFM: read_shop, which looks for dirt, against pandas, which is told that there is none."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.timing import Result, against
from crm_lab import classify
from crm_lab.base.places import resource
from crm_lab.data import read_shop
from crm_lab.data.shop import FRANCE

LINES = 500_000
FILE = resource("datasets") / "real" / "online_retail_france.csv"


def enlarged(path: Path) -> Path:
    """The French file repeated to half a million lines, each time other customers, orders, minutes and quantities."""
    france = pd.read_csv(FILE)
    copies = LINES // len(france) + 1
    big = pd.concat([france] * copies, ignore_index=True)
    copy = np.arange(len(big)) // len(france)
    rng = np.random.default_rng(0)
    moment = pd.to_datetime(big["InvoiceDate"], format="%m/%d/%Y %H:%M") + pd.to_timedelta(copy * 61, unit="s")
    big["InvoiceDate"] = moment.dt.strftime("%m/%d/%Y %H:%M:%S")
    big["InvoiceNo"] = big["InvoiceNo"] + pd.Series(copy).astype(str).str.zfill(3)
    big["CustomerID"] += copy * 100_000
    big["Quantity"] *= rng.integers(1, 4, len(big))
    big[:LINES].to_csv(path, index=False)
    return path


def with_crm_lab(path: Path) -> pd.DataFrame:
    """The shop made ready, then RFM of what was kept."""
    shop = read_shop(path, FRANCE)
    return classify.rfm(shop.orders[shop.orders["status"] == "delivered"], shop.today, value="revenue")


def with_pandas(path: Path, form: str) -> pd.DataFrame:
    """The same three figures for each customer with the date format known and no dirt looked for."""
    lines = pd.read_csv(path)
    lines["InvoiceDate"] = pd.to_datetime(lines["InvoiceDate"], format=form)
    lines["revenue"] = lines["Quantity"] * lines["UnitPrice"]
    today = lines["InvoiceDate"].max().normalize() + pd.Timedelta(days=1)
    sold = lines[~lines["InvoiceNo"].str.startswith("C")]
    by_customer = sold.groupby("CustomerID")
    return pd.DataFrame(
        {
            "recency_days": (today - by_customer["InvoiceDate"].max().dt.normalize()).dt.days,
            "frequency": by_customer["InvoiceNo"].nunique(),
            "monetary": by_customer["revenue"].sum(),
        }
    )


def run() -> list[Result]:
    """The French file, and half a million lines made of it."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = [
            (FILE, "8,557", "%m/%d/%Y %H:%M"),
            (enlarged(Path(folder) / "big.csv"), f"{LINES:,}", "%m/%d/%Y %H:%M:%S"),
        ]
        return [
            against(
                f"read_shop and RFM, {lines} lines",
                partial(with_crm_lab, path),
                "pandas read_csv and groupby, no checks",
                partial(with_pandas, path, form),
            )
            for path, lines, form in sizes
        ]
