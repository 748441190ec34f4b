"""Bad input is met with one clear sentence: what is wrong, where, and what to do."""

from collections.abc import Iterable
from typing import Any

from crm_lab.base.text import _


class InputError(ValueError):
    """A value, file or name that cannot be used. Its message is the whole story, so a notebook shows only that.

    >>> raise InputError("top must lie between 0 and 1, not 20.")
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: top must lie between 0 and 1, not 20.
    """

    def _render_traceback_(self) -> list[str]:  # IPython prints these lines in place of the traceback
        return [str(self)]


def one_of(what: str, value: Any, allowed: Iterable[Any]) -> Any:
    """`value` itself if it is among `allowed`, else InputError naming all that is allowed.

    >>> one_of("locale", "en_US", ["en_US", "zh_CN"])
    'en_US'
    >>> one_of("locale", "fr_FR", ["en_US", "zh_CN"])
    Traceback (most recent call last):
    crm_lab.base.errors.InputError: Unknown locale 'fr_FR'. Use one of: en_US, zh_CN.
    """
    names = list(allowed)
    if value not in names:
        raise InputError(
            _("Unknown {what} {value!r}. Use one of: {allowed}.").format(
                what=what, value=value, allowed=", ".join(map(str, names))
            )
        )
    return value
