"""Lab 01, the queries behind the morning workbench: birthdays, watches that fired, promised calls that are late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from crm_lab import workbench
from crm_lab.base.text import _
from crm_lab.exercises import Exercise, Mistake

if TYPE_CHECKING:
    from crm_lab.data.tables import Tables

BIRTHDAY_DAY = "2025-12-28"
CALL_DAY = pd.Timestamp("2025-12-15")  # a Monday
_NAMES = ("call_intervals", "customers", "prices", "products", "reminders", "reps", "stock", "watches")


def _of_all(t: Tables, panel: Callable[..., pd.DataFrame], day: str | pd.Timestamp) -> pd.DataFrame:
    """A panel for all account managers together."""
    from crm_lab.data import connect

    with connect({name: t.table(name) for name in _NAMES}) as connection:
        found = [panel(connection, rep, day) for rep in t.table("reps")["rep_id"]]
    return pd.concat(found, ignore_index=True)


# ---- birthdays


def _birthdays(t: Tables) -> pd.DataFrame:
    return _of_all(t, workbench.birthdays, BIRTHDAY_DAY)[["customer_id", "birthday_on", "age"]]


def birthdays_of(t: Tables, first: str = BIRTHDAY_DAY, days: int = 7, closed: bool = False) -> pd.DataFrame:
    """Birthdays in a window, worked out from month and day."""
    window = pd.Series(pd.date_range(first, periods=days))
    people = t.table("customers")
    people = people if closed else people[people["account_open"]]
    on = people["birthday"].dt.strftime("%m-%d").map(window.set_axis(window.dt.strftime("%m-%d")))
    found = people.assign(birthday_on=on, age=on.dt.year - people["birthday"].dt.year)
    return found.dropna(subset="birthday_on")[["customer_id", "birthday_on", "age"]]


def age_this_year(t: Tables) -> pd.DataFrame:
    """Everybody's age counted in 2025."""
    found = birthdays_of(t)
    return found.assign(age=found["age"] - (found["birthday_on"].dt.year - 2025))


def one_year_for_all(t: Tables) -> pd.DataFrame:
    """January birthdays dated in 2025, where they lie behind us."""
    found = age_this_year(t)
    return found.assign(birthday_on=found["birthday_on"].map(lambda day: day.replace(year=2025)))


def _birthdays_mean(t: Tables, found: pd.DataFrame) -> str:
    later = (found["birthday_on"].dt.year == 2026).sum()
    return _(
        "{n} birthdays in seven days, {later} of them in the new year. A query that compares only within one year "
        "would have missed these, every December."
    ).format(n=len(found), later=later)


birthdays = Exercise(
    name="birthdays",
    lab="01",
    title=_("Birthdays of the coming week, in SQL"),
    points=3,
    sections=("workbench-idea",),
    kind="sql",
    key=("customer_id",),
    columns={"birthday_on": _("the birthday in the window, a date"), "age": _("years they turn on it")},
    reference=_birthdays,
    by_hand="workbench.birthdays",
    mistakes=(
        Mistake(
            "year end",
            lambda t: birthdays_of(t, days=4),
            _("Your list stops on 31 December. The window goes on into January: look at both years."),
        ),
        Mistake(
            "eight days",
            lambda t: birthdays_of(t, days=8),
            _("Your window has eight days. BETWEEN takes in both its ends: the seventh day is 3 January."),
        ),
        Mistake(
            "from tomorrow",
            lambda t: birthdays_of(t, "2025-12-29", 6),
            _("Your window begins on 29 December. The day of the workbench itself is the first of the seven."),
        ),
        Mistake(
            "tomorrow and seven days",
            lambda t: birthdays_of(t, "2025-12-29"),
            _("Your window runs from 29 December to 4 January. The day of the workbench is the first of the seven."),
        ),
        Mistake(
            "closed accounts",
            partial(birthdays_of, closed=True),
            _("You wish a happy birthday to people who closed their account. They asked to be left alone."),
        ),
        Mistake(
            "age of this year",
            age_this_year,
            _("The ages in January are wrong. Take the year of the coming birthday, not that of today."),
        ),
        Mistake(
            "all in one year",
            one_year_for_all,
            _("Your birthdays in January carry the year that ends. The next ones are in the year to come."),
        ),
    ),
    hints=(
        _("The date of birth lies decades back. Build from it the birthday of 2025 and that of 2026, then filter."),
        _(
            "FROM customers CROSS JOIN (VALUES (2025), (2026)) AS years(y) gives two rows a customer, one for each "
            "year."
        ),
        _(
            "birthday + to_years((y - year(birthday))::int) is the birthday in year y. It also knows what to do with "
            "29 February. Then WHERE account_open AND ... BETWEEN DATE '2025-12-28' AND DATE '2026-01-03'."
        ),
    ),
    meaning=_birthdays_mean,
)

# ---- fired


def _fired(t: Tables) -> pd.DataFrame:
    found = workbench.fired({name: t.table(name) for name in _NAMES})
    return found.loc[found["watch"] == "price", ["watch_id", "fired_on"]]


def crossings(t: Tables, after: bool = True, strictly: bool = False) -> pd.DataFrame:
    """When the price of each watched product first crossed the level: after it was asked, or ever."""
    prices = t.table("prices").sort_values(["product_id", "from_date"])
    before = prices.groupby("product_id")["list_price"].shift()
    prices = prices.assign(before=before).dropna(subset="before")
    both = t.table("watches").query("watch == 'price'").merge(prices, on="product_id")
    low = (both["list_price"] < both["price_level"]) if strictly else (both["list_price"] <= both["price_level"])
    hit = low & (both["before"] > both["price_level"]) & ((both["from_date"] > both["asked_on"]) | (not after))
    return both[hit].groupby("watch_id")["from_date"].min().rename("fired_on").reset_index()


def low_today(t: Tables) -> pd.DataFrame:
    """Watches whose level lies at or above the price of today, with the first day of that price."""
    now = t.table("prices").query("to_date.isna()")
    both = t.table("watches").query("watch == 'price'").merge(now, on="product_id")
    low = both[both["list_price"] <= both["price_level"]]
    return low.rename(columns={"from_date": "fired_on"})[["watch_id", "fired_on"]]


def at_asking(t: Tables) -> pd.DataFrame:
    """The day of the request in place of the day of the price."""
    return (
        _fired(t)
        .merge(t.table("watches"), on="watch_id")
        .assign(fired_on=lambda found: found["asked_on"])[["watch_id", "fired_on"]]
    )


def _fired_means(t: Tables, found: pd.DataFrame) -> str:
    asked = (t.table("watches")["watch"] == "price").sum()
    return _(
        "{n} of {asked} price watches fired. Each is a customer who said what they want and at which price: no other "
        "message is as welcome. The others wait; ask whether their level can ever come."
    ).format(n=len(found), asked=asked)


fired = Exercise(
    name="fired",
    lab="01",
    title=_("Price watches that fired, in SQL"),
    points=3,
    sections=("workbench-idea",),
    kind="sql",
    key=("watch_id",),
    columns={"fired_on": _("the day on which the price crossed the level")},
    reference=_fired,
    by_hand="workbench.fired",
    mistakes=(
        Mistake(
            "before it was asked",
            partial(crossings, after=False),
            _(
                "Some of your days lie before the watch was asked. Nobody can be told of a price they had not asked "
                "for."
            ),
        ),
        Mistake(
            "low today",
            low_today,
            _(
                "You compare with today's price. A price may have come down and gone up again: look at the whole "
                "history."
            ),
        ),
        Mistake(
            "day of the request",
            at_asking,
            _("Your day is that of the request. A watch fires on the day of the new price: from_date."),
        ),
        Mistake(
            "strictly lower",
            partial(crossings, strictly=True),
            _("You left out prices that equal the level. The level itself is low enough."),
        ),
    ),
    hints=(
        _("A price row says from when a price holds. Which price rows come after the request and are low enough?"),
        _(
            "Join watches and prices by product_id; keep the rows with from_date > asked_on and list_price <= "
            "price_level."
        ),
        _(
            "Of the rows left, the first day for each watch: GROUP BY watch_id with min(from_date). Stock watches "
            "stay out."
        ),
    ),
    meaning=_fired_means,
)

# ---- due


def calendar(t: Tables) -> pd.DataFrame:
    """Each day, whether people work on it, and the number of working days up to it."""
    days = t.table("call_intervals").drop_duplicates("date")[["date", "day_type"]].sort_values("date")
    working = (days["date"].dt.day_of_week < 5) & (days["day_type"] != "public_holiday")
    table = pd.DataFrame({"day": days["date"], "working": working, "number": working.cumsum()})
    return table.reset_index(drop=True)


def _due(t: Tables) -> pd.DataFrame:
    return _of_all(t, workbench.call_backs_due, CALL_DAY)[["reminder_id", "working_days_late"]]


def due_of(
    t: Tables, tasks: tuple[str, ...] = ("call_back",), done_later: bool = True, moved: bool = True
) -> pd.DataFrame:
    """Calls due on the day, with the places to go wrong."""
    table = t.table("reminders").assign(day=lambda found: found["due_at"].dt.normalize())
    table = table[table["task"].isin(tasks)].merge(calendar(t), on="day")
    today = calendar(t).set_index("day")["number"].to_dict()[CALL_DAY]
    late = today - table["number"] - (~table["working"]).astype(int) * moved
    waiting = table["done_at"].isna() | ((table["done_at"] >= CALL_DAY) & done_later)
    return table.assign(working_days_late=late)[(late >= 0) & waiting][["reminder_id", "due_at", "working_days_late"]]


def calendar_days(t: Tables) -> pd.DataFrame:
    """Late in calendar days."""
    found = due_of(t)
    return found.assign(working_days_late=(CALL_DAY - found["due_at"].dt.normalize()).dt.days)


def _due_means(t: Tables, found: pd.DataFrame) -> str:
    today = (found["working_days_late"] == 0).sum()
    return _(
        "{n} promised calls wait on this morning, {today} of them due today, the latest {most} working days late. A "
        "promise that is kept costs a minute. One that is broken was better never made."
    ).format(n=len(found), today=today, most=found["working_days_late"].max())


due = Exercise(
    name="due",
    lab="01",
    title=_("Promised calls due, in SQL"),
    points=4,
    sections=("workbench-idea",),
    kind="sql",
    key=("reminder_id",),
    columns={"working_days_late": _("working days from the promised day to 2025-12-15")},
    reference=_due,
    supplies={"calendar": calendar},
    by_hand="workbench.call_backs_due",
    mistakes=(
        Mistake(
            "calendar days",
            calendar_days,
            _("You counted calendar days. On a Monday, a call promised for Friday is one working day late, not three."),
        ),
        Mistake(
            "done later",
            partial(due_of, done_later=False),
            _(
                "You left out calls that were due on the day itself or made later. On that morning they were waiting: "
                "nobody knew yet that they would be made."
            ),
        ),
        Mistake(
            "other tasks",
            partial(due_of, tasks=("call_back", "return_call")),
            _("You took in other tasks. Promised calls are those with the task call_back."),
        ),
        Mistake(
            "day off",
            partial(due_of, moved=False),
            _(
                "Calls promised for a day off are one working day too late in your list. They are due on the next "
                "working day, and `number` does not rise on a day off."
            ),
        ),
    ),
    hints=(
        _("Join reminders with calendar twice in your mind: once for the promised day, once for the morning itself."),
        _("The promised day is due_at::date. Its working-day number is number, plus 1 if it is a day off."),
        _(
            "JOIN calendar ON day = due_at::date gives working and number; (SELECT number FROM calendar WHERE day = "
            "DATE '2025-12-15') is the number of the morning. number + (NOT working)::int must not be above it."
        ),
    ),
    meaning=_due_means,
)
