"""Recorded conversations: an agent keeps some points of the service standard and misses others; the customer rates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import BLOCK, stream
from crm_lab.world._names import LOCALES
from crm_lab.world._voice import talk_words as words
from crm_lab.world._voice.voice_parameters import STANDARD, TalkParameters
from crm_lab.world.parameters import TODAY

AGENT_NAMES = ("Lin", "Mei", "Bo", "Yan", "Tao", "Fang", "Jun", "Xue", "Hao", "Ning", "Qi", "Rui")
AGENT_NAMES_ZH = ("小林", "小梅", "小博", "小燕", "小涛", "小芳", "小军", "小雪", "小浩", "小宁", "小琪", "小瑞")
WORDINGS = 13  # the most turns of a conversation that are chosen from several wordings

Turn = tuple[str, str]


def make_transcripts(
    parameters: TalkParameters,
    customers: pd.DataFrame,
    orders: pd.DataFrame,
    returns: pd.DataFrame,
    seed: int,
    block: int,
    locale: str,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The conversations of one block and their turns.

    The conversations also hold, besides the table's columns, what is true of each: one bool a point of STANDARD.
    """
    rng = stream(seed, "transcripts", block)
    talks = _occasions(parameters, orders, returns, rng)
    size = len(talks)
    agent = rng.integers(0, parameters.agents, size)
    talks["agent_code"] = [f"chat_{n + 1:02d}" for n in agent]
    reason = rng.choice(list(parameters.reasons), size, p=list(parameters.reasons.values()))
    talks["reason"] = np.where(talks["sent_back"], "return", reason)
    skill = agent_skill(parameters, seed)[agent]
    kept = rng.random((size, len(STANDARD))) < special.expit(
        np.array(list(parameters.standard.values())) + skill[:, None]
    )
    talks[list(STANDARD)] = kept
    low, high, noise = parameters.rating
    rating = low + high * kept.mean(axis=1) + noise * rng.standard_normal(size)
    talks["rating"] = np.clip(np.round(rating), 1, 5)
    talks["transcript_id"] = [f"V{n:06d}" for n in block * BLOCK + np.arange(1, size + 1)]
    names = talks["customer_id"].map(customers.set_index("customer_id")["name"])
    return talks, _lines(
        talks.assign(name=names, agent=agent), kept, rng.random((size, WORDINGS)), LOCALES.index(locale)
    )


def agent_skill(parameters: TalkParameters, seed: int) -> np.ndarray:
    """Each agent's skill: what it adds to the log odds of keeping a point of the standard."""
    return parameters.agent_sd * stream(seed, "agent_skill").standard_normal(parameters.agents)


def _occasions(
    parameters: TalkParameters, orders: pd.DataFrame, returns: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Some buyers get in touch after their latest parcel; where something goes back, before it does."""
    delivered = orders.loc[orders["status"] == "delivered", ["order_id", "customer_id", "delivered_at"]]
    talks = delivered.drop_duplicates("customer_id", keep="last").sort_values("customer_id").reset_index(drop=True)
    days = rng.integers(*parameters.talk_days, len(talks), endpoint=True)
    start = talks["delivered_at"].dt.normalize() + pd.to_timedelta(days, unit="D")
    opens, closes = parameters.talk_hours
    talks["started_at"] = start + pd.to_timedelta(rng.integers(opens * 60, closes * 60, len(talks)), unit="min")
    sent_back = returns.groupby("order_id")["returned_at"].min().reindex(talks["order_id"]).reset_index(drop=True)
    talks["sent_back"] = sent_back.notna()
    asks = talks["delivered_at"] + (sent_back - talks["delivered_at"]) * rng.uniform(
        *parameters.talk_before_return, len(talks)
    )
    talks["started_at"] = talks["started_at"].where(~talks["sent_back"], asks.dt.floor("min"))
    picked = (rng.random(len(talks)) < parameters.talk_share) & (talks["started_at"] < pd.Timestamp(TODAY)).to_numpy()
    return talks[picked].sort_values(["started_at", "order_id"]).reset_index(drop=True)


def _lines(talks: pd.DataFrame, kept: np.ndarray, draws: np.ndarray, language: int) -> pd.DataFrame:
    rows = []
    agents = (AGENT_NAMES, AGENT_NAMES_ZH)[language]
    columns = (talks[name].tolist() for name in ("transcript_id", "reason", "name", "agent"))
    for number, reason, name, agent, points, draw in zip(*columns, kept.tolist(), draws, strict=True):
        said = _Said(draw, language, {"name": name, "agent": agents[agent % len(agents)]})
        turns = _conversation(reason, dict(zip(STANDARD, points, strict=True)), said)
        rows += [(number, line, *turn) for line, turn in enumerate(turns, 1)]
    return pd.DataFrame(rows, columns=["transcript_id", "line_no", "speaker", "text"])


class _Said:
    """Chooses one wording of a turn in the right language and fills in the names."""

    def __init__(self, draw: np.ndarray, language: int, names: Mapping[str, object]) -> None:
        self.draws, self.language, self.names = iter(draw.tolist()), language, names

    def __call__(self, wordings: tuple[tuple[str, str], ...]) -> str:
        return wordings[int(next(self.draws) * len(wordings))][self.language].format(**self.names)

    def together(self, *sentences: str) -> str:
        return ("" if self.language else " ").join(sentence for sentence in sentences if sentence)


def _conversation(reason: str, kept: Mapping[str, bool], said: _Said) -> list[Turn]:
    """The turns of one conversation: what the agent keeps of the standard is said, what is missed is not."""

    def when(point: str, yes: tuple[tuple[str, str], ...], no: tuple[tuple[str, str], ...] = ()) -> str:
        chosen = yes if kept[point] else no
        return said(chosen) if chosen else ""

    turns = [
        ("agent", said.together(when("greeting", words.GREETING, words.NO_GREETING), when("own_name", words.OWN_NAME))),
        ("customer", said(words.PROBLEMS[reason])),
    ]
    if kept["restates"]:
        turns += [("agent", words.RESTATED[reason][said.language]), ("customer", said(words.CONFIRMS))]
    reaction = said.together(
        when("empathy", words.EMPATHY),
        "" if kept["polite"] else said(words.RUDE),
        when("customer_name", words.CUSTOMER_NAME, words.NO_CUSTOMER_NAME),
    )
    outcome = words.SOLVED[reason][said.language] if kept["solution"] else said(words.UNSOLVED)
    turns += [("agent", reaction), ("agent", said.together(outcome, when("deadline", words.DEADLINE)))]
    turns.append(("customer", said(words.CONTENT if kept["solution"] else words.ANNOYED)))
    if kept["asks_more"]:
        turns += [("agent", said(words.ASKS_MORE)), ("customer", said(words.NO_MORE))]
    return [*turns, ("agent", when("thanks", words.THANKS, words.NO_THANKS))]
