"""Words in dates: names of months and weekdays in many languages, halves of the day, names of time zones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

# The languages in whose words dates are read, the more widespread first: among equals the first decides.
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "tr", "ru")
MORE_LANGUAGES = ("uk", "el", "bg", "hr", "sl", "lt", "lv", "et", "ca", "id", "vi")
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_FILLERS = {
    "uhr",
    "um",
    "de",
    "del",
    "of",
    "at",
    "à",
    "a",
    "den",
    "kl",
    "klo",
    "г",
    "года",
    "the",
    "le",
    "el",
    "ore",
    "alle",
    "hs",
    "hrs",
    "uur",
    "ч",
}
_AFTERNOON = "下午|午後|오후|晚上|PM|P\\.?\\s?M\\.?|öS|ΜΜ"
_MORNING = "上午|午前|오전|早上|凌晨|AM|A\\.?\\s?M\\.?|öÖ|ΠΜ"
_NOON = "中午"
_WORD = re.compile(r"[^\W\d_]+\.?")


@cache
def month_names(language: str) -> dict[str, int]:
    """The names of the months in a language, long and short, as words without a point; from Babel.

    >>> month_names("fr")["août"], month_names("de")["märz"]
    (8, 3)
    """
    from babel import Locale

    names: dict[str, int] = {}
    locale = Locale.parse(language)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                for word in (name, name[:3]) if language in ("en", "de") else (name,):
                    names.setdefault(word.casefold().strip("."), number)
    names.update({"sept": 9} if language in ("en", "de", "fr", "it", "es") else {})
    names.update({"mrz": 3, "maerz": 3, "jaenner": 1, "jänner": 1, "feber": 2} if language == "de" else {})
    return names


@cache
def weekdays() -> frozenset[str]:
    """The names of the weekdays in all languages, long and short."""
    from babel import Locale

    found: set[str] = {"星期", "周"}
    for language in (*LANGUAGES, *MORE_LANGUAGES, "zh", "ja", "ko"):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                found.update(
                    name.casefold().strip(".") for name in Locale.parse(language).days[context][width].values()
                )
    return frozenset(found - {"mar", "mar.", "dom", "sab", "sat"}) | {"sat", "dom"}


def months_in(words: Iterable[str], name: str) -> dict[str, int]:
    """The months that the words of a column of dates mean; words that are no month are not in it.

    words  all different words of the column, small and without points
    name   the column's name, for the message

    Rule: the language in which most of them are months decides; months of other languages count where it knows none.
    Raises InputError where languages that know equally many give a word to different months.

    >>> sorted(months_in(["mai", "déc"], "date").items())
    [('déc', 12), ('mai', 5)]
    """
    words = set(words)
    known = {language: words & month_names(language).keys() for language in (*LANGUAGES, *MORE_LANGUAGES)}
    most = max(map(len, known.values()), default=0)
    if not most:
        return {}
    best = [language for language, found in known.items() if len(found) == most]
    meaning = dict(month_names(best[0]))
    for language in best[1:]:
        for word in known[language]:
            if (
                month_names(language)[word] != meaning.get(word, month_names(language)[word])
                and best[0] not in LANGUAGES[:6]
            ):
                raise InputError(
                    _(
                        "The month {word!r} of column {name!r} has different meanings in "
                        "{languages}. Write the dates as "
                        "2024-12-31."
                    ).format(word=word, name=name, languages=", ".join((best[0], language)))
                )
    for language in known:
        for word in known[language] - meaning.keys():
            meaning[word] = month_names(language)[word]
    return {word: meaning[word] for word in words if word in meaning}


def words_of(text: str) -> list[str]:
    """The words in a text, small and without points."""
    return [word.casefold().strip(".") for word in _WORD.findall(text)]


def in_english(text: str, months: dict[str, int]) -> str:
    """A date with its month in English, the half of the day at its end, and no weekday or other word.

    >>> in_english("Dienstag, 3. Dezember 2024 um 10:30 Uhr", {"dezember": 12})
    '3 Dec 2024 10:30'
    >>> in_english("2024年5月1日 下午3:22", {})
    '2024-5-1 3:22 PM'
    """
    text = re.sub(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号號일]?", r"\1-\2-\3 ", text)
    text = re.sub(r"(\d{1,2})\s*[时時시点點]\s*(\d{1,2})\s*[分분]?(?:\s*(\d{1,2})\s*[秒초])?", _clock, text)
    text = re.sub(r"\b(\d{1,2})\s*[hH]\s*(\d{2})(?!\d)", r"\1:\2", text)
    for half, names in (("PM", f"{_AFTERNOON}|{_NOON}"), ("AM", _MORNING)):
        text, found = re.subn(rf"(?<![^\W\d_])(?:{names})(?![^\W\d_])", " ", text, flags=re.IGNORECASE)
        if found:
            text = f"{text.rstrip()} {half}"
    text = re.sub(r"(?<=\d)(st|nd|rd|th|er|º|°|ª)\b", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(\d{1,2})\.(\d{2})\s*Uhr", r"\1:\2", text)
    text = re.sub(r"\bklo?\.?\s*(\d{1,2})\.(\d{2})", r"\1:\2", text, flags=re.IGNORECASE)

    def english(match: re.Match[str]) -> str:
        word = match[0].casefold().strip(".")
        if match[0] in ("AM", "PM", "T", "Z"):
            return match[0]
        if word in months:
            return ENGLISH[months[word] - 1]
        return "" if word in weekdays() or word in _FILLERS else match[0]

    text = re.sub(r"\s+", " ", _WORD.sub(english, text)).strip(" ,")
    if re.search(r"[A-Za-z]{3}", text):
        text = re.sub(r"(?<=\d)\.(?=[\s\w])|(?<=[A-Za-z])\.|(?<!\d),|,(?=\s)", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def _clock(match: re.Match[str]) -> str:
    return f"{match[1]}:{int(match[2]):02}" + (f":{int(match[3]):02}" if match[3] else "")
