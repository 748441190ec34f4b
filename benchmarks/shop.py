"""A shop's export to RFM: read_shop, which looks for dirt, against pandas, which is told that there is none."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.timing import Result, against, alone, costs
from crm_lab import classify
from crm_lab.base.places import resource
from crm_lab.data import read_shop
from crm_lab.data._shop import FRANCE

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


def exported(path: Path) -> Path:
    """Half a million lines as a shop system writes them: order fields on the first line, zones, e-mails, a discount."""
    rng = np.random.default_rng(0)
    order = np.sort(rng.integers(0, LINES * 2 // 5, LINES))
    first = np.r_[True, order[1:] != order[:-1]]
    moment = pd.Timestamp("2024-01-01") + pd.to_timedelta(order * 300, unit="s")
    article = rng.integers(0, 4_000, LINES)
    frame = pd.DataFrame(
        {
            "Name": "#" + pd.Series(order).astype(str),
            "Email": np.where(
                first, "User" + pd.Series(rng.integers(0, 60_000, LINES)).astype(str) + "@Example.com", ""
            ),
            "Financial Status": np.where(first, "paid", ""),
            "Currency": np.where(first, "EUR", ""),
            "Discount Amount": np.where(first, "1.00", ""),
            "Created at": moment.strftime("%Y-%m-%d %H:%M:%S +0000"),
            "Lineitem quantity": rng.integers(1, 5, LINES),
            "Lineitem price": (rng.integers(100, 9_999, 4_000) / 100)[article],
            "Lineitem sku": "SKU-" + pd.Series(article).astype(str),
        }
    )
    frame.to_csv(path, index=False)
    return path


def export_with_crm_lab(path: Path) -> pd.DataFrame:
    """The export recognised and made ready, then RFM of what was kept."""
    shop = read_shop(path)
    return classify.rfm(shop.orders[shop.orders["status"] == "delivered"], shop.today, value="revenue")


def export_with_pandas(path: Path) -> pd.DataFrame:
    """Orders and customers of the export by pandas, without discounts and with its dates in the form known."""
    lines = pd.read_csv(path)
    lines["Created at"] = pd.to_datetime(lines["Created at"], format="%Y-%m-%d %H:%M:%S %z")
    lines["revenue"] = lines["Lineitem quantity"] * lines["Lineitem price"]
    orders = lines.groupby("Name").agg(
        who=("Email", "first"), moment=("Created at", "first"), revenue=("revenue", "sum")
    )
    return orders.groupby("who").agg(last=("moment", "max"), frequency=("moment", "size"), monetary=("revenue", "sum"))


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
    """The French file, half a million lines made of it, and as many as a shop system exports; then the memory."""
    with tempfile.TemporaryDirectory() as folder:
        big, export = enlarged(Path(folder) / "big.csv"), exported(Path(folder) / "export.csv")
        sizes = [(FILE, "8,557", "%m/%d/%Y %H:%M"), (big, f"{LINES:,}", "%m/%d/%Y %H:%M:%S")]
        peer = "pandas read_csv and groupby, no checks"
        rows = [
            against(
                f"read_shop and RFM, {lines} lines",
                partial(with_crm_lab, path),
                peer,
                partial(with_pandas, path, form),
            )
            for path, lines, form in sizes
        ]
        rows.append(
            against(
                f"read_shop and RFM, export of {LINES:,} lines",
                partial(export_with_crm_lab, export),
                peer,
                partial(export_with_pandas, export),
                pairs=3,
            )
        )
        calls = [
            f"from pathlib import Path; from benchmarks.shop import {name}; {name}(Path({str(export)!r}))"
            for name in ("export_with_crm_lab", "export_with_pandas")
        ]
        pairs = [[alone(call) for call in calls] for _ in range(3)]
        ours, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
        return [*rows, *costs("the export in a fresh process", ours, "pandas in a fresh process", theirs)]
