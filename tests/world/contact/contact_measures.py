"""What a lesson's standard method finds in the contact tables of one world, under the keys of the truth."""

from functools import cache

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from crm_lab.world import World
from crm_lab.world.contact.tickets import bought_again


@cache
def companies():
    """Twenty companies other than the one the truth was measured on."""
    return [World(seed=seed) for seed in range(300, 320)]


def campaigns(results):
    """By campaign: uplift of the share who bought, also by segment; of sales in all; of margin in ¥ a head."""
    found = {}
    for name, people in results.groupby("campaign_id"):
        margin = people.groupby("treated")["margin"].mean()
        found[name] = {"uplift": uplift(people), "sales_ratio": sales_ratio(people)}
        found[name]["margin_uplift"] = margin[True] - margin[False]
        segments = {
            "advice": people["advice_contacts"] >= 2,
            "no_advice": people["advice_contacts"] < 2,
            "many_messages": people["messages_quarter"] >= 5,
            "few_messages": people["messages_quarter"] < 5,
            "promotion": people["promotion_orders"] >= 2,
            "no_promotion": people["promotion_orders"] < 2,
        }
        found[name] |= {f"uplift_{segment}": uplift(people[rows]) for segment, rows in segments.items()}
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


def intention(visits, customers):
    """Logistic regression on leak-free features, its AUC, and the AUC that leaks show."""
    features, ordered = leak_free(visits, customers), visits["ordered"]
    model = LogisticRegression(C=np.inf, max_iter=1000).fit(features, ordered)
    without_trade = LogisticRegression(C=np.inf, max_iter=1000).fit(features.drop(columns="trade"), ordered)
    leaky = visits[["pages", "minutes"]].assign(cart=visits["cart"].astype(float))
    with_leaks = LogisticRegression(C=np.inf, max_iter=1000).fit(leaky, ordered)
    return {
        **dict(zip(features.columns, model.coef_[0], strict=True)),
        "by_app_alone": without_trade.coef_[0][1],
        "auc": roc_auc_score(ordered, model.decision_function(features)),
        "auc_with_leaks": roc_auc_score(ordered, with_leaks.decision_function(leaky)),
        "ordered": ordered.mean(),
        "cart_abandoned": 1 - ordered.sum() / visits["cart"].sum(),
    }


SPLIT, TODAY = pd.Timestamp("2025-12-12"), pd.Timestamp("2026-01-01")


def ahead(visits):
    """Who orders in shop or app in the last 20 days, from the 40 days before: coefficients and AUC; AUC of a leak."""
    before, after = visits[visits["started_at"] < SPLIT], visits[visits["started_at"] >= SPLIT]
    customers = before["customer_id"].unique()
    target = pd.Series(customers).isin(after.loc[after["ordered"], "customer_id"])
    honest, leaky = browsing(before, customers, SPLIT), browsing(visits, customers, TODAY)
    model = LogisticRegression(C=np.inf, max_iter=1000).fit(honest, target)
    with_leak = LogisticRegression(C=np.inf, max_iter=1000).fit(leaky, target)
    return {
        **dict(zip(honest.columns, model.coef_[0], strict=True)),
        "auc": roc_auc_score(target, model.decision_function(honest)),
        "auc_with_leak": roc_auc_score(target, with_leak.decision_function(leaky)),
        "ordered": target.mean(),
    }


def browsing(visits, customers, until):
    """By customer: log of 1 + visits, weeks from the last visit to `until`, and orders, in these visits."""
    seen = visits.groupby("customer_id").agg(
        visits=("visit_id", "size"), last=("started_at", "max"), orders=("ordered", "sum")
    )
    seen = seen.reindex(customers)
    weeks = (until - seen["last"]) / pd.Timedelta(7, "D")
    return pd.DataFrame({"visits": np.log1p(seen["visits"]), "weeks": weeks, "orders": seen["orders"]})


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


def response(tickets):
    """Median hours to the first response, by topic."""
    hours = (tickets["first_response_at"] - tickets["opened_at"]) / pd.Timedelta(1, "h")
    return hours.groupby(tickets["topic"]).median().to_dict()


def consent(world):
    """Share of customers who once withdrew their consent, and of those who allow it today, by purpose."""
    later = world.consents[world.consents["source"] != "registration"]
    withdrawn = later[~later["granted"]].groupby("purpose")["customer_id"].nunique() / len(world.customers)
    today = world.consents.groupby(["purpose", "customer_id"])["granted"].last().groupby("purpose").mean()
    return {f"withdrawn_{k}": v for k, v in withdrawn.items()} | {f"granted_{k}": v for k, v in today.items()}


def measure(world):
    """All of it, nested as in the truth."""
    return {
        "campaigns": campaigns(world.campaign_results),
        "visits": intention(world.visits, world.customers),
        "ahead": ahead(world.visits),
        "tickets": service(world),
        "response": response(world.tickets),
        "consents": consent(world),
    }
