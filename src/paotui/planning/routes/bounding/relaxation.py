"""A problem as a bound sees it: routes of kinds of vehicles between stops, and of all the rules a few.

Every plan of the problem is one of the relaxation at no higher cost. Kept are ways and service at their prices, fixed
costs, territories, prices of leaving out, one load, opening hours (from the first to the last opening), releases,
shifts, the number of vehicles, and who may serve what. Left out are breaks, overtime, balance, changes, quiet hours
within windows, orders, company, shipments and locks, which only ever cost more or allow less. Where vehicles reload, a
route is one trip from any base to any base, and the fixed cost of vehicles counts apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.routes.matrices import NO_WAY, matrices, straight
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import FOREVER, Problem, Stop, Vehicle
from paotui.planning.routes.rich.expansion import Expansion
from paotui.planning.routes.rich.hours import openings

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Kind:
    """Vehicles alike, or the trips of vehicles alike. Place n is the base: row n leaves it, column n comes back.

    cost: yuan, (n + 1)², inf where nobody drives; serving the stop arrived at is in it, and the fixed cost on leaving.
    seconds: (n + 1)², service at the place left is in it. first, last: (n + 1), when service may start; of the base
    when it is left at the earliest and reached at the latest.
    """

    names: tuple[str, ...]
    count: int | None
    cost: Floats
    seconds: Whole
    first: Whole
    last: Whole
    load: Whole
    capacity: int | None
    reloads: bool = False


@dataclass(frozen=True, slots=True)
class Relaxation:
    """price: (n) yuan for leaving a stop out, inf where it has to be served. constant: yuan every plan pays."""

    stops: list[str]
    price: Floats
    kinds: list[Kind]
    constant: float
    fewest: int
    """Routes there have to be."""

    @property
    def n(self) -> int:
        return len(self.stops)


def relaxation(problem: Problem, leaving: Collection[str] = ()) -> Relaxation:
    """Of all plans that leave out, of the stops that have to be served, none but `leaving` (and what nobody can)."""
    written = Expansion(problem)
    hours = openings(problem, written.stops)
    kinds = _alike(problem.vehicles)
    able = np.array([[_able(v, names, stop) for stop in written.stops] for v, names in kinds], bool)
    able = able.reshape(len(kinds), len(written.stops)) & np.array([bool(one) for one in hours], bool)
    servable = np.flatnonzero(able.any(axis=0))
    prices = np.array([_price(problem, stop, leaving) for stop in written.stops], np.float64)
    alone = np.setdiff1d(np.arange(len(written.stops)), servable)
    constant = sum(_left_out(problem, written.stops[k]) for k in alone)
    stops = [written.stops[k] for k in servable]
    dimension = _tightest(stops, kinds)
    ways = matrices(problem) if stops else {}
    lower = _Lowering(problem, stops, [hours[k] for k in servable], ways, dimension, written)
    made = [
        lower.kind(vehicle, names, able[row, servable])
        for row, (vehicle, names) in enumerate(kinds)
        if able[row, servable].any()
    ]
    price = prices[servable]
    constant += _fixed_apart(kinds, able[:, servable], price)
    return Relaxation([one.id for one in stops], price, made, constant, fewest(made, price))


def leaving_of(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """What a plan leaves out of the stops that have to be served."""
    priced = {one.id for one in problem.stops if one.unserved_price is not None}
    return tuple(str(one.stop) for one in plan.unserved if str(one.stop) not in priced)


def _alike(vehicles: Iterable[Vehicle]) -> list[tuple[Vehicle, list[str]]]:
    """Vehicles in service, those alike but for their names together."""
    found: dict[str, tuple[Vehicle, list[str]]] = {}
    for vehicle in vehicles:
        if vehicle.count == 0:
            continue
        alike = vehicle.model_copy(update={"id": "", "name": "", "count": 1}).model_dump_json()
        key = alike if vehicle.count is not None else alike + vehicle.id
        first, names = found.setdefault(key, (vehicle, []))
        names.append(vehicle.id)
        if first is not vehicle:
            total = (first.count or 0) + (vehicle.count or 0)
            found[key] = (first.model_copy(update={"count": total}), names)
    return list(found.values())


def _able(vehicle: Vehicle, names: list[str], stop: Stop) -> bool:
    """Whether the stop lets one of these vehicles serve it, which can do it and has room."""
    if stop.vehicles is not None and not any(one in names or one.rpartition("#")[0] in names for one in stop.vehicles):
        return False
    fits = all(
        amount <= vehicle.capacities.get(name, 0)
        for load in (stop.delivery, stop.pickup)
        for name, amount in load.items()
        if amount
    )
    return fits and set(stop.requires) <= set(vehicle.capabilities)


def _price(problem: Problem, stop: Stop, leaving: Collection[str]) -> float:
    if stop.unserved_price is None and stop.id not in leaving:
        return np.inf
    return _left_out(problem, stop)


def _left_out(problem: Problem, stop: Stop) -> float:
    price = stop.unserved_price
    return float(problem.objective.default_unserved_price if price is None else price)


Dimension = tuple[str, str]
"""Name of the load, "delivery" or "pickup"."""


def _tightest(stops: list[Stop], kinds: list[tuple[Vehicle, list[str]]]) -> Dimension | None:
    """The load that needs most vehicles."""
    totals: dict[Dimension, int] = {}
    for stop in stops:
        for side in ("delivery", "pickup"):
            for name, amount in getattr(stop, side).items():
                totals[name, side] = totals.get((name, side), 0) + amount
    most = {name: max([1, *(v.capacities.get(name, 0) for v, _ in kinds)]) for name, _ in totals}
    tight = {key: total / most[key[0]] for key, total in totals.items() if total}
    return max(tight, key=lambda key: (tight[key], key), default=None)


@dataclass(frozen=True)
class _Lowering:
    problem: Problem
    stops: list[Stop]
    hours: list[list[tuple[int, int]]]
    ways: dict[str, Any]
    dimension: Dimension | None
    written: Expansion

    def kind(self, vehicle: Vehicle, names: list[str], able: NDArray[np.bool_]) -> Kind:
        n = len(self.stops)
        metres, seconds = (self._between(table, vehicle) for table in self.ways[vehicle.profile])
        nobody = (metres >= NO_WAY) | (seconds >= NO_WAY)
        rate, hour = float(vehicle.per_km) / 1000, float(vehicle.per_hour) / 3600
        cost = metres * rate + seconds * hour
        lasts = np.array([stop.duration for stop in self.stops], np.float64)
        cost[:, :n] += hour * lasts + self._territory(vehicle)
        cost[n, :n] += 0.0 if vehicle.stations else float(vehicle.fixed_cost)
        cost[nobody] = np.inf
        cost[:n, ~np.append(able, True)] = np.inf
        cost[n, :n][~able] = np.inf
        cost[:n][~able] = np.inf
        np.fill_diagonal(cost, np.inf)
        whole = seconds.astype(np.int64)
        whole[:n] += lasts.astype(np.int64)[:, None]
        first, last = self._windows(vehicle, seconds)
        cost[first[:, None] + whole > np.append(last[:n], last[n])[None, :]] = np.inf
        carried = self.dimension is not None
        return Kind(
            tuple(names), _routes(vehicle), cost, np.minimum(whole, FOREVER).astype(np.int32), first, last,
            self._loads(), vehicle.capacities.get(self.dimension[0], 0) if carried and self.dimension else None,
            bool(vehicle.stations),
        )  # fmt: skip

    def _between(self, table: Whole, vehicle: Vehicle) -> Floats:
        """Stops, then the base: the nearest of those a route may begin and end at."""
        number = self.written.location_number
        places = np.array([number[stop.location] for stop in self.stops], np.int64)
        stations = [number[one.location] for one in self.problem.stations if one.id in vehicle.stations]
        leave = np.array([number[vehicle.start], *stations], np.int64)
        reach = np.array([number[vehicle.end or vehicle.start], *stations], np.int64)
        n = len(places)
        out = np.zeros((n + 1, n + 1), np.float64)
        out[:n, :n] = _cells(table, places, places)
        out[n, :n] = _cells(table, leave, places).min(axis=0)
        out[:n, n] = 0 if vehicle.open_end else _cells(table, places, reach).min(axis=1)
        return out

    def _territory(self, vehicle: Vehicle) -> Floats | float:
        rate = float(self.problem.objective.territory_per_km) / 1000
        if not rate or vehicle.territory is None:
            return 0.0
        places = {one.id: one for one in self.problem.locations}
        away = straight([places[vehicle.territory]], [places[stop.location] for stop in self.stops])[0]
        return np.asarray(rate * np.floor(away + 0.5))

    def _windows(self, vehicle: Vehicle, seconds: Floats) -> tuple[Whole, Whole]:
        n = len(self.stops)
        shift = vehicle.shift
        into = seconds[:, :n].copy()
        np.fill_diagonal(into, np.inf)
        released = np.array([stop.release for stop in self.stops]) + np.minimum(into.min(axis=0), NO_WAY)
        released = np.where([stop.release > 0 for stop in self.stops], released, 0)
        first = np.maximum([one[0][0] for one in self.hours], released)
        first = np.maximum(first, shift.earliest + np.minimum(into.min(axis=0), NO_WAY))
        last = np.array([one[-1][1] for one in self.hours])
        latest = min(FOREVER, shift.latest + shift.max_overtime)
        if vehicle.max_duration is not None and self._no_waiting(shift.earliest):
            latest = min(latest, shift.earliest + vehicle.max_duration)
        return (
            np.minimum(np.append(first, shift.earliest), FOREVER).astype(np.int32),
            np.minimum(np.append(last, latest), FOREVER).astype(np.int32),
        )

    def _no_waiting(self, earliest: int) -> bool:
        """Whether every route might as well leave at once, since nobody waits for anything."""
        opened = all(one[0][0] <= earliest for one in self.hours)
        return opened and all(stop.release <= earliest for stop in self.stops)

    def _loads(self) -> Whole:
        if self.dimension is None:
            return np.zeros(len(self.stops), np.int32)
        name, side = self.dimension
        return np.array([getattr(stop, side).get(name, 0) for stop in self.stops], np.int32)


def _cells(table: Whole, origins: NDArray[np.int64], targets: NDArray[np.int64]) -> Floats:
    found = table[np.ix_(origins, targets)].astype(np.float64)
    found[origins[:, None] == targets[None, :]] = 0  # no way at all, whatever a matrix says
    return found


def _routes(vehicle: Vehicle) -> int | None:
    """How many routes (or trips) there may be; None where nothing limits them."""
    if vehicle.count is None or (vehicle.stations and vehicle.max_trips is None):
        return None
    return vehicle.count * (vehicle.max_trips or 1 if vehicle.stations else 1)


def _fixed_apart(kinds: list[tuple[Vehicle, list[str]]], able: NDArray[np.bool_], price: Floats) -> float:
    """Fixed cost of one vehicle that reloads, where some stop needs one: trips do not pay for their vehicle."""
    alone = [able[:, stop] for stop in np.flatnonzero(np.isinf(price))]
    least = [
        min(float(vehicle.fixed_cost) if vehicle.stations else 0.0
            for (vehicle, _), can in zip(kinds, some, strict=True) if can)
        for some in alone
    ]  # fmt: skip
    return max(least, default=0.0)


def fewest(kinds: list[Kind], price: Floats, among: NDArray[np.bool_] | None = None) -> int:
    """Routes it takes to carry what has to be served, filling the largest vehicles first."""
    must = np.isinf(price) if among is None else np.isinf(price) & among
    if not kinds or not must.any():
        return 0
    if any(kind.capacity is None for kind in kinds):
        return 1
    left, count = int(kinds[0].load[must].sum()), 0
    for kind in sorted(kinds, key=lambda one: -(one.capacity or 0)):
        if not kind.capacity or left <= 0:
            break
        needed = -(-left // kind.capacity)
        taken = needed if kind.count is None else min(needed, kind.count)
        count, left = count + taken, left - taken * kind.capacity
    return max(1, count)
