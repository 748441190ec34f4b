"""The queries behind the morning workbench: birthdays, watches that fired, promised calls that are late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from crm_lab import workbench
from crm_lab.data.tables import Tables
from crm_lab.exercises import declare

Part = Callable[["Tables"], pd.DataFrame]

BIRTHDAY_DAY = "2025-12-28"
CALL_DAY = pd.Timestamp("2025-12-15")  # a Monday
_NAMES = ("call_intervals", "customers", "prices", "products", "reminders", "reps", "stock", "watches")


def of_all(t: Tables, panel: Callable[..., pd.DataFrame], day: str | pd.Timestamp) -> pd.DataFrame:
    """A panel for all account managers together."""
    from crm_lab.data import connect

    with connect({name: t.table(name) for name in _NAMES}) as connection:
        found = [panel(connection, rep, day) for rep in t.table("reps")["rep_id"]]
    return pd.concat(found, ignore_index=True)


# ---- birthdays


def birthdays(t: Tables) -> pd.DataFrame:
    return window()(t)  # as the workbench, but for who opened an account after that morning


def window(
    first: str = BIRTHDAY_DAY, days: int = 7, closed: bool = False, age_in: int | None = None, dated: int | None = None
) -> Callable[[Tables], pd.DataFrame]:
    """Birthdays in a window, worked out from month and day; ages counted in one year, or dates put into it."""

    def recipe(t: Tables) -> pd.DataFrame:
        dates = pd.Series(pd.date_range(first, periods=days))
        people = t.table("customers")
        people = people if closed else people[people["account_open"]]
        on = people["birthday"].dt.strftime("%m-%d").map(dates.set_axis(dates.dt.strftime("%m-%d")))
        found = people.assign(birthday_on=on, age=(age_in or on.dt.year) - people["birthday"].dt.year)
        found = found.dropna(subset="birthday_on")[["customer_id", "birthday_on", "age"]]
        moved = found["birthday_on"].map(lambda day: day.replace(year=dated or day.year))
        return found.assign(birthday_on=moved)

    return recipe


def born(t: Tables) -> pd.DataFrame:
    """The date of birth in place of the birthday."""
    found = birthdays(t)
    return found.assign(birthday_on=found["customer_id"].map(t.table("customers").set_index("customer_id")["birthday"]))


declare(
    birthdays,
    "sql",
    key=("customer_id",),
    by_hand="workbench.birthdays",
    sections=("birthdays-idea",),
    mistakes={
        "year end": window(days=4),
        "eight days": window(days=8),
        "six days": window(days=6),
        "born in the window": lambda t: birthdays(t).head(0),
        "date of birth": born,
        "from tomorrow": window("2025-12-29", 6),
        "tomorrow and seven days": window("2025-12-29"),
        "closed accounts": window(closed=True),
        "age of this year": window(age_in=2025),
        "all in one year": window(age_in=2025, dated=2025),
    },
    facts=lambda t, found: {"n": len(found), "later": (found["birthday_on"].dt.year == 2026).sum()},
)

# ---- fired


def fired(t: Tables) -> pd.DataFrame:
    found = workbench.fired({name: t.table(name) for name in _NAMES})
    return found[["watch_id", "fired_on"]]


def watches(t: Tables, kind: str) -> pd.DataFrame:
    table = t.table("watches")
    return table[table["watch"] == kind]


def of_price(
    t: Tables, after: bool = True, strictly: bool = False, at_any: bool = False, figure: str = "min"
) -> pd.DataFrame:
    """The first or last day of a price that is low enough, or of any: after it was asked for, or ever."""
    both = watches(t, "price").merge(t.table("prices"), on="product_id")
    price, level = both["list_price"], both["price_level"]
    hit = ((price < level) if strictly else (price <= level)) | at_any
    hit &= (both["from_date"] > both["asked_on"]) | (not after)
    return both[hit].groupby("watch_id")["from_date"].agg(figure).rename("fired_on").reset_index()


def low_today(t: Tables) -> pd.DataFrame:
    """Watches whose level lies at or above the price of today, with the first day of that price."""
    both = watches(t, "price").merge(t.table("prices").query("to_date.isna()"), on="product_id")
    low = both[both["list_price"] <= both["price_level"]]
    return low.rename(columns={"from_date": "fired_on"})[["watch_id", "fired_on"]]


def of_stock(t: Tables, column: str = "received", after: bool = True) -> pd.DataFrame:
    """The first day on which something came in, or lay there in the morning."""
    stock = t.table("stock")
    both = watches(t, "stock").merge(stock.loc[stock[column] > 0, ["product_id", "day"]], on="product_id")
    hit = both[(both["day"] > both["asked_on"]) | (not after)]
    return hit.groupby("watch_id")["day"].min().rename("fired_on").reset_index()


def both_kinds(price: Part | None = of_price, stock: Part | None = of_stock) -> Part:
    """Watches of both kinds, each found in its own way or left out."""
    return lambda t: pd.concat([part(t) for part in (price, stock) if part is not None], ignore_index=True)


def at_asking(t: Tables) -> pd.DataFrame:
    """The day of the request in place of the day of the news."""
    found = fired(t)
    return found.assign(fired_on=found["watch_id"].map(t.table("watches").set_index("watch_id")["asked_on"]))


def wishes(t: Tables, found: pd.DataFrame) -> dict[str, object]:
    """How many watches fired, and the first of the products most people wait for."""
    asked = t.table("watches")
    fired_of = asked.loc[asked["watch_id"].isin(found["watch_id"]), "watch"].value_counts()
    waiting = asked.loc[~asked["watch_id"].isin(found["watch_id"]), "product_id"].value_counts().sort_index()
    said = {"form": "some", "product": waiting.idxmax(), "wait": waiting.max()} if len(waiting) else {"form": "none"}
    return {"n": len(found), "asked": len(asked), "stock": fired_of.get("stock", 0), **said}


declare(
    fired,
    "sql",
    key=("watch_id",),
    by_hand="workbench.fired",
    sections=("fired-idea",),
    mistakes={
        "before it was asked": both_kinds(partial(of_price, after=False), partial(of_stock, after=False)),
        "prices before it was asked": both_kinds(partial(of_price, after=False)),
        "last low price": both_kinds(partial(of_price, figure="max")),
        "low today": both_kinds(low_today),
        "day of the request": at_asking,
        "any price": both_kinds(partial(of_price, at_any=True)),
        "strictly lower": both_kinds(partial(of_price, strictly=True)),
        "price watches only": both_kinds(stock=None),
        "stock watches only": both_kinds(price=None),
        "there in the morning": both_kinds(stock=partial(of_stock, column="opening")),
    },
    facts=wishes,
)

# ---- due


def calendar(t: Tables) -> pd.DataFrame:
    """Each day, whether people work on it, and the number of working days up to it."""
    days = t.table("call_intervals").drop_duplicates("date")[["date", "day_type"]].sort_values("date")
    working = (days["date"].dt.day_of_week < 5) & (days["day_type"] != "public_holiday")
    table = pd.DataFrame({"day": days["date"], "working": working, "number": working.cumsum()})
    return table.reset_index(drop=True)


def due(t: Tables) -> pd.DataFrame:
    return of_all(t, workbench.call_backs_due, CALL_DAY)[["reminder_id", "working_days_late"]]


def waiting(
    tasks: tuple[str, ...] = ("call_back",),
    done_later: bool = True,
    moved: bool = True,
    calendar_days: bool = False,
    made_too: bool = False,
) -> Callable[[Tables], pd.DataFrame]:
    """Calls due on the day, with the places to go wrong."""

    def recipe(t: Tables) -> pd.DataFrame:
        table = t.table("reminders").assign(day=lambda found: found["due_at"].dt.normalize())
        table = table[table["task"].isin(tasks or table["task"])].merge(calendar(t), on="day")
        today = calendar(t).set_index("day")["number"].to_dict()[CALL_DAY]
        late = today - table["number"] - (~table["working"]).astype(int) * moved
        open_then = table["done_at"].isna() | ((table["done_at"] >= CALL_DAY) & done_later) | made_too
        days = (CALL_DAY - table["day"]).dt.days if calendar_days else late
        return table.assign(working_days_late=days)[(late >= 0) & open_then][["reminder_id", "working_days_late"]]

    return recipe


def due_then(t: Tables, earlier: bool = False, timed: bool = False) -> pd.DataFrame:
    """Calls late by a working day or more, promised for an earlier day, or promised for midnight."""
    found, promised = due(t), t.table("reminders").set_index("reminder_id")["due_at"]
    at = found["reminder_id"].map(promised)
    if timed:
        return found[at == at.dt.normalize()]
    return found[at < CALL_DAY] if earlier else found[found["working_days_late"] > 0]


def how_late(t: Tables, found: pd.DataFrame) -> dict[str, object]:
    late = found["working_days_late"]
    form = "some" if len(late) else "none"
    return {"form": form, "n": len(late), "today": (late == 0).sum(), "most": late.max()}


declare(
    due,
    "sql",
    key=("reminder_id",),
    supplies={"calendar": calendar},
    by_hand="workbench.call_backs_due",
    sections=("due-idea",),
    mistakes={
        "calendar days": waiting(calendar_days=True),
        "done later": waiting(done_later=False),
        "made before": waiting(made_too=True),
        "later than that day": due_then,
        "promised earlier": lambda t: due_then(t, earlier=True),
        "all tasks": waiting(tasks=()),
        "at midnight": lambda t: due_then(t, timed=True),
        "other tasks": waiting(tasks=("call_back", "return_call")),
        "day off": waiting(moved=False),
    },
    facts=how_late,
)
