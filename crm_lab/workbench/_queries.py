"""The SQL behind the panels of the workbench: what is shown to the learner is what runs.

$rep is the account manager, $day the morning on which the workbench is opened. A question about a past morning must be
answered with what was known then: what was noted, done or delivered later is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_lab.base.errors import one_of

_RESPONSIBLE = """\
-- the account managers of each region, numbered from 0
with team as (
  select rep_id, region,
         row_number() over in_turn - 1 as place,
         count(*) over (partition by region) as size
  from reps
  window in_turn as (partition by region order by rep_id)),

-- they take its customers in turn, by the customer's number
responsible as (
  select customer_id, rep_id
  from customers join team using (region)
  where substr(customer_id, 2)::int % size = place)"""

_TASKS = """\
select reminder_id, customer_id, name, task, due_at,
       $day - due_at::date as days_late
from reminders join customers using (customer_id)
where rep_id = $rep
  and task <> 'call_back'  -- promised calls stand elsewhere
  and created_at < $day    -- noted before this morning
  and due_at < $day + 1    -- due today or earlier
  and (done_at is null or done_at >= $day)  -- open till now
order by due_at, reminder_id"""

_BIRTHDAYS = (
    _RESPONSIBLE
    + """,

-- everybody's birthday of this year and of the next;
-- 29 February becomes the 28th in a common year
coming as (
  select customer_id,
         (year($day) + later - year(birthday))::int as age,
         (birthday + to_years(age))::date as birthday_on
  from customers cross join (values (0), (1)) as years(later))

select customer_id, name, birthday_on, age, birthday,
       marketing_consent
from coming
join customers using (customer_id)
join responsible using (customer_id)
where rep_id = $rep
  and birthday_on between $day and $day + $days - 1
  and account_open
  and registered_at < $day
order by birthday_on, customer_id"""
)

_FIRED = (
    _RESPONSIBLE
    + """,

asked as (
  select * from watches
  union all by name
  select * from own_watches),

-- a new price, or a delivery of something sold out
news as (
  select product_id, 'price' as watch, from_date as day,
         list_price as price, null as pieces,
         lag(list_price) over product as price_before
  from prices
  window product as (partition by product_id order by from_date)
  union all by name
  select product_id, 'stock' as watch, day, received as pieces
  from stock
  where opening = 0 and received > 0),

-- the first news that brings what was asked for:
-- a watch fires once, when the level is crossed
fired as (
  select watch_id, min(day) as fired_on,
         arg_min(price_before, day) as price_before,
         arg_min(price, day) as price,
         arg_min(pieces, day) as pieces
  from asked join news using (product_id, watch)
  where day > asked_on
    and (watch = 'stock'
         or price <= price_level and price_before > price_level)
  group by watch_id)

select watch_id, rep_id, customer_id, customers.name,
       product_id, products.name as product, watch, asked_on,
       price_level, price_before, price, pieces, fired_on
from fired
join asked using (watch_id)
join customers using (customer_id)
join products using (product_id)
join responsible using (customer_id)
"""
)

_CALL_BACKS = """\
-- Monday to Friday, but for public holidays
with days as (
  select distinct date as day,
         isodow(date) <= 5
           and day_type <> 'public_holiday' as working
  from call_intervals),

-- each day with the number of working days up to it
calendar as (
  select day, working,
         count(*) filter (where working) over (order by day)
           as number
  from days),

-- a call promised for a day off is due on the next working day
promised as (
  select reminders.*, working,
         number + (not working)::int as number_due
  from reminders join calendar on day = due_at::date)

select reminder_id, customer_id, name, due_at, working,
       number - number_due as working_days_late
from promised
join customers using (customer_id)
cross join (select number from calendar where day = $day)
where rep_id = $rep
  and task = 'call_back'
  and created_at < $day      -- promised before this morning
  and number_due <= number   -- due today or earlier
  and (done_at is null or done_at >= $day)  -- open till now
order by due_at, reminder_id"""


@dataclass(frozen=True)
class Query:
    """The SQL of a panel and the tables it reads."""

    sql: str
    tables: tuple[str, ...]


_WATCHED = ("watches", "prices", "stock", "products", "customers", "reps")
QUERIES = {
    "tasks": Query(_TASKS, ("reminders", "customers")),
    "birthdays": Query(_BIRTHDAYS, ("customers", "reps")),
    "watches": Query(_FIRED + "where rep_id = $rep and fired_on = $day\norder by watch, watch_id", _WATCHED),
    "fired": Query(_FIRED + "order by fired_on, watch_id", _WATCHED),
    "call_backs": Query(_CALL_BACKS, ("reminders", "customers", "call_intervals")),
    "responsible": Query(_RESPONSIBLE + "\n\nselect * from responsible order by customer_id", ("customers", "reps")),
}
PANELS = ("tasks", "birthdays", "watches", "call_backs")


def sql(panel: str) -> str:
    """The query behind a panel, as it runs.

    panel  "tasks", "birthdays", "watches" or "call_backs"; also "responsible", whose customer each one is, and "fired",
           the watches of all days

    $rep, $day and (for birthdays) $days stand for what the learner chose; own_watches is a table like watches.
    Raises InputError for another panel.

    >>> print(sql("tasks").splitlines()[0])
    select reminder_id, customer_id, name, task, due_at,
    >>> sql("weather")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: Unknown panel 'weather'. Use one of: tasks, birthdays, watches, call_backs, ...
    """
    return QUERIES[one_of("panel", panel, QUERIES)].sql
