"""What a lesson's standard method finds in the contact tables of one world, under the keys of the truth."""

from functools import cache

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from crm_lab.world._contact.contact_parameters import TYPES
from crm_lab.world._contact.moments import DAY, minutes

SEGMENTS = {
    "advice": lambda people: people["advice_contacts"] >= 2,
    "no_advice": lambda people: people["advice_contacts"] < 2,
    "many_messages": lambda people: people["messages_quarter"] >= 5,
    "few_messages": lambda people: people["messages_quarter"] < 5,
    "promotion": lambda people: people["promotion_orders"] >= 2,
    "no_promotion": lambda people: people["promotion_orders"] < 2,
}


def campaign(world, name):
    """The people of one campaign, with their hidden type."""
    people = world.campaign_results[world.campaign_results["campaign_id"] == name]
    return people.join(world.truth.campaign_people["type"], on="person_id")


def campaigns(world):
    """By campaign: uplift of the share who bought, also by segment; of sales in all; of margin in ¥ a head; shares."""
    found = {}
    for name in world.campaigns["campaign_id"]:
        people = campaign(world, name)
        margin = people.groupby("treated")["margin"].mean()
        types = people["type"].value_counts(normalize=True)
        found[name] = {
            "uplift": uplift(people),
            "sales_ratio": sales_ratio(people),
            "margin_uplift": margin[True] - margin[False],
            "control": people.loc[~people["treated"], "bought"].mean(),
            **{f"uplift_{segment}": uplift(people[rows(people)]) for segment, rows in SEGMENTS.items()},
            **{f"share_{kind}": types[kind] for kind in TYPES},
        }
    return found


def uplift(people):
    """Difference of the shares who bought, treated less holdout."""
    shares = people.groupby("treated")["bought"].mean()
    return shares[True] - shares[False]


def sales_ratio(people):
    """By what share the sales of the treated exceed those of the holdout, a head."""
    sales = people.groupby("treated")["revenue"].mean()
    return sales[True] / sales[False] - 1


def leak_free(visits, customers):
    """What is known of a visit before any checkout, and whether a business or dealer came."""
    columns = {"by_view": visits["product_views"], "by_app": visits["channel"] == "app"}
    columns |= {f"by_{name}": visits["source"] == name for name in ("search", "email", "display", "community")}
    trade = customers.set_index("customer_id")["kind"].isin(["business", "dealer"])
    columns["trade"] = visits["customer_id"].map(trade)
    return pd.DataFrame(columns).astype(float)


def fitted(features, outcome):
    """Logistic regression without penalty: coefficients and their z values, by feature; and the linear predictor."""
    model = LogisticRegression(C=np.inf, solver="newton-cholesky").fit(features, outcome)
    chance = model.predict_proba(features)[:, 1]
    design = np.column_stack([np.ones(len(features)), features])
    information = design.T @ (design * (chance * (1 - chance))[:, None])
    error = np.sqrt(np.linalg.inv(information).diagonal())[1:]
    coefficients = pd.Series(model.coef_[0], features.columns)
    return coefficients, coefficients / error, model.decision_function(features)


@cache
def intention_model(world):
    """The regression of ordering on leak-free features."""
    return fitted(leak_free(world.visits, world.customers), world.visits["ordered"])


def intention(world):
    """Logistic regression on leak-free features, its AUC, and the AUC that leaks show."""
    visits = world.visits
    features, ordered = leak_free(visits, world.customers), visits["ordered"]
    coefficients, _, score = intention_model(world)
    without_trade, _, _ = fitted(features.drop(columns="trade"), ordered)
    leaky = visits[["pages", "minutes"]].assign(cart=visits["cart"].astype(float))
    with_leaks = LogisticRegression(C=np.inf, solver="newton-cholesky").fit(leaky, ordered)
    return {
        **coefficients,
        "by_app_alone": without_trade["by_app"],
        "auc": roc_auc_score(ordered, score),
        "auc_with_leaks": roc_auc_score(ordered, with_leaks.decision_function(leaky)),
        "ordered": ordered.mean(),
        "cart_abandoned": 1 - ordered.sum() / visits["cart"].sum(),
    }


SPLIT, TODAY = pd.Timestamp("2025-12-12"), pd.Timestamp("2026-01-01")


def ahead(world):
    """Who orders in shop or app in the last 20 days, from the 40 days before: coefficients and AUC; AUC of a leak."""
    features, target = before_split(world)
    coefficients, _, score = fitted(features, target)
    leaky = browsing(world.visits, features.index, TODAY)
    with_leak = LogisticRegression(C=np.inf, solver="newton-cholesky").fit(leaky, target)
    return {
        **coefficients,
        "auc": roc_auc_score(target, score),
        "auc_with_leak": roc_auc_score(target, with_leak.decision_function(leaky)),
        "ordered": target.mean(),
    }


def before_split(world):
    """By customer who visited before the split: browsing before it, and whether they ordered after it."""
    visits = world.visits
    before, after = visits[visits["started_at"] < SPLIT], visits[visits["started_at"] >= SPLIT]
    customers = pd.Index(before["customer_id"].unique())
    return browsing(before, customers, SPLIT), customers.isin(after.loc[after["ordered"], "customer_id"])


def browsing(visits, customers, until):
    """By customer: log of 1 + visits, weeks from the last visit to `until`, and orders, in these visits."""
    seen = visits.groupby("customer_id").agg(
        visits=("visit_id", "size"), last=("started_at", "max"), orders=("ordered", "sum")
    )
    seen = seen.reindex(customers)
    weeks = (until - seen["last"]) / pd.Timedelta(7, "D")
    return pd.DataFrame({"visits": np.log1p(seen["visits"]), "weeks": weeks, "orders": seen["orders"]})


def bought_again(orders, days):
    """For every order, whether its customer placed another within `days` days of its delivery.

    orders  customer_id, ordered_at, delivered_at
    Returns a bool array; False for an order that was not delivered.
    """
    customer = pd.factorize(orders["customer_id"])[0].astype("int64") * 10**9
    alive = orders["delivered_at"].notna().to_numpy()
    delivered = customer + np.where(alive, minutes(orders["delivered_at"]), 0)
    placed = np.append(np.sort(customer + minutes(orders["ordered_at"])), np.iinfo("int64").max)
    following = placed[np.searchsorted(placed, delivered, side="right")]
    return alive & (following - delivered <= days * DAY)


@cache
def endings(world):
    """Every delivered order that went wrong, how that ended, and whether the customer bought again in 90 days."""
    orders = world.orders[world.orders["status"] == "delivered"]
    orders = orders.assign(again=bought_again(world.orders, 90)[orders.index])
    complaints = world.tickets[world.tickets["complaint"]].drop(columns=["customer_id", "channel"])
    orders = orders.merge(world.failures, on="order_id", how="left").merge(complaints, on="order_id", how="left")
    quick = (orders["first_response_at"] - orders["opened_at"]) <= pd.Timedelta(24, "h")
    well = quick & orders["outcome"].isin(["replaced", "compensated"])
    ending = np.select(
        [orders["failure"].isna(), orders["opened_at"].isna(), well], ["none", "silent", "well_served"], "badly_served"
    )
    return orders.assign(ending=ending, old=orders["delivered_at"] < world.today - pd.Timedelta(90, "D"))


def service(world):
    """Shares of failures, complaints and good service, and what followed."""
    orders = endings(world)
    failed = orders[orders["failure"].notna()]
    again = orders[orders["old"]].groupby("ending")["again"].mean()
    speaks = failed["opened_at"].notna()
    return {
        "failed": orders["failure"].notna().mean(),
        "complains": speaks.mean(),
        **{f"complains_{kind}": share for kind, share in speaks.groupby(failed["failure"]).mean().items()},
        "well_served": (failed.loc[speaks, "ending"] == "well_served").mean(),
        "again": orders.loc[orders["old"], "again"].mean(),
        **{f"again_{ending}": share for ending, share in again.items()},
    }


def response(world):
    """Median hours to the first response, by topic."""
    tickets = world.tickets
    hours = (tickets["first_response_at"] - tickets["opened_at"]) / pd.Timedelta(1, "h")
    return hours.groupby(tickets["topic"]).median().to_dict()


def consent(world):
    """Share of customers who once withdrew their consent, and of those who allow it today, by purpose."""
    later = world.consents[world.consents["source"] != "registration"]
    withdrawn = later[~later["granted"]].groupby("purpose")["customer_id"].nunique() / len(world.customers)
    today = world.consents.groupby(["purpose", "customer_id"])["granted"].last().groupby("purpose").mean()
    return {f"withdrawn_{k}": v for k, v in withdrawn.items()} | {f"granted_{k}": v for k, v in today.items()}


PARTS = {
    "campaigns": campaigns,
    "visits": intention,
    "ahead": ahead,
    "tickets": service,
    "response": response,
    "consents": consent,
}


def measure(world):
    """All of it, nested as in the truth."""
    return {name: part(world) for name, part in PARTS.items()}
