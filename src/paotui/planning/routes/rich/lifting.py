"""The kernel's visits → a plan with times, loads and what it costs, in exact money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise

import numpy as np

from paotui.planning.routes.plan import Cost, Plan, Route, Visit
from paotui.planning.routes.problem import stop_name
from paotui.planning.routes.rich.engine import STATION, STOP, Found
from paotui.planning.routes.rich.lowering import Lowered

Row = tuple[int, int, int, int, int, int]


def lift(lowered: Lowered, found: Found) -> tuple[list[Route], Cost, list[int]]:
    """Routes, their cost, and the numbers of the stops not served."""
    rows = [tuple(row) for row in found.visits.tolist()]
    routes = [_route(lowered, vehicle, list(part)) for vehicle, part in groupby(rows, key=lambda row: row[0])]
    served = {row[2] for row in rows if row[1] == STOP}
    left_out = [number for number in range(len(lowered.expansion.stops)) if number not in served]
    return routes, cost(lowered, routes, left_out), left_out


def _route(lowered: Lowered, vehicle: int, rows: list[Row]) -> Route:
    x = lowered.expansion
    ends, rows = rows[0], rows[1:]
    loads = list(_loads(lowered, vehicle, rows))
    visits = [_visit(lowered, row, load) for row, load in zip(rows, loads, strict=True)]
    trips: list[list[str | int]] = [[]]
    for row in rows:
        if row[1] == STATION:
            trips.append([])
        elif row[1] == STOP:
            trips[-1].append(stop_name(x.problem, x.stops[row[2]].id))
    return Route(
        vehicle=x.fleet[vehicle].name, trips=[trip for trip in trips if trip], visits=visits, start=ends[4],
        end=ends[5], distance=_distance(lowered, vehicle, rows), duration=ends[5] - ends[4],
    )  # fmt: skip


def _visit(lowered: Lowered, row: Row, load: dict[str, int]) -> Visit:
    _, kind, number, arrival, start, end = row
    x = lowered.expansion
    if kind == STOP:
        return Visit(kind="stop", id=x.stops[number].id, arrival=arrival, start=start, end=end, load=load)
    if kind == STATION:
        return Visit(kind="station", id=x.problem.stations[number].id, arrival=arrival, start=start, end=end, load=load)
    return Visit(kind="break", id=str(number + 1), arrival=arrival, start=start, end=end, load=load)


def _loads(lowered: Lowered, vehicle: int, rows: list[Row]) -> Iterator[dict[str, int]]:
    """On board after each visit; after a station, what the next trip delivers."""
    x = lowered.expansion
    shipped = _shipped(lowered)
    onboard = lowered.arrays["onboard"][vehicle]
    load = Counter(dict(zip(lowered.dimensions, onboard.tolist(), strict=True))) + _given(lowered, rows)
    for place, (_, kind, number, *_rest) in enumerate(rows):
        if kind == STATION:
            load = _given(lowered, rows[place + 1 :])
        elif kind == STOP:
            load.subtract(x.stops[number].delivery)
            load.update(x.stops[number].pickup)
            load.update(shipped.get(number, {}))
        yield {name: amount for name, amount in load.items() if amount}


def _given(lowered: Lowered, rows: list[Row]) -> Counter[str]:
    """What the trip that begins here delivers."""
    load: Counter[str] = Counter()
    for _, kind, number, *_rest in rows:
        if kind == STATION:
            break
        if kind == STOP:
            load.update(lowered.expansion.stops[number].delivery)
    return load


def _shipped(lowered: Lowered) -> dict[int, Counter[str]]:
    """By stop, what shipments change on board there."""
    found: dict[int, Counter[str]] = {}
    number = lowered.expansion.stop_number
    for one in lowered.expansion.problem.shipments:
        found.setdefault(number[one.pickup], Counter()).update(one.load)
        found.setdefault(number[one.delivery], Counter()).subtract(one.load)
    return found


def _distance(lowered: Lowered, vehicle: int, rows: list[Row]) -> int:
    """Metres of a route; an open one ends at its last visit."""
    arrays, n = lowered.arrays, len(lowered.expansion.stops)
    nodes = [number if kind == STOP else n + number for _, kind, number, *_rest in rows if kind in (STOP, STATION)]
    path = [int(arrays["start"][vehicle]), *(int(arrays["loc"][node]) for node in nodes)]
    if (end := int(arrays["end"][vehicle])) >= 0:
        path.append(end)
    table = lowered.matrices[int(arrays["profile"][vehicle])][0]
    return int(np.sum(table[path[:-1], path[1:]], dtype=np.int64))


def cost(lowered: Lowered, routes: list[Route], left_out: list[int]) -> Cost:
    """Each component an exact fraction, rounded half up to a fen once."""
    x = lowered.expansion
    problem = x.problem
    parts: Counter[str] = Counter()
    territory = lowered.arrays["territory_cost"]
    for route in routes:
        number = x.vehicle_number[route.vehicle]
        vehicle, seconds = x.fleet[number].vehicle, route.duration
        used = any(route.trips)
        over = max(0, route.end - vehicle.shift.latest)
        if vehicle.regular_duration is not None:
            over = max(over, seconds - vehicle.regular_duration)
        parts["fixed"] += Fraction(vehicle.fixed_cost) if used else 0  # type: ignore[assignment]
        parts["distance"] += Fraction(vehicle.per_km) * route.distance / 1000  # type: ignore[assignment]
        parts["duration"] += Fraction(vehicle.per_hour) * seconds / 3600  # type: ignore[assignment]
        parts["overtime"] += Fraction(vehicle.overtime_per_hour) * over / 3600  # type: ignore[assignment]
        if used:
            parts["balance"] += Fraction(problem.objective.balance_per_hour2) * Fraction(seconds, 3600) ** 2  # type: ignore[assignment]
        heart = int(lowered.arrays["territory"][number])
        if heart >= 0:
            stops = [x.stop_number[visit.id] for visit in route.visits if visit.kind == "stop"]
            metres = round(float(territory[heart, stops].sum()) * 1000 / float(problem.objective.territory_per_km))
            parts["territory"] += Fraction(problem.objective.territory_per_km) * metres / 1000  # type: ignore[assignment]
    default = problem.objective.default_unserved_price
    for number in left_out:
        price = x.stops[number].unserved_price
        parts["unserved"] += Fraction(default if price is None else price)  # type: ignore[assignment]
    parts["change"] = _change(lowered, routes)  # type: ignore[assignment]
    money = {name: _fen(Fraction(value)) for name, value in parts.items()}
    return Cost(total=sum(money.values(), Decimal(0)), **money)


def _change(lowered: Lowered, routes: list[Route]) -> Fraction:
    x = lowered.expansion
    published = x.problem.published
    if published is None:
        return Fraction()
    sequences = {
        x.vehicle_number[route.vehicle]: [x.stop_number[visit.id] for visit in route.visits if visit.kind == "stop"]
        for route in routes
    }
    driver = {stop: vehicle for vehicle, stops in sequences.items() for stop in stops}
    follows = {pair for stops in sequences.values() for pair in pairwise(stops)}
    moved = sum(driver.get(stop, vehicle) != vehicle for vehicle, stops in x.published.items() for stop in stops)
    broken = sum(pair not in follows for stops in x.published.values() for pair in pairwise(stops))
    return Fraction(published.per_vehicle_change) * moved + Fraction(published.per_succession_change) * broken


def _fen(value: Fraction) -> Decimal:
    return (Decimal((value * 100 + Fraction(1, 2)).__floor__()) / 100).quantize(Decimal("0.01"))


def plan_of(lowered: Lowered, found: Found) -> Plan:
    routes, price, _ = lift(lowered, found)
    return Plan(
        problem=lowered.expansion.problem.name, routes=routes, cost=price, iterations=found.iterations, engine="rich"
    )
