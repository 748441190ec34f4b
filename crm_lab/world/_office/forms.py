"""Three paper forms as they were typed in: most rows are in order, some have one fault that a good table refuses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from crm_lab.base.streams import stream
from crm_lab.schema.commerce import ACQUISITION
from crm_lab.schema.market import LEAD_STAGES
from crm_lab.world import _names as names
from crm_lab.world._office.office_parameters import FormParameters
from crm_lab.world.parameters import TODAY

Row = dict[str, str | None]
COUNTERS = ("entrance", "kitchen", "textiles", "gifts")
REPS = 10
COMPANY = {"en_US": "{city} Inn No. {n}", "zh_CN": "{city}客栈{n}号"}


def _set(column: str, value: str | None) -> Callable[[Row, Row], None]:
    def spoil(row: Row, before: Row) -> None:
        row[column] = value

    return spoil


def _repeat(*columns: str) -> Callable[[Row, Row], None]:
    def spoil(row: Row, before: Row) -> None:
        row.update({column: before[column] for column in columns})

    return spoil


def _before_first(row: Row, before: Row) -> None:
    row["next_contact"] = str(np.datetime64(str(row["first_contact"])) - 9)


def _wrong_total(row: Row, before: Row) -> None:
    row["total"] = str(int(str(row["total"])) + 90)  # two digits exchanged


# what is wrong with a row -> what is done to it, given the row before
REGISTRATION_FAULTS = {
    "number_twice": _repeat("form_no"),
    "name_missing": _set("name", None),
    "phone_short": _set("phone", "+999 12"),
    "no_such_day": _set("birthday", "1988-02-30"),
    "born_tomorrow": _set("birthday", "2031-05-04"),
    "channel_unknown": _set("channel", "radio"),
    "consent_missing": _set("consent", None),
}
PROSPECT_FAULTS = {
    "number_twice": _repeat("sheet_no"),
    "company_missing": _set("company", None),
    "rep_unknown": _set("rep_id", "S77"),
    "stage_unknown": _set("stage", "almost won"),
    "contact_before_first": _before_first,
    "value_no_number": _set("value", "about 3000"),
    "value_negative": _set("value", "-1200"),
    "chance_above_100": _set("chance", "140"),
}
REPORT_FAULTS = {
    "day_and_counter_twice": _repeat("day", "counter"),
    "no_such_day": _set("day", "2025-11-31"),
    "counter_unknown": _set("counter", "warehouse"),
    "sales_negative": _set("sales", "-3"),
    "total_wrong": _wrong_total,
    "cash_missing": _set("cash", None),
}
FORMS = {
    "registration_forms": REGISTRATION_FAULTS,
    "prospect_sheets": PROSPECT_FAULTS,
    "daily_reports": REPORT_FAULTS,
}


def make_forms(parameters: FormParameters, seed: int, locale: str) -> dict[str, pd.DataFrame]:
    """The three tables of typed forms. Besides its columns each holds `fault`: what is wrong with a row, if anything.

    >>> sorted(make_forms(FormParameters(), seed=0, locale="en_US"))
    ['daily_reports', 'prospect_sheets', 'registration_forms']
    """
    makers = (_registrations, _prospects, _reports)
    forms = {}
    for number, ((name, faults), make) in enumerate(zip(FORMS.items(), makers, strict=True)):
        rng = stream(seed, "forms", 0, number)
        rows = make(parameters, rng, locale)
        forms[name] = _spoilt(rows, faults, parameters.faulty, rng)
    return forms


def _spoilt(
    rows: list[Row], faults: dict[str, Callable[[Row, Row], None]], share: float, rng: np.random.Generator
) -> pd.DataFrame:
    """The rows with one fault in some; never in two neighbours, so that what is repeated is a good row's."""
    size = len(rows)
    chosen = np.sort(2 * rng.permutation(size // 2)[: round(share * size)] + 1)
    which = rng.permutation(np.arange(len(chosen)) % len(faults))
    found: list[str | None] = [None] * size
    for place, kind in zip(chosen.tolist(), which.tolist(), strict=True):
        found[place] = list(faults)[kind]
        faults[list(faults)[kind]](rows[place], rows[place - 1])
    return pd.DataFrame(rows).assign(row_no=np.arange(1, size + 1), fault=pd.Series(found, dtype="str"))


def _days(rng: np.random.Generator, size: int, first: str, last: str) -> list[str]:
    span = (pd.Timestamp(last) - pd.Timestamp(first)).days
    return (np.datetime64(first) + rng.integers(0, span, size)).astype(str).tolist()


def _registrations(parameters: FormParameters, rng: np.random.Generator, locale: str) -> list[Row]:
    size, language = parameters.registrations, names.LOCALES.index(locale)
    given, family = names.people(locale)
    first, last = rng.integers(0, names.POOL, (2, size)).tolist()
    city = rng.integers(0, len(names.CITIES), size).tolist()
    digits = rng.integers(0, 10**8, size).tolist()
    columns = (
        [f"R{n:04d}" for n in 1000 + np.cumsum(rng.integers(1, 4, size))],
        [names.full_name(locale, given[g], family[f]) for g, f in zip(first, last, strict=True)],
        [f"+999 {n // 10**4:04d} {n % 10**4:04d}" for n in digits],  # 999 belongs to no country
        _days(rng, size, "1958-01-01", "2005-01-01"),
        [names.CITIES[c][language] for c in city],
        rng.choice(ACQUISITION, size).tolist(),
        sorted(_days(rng, size, "2025-10-01", TODAY)),
        rng.choice(["yes", "no"], size, p=[parameters.consent, 1 - parameters.consent]).tolist(),
    )
    keys = ("form_no", "name", "phone", "birthday", "city", "channel", "signed_on", "consent")
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def _prospects(parameters: FormParameters, rng: np.random.Generator, locale: str) -> list[Row]:
    size, language = parameters.prospects, names.LOCALES.index(locale)
    city, number = rng.integers(0, len(names.CITIES), size).tolist(), (rng.permutation(800)[:size] + 100).tolist()
    first = np.datetime64("2025-10-01") + np.sort(rng.integers(0, 80, size))
    columns = (
        [f"B{n:04d}" for n in 2000 + np.cumsum(rng.integers(1, 4, size))],
        [COMPANY[locale].format(city=names.CITIES[c][language], n=n) for c, n in zip(city, number, strict=True)],
        [f"S{n:02d}" for n in rng.integers(1, REPS + 1, size)],
        rng.choice(LEAD_STAGES[:5], size).tolist(),
        first.astype(str).tolist(),
        (first + rng.integers(1, 15, size)).astype(str).tolist(),
        (100 * rng.integers(20, 400, size)).astype(str).tolist(),
        (5 * rng.integers(1, 20, size)).astype(str).tolist(),
    )
    keys = ("sheet_no", "company", "rep_id", "stage", "first_contact", "next_contact", "value", "chance")
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def _reports(parameters: FormParameters, rng: np.random.Generator, locale: str) -> list[Row]:
    size = parameters.report_days * len(COUNTERS)
    days = np.datetime64(TODAY) - np.arange(parameters.report_days, 0, -1)
    sales = rng.poisson(parameters.sales, size)
    taken = rng.multinomial(sales * rng.integers(*parameters.sale, size), parameters.taken)
    columns = (
        np.repeat(days, len(COUNTERS)).astype(str).tolist(),
        list(COUNTERS) * parameters.report_days,
        sales.astype(str).tolist(),
        *taken.T.astype(str).tolist(),
        taken.sum(axis=1).astype(str).tolist(),
    )
    keys = ("day", "counter", "sales", "cash", "card", "wallet", "total")
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def form_faults(forms: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The faults of all forms, the truth behind the exercise: form, row_no, fault; a row a faulty row."""
    faulty = [
        (name, number, fault)
        for name, frame in forms.items()
        for number, fault in zip(frame["row_no"].tolist(), frame["fault"].tolist(), strict=True)
        if isinstance(fault, str)
    ]
    return pd.DataFrame(faulty, columns=["form", "row_no", "fault"])
