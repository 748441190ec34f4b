"""A dirty extract: the panel's customers as three channels typed them, each defect planted at a known rate.

Defects of the same cell exclude each other, so that every rate is a share of rows and every defect can be seen.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from crm_lab.base.streams import BLOCK, stream
from crm_lab.schema.talk import DEFECTS, SOURCES
from crm_lab.world._names import CITIES, LOCALES
from crm_lab.world._voice.voice_parameters import DirtyParameters
from crm_lab.world.parameters import TODAY

Spoil = Callable[[str, float], str]
OTHER_LETTERS = "明伟芳娜敏静强磊"


def make_dirty(
    parameters: DirtyParameters, customers: pd.DataFrame, seed: int, block: int, locale: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The dirty rows of one block and, row by row, whose they are and what was done to them."""
    rng = stream(seed, "dirty_customers", block)
    rows = _copies(parameters, customers, block, rng)
    flags = _flags(parameters, len(rows), rng)
    truth = pd.concat([rows[["row_id", "customer_id"]], flags], axis=1)
    truth["duplicate"] = rows["customer_id"].duplicated()
    draws = {name: rng.random(len(rows)) for name, *_ in DEFECTS}
    _make_stale(parameters, rows, flags["stale"].to_numpy(), draws["stale"], rng, LOCALES.index(locale))
    rows["birthday"] = rows["birthday"].dt.strftime("%Y-%m-%d")
    for name, (column, spoil) in _spoilers(LOCALES.index(locale)).items():
        hit = flags[name].to_numpy()
        pairs = zip(rows.loc[hit, column], draws[name][hit], strict=True)
        rows.loc[hit, column] = pd.Series([spoil(value, draw) for value, draw in pairs], rows.index[hit], dtype="str")
    for column in ("email", "phone", "birthday"):
        rows[column] = rows[column].mask(flags[f"{column}_missing"])
    return rows, truth


def _copies(parameters: DirtyParameters, customers: pd.DataFrame, block: int, rng: np.random.Generator) -> pd.DataFrame:
    """One to three rows of each customer covered, each from another channel, in no order."""
    size = len(customers)
    count = np.where(rng.random(size) < parameters.thrice, 3, 2)
    count = np.where(rng.random(size) < parameters.twice, count, 1)
    count = np.where(rng.random(size) < parameters.covered, count, 0)
    first, age, order = rng.integers(0, 3, size), rng.random((size, 3)), rng.random((size, 3))
    who = np.repeat(np.arange(size), count)
    copy = np.concatenate([np.arange(n) for n in count]).astype("int64")
    rows = customers.iloc[who][["customer_id", "name", "email", "phone", "birthday", "city", "registered_at"]]
    rows = rows.reset_index(drop=True)
    rows["source"] = np.take(SOURCES, (first[who] + copy) % 3)
    known = pd.Timestamp(TODAY) - rows["registered_at"]
    rows["updated_at"] = (rows["registered_at"] + known * age[who, copy]).dt.floor("min")
    rows = rows.iloc[np.argsort(order[who, copy], kind="stable")].reset_index(drop=True)
    rows["row_id"] = [f"X{n:05d}" for n in block * BLOCK * 3 + np.arange(1, len(rows) + 1)]
    return rows


def _flags(parameters: DirtyParameters, size: int, rng: np.random.Generator) -> pd.DataFrame:
    """Which row gets which defect: one draw a cell, cut into the shares of its defects."""
    names = [name for name, *_ in DEFECTS]
    flags = {}
    cells = ("name", "email", "phone", ("birthday", "date"), "city", "stale")
    for cell in cells:
        draw, low = rng.random(size), 0.0
        for name in [n for n in names if n.startswith(cell)]:
            high = low + getattr(parameters, name)
            flags[name] = (draw >= low) & (draw < high)
            low = high
    return pd.DataFrame(flags)[names]


def _make_stale(
    parameters: DirtyParameters,
    rows: pd.DataFrame,
    stale: np.ndarray,
    draw: np.ndarray,
    rng: np.random.Generator,
    language: int,
) -> None:
    """Rows from before a move: another city and number, last changed soon after the customer came."""
    digits = rng.integers(0, 10**8, len(rows))
    old_phone = pd.Series([f"+999 {n // 10**4:04d} {n % 10**4:04d}" for n in digits], dtype="str")
    place = {city[language]: number for number, city in enumerate(CITIES)}
    now = rows["city"].map(place).to_numpy(dtype="int64")
    moved = (now + 1 + np.floor(draw * (len(CITIES) - 1)).astype("int64")) % len(CITIES)
    early = rows["registered_at"] + (rows["updated_at"] - rows["registered_at"]) * parameters.stale_until
    rows["phone"] = rows["phone"].mask(stale, old_phone)
    rows["city"] = rows["city"].mask(stale, pd.Series([CITIES[n][language] for n in moved], dtype="str"))
    rows["updated_at"] = rows["updated_at"].mask(stale, early.dt.floor("min"))


def _spoilers(language: int) -> dict[str, tuple[str, Spoil]]:
    """What each defect does to which column. A missing value is left to the end."""
    return {
        "name_typo": ("name", _typo_zh if language else _typo),
        "name_style": ("name", _style_zh if language else _style),
        "name_spaces": ("name", _spaces_zh if language else _spaces),
        "name_swapped": ("name", _swapped_zh if language else _swapped),
        "email_invalid": ("email", _bad_email),
        "phone_format": ("phone", _phone),
        "date_format": ("birthday", _date),
        "birthday_invalid": ("birthday", _bad_date),
        "city_variant": ("city", _city_zh if language else _city),
    }


def _choose(draw: float, *values: str) -> str:
    return values[int(draw * len(values))]


def _typo(name: str, draw: float) -> str:
    pairs = [i for i in range(1, len(name) - 1) if name[i : i + 2].isalpha() and name[i] != name[i + 1]]
    at = pairs[int(draw * 997) % len(pairs)]
    missing, doubled = name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]
    exchanged = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return _choose(draw, missing, doubled, exchanged)


def _typo_zh(name: str, draw: float) -> str:
    letters = [letter for letter in OTHER_LETTERS if letter != name[-1]]
    return name[:-1] + _choose(draw, *letters)


def _style(name: str, draw: float) -> str:
    return _choose(draw, name.upper(), name.lower())


def _style_zh(name: str, draw: float) -> str:
    return name + _choose(draw, "先生", "女士")


def _spaces(name: str, draw: float) -> str:
    return _choose(draw, name.replace(" ", "  "), f" {name}", f"{name}  ")


def _spaces_zh(name: str, draw: float) -> str:
    return _choose(draw, f"{name[0]} {name[1:]}", f" {name}", f"{name}  ")


def _swapped(name: str, draw: float) -> str:
    given, _, family = name.partition(" ")
    return _choose(draw, f"{family} {given}", f"{family}, {given}")


def _swapped_zh(name: str, draw: float) -> str:
    return name[1:] + name[0]


def _bad_email(email: str, draw: float) -> str:
    return _choose(draw, email.replace("@", ""), email.replace("@", " at "), email.split("@")[0], email + ",")


def _phone(phone: str, draw: float) -> str:
    digits = phone.replace(" ", "")
    country, a, b = digits[1:4], digits[4:8], digits[8:]
    return _choose(draw, digits, f"00{country} {a} {b}", f"(+{country}) {a}-{b}", f"{country}-{a}-{b}")


def _date(day: str, draw: float) -> str:
    y, m, d = day.split("-")
    return _choose(draw, f"{y}/{int(m)}/{int(d)}", f"{d}.{m}.{y}", f"{y}{m}{d}", f"{y}年{int(m)}月{int(d)}日")


def _bad_date(day: str, draw: float) -> str:
    return _choose(draw, "0000-00-00", f"{day[:4]}-02-30", f"{day[:4]}-13-{day[8:]}", f"20{day[8:]}-99-99")


def _city(city: str, draw: float) -> str:
    return _choose(draw, city.upper(), city.lower(), f"{city} City", f"{city} ")


def _city_zh(city: str, draw: float) -> str:
    english = {zh: en for en, zh, _ in CITIES}
    return _choose(draw, f"{city}市", english[city], f"{city} 市", f"{city} ")
