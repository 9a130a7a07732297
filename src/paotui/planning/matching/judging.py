"""Pairs judged in bulk, for the checker: written without the kernel, from columns made of the problem once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.matching.problem import MatchingProblem, Person, Vacancy
from paotui.planning.plane import Point

Array = NDArray[Any]
Words = Sequence[str]
FOREVER = 2**31 - 1


class Columns:
    """One row a person, one row a vacancy; sets of words as bits, [rows, 64-bit words]."""

    def __init__(self, problem: MatchingProblem) -> None:
        people, vacancies, self.weights = problem.people, problem.vacancies, problem.weights
        self.wage, self.offered = column(one.wage for one in people), column(one.wage for one in vacancies)
        self.ready = column(one.available.toordinal() if one.available else 0 for one in people)
        self.begins = column(one.start.toordinal() if one.start else FOREVER for one in vacancies)
        self.farthest = column(FOREVER if one.farthest is None else one.farthest for one in people)
        self.seats = column(one.seats for one in vacancies)
        self.x, self.y, self.here = _places(problem, people)
        self.to_x, self.to_y, self.there = _places(problem, vacancies)
        self.needed, self.welcome, self.skills = _bits(
            [one.skills for one in vacancies], [one.welcome for one in vacancies], [one.skills for one in people]
        )
        self.conditions, self.refused = _bits([one.conditions for one in vacancies], [one.refuses for one in people])
        self.shift, self.accepted = _bits(
            [(one.shift,) if one.shift else () for one in vacancies], [one.shifts for one in people]
        )
        for mask in (self.shift, self.accepted):
            mask[~mask.any(axis=1)] = ~np.uint64(0)  # none named: any
        self.base = self.weights.placed + self.weights.waiting * _months_waited(problem)
        self._excluded = _Singled(problem, ((one.person, one.vacancy, 0) for one in problem.excluded))
        wish = self.weights.wish
        self._wished = _Singled(problem, (
            (one.id, name, wish // rank) for one in people for rank, name in enumerate(one.wishes, start=1)
        ))  # fmt: skip

    def judge(self, rows: Array, columns: Array, ranks: Array) -> tuple[Array, Array]:
        """Return whether each pair of a person and a vacancy may be made, and its worth.

        `ranks`: of the vacancy's occupation among those the person wants, from 0.
        """
        far, over = self.metres(rows, columns), self.offered[columns] - self.wage[rows]
        admissible = (over >= 0) & (far <= self.farthest[rows]) & (self.begins[columns] >= self.ready[rows])
        admissible &= ~_common(self.needed[columns], ~self.skills[rows])
        admissible &= ~_common(self.conditions[columns], self.refused[rows])
        admissible &= _common(self.shift[columns], self.accepted[rows])
        worth = self.base[rows] - self.weights.preference * ranks - self.weights.distance * far // 1000
        worth += self.weights.wage * np.minimum(over, self.weights.wage_most) // 100
        worth += self.weights.welcome * np.bitwise_count(self.welcome[columns] & self.skills[rows]).sum(
            axis=1, dtype=np.int64
        )
        which, points = self._wished.among(rows, columns)
        worth[which] += points
        admissible[self._excluded.among(rows, columns)[0]] = False
        return admissible, np.maximum(worth, 1)

    def metres(self, rows: Array, columns: Array) -> Array:
        squares = (self.x[rows] - self.to_x[columns]) ** 2 + (self.y[rows] - self.to_y[columns]) ** 2
        return np.where(self.here[rows] & self.there[columns], np.sqrt(squares).astype(np.int64), 0)


class _Singled:
    """Points of single pairs."""

    def __init__(self, problem: MatchingProblem, pairs: Iterable[tuple[str, str, int]]) -> None:
        self._vacancies = len(problem.vacancies)
        points = {
            problem.person_of[person] * self._vacancies + problem.vacancy_of[vacancy]: number
            for person, vacancy, number in pairs
        }
        self._pairs = np.array(sorted(points), np.int64)
        self._points = column(points[pair] for pair in self._pairs.tolist())
        self._has = np.zeros(len(problem.people), bool)
        if points:
            self._has[self._pairs // self._vacancies] = True

    def among(self, rows: Array, columns: Array) -> tuple[Array, Array]:
        """Return which of the pairs these are, and their points."""
        which = np.flatnonzero(self._has[rows])
        asked = rows[which] * self._vacancies + columns[which]
        at = np.searchsorted(self._pairs, asked)
        hit = at < len(self._pairs)
        hit[hit] = self._pairs[at[hit]] == asked[hit]
        return which[hit], self._points[at[hit]]


def column(numbers: Iterable[int]) -> Array:
    return np.fromiter(numbers, np.int64)


def _common(one: Array, other: Array) -> Array:
    return np.asarray((one & other).any(axis=1))


def _months_waited(problem: MatchingProblem) -> Array:
    today = problem.on.toordinal()
    days = column(today - one.waiting_since.toordinal() if one.waiting_since else 0 for one in problem.people)
    return np.minimum(np.maximum(days, 0) // 30, problem.weights.waiting_most)


def _places(problem: MatchingProblem, things: Sequence[Person] | Sequence[Vacancy]) -> tuple[Array, Array, Array]:
    points: list[Point | None] = [one.at for one in things]
    here = np.array([point is not None for point in points], bool)
    degrees = np.fromiter((part for point in points if point for part in (point.lon, point.lat)), float).reshape(-1, 2)
    x, y = np.zeros(len(points), np.int64), np.zeros(len(points), np.int64)
    x[here], y[here] = problem.plane.spots(degrees)
    return x, y, here


def _bits(*sides: Sequence[Words]) -> list[Array]:
    """Return each side's sets of words as bits, with the same bit for the same word."""
    kinds: list[dict[Words, int]] = [{} for _ in sides]  # few sets differ
    which = [column(seen.setdefault(one, len(seen)) for one in side) for seen, side in zip(kinds, sides, strict=True)]
    known = {word: n for n, word in enumerate(sorted({word for seen in kinds for words in seen for word in words}))}
    wide = len(known) // 64 + 1
    made = []
    for seen, rows in zip(kinds, which, strict=True):
        bits = np.zeros((len(seen), wide), np.uint64)
        for words, row in seen.items():
            for word in words:
                bits[row, known[word] // 64] |= np.uint64(1 << known[word] % 64)
        made.append(bits[rows])
    return made
