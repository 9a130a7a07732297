"""Peers on the problems of `benchmarks/routes.py`: PyVRP, VROOM, OR-Tools, HGS-CVRP; routes out, priced by our checker.

Each takes the problem as our reader states it (PyVRP reads the file itself, as its users do) and the moment on the
monotonic clock to be done at, and gives routes: the vehicle's number in the file from 0, and trips of stop ids.
`None` is given for a kind of problem a peer cannot state.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from paotui.planning.routes import matrices
from paotui.planning.routes.classic import names_of
from paotui.planning.routes.problem import FOREVER, Problem, Vehicle

Routes = list[tuple[int, list[list[str]]]]
READS = {
    "pyvrp": {"gh", "x", "xxl", "mt", "hf", "sd", "md", "pc"},
    "vroom": {"gh", "x", "xxl", "hf"},  # no prizes, no trips, no limit on a route's duration with waiting
    "ortools": {"gh", "x", "xxl", "hf", "sd", "md", "pc"},
    "hgs": {"x", "xxl"},
}
THREADS = {"pyvrp": 1, "vroom": 2, "ortools": 1, "hgs": 1}
"""As they are: only VROOM uses more than one core."""
WRITING = 0.1


def left(until: float) -> float:
    return max(0.1, until - WRITING - time.monotonic())


def pyvrp(problem: Problem, path: Path, until: float, seed: int) -> Routes:
    from pyvrp import ActivityType, read, solve
    from pyvrp.stop import MaxRuntime

    data = read(path, round_func=problem.travel.rounding)  # type: ignore[union-attr]
    found = solve(data, MaxRuntime(left(until)), seed=seed, collect_stats=False, display=False).best
    kinds, clients = data.vehicle_types(), data.clients()
    numbers = [[int(one) for one in kind.name.split(",")] for kind in kinds]
    routes: Routes = []
    for route in found.routes():
        trips: list[list[str]] = [[]]
        for one in route.schedule():
            if one.type == ActivityType.CLIENT:
                trips[-1].append(problem.locations[clients[one.idx].location].id)
            elif trips[-1]:
                trips.append([])
        routes.append((numbers[route.vehicle_type()].pop(0), [trip for trip in trips if trip]))
    return routes


class Numbers:
    """The problem in matrices: depots and stops by the place of their location, single vehicles with their type."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.way = next(iter(matrices.matrices(problem).values()))[0]
        self.at = {location.id: place for place, location in enumerate(problem.locations)}
        self.vehicles: list[tuple[int, Vehicle]] = []
        for kind, one in enumerate(problem.vehicles):
            self.vehicles += [(kind, one)] * len(names_of(one, len(problem.stops)))
        self.allowed = [None if stop.vehicles is None else set(stop.vehicles) for stop in problem.stops]

    def capacity(self, vehicle: Vehicle) -> int:
        return min(next(iter(vehicle.capacities.values()), 0), 2**31 - 1)

    def load(self, number: int) -> int:
        return next(iter(self.problem.stops[number].delivery.values()), 0)

    def unit(self, vehicle: Vehicle) -> int:
        assert vehicle.per_km % 1000 == 0, "a cost per unit of distance that is no whole number"
        return int(vehicle.per_km / 1000)


def vroom(problem: Problem, path: Path, until: float, seed: int) -> Routes:
    import vroom as peer

    x, model = Numbers(problem), peer.Input()
    for kind, vehicle in enumerate(problem.vehicles):
        model.set_durations_matrix(f"t{kind}", x.way.astype(np.uint32))
        model.set_costs_matrix(f"t{kind}", (x.way * x.unit(vehicle)).astype(np.uint32))
    for number, (kind, vehicle) in enumerate(x.vehicles):
        shift = (vehicle.shift.earliest, min(vehicle.shift.latest, FOREVER))
        model.add_vehicle(peer.Vehicle(
            number, start=x.at[vehicle.start], end=x.at[vehicle.end or vehicle.start], profile=f"t{kind}",
            capacity=[x.capacity(vehicle)], time_window=shift, costs=peer.VehicleCosts(fixed=int(vehicle.fixed_cost)),
        ))  # fmt: skip
    for number, stop in enumerate(problem.stops):
        windows = [peer.TimeWindow(first, last) for first, last in stop.windows]
        model.add_job(peer.Job(
            number, location=x.at[stop.location], default_service=stop.duration, delivery=peer.Amount([x.load(number)]),
            **({"time_windows": windows} if windows else {}),
        ))  # fmt: skip
    solution = model.solve(exploration_level=5, nb_threads=2, timeout=dt.timedelta(seconds=left(until)))
    routes: dict[int, list[str]] = {}
    for row in solution.routes.to_dict("records"):
        if row["type"] == "job":
            routes.setdefault(int(row["vehicle_id"]), []).append(problem.stops[int(row["id"])].id)
    return [(number, [stops]) for number, stops in routes.items()]


def ortools(problem: Problem, path: Path, until: float, seed: int) -> Routes:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    x = Numbers(problem)
    starts = [x.at[vehicle.start] for _, vehicle in x.vehicles]
    ends = [x.at[vehicle.end or vehicle.start] for _, vehicle in x.vehicles]
    manager = pywrapcp.RoutingIndexManager(len(problem.locations), len(x.vehicles), starts, ends)
    model = pywrapcp.RoutingModel(manager)
    costs = [model.RegisterTransitMatrix((x.way.astype(np.int64) * x.unit(one)).tolist()) for one in problem.vehicles]
    for number, (kind, vehicle) in enumerate(x.vehicles):
        model.SetArcCostEvaluatorOfVehicle(costs[kind], number)
        model.SetFixedCostOfVehicle(int(vehicle.fixed_cost), number)
    _timed(x, manager, model)
    demand, index_of = [0] * len(problem.locations), {}
    for number, stop in enumerate(problem.stops):
        demand[x.at[stop.location]] = x.load(number)
        index_of[number] = manager.NodeToIndex(x.at[stop.location])
        if stop.unserved_price is not None:
            model.AddDisjunction([index_of[number]], int(stop.unserved_price))
        if (allowed := x.allowed[number]) is not None:
            able = [-1] + [place for place, (_, vehicle) in enumerate(x.vehicles) if vehicle.id in allowed]
            model.VehicleVar(index_of[number]).SetValues(able)
    capacities = [x.capacity(vehicle) for _, vehicle in x.vehicles]
    model.AddDimensionWithVehicleCapacity(model.RegisterUnaryTransitVector(demand), 0, capacities, True, "load")
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    settings.time_limit.FromMilliseconds(int(left(until) * 1000))
    solution = model.SolveWithParameters(settings)
    routes: Routes = []
    for number in range(len(x.vehicles) if solution else 0):
        index, stops = solution.Value(model.NextVar(model.Start(number))), []
        while not model.IsEnd(index):
            stops.append(problem.locations[manager.IndexToNode(index)].id)
            index = solution.Value(model.NextVar(index))
        if stops:
            routes.append((number, [stops]))
    return routes


def _timed(x: Numbers, manager: Any, model: Any) -> None:
    problem, service = x.problem, np.zeros((len(x.problem.locations), 1), np.int64)
    timed = any(stop.windows for stop in problem.stops)
    limited = any(one.max_duration is not None or one.shift.latest < FOREVER for one in problem.vehicles)
    if not timed and not limited:
        return
    for stop in problem.stops:
        service[x.at[stop.location]] = stop.duration
    transit = model.RegisterTransitMatrix((x.way + service).tolist())
    model.AddDimension(transit, FOREVER, FOREVER, False, "time")
    clock = model.GetDimensionOrDie("time")
    for stop in problem.stops:
        for first, last in stop.windows:
            clock.CumulVar(manager.NodeToIndex(x.at[stop.location])).SetRange(first, last)
    for number, (_, vehicle) in enumerate(x.vehicles):
        clock.CumulVar(model.Start(number)).SetMin(vehicle.shift.earliest)
        clock.CumulVar(model.End(number)).SetMax(vehicle.shift.latest)
        if vehicle.max_duration is not None:
            clock.SetSpanUpperBoundForVehicle(vehicle.max_duration, number)


def hgs(problem: Problem, path: Path, until: float, seed: int) -> Routes:
    from hygese import AlgorithmParameters, Solver

    vehicle = problem.vehicles[0]
    depot = next(location for location in problem.locations if location.id == vehicle.start)
    place = {location.id: location for location in problem.locations}
    points = [depot, *(place[stop.location] for stop in problem.stops)]
    data = {
        "x_coordinates": np.array([point.x for point in points]),
        "y_coordinates": np.array([point.y for point in points]), "vehicle_capacity": Numbers.capacity(None, vehicle),  # type: ignore[arg-type]
        "demands": np.array([0, *(next(iter(stop.delivery.values()), 0) for stop in problem.stops)]), "depot": 0,
    }  # fmt: skip
    settings = AlgorithmParameters(timeLimit=left(until), nbIter=2_000_000_000, seed=seed)
    found = Solver(parameters=settings, verbose=False).solve_cvrp(data)
    return [(number, [[problem.stops[one - 1].id for one in route]]) for number, route in enumerate(found.routes)]


PEERS: dict[str, Callable[[Problem, Path, float, int], Routes]] = {
    "pyvrp": pyvrp, "vroom": vroom, "ortools": ortools, "hgs": hgs,
}  # fmt: skip
