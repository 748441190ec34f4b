"""What goes with satisfaction, the indices of a survey, what chance does to them, and who answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from crm_lab import satisfaction
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then

EXPECTED = ("expectation_1", "expectation_2", "expectation_3")
SATISFIED = ("satisfaction_1", "satisfaction_2", "satisfaction_3")
ONLINE, ANSWERED, INVITED = ("online",), ("online", "phone"), ("online", "phone", "no")

# ---- what shapes expectations


def factors_asked(t: Tables) -> pd.DataFrame:
    """The ten factors, and the questions on expectation and satisfaction, one row a person."""
    asked = t.table("surveys")[["respondent_id", *EXPECTED, *SATISFIED]]
    return t.table("expectation_factors").merge(asked, on="respondent_id")


def factors(t: Tables, of: tuple[str, ...] = SATISFIED, method: Any = "pearson") -> pd.Series:
    table = t.table("factors_asked")
    own = table.columns[1:11]
    return table[own].corrwith(table[list(of)].mean(axis=1), method=method).rename("correlation")


def covariances(t: Tables) -> pd.Series:
    table = t.table("factors_asked")
    satisfied = table[list(SATISFIED)].mean(axis=1)
    return table[table.columns[1:11]].apply(lambda factor: factor.cov(satisfied)).rename("correlation")


declare(
    factors,
    "table",
    key=("factor",),
    sections=("expectation-idea",),
    supplies={"factors_asked": factors_asked},
    mistakes={
        "expectation": {"of": EXPECTED},
        "one question": {"of": SATISFIED[:1]},
        "sizes": then(lambda table: table.abs()),
        "squared": then(lambda table: table**2),
        "ranks": {"method": "spearman"},
        "covariance": covariances,
    },
    facts=lambda t, table: {"first": table.idxmax(), "most": table.max(), "against": table.idxmin()},
)

# ---- CSAT and CES in SQL


def scores_by_wave(t: Tables, ways: tuple[str, ...] = ONLINE, top: int = 4, effort: str = "mean") -> pd.DataFrame:
    table = t.table("surveys")
    table = table[table["answered"].isin(ways)]
    share = 100 * (table["csat"] >= top).groupby(table["wave"]).mean()
    return pd.DataFrame({"csat": share, "ces": table.groupby("wave")["ces"].agg(effort)})


def mean_csat(t: Tables) -> pd.DataFrame:
    """The table with the mean answer in place of the CSAT."""
    return scores_by_wave(t).assign(
        csat=t.table("surveys").query("answered == 'online'").groupby("wave")["csat"].mean()
    )


declare(
    scores_by_wave,
    "sql",
    key=("wave",),
    by_hand="satisfaction.csat",
    sections=("indices-idea",),
    mistakes={
        "top box": {"top": 5},
        "from three": {"top": 3},
        "phone too": {"ways": ANSWERED},
        "all invited": {"ways": INVITED},
        "capitals": {"ways": ("Online",)},
        "mean": mean_csat,
        "median": {"effort": "median"},
        "share": then(lambda table: table / [100, 1]),
    },
    facts=lambda t, table: {"low": table["csat"].min(), "high": table["csat"].max()},
)

# ---- NPS in SQL


def nps_by_wave(
    t: Tables, ways: tuple[str, ...] = ONLINE, promoters: int = 9, detractors: int = 6, passives: bool = True
) -> pd.Series:
    table = t.table("surveys").query("answered in @ways")
    points = 100.0 * (table["nps"] >= promoters) - 100.0 * (table["nps"] <= detractors)
    counted = points[points != 0] if not passives else points
    return counted.groupby(table["wave"]).mean().rename("nps")


def mean_score(t: Tables) -> pd.Series:
    return t.table("surveys").query("answered == 'online'").groupby("wave")["nps"].mean()


declare(
    nps_by_wave,
    "sql",
    key=("wave",),
    by_hand="satisfaction.nps",
    sections=("indices-idea",),
    mistakes={
        "from eight": {"promoters": 8},
        "above nine": {"promoters": 10},
        "up to five": {"detractors": 5},
        "up to seven": {"detractors": 7},
        "passives": {"detractors": 8},
        "no passives": {"passives": False},
        "promoters only": {"detractors": -1},
        "phone too": {"ways": ANSWERED},
        "all invited": {"ways": INVITED},
        "capitals": {"ways": ("Online",)},
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


def of_mean(points: pd.Series, ddof: int = 0) -> float:
    """The variance of a mean."""
    return float(points.var(ddof=ddof)) / len(points)


def of_difference(before: pd.Series, after: pd.Series, ddof: int = 0) -> float:
    """The standard error of a difference of two means."""
    return (of_mean(before, ddof) + of_mean(after, ddof)) ** 0.5


def of_one_pot(before: pd.Series, after: pd.Series) -> float:
    return of_mean(pd.concat([before, after])) ** 0.5


def of_one_spread(before: pd.Series, after: pd.Series) -> float:
    """As if both waves had the spread of all answers."""
    return float(pd.concat([before, after]).std(ddof=0)) * (1 / len(before) + 1 / len(after)) ** 0.5


def nps_change(
    t: Tables,
    points: Callable[[pd.Series], pd.Series] = satisfaction.nps_points,
    error: Callable[[pd.Series, pd.Series], float] = of_difference,
    z: float = 1.96,
    turned: bool = False,
) -> pd.Series:
    table = t.table("two_waves")
    waves = [group for _wave, group in points(table["nps"]).groupby(table["wave"])]
    before, after = waves[::-1] if turned else waves
    change, reach = after.mean() - before.mean(), z * error(before, after)
    return pd.Series({"change": change, "low": change - reach, "high": change + reach}, name="points")


declare(
    nps_change,
    "table",
    key=("figure",),
    by_hand="satisfaction.difference",
    sections=("change-idea",),
    supplies={"two_waves": two_waves},
    mistakes={
        "errors added": {"error": lambda before, after: of_mean(before) ** 0.5 + of_mean(after) ** 0.5},
        "one error": {"error": lambda before, after: of_mean(after) ** 0.5},
        "no root": {"error": lambda before, after: of_mean(before) + of_mean(after)},
        "not divided": {"error": lambda before, after: (before.var(ddof=0) + after.var(ddof=0)) ** 0.5},
        "one pot": {"error": of_one_pot},
        "one spread": {"error": of_one_spread},
        "less one": {"error": lambda before, after: of_difference(before, after, ddof=1)},
        "raw scores": {"points": lambda scores: scores},
        "one standard error": {"z": 1},
        "turned": {"turned": True},
    },
    facts=lambda t, table: {"low": table["low"], "high": table["high"]},
)

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


def weighed(online: Callable[[pd.Series], float], phoned: Callable[[pd.Series], float]) -> Callable[[Tables], float]:
    """Both groups with other weights, worked out from how people answered."""

    def recipe(t: Tables) -> float:
        share = t.table("outside")["answered"].value_counts(normalize=True)
        return online(share) * nps_of("online")(t) + phoned(share) * nps_of("phone")(t)

    return recipe


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
        "halves": weighed(lambda share: 0.5, lambda share: 0.5),
        "the phoned left out": weighed(lambda share: share["online"], lambda share: share["no"]),
        "shares swapped": weighed(lambda share: 1 - share["online"], lambda share: share["online"]),
        "silence is nought": weighed(lambda share: share["online"], lambda share: share["phone"]),
    },
    facts=lambda t, value: {"online": nps_of("online")(t), "value": value},
)
