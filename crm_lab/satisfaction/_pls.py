"""PLS path modelling, as in the American and European customer satisfaction indices, on the items' covariances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np
import pandas as pd

from crm_lab.base.arguments import whole
from crm_lab.base.errors import InputError, one_of
from crm_lab.base.text import _
from crm_lab.satisfaction._estimate import item_frame

TOLERANCE, MOST = 1e-8, 1000
SCHEMES = ("centroid", "factorial", "path")


@dataclass(frozen=True)
class _Design:
    """Which item is in which block, which block leads to which, and how all of it is to be estimated."""

    names: list[str]
    items: list[str]
    member: np.ndarray  # items × blocks, 0 or 1
    links: np.ndarray  # from × to, 0 or 1
    mode_b: np.ndarray  # by block
    scheme: str


class PathModel:
    """An estimated path model. Indexes are names of blocks and items.

    paths, total, indirect   path coefficients, total and indirect effects: from × to
    r2                       share of the variance explained, of the blocks that something leads to
    weights, raw_weights     of the items: for standardised items; for the items as answered, divided by their sum
    loadings, scores         correlation of an item with its block; standardised scores, one row a person
    ave, composite_reliability   by block; of single items 1
    gof                      √(mean communality of the blocks of several items, each item counting once × mean R²)
    iterations, n, missing   steps taken; rows used and left out
    """

    def __init__(self, frame: pd.DataFrame, design: _Design, scaled: bool, missing: int) -> None:
        self._design, self._scaled, self._frame = design, scaled, frame
        self.n, self.missing = len(frame), missing
        centred = (frame - frame.mean()).to_numpy()
        self._data = centred / centred.std(axis=0) if scaled else centred
        covariance = self._data.T @ self._data / self.n
        weights, self.iterations = _weights(covariance, design)
        self._fill(covariance, weights)
        self.scores = pd.DataFrame(self._data @ weights, frame.index, design.names)

    def _fill(self, covariance: np.ndarray, weights: np.ndarray) -> None:
        design, spread = self._design, np.sqrt(np.diag(covariance))
        between = weights.T @ covariance @ weights
        paths, explained = _regressions(between, design.links)
        loadings = (covariance @ weights / spread[:, None])[design.member.astype(bool)]
        own = weights.sum(axis=1)
        raw = pd.Series(own / (self._frame.std(ddof=0).to_numpy() if self._scaled else 1), design.items)
        sums = raw.groupby(design.member.argmax(axis=1)).transform("sum") if len(raw) else raw
        self.weights, self.raw_weights = pd.Series(own * spread, design.items), raw / sums
        self.loadings = pd.Series(loadings, design.items)
        self.paths = _square(paths, design)
        self.total = _square(np.linalg.inv(np.eye(len(paths)) - paths) - np.eye(len(paths)), design)
        self.indirect = self.total - self.paths
        self.r2 = pd.Series(explained, design.names).loc[design.links.any(axis=0).tolist()]
        self._quality(loadings)

    def _quality(self, loadings: np.ndarray) -> None:
        member, size = self._design.member, self._design.member.sum(axis=0)
        common, total = loadings**2 @ member, loadings @ member
        self.ave = pd.Series(common / size, self._design.names)
        self.composite_reliability = pd.Series(total**2 / (total**2 + size - common), self._design.names)
        several = member @ (size > 1) if (size > 1).any() else member.any(axis=1)
        communality = (loadings**2)[several.astype(bool)].mean()
        self.gof = float(np.sqrt(communality * self.r2.mean()))

    def index(self, block: str, low: float = 1, high: float = 10) -> pd.Series:
        """The score of a block for each person from 0 to 100, with raw weights: the index of the ACSI.

        block      its name
        low, high  ends of the items' scale

        >>> data = pd.DataFrame({"a": [1, 4, 7, 10], "b": [2, 1, 4, 3]})
        >>> model = pls_path_model(data, {"cause": ["a"], "effect": ["b"]}, [("cause", "effect")])
        >>> model.index("cause").round().tolist()
        [0.0, 33.0, 67.0, 100.0]
        """
        one_of("block", block, self._design.names)
        own = [i for i, column in zip(self._design.items, self._design.member, strict=True) if column[self._at(block)]]
        return (100 * (self._frame[own] @ self.raw_weights[own] - low) / (high - low)).rename(block)

    def _at(self, block: str) -> int:
        return self._design.names.index(block)

    def bootstrap(self, n: int = 200, seed: int = 0) -> pd.DataFrame:
        """Path coefficients of `n` samples drawn from the people with replacement.

        Returns, by (from, to): value, mean, standard_error, low, high (2.5 and 97.5 % of the samples).

        >>> data = pd.DataFrame({"a": [1, 4, 7, 10], "b": [2, 1, 4, 3]})
        >>> model = pls_path_model(data, {"cause": ["a"], "effect": ["b"]}, [("cause", "effect")])
        >>> model.bootstrap(20, seed=1).loc[("cause", "effect"), "value"].round(2)
        np.float64(0.6)
        """
        rng, drawn = np.random.default_rng(seed), []
        for _sample in range(whole(n, "n", 2)):
            rows = self._data[rng.integers(0, self.n, self.n)]
            rows = rows - rows.mean(axis=0)
            spread = rows.std(axis=0)
            if (spread == 0).any():
                continue  # a sample in which nobody differs tells nothing
            rows = rows / spread if self._scaled else rows
            covariance = rows.T @ rows / self.n
            weights, _steps = _weights(covariance, self._design)
            drawn.append(_regressions(weights.T @ covariance @ weights, self._design.links)[0])
        return self._summary(np.array(drawn))

    def _summary(self, drawn: np.ndarray) -> pd.DataFrame:
        at, names = np.nonzero(self._design.links), self._design.names
        samples = drawn[:, at[0], at[1]]
        index = pd.MultiIndex.from_arrays([np.take(names, at[0]), np.take(names, at[1])], names=["from", "to"])
        low, high = np.quantile(samples, [0.025, 0.975], axis=0)
        value, error = self.paths.to_numpy()[at], samples.std(axis=0, ddof=1)
        parts = {"value": value, "mean": samples.mean(axis=0), "standard_error": error, "low": low, "high": high}
        return pd.DataFrame(parts, index)


def pls_path_model(
    data: pd.DataFrame,
    blocks: Mapping[str, Sequence[str]],
    paths: Sequence[tuple[str, str]],
    scheme: str = "centroid",
    scaled: bool = True,
    modes: Mapping[str, str] | None = None,
) -> PathModel:
    """Estimate a path model between blocks of questions by partial least squares (PLS).

    data    one row a person; rows with a missing answer to a question used are left out
    blocks  columns of each block (latent variable)
    paths   pairs (from, to); no circle
    scheme  how neighbours count for the inner estimate: "centroid" (the sign of their correlation), "factorial" (the
            correlation), "path" (regression on those before, correlation with those after)
    scaled  True: items are standardised (population SD); False: only centred
    modes   "A" (items reflect the block) or "B" (items form it) by block; A where not given

    A block's score is the weighted sum of its items. Repeat until the weights stand still: (1) each block's inner
    estimate is the sum of its neighbours' scores times the inner weights; (2) an item's new weight is its covariance
    with that (A), or its coefficient in a regression on the block's items (B); (3) scores are given variance 1.
    Then least squares along the arrows. Signs make the sum of a block's loadings positive.
    Raises InputError for unknown names, circles, constant or collinear items, and weights that never stand still.
    Source: M. Tenenhaus, V. Esposito Vinzi, Y.-M. Chatelin & C. Lauro (2005), Computational Statistics & Data Analysis
    48(1), 159–205; H. Wold (1982).

    >>> data = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 3, 5], "c": [2, 1, 4, 3]})
    >>> model = pls_path_model(data, {"cause": ["a", "b"], "effect": ["c"]}, [("cause", "effect")])
    >>> model.paths.loc["cause", "effect"].round(3)
    np.float64(0.588)
    """
    design = _design(blocks, paths, scheme, modes or {})
    lacking = [item for item in design.items if item not in data]
    if lacking:
        raise InputError(_("data has no column {item!r}. Correct blocks.").format(item=lacking[0]))
    frame = item_frame(data[design.items], "data")
    for item in design.items:
        if frame[item].nunique() == 1:
            text = _("data, {item}: everybody gives the same answer. Leave this item out of its block.")
            raise InputError(text.format(item=item))
    return PathModel(frame, design, scaled, len(data) - len(frame))


def _design(
    blocks: Mapping[str, Sequence[str]], paths: Sequence[tuple[str, str]], scheme: str, modes: Mapping[str, str]
) -> _Design:
    one_of("scheme", scheme, SCHEMES)
    names, items = list(blocks), [item for block in blocks.values() for item in block]
    doubled = [item for item in items if items.count(item) > 1]
    if doubled or not all(len(block) for block in blocks.values()):
        raise InputError(_("blocks: each block needs an item, and no item may stand twice."))
    for name in [*modes, *(end for pair in paths for end in pair)]:
        one_of("block", name, names)
    for mode in modes.values():
        one_of("mode", mode, ("A", "B"))
    alone = set(names) - {end for pair in paths for end in pair}
    if alone:
        raise InputError(
            _("paths: nothing leads to or from {block}. Link it or leave it out.").format(block=min(alone))
        )
    _no_circle(names, paths)
    member = np.array([[item in blocks[name] for name in names] for item in items], float)
    links = np.zeros((len(names), len(names)))
    for source, target in paths:
        links[names.index(source), names.index(target)] = 1
    mode_b = np.array([modes.get(name, "A") == "B" for name in names])
    return _Design(names, items, member, links, mode_b, scheme)


def _no_circle(names: list[str], paths: Sequence[tuple[str, str]]) -> None:
    try:
        TopologicalSorter({name: [a for a, b in paths if b == name] for name in names}).prepare()
    except CycleError as error:
        raise InputError(_("paths run in a circle: {circle}. Remove one.").format(circle=error.args[1])) from error


def _weights(covariance: np.ndarray, design: _Design) -> tuple[np.ndarray, int]:
    """Weights (items × blocks) under which every score has variance 1, and the steps it took."""
    weights = _unit(design.member, covariance)
    for step in range(1, MOST + 1):
        scores = weights.T @ covariance @ weights
        outer = covariance @ weights @ _inner(scores, design)
        new = _unit(_outer(outer, covariance, design), covariance)
        if np.abs(new - weights).max() < TOLERANCE * max(1.0, np.abs(new).max()):
            sign = np.sign(((covariance @ new) * design.member / np.sqrt(np.diag(covariance))[:, None]).sum(axis=0))
            return new * np.where(sign == 0, 1, sign), step
        weights = new
    raise InputError(
        _("The weights did not stand still after {n} steps. Try another scheme, or mode A.").format(n=MOST)
    )


def _unit(weights: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    variance = np.einsum("ij,ik,kj->j", weights, covariance, weights)
    if (variance <= 1e-14).any():
        raise InputError(_("A block's score does not differ between people. Look at its items and its paths."))
    return np.asarray(weights / np.sqrt(variance))


def _inner(correlation: np.ndarray, design: _Design) -> np.ndarray:
    """Inner weights: column j says how the neighbours' scores make up the inner estimate of block j."""
    near = design.links + design.links.T
    if design.scheme == "centroid":
        return np.sign(correlation) * near
    weights = correlation * near
    if design.scheme == "path":
        weights = np.where(design.links > 0, _regressions(correlation, design.links)[0], weights)
    return weights


def _outer(outer: np.ndarray, covariance: np.ndarray, design: _Design) -> np.ndarray:
    weights = outer * design.member
    for block in np.flatnonzero(design.mode_b):
        own = design.member[:, block] > 0
        weights[own, block] = _solve(covariance[np.ix_(own, own)], outer[own, block], design.names[block])
    return weights


def _regressions(correlation: np.ndarray, links: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (from × to) of each block on those that lead to it, and R²."""
    paths = np.zeros_like(links)
    for target in np.flatnonzero(links.any(axis=0)):
        causes = links[:, target] > 0
        paths[causes, target] = _solve(correlation[np.ix_(causes, causes)], correlation[causes, target], "")
    return paths, (paths * correlation).sum(axis=0)


def _solve(matrix: np.ndarray, right: np.ndarray, block: str) -> Any:
    scale = np.sqrt(np.outer(np.diag(matrix), np.diag(matrix)))
    if np.linalg.cond(matrix / scale) > 1e10:
        if block:
            text = _("The items of {block} repeat each other (collinear). Leave one out, or use mode A.")
            raise InputError(text.format(block=block))
        raise InputError(_("Two blocks that lead to the same one repeat each other (collinear). Leave one out."))
    return np.linalg.solve(matrix, right)


def _square(values: np.ndarray, design: _Design) -> pd.DataFrame:
    return pd.DataFrame(values, pd.Index(design.names, name="from"), pd.Index(design.names, name="to"))
