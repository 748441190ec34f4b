"""The tables about who and what: customers, dealers and products. Who they are underneath is in traits."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import ACQUISITION, TIERS
from crm_lab.world import names
from crm_lab.world.parameters import FIRST_DAY, TODAY, Parameters

CHANNEL_SHARE = (0.30, 0.22, 0.22, 0.06, 0.05, 0.07, 0.08)


def make_products(seed: int, locale: str) -> pd.DataFrame:
    """The 120 products: prices spread from a few yuan to several hundred."""
    rng = stream(seed, "products")
    keys = [(c, t, m) for c, things in names.THINGS.items() for t in range(len(things)) for m in range(3)]
    price = np.maximum(9, np.round(np.exp(rng.normal(4.3, 0.85, len(keys))))) - 0.1
    launched = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(rng.integers(-400, 1, len(keys)), unit="D")
    return pd.DataFrame(
        {
            "product_id": [f"P{n:03d}" for n in range(1, len(keys) + 1)],
            "name": [names.product(locale, *key) for key in keys],
            "category": [category for category, _, _ in keys],
            "list_price": price,
            "unit_cost": np.round(price * rng.uniform(0.44, 0.60, len(keys)), 2),
            "launched_on": launched,
        }
    )


def make_customers(
    parameters: Parameters, traits: pd.DataFrame, orders: pd.DataFrame, seed: int, block: int, locale: str
) -> pd.DataFrame:
    """What the company knows of the customers of one block today."""
    rng = stream(seed, "customers", block)
    size = len(traits)
    customers = pd.DataFrame({"customer_id": [f"C{n:05d}" for n in traits.index], "kind": traits["kind"].to_numpy()})
    city = rng.choice(len(names.CITIES), size, p=np.array(names.CITY_WEIGHTS) / sum(names.CITY_WEIGHTS))
    customers["region"] = [names.CITIES[c][2] for c in city]
    rng.random(size)  # as many numbers as the channel once took, so that what follows stays as it was
    customers["channel"] = _channel(parameters, traits, stream(seed, "channel", block))
    digits = rng.integers(0, 10**8, size)
    customers["phone"] = [f"+999 {n // 10**4:04d} {n % 10**4:04d}" for n in digits]  # 999 belongs to no country
    customers["birthday"] = pd.Timestamp("1958-01-01") + pd.to_timedelta(rng.integers(0, 17_500, size), unit="D")
    last = orders.groupby("customer_id")["ordered_at"].max().reindex(customers["customer_id"]).to_numpy()
    _add_contact(parameters, customers, traits, last, rng)
    _add_identity(customers, traits, city, locale, stream(seed, "names", block))
    return customers


def _channel(parameters: Parameters, traits: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Where each account was won. Good channels bring more of those who buy often for their kind."""
    kinds = traits["kind"]
    shape = kinds.map({kind: buyer.rate_shape for kind, buyer in parameters.buyers.items()}).to_numpy(float)
    scale = kinds.map({kind: buyer.rate_scale for kind, buyer in parameters.buyers.items()}).to_numpy(float)
    often = special.gammainc(shape, traits["rate"].to_numpy() / scale)  # evenly from 0 to 1 within each kind
    tilt = np.array([parameters.market.spend.quality[channel] for channel in ACQUISITION])
    chance = np.array(CHANNEL_SHARE) * (1 + tilt * (2 * often[:, None] - 1))
    limits = np.cumsum(chance, axis=1)[:, :-1]
    return np.take(ACQUISITION, (rng.random(len(traits))[:, None] > limits).sum(axis=1))


def _add_contact(
    parameters: Parameters, customers: pd.DataFrame, traits: pd.DataFrame, last: np.ndarray, rng: np.random.Generator
) -> None:
    size, today = len(traits), pd.Timestamp(TODAY)
    minutes = np.round(traits["registered"].to_numpy() * 1440)
    registered = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(minutes, unit="min")
    bought = ~np.isnat(last)
    stays = np.where(bought, rng.exponential(45, size), rng.exponential(170, size))
    begins = pd.DatetimeIndex(np.where(bought, last, registered.to_numpy()))
    seen = begins + pd.to_timedelta(np.round(stays * 1440), unit="min")
    late = seen >= today  # still interested: last seen on one of the past days
    recent = today - pd.to_timedelta(np.round(rng.exponential(9, size) * 1440) + 30, unit="min")
    customers["registered_at"] = registered
    customers["last_visit_at"] = seen.where(~late, np.maximum(recent, begins))
    customers["marketing_consent"] = rng.random(size) < 0.58
    away = customers["last_visit_at"] < today - pd.Timedelta("90D")
    customers["account_open"] = ~((rng.random(size) < 0.10) & away)
    satisfaction = traits["satisfaction"].to_numpy()
    score = parameters.recommend_mean + parameters.recommend_slope * satisfaction
    score = np.clip(np.round(score + parameters.recommend_noise * rng.standard_normal(size)), 0, 10)
    answers = parameters.answers_base + parameters.answers_by_strength * np.abs(satisfaction)
    customers["recommend_score"] = np.where(bought & (rng.random(size) < answers), score, np.nan)
    customers["advice_contacts"] = rng.poisson(traits["style"].map(parameters.advice_contacts).to_numpy())
    contract = rng.random(size) < parameters.contract_share
    customers["frame_contract"] = contract & (traits["style"] == "integrated").to_numpy()


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


def make_dealers(customers: pd.DataFrame, seed: int, block: int, locale: str) -> pd.DataFrame:
    """The dealers among the customers of one block: one row each, with level and yearly target."""
    rng = stream(seed, "dealers", block)
    own = customers[customers["kind"] == "dealer"].reset_index(drop=True)
    shop = "柳巷{city}店{n}" if locale == "zh_CN" else "Willow Lane Partner {city} {n}"
    number = block * 1000 + np.arange(1, len(own) + 1)
    tier = rng.choice(len(TIERS), len(own), p=[0.2, 0.35, 0.45])
    return pd.DataFrame(
        {
            "dealer_id": [f"D{n:04d}" for n in number],
            "customer_id": own["customer_id"],
            "name": [shop.format(city=c, n=n) for c, n in zip(own["city"], number, strict=True)],
            "city": own["city"],
            "region": own["region"],
            "tier": np.take(TIERS, tier),
            "since": own["registered_at"].dt.normalize(),
            "annual_target": np.take([40_000.0, 20_000.0, 10_000.0], tier),
        }
    )
