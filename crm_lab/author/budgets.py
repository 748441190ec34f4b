"""How large the data files may be. They travel with every copy of the course, so their room is shared out here."""

from __future__ import annotations

from pathlib import Path

from crm_lab.base.places import resource
from crm_lab.base.text import _
from crm_lab.data.files import MANIFEST

MOST_BYTES = 3_500_000  # of all data files together, apart from real/
BUDGETS = {  # bytes of each file; compressed where the schema says so
    "customers.csv": 390_000,
    "products.csv": 9_000,
    "orders.csv.gz": 230_000,
    "order_lines.csv.gz": 145_000,
    "returns.csv.gz": 35_000,
    "dealers.csv": 6_000,
    "prices.csv": 20_000,
    "competitors.csv.gz": 45_000,
    "stock.csv.gz": 50_000,
    "channel_spend.csv": 10_000,
    "reps.csv": 2_000,
    "leads.csv.gz": 70_000,
    "lead_events.csv.gz": 150_000,
    "quotas.csv": 3_000,
    "dealer_program.csv.gz": 25_000,
    "reminders.csv.gz": 15_000,
    "watches.csv": 20_000,
    "campaigns.csv": 2_000,
    "campaign_results.csv.gz": 350_000,
    "consents.csv.gz": 60_000,
    "visits.csv.gz": 105_000,
    "failures.csv": 15_000,
    "tickets.csv.gz": 100_000,
    "call_intervals.csv.gz": 245_000,
    "agents.csv": 11_000,
    "shifts.csv.gz": 20_000,
    "calls.csv.gz": 275_000,
    "surveys.csv.gz": 140_000,
    "survey_questions.csv": 6_000,
    "servqual.csv.gz": 40_000,
    "kano.csv.gz": 15_000,
    "attribute_ratings.csv.gz": 20_000,
    "price_survey.csv.gz": 15_000,
    "price_offers.csv.gz": 20_000,
    "posts.csv.gz": 65_000,
    "transcripts.csv": 20_000,
    "transcript_lines.csv.gz": 15_000,
    "dirty_customers.csv.gz": 65_000,
    "dirty_customers_truth.csv.gz": 15_000,
    "events.csv.gz": 20_000,
    "registration_forms.csv": 12_000,
    "prospect_sheets.csv": 10_000,
    "daily_reports.csv": 7_000,
    "vendor_scores.csv": 2_000,
    "rollout_tasks.csv": 3_000,
    "account_changes.csv": 18_000,
    "order_roles.csv.gz": 12_000,
    "configurations.csv.gz": 18_000,
    "favourites.csv.gz": 70_000,
    "views.csv.gz": 105_000,
    "touches.csv.gz": 15_000,
    "mailings.csv.gz": 40_000,
    "order_stages.csv.gz": 45_000,
    "quotes.csv.gz": 25_000,
    "expenses.csv.gz": 6_000,
    "call_backs.csv.gz": 60_000,
    "service_checks.csv.gz": 6_000,
    "expectation_factors.csv.gz": 11_000,
    "dealer_survey.csv.gz": 18_000,
    "written_intervals.csv.gz": 22_000,
    "call_notes.csv.gz": 14_000,
    "dictionary.md": 72_000,
    MANIFEST: 14_000,
}


def over_budget(folder: Path | None = None) -> list[str]:
    """Data files that are larger than their budget or have none: one sentence a file, none if all is well.

    folder  default: datasets/

    >>> over_budget()
    []
    """
    folder = folder or resource("datasets")
    faults = []
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        size, budget = path.stat().st_size, BUDGETS.get(path.name, 0)
        if size > budget:
            faults.append(
                _("{file} takes {size:,} bytes; its budget in crm_lab/author/budgets.py is {budget:,}.").format(
                    file=path.name, size=size, budget=budget
                )
            )
    return faults
