"""Every sentence a learner sees passes through here, so that each language edition shares the code."""

import gettext
import os
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parents[1] / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("crm_lab", LOCALE_DIR, languages=[language], fallback=True)


def language() -> str:
    """The edition in use, from the environment variable CRM_LAB_LANGUAGE; English unless it says otherwise.

    >>> language()
    'en'
    """
    return os.environ.get("CRM_LAB_LANGUAGE") or "en"


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
