"""The satisfaction survey: a structural model behind the answers, and who does not answer.

Behind the questions stand six latent variables, linked as in the American and European customer satisfaction
indices (Fornell et al. 1996): expectation -> quality -> value -> satisfaction -> complaint and loyalty. A
customer's satisfaction is the hidden trait that also moves their leaving, so the others are drawn given it.

Satisfied customers answer more often, so the answers flatter the company. Some of those who stay silent are
phoned; whether they are reached has nothing to do with what they think, which is what makes the call worth making.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.world._clock import Clock
from crm_lab.world._draws import Draws, Random
from crm_lab.world._voice.voice_parameters import CONSTRUCTS, SurveyParameters
from crm_lab.world.parameters import Parameters


def path_matrix(parameters: SurveyParameters) -> np.ndarray:
    """Path coefficients between the latent variables, from (column) to (row), in the order of CONSTRUCTS.

    >>> path_matrix(SurveyParameters())[1, 0]
    np.float64(0.5)
    """
    matrix = np.zeros((len(CONSTRUCTS), len(CONSTRUCTS)))
    for path, coefficient in parameters.paths.items():
        source, target = path.split(">")
        matrix[CONSTRUCTS.index(target), CONSTRUCTS.index(source)] = coefficient
    return matrix


def latent_correlation(parameters: SurveyParameters) -> np.ndarray:
    """Correlation of the latent variables that the paths imply, in the order of CONSTRUCTS.

    Each variable follows from the ones before it, so its row follows from theirs; its variance is 1 by design.

    >>> latent_correlation(SurveyParameters()).diagonal().tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    paths = path_matrix(parameters)
    correlation = np.eye(len(CONSTRUCTS))
    for to in range(1, len(CONSTRUCTS)):
        correlation[to, :to] = correlation[:to, to] = paths[to, :to] @ correlation[:to, :to]
    return correlation


def draw_latent(parameters: SurveyParameters, satisfaction: np.ndarray, rng: Random) -> np.ndarray:
    """The latent variables of people with this satisfaction: one row a person, columns as in CONSTRUCTS."""
    at = CONSTRUCTS.index("satisfaction")
    others = [i for i in range(len(CONSTRUCTS)) if i != at]
    correlation = latent_correlation(parameters)
    slope = correlation[others, at]
    spread = np.linalg.cholesky(correlation[np.ix_(others, others)] - np.outer(slope, slope))
    latent = np.empty((len(satisfaction), len(CONSTRUCTS)))
    latent[:, at] = satisfaction
    latent[:, others] = satisfaction[:, None] * slope + rng.standard_normal((len(satisfaction), len(others))) @ spread.T
    return latent


def draw_answers(parameters: Parameters, satisfaction: np.ndarray, rng: Random) -> pd.DataFrame:
    """What people with this satisfaction say, or would say: csat, nps, ces and the questions of the index."""
    survey = parameters.voice.survey
    latent = draw_latent(survey, satisfaction, rng)
    size, quality = len(satisfaction), latent[:, CONSTRUCTS.index("quality")]
    recommend = (parameters.recommend_mean, parameters.recommend_slope, parameters.recommend_noise)
    answers = {
        "csat": _rounded(survey.csat, satisfaction, rng, 1, 5),
        "nps": _rounded(recommend, satisfaction, rng, 0, 10),
        "ces": _rounded(survey.ces, quality, rng, 1, 7),
    }
    for column, construct in enumerate(CONSTRUCTS):
        for number, loading in enumerate(survey.loadings[construct], 1):
            noise = np.sqrt(1 - loading**2) * rng.standard_normal(size)
            value = survey.item_mean[construct] + survey.item_sd * (loading * latent[:, column] + noise)
            answers[f"{construct}_{number}"] = np.clip(np.round(value), 1, 10)
    return pd.DataFrame(answers)


def _rounded(scale: tuple[float, float, float], latent: np.ndarray, rng: Random, low: int, high: int) -> np.ndarray:
    mean, slope, noise = scale
    return np.clip(np.round(mean + slope * latent + noise * rng.standard_normal(len(latent))), low, high)


def answer_chance(parameters: SurveyParameters, satisfaction: np.ndarray) -> np.ndarray:
    """Chance that a customer with this satisfaction answers an invitation online."""
    return special.expit(parameters.answer_base + parameters.answer_slope * satisfaction)


def wave_of(survey: SurveyParameters, clock: Clock, quarter: int) -> pd.Timestamp | None:
    """The day on which a quarter's invitations go out; None before the first wave."""
    first = clock.days[clock.days_of(quarter).start]
    month, day = survey.waves[first.quarter - 1]
    return None if first.year < survey.first_wave else pd.Timestamp(first.year, month, day)


def panel_surveys(parameters: Parameters, invited: pd.DataFrame, seed: int, block: int) -> pd.DataFrame:
    """The invitations of some waves to one block of the panel, and the answers.

    invited  by quarter: customer_id, quarter, wave (day), satisfaction, and score, what their file answers to "would
             you recommend us" (NaN if nothing: who never gave an answer does not answer)
    """
    survey, size = parameters.voice.survey, len(invited)
    rng = Draws(seed, "surveys", block, invited["quarter"].to_numpy())
    satisfaction = invited["satisfaction"].to_numpy()
    answers = draw_answers(parameters, satisfaction, rng)
    answers["nps"] = invited["score"].to_numpy()
    # the file already holds the answers of a share of the buyers: of these, as many as make the chance right
    on_file = np.minimum(parameters.answers_base + parameters.answers_by_strength * np.abs(satisfaction), 1)
    answered = rng.random(size) < np.minimum(answer_chance(survey, satisfaction) / on_file, 1)
    answered &= answers["nps"].notna().to_numpy()
    table = _invitations(survey, invited["wave"], answered, np.zeros(size, dtype=bool), rng)
    first = invited["wave"].dt.year == survey.first_wave  # later invitations of the same customers say the year
    number = "S" + invited["customer_id"].str[1:]
    table.insert(0, "respondent_id", number.where(first, number + "." + invited["wave"].dt.year.astype("str")))
    table["customer_id"] = invited["customer_id"].to_numpy()
    return _with_answers(table, answers)


def external_surveys(
    parameters: Parameters, waves: dict[int, pd.Timestamp], mood: np.ndarray, seed: int
) -> pd.DataFrame:
    """The invitations of some waves to customers outside the panel, the same number in each.

    waves  day of the wave, by number of the quarter
    mood   what is added to everyone's satisfaction, by number of the quarter
    """
    survey = parameters.voice.survey
    quarter = np.repeat(list(waves), survey.external).astype("int64")
    rng, size = Draws(seed, "surveys_external", 0, quarter), len(quarter)
    satisfaction = rng.standard_normal(size) + mood[quarter]
    answers = draw_answers(parameters, satisfaction, rng)
    answered = rng.random(size) < answer_chance(survey, satisfaction)
    phoned = ~answered & (rng.random(size) < survey.phoned)
    wave = pd.Series(np.repeat(list(waves.values()), survey.external), dtype="datetime64[us]")
    table = _invitations(survey, wave, answered, phoned, rng)
    before = (wave.dt.year - survey.first_wave) * len(survey.waves) + wave.dt.quarter - 1
    number = before * survey.external + np.arange(size) % survey.external + 1
    table.insert(0, "respondent_id", [f"E{n:05d}" for n in number])
    table["customer_id"] = pd.Series(np.nan, table.index, dtype="str")
    return _with_answers(table, answers)


def _invitations(
    survey: SurveyParameters, wave: pd.Series, answered: np.ndarray, phoned: np.ndarray, rng: Draws
) -> pd.DataFrame:
    size, (opens, closes) = len(wave), survey.call_hours
    invited = wave + pd.Timedelta("9h")
    waited = np.minimum(np.round(rng.exponential(survey.answer_days, size) * 1440), survey.answer_most * 1440) + 5
    at = rng.integers(survey.call_days[0], survey.call_days[1], size) * 1440 + rng.integers(
        opens * 60, closes * 60, size
    )
    reached = phoned & (rng.random(size) < survey.reached)
    online, call = (start + pd.to_timedelta(wait, unit="min") for start, wait in ((invited, waited), (wave, at)))
    return pd.DataFrame(
        {
            "wave": wave.dt.year.astype("str") + "Q" + wave.dt.quarter.astype("str"),
            "invited_at": invited,
            "phoned": phoned,
            "answered": np.where(answered, "online", np.where(reached, "phone", "no")),
            "answered_at": online.where(answered, call).where(answered | reached),
        }
    )


def _with_answers(table: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    answers = answers.astype("float64")
    answers.loc[(table["answered"] == "no").to_numpy()] = np.nan
    return pd.concat([table, answers], axis=1)
