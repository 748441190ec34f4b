"""What service and satisfaction are worth in one world, under the keys of the truth."""

import numpy as np
import pandas as pd

from .contact.contact_measures import endings
from .lifetime_measures import private_orders

AHEAD = pd.Timedelta(182, "D")
HOURS = {"first_response": ("first_response_at", 24), "resolved": ("resolved_at", 72)}


def agreed(world):
    """Share of tickets that had their first answer within 24 hours, and their end within 72: of all, of complaints."""
    tickets = world.tickets
    found = {}
    for name, (column, hours) in HOURS.items():
        due = tickets["opened_at"] + pd.Timedelta(hours, "h")
        late = tickets[column].fillna(world.today) > due
        counted = tickets[column].notna() | (due < world.today)  # what is not due yet is not counted
        found[f"{name}_{hours}h"] = 1 - late[counted].mean()
        found[f"{name}_{hours}h_complaints"] = 1 - late[counted & tickets["complaint"]].mean()
    return found


def ahead(world, customers, moments):
    """Margin and number of the orders of each of these customers in the half-year after these moments."""
    rows = pd.DataFrame({"row": np.arange(len(customers)), "customer_id": customers, "moment": moments})
    orders = rows.merge(private_orders(world), on="customer_id")
    orders = orders[(orders["ordered_at"] > orders["moment"]) & (orders["ordered_at"] <= orders["moment"] + AHEAD)]
    sums = orders.groupby("row")["margin"].agg(["sum", "size"]).reindex(rows["row"], fill_value=0)
    return sums["sum"].to_numpy(), sums["size"].to_numpy()


def recovery(world):
    """By how the trouble of an order ended: margin of the half-year after its delivery, a private customer's order."""
    orders = endings(world)
    orders = orders[orders["customer_id"].isin(private_orders(world)["customer_id"])]
    orders = orders[orders["delivered_at"] + AHEAD < world.today]
    margin, count = ahead(world, orders["customer_id"].to_numpy(), orders["delivered_at"].to_numpy())
    ending = orders["ending"].to_numpy()
    means = pd.DataFrame({"margin": margin, "again": count > 0}).groupby(ending).mean()
    return {f"{name}_{ending}": value for name in means for ending, value in means[name].items()}


def point(world):
    """What one more point of an answer goes with, in the half-year after it: margin in ¥, and chance to buy again.

    Least squares on the answer alone, over private customers who answered online at least half a year ago.
    """
    answers = world.surveys[world.surveys["answered"] == "online"].dropna(subset="customer_id")
    answers = answers[answers["customer_id"].isin(private_orders(world)["customer_id"])]
    answers = answers[answers["answered_at"] + AHEAD < world.today]
    margin, count = ahead(world, answers["customer_id"].to_numpy(), answers["answered_at"].to_numpy())
    found = {"margin": margin.mean(), "again": (count > 0).mean()}
    for score in ("csat", "nps"):
        found[f"margin_{score}"] = np.polyfit(answers[score], margin, 1)[0]
        found[f"again_{score}"] = np.polyfit(answers[score], count > 0, 1)[0]
    return found


def measure(world):
    """All of it, nested as in the truth."""
    return {"sla": agreed(world), "recovery": recovery(world), "point": point(world)}
