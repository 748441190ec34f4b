"""The tables about who and what: customers, dealers and products. Who they are underneath is in traits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import TIERS
from crm_lab.world import _names as names
from crm_lab.world.parameters import FIRST_DAY, Parameters, ProductParameters


def make_products(parameters: ProductParameters, seed: int, locale: str) -> pd.DataFrame:
    """The 120 products: prices spread from a few yuan to several hundred."""
    rng = stream(seed, "products")
    keys = [(c, t, m) for c, things in names.THINGS.items() for t in range(len(things)) for m in range(3)]
    drawn = np.exp(rng.normal(parameters.price_log, parameters.price_spread, len(keys)))
    price = np.maximum(parameters.lowest, np.round(drawn)) - 0.1
    launched = pd.to_timedelta(rng.integers(-parameters.launched, 1, len(keys)), unit="D")
    return pd.DataFrame(
        {
            "product_id": [f"P{n:03d}" for n in range(1, len(keys) + 1)],
            "name": [names.product(locale, *key) for key in keys],
            "category": [category for category, _, _ in keys],
            "list_price": price,
            "unit_cost": np.round(price * rng.uniform(*parameters.cost, len(keys)), 2),
            "launched_on": pd.Timestamp(FIRST_DAY) + launched,
        }
    )


def make_profiles(parameters: Parameters, traits: pd.DataFrame, seed: int, block: int, locale: str) -> pd.DataFrame:
    """What an account holds from its first day, and what will decide how it goes on, for customers of one cohort.

    traits  of the customers: the panel's of one block, or those who came beyond it in one quarter

    The columns stays, stays_new, seen, closes, answers, noise, turn (the quarter of the year in which the customer is
    asked how satisfied they are, from 0) and luck (which gives the type in the face of an offer) are drawn here once,
    so that what is known of a customer on one day fits what is known on another; see make_customers.
    """
    size, cohort = len(traits), int(traits["cohort"].iloc[0]) if len(traits) else 0
    rng, accounts = stream(seed, "customers", block, cohort), parameters.accounts
    city = rng.choice(len(names.CITIES), size, p=np.array(names.CITY_WEIGHTS) / sum(names.CITY_WEIGHTS))
    digits = rng.integers(0, 10**8, size)
    birth_days = pd.to_timedelta(rng.integers(0, accounts.birth_days, size), unit="D")
    minutes = pd.to_timedelta(np.round(traits["registered"].to_numpy() * 1440), unit="min")
    profiles = pd.DataFrame(
        {
            "customer_id": [f"C{n:05d}" for n in traits.index],
            "kind": traits["kind"].to_numpy(),
            "region": [names.CITIES[c][2] for c in city],
            "channel": traits["channel"].to_numpy(),
            "phone": [f"+999 {n // 10**4:04d} {n % 10**4:04d}" for n in digits],  # 999 belongs to no country
            "birthday": pd.Timestamp(accounts.birth_first) + birth_days,
            "registered_at": pd.Timestamp(FIRST_DAY) + minutes,
            "stays": rng.exponential(accounts.interest, size),
            "stays_new": rng.exponential(accounts.interest_new, size),
            "seen": rng.exponential(accounts.recent, size),
            "marketing_consent": rng.random(size) < accounts.marketing,
            "closes": rng.random(size) < accounts.closed,
            "noise": rng.standard_normal(size),
            "answers": rng.random(size),
            "contract": rng.random(size),
            "turn": rng.integers(0, 4, size),
            "luck": rng.random(size),
        }
    )
    integrated = (traits["style"] == "integrated").to_numpy()
    profiles["frame_contract"] = (profiles.pop("contract") < parameters.contract_share) & integrated
    _add_identity(profiles, traits, city, locale, stream(seed, "names", block, cohort))
    return profiles


def _add_identity(
    customers: pd.DataFrame, traits: pd.DataFrame, city: np.ndarray, locale: str, rng: np.random.Generator
) -> None:
    given, family = names.people(locale)
    first, last = rng.integers(0, names.POOL, (2, len(traits)))
    language = names.LOCALES.index(locale)
    customers["name"] = [names.full_name(locale, given[f], family[s]) for f, s in zip(first, last, strict=True)]
    customers["email"] = [
        names.email(locale, given[f], family[s], n) for f, s, n in zip(first, last, traits.index, strict=True)
    ]
    customers["city"] = [names.CITIES[c][language] for c in city]


def make_customers(
    parameters: Parameters,
    profiles: pd.DataFrame,
    satisfaction: np.ndarray,
    last: np.ndarray,
    advice: np.ndarray,
    today: pd.Timestamp,
) -> pd.DataFrame:
    """The table customers as the company knows them on one day.

    profiles      of make_profiles, of customers who registered before that day
    satisfaction  of each, in standard deviations
    last          time of the last order of each, NaT for none
    advice        times each asked for advice in the 12 months before
    """
    accounts = parameters.accounts
    bought, begins = ~np.isnat(last), profiles["registered_at"].to_numpy().astype("datetime64[us]")
    begins = np.where(bought, last.astype("datetime64[us]"), begins)
    stays = np.where(bought, profiles["stays"], profiles["stays_new"])
    until = pd.DatetimeIndex(begins) + pd.to_timedelta(np.round(stays * 1440), unit="min")
    ago = np.round(profiles["seen"].to_numpy() * 1440) + accounts.recent_least
    recent = np.maximum(today - pd.to_timedelta(ago, unit="min"), pd.DatetimeIndex(begins))
    seen = until.where(until < today, recent)  # still interested: last seen on one of the past days
    away = seen < today - pd.Timedelta(accounts.closed_after, "D")
    return profiles.assign(
        last_visit_at=seen,
        account_open=~(profiles["closes"].to_numpy() & away),
        recommend_score=np.where(bought, recommend(parameters, profiles, satisfaction), np.nan),
        advice_contacts=advice,
    )


def recommend(parameters: Parameters, profiles: pd.DataFrame, satisfaction: np.ndarray) -> np.ndarray:
    """What each customer answers to "would you recommend us", 0 to 10; NaN for who does not answer."""
    score = parameters.recommend_mean + parameters.recommend_slope * satisfaction
    score = np.clip(np.round(score + parameters.recommend_noise * profiles["noise"].to_numpy()), 0, 10)
    answers = parameters.answers_base + parameters.answers_by_strength * np.abs(satisfaction)
    return np.where(profiles["answers"].to_numpy() < answers, score, np.nan)


def make_dealers(parameters: Parameters, customers: pd.DataFrame, seed: int, block: int, locale: str) -> pd.DataFrame:
    """The dealers among the customers of one block: one row each, with level and yearly target."""
    rng = stream(seed, "dealers", block)
    own = customers[customers["kind"] == "dealer"].reset_index(drop=True)
    trade = "柳巷{city}店{n}" if locale == "zh_CN" else "Willow Lane Partner {city} {n}"
    number = block * 1000 + np.arange(1, len(own) + 1)
    tier = rng.choice(len(TIERS), len(own), p=parameters.accounts.tier_share)
    return pd.DataFrame(
        {
            "dealer_id": [f"D{n:04d}" for n in number],
            "customer_id": own["customer_id"],
            "name": [trade.format(city=c, n=n) for c, n in zip(own["city"], number, strict=True)],
            "city": own["city"],
            "region": own["region"],
            "tier": np.take(TIERS, tier),
            "since": own["registered_at"].dt.normalize(),
            "annual_target": np.take(parameters.accounts.tier_target, tier),
        }
    )
