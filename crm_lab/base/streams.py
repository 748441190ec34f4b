"""Random numbers that do not depend on what else was drawn.

Each stream is keyed by (seed, mechanism, block, period): a mechanism added later changes no other one,
and blocks of customers can be made in any order or process.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, Any

from crm_lab.base.errors import InputError
from crm_lab.base.text import _

if TYPE_CHECKING:
    import numpy as np

_DASHES = "\u2212\u2043\u02d7\u2500\u30fc"  # characters that look like a dash and are none
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800" + "".join(map(chr, range(0xFE00, 0xFE10)))  # of no width, or blank
_NO_LETTERS = ("Cc", "Cs", "Co", "Cn")
BLOCK = 10_000  # customers whose random numbers share a stream


def _digest(*parts: object) -> int:
    text = "/".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")


def stream(seed: int, mechanism: str, block: int = 0, period: int = 0) -> np.random.Generator:
    """The generator of one mechanism in one block of customers and one period.

    >>> int(stream(0, "names").integers(1000)) == int(stream(0, "names").integers(1000))
    True
    >>> int(stream(0, "names").integers(10**9)) == int(stream(0, "names", block=1).integers(10**9))
    False
    """
    import numpy as np

    return np.random.Generator(np.random.PCG64(_digest(seed, mechanism, block, period)))


def personal_seed(student: str, course: str = "crm-lab") -> int:
    """The seed of a student's own company, the same on every machine and however the number was typed.

    Raises InputError for what cannot be a student's number; see `student_number`.

    >>> personal_seed("2026-017"), personal_seed(" 2026\u2011017\u200b")
    (644929865, 644929865)
    """
    return _digest(course, student_number(student)) % 2**31


def student_number(text: Any) -> str:
    """A student's number as it is meant: what looks the same is the same.

    Letters and digits of another width become the usual ones, every dash the one of the keyboard; blanks at the ends
    and characters that cannot be seen go away. Raises InputError for anything but text, empty text, and characters
    that are none, such as half of a pair.

    >>> student_number("\uff12\uff10\uff12\uff16\u2013017 ")
    '2026-017'
    """
    usual = unicodedata.normalize("NFKC", text) if type(text) is str else ""
    seen = [character for character in usual if unicodedata.category(character) != "Cf" and character not in _UNSEEN]
    dashed = ["-" if unicodedata.category(one) == "Pd" or one in _DASHES else one for one in seen]
    number = unicodedata.normalize("NFKC", " ".join("".join(dashed).split()))
    if not number or any(unicodedata.category(character) in _NO_LETTERS for character in number):
        raise InputError(_("student must be a student's number as text, such as '2026-017'."))
    return number
