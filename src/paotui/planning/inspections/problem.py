"""What is to be planned: sites, what each needs of which department at once, inspectors, times, travel, weights.

Times are seconds after midnight of the first day, durations seconds, coordinates metres on a plane or degrees.
An interval of a calendar is one tour: the inspector leaves the office in it and is back in it.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from paotui.planning.reading import Model, refusal

DAY = 86_400
Seconds = Annotated[int, Field(ge=0, le=366 * DAY)]
Interval = tuple[Seconds, Seconds]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Location(Model):
    """A point (`x`, `y` in metres, or longitude and latitude) or, where travel is a matrix, the number of its row."""

    x: Annotated[float, Field(ge=-2e6, le=2e6)] | None = None
    y: Annotated[float, Field(ge=-2e6, le=2e6)] | None = None
    place: Annotated[int, Field(ge=0)] | None = None


class Travel(Model):
    """How long people take from place to place: as the crow flies × detour ÷ speed, or a matrix of seconds.

    Straight distances are rounded to whole seconds, half up; a matrix may differ by direction.
    """

    coordinates: Literal["metres", "degrees"] | None = None
    detour: Annotated[float, Field(ge=1, le=10)] = 1.3
    speed: Annotated[float, Field(ge=0.1, le=100)] = 7.0
    matrix: tuple[tuple[Seconds, ...], ...] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.coordinates is None) == (self.matrix is None):
            raise refusal(
                zh="坐标（coordinates）和矩阵（matrix）须二选一。请只写一项。",
                en="either coordinates or a matrix, not both and not neither. Write one of them.",
            )
        if self.matrix is not None and any(len(row) != len(self.matrix) for row in self.matrix):
            raise refusal(zh="矩阵须为方阵。请补齐各行。", en="the matrix is not square. Complete its rows.")
        return self


class Department(Model):
    """A department; `officers` is the least number it sends together, `basis` the law that says so."""

    id: Name
    name: str = ""
    officers: Annotated[int, Field(ge=1, le=8)] = 1
    basis: str = ""


class Need(Model):
    """What a site needs of one department: so long, so many officers (at least the department's own number).

    Everyone sent holds all of `all_hold`; one of them holds all of `one_holds`.
    """

    department: Name
    seconds: Annotated[int, Field(ge=60, le=DAY)]
    officers: Annotated[int, Field(ge=1, le=8)] | None = None
    all_hold: tuple[Name, ...] = ()
    one_holds: tuple[Name, ...] = ()


class Appointment(Model):
    """An appointment that stands: this start and, where named, exactly these inspectors."""

    start: Seconds
    inspectors: tuple[Name, ...] = ()


class Site(Model):
    """A site to be visited once by everyone it needs; a visit lies wholly inside one of its windows.

    `preferred` are the applicant's wishes: a visit that lies in none of them costs `weights.preference`.
    `deadline` is the legal end of the visit, `priority` weighs leaving the site out.
    """

    id: Name
    name: str = ""
    location: Location
    needs: Annotated[tuple[Need, ...], Field(min_length=1, max_length=12)]
    windows: Annotated[tuple[Interval, ...], Field(min_length=1)]
    preferred: tuple[Interval, ...] = ()
    deadline: Seconds | None = None
    priority: Annotated[int, Field(ge=1, le=100)] = 1
    locked: Appointment | None = None


class Inspector(Model):
    """An inspector; `calendar` are tours from the office and back, limits hold per day.

    `work_per_day` counts travel and time on site, not waiting.
    """

    id: Name
    name: str = ""
    department: Name
    office: Location
    holds: tuple[Name, ...] = ()
    calendar: tuple[Interval, ...] = ()
    visits_per_day: Annotated[int, Field(ge=1, le=100)] | None = None
    work_per_day: Seconds | None = None


class Weights(Model):
    """What the plan minimises besides leaving sites out, all in seconds of one person's travel.

    `preference`: a visit outside the applicant's wishes. `later_day`: each day a site waits, times its priority.
    `balance`: times the sum over inspectors of (time on site)² / 8 h. `team_change`: an inspector who was not
    announced, when re-planning.
    """

    preference: Annotated[int, Field(ge=0, le=100_000)] = 900
    later_day: Annotated[int, Field(ge=0, le=1_000)] = 0
    balance: Annotated[float, Field(ge=0, le=10)] = 0.0
    team_change: Annotated[int, Field(ge=0, le=10_000)] = 3600


class Problem(Model):
    """Everything a plan is made from. `stay`: each leaves after the "own" part, or all stay for the "whole" visit."""

    kind: Literal["inspections"]
    name: str = ""
    sample: bool = False
    note: str = ""
    days: Annotated[int, Field(ge=1, le=366)]
    stay: Literal["own", "whole"] = "own"
    travel: Travel
    weights: Weights = Weights()
    departments: Annotated[tuple[Department, ...], Field(min_length=1, max_length=64)]
    inspectors: tuple[Inspector, ...]
    sites: tuple[Site, ...]

    def officers(self, need: Need) -> int:
        """How many officers a need takes: what it says, at least what the law asks of the department."""
        least = next(one.officers for one in self.departments if one.id == need.department)
        return max(need.officers or 1, least)
