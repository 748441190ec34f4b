"""Random numbers that do not depend on what else was drawn.

Each stream is keyed by (seed, mechanism, block, period): a mechanism added later changes no other one,
and blocks of customers can be made in any order or process.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

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
    """The seed of a student's own company, the same on every machine.

    >>> personal_seed("2026-017")
    644929865
    """
    return _digest(course, student.strip()) % 2**31
