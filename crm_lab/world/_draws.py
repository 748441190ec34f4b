"""Random numbers for rows of several quarters at once, each quarter from a stream of its own.

A quarter's rows come out the same whether it is made alone or together with others, which is what lets the recorded
years be made in one go, from the model that a player advances quarter by quarter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from crm_lab.base.streams import stream


class Draws:
    """Draws as a NumPy generator does, one number a row; the rows stand in the order of their quarters.

    seed, mechanism, block  key of the streams; see base.streams
    quarter                 number of the quarter of each row, rising

    >>> together = Draws(0, "posts", 0, np.array([3, 3, 4]))
    >>> bool(together.random(3)[2] == Draws(0, "posts", 0, np.array([4])).random(1)[0])
    True
    """

    def __init__(self, seed: int, mechanism: str, block: int, quarter: np.ndarray) -> None:
        self._key = seed, mechanism, block
        self._streams: dict[int, np.random.Generator] = {}
        self._lay_out(quarter)

    def _lay_out(self, quarter: np.ndarray) -> None:
        numbers, begins = np.unique(quarter, return_index=True)
        ends = [*begins[1:], len(quarter)]
        self._parts = list(zip(numbers.tolist(), map(slice, begins.tolist(), ends), strict=True))
        self._size = len(quarter)

    def over(self, quarter: np.ndarray) -> Draws:
        """The same streams, drawn on for other rows."""
        other = object.__new__(Draws)
        other._key, other._streams = self._key, self._streams
        other._lay_out(quarter)
        return other

    def _stream(self, quarter: int) -> np.random.Generator:
        if quarter not in self._streams:
            self._streams[quarter] = stream(*self._key, quarter)
        return self._streams[quarter]

    def _draw(self, method: str, size: Any, *arguments: Any, **options: Any) -> np.ndarray:
        count, *more = size if isinstance(size, tuple) else (size,)
        if count != self._size:
            raise ValueError(f"{count} numbers asked for {self._size} rows")
        parts = [np.zeros((0, *more), dtype="int64" if method in ("integers", "poisson") else float)]
        for number, rows in self._parts:
            own = [part[rows] if isinstance(part, np.ndarray) else part for part in arguments]
            draw = getattr(self._stream(number), method)
            parts.append(draw(*own, size=(rows.stop - rows.start, *more), **options))
        return np.concatenate(parts[1:] or parts)

    def random(self, size: Any) -> np.ndarray:
        """Even from 0 to 1."""
        return self._draw("random", size)

    def standard_normal(self, size: Any) -> np.ndarray:
        """Normal with mean 0 and variance 1."""
        return self._draw("standard_normal", size)

    def uniform(self, low: float, high: float, size: Any) -> np.ndarray:
        """Even from `low` to `high`."""
        return self._draw("uniform", size, low, high)

    def integers(self, low: int, high: int, size: Any) -> np.ndarray:
        """Whole numbers from `low` to below `high`, each as likely."""
        return self._draw("integers", size, low, high)

    def exponential(self, scale: float, size: Any) -> np.ndarray:
        """Exponential with this mean."""
        return self._draw("exponential", size, scale)

    def gamma(self, shape: Any, scale: Any = 1.0, size: Any = None) -> np.ndarray:
        """Gamma with this shape and scale."""
        return self._draw("gamma", size, shape, scale)

    def poisson(self, mean: Any, size: Any) -> np.ndarray:
        """Poisson with this mean."""
        return self._draw("poisson", size, mean)

    def choice(self, values: Any, size: Any, p: Any) -> np.ndarray:
        """One of the values, with these chances."""
        place = self._draw("choice", size, len(values), p=p)
        return np.asarray(values)[place.astype("int64")]


Random = np.random.Generator | Draws


def numbers(block: int, quarter: np.ndarray) -> np.ndarray:
    """Numbers for rows that belong to a block and, in rising order, to quarters: unique in the whole company.

    A block has room for 100,000 rows a quarter, ten for each of its customers, in a hundred quarters.

    >>> numbers(0, np.array([0, 0, 2])).tolist(), numbers(1, np.array([0])).tolist()
    ([1, 2, 200001], [10000001])
    """
    _, begins, place = np.unique(quarter, return_index=True, return_inverse=True)
    count = np.arange(len(quarter)) - begins[place] if len(quarter) else np.zeros(0, dtype="int64")
    return block * 10_000_000 + np.asarray(quarter, dtype="int64") * 100_000 + count + 1
