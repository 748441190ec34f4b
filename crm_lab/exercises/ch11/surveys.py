"""Expectations, the indices of a survey, what chance does to them, and who answers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from crm_lab import satisfaction
from crm_lab.exercises import declare, then

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

EXPECTED = ["expectation_1", "expectation_2", "expectation_3"]
ONLINE, ANSWERED, INVITED = ("online",), ("online", "phone"), ("online", "phone", "no")

# ---- what shapes expectations


def factors_asked(t: Tables) -> pd.DataFrame:
    """The ten factors and the three questions on expectation, one row a person."""
    asked = t.table("surveys")[["respondent_id", *EXPECTED, "satisfaction_1"]]
    return t.table("expectation_factors").merge(asked, on="respondent_id")


def factors(t: Tables, of: tuple[str, ...] = tuple(EXPECTED), method: Any = "pearson") -> pd.Series:
    table = t.table("factors_asked")
    own = table.columns[1:11]
    return table[own].corrwith(table[list(of)].mean(axis=1), method=method).rename("correlation")


declare(
    factors,
    "table",
    key=("factor",),
    sections=("expectation-idea",),
    supplies={"factors_asked": factors_asked},
    mistakes={
        "one question": {"of": ("expectation_1",)},
        "satisfaction": {"of": ("satisfaction_1",)},
        "sizes": then(lambda table: table.abs()),
        "squared": then(lambda table: table**2),
    },
    facts=lambda t, table: {"first": table.idxmax(), "against": table.idxmin()},
)

# ---- CSAT and CES in SQL


def invitations(t: Tables) -> pd.DataFrame:
    """What SQL needs of the survey."""
    return t.table("surveys")[["respondent_id", "wave", "answered", "csat", "nps", "ces"]]


def scores_by_wave(t: Tables, ways: tuple[str, ...] = ONLINE, top: int = 4) -> pd.DataFrame:
    table = t.table("invitations")
    table = table[table["answered"].isin(ways)]
    waves = table.groupby("wave")
    share = 100 * (table["csat"] >= top).groupby(table["wave"]).mean()
    return pd.DataFrame({"csat": share, "ces": waves["ces"].mean()})


def of_answered(figure: str) -> Callable[[Tables], pd.DataFrame]:
    """The table with another figure in place of the CSAT."""
    return lambda t: scores_by_wave(t).assign(
        csat=t.table("invitations").query("answered == 'online'").groupby("wave")["csat"].agg(figure)
    )


declare(
    scores_by_wave,
    "sql",
    key=("wave",),
    by_hand="satisfaction.csat",
    sections=("indices-idea",),
    supplies={"invitations": invitations},
    mistakes={
        "top box": {"top": 5},
        "from three": {"top": 3},
        "phone too": {"ways": ANSWERED},
        "all invited": {"ways": INVITED},
        "mean": of_answered("mean"),
        "share": then(lambda table: table / [100, 1]),
    },
    facts=lambda t, table: {"low": table["csat"].min(), "high": table["csat"].max()},
)

# ---- NPS in SQL


def nps_by_wave(t: Tables, ways: tuple[str, ...] = ONLINE, promoters: int = 9, detractors: int = 6) -> pd.Series:
    table = t.table("invitations").query("answered in @ways")
    points = 100.0 * (table["nps"] >= promoters) - 100.0 * (table["nps"] <= detractors)
    return points.groupby(table["wave"]).mean().rename("nps")


def mean_score(t: Tables) -> pd.Series:
    return t.table("invitations").query("answered == 'online'").groupby("wave")["nps"].mean()


declare(
    nps_by_wave,
    "sql",
    key=("wave",),
    by_hand="satisfaction.nps",
    sections=("indices-idea",),
    supplies={"invitations": invitations},
    mistakes={
        "from eight": {"promoters": 8},
        "up to five": {"detractors": 5},
        "passives": {"detractors": 8},
        "phone too": {"ways": ANSWERED},
        "all invited": {"ways": INVITED},
        "mean score": mean_score,
        "share": then(lambda table: table / 100),
    },
    facts=lambda t, table: {"first": table.iloc[0], "last": table.iloc[-1]},
)

# ---- the difference between two quarters


def two_waves(t: Tables) -> pd.DataFrame:
    """Online answers of the last two waves."""
    table = t.table("surveys").query("answered == 'online' and wave >= '2025Q3'")
    return table[["respondent_id", "wave", "nps"]].reset_index(drop=True)


def nps_change(t: Tables, add: str = "variances", z: float = 1.96, turned: bool = False) -> pd.Series:
    waves = [satisfaction.nps(group) for _wave, group in t.table("two_waves").groupby("wave")["nps"]]
    before, after = waves[::-1] if turned else waves
    errors = [before.standard_error, after.standard_error]
    reach = z * {"variances": math.hypot(*errors), "errors": sum(errors), "last": errors[1]}[add]
    change = after.value - before.value
    return pd.Series({"change": change, "low": change - reach, "high": change + reach}, name="nps")


declare(
    nps_change,
    "table",
    key=("figure",),
    by_hand="satisfaction.difference",
    sections=("change-idea",),
    supplies={"two_waves": two_waves},
    mistakes={
        "errors added": {"add": "errors"},
        "one error": {"add": "last"},
        "one standard error": {"z": 1},
        "turned": {"turned": True},
    },
    facts=lambda t, table: {"verdict": _verdict(table)},
)


def _verdict(table: pd.Series) -> str:
    return "does not hold" if table["low"] > 0 or table["high"] < 0 else "holds"


# ---- who answers


def outside(t: Tables) -> pd.DataFrame:
    """The invited outside the panel: the only ones who were phoned."""
    table = t.table("surveys")
    table = table[table["customer_id"].isna() & (table["wave"] == "2025Q4")]
    return table[["respondent_id", "answered", "nps"]].reset_index(drop=True)


def everyone(t: Tables) -> float:
    table = t.table("outside")
    return satisfaction.all_invited(satisfaction.nps_points(table["nps"]), table["answered"]).value


def nps_of(*ways: str) -> Callable[[Tables], float]:
    """The NPS of those who answered in these ways, all counting once."""

    def recipe(t: Tables) -> float:
        table = t.table("outside")
        return satisfaction.nps(table.loc[table["answered"].isin(ways), "nps"]).value

    return recipe


def halves(t: Tables) -> float:
    return (nps_of("online")(t) + nps_of("phone")(t)) / 2


declare(
    everyone,
    "number",
    by_hand="satisfaction.all_invited",
    sections=("silence-idea",),
    supplies={"outside": outside},
    mistakes={
        "online only": nps_of("online"),
        "all answers alike": nps_of("online", "phone"),
        "phone only": nps_of("phone"),
        "halves": halves,
    },
    facts=lambda t, value: {"online": nps_of("online")(t), "value": value},
)
