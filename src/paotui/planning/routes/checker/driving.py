"""A route as driven: its activities in order, the way between them, and the trips between bases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.plan import Visit
from paotui.planning.routes.problem import Station, Stop, Vehicle


@dataclass(frozen=True, slots=True)
class Activity:
    """A visit at its place; `location` of a break is not known, it is taken before or after the way."""

    visit: Visit
    path: str
    location: str = ""
    stop: Stop | None = None
    station: Station | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one place to the next, and the breaks between; `before` or `after` None = start or end."""

    before: Activity | None
    after: Activity | None
    breaks: tuple[Activity, ...]
    metres: int | None
    seconds: int | None
    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class Trip:
    """Stops between two bases; `begins` or `ends` None = the start or end of the vehicle."""

    stops: tuple[Activity, ...]
    begins: Activity | None
    ends: Activity | None


@dataclass(slots=True)
class Drive:
    """One vehicle's day. `stated` False: the plan gave trips only, and the checker has made the times."""

    case: Case
    name: str
    vehicle: Vehicle
    path: str
    start: int
    end: int
    activities: list[Activity]
    stated: bool
    place: int
    """Which route of the plan."""
    _legs: list[Leg] = field(default_factory=list)

    @property
    def legs(self) -> list[Leg]:
        if not self._legs:
            self._legs = list(self._ways())
        return self._legs

    @property
    def stops(self) -> list[Activity]:
        return [one for one in self.activities if one.stop]

    @property
    def duration(self) -> int:
        return self.end - self.start

    @property
    def distance(self) -> int:
        """Metres; ways that do not exist count nothing (they are a fault of their own)."""
        return sum(leg.metres or 0 for leg in self.legs)

    def _ways(self) -> Iterator[Leg]:
        resting: list[Activity] = []
        before: Activity | None = None
        origin = self.vehicle.start
        for one in self.activities:
            if one.visit.kind == "break":
                resting.append(one)
                continue
            yield self._leg(before, one, resting, origin, one.location)
            before, resting, origin = one, [], one.location
        home = self.case.home(self.vehicle) if before else self.vehicle.start
        yield self._leg(before, None, resting, origin, home or origin)

    def _leg(
        self, before: Activity | None, after: Activity | None, breaks: list[Activity], origin: str, target: str
    ) -> Leg:
        travel, profile = self.case.travel, self.vehicle.profile
        if after is None and origin == target:
            return Leg(before, after, tuple(breaks), 0, 0, origin, target)
        metres, seconds = travel.metres(origin, target, profile), travel.seconds(origin, target, profile)
        return Leg(before, after, tuple(breaks), metres, seconds, origin, target)

    def trips(self) -> list[Trip]:
        """The trips of the route, also those without a stop."""
        bases: list[Activity | None] = [None, *(one for one in self.activities if one.station), None]
        groups: list[list[Activity]] = [[]]
        for one in self.activities:
            if one.station:
                groups.append([])
            elif one.stop:
                groups[-1].append(one)
        return [Trip(tuple(stops), begins, ends) for stops, (begins, ends) in zip(groups, pairwise(bases), strict=True)]


@dataclass(frozen=True)
class Fleet:
    """All routes of a plan as driven."""

    case: Case
    drives: tuple[Drive, ...]

    @cached_property
    def served(self) -> dict[str, tuple[Drive, Activity]]:
        """By stop, who serves it and when (the first time, should it be there twice)."""
        found: dict[str, tuple[Drive, Activity]] = {}
        for drive in self.drives:
            for one in drive.stops:
                found.setdefault(one.visit.id, (drive, one))
        return found

    @cached_property
    def sequences(self) -> dict[str, list[str]]:
        """By vehicle, its stops in order, trips run together."""
        return {drive.name: [one.visit.id for one in drive.stops] for drive in self.drives}
