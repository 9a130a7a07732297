"""PyVRP on a problem of ours, stated through its `Model`: what its users do who have no file of a public set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from routes_peers import left

from paotui.planning.routes import matrices
from paotui.planning.routes.problem import FOREVER, Problem, Vehicle

FAR = 10_000_000
"""Metres and seconds to a stop that a vehicle may not serve."""
MILLI = 1000
"""Units of PyVRP's cost a yuan: prices a kilometre become whole prices a metre."""


def stated(problem: Problem, _path: Path, until: float, seed: int) -> list[tuple[int, list[list[str]]]]:
    """Routes as (number of the vehicle, trips), none where it has no plan that holds. One profile; no stations."""
    from pyvrp import ActivityType, Model
    from pyvrp.stop import MaxRuntime

    model, dimensions = Model(), sorted({name for stop in problem.stops for name in (*stop.delivery, *stop.pickup)})
    places = {one.id: model.add_location(one.lon or one.x or 0, one.lat or one.y or 0) for one in problem.locations}
    bases = {
        name: model.add_depot(places[name]) for one in problem.vehicles for name in (one.start, one.end or one.start)
    }
    for stop in problem.stops:
        first, last = stop.windows[0] if stop.windows else (0, FOREVER)
        model.add_client(
            places[stop.location], [stop.delivery.get(name, 0) for name in dimensions],
            [stop.pickup.get(name, 0) for name in dimensions], stop.duration, first, last, stop.release,
            int((stop.unserved_price or 0) * MILLI), stop.unserved_price is None,
        )  # fmt: skip
    for vehicle in problem.vehicles:
        _vehicle(model, problem, vehicle, places, bases, dimensions)
    result = model.solve(MaxRuntime(left(until)), seed=seed, collect_stats=False, display=False)
    if not result.best.is_feasible():
        return []
    before = [sum(one.count or 0 for one in problem.vehicles[:kind]) for kind in range(len(problem.vehicles))]
    routes = []
    for route in result.best.routes():
        kind = route.vehicle_type()
        stops = [problem.stops[one.idx].id for one in route.schedule() if one.type == ActivityType.CLIENT]
        routes.append((before[kind], [stops]))
        before[kind] += 1
    return routes


def _vehicle(model: Any, problem: Problem, vehicle: Vehicle, places: dict[str, Any], bases: dict[str, Any],
             dimensions: list[str]) -> None:  # fmt: skip
    profile = model.add_profile()
    metres, seconds = matrices.matrices(problem)[vehicle.profile]
    closed = {stop.location for stop in problem.stops if not set(stop.requires) <= set(vehicle.capabilities)}
    names = [*places]
    for a, here in enumerate(names):
        for b, there in enumerate(names):
            if a != b:
                far = FAR if there in closed else 0
                model.add_edge(places[here], places[there], int(metres[a, b]) + far, int(seconds[a, b]) + far, profile)
    limits = {} if vehicle.max_duration is None else {"shift_duration": vehicle.max_duration}
    limits |= {} if vehicle.max_distance is None else {"max_distance": vehicle.max_distance}
    model.add_vehicle_type(
        vehicle.count, [vehicle.capacities.get(name, 0) for name in dimensions], bases[vehicle.start],
        bases[vehicle.end or vehicle.start], int(vehicle.fixed_cost * MILLI), vehicle.shift.earliest,
        vehicle.shift.latest, unit_distance_cost=int(vehicle.per_km * MILLI / 1000),
        unit_duration_cost=int(vehicle.per_hour * MILLI / 3600), profile=profile, **limits,
    )  # fmt: skip
