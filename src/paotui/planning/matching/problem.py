"""People looking for work, vacancies with seats, and what a placement is worth: the problem as JSON says it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from paotui.planning import reading
from paotui.planning.faults import Fault, ProblemError, fault, twice

Points = Annotated[int, Field(ge=0, le=1_000_000)]
Yuan = Annotated[int, Field(ge=0, le=1_000_000)]
Words = tuple[str, ...]
METRES_PER_DEGREE = 111_195  # of a great circle on a sphere of 6,371 km


class Point(reading.Model):
    """A place in degrees; distances are straight lines in a plane through the middle of the problem."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


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
    def middle(self) -> Point:
        places = [*(person.at for person in self.people), *(vacancy.at for vacancy in self.vacancies)]
        points = [point for point in places if point]
        if not points:
            return Point(lon=0, lat=0)
        lon = math.fsum(point.lon for point in points) / len(points)
        return Point(lon=lon, lat=math.fsum(point.lat for point in points) / len(points))

    def plane(self, point: Point) -> tuple[int, int]:
        """Return whole metres east and north of the middle of the problem."""
        east = (point.lon - self.middle.lon) * math.cos(math.radians(self.middle.lat)) * METRES_PER_DEGREE
        return round(east), round((point.lat - self.middle.lat) * METRES_PER_DEGREE)

    def flat(self, degrees: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the same for many points, rows of longitude and latitude."""
        east = (degrees[:, 0] - self.middle.lon) * math.cos(math.radians(self.middle.lat)) * METRES_PER_DEGREE
        return np.rint(east), np.rint((degrees[:, 1] - self.middle.lat) * METRES_PER_DEGREE)


def _faults(problem: MatchingProblem) -> Iterable[Fault]:
    yield from twice("people", [person.id for person in problem.people])
    yield from twice("vacancies", [vacancy.id for vacancy in problem.vacancies])
    for number, person in enumerate(problem.people):
        for key in ("occupations", "wishes"):
            named = getattr(person, key)
            if len(set(named)) < len(named):
                yield fault(
                    f"people[{number}].{key}",
                    zh="有一项写了两次。请只留一个。",
                    en="something is named twice. Keep one.",
                )
        for rank, wish in enumerate(person.wishes):
            if wish not in problem.vacancy_of:
                yield _unknown(f"people[{number}].wishes[{rank}]", wish)
    shifts = {word for one in problem.people for word in one.shifts} | {one.shift for one in problem.vacancies}
    if len(shifts) > 64:
        yield fault(
            "vacancies",
            zh=f"班次名称有 {len(shifts)} 种，最多 64 种。请统一写法。",
            en=f"there are {len(shifts)} different shifts, 64 is the most. Write equal ones alike.",
        )
    for number, exclusion in enumerate(problem.excluded):
        if exclusion.person not in problem.person_of:
            yield _unknown(f"excluded[{number}].person", exclusion.person)
        if exclusion.vacancy not in problem.vacancy_of:
            yield _unknown(f"excluded[{number}].vacancy", exclusion.vacancy)


def _unknown(path: str, name: str) -> Fault:
    return fault(path, zh=f"没有“{name}”。请改正编号。", en=f'there is no "{name}". Correct the id.')


def read_problem(data: bytes, name: str = "") -> MatchingProblem:
    """Return the problem written as JSON; raises ProblemError with every fault found."""
    problem = reading.read(MatchingProblem, data)
    if faults := [*_faults(problem)]:
        raise ProblemError(faults)
    return problem
