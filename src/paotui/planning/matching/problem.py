"""People looking for work, vacancies with seats, and what a placement is worth: the problem as JSON says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from paotui.planning import assigning, reading
from paotui.planning.assigning import unknown
from paotui.planning.faults import Fault, fault, twice
from paotui.planning.plane import Middle, Plane, Point

Points = Annotated[int, Field(ge=0, le=1_000_000)]
Yuan = Annotated[int, Field(ge=0, le=1_000_000)]
Words = tuple[str, ...]
MOST_SHIFTS = 64  # bits of a mask


class Person(reading.Model):
    """Somebody looking for work 求职者; wages are yuan a month, distances metres."""

    id: str = Field(min_length=1)
    name: str = ""
    occupations: Words = Field(min_length=1)  # in order of preference
    skills: Words = ()
    wage: Yuan = 0  # the least that is accepted
    shifts: Words = ()  # accepted ones; none named: any
    at: Point | None = None
    farthest: int | None = Field(None, ge=0, le=1_000_000)
    available: dt.date | None = None
    refuses: Words = ()  # conditions of work
    waiting_since: dt.date | None = None
    wishes: Words = ()  # vacancies by id, in order of preference


class Vacancy(reading.Model):
    """A vacancy 岗位 with so many seats, filled by one person each."""

    id: str = Field(min_length=1)
    name: str = ""
    occupation: str = Field(min_length=1)
    seats: int = Field(1, ge=0, le=1_000_000)
    skills: Words = ()  # all of them required
    welcome: Words = ()  # worth points where present
    wage: Yuan = 0
    shift: str | None = None
    at: Point | None = None
    start: dt.date | None = None  # the latest day to begin
    conditions: Words = ()


class Exclusion(reading.Model):
    """A pair that must not be made, with the reason shown to whoever asks."""

    person: str
    vacancy: str
    reason: str = Field(min_length=1)


class Weights(reading.Model):
    """What a placement is worth, in points; the worth of an admissible pair is at least 1.

    worth = placed − preference × rank of the occupation + wage × min(offered − least, wage_most) / 100
            − distance × metres / 1000 + welcome × welcome skills present + waiting × months waited (at most
            waiting_most) + wish / rank of the vacancy among the wishes; each quotient rounded down.
    """

    placed: Points = 1000
    preference: Points = 60
    wage: Points = 4
    wage_most: Yuan = 3000
    distance: Points = 10
    welcome: Points = 30
    waiting: Points = 15
    waiting_most: int = Field(12, ge=0, le=1200)
    wish: Points = 120


class MatchingProblem(reading.Model):
    kind: Literal["matching"] = "matching"
    name: str = ""
    on: dt.date  # waiting is counted up to this day
    people: tuple[Person, ...]
    vacancies: tuple[Vacancy, ...]
    excluded: tuple[Exclusion, ...] = ()
    weights: Weights = Weights()

    @cached_property
    def person_of(self) -> dict[str, int]:
        return {person.id: number for number, person in enumerate(self.people)}

    @cached_property
    def vacancy_of(self) -> dict[str, int]:
        return {vacancy.id: number for number, vacancy in enumerate(self.vacancies)}

    @cached_property
    def excluded_why(self) -> dict[tuple[str, str], str]:
        return {(one.person, one.vacancy): one.reason for one in self.excluded}

    @cached_property
    def plane(self) -> Plane:
        return Middle([*(one.at for one in self.people), *(one.at for one in self.vacancies)]).plane


def _faults(problem: MatchingProblem) -> Iterable[Fault]:
    yield from twice("people", [person.id for person in problem.people])
    yield from twice("vacancies", [vacancy.id for vacancy in problem.vacancies])
    for number, person in enumerate(problem.people):
        yield from faults_of(person, f"people[{number}]", problem.vacancy_of)
    yield from too_many_shifts(shifts_in(problem.people, problem.vacancies))
    for number, exclusion in enumerate(problem.excluded):
        if exclusion.person not in problem.person_of:
            yield unknown(f"excluded[{number}].person", exclusion.person)
        if exclusion.vacancy not in problem.vacancy_of:
            yield unknown(f"excluded[{number}].vacancy", exclusion.vacancy)


def faults_of(person: Person, path: str, vacancies: Container[str]) -> Iterable[Fault]:
    """What is wrong with a person beyond the form: something twice, wishes for vacancies that do not exist."""
    for key in ("occupations", "wishes"):
        named = getattr(person, key)
        if len(set(named)) < len(named):
            yield fault(
                f"{path}.{key}", zh="有一项写了两次。请只留一个。", en="something is named twice. Keep one."
            )  # fmt: skip
    for rank, wish in enumerate(person.wishes):
        if wish not in vacancies:
            yield unknown(f"{path}.wishes[{rank}]", wish)


def shifts_in(people: Iterable[Person], vacancies: Iterable[Vacancy]) -> set[str]:
    """Return the names of shifts in use."""
    return {word for one in people for word in one.shifts} | {one.shift for one in vacancies if one.shift}


def too_many_shifts(shifts: set[str]) -> Iterable[Fault]:
    if len(shifts) > MOST_SHIFTS:
        yield fault(
            "vacancies",
            zh=f"班次名称有 {len(shifts)} 种，最多 {MOST_SHIFTS} 种。请统一写法。",
            en=f"there are {len(shifts)} different shifts, {MOST_SHIFTS} is the most. Write equal ones alike.",
        )


def read_problem(data: bytes, name: str = "") -> MatchingProblem:
    """Return the problem written as JSON; raises ProblemError with every fault found."""
    return assigning.read(MatchingProblem, data, _faults)
