"""What is bought together more often than chance would have it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from crm_lab.base.errors import InputError
from crm_lab.base.text import _
from crm_lab.base.wording import number
from crm_lab.data import Shop
from crm_lab.your_shop._part import Part, part

SHOWN = 8  # pairs
FEWEST = 5  # baskets with both
MOST_PRODUCTS = 2_000  # the commonest are paired


@part
def baskets(shop: Shop) -> Part:
    """The pairs of products that stand in more baskets together than by chance, by how many more.

    By chance, products that are in a and b of n baskets are together in a·b/n.

    >>> from crm_lab.data import french_shop
    >>> baskets(french_shop()).table.shape
    (8, 4)
    """
    found, n = pairs(shop.order_lines)
    says = (
        _("{baskets} orders hold two products or more. Most above chance: {first} with {second}.").format(
            baskets=number(n), first=found["first"].iloc[0], second=found["second"].iloc[0]
        ),
    )
    table = pd.DataFrame(
        {
            _("product"): found["first"],
            _("with"): found["second"],
            _("orders with both"): found["together"].map(number),
            _("by chance"): found["by_chance"].map(lambda count: f"{count:.1f}"),
        }
    )
    return Part(says, table=table.head(SHOWN).reset_index(drop=True))


def pairs(lines: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Pairs of products with the baskets that hold both, and the number of baskets with two products or more.

    lines  order_id, product and kind; only goods count

    Returns columns first, second, together and by_chance, the largest difference first.
    Raises InputError where the file names no products, or no pair stands in enough baskets.
    """
    goods = lines.loc[(lines["kind"] == "goods") & lines["product"].notna(), ["order_id", "product"]].drop_duplicates()
    goods = goods[goods["order_id"].duplicated(keep=False)]
    if goods.empty:
        raise InputError(_("No order holds two different products, or the file names none: map a column as product."))
    order, orders = pd.factorize(goods["order_id"])
    common = goods["product"].value_counts().head(MOST_PRODUCTS).index
    place = common.get_indexer(pd.Index(goods["product"]))
    inside = place >= 0
    shape = (len(orders), len(common))
    held = sparse.csr_array((np.ones(inside.sum()), (order[inside], place[inside])), shape=shape)
    both = sparse.triu(held.T @ held, k=1).tocoo()
    counts = held.sum(axis=0)
    found = pd.DataFrame(
        {
            "first": common.astype("str")[both.row],
            "second": common.astype("str")[both.col],
            "together": both.data.astype(int),
            "by_chance": counts[both.row] * counts[both.col] / len(orders),
        }
    )
    found = found[(found["together"] >= FEWEST) & (found["together"] > found["by_chance"])]
    if found.empty:
        raise InputError(
            _("No two products stand together in {n} orders, as many as one would want to see.").format(n=FEWEST)
        )
    more = (found["together"] - found["by_chance"]).rename("more")
    return found.join(more).sort_values(["more", "first", "second"], ascending=[False, True, True]), len(orders)
