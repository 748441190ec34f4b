"""Exercises of every kind and shape, on Willow Lane's own tables: what the engine is tested with."""

from __future__ import annotations

import pandas as pd

from crm_lab import classify
from crm_lab.exercises import Exercise, Mistake


def delivered(t):
    orders = t.table("orders")
    return orders[orders["status"] == "delivered"]


def _margins(t):
    return delivered(t).groupby("customer_id")["margin"].sum()


def _words(meaning):
    return lambda t, answer: meaning


_HINTS = ("Which orders count?", "Begin with the delivered orders of each customer.")

REVENUE = Exercise(
    name="revenue",
    lab="98a",
    title="Revenue of delivered orders",
    points=1,
    kind="number",
    unit="¥",
    reference=lambda t: delivered(t)["revenue"].sum(),
    mistakes=(
        Mistake("all_orders", lambda t: t.table("orders")["revenue"].sum(), "You counted orders that were cancelled."),
        Mistake("margin", lambda t: delivered(t)["margin"].sum(), "You added margins; the task asks for revenue."),
        Mistake("mean", lambda t: delivered(t)["revenue"].mean(), "That is the mean order, not the total."),
    ),
    hints=_HINTS,
    meaning=lambda t, answer: f"Willow Lane turned over ¥{answer:,.0f}.",
)

RFM = Exercise(
    name="rfm",
    lab="98a",
    title="RFM table",
    points=3,
    kind="table",
    key=("customer_id",),
    columns={"recency_days": "days", "frequency": "orders", "monetary": "¥ of margin"},
    reference=lambda t: classify.rfm(delivered(t), t.today),
    by_hand="classify.rfm",
    mistakes=(
        Mistake(
            "all_orders",
            lambda t: classify.rfm(t.table("orders"), t.today),
            "You counted orders that were cancelled; the task asks for delivered ones.",
        ),
        Mistake(
            "revenue",
            lambda t: classify.rfm(delivered(t), t.today, value="revenue"),
            "You summed revenue; the task asks for margin.",
        ),
        Mistake(
            "mean",
            lambda t: classify.rfm(delivered(t), t.today).assign(monetary=lambda f: f["monetary"] / f["frequency"]),
            "You averaged the margin; the task asks for the total.",
        ),
    ),
    hints=(*_HINTS, "Group by customer_id, then agg."),
    meaning=_words("Now every customer has three figures."),
)

MARGIN = Exercise(
    name="margin",
    lab="98a",
    title="Margin of each customer",
    points=1,
    kind="table",
    key=("customer_id",),
    columns={"margin": "¥"},
    reference=_margins,
    mistakes=(
        Mistake("mean", lambda t: delivered(t).groupby("customer_id")["margin"].mean(), "That is the mean."),
        Mistake(
            "everyone",
            lambda t: _margins(t).reindex(t.table("customers")["customer_id"]),
            "Customers who never bought do not belong in the table.",
        ),
    ),
    hints=_HINTS,
    meaning=_words("Some customers cost money."),
)


def _by_channel(t):
    orders = t.table("orders")
    grouped = orders.assign(year=orders["ordered_at"].dt.year).groupby(["channel", "year"])
    return grouped.agg(
        first=("ordered_at", "min"),
        promoted=("promotion", "max"),
        delivery=("delivered_at", "max"),
        best=("payment", "max"),
    ).reset_index()


CHANNELS = Exercise(
    name="channels",
    lab="98a",
    title="Channels by year",
    points=2,
    kind="table",
    key=("channel", "year"),
    columns={"first": "first order", "promoted": "whether ever promoted", "delivery": "last delivery", "best": "text"},
    reference=_by_channel,
    mistakes=(
        Mistake("last", lambda t: _by_channel(t).assign(first=_by_channel(t)["delivery"]), "That is a delivery."),
        Mistake("flipped", lambda t: _by_channel(t).assign(promoted=~_by_channel(t)["promoted"]), "Turned round."),
    ),
    hints=_HINTS,
    meaning=_words("Each channel has its season."),
)

_ROLES = {
    "pays the bill": "buyer",
    "unpacks the box": "user",
    "says yes": "decider",
    "reads reviews aloud": "influencer",
}
ROLES = Exercise(
    name="roles",
    lab="98b",
    title="Who plays which role",
    points=1,
    kind="choice",
    options=("buyer", "user", "decider", "influencer", "initiator"),
    transfers=False,
    reference=lambda t: dict(_ROLES),
    mistakes=(
        Mistake("all_buyers", lambda t: dict.fromkeys(_ROLES, "buyer"), "A household has more roles than one."),
        Mistake(
            "swapped",
            lambda t: {**_ROLES, "pays the bill": "user", "unpacks the box": "buyer"},
            "Who pays is not always who uses.",
        ),
    ),
    hints=_HINTS,
    meaning=_words("Talk to the decider."),
)
STYLE = Exercise(
    name="style",
    lab="98b",
    title="One style",
    points=1,
    kind="choice",
    transfers=False,
    options=("transactional", "consultative", "integrated"),
    reference=lambda t: "consultative",
    mistakes=(
        Mistake("cheap", lambda t: "transactional", "Price is not what they ask about."),
        Mistake("deep", lambda t: "integrated", "There is no joint plan yet."),
    ),
    hints=_HINTS,
    meaning=_words("They buy advice."),
)
TERM = Exercise(
    name="term",
    lab="98b",
    title="The term",
    points=1,
    kind="text",
    transfers=False,
    reference=lambda t: {"customer lifetime value", "CLV"},
    mistakes=(
        Mistake("margin", lambda t: "gross margin", "Margin looks at one order."),
        Mistake("loyalty", lambda t: "loyalty", "Loyalty is not an amount of money."),
    ),
    hints=_HINTS,
    meaning=_words("A customer is worth what they will bring."),
)
_SQL = "select channel, count(*) as orders, sum(margin) as margin from orders {where} group by channel"
QUERY = Exercise(
    name="query",
    lab="98b",
    title="Orders by channel in SQL",
    points=2,
    kind="sql",
    key=("channel",),
    columns={"orders": "number", "margin": "¥"},
    reference=lambda t: delivered(t).groupby("channel").agg(orders=("order_id", "count"), margin=("margin", "sum")),
    mistakes=(
        Mistake("all_orders", lambda t: _SQL.format(where=""), "Cancelled orders are still in."),
        Mistake(
            "cancelled", lambda t: _SQL.format(where="where status = 'cancelled'"), "Those are the cancelled ones."
        ),
    ),
    hints=_HINTS,
    meaning=_words("The app wins."),
    stretch=True,
)


def _share(values, top=0.2):
    return classify.pareto_share(values, top)


SHARE = Exercise(
    name="share",
    lab="98b",
    title="A function for the share of the best",
    points=2,
    kind="function",
    returns="number",
    reference=lambda t: _share,
    probes=lambda t: [(pd.Series([1.0, 2.0, 3.0, 10.0]), 0.25), (_margins(t), 0.2), (_margins(t), 0.05)],
    mistakes=(
        Mistake("bottom", lambda t: lambda values, top: 1 - _share(values, top), "That is the share of the others."),
        Mistake("equal", lambda t: lambda values, top: top, "That would be so if all brought the same."),
    ),
    hints=_HINTS,
    meaning=_words("You can use it on any shop."),
)
TOTALS = Exercise(
    name="totals",
    lab="98b",
    title="A function that totals",
    points=2,
    kind="function",
    returns="table",
    key=("customer_id",),
    columns={"total": "¥"},
    reference=lambda t: lambda orders: orders.groupby("customer_id")["revenue"].sum().to_frame("total"),
    probes=lambda t: [(t.table("orders").head(6),), (delivered(t),)],
    mistakes=(
        Mistake("mean", lambda t: lambda o: o.groupby("customer_id")["revenue"].mean().to_frame("total"), "A mean."),
        Mistake("margin", lambda t: lambda o: o.groupby("customer_id")["margin"].sum().to_frame("total"), "Margin."),
    ),
    hints=_HINTS,
    meaning=_words("Totals for all."),
)


def _size(n):
    return "small" if n < 3 else "large"


NAMED = Exercise(
    name="named",
    lab="98b",
    title="A function that names",
    points=1,
    kind="function",
    returns="text",
    reference=lambda t: _size,
    probes=lambda t: [(n,) for n in range(6)],
    mistakes=(
        Mistake("edge", lambda t: lambda n: "small" if n <= 3 else "large", "Three is no longer small."),
        Mistake("turned", lambda t: lambda n: "large" if n < 3 else "small", "The names are turned round."),
    ),
    hints=_HINTS,
    meaning=_words("Names help."),
)

_FIRST = (
    "select channel, order_id from orders where {where} "
    "qualify row_number() over (partition by channel order by {order}) = 1"
)
_IN_TIME = "ordered_at, order_id"


def _edges():
    placed = ["09:00", "09:00", "08:00", "11:00", "10:00", "10:00"]
    return {
        "orders": pd.DataFrame(
            {
                "order_id": ["O5", "O2", "O9", "O3", "O7", "O1"],
                "channel": ["app", "app", "app", "shop", "shop", "shop"],
                "ordered_at": pd.to_datetime([f"2025-03-01 {time}" for time in placed]),
                "status": ["delivered", "delivered", "open", "delivered", "delivered", "cancelled"],
            }
        )
    }


EARLIEST = Exercise(
    name="earliest",
    lab="98b",
    title="The first order of each channel, in SQL",
    points=1,
    kind="sql",
    key=("channel",),
    columns={"order_id": "number of the order"},
    reference=lambda t: _FIRST.format(where="status = 'delivered'", order=_IN_TIME),
    mistakes=(
        Mistake("last", lambda t: _FIRST.format(where="status = 'delivered'", order="ordered_at desc"), "The last."),
        Mistake("open", lambda t: _FIRST.format(where="status = 'open'", order=_IN_TIME), "Those are open."),
    ),
    near={
        "smallest number": lambda t: (
            "select channel, min(order_id) as order_id from orders where status = 'delivered' group by channel"
        ),
        "no tie rule": lambda t: _FIRST.format(where="status = 'delivered'", order="ordered_at"),
        "not cancelled": lambda t: _FIRST.format(where="status <> 'cancelled'", order=_IN_TIME),
        "not open": lambda t: (
            delivered(t).sort_values(["ordered_at", "order_id"], ascending=False).groupby("channel")["order_id"].first()
        ),
    },
    edges=_edges,
    hints=_HINTS,
    meaning=_words("Each channel has begun."),
)


def _counted(by, rows=lambda t: t.table("orders")):
    return lambda t: rows(t).groupby(by(rows(t)) if callable(by) else by).size().rename("orders")


def _month(orders):
    return orders["ordered_at"].dt.to_period("M").dt.start_time.rename("month")


def _plot(name, shape, key, columns, reference, *mistakes):
    return Exercise(
        name=name,
        lab="98c",
        title=f"A plot: {shape}",
        points=1,
        kind="plot",
        shape=shape,
        key=key,
        columns=columns,
        reference=reference,
        mistakes=tuple(Mistake(f"mistake {n}", recipe, f"Another thought {n}.") for n, recipe in enumerate(mistakes)),
        hints=_HINTS,
        meaning=_words("It is seen at once."),
    )


_ORDERS = {"orders": "number of orders"}
BARS = _plot(
    "bars",
    "bars",
    ("channel",),
    _ORDERS,
    _counted("channel"),
    _counted("channel", delivered),
    lambda t: t.table("orders").groupby("channel")["revenue"].sum(),
)
LINE = _plot(
    "line",
    "line",
    ("month",),
    _ORDERS,
    _counted(_month),
    _counted(_month, delivered),
    lambda t: t.table("orders").groupby(_month(t.table("orders")))["revenue"].sum(),
)
SEVERAL = _plot(
    "several",
    "line",
    ("month", "channel"),
    _ORDERS,
    _counted(lambda orders: [_month(orders), orders["channel"]]),
    _counted(lambda orders: [_month(orders), orders["channel"]], delivered),
    _counted(lambda orders: [_month(orders), orders["payment"].rename("channel")]),
)
POINTS = _plot(
    "points",
    "points",
    ("revenue", "margin"),
    {"points": "orders at this place"},
    lambda t: delivered(t)[["revenue", "margin"]].head(300),
    lambda t: t.table("orders")[["revenue", "margin"]].head(300),
    lambda t: delivered(t)[["margin", "revenue"]].set_axis(["revenue", "margin"], axis=1).head(300),
)


def _histogram(rows, width=50):
    return lambda t: rows(t)["revenue"].floordiv(width).mul(width).rename("from").value_counts().rename("orders")


SPREAD = _plot(
    "spread",
    "histogram",
    ("from",),
    _ORDERS,
    _histogram(delivered),
    _histogram(lambda t: t.table("orders")),
    _histogram(delivered, 100),
)

PLOTS = (BARS, LINE, SEVERAL, POINTS, SPREAD)
EXERCISES = (REVENUE, RFM, MARGIN, CHANNELS, ROLES, STYLE, TERM, QUERY, SHARE, TOTALS, NAMED, EARLIEST, *PLOTS)
