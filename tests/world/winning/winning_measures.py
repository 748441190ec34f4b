"""What a lesson finds in one world about touches, mailings, orders on their way and quotations."""

from functools import cache

import pandas as pd

LARGE = 1_500  # ¥


def touches(world):
    table = world.touches
    first = table.drop_duplicates("customer_id")["channel"]
    last = table.drop_duplicates("customer_id", keep="last")["channel"]
    return {
        "mean": len(table) / len(first),
        "first": first.value_counts(normalize=True).to_dict(),
        "last": last.value_counts(normalize=True).to_dict(),
    }


def mailings(world):
    table = world.mailings.merge(wrongly_sent(world), on=["customer_id", "sent_at"])
    opened = table.groupby("subject")["opened"].mean()
    clicked = table.groupby("opened")["clicked"].mean()
    return {
        "plain": opened["plain"],
        "by_name": opened["by_name"],
        "clicked": clicked[True],
        "wrong": table["wrong"].mean(),
    }


@cache
def wrongly_sent(world):
    """Each mail and whether consent to marketing was not in force: the latest decision before it."""
    decisions = world.consents.query("purpose == 'marketing'").sort_values("recorded_at")
    mails = world.mailings.sort_values("sent_at")[["customer_id", "sent_at"]]
    known = pd.merge_asof(
        mails, decisions, left_on="sent_at", right_on="recorded_at", by="customer_id", allow_exact_matches=True
    )
    return known.assign(wrong=~known["granted"].fillna(False).astype(bool))[["customer_id", "sent_at", "wrong"]]


@cache
def course(world):
    """When each order entered each stage: a row an order, with its revenue, channel and status."""
    wide = world.order_stages.pivot(index="order_id", columns="stage", values="entered_at")
    return wide.join(world.orders.set_index("order_id")[["revenue", "channel", "status", "promotion"]])


def hours_in_check(world):
    table = course(world)
    hours = (table["confirmed"] - table["credit_check"]).dt.total_seconds() / 3600
    large = table["revenue"] >= LARGE
    return hours[large].dropna(), hours[~large].dropna()


def days_to_invoice(world):
    """From delivery to invoice, of orders delivered by the end of November: taken by phone, and others."""
    table = course(world)
    table = table[table["delivered"] < "2025-12-01"]
    days = (table["invoiced"] - table["delivered"]).dt.total_seconds() / 86_400
    phone = table["channel"] == "phone"
    return days[phone].dropna(), days[~phone].dropna()


def stages(world):
    large, small = hours_in_check(world)
    phone, other = days_to_invoice(world)
    table = course(world)
    old = table[table["delivered"] < "2025-11-01"]
    return {
        "check_large": large.mean(),
        "check_small": small.mean(),
        "invoice_phone": phone.mean(),
        "invoice_other": other.mean(),
        "not_invoiced": old["invoiced"].isna().mean(),
        "changed": table["changed"].notna()[table["delivered"].notna()].mean(),
    }


@cache
def proposals(world):
    """Leads with a quotation that are decided: won, whether there was a second one, and an objection to the price."""
    quoted = world.quotes.groupby("lead_id")["quote_no"].max()
    leads = world.leads.set_index("lead_id").loc[quoted.index]
    events = world.lead_events.query("objection == 'price' and stage == 'proposal'")
    table = pd.DataFrame({"won": leads["stage"] == "won", "second": quoted == 2})
    return table.assign(objected=table.index.isin(events["lead_id"]))[leads["closed_at"].notna()]


def quotes(world):
    table = proposals(world)
    objected = table[table["objected"]].groupby("second")["won"].mean()
    return {
        "won_first_only": table.loc[~table["second"], "won"].mean(),
        "won_second": table.loc[table["second"], "won"].mean(),
        "won_objected_first_only": objected[False],
    }


def measure(world):
    return {"touches": touches(world), "mailings": mailings(world), "stages": stages(world), "quotes": quotes(world)}
