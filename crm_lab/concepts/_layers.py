"""IBM's three layers of CRM, and in which of them each of the company's tables lies."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _

LAYERS = ("relationship", "process", "access")

_TABLES = {
    "relationship": (
        "customers consents dealers dealer_program watches campaigns campaign_results surveys survey_questions "
        "servqual kano attribute_ratings price_survey price_offers competitors dirty_customers dirty_customers_truth "
        "account_changes order_roles favourites configurations registration_forms prospect_sheets "
        "expectation_factors dealer_survey call_backs"
    ),
    "process": (
        "orders order_lines returns failures products prices stock leads lead_events reps quotas reminders tickets "
        "order_stages quotes expenses daily_reports vendor_scores rollout_tasks service_checks"
    ),
    "access": (
        "visits channel_spend calls call_intervals agents shifts transcripts transcript_lines posts "
        "events views touches mailings written_intervals call_notes"
    ),
}
LAYER_OF = {table: layer for layer, tables in _TABLES.items() for table in tables.split()}


def layer_guide() -> pd.DataFrame:
    """The three layers: what each manages, who works in it, and a question it answers; indexed by layer.

    The division is IBM's, as Chinese textbooks on CRM give it: relationship, process and access management.

    >>> layer_guide().index.tolist()
    ['relationship', 'process', 'access']
    """
    rows = {
        "relationship": (
            "关系管理",
            _("who the customers are, what they want and are worth"),
            _("marketing, account managers"),
            _("Whom do we write to?"),
        ),
        "process": (
            "流程管理",
            _("the work from the first lead to the last return"),
            _("sales, service, warehouse"),
            _("Who does what next?"),
        ),
        "access": (
            "接入管理",
            _("the doors through which customer and company meet"),
            _("call centre, web and app team"),
            _("Where and how do they reach us?"),
        ),
    }
    names = ["chinese", "manages", "users", "question"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names).rename_axis("layer")


def layers(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How many of the given tables, and of their rows, lie in each layer.

    tables  the company's tables by name

    Returns a DataFrame indexed by layer: tables (count), rows (count) and names. Raises InputError for a table that the
    company does not have.

    >>> layers({"visits": pd.DataFrame({"customer_id": ["C1", "C1"]}), "calls": pd.DataFrame({"customer_id": ["C1"]})})
                  tables  rows          names
    layer
    relationship       0     0
    process            0     0
    access             2     3  visits, calls
    """
    found: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    for name in tables:
        found[LAYER_OF[one_of("table", name, LAYER_OF)]].append(name)
    rows = [(len(names), sum(len(tables[name]) for name in names), ", ".join(names)) for names in found.values()]
    return pd.DataFrame(rows, index=pd.Index(LAYERS, name="layer"), columns=["tables", "rows", "names"])


def trace(tables: Mapping[str, pd.DataFrame], customer_id: str) -> pd.DataFrame:
    """One customer through the three layers: how many rows of each table are about them.

    tables       the company's tables by name; those without a column customer_id are passed over
    customer_id  whose rows to count

    Returns a DataFrame indexed by table, ordered by layer, then as given: layer, rows (count).

    >>> tables = {"visits": pd.DataFrame({"customer_id": ["C1", "C1", "C2"]}),
    ...     "customers": pd.DataFrame({"customer_id": ["C1", "C2"]})}
    >>> trace(tables, "C1")
                      layer  rows
    table
    customers  relationship     1
    visits           access     2
    """
    about = {name: table["customer_id"] for name, table in tables.items() if "customer_id" in table.columns}
    rows = {name: int((ids == customer_id).sum()) for name, ids in about.items()}
    if not any(rows.values()):
        raise InputError(_("No table given holds a row of customer {id}. Check the number.").format(id=customer_id))
    for name in rows:
        one_of("table", name, LAYER_OF)
    names = sorted(rows, key=lambda name: LAYERS.index(LAYER_OF[name]))
    result = {"layer": [LAYER_OF[name] for name in names], "rows": [rows[name] for name in names]}
    return pd.DataFrame(result, index=pd.Index(names, name="table"))
