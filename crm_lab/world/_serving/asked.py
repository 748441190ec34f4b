"""Two more surveys: what shapes expectations, and what dealers say before and after the improvement programme."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.serving import ATTRIBUTES, WAVES
from crm_lab.world._coded import coded
from crm_lab.world._serving.serving_parameters import DealerSurveyParameters, ExpectationParameters
from crm_lab.world._voice.voice_parameters import SurveyParameters

LAST_WAVE = "2025Q4"
QUESTIONS = ("expectation_1", "expectation_2", "expectation_3")


def make_expectation_factors(
    parameters: ExpectationParameters, survey: SurveyParameters, surveys: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The table expectation_factors for those of one block who answered the last wave.

    Expectation is the weighted sum of independent factors and something else. It is known already, so the factors are
    drawn given it: their mean is weight × expectation, their covariance the identity less the products of the weights.

    surveys  the table of that name, of the block
    """
    rng = stream(seed, "expectation_factors", block)
    asked = surveys[(surveys["wave"] == LAST_WAVE) & (surveys["answered"] != "no")].sort_values("respondent_id")
    loadings = np.array(survey.loadings["expectation"])
    common = np.outer(loadings, loadings)
    np.fill_diagonal(common, 1.0)
    mean, sd = survey.item_mean["expectation"], survey.item_sd * np.sqrt(common.mean())
    expectation = (asked[list(QUESTIONS)].to_numpy(float).mean(axis=1) - mean) / sd
    weights = np.array(list(parameters.weights.values()))
    spread = np.linalg.cholesky(np.eye(len(weights)) - np.outer(weights, weights))
    factors = expectation[:, None] * weights + rng.standard_normal((len(asked), len(weights))) @ spread.T
    answers = np.clip(np.round(parameters.mean + parameters.sd * factors), 1, 7)
    table = pd.DataFrame(answers, columns=list(parameters.weights))
    table["respondent_id"] = asked["respondent_id"].to_numpy()
    return table


def make_dealer_survey(
    parameters: DealerSurveyParameters, program: pd.DataFrame, seed: int, block: int
) -> pd.DataFrame:
    """The table dealer_survey of one block.

    program  the table dealer_program of the block: all its dealers are asked twice
    """
    rng = stream(seed, "dealer_survey", block)
    dealers = program.drop_duplicates("dealer_id")
    shape = (len(dealers), len(WAVES), len(ATTRIBUTES))
    takes_part = (dealers["assignment"] == "programme").to_numpy()[:, None, None]
    after = np.arange(len(WAVES))[:, None]
    effect = np.array([parameters.effect.get(name, 0.0) for name in ATTRIBUTES])
    satisfied = np.array([parameters.satisfaction[name] for name in ATTRIBUTES]) + after * parameters.drift
    satisfied = satisfied + takes_part * after * effect + parameters.level * rng.standard_normal((shape[0], 1, 1))
    satisfied = satisfied + parameters.noise * rng.standard_normal(shape)
    important = np.array([parameters.importance[name] for name in ATTRIBUTES])
    important = important + parameters.importance_sd * rng.standard_normal(shape)
    dealer, wave, attribute = np.indices(shape).reshape(3, -1)
    return pd.DataFrame(
        {
            "dealer_id": coded(dealers["dealer_id"], dealer),
            "wave": coded(WAVES, wave),
            "attribute": coded(ATTRIBUTES, attribute),
            "importance": np.clip(np.round(important), 1, 10).ravel(),
            "satisfaction": np.clip(np.round(satisfied), 1, 10).ravel(),
        }
    )
