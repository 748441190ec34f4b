"""Small tables with rows on every boundary, on which the queries are judged too; the engine shuffles their rows.

Only the columns that matter are given; the others come from the schema.
"""

from __future__ import annotations

import pandas as pd

from crm_lab.exercises._edges import frame


def segment_value() -> dict[str, pd.DataFrame]:
    """Equal amounts, losses, a segment that loses, segments of one."""
    segments = frame(
        "customer_id recency_days frequency monetary segment",
        ("C1", 5, 9, 300.0, "champions"),
        ("C2", 9, 9, 300.0, "champions"),
        ("C3", 3, 1, 100.0, "new"),
        ("C4", 300, 2, 50.0, "hibernating"),
        ("C5", 320, 1, -150.0, "hibernating"),
        ("C6", 200, 4, -20.5, "at_risk"),
        ("C7", 60, 3, 100.0, "loyal"),
        ("C8", 70, 3, 210.25, "loyal"),
        ("C9", 71, 3, 210.25, "loyal"),
    )
    return {"rfm_segments": segments}
