"""What each person could gain at given prices, over all admissible pairs: for the checker, written without the kernel.

Works occupation by occupation in NumPy, with the words of the problem as 0/1 matrices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.matching.problem import MatchingProblem, Person, Vacancy
from paotui.planning.plane import Point

Array = NDArray[Any]
AT_ONCE = 1_000_000  # pairs looked at in one step


def gains(problem: MatchingProblem, prices: Array) -> tuple[Array, Array]:
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
    special = _special(problem)
    for occupation, vacancies in offered.items():
        for people, ranks in _portions(wanting[occupation], len(vacancies)):
            admissible, worth = _block(problem, people, ranks, vacancies, special)
            gain = np.where(admissible, worth - prices[vacancies], 0)
            most[people] = np.maximum(most[people], gain.max(axis=1))
            number[people] += admissible.sum(axis=1)
    return most, number


def _portions(wanting: Sequence[tuple[int, int]], vacancies: int) -> Iterator[tuple[Array, Array]]:
    step = max(1, AT_ONCE // vacancies)
    for first in range(0, len(wanting), step):
        rows = np.array(wanting[first : first + step], np.int64)
        yield rows[:, 0], rows[:, 1]


def _special(problem: MatchingProblem) -> dict[int, list[tuple[int, int]]]:
    """Return by person what concerns single pairs: (vacancy, points), points −1 for an exclusion."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, person in enumerate(problem.people):
        for rank, wish in enumerate(person.wishes, start=1):
            found[row].append((problem.vacancy_of[wish], problem.weights.wish // rank))
    for one in problem.excluded:
        found[problem.person_of[one.person]].append((problem.vacancy_of[one.vacancy], -1))
    return found


def _block(
    problem: MatchingProblem, rows: Array, ranks: Array, columns: list[int],
    special: dict[int, list[tuple[int, int]]],
) -> tuple[Array, Array]:  # fmt: skip
    people, vacancies = [problem.people[row] for row in rows], [problem.vacancies[column] for column in columns]
    weights = problem.weights
    far = _distances(problem, people, vacancies)
    over = _column(one.wage for one in vacancies)[None, :] - _column(one.wage for one in people)[:, None]
    starts = _column(one.start.toordinal() if one.start else 10**7 for one in vacancies)
    ready = _column(one.available.toordinal() if one.available else 0 for one in people)
    limits = _column(10**9 if one.farthest is None else one.farthest for one in people)
    admissible = (over >= 0) & (far <= limits[:, None]) & (starts[None, :] >= ready[:, None])
    skills, needed = _words([one.skills for one in people], [one.skills for one in vacancies])
    admissible &= skills @ needed.T >= needed.sum(axis=1)
    refused, there = _words([one.refuses for one in people], [one.conditions for one in vacancies])
    admissible &= refused @ there.T == 0
    accepts, shift = _words([one.shifts for one in people], [[one.shift] if one.shift else [] for one in vacancies])
    any_shift = np.array([not one.shifts for one in people])
    admissible &= any_shift[:, None] | (accepts @ shift.T >= shift.sum(axis=1))
    has, welcome = _words([one.skills for one in people], [one.welcome for one in vacancies])
    worth = (weights.placed + _waited(problem, people) - weights.preference * ranks)[:, None] + (
        weights.wage * np.minimum(over, weights.wage_most) // 100
        - weights.distance * far // 1000
        + weights.welcome * (has @ welcome.T).astype(np.int64)
    )
    place = {column: number for number, column in enumerate(columns)}
    for number, row in enumerate(rows.tolist()):
        for column, points in special.get(row, ()):
            if column in place and points < 0:
                admissible[number, place[column]] = False
            elif column in place:
                worth[number, place[column]] += points
    return admissible, np.maximum(worth, 1)


def _waited(problem: MatchingProblem, people: Sequence[Person]) -> Array:
    days = _column((problem.on - one.waiting_since).days if one.waiting_since else 0 for one in people)
    return problem.weights.waiting * np.minimum(np.maximum(days, 0) // 30, problem.weights.waiting_most)


def _distances(problem: MatchingProblem, people: Sequence[Person], vacancies: Sequence[Vacancy]) -> Array:
    (x, y, here), (to_x, to_y, there) = _plane(problem, people), _plane(problem, vacancies)
    squares = (x[:, None] - to_x[None, :]) ** 2 + (y[:, None] - to_y[None, :]) ** 2
    roots = np.sqrt(squares.astype(np.float64)).astype(np.int64)
    return np.where(here[:, None] & there[None, :], roots, 0)


def _plane(problem: MatchingProblem, things: Sequence[Person] | Sequence[Vacancy]) -> tuple[Array, Array, Array]:
    points: list[Point | None] = [one.at for one in things]
    both = np.array([problem.plane.spot(point) if point else (0, 0) for point in points], np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1], np.array([point is not None for point in points], bool)


def _words(rows: Sequence[Iterable[str]], columns: Sequence[Iterable[str]]) -> tuple[Array, Array]:
    """Return 0/1 matrices over the words of `columns`."""
    known = {word: number for number, word in enumerate(sorted({word for words in columns for word in words}))}
    return _matrix(rows, known), _matrix(columns, known)


def _matrix(rows: Sequence[Iterable[str]], known: dict[str, int]) -> Array:
    made = np.zeros((len(rows), max(1, len(known))), np.float32)
    for number, words in enumerate(rows):
        made[number, [known[word] for word in words if word in known]] = 1
    return made


def _column(numbers: Iterable[int]) -> Array:
    return np.fromiter(numbers, np.int64)
