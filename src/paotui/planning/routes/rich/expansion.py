"""A problem written out: every visit of a round, every vehicle and every tie between stops by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from paotui.planning.routes.problem import Problem, Stop, Vehicle

NEEDS, BOTH, SAME, APART = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Link:
    """`low` ≤ start of `b` − start of `a` ≤ `high` (None: no limit)."""

    a: int
    b: int
    low: int
    high: int | None
    flags: int


@dataclass(frozen=True, slots=True)
class Physical:
    """One vehicle: its name in plans and its entry in the problem."""

    name: str
    number: int
    vehicle: Vehicle


class Expansion:
    """Stops (rounds written out), vehicles by name, links; positions in these lists are the solver's numbers."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        rounds = {one.stop: one.count for one in problem.rounds}
        self.stops = [visit for stop in problem.stops for visit in _visits(stop, rounds.get(stop.id))]
        self.owner = [number for number, stop in enumerate(problem.stops) for _ in range(rounds.get(stop.id, 1))]
        """By visit, the stop of the problem it is one of."""
        self.stop_number = {stop.id: number for number, stop in enumerate(self.stops)}
        self.station_number = {station.id: number for number, station in enumerate(problem.stations)}
        self.location_number = {one.id: number for number, one in enumerate(problem.locations)}
        self.fleet = [
            Physical(name, number, vehicle)
            for number, vehicle in enumerate(problem.vehicles)
            for name in self.names(vehicle)
        ]
        self.vehicle_number = {one.name: number for number, one in enumerate(self.fleet)}

    def names(self, vehicle: Vehicle) -> list[str]:
        if vehicle.count == 1:
            return [vehicle.id]
        count = max(1, len(self.stops)) if vehicle.count is None else vehicle.count
        return [f"{vehicle.id}#{place}" for place in range(1, count + 1)]

    @cached_property
    def kinds(self) -> list[int]:
        """The first vehicle of every entry of the problem: for one stop alone, all of an entry are alike."""
        seen: dict[int, int] = {}
        for place, one in enumerate(self.fleet):
            seen.setdefault(one.number, place)
        return [*seen.values()]

    @cached_property
    def links(self) -> list[Link]:
        return [*self._orders(), *self._rounds(), *self._together()]

    def _orders(self) -> list[Link]:
        found = []
        for one in self.problem.orders:
            a, b = self.stop_number[one.before], self.stop_number[one.after]
            service = self.stops[a].duration
            high = None if one.max_gap is None else service + one.max_gap
            found.append(Link(a, b, service + one.min_gap, high, NEEDS | (SAME if one.same_vehicle else 0)))
        return found

    def _rounds(self) -> list[Link]:
        number = self.stop_number
        return [
            Link(
                number[f"{one.stop}@{visit}"],
                number[f"{one.stop}@{visit + 1}"],
                one.min_spacing,
                one.max_spacing,
                NEEDS,
            )
            for one in self.problem.rounds
            for visit in range(1, one.count)
        ]

    def _together(self) -> list[Link]:
        return [
            Link(self.stop_number[a], self.stop_number[b], 0, 0, BOTH | APART)
            for one in self.problem.together
            for a, b in combinations(dict.fromkeys(one.stops), 2)
        ]

    @cached_property
    def published(self) -> dict[int, list[int]]:
        """By vehicle, its published stops that are still there; vehicles that are gone are passed over."""
        if self.problem.published is None:
            return {}
        return {
            self.vehicle_number[name]: [self.stop_number[stop] for stop in stops if stop in self.stop_number]
            for name, stops in self.problem.published.routes.items()
            if name in self.vehicle_number
        }


def _visits(stop: Stop, count: int | None) -> list[Stop]:
    if count is None:
        return [stop]
    return [stop.model_copy(update={"id": f"{stop.id}@{place}"}) for place in range(1, count + 1)]
