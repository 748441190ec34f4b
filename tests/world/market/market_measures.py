"""What a lesson's standard method finds in the market tables of one world."""

from functools import cache

import numpy as np
import pandas as pd

from crm_lab.world._market.market_parameters import RIVALS, STAGES
from crm_lab.world._market.prices import daily_prices

PROGRAMME_BEGINS = "2025-04-01"


class Watch:
    """One company's price watch: weeks × products, ours and each rival's."""

    def __init__(self, world):
        self.table = world.competitors
        self.theirs = {
            name: rows.pivot(index="week", columns="product_id", values="price")
            for name, rows in self.table.groupby("competitor")
        }
        weeks, watched = self.theirs[RIVALS[0]].index, self.theirs[RIVALS[0]].columns
        self.products = world.products[world.products["product_id"].isin(watched)]
        self.ours = pd.DataFrame(daily_prices(world.prices, self.products, weeks), weeks, watched)

    def index(self, rival):
        return (self.theirs[rival] / self.ours).mean().mean()

    def followed(self, direction, weeks):
        """By our cut (-1) or rise (1): whether the follower moved the same way within so many weeks."""
        change = np.sign(np.log(self.ours).diff().to_numpy()) == direction
        theirs = np.log(self.theirs[RIVALS[0]]).to_numpy()
        week, product = np.nonzero(change)
        week, product = week[week + 8 < len(theirs)], product[week + 8 < len(theirs)]
        return direction * (theirs[week + weeks - 1, product] - theirs[week - 1, product]) > 0

    def move(self):
        """By watched product, how far the promoter's price fell after its move, in log points: tea, and all others."""
        price = np.log(self.theirs["tallowby"])
        fall = price[price.index >= "2025-09-01"].mean() - price[price.index < "2025-09-01"].mean()
        tea = (self.products.set_index("product_id")["category"] == "tea").reindex(fall.index)
        return fall[tea], fall[~tea]

    def measure(self):
        figures = {f"price_index_{rival}": self.index(rival) for rival in RIVALS}
        figures |= {
            "cut_followed_1_week": self.followed(-1, 1).mean(),
            "cut_followed_4_weeks": self.followed(-1, 4).mean(),
            "rise_followed_4_weeks": self.followed(1, 4).mean(),
        }
        return figures


class Funnel:
    """The leads of one company, with the standard measures of the lesson."""

    def __init__(self, world):
        self.reps, self.leads, self.events = world.reps, world.leads, world.lead_events
        stages = self.events[self.events["event"] == "stage"]
        self.entered = stages.pivot(index="lead_id", columns="stage", values="happened_at")
        self.entered["end"] = self.leads.set_index("lead_id")["closed_at"]
        self.last = stages[~stages["stage"].isin(["won", "lost"])].groupby("lead_id")["stage"].last()

    def outcome(self, stage):
        """Of the leads that left this stage: whether they went on."""
        following = [*STAGES, "won"][STAGES.index(stage) + 1]
        on = self.entered[following].notna()
        left = on | ((self.last == stage) & self.entered["end"].notna())
        return on[left]

    def days(self, stage):
        following = [*STAGES, "won"][STAGES.index(stage) + 1]
        ends = self.entered[following].fillna(self.entered["end"].where(self.last == stage))
        return ((ends - self.entered[stage]).dt.total_seconds() / 86_400).mean()

    def prompt(self):
        """Of the leads that left the proposal, whether they went on: followed up within three days, and others."""
        calls = self.events[(self.events["event"] == "follow_up") & (self.events["stage"] == "proposal")]
        on = self.outcome("proposal")
        wait = calls.groupby("lead_id")["happened_at"].min().reindex(on.index) - self.entered["proposal"][on.index]
        return on[wait <= pd.Timedelta("3D")], on[~(wait <= pd.Timedelta("3D"))]

    def after(self, nature):
        """Of the leads that left the proposal after an objection of this nature, whether they went on."""
        said = self.events[(self.events["event"] == "objection") & (self.events["stage"] == "proposal")]
        on = self.outcome("proposal")
        return on[said.set_index("lead_id")["nature"].reindex(on.index) == nature]

    def won(self, source):
        """Of the closed leads of this source, whether they were won."""
        closed = self.leads[self.leads["closed_at"].notna() & (self.leads["source"] == source)]
        return closed["stage"] == "won"

    def measure(self):
        prompt, later = self.prompt()
        old = self.leads[self.leads["created_at"] < "2025-07-01"]
        return {
            **{f"advance_{stage}": self.outcome(stage).mean() for stage in STAGES},
            **{f"days_{stage}": self.days(stage) for stage in STAGES},
            "win_rate": (old["stage"] == "won").mean(),
            "prompt_follow_up": prompt.mean() - later.mean(),
            "advance_proposal_real": self.after("real").mean(),
            "advance_proposal_excuse": self.after("excuse").mean(),
        }


watch, funnel = cache(Watch), cache(Funnel)  # one for each world


@cache
def private_customers(world):
    """By private customer: channel, delivered orders and their margin."""
    own = world.customers[world.customers["kind"] == "consumer"].set_index("customer_id")
    orders = world.orders[world.orders["status"] == "delivered"].groupby("customer_id")["margin"]
    table = pd.DataFrame({"orders": orders.size(), "margin": orders.sum()}).reindex(own.index).fillna(0)
    return table.assign(channel=own["channel"])


def worth(world):
    """Delivered orders and their margin per private customer, by channel."""
    means = private_customers(world).groupby("channel").mean()
    return {f"{name}_per_customer_{channel}": value for name in means for channel, value in means[name].items()}


def costs(world):
    """¥ spent for each new customer, by paid channel."""
    total = world.channel_spend.groupby("channel")[["spend", "new_customers"]].sum().query("spend > 0")
    return {f"cac_{channel}": value for channel, value in (total["spend"] / total["new_customers"]).items()}


def changes(table, column):
    """By dealer, mean after the programme began less mean before: of those who took part, and of the others."""
    value = np.log(table[column]) if column == "sales" else table[column]
    after = table["quarter"] >= PROGRAMME_BEGINS
    means = value.groupby([table["dealer_id"], table["assignment"], after]).mean().unstack()
    change = means[True] - means[False]
    return change.xs("programme", level="assignment"), change.xs("control", level="assignment")


def programme(world):
    """Differences in differences, and what a plain before/after comparison of those who took part would say."""
    found = {}
    for column, name in (("sales", "log_sales"), ("score", "score")):
        took_part, others = changes(world.dealer_program, column)
        found[f"programme_{name}"] = took_part.mean() - others.mean()
        found[f"before_after_{name}"] = took_part.mean()
    return found


def sold_out(world):
    """Share of product-days that end with nothing left."""
    return {"sold_out_share": (world.stock["closing"] == 0).mean()}


def besides_worth(world):
    """What does not grow with the panel, under the keys of the truth."""
    return watch(world).measure() | funnel(world).measure() | costs(world) | programme(world) | sold_out(world)


def measure(world):
    """All of it, under the keys of the truth."""
    return besides_worth(world) | worth(world)
