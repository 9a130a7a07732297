"""Problem → arrays: numbers for names, seconds and units kept, prices per metre and second."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.faults import ProblemError, fault
from paotui.planning.routes.matrices import Pair, matrices, straight
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Loads, Problem, Station, Stop, Vehicle, Window
from paotui.planning.routes.rich import structs
from paotui.planning.routes.rich.expansion import Expansion
from paotui.planning.routes.rich.hours import openings, union

ALWAYS = 1_050_000_000 - 1
"""Later than any time the language allows."""
MANY = 2_000_000_000
BITS = 64


@dataclass
class Lowered:
    """The arrays by the kernel's names, and what the numbers stand for."""

    expansion: Expansion
    arrays: dict[str, NDArray[Any]]
    counts: dict[str, int]
    rates: dict[str, float]
    matrices: list[Pair]
    dimensions: list[str]
    openings: list[list[Window]]
    _kept: list[Any] = field(default_factory=list)

    def struct(self) -> structs.RichProblem:
        """The kernel's view; valid while this object lives."""
        made = structs.RichProblem(**self.counts, **self.rates)
        for name, array in self.arrays.items():
            kept = np.ascontiguousarray(array, structs.TYPES[name])
            self._kept.append(kept)
            setattr(made, name, structs.pointer(kept))
        for place, name in enumerate(("distance", "duration")):
            tables = (structs._I32 * max(1, len(self.matrices)))(
                *(structs.pointer(pair[place]) for pair in self.matrices)
            )
            self._kept.append(tables)
            setattr(made, name, ctypes.cast(tables, ctypes.POINTER(structs._I32)))
        return made


def lower(problem: Problem, start: Plan | None = None, tables: dict[str, Pair] | None = None) -> Lowered:
    """The arrays of a problem, with the routes of `start`; `tables` when the matrices are at hand."""
    return Lowering(problem, tables).lowered(start)


class Lowering:
    def __init__(self, problem: Problem, tables: dict[str, Pair] | None = None) -> None:
        self.problem = problem
        self.x = Expansion(problem)
        self.tables = matrices(problem) if tables is None else tables
        self.profiles = sorted(self.tables)
        self.dimensions = self._dimensions()
        self.classes = sorted({stop.load_class for stop in self.x.stops if stop.load_class is not None})
        _refuse_many("dimensions", self.dimensions)
        _refuse_many("load classes", self.classes)
        self.openings = openings(problem, self.x.stops)

    def lowered(self, start: Plan | None) -> Lowered:
        problem, x = self.problem, self.x
        counts = {
            "n": len(x.stops), "stations": len(problem.stations), "vehicles": len(x.fleet),
            "dims": len(self.dimensions), "locations": len(problem.locations), "classes": len(self.classes),
            "links": len(x.links), "ships": len(problem.shipments), "territories": len(self._hearts),
            "profiles": len(self.profiles),
        }  # fmt: skip
        changes = problem.published
        rates = {
            "vehicle_change": float(changes.per_vehicle_change) if changes else 0.0,
            "succession_change": float(changes.per_succession_change) if changes else 0.0,
            "balance": float(problem.objective.balance_per_hour2) / 3600**2,
        }
        arrays = {
            **self._nodes(),
            **self._stops(),
            **self._fleet(),
            **self._duties(),
            **self._eligible(),
            **self._ties(),
        }
        arrays |= self.initial(start)
        pairs = [self.tables[name] for name in self.profiles]
        return Lowered(x, arrays, counts, rates, pairs, self.dimensions, self.openings)

    def _dimensions(self) -> list[str]:
        loads = [load for stop in self.x.stops for load in (stop.delivery, stop.pickup)]
        loads += [one.load for one in self.problem.shipments] + [one.onboard for one in self.problem.vehicles]
        return sorted({name for load in loads for name, amount in load.items() if amount})

    def _loads(self, loads: Iterable[Loads]) -> NDArray[np.int64]:
        rows = [[load.get(name, 0) for name in self.dimensions] for load in loads]
        return np.array(rows, np.int64).reshape(len(rows), len(self.dimensions))

    def _bits(self, names: Sequence[str] | None, among: list[str]) -> int:
        if names is None:
            return 2**BITS - 1
        return sum(1 << number for number, name in enumerate(among) if name in names)

    def _nodes(self) -> dict[str, NDArray[Any]]:
        nodes: list[Stop | Station] = [*self.x.stops, *self.problem.stations]
        windows = [found or [(0, 0)] for found in self.openings]
        windows += [union(station.windows) for station in self.problem.stations]
        at = np.cumsum([0, *(len(one) for one in windows)])
        flat = np.array([pair for one in windows for pair in one], np.int64).reshape(-1, 2)
        return {
            "loc": _array(self.x.location_number[one.location] for one in nodes),
            "service": _array(min(one.duration, ALWAYS) for one in nodes),
            "release": _array(min(stop.release, ALWAYS) for stop in self.x.stops),
            "window_at": at,
            "window": np.minimum(flat, ALWAYS),
            "station_dims": _array(
                (self._bits(one.handles, self.dimensions) for one in self.problem.stations), np.uint64
            ),
            "station_classes": _array(
                (self._bits(one.classes, self.classes) for one in self.problem.stations), np.uint64
            ),
        }

    def _stops(self) -> dict[str, NDArray[Any]]:
        stops, default = self.x.stops, float(self.problem.objective.default_unserved_price)
        follower = {a: b for list_ in self.x.published.values() for a, b in pairwise(list_)}
        driver = {stop: vehicle for vehicle, list_ in self.x.published.items() for stop in list_}
        number = {name: place for place, name in enumerate(self.classes)}
        clash = [0] * len(self.classes)
        for a, b in self.problem.incompatible:
            if a in number and b in number:
                clash[number[a]] |= 1 << number[b]
                clash[number[b]] |= 1 << number[a]
        prices = [default if stop.unserved_price is None else float(stop.unserved_price) for stop in stops]
        return {
            "delivery": self._loads(stop.delivery for stop in stops),
            "pickup": self._loads(stop.pickup for stop in stops),
            "load_class": _array(-1 if stop.load_class is None else number[stop.load_class] for stop in stops),
            "clash": _array(clash, np.uint64),
            "price": _array(prices, np.float64),
            "must": _array(stop.unserved_price is None for stop in stops),
            "published_vehicle": _array(driver.get(place, -1) for place in range(len(stops))),
            "published_next": _array(follower.get(place, -1) for place in range(len(stops))),
        }

    def _fleet(self) -> dict[str, NDArray[Any]]:
        fleet = [one.vehicle for one in self.x.fleet]
        where = self.x.location_number
        return {
            "kind": self._kinds[0],
            "start": _array(where[one.start] for one in fleet),
            "end": _array(-1 if one.open_end else where[one.end or one.start] for one in fleet),
            "profile": _array(self.profiles.index(one.profile) for one in fleet),
            "capacity": self._loads(one.capacities for one in fleet),
            "earliest": _array(min(one.shift.earliest, ALWAYS) for one in fleet),
            "latest": _array(min(one.shift.latest, ALWAYS) for one in fleet),
            "overtime": _array(min(one.shift.max_overtime, ALWAYS - min(one.shift.latest, ALWAYS)) for one in fleet),
            "max_duration": _array(_limit(one.max_duration, ALWAYS + 1) for one in fleet),
            "max_trips": _array(_limit(one.max_trips, MANY) for one in fleet),
            "regular": _array(_limit(one.regular_duration, ALWAYS + 1) for one in fleet),
            "max_distance": _array((_limit(one.max_distance, 2**60) for one in fleet), np.int64),
            "empty_at_end": _array(one.empty_at_end for one in fleet),
            "fixed": _array((float(one.fixed_cost) for one in fleet), np.float64),
            "per_metre": _array((float(one.per_km) / 1000 for one in fleet), np.float64),
            "per_second": _array((float(one.per_hour) / 3600 for one in fleet), np.float64),
            "overtime_per_second": _array((float(one.overtime_per_hour) / 3600 for one in fleet), np.float64),
            "twin": self._twins(),
        }

    def _duties(self) -> dict[str, NDArray[Any]]:
        """What a vehicle does beside driving: breaks, stations, locked stops, loads on board; its territory."""
        fleet, x = [one.vehicle for one in self.x.fleet], self.x
        breaks = [
            [(one.earliest, min(one.latest, ALWAYS), one.duration) for one in vehicle.breaks] for vehicle in fleet
        ]
        break_at, rests = _ragged(breaks)
        station_at, stations = _ragged([[x.station_number[name] for name in one.stations] for one in fleet])
        firsts = [place == 0 or x.fleet[place - 1].number != one.number for place, one in enumerate(x.fleet)]
        locked = [
            [x.stop_number[name] for name in vehicle.locked] if first else []
            for vehicle, first in zip(fleet, firsts, strict=True)
        ]
        locked_at, locks = _ragged(locked)
        onboard = [vehicle.onboard if first else {} for vehicle, first in zip(fleet, firsts, strict=True)]
        hearts = {name: place for place, name in enumerate(self._hearts)}
        return {
            "break_at": break_at, "breaks": rests, "station_at": station_at, "station": stations,
            "locked_at": locked_at, "locked": locks, "onboard": self._loads(onboard),
            "territory": _array(-1 if one.territory is None else hearts.get(one.territory, -1) for one in fleet),
            "territory_cost": self._territory_cost(),
        }  # fmt: skip

    @cached_property
    def _hearts(self) -> list[str]:
        if not self.problem.objective.territory_per_km:
            return []
        return sorted({one.territory for one in self.problem.vehicles if one.territory is not None})

    def _territory_cost(self) -> NDArray[np.float64]:
        if not self._hearts or not self.x.stops:
            return np.zeros((len(self._hearts), len(self.x.stops)))
        places = {one.id: one for one in self.problem.locations}
        metres = straight([places[name] for name in self._hearts], [places[stop.location] for stop in self.x.stops])
        return np.floor(metres + 0.5) * (float(self.problem.objective.territory_per_km) / 1000)

    @cached_property
    def _kinds(self) -> tuple[NDArray[np.int32], list[int]]:
        """By vehicle the number of its kind (alike in everything but the name), and one vehicle of each kind."""
        named = {name for stop in self.x.stops for name in stop.vehicles or ()}
        told = [one.model_dump_json(exclude={"id", "name", "count"}) for one in self.problem.vehicles]
        found: dict[tuple[str, str, str], int] = {}
        kinds: list[int] = []
        first: list[int] = []
        for place, one in enumerate(self.x.fleet):
            own = one.vehicle.id if one.vehicle.id in named else ""
            key = (told[one.number], own, one.name if one.name in named else "")
            if key not in found:
                found[key] = len(first)
                first.append(place)
            kinds.append(found[key])
        return _array(kinds), first

    def _twins(self) -> NDArray[np.int32]:
        found: dict[tuple[int, int], int] = {}
        twins = []
        for place, kind in enumerate(self._kinds[0]):
            one = self.x.fleet[place].vehicle
            alone = bool(self.x.published.get(place) or one.locked or one.onboard)
            twins.append(found.setdefault((int(kind), place if alone else -1), len(found)))
        return _array(twins)

    def _eligible(self) -> dict[str, NDArray[Any]]:
        """kinds × stops: may this kind of vehicle serve this stop at all?"""
        rows = [self._may_serve(self.x.fleet[place].name, self.x.fleet[place].vehicle) for place in self._kinds[1]]
        return {"fit": np.array(rows, np.uint8).reshape(len(rows), len(self.x.stops))}

    @cached_property
    def _needs(self) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """By stop, the room it takes in a vehicle (shipments too), and whether it ever opens."""
        stops, number = self.x.stops, self.x.stop_number
        needed = np.maximum(self._loads(one.delivery for one in stops), self._loads(one.pickup for one in stops))
        for one, load in zip(
            self.problem.shipments, self._loads(one.load for one in self.problem.shipments), strict=True
        ):
            for end in (number[one.pickup], number[one.delivery]):
                needed[end] = np.maximum(needed[end], load)
        return needed, np.array([bool(one) for one in self.openings], bool)

    @cached_property
    def _picky(self) -> list[int]:
        """Stops that name vehicles or require something."""
        return [number for number, stop in enumerate(self.x.stops) if stop.requires or stop.vehicles is not None]

    def _may_serve(self, name: str, vehicle: Vehicle) -> NDArray[np.bool_]:
        needed, opens = self._needs
        able = set(vehicle.capabilities)
        fits: NDArray[np.bool_] = (needed <= self._loads([vehicle.capacities])).all(axis=1) & opens
        for number in self._picky:
            stop = self.x.stops[number]
            named = stop.vehicles is None or name in stop.vehicles or vehicle.id in stop.vehicles
            fits[number] &= named and able.issuperset(stop.requires)
        return fits

    def _ties(self) -> dict[str, NDArray[Any]]:
        links, ships, number = self.x.links, self.problem.shipments, self.x.stop_number
        return {
            "link_a": _array(one.a for one in links),
            "link_b": _array(one.b for one in links),
            "link_low": _array(min(one.low, ALWAYS) for one in links),
            "link_high": _array(_limit(one.high, ALWAYS + 1) for one in links),
            "link_flags": _array(one.flags for one in links),
            "ship_pickup": _array(number[one.pickup] for one in ships),
            "ship_delivery": _array(number[one.delivery] for one in ships),
            "ship_load": self._loads(one.load for one in ships),
        }

    def initial(self, start: Plan | None) -> dict[str, NDArray[Any]]:
        """The routes of a plan as nodes and when these start; what the problem does not know is passed over."""
        routes: list[list[tuple[int, int]]] = [[] for _ in self.x.fleet]
        for route in start.routes if start else ():
            if route.vehicle in self.x.vehicle_number:
                routes[self.x.vehicle_number[route.vehicle]] = self._path(route)
        at, nodes = _ragged(routes)
        nodes = nodes.reshape(-1, 2)
        return {"initial_at": at, "initial": nodes[:, 0], "initial_start": nodes[:, 1]}

    def _path(self, route: Any) -> list[tuple[int, int]]:
        stops, stations = self.x.stop_number, self.x.station_number
        if route.visits:
            named = [(visit.kind, visit.id, visit.start) for visit in route.visits if visit.kind != "break"]
        else:
            named = [(*one, -1) for one in self._with_stations(route)]
        found = []
        for kind, name, start in named:
            if kind == "stop" and name in stops:
                found.append((stops[name], min(start, ALWAYS)))
            elif kind == "station" and name in stations:
                found.append((len(self.x.stops) + stations[name], -1))
        return found

    def _with_stations(self, route: Any) -> list[tuple[str, str]]:
        """Trips without times: between them the vehicle's first station."""
        usable = self.x.fleet[self.x.vehicle_number[route.vehicle]].vehicle.stations
        found: list[tuple[str, str]] = []
        for place, trip in enumerate(route.trips):
            if place and usable:
                found.append(("station", usable[0]))
            found += [("stop", str(name)) for name in trip]
        return found


def _array(values: Iterable[Any], kind: Any = np.int64) -> NDArray[Any]:
    return np.array(list(values), kind)


def _limit(value: int | None, none: int) -> int:
    return none if value is None else min(value, none)


def _ragged(rows: Sequence[Sequence[Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Offsets, and all entries in a row."""
    return np.cumsum([0, *(len(row) for row in rows)]), _array(entry for row in rows for entry in row)


def _refuse_many(what: str, names: list[str]) -> None:
    if len(names) > BITS:
        zh = "载重维度" if what == "dimensions" else "货物类别"
        raise ProblemError([fault(
            "stops",
            zh=f"{zh}有 {len(names)} 种，最多 {BITS} 种。请合并。",
            en=f"there are {len(names)} {what}; {BITS} are the most that can be planned. Merge some.",
        )])  # fmt: skip
