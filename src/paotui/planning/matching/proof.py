"""What each person could gain at given prices, over all admissible pairs: for the checker, written without the kernel.

Works occupation by occupation in NumPy. In each block of people and vacancies, what is plain to see (wage, start,
shift, distance) is ruled out in narrow numbers at once; the few pairs left are judged in full.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.matching.judging import FOREVER, Columns
from paotui.planning.matching.problem import MatchingProblem

Array = NDArray[Any]
AT_ONCE = 1 << 17  # pairs looked at in one step: what a processor keeps at hand
NARROW = 100_000_000.0  # metres beyond all distances


def gains(problem: MatchingProblem, columns: Columns, prices: Array) -> tuple[Array, Array]:
    """Return for each person the most of worth − price over admissible vacancies with seats, and how many there are.

    Never below 0: staying without a place gains nothing.
    """
    most, number = np.zeros(len(problem.people), np.int64), np.zeros(len(problem.people), np.int64)
    wanting: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, person in enumerate(problem.people):
        for rank, occupation in enumerate(person.occupations):
            wanting[occupation].append((row, rank))
    offered: dict[str, list[int]] = defaultdict(list)
    for row, vacancy in enumerate(problem.vacancies):
        if vacancy.seats:
            offered[vacancy.occupation].append(row)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for occupation, rows in offered.items():
            if wanted := wanting.get(occupation):
                trade = _Trade(columns, np.array(rows, np.int64), prices)
                for people, gain, count in trade.best_of(np.array(wanted, np.int64), threads):
                    most[people] = np.maximum(most[people], gain)
                    number[people] += count
    return most, number


class _Trade:
    """The vacancies of one occupation, in narrow numbers."""

    def __init__(self, columns: Columns, vacancies: Array, prices: Array) -> None:
        self._columns, self._vacancies, self._prices = columns, vacancies, prices
        self._offered, self._begins = _narrow(columns.offered[vacancies]), _narrow(columns.begins[vacancies])
        self._shift = columns.shift[vacancies, 0]
        self._x = columns.to_x[vacancies].astype(np.float32)
        self._y = columns.to_y[vacancies].astype(np.float32)
        self._nowhere = ~columns.there[vacancies]

    def best_of(self, wanted: Array, threads: ThreadPoolExecutor) -> Iterator[tuple[Array, Array, Array]]:
        """Yield people, the most that each gains, and over how many vacancies; `wanted`: rows of people, and ranks."""
        step = max(1, AT_ONCE // len(self._vacancies))
        parts = [wanted[first : first + step].T for first in range(0, len(wanted), step)]
        found = threads.map(lambda part: self._best(*part), parts)
        for (people, _), (gain, count) in zip(parts, found, strict=True):
            yield people, gain, count

    def _best(self, people: Array, ranks: Array) -> tuple[Array, Array]:
        at, which = np.nonzero(self._perhaps(people))
        rows, columns = people[at], self._vacancies[which]
        admissible, worth = self._columns.judge(rows, columns, ranks[at])
        gain = np.where(admissible, worth - self._prices[columns], 0)
        most, count = np.zeros(len(people), np.int64), np.bincount(at, admissible, len(people)).astype(np.int64)
        has = np.flatnonzero(np.bincount(at, minlength=len(people)))
        if len(has):
            most[has] = np.maximum(np.maximum.reduceat(gain, np.searchsorted(at, has)), 0)
        return most, count

    def _perhaps(self, people: Array) -> Array:
        """Return [people, vacancies]: False only where wage, start, shift or distance rule the pair out."""
        one = self._columns
        perhaps = _narrow(one.wage[people])[:, None] <= self._offered
        perhaps &= _narrow(one.ready[people])[:, None] <= self._begins
        perhaps &= (one.accepted[people, :1] & self._shift) != 0
        known = one.here[people] & (one.farthest[people] < FOREVER)
        if known.any():
            reach = np.where(known, one.farthest[people] * 1.001 + 2, NARROW).astype(np.float32) ** 2
            apart = one.x[people].astype(np.float32)[:, None] - self._x
            apart *= apart
            north = one.y[people].astype(np.float32)[:, None] - self._y
            apart += np.multiply(north, north, out=north)
            apart[:, self._nowhere] = 0
            perhaps &= apart <= reach[:, None]
        return perhaps


def _narrow(numbers: Array) -> Array:
    return numbers.astype(np.int32)
