"""The routes known so far as a linear programme, solved by an interior point: central prices, and soon.

min c·x, A x = b, x ≥ 0 by Mehrotra's predictor and corrector (SIAM J. Optimization 1992). Prices from the middle of the
optimal face lead column generation to its end in far fewer rounds than those of a corner (Gondzio, González-Brevis &
Munari, EJOR 2013); `gap` says how far from the end it may stop. Started again, it goes on from where it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.routes.bounding.relaxation import Floats

ROUNDS = 60
SHORT_OF_EDGE = 0.9
LEAST = 1e-2


@dataclass
class Programme:
    """Columns are added, rows too; `right` is b. Units of cost are the caller's."""

    right: list[float]
    cost: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    x: Floats = field(default_factory=lambda: np.zeros(0))
    price: Floats = field(default_factory=lambda: np.zeros(0))
    rounds: int = 0

    def add(self, cost: float, rows: list[int], values: list[float]) -> None:
        self.cost.append(cost)
        self.rows += rows
        self.values += values
        self.starts.append(len(self.rows))

    def keep(self, kept: list[bool]) -> None:
        """Forget the other columns."""
        mask = np.array(kept, bool)
        matrix = self.matrix()[:, mask]
        self.x = self.x[mask[: len(self.x)]]
        self.cost = [cost for cost, stays in zip(self.cost, kept, strict=True) if stays]
        self.rows, self.values, self.starts = (
            part.tolist() for part in (matrix.indices, matrix.data, matrix.indptr)
        )  # fmt: skip

    def matrix(self) -> Any:
        from scipy.sparse import csc_matrix  # here: it loads longer than small plans take

        shape = (len(self.right), len(self.cost))
        return csc_matrix((self.values, self.rows, self.starts), shape=shape)

    def solve(self, gap: float) -> Floats:
        """Prices of the rows, from the middle, dual feasible for the columns there are up to rounding."""
        matrix = self.matrix().tocsr()
        scale = max(1e-9, float(np.mean(np.abs(self.cost))))
        point = self._begin(matrix, np.array(self.cost) / scale)
        right = np.array(self.right, float)
        for _ in range(ROUNDS):
            if point.done(right, gap):
                break
            point.step(right)
            self.rounds += 1
        self.x, self.price = point.x, point.price * scale
        return self.price

    def _begin(self, matrix: Any, cost: Floats) -> _Point:
        known = len(self.x)
        scale = max(1e-9, float(np.mean(np.abs(self.cost))))
        price = np.zeros(len(self.right))
        price[: len(self.price)] = self.price / scale
        slack = cost - matrix.T @ price
        floor = LEAST if known else 1.0
        x = np.full(len(cost), floor if known else 0.5)
        x[:known] = np.maximum(self.x, LEAST)
        return _Point(matrix, matrix.T.tocsr(), cost, x, price, np.maximum(np.abs(slack), floor))


@dataclass
class _Point:
    matrix: Any
    across: Any
    cost: Floats
    x: Floats
    price: Floats
    slack: Floats

    def done(self, right: Floats, gap: float) -> bool:
        value, bound = float(self.cost @ self.x), float(right @ self.price)
        size = 1.0 + abs(value)
        wrong = np.abs(self.cost - self.across @ self.price - self.slack).max(initial=0.0)
        missing = np.abs(right - self.matrix @ self.x).max(initial=0.0)
        return abs(value - bound) <= gap * size and wrong <= 1e-7 and missing <= max(1e-6, 0.1 * gap)

    def step(self, right: Floats) -> None:
        missing = right - self.matrix @ self.x
        wrong = self.cost - self.across @ self.price - self.slack
        weight = self.x / self.slack
        factor = self._factor(weight)
        mean = float(self.x @ self.slack) / len(self.x)
        product = self.x * self.slack
        dx, _, ds = self._direction(factor, weight, missing, wrong, -product)
        ahead = float((self.x + _length(self.x, dx) * dx) @ (self.slack + _length(self.slack, ds) * ds)) / len(self.x)
        aim = min(1.0, (ahead / mean) ** 3) * mean
        dx, dp, ds = self._direction(factor, weight, missing, wrong, aim - product - dx * ds)
        primal, dual = _length(self.x, dx), _length(self.slack, ds)
        near = SHORT_OF_EDGE if mean > 1e-3 else 0.99
        primal, dual = min(1.0, near * primal), min(1.0, near * dual)
        self.x = self.x + primal * dx
        self.price = self.price + dual * dp
        self.slack = self.slack + dual * ds

    def _factor(self, weight: Floats) -> Any:
        from scipy.linalg import cho_factor

        normal = (self.matrix.multiply(weight[None, :]) @ self.across).toarray()
        normal[np.diag_indices_from(normal)] *= 1 + 1e-11
        normal[np.diag_indices_from(normal)] += 1e-12
        return cho_factor(normal, lower=True, overwrite_a=True, check_finite=False)

    def _direction(
        self, factor: Any, weight: Floats, missing: Floats, wrong: Floats, product: Floats
    ) -> tuple[Floats, Floats, Floats]:
        from scipy.linalg import cho_solve

        ratio = product / self.slack
        dp = cho_solve(factor, missing - self.matrix @ ratio + self.matrix @ (weight * wrong), check_finite=False)
        ds = wrong - self.across @ dp
        return ratio - weight * ds, dp, ds


def _length(at: Floats, by: NDArray[np.float64]) -> float:
    """How far one may go before something becomes zero, at most 2."""
    down = by < 0
    return min(2.0, float((-at[down] / by[down]).min(initial=2.0)))
