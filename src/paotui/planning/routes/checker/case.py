"""A problem laid out for checking: every vehicle and every visit of a round by its own name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from paotui.planning.routes.checker import openings
from paotui.planning.routes.checker.openings import Openings
from paotui.planning.routes.checker.travel import Travel
from paotui.planning.routes.problem import Problem, QuietZone, Round, Station, Stop, Vehicle


@dataclass(frozen=True, slots=True)
class Tie:
    """`after` starts `least` to `most` seconds after the end (or `from_start`, the start) of `before`."""

    before: str
    after: str
    least: int
    most: int | None
    from_start: bool
    path: str
    same_vehicle: bool = False


class Case:
    """Vehicles, stops and stations of a problem by name; when each stop may be started; ties between stops."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.travel = Travel(problem)
        self.rounds = {one.stop: one for one in problem.rounds}
        self.stops = {stop.id: stop for one in problem.stops for stop in self._visits(one)}
        self.stations = {station.id: station for station in problem.stations}
        self.fleet = {name: vehicle for vehicle in problem.vehicles for name in self._names(vehicle)}
        self._openings: dict[str, Openings] = {}
        self._quiet: dict[str, list[QuietZone]] = {}

    def _visits(self, stop: Stop) -> list[Stop]:
        """The stop itself, or the visits of its round."""
        one = self.rounds.get(stop.id)
        if one is None:
            return [stop]
        return [stop.model_copy(update={"id": visit_name(one, place)}) for place in range(1, one.count + 1)]

    def _names(self, vehicle: Vehicle) -> list[str]:
        if vehicle.count == 1:
            return [vehicle.id]
        count = max(1, len(self.stops)) if vehicle.count is None else vehicle.count
        return [f"{vehicle.id}#{place}" for place in range(1, count + 1)]

    def openings(self, stop: Stop) -> Openings:
        """When service of the stop may start: its windows without quiet periods."""
        if stop.id not in self._openings:
            self._openings[stop.id] = self._opened(stop)
        return self._openings[stop.id]

    def _opened(self, stop: Stop) -> Openings:
        found = openings.union(stop.windows)
        for zone in self.quiet_around(stop):
            for start, end in zone.periods:
                found = openings.without(found, start - max(stop.duration, 1) + 1, end - 1)
        return found

    def quiet_around(self, stop: Stop) -> list[QuietZone]:
        """The quiet zones the stop lies in and has to keep."""
        if stop.during_quiet:
            return []
        if stop.location not in self._quiet:
            self._quiet[stop.location] = [
                zone
                for zone in self.problem.quiet_zones
                if self.travel.straight(zone.location, stop.location) <= zone.radius
            ]
        return self._quiet[stop.location]

    @cached_property
    def shipments_at(self) -> dict[str, list[tuple[str, int]]]:
        """By stop, the shipments picked up (+1) and delivered (-1) there, by place in the problem's list."""
        found: dict[str, list[tuple[str, int]]] = {}
        for one in self.problem.shipments:
            found.setdefault(one.pickup, []).append((one.id, 1))
            found.setdefault(one.delivery, []).append((one.id, -1))
        return found

    @cached_property
    def shipments(self) -> dict[str, dict[str, int]]:
        return {one.id: one.load for one in self.problem.shipments}

    @cached_property
    def ties(self) -> list[Tie]:
        """Orders, and successive visits of rounds."""
        orders = [
            Tie(one.before, one.after, one.min_gap, one.max_gap, False, f"orders[{place}]", one.same_vehicle)
            for place, one in enumerate(self.problem.orders)
        ]
        rounds = [
            Tie(visit_name(one, visit), visit_name(one, visit + 1), one.min_spacing, one.max_spacing, True,
                f"rounds[{place}]")
            for place, one in enumerate(self.problem.rounds)
            for visit in range(1, one.count)
        ]  # fmt: skip
        return orders + rounds

    @cached_property
    def tied_stops(self) -> frozenset[str]:
        """Stops whose time depends on that of another one."""
        together = {stop for group in self.problem.together for stop in group.stops}
        return frozenset(together | {stop for tie in self.ties for stop in (tie.before, tie.after)})

    def home(self, vehicle: Vehicle) -> str | None:
        """Where the vehicle ends; None where it ends at its last stop."""
        return None if vehicle.open_end else vehicle.end or vehicle.start

    def place(self, kind: str, name: str) -> str | None:
        """The location of a stop or station."""
        found: Stop | Station | None = self.stops.get(name) if kind == "stop" else self.stations.get(name)
        return found.location if found else None


def visit_name(one: Round, place: int) -> str:
    return f"{one.stop}@{place}"


def may_serve(case: Case, name: str, stop: Stop) -> bool:
    """Whether the stop lets this vehicle serve it (it names none, or this one, or its kind)."""
    return stop.vehicles is None or name in stop.vehicles or case.fleet[name].id in stop.vehicles
