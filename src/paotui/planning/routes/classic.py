"""Problems the fast kernel can take: one load, one window a stop, costs by vehicle and distance.

Capacitated routing, time windows, mixed and limited fleets, several depots, sites closed to some vehicles, limits on
duration, prizes; several trips with release times where every vehicle reloads at its own depot (`reloading`); roads
as `tables`, straight lines as `tables` or `lines`, a price for broken `successions`. Whatever says more goes to the
rich engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from paotui.planning.routes import lines, reloading, successions, tables
from paotui.planning.routes.kernel import ROUNDINGS, Arrays
from paotui.planning.routes.matrices import SCALES
from paotui.planning.routes.problem import FOREVER, Location, Planar, Problem, Stop, StraightLine, Vehicle

ENDLESS = 500_000_000
MOST_TYPES = 64
DEAREST = 1_000_000_000_000
"""Prices beyond are as good as this one to the search, and their sums do not overflow."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A problem as arrays, and the way back: `names[t]` are the vehicles of type t, `stops[c]` the id of client c."""

    arrays: Arrays
    names: list[list[str]]
    stops: list[str]
    factor: Decimal
    """Whole units of cost a yuan."""
    ways: tables.Tables | None = None
    """Where the plane does not say them."""

    def fleet(self) -> list[tuple[int, str]]:
        """Every single vehicle as the kernel counts them: its type and name."""
        return [
            (kind, name)
            for kind, (names, row) in enumerate(zip(self.names, self.arrays.vehicle, strict=True))
            for name in names[: row[0]]
        ]


def takes(problem: Problem) -> bool:
    """Whether the fast kernel can solve the problem as it is."""
    rich = (
        problem.shipments, problem.quiet_zones, problem.orders, problem.together, problem.rounds,
        problem.incompatible, problem.objective.balance_per_hour2, problem.objective.territory_per_km,
        problem.stations and (problem.published or not isinstance(problem.travel, Planar)),
    )  # fmt: skip
    return (
        not any(rich)
        and len(problem.vehicles) <= MOST_TYPES
        and len({vehicle.profile for vehicle in problem.vehicles}) <= 1
        and all(_plain_vehicle(vehicle) for vehicle in problem.vehicles)
        and all(_plain_stop(stop) for stop in problem.stops)
        and len(_dimensions(problem)) <= 1
        and _modest(problem)
        and _ways(problem)
        and (not any(s.delivery for s in problem.stops) or not any(s.pickup for s in problem.stops))
        and (reloading.plain(problem) if problem.stations else not any(s.release for s in problem.stops))
    )


def _ways(problem: Problem) -> bool:
    if isinstance(problem.travel, Planar) and problem.published is None:
        return True
    return tables.sayable(problem, _factor(problem)) and (tables.few(problem) or not tables.needed(problem))


def _plain_vehicle(v: Vehicle) -> bool:
    return not (
        v.open_end or v.breaks or v.per_hour or v.overtime_per_hour or v.shift.max_overtime or v.locked or v.onboard
        or v.max_distance is not None or v.empty_at_end
    )  # fmt: skip


def _plain_stop(s: Stop) -> bool:
    return len(s.windows) <= 1 and (s.vehicles is None or not any("#" in name for name in s.vehicles))


def _span(problem: Problem) -> float:
    if not isinstance(problem.travel, Planar):
        return 0.0  # `lower` looks at the table
    xs, ys = ([getattr(place, axis) or 0.0 for place in problem.locations] for axis in "xy")
    return max(max(xs) - min(xs), max(ys) - min(ys)) * SCALES[problem.travel.rounding]


def _modest(problem: Problem) -> bool:
    """Whether nothing overflows the 32 bits of the kernel: ways, loads, times."""
    loads = sum(max([0, *stop.delivery.values(), *stop.pickup.values()]) for stop in problem.stops)
    bounds = [bound for stop in problem.stops for window in stop.windows for bound in window]
    bounds += [bound for v in problem.vehicles for bound in (v.shift.earliest, v.shift.latest)]
    lengths = [stop.duration for stop in problem.stops]
    return (
        _span(problem) < ENDLESS / 8
        and loads < ENDLESS
        and max(lengths, default=0) < ENDLESS
        and all(bound < ENDLESS or bound >= FOREVER for bound in bounds)
    )


def _dimensions(problem: Problem) -> set[str]:
    return {name for stop in problem.stops for load in (stop.delivery, stop.pickup) for name in load}


def lower(problem: Problem) -> Lowered:
    """The problem as arrays; only for problems it `takes`."""
    depots = list(dict.fromkeys(place for v in problem.vehicles for place in (v.start, v.end or v.start)))
    n = len(problem.stops)
    place_of = {location.id: location for location in problem.locations}
    depot_number = {place: n + k for k, place in enumerate(depots)}
    dimension = next(iter(_dimensions(problem)), "")
    factor = _factor(problem)
    places = [*(stop.location for stop in problem.stops), *depots]
    points = [place_of[place] for place in places]
    vehicle, cost = _fleet(problem.vehicles, depot_number, dimension, factor, n)
    if not any(stop.windows for stop in problem.stops) and not problem.stations:
        vehicle = _at_once(vehicle)
    clients = np.array([_client(stop, dimension) for stop in problem.stops], np.int64).reshape(n, 4)
    allowed = _allowed(problem)
    closed = bool((allowed != (1 << len(problem.vehicles)) - 1).any())
    trips = bool(problem.stations)
    releases = np.array([min(stop.release, ENDLESS) for stop in problem.stops], np.int32) if trips else None
    ways = tables.tables(problem, places, factor) if tables.needed(problem) else None
    follower, broken = (None, 0) if ways else _changes(problem, factor)
    rate = 1
    if (not isinstance(problem.travel, Planar) or problem.published) and tables.as_money(problem):
        rate = 1 if ways else int(cost[0, 1])
        cost[:, 1] = 1  # ways are money
    straight, plane = _lines(problem, points) if ways is None else (None, None)
    rounding = ROUNDINGS.index(problem.travel.rounding) if isinstance(problem.travel, Planar) else 0
    return Lowered(
        Arrays(
            clients=np.minimum(clients, ENDLESS), price=_prices(problem.stops, factor), depots=len(depots),
            allowed=allowed, vehicle=vehicle, vehicle_cost=cost, windows=_timed(problem),
            rounding=rounding, mixed=closed or _mixed(vehicle, cost), xy=plane,
            distance=None if ways is None else ways.cost,
            time=None if ways is None else ways.seconds, trips=trips, release=releases,
            lines=straight, follower=follower, broken=broken, rate=rate,
        ),
        [names_of(v, n) for v in problem.vehicles],
        [stop.id for stop in problem.stops],
        factor,
        ways,
    )  # fmt: skip


def _changes(problem: Problem, factor: Decimal) -> tuple[np.ndarray | None, int]:
    """Who comes after whom in a published plan, and what breaking a succession costs."""
    if problem.published is None:
        return None, 0
    return successions.numbered(problem), int(successions.price(problem) * factor)


def _lines(problem: Problem, places: list[Location]) -> tuple[lines.Lines | None, np.ndarray]:
    """Where ways are computed: straight lines, if they are some, and a plane to see who lies beside whom."""
    if isinstance(problem.travel, StraightLine):
        found = lines.lines(problem.travel, problem.vehicles[0].profile, places)
        return found, found.plane()
    return None, np.array([(one.x or 0.0, one.y or 0.0) for one in places], np.float64).reshape(-1, 2)


def names_of(vehicle: Vehicle, stops: int) -> list[str]:
    """The single vehicles an entry stands for."""
    count = stops if vehicle.count is None else vehicle.count
    return [vehicle.id] if count == 1 and vehicle.count == 1 else [f"{vehicle.id}#{k}" for k in range(1, count + 1)]


def _factor(problem: Problem) -> Decimal:
    """The smallest power of ten that makes every cost a whole number; beyond a millionth it is rounded."""
    rates = {v.per_km / 1000 for v in problem.vehicles} | {v.fixed_cost for v in problem.vehicles}
    rates |= {stop.unserved_price for stop in problem.stops if stop.unserved_price is not None}
    rates |= {problem.published.per_succession_change} if problem.published else set()
    tried = [Decimal(10) ** k for k in range(7)]
    return next((f for f in tried if all(rate * f % 1 == 0 for rate in rates)), tried[-1])


def _client(stop: Stop, dimension: str) -> tuple[int, int, int, int]:
    first, last = stop.windows[0] if stop.windows else (0, ENDLESS)
    load = (stop.delivery or stop.pickup).get(dimension, 0)
    return first, ENDLESS if last >= FOREVER else last, stop.duration, load


def _fleet(
    vehicles: Iterable[Vehicle], depots: dict[str, int], dimension: str, factor: Decimal, n: int
) -> tuple[np.ndarray, np.ndarray]:
    rows, costs = [], []
    for v in vehicles:
        last = ENDLESS if v.shift.latest >= FOREVER else v.shift.latest
        longest = ENDLESS if v.max_duration is None else v.max_duration
        rows.append((min(n, n if v.count is None else v.count), depots[v.start], depots[v.end or v.start],
                     min(v.capacities.get(dimension, 0), ENDLESS) if dimension else ENDLESS,
                     v.shift.earliest, last, min(longest, ENDLESS)))  # fmt: skip
        costs.append((int(v.fixed_cost * factor), int(v.per_km / 1000 * factor)))
    return np.array(rows, np.int32).reshape(-1, 7), np.array(costs, np.int64).reshape(-1, 2)


def _at_once(vehicle: np.ndarray) -> np.ndarray:
    """Where nobody ever waits all leave when their shift begins: a limit on duration is an hour to be back by."""
    back = np.minimum(vehicle[:, 5], vehicle[:, 4].astype(np.int64) + vehicle[:, 6])
    return np.column_stack([vehicle[:, :5], back, np.full(len(vehicle), ENDLESS)]).astype(np.int32)


def _timed(problem: Problem) -> bool:
    shifts = any(v.max_duration is not None or v.shift.latest < FOREVER for v in problem.vehicles)
    return shifts or any(stop.windows for stop in problem.stops)


def _mixed(vehicle: np.ndarray, cost: np.ndarray) -> bool:
    """Whether vehicles differ, cost something by themselves, have a limited duration or end elsewhere."""
    if len(vehicle) != 1:
        return True
    one = vehicle[0]
    return bool(cost[0, 0] or cost[0, 1] != 1 or one[6] < ENDLESS or one[1] != one[2])


def _prices(stops: list[Stop], factor: Decimal) -> np.ndarray:
    prices = [-1 if stop.unserved_price is None else min(DEAREST, int(stop.unserved_price * factor)) for stop in stops]
    return np.array(prices, np.int64)


def _allowed(problem: Problem) -> np.ndarray:
    """Bit t of a client: vehicles of type t may serve it and are able to."""
    everybody = (1 << len(problem.vehicles)) - 1
    able = {need: _bits(need in v.capabilities for v in problem.vehicles)
            for need in {need for stop in problem.stops for need in stop.requires}}  # fmt: skip
    bit = {v.id: 1 << t for t, v in enumerate(problem.vehicles)}
    masks = []
    for stop in problem.stops:
        mask = everybody if stop.vehicles is None else sum(bit.get(name, 0) for name in stop.vehicles)
        for need in stop.requires:
            mask &= able[need]
        masks.append(mask)
    return np.array(masks, np.uint64)


def _bits(flags: Iterable[bool]) -> int:
    return sum(1 << place for place, flag in enumerate(flags) if flag)
