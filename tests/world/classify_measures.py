"""Who brings how much in one world, under the keys of the truth."""

from crm_lab import classify


def measure(world):
    """Concentration of margin and revenue over the buyers."""
    delivered = world.orders[world.orders["status"] == "delivered"].groupby("customer_id")
    margin = delivered["margin"].sum()
    return {
        "pareto_share": classify.pareto_share(margin, top=0.2),
        "gini_revenue": classify.gini(delivered["revenue"].sum()),
        "whale_peak": classify.whale_curve(margin)["value"].max(),
        "loss_making": (margin < 0).mean(),
    }
