"""Item to item: what goes with a page, by favourites and by visits, and the shelf of one person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crm_lab import baskets
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare, then


def past_marks(t: Tables) -> pd.DataFrame:
    """All marks but the last of each person."""
    marks = t.table("favourites")
    return marks[marks.duplicated("person_id", keep="last")].reset_index(drop=True)


def page(t: Tables) -> pd.DataFrame:
    """One product: the fourth most often seen, for the first three are the bestsellers."""
    seen = t.table("views")["product_id"].value_counts()
    return pd.DataFrame({"product_id": [seen.index[min(3, len(seen) - 1)]]})


def page_of(t: Tables) -> str:
    return str(t.table("page")["product_id"].iloc[0])


def crossed(marks: pd.DataFrame) -> pd.DataFrame:
    return pd.crosstab(marks["person_id"], marks["product_id"])


# ---- what goes with a page


def goes_with(t: Tables, root: bool = True, by: str = "both", itself: bool = False) -> pd.Series:
    """root  of the product of the counts; by  what the common count is divided by; itself  keeps the page"""
    held = crossed(t.table("past_marks"))
    both = (held.T @ held)[page_of(t)]
    count = held.sum()
    under = {"both": count * count[page_of(t)], "page": count[page_of(t)], "other": count, "one": 1.0}[by]
    found = both / (np.sqrt(under) if root else under)
    return found if itself else found.drop(page_of(t))


declare(
    goes_with,
    "table",
    key=("product_id",),
    by_hand="baskets.similarity",
    sections=("similar-idea",),
    supplies={"past_marks": past_marks, "page": page},
    mistakes={
        "counts": {"by": "one"},
        "no root": {"root": False},
        "of the page": {"by": "page", "root": False},
        "of the other": {"by": "other", "root": False},
        "itself": {"itself": True},
    },
    facts=lambda t, found: {"most": found.max(), "median": found.median()},
)

# ---- because you viewed


def viewed(t: Tables, each: bool = False, itself: bool = False, of: str = "") -> pd.DataFrame:
    """each  counts each page seen; itself  keeps the product of the page; of  another product than that of `page`"""
    views, mine = t.table("views"), of or page_of(t)
    visits = views.loc[views["product_id"] == mine, "visit_id"]
    seen = views[views["visit_id"].isin(visits)]
    seen = seen if itself else seen[seen["product_id"] != mine]
    counts = seen.groupby("product_id")["visit_id"].agg("size" if each else "nunique")
    return counts.rename("visits").reset_index()


def joined_rows(t: Tables) -> pd.DataFrame:
    """The rows of the join: a visit with two pages of each product counts four times."""
    views = t.table("views")
    both = views[views["product_id"] == page_of(t)].merge(views, on="visit_id")
    counts = both.groupby("product_id_y").size().rename("visits").rename_axis("product_id")
    return counts.drop(page_of(t)).reset_index()


def everything(t: Tables) -> pd.DataFrame:
    views = t.table("views")
    counts = views[views["product_id"] != page_of(t)].groupby("product_id")["visit_id"].nunique()
    return counts.rename("visits").reset_index()


declare(
    viewed,
    "sql",
    key=("product_id",),
    sections=("bought-idea",),
    supplies={"page": page},
    mistakes={
        "pages counted": {"each": True},
        "rows counted": joined_rows,
        "each pair once": lambda t: viewed(t)[lambda found: found["product_id"] > page_of(t)],
        "product written out": {"of": "P001"},
        "itself": {"itself": True},
        "all visits": everything,
    },
    facts=lambda t, table: {"n": len(table), "most": table["visits"].max()},
)

# ---- the shelf of one person


def who(t: Tables) -> str:
    """The first with eight marks or more whose best five would hold one of them again, were it not left out."""
    held = crossed(past_marks(t))
    near = baskets.similarity(held)
    people = held[held.sum(axis=1) >= 8]
    fifth = (people @ near).rank(axis=1, ascending=False, method="first") <= 5
    again = (fifth & (people > 0)).any(axis=1)
    return str(people.index[again.to_numpy()][0])


def mine(t: Tables) -> pd.DataFrame:
    marks = past_marks(t)
    return marks.loc[marks["person_id"] == who(t), ["marked_on", "product_id"]].reset_index(drop=True)


def alike(t: Tables) -> pd.DataFrame:
    """Similarity of each product with each other, one row a pair."""
    found = baskets.similarity(crossed(past_marks(t)))
    found.index.name = "product_id"
    long = found.reset_index().melt(id_vars="product_id", var_name="other", value_name="similarity")
    return long[long["product_id"] != long["other"]].reset_index(drop=True)


def shelf(t: Tables, length: int = 5, marked: bool = False, how: str = "sum") -> pd.Series:
    """marked  leaves what the person has on the shelf; how  the similarities are joined"""
    table, held = t.table("alike"), t.table("mine")["product_id"]
    scores = table[table["other"].isin(held)].groupby("product_id")["similarity"].agg(how)
    return (scores if marked else scores[~scores.index.isin(held)]).nlargest(length).rename("score")


def left_out_last(t: Tables) -> pd.Series:
    """The best five, and only then what is marked already left out."""
    return shelf(t, marked=True).drop(t.table("mine")["product_id"], errors="ignore")


declare(
    shelf,
    "table",
    key=("product_id",),
    by_hand="baskets.shelf",
    sections=("shelf-idea",),
    supplies={"mine": mine, "alike": alike},
    mistakes={
        "marked ones": {"marked": True},
        "the best neighbour": {"how": "max"},
        "ten": {"length": 10},
        "all": {"length": 1_000_000},
        "left out last": left_out_last,
        "mean": {"how": "mean"},
        "unlike": then(lambda scores: scores.sort_values().head(4)),
    },
    facts=lambda t, scores: {"best": scores.max()},
)
