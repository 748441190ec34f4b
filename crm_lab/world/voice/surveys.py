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

from crm_lab.base.streams import stream
from crm_lab.world.parameters import Parameters
from crm_lab.world.voice.parameters import CONSTRUCTS, SurveyParameters


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


def draw_latent(parameters: SurveyParameters, satisfaction: np.ndarray, rng: np.random.Generator) -> np.ndarray:
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


def draw_answers(parameters: Parameters, satisfaction: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
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


def _rounded(
    scale: tuple[float, float, float], latent: np.ndarray, rng: np.random.Generator, low: int, high: int
) -> np.ndarray:
    mean, slope, noise = scale
    return np.clip(np.round(mean + slope * latent + noise * rng.standard_normal(len(latent))), low, high)


def answer_chance(parameters: SurveyParameters, satisfaction: np.ndarray) -> np.ndarray:
    """Chance that a customer with this satisfaction answers an invitation online."""
    return special.expit(parameters.answer_base + parameters.answer_slope * satisfaction)


def panel_surveys(
    parameters: Parameters, traits: pd.DataFrame, customers: pd.DataFrame, orders: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The invitations and answers of one block of the panel: each buyer is invited once.

    The answer to "would you recommend us" is the one the customer's file holds; who never gave one does not answer.
    """
    rng = stream(seed, "surveys", block)
    survey, size = parameters.voice.survey, len(traits)
    satisfaction = traits["satisfaction"].to_numpy()
    answers = draw_answers(parameters, satisfaction, rng)
    answers["nps"] = customers["recommend_score"].to_numpy()
    wave = rng.integers(0, len(survey.waves), size)
    # the file already holds the answers of a share of the buyers: of these, as many as make the chance right
    on_file = np.minimum(parameters.answers_base + parameters.answers_by_strength * np.abs(satisfaction), 1)
    answered = rng.random(size) < np.minimum(answer_chance(survey, satisfaction) / on_file, 1)
    answered &= answers["nps"].notna().to_numpy()
    table = _invitations(survey, wave, answered, np.zeros(size, dtype=bool), rng)
    table.insert(0, "respondent_id", [f"S{n:05d}" for n in traits.index])
    table["customer_id"] = customers["customer_id"].to_numpy()
    received = orders[orders["status"] == "delivered"].groupby("customer_id")["delivered_at"].min()
    invited = received.reindex(table["customer_id"]).to_numpy() < table["invited_at"].to_numpy()
    return _with_answers(table, answers)[invited]


def external_surveys(parameters: Parameters, seed: int) -> pd.DataFrame:
    """The invitations and answers of customers outside the panel, the same number in each wave."""
    rng = stream(seed, "surveys_external")
    survey = parameters.voice.survey
    size = survey.external * len(survey.waves)
    satisfaction = rng.standard_normal(size)
    answers = draw_answers(parameters, satisfaction, rng)
    answered = rng.random(size) < answer_chance(survey, satisfaction)
    phoned = ~answered & (rng.random(size) < survey.phoned)
    wave = np.repeat(np.arange(len(survey.waves)), survey.external)
    table = _invitations(survey, wave, answered, phoned, rng)
    table.insert(0, "respondent_id", [f"E{n:05d}" for n in range(1, size + 1)])
    table["customer_id"] = pd.Series(np.nan, table.index, dtype="str")
    return _with_answers(table, answers)


def _invitations(
    survey: SurveyParameters, wave: np.ndarray, answered: np.ndarray, phoned: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    size = len(wave)
    days = pd.DatetimeIndex(survey.waves)
    labels = np.array([f"{day.year}Q{day.quarter}" for day in days])
    invited = days[wave] + pd.Timedelta("9h")
    online = invited + pd.to_timedelta(
        np.minimum(np.round(rng.exponential(2.0, size) * 1440), 13 * 1440) + 5, unit="min"
    )
    call = days[wave] + pd.to_timedelta(
        rng.integers(15, 22, size) * 1440 + rng.integers(9 * 60, 20 * 60, size), unit="min"
    )
    reached = phoned & (rng.random(size) < survey.reached)
    return pd.DataFrame(
        {
            "wave": labels[wave],
            "invited_at": invited,
            "phoned": phoned,
            "answered": np.where(answered, "online", np.where(reached, "phone", "no")),
            "answered_at": pd.Series(online.where(answered, call)).where(answered | reached),
        }
    )


def _with_answers(table: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    answers = answers.astype("float64")
    answers.loc[(table["answered"] == "no").to_numpy()] = np.nan
    return pd.concat([table, answers], axis=1)
