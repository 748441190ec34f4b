"""Campaigns of the whole company: randomised experiments whose uplift differs by a hidden type.

Every person is one of four types in the face of a campaign: sure things buy anyway, persuadables buy when
contacted, lost causes never, do-not-disturbs buy less when contacted. The type is drawn from a multinomial
logit of what the company knows (orders, recency, promotion orders, advice, messages), so a model can find the
persuadables in part. The people are not in the panel and do not depend on its size.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.world._coded import coded
from crm_lab.world._contact.contact_parameters import TYPES, Campaign, CampaignParameters


def make_campaigns(parameters: CampaignParameters, seed: int) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables campaigns and campaign_results, and the hidden truth about each person.

    Returns the tables by name, and a frame indexed by person_id with type, control and treated (chances of
    buying within the window without and with the contact).

    >>> tables, hidden = make_campaigns(CampaignParameters(), seed=0)
    >>> len(tables["campaign_results"]), len(tables["campaigns"])
    (26000, 4)
    """
    parts, first = [], 1
    for number, (name, campaign) in enumerate(parameters.campaigns.items()):
        rng = stream(seed, "campaigns", 0, number)
        parts.append(_results(parameters, name, campaign, first, rng))
        first += campaign.people
    people = pd.concat(parts, ignore_index=True)
    hidden = people.set_index("person_id")[["type", "control", "uplifted"]].rename(columns={"uplifted": "treated"})
    return {"campaigns": _campaigns(parameters), "campaign_results": people}, hidden


def _campaigns(parameters: CampaignParameters) -> pd.DataFrame:
    names = ("sent_on", "channel", "offer", "discount", "contact_cost", "people", "holdout")
    rows = [
        {"campaign_id": name, **{key: getattr(campaign, key) for key in names}, "window_days": parameters.window_days}
        for name, campaign in parameters.campaigns.items()
    ]
    return pd.DataFrame(rows).assign(sent_on=lambda frame: pd.to_datetime(frame["sent_on"]))


def _results(
    parameters: CampaignParameters, name: str, campaign: Campaign, first: int, rng: np.random.Generator
) -> pd.DataFrame:
    people = _people(parameters, campaign, rng)
    people["person_id"] = [f"A{n:06d}" for n in range(first, first + campaign.people)]
    people["campaign_id"] = name
    kind = type_number(parameters, campaign, people, rng.random(campaign.people))
    people["type"] = coded(TYPES, kind)
    people["control"] = np.take(campaign.control, kind)
    people["uplifted"] = np.take(campaign.treated, kind)
    people["treated"] = rng.random(campaign.people) >= campaign.holdout
    chance = np.where(people["treated"], people["uplifted"], people["control"])
    people["bought"] = rng.random(campaign.people) < chance
    basket = people["basket"] * np.exp(parameters.order_spread * rng.standard_normal(campaign.people))
    price = np.where(people["treated"], 1 - campaign.discount, 1.0)
    people["revenue"] = np.where(people["bought"], np.round(basket * price, 2), 0.0)
    cost = parameters.goods_share * basket + parameters.shipping
    people["margin"] = np.where(people["bought"], people["revenue"] - cost, 0.0)
    return people


def _people(parameters: CampaignParameters, campaign: Campaign, rng: np.random.Generator) -> pd.DataFrame:
    size = campaign.people
    business = rng.random(size) < parameters.business
    consultative = rng.random(size) < parameters.consultative
    rate = rng.gamma(parameters.orders_shape, parameters.orders_mean / parameters.orders_shape, size)
    # who is asked only after a pause has ordered in what was left of the year
    orders = rng.poisson(rate * np.where(business, parameters.business_orders, 1.0) * (1 - campaign.recency / 366))
    since = (366 - campaign.recency) * rng.random(size) ** (1 / np.maximum(orders, 1))
    recency = np.where(
        orders > 0, 366 - since, 366 + np.minimum(rng.exponential(parameters.away_mean, size), parameters.away_most)
    )
    spread = parameters.basket_spread * rng.standard_normal(size)
    basket = parameters.basket_median * np.exp(spread) * np.where(business, parameters.business_basket, 1.0)
    mean_of_orders = np.exp(parameters.order_spread * rng.standard_normal(size) / np.sqrt(np.maximum(orders, 1)))
    return pd.DataFrame(
        {
            "kind": coded(("consumer", "business"), business.astype(int)),
            "recency_days": np.floor(recency).astype("int64"),
            "orders_year": orders,
            "spend_year": np.round(orders * basket * mean_of_orders).astype("int64"),
            "promotion_orders": rng.binomial(orders, np.take(parameters.promotion_share, consultative.astype(int))),
            "advice_contacts": rng.poisson(np.take(parameters.advice_contacts, consultative.astype(int))),
            "messages_quarter": rng.poisson(parameters.messages_mean, size),
            "basket": basket,
        }
    )


def type_chances(parameters: CampaignParameters, campaign: Campaign, people: pd.DataFrame) -> np.ndarray:
    """Chance of each type for each person, from what the company knows of them.

    people  rows of campaign_results of that campaign
    Returns an array (people, types), types in the order of `TYPES`; each row sums to 1.

    >>> parameters = CampaignParameters()
    >>> results = make_campaigns(parameters, seed=0)[0]["campaign_results"].head(100)
    >>> type_chances(parameters, parameters.campaigns["spring_coupon"], results).shape
    (100, 4)
    """
    logit = np.tile(np.array(campaign.base), (len(people), 1))
    logit[:, 0] += parameters.sure_by_orders * np.log1p(people["orders_year"])
    logit[:, 0] += parameters.sure_by_recency * people["recency_days"] / 100
    for column, weight in campaign.persuadable.items():
        logit[:, 1] += weight * people[column]
    logit[:, 3] += parameters.tired_by_message * people["messages_quarter"]
    weight_of = np.exp(logit)
    return weight_of / weight_of.sum(axis=1, keepdims=True)


def type_number(
    parameters: CampaignParameters, campaign: Campaign, people: pd.DataFrame, uniform: np.ndarray
) -> np.ndarray:
    """Position in `TYPES` of each person's type, given one uniform number each.

    >>> parameters = CampaignParameters()
    >>> results = make_campaigns(parameters, seed=0)[0]["campaign_results"].head(3)
    >>> type_number(parameters, parameters.campaigns["spring_coupon"], results, np.zeros(3)).tolist()
    [0, 0, 0]
    """
    limits = type_chances(parameters, campaign, people).cumsum(axis=1)[:, :-1]
    return (uniform[:, None] > limits).sum(axis=1)
