"""Chooses the engine a problem needs, and makes a plan of what it found."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from paotui.planning import reading
from paotui.planning.routes import classic, kernel, reloading, rich, unserved
from paotui.planning.routes.plan import Cost, Plan, Route, Text, Unserved
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich import Params
from paotui.planning.stop import OnProgress, Stop

WRITING = 0.08
"""Seconds kept back from the limit, for making and writing the plan, and for a large one as much again."""


def read_params(data: bytes) -> Params:
    """The parameters written as JSON; raises ProblemError with every fault found."""
    return reading.read(Params, data)


def solve(
    problem: Problem, stop: Stop, seed: int = 1, params: Params | None = None, on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:  # fmt: skip
    """A plan for the problem, the best found until `stop`; `start` is a plan to begin with (re-planning).

    Anytime and cancellable; the same seed and limit of iterations give the same plan.
    """
    if classic.takes(problem):
        return _classic(problem, stop, seed, params or Params(), on_progress, start)
    return rich.solve(problem, stop, seed, params, on_progress, start)


def _classic(
    problem: Problem, stop: Stop, seed: int, params: Params, on_progress: OnProgress | None, start: Plan | None
) -> Plan:
    lowered = classic.lower(problem)
    reserve = WRITING * (1 + len(problem.stops) / 6000)
    limited = Stop(
        seconds=None if stop.seconds is None else max(0.0, stop.seconds - reserve),
        iterations=stop.iterations, begun=stop.begun, cancel=stop.cancel,
    )  # fmt: skip
    search = kernel.Params(params.threads, params.neighbours, params.hot or 0.0, params.cold or 0.0)
    found = kernel.solve(lowered.arrays, limited, seed, search, on_progress, _given(lowered, start),
                         float(1 / lowered.factor))  # fmt: skip
    return _told(problem, _plan(problem, lowered, found, seed), limited.deadline() + reserve / 2)


def _told(problem: Problem, plan: Plan, deadline: float) -> Plan:
    """The plan with the reasons of what it leaves out although it had to be served."""
    priced = {_number(stop.id) for stop in problem.stops if stop.unserved_price is not None}
    missing = [number for number, stop in enumerate(problem.stops) if _number(stop.id) in {
        one.stop for one in plan.unserved if one.stop not in priced}]  # fmt: skip
    if not missing:
        return plan
    reasons = unserved.reasons(problem, plan, deadline=deadline, only=missing)
    kept = [one for one in plan.unserved if one.stop in priced]
    return plan.model_copy(update={"unserved": [*reasons, *kept]})


def _given(lowered: classic.Lowered, start: Plan | None) -> list[tuple[int, list[int]]] | None:
    if start is None:
        return None
    client = {name: number for number, name in enumerate(lowered.stops)}
    kind = {name: number for number, names in enumerate(lowered.names) for name in names}
    if lowered.arrays.trips:
        kind = {name: number for number, (_, name) in enumerate(lowered.fleet())}
        return [
            (kind[route.vehicle], clients)
            for route in start.routes
            if route.vehicle in kind
            for trip in route.trips
            if (clients := [client[str(stop)] for stop in trip if str(stop) in client])
        ]
    routes = []
    for route in start.routes:
        stops = [client[str(stop)] for trip in route.trips for stop in trip if str(stop) in client]
        if route.vehicle in kind and stops:
            routes.append((kind[route.vehicle], stops))
    return routes


def _plan(problem: Problem, lowered: classic.Lowered, found: kernel.Found, seed: int) -> Plan:
    driven = _driven(lowered, found)
    routes = [_route(lowered, kind, trips, name) for kind, name, trips in driven]
    served = {client for _, clients in found.routes for client in clients}
    left = [client for client in range(len(lowered.stops)) if client not in served]
    return Plan(
        problem=problem.name, routes=routes, unserved=[_unserved(lowered, client) for client in left],
        cost=_cost(problem, [kind for kind, _, _ in driven], routes, left), seed=seed, iterations=found.iterations,
        seconds=round(found.seconds, 3), engine="classic",
    )  # fmt: skip


def _driven(lowered: classic.Lowered, found: kernel.Found) -> list[tuple[int, str, list[list[int]]]]:
    """For each vehicle in use its type, name and trips."""
    if lowered.arrays.trips:
        fleet = lowered.fleet()
        return [(*fleet[vehicle], trips) for vehicle, trips in reloading.days(found.routes)]
    taken = [iter(names) for names in lowered.names]
    return [(kind, next(taken[kind]), [clients]) for kind, clients in found.routes]


def _route(lowered: classic.Lowered, kind: int, trips: list[list[int]], name: str) -> Route:
    start, end = (int(place) for place in lowered.arrays.vehicle[kind, 1:3])
    return Route(
        vehicle=name, trips=[[_number(lowered.stops[client]) for client in clients] for clients in trips],
        distance=sum(int(_lengths(lowered.arrays, [start, *clients, end]).sum()) for clients in trips),
    )  # fmt: skip


def _number(name: str) -> str | int:
    return int(name) if name.isdecimal() else name


def _lengths(arrays: kernel.Arrays, places: list[int]) -> np.ndarray:
    """Distances from place to place, rounded as the problem prescribes."""
    assert arrays.xy is not None
    points = arrays.xy[places]
    line = np.sqrt(((points[1:] - points[:-1]) ** 2).sum(axis=1))
    match arrays.rounding:
        case 0:
            return np.floor(line + 0.5)
        case 1:
            return np.floor(10.0 * line)
        case 2:
            return np.floor(1000.0 * line + 0.5)
        case _:
            return np.ceil(1000.0 * line - 1e-7)


def _unserved(lowered: classic.Lowered, client: int) -> Unserved:
    if lowered.arrays.price[client] >= 0:
        reason = Text(zh="服务它的代价高于不服务的价格。", en="Serving it would cost more than leaving it out.")
        return Unserved(stop=_number(lowered.stops[client]), reason=reason, code="price")
    reason = Text(zh="没有车辆在限制之内能服务它。", en="No vehicle can serve it within its limits.")
    return Unserved(stop=_number(lowered.stops[client]), reason=reason, code="fleet")


def _cost(problem: Problem, kinds: Iterable[int], routes: list[Route], left: list[int]) -> Cost:
    fixed = distance = Decimal(0)
    for kind, route in zip(kinds, routes, strict=True):
        vehicle = problem.vehicles[kind]
        fixed += vehicle.fixed_cost
        distance += vehicle.per_km * route.distance / 1000
    prices = [problem.stops[client].unserved_price for client in left]
    unserved = sum((problem.objective.default_unserved_price if p is None else p for p in prices), Decimal(0))
    return Cost(total=fixed + distance + unserved, fixed=fixed, distance=distance, unserved=unserved)
