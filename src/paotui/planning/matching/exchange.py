"""The exchange where people and vacancies meet: kept in memory, it is matched anew within a moment after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from paotui.planning.faults import Fault, ProblemError, fault, twice
from paotui.planning.matching.plan import MatchingParams, MatchingPlan
from paotui.planning.matching.problem import (
    MatchingProblem,
    Person,
    Vacancy,
    faults_of,
    shifts_in,
    too_many_shifts,
)
from paotui.planning.matching.standing import Standing
from paotui.planning.matching.tables import Array, Tables, setting_of, tabulate
from paotui.planning.plane import Middle

Asked = Callable[[int], bool]
NOBODY = Person.model_construct(id="", occupations=())  # in the row of somebody who has left


class Exchange:
    """Tables and the market of one problem, and whoever has come, changed or left since.

    People start with their best vacancies only. Whenever prices make another one better for somebody than their
    rent, it joins and the market is repaired; when none does, the prices prove the matching best over all
    admissible pairs, not only over those looked at.
    """

    tables: Tables
    market: Standing

    def __init__(self, problem: MatchingProblem, params: MatchingParams | None = None) -> None:
        self.params = params or MatchingParams()
        self._start: MatchingPlan | None = None
        self._open(problem)

    def _open(self, problem: MatchingProblem) -> None:
        self._given, self._gone = problem, 0
        self._now: MatchingProblem | None = problem  # None after a change, until somebody asks
        self.people, self.vacancies = [*problem.people], [*problem.vacancies]
        self.person_row, self.setting = dict(problem.person_of), setting_of(problem)
        self.vacancy_row = self.setting.vacancy_row
        self._middle = Middle([*(one.at for one in self.people), *(one.at for one in self.vacancies)])
        self.tables, self._matched = tabulate(problem, self.setting), False

    def begin_from(self, plan: MatchingPlan) -> None:
        """Start from the prices and placements of a plan for a problem much like this one."""
        self._start, self._matched = plan, False

    @property
    def problem(self) -> MatchingProblem:
        """The problem as it stands: after changes another than the one given."""
        if self._now is None:
            people = tuple(one for one in self.people if one is not NOBODY)
            known = {one.id for one in people}
            self._now = MatchingProblem.model_construct(
                name=self._given.name, on=self._given.on, weights=self._given.weights, people=people,
                vacancies=tuple(self.vacancies),
                excluded=tuple(one for one in self._given.excluded if one.person in known),
            )  # fmt: skip
        return self._now

    @property
    def present(self) -> Array:
        """Which rows of people are people."""
        return np.array([one is not NOBODY for one in self.people], bool)

    @property
    def proven(self) -> bool:
        return self.market.proven

    def match(self, stop: Asked | None = None) -> Standing:
        """Return the market matched until proven, or stopped."""
        if not self._matched:
            price, place = self._begun() if self._start else (None, None)
            self.market, self._matched = Standing(self.tables, self.params.each, price, place), True
        self.market.settle(self.params.rounds, stop)
        return self.market

    def rematch(
        self, people: Sequence[Person] = (), *, left: Iterable[str] = (), vacancies: Sequence[Vacancy] = (),
        stop: Asked | None = None,
    ) -> Standing:  # fmt: skip
        """Return the market after a change: people who came or changed, ids of those who `left`, vacancies that came
        or changed (0 seats: withdrawn). Proven again unless stopped; ProblemError, and nothing changed, for bad ones.
        """
        left = [*left]
        if faults := [*self._faults(people, left, vacancies)]:
            raise ProblemError(faults)
        which = self._rows_of_vacancies(vacancies)
        who = self._rows_of_people(people, left)
        self._now = None
        if self._middle.plane != self.setting.plane or 2 * self._gone > len(self.people):
            # So much has moved that distances are measured anew, or too many rows are empty.
            self._open(self.problem)
            return self.match(stop)
        if self._matched:
            self.market.change(who, which)
        return self.match(stop)

    def worth(self) -> int:
        return int(self.market.worth.sum())

    def bound(self) -> int:
        """Return what no matching can exceed; over the pairs looked at, unless `proven`."""
        return int(self.market.rent.sum() + (self.tables.seats * self.market.price).sum())

    def pairs(self) -> tuple[Array, Array, Array]:
        """Return rows of people, rows of vacancies, worth; by person."""
        rows = np.flatnonzero(self.market.place >= 0)
        return rows, self.market.place[rows], self.market.worth[rows]

    def _begun(self) -> tuple[Array, Array]:
        assert self._start is not None
        price, place = np.zeros(len(self.vacancies), np.int64), np.full(len(self.people), -1, np.int32)
        for name, points in self._start.prices.items():
            if name in self.vacancy_row:
                price[self.vacancy_row[name]] = points
        for one in self._start.placements:
            if one.person in self.person_row and one.vacancy in self.vacancy_row:
                place[self.person_row[one.person]] = self.vacancy_row[one.vacancy]
        return price, place

    def _faults(self, people: Sequence[Person], left: Sequence[str], vacancies: Sequence[Vacancy]) -> Iterable[Fault]:
        yield from twice("people", [one.id for one in people])
        yield from twice("vacancies", [one.id for one in vacancies])
        known = {*self.vacancy_row, *(one.id for one in vacancies)}
        for number, person in enumerate(people):
            yield from faults_of(person, f"people[{number}]", known)
        not_leaving = {one.id for one in people}
        for number, name in enumerate(left):
            row = self.person_row.get(name)
            if row is None or self.people[row] is NOBODY or name in not_leaving:
                yield fault(
                    f"left[{number}]", zh=f"“{name}”不在其中，或同时又来。请改正编号。",
                    en=f'"{name}" is not here, or is named twice. Correct the id.',
                )  # fmt: skip
            not_leaving.add(name)
        yield from too_many_shifts({*self.tables.words.shifts.known} | shifts_in(people, vacancies))

    def _rows_of_people(self, people: Sequence[Person], left: Sequence[str]) -> Array:
        put: dict[int, Person] = {}
        for name in left:
            row = self.person_row[name]  # kept, with the exclusions, for who may come back
            self._middle.add(self.people[row].at, -1)
            self.people[row] = put[row] = NOBODY
            self._gone += 1
        for one in people:
            row = self.person_row.setdefault(one.id, len(self.people))
            if row == len(self.people):
                self.people.append(one)
            else:
                self._middle.add(self.people[row].at, -1)
                self._gone -= self.people[row] is NOBODY
                self.people[row] = one
            self._middle.add(one.at)
            put[row] = one
        rows = np.array(sorted(put), np.int64)
        if put:
            self.tables.put_people(rows, [put[row] for row in rows.tolist()], self.setting)
        return rows

    def _rows_of_vacancies(self, vacancies: Sequence[Vacancy]) -> Array:
        """Put vacancies into their rows; return the rows of those of which more than the seats has changed."""
        put: dict[int, Vacancy] = {}
        others = []
        for one in vacancies:
            row = self.vacancy_row.setdefault(one.id, len(self.vacancies))
            if row == len(self.vacancies):
                self.vacancies.append(one)
            else:
                old, self.vacancies[row] = self.vacancies[row], one
                self._middle.add(old.at, -1)
                if old.model_copy(update={"seats": one.seats, "name": one.name}) != one:
                    others.append(row)
            self._middle.add(one.at)
            put[row] = one
        rows = np.array(sorted(put), np.int64)
        if put:
            self.tables.put_vacancies(rows, [put[row] for row in rows.tolist()], self.setting)
        return np.array(sorted(others), np.int64)
