"""Judged in bulk, every pair is what it is judged one by one; gains are the best of them."""

from __future__ import annotations

import numpy as np
import pytest

from paotui.planning.matching import conditions
from paotui.planning.matching.judging import Columns
from paotui.planning.matching.problem import MatchingProblem
from paotui.planning.matching.proof import gains
from tests.planning.matching.labour import drawn, market


def one_by_one(problem: MatchingProblem) -> list[tuple[int, int, int, bool, int]]:
    return [
        (
            row, column, person.occupations.index(vacancy.occupation),
            not conditions.lacking(problem, person, vacancy), conditions.worth(problem, person, vacancy),
        )
        for row, person in enumerate(problem.people)
        for column, vacancy in enumerate(problem.vacancies)
        if vacancy.occupation in person.occupations
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_pairs_in_bulk_are_judged_as_one_by_one(seed):
    problem = drawn(seed, people=40, vacancies=25)
    rows, columns, ranks, admissible, worth = map(np.array, zip(*one_by_one(problem), strict=True))
    judged, points = Columns(problem).judge(rows, columns, ranks)
    assert judged.tolist() == admissible.tolist()
    assert points[admissible].tolist() == worth[admissible].tolist()


@pytest.mark.parametrize("seed", range(6))
def test_what_somebody_gains_is_the_best_of_all_admissible_pairs(seed):
    problem = drawn(seed, people=40, vacancies=25)
    prices = np.random.default_rng(seed).integers(0, 1500, len(problem.vacancies))
    most, number = np.zeros(len(problem.people), int), np.zeros(len(problem.people), int)
    for row, column, _, admissible, worth in one_by_one(problem):
        if admissible and problem.vacancies[column].seats:
            most[row], number[row] = max(most[row], worth - prices[column]), number[row] + 1
    gained, counted = gains(problem, Columns(problem), prices)
    assert (gained.tolist(), counted.tolist()) == (most.tolist(), number.tolist())


def test_words_beyond_the_first_sixty_four_count_as_well():
    words = [f"s{n}" for n in range(100)]
    problem = market(
        [{"id": "all", "skills": words}, {"id": "but one", "skills": words[:97] + words[98:]}],
        [{"id": "v", "skills": words[:60], "welcome": words[90:]}, {"id": "w", "skills": [words[97]]}],
    )
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    judged, points = Columns(problem).judge(rows, columns, np.zeros(4, int))
    assert judged.tolist() == [True, True, True, False]
    assert points[0] - points[2] == problem.weights.welcome
