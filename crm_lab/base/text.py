"""Every sentence a learner sees passes through here, so that each language edition shares the code."""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from crm_lab.base.places import PACKAGE, work_dir

LOCALES = {"en": "en_US", "zh_CN": "zh_CN"}  # the editions, and whose names, dates and amounts each writes
LOCALE_DIR = PACKAGE / "locale"
CHOICE = Path(".crm-lab", "language")  # in the work folder: the edition the learner chose


def language() -> str:
    """The edition in use: what CRM_LAB_LANGUAGE says, else what the learner chose in their work folder, else English.

    >>> language()
    'en'
    """
    return edition(os.environ.get("CRM_LAB_LANGUAGE", "")) or _chosen(work_dir()) or "en"


def locale() -> str:
    """The locale of the edition in use, as Faker, Babel and `World` call it.

    >>> locale()
    'en_US'
    """
    return LOCALES[language()]


def edition(wish: str) -> str:
    """The edition a name stands for; empty where there is none.

    >>> edition("zh-cn"), edition("zh_CN.UTF-8"), edition("en_GB"), edition("fr")
    ('zh_CN', 'zh_CN', 'en', '')
    """
    first = wish.strip().replace("-", "_").partition("_")[0].lower()
    return next((name for name in LOCALES if first and name.partition("_")[0] == first), "")


@cache
def _chosen(work: Path) -> str:
    """What was chosen in a work folder. Read once: a running notebook keeps its language until it is restarted."""
    try:
        return edition((work / CHOICE).read_text("utf-8"))
    except (OSError, ValueError):
        return ""


def _(message: str) -> str:
    """The message in the edition's language; the English itself where no translation exists.

    >>> _("not answered yet")
    'not answered yet'
    """
    return _catalogue(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message that fits `count`.

    >>> ngettext("{n} row", "{n} rows", 2).format(n=2)
    '2 rows'
    """
    return _catalogue(language()).ngettext(singular, plural, count)


def later(message: str) -> str:
    """The message itself: marks it for translators where it is too early to translate, such as in a table of a module.

    Whoever shows it passes it through `_`.

    >>> later("Open your copies.")
    'Open your copies.'
    """
    return message


def prose(notebook: str) -> Mapping[str, str]:
    """The pieces of a notebook's prose in the language of the edition, by their English; empty in English.

    notebook  without its ending, such as "labs/04a_value"

    >>> prose("labs/04a_what_customers_bring")
    {}
    """
    return translations(LOCALE_DIR / language() / f"{notebook}.po", language())


@cache
def translations(path: Path, language: str) -> Mapping[str, str]:
    """What a catalogue translates, without plurals, by its English. What nobody has looked at again is left out."""
    if not path.is_file():
        return {}
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        good = [one for one in read_po(file, locale=language) if one.id and one.string and not one.fuzzy]
    return {one.id: one.string for one in good if isinstance(one.id, str) and isinstance(one.string, str)}


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The translations of one edition, read from the file translators write: no compiled copy of it can grow old."""
    path = LOCALE_DIR / language / "messages.po"
    if not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
