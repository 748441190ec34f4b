"""All that customers say: gathers the tables of surveys, studies, posts, conversations and the dirty extract."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from crm_lab.world._orders import Trade
from crm_lab.world._voice import studies
from crm_lab.world._voice.dirty import make_dirty
from crm_lab.world._voice.questions import make_questions
from crm_lab.world._voice.transcripts import make_transcripts
from crm_lab.world._voice.voice_parameters import STANDARD

Frames = Mapping[str, pd.DataFrame]


def voice_of_block(
    trade: Trade, traits: pd.DataFrame, tables: Frames, block: int, locale: str
) -> dict[str, pd.DataFrame]:
    """What the panel's customers of one block say. `tables` holds their customers, orders and what belongs to these.

    Surveys and posts belong to their quarters; see quarters.
    """
    voice, seed = trade.parameters.voice, trade.seed
    customers, orders = tables["customers"], tables["orders"]
    transcripts, turns = make_transcripts(voice.talk, customers, orders, tables["returns"], seed, block, locale)
    dirty, dirty_truth = make_dirty(voice.dirty, customers, seed, block, locale)
    return {
        "transcripts": transcripts,
        "transcript_lines": turns,
        "dirty_customers": dirty,
        "dirty_customers_truth": dirty_truth,
    }


def voice_of_company(trade: Trade, locale: str) -> dict[str, pd.DataFrame]:
    """What is asked at company scale, of people outside the panel."""
    study = trade.parameters.voice.study
    price_survey, price_offers = studies.prices(study, trade.products, trade.seed)
    return {
        "survey_questions": make_questions(locale),
        "servqual": studies.servqual(study, trade.seed),
        "kano": studies.kano(study, trade.seed),
        "attribute_ratings": studies.ratings(study, trade.seed),
        "price_survey": price_survey,
        "price_offers": price_offers,
    }


def voice_labels(frames: Frames) -> dict[str, pd.DataFrame]:
    """What is true of each post and conversation but not in its table: topics and mood; points of the standard."""
    posts = frames["posts"].set_index("post_id")[["topic", "second_topic", "positive"]]
    return {"posts": posts, "transcripts": frames["transcripts"].set_index("transcript_id")[list(STANDARD)]}
