"""Chooses the engine a problem needs, and makes a plan of what it found."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from paotui.planning import reading
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.routes import (
    beginning,
    changing,
    classic,
    kernel,
    regaining,
    reloading,
    tables,
)
from paotui.planning.routes.bounding import stating
from paotui.planning.routes.lengths import lengths
from paotui.planning.routes.params import Params
from paotui.planning.routes.plan import Cost, Plan, Route, Text, Unserved
from paotui.planning.routes.problem import Planar, Problem
from paotui.planning.stop import OnProgress, Stop

WRITING = 0.08
"""Seconds kept back from the limit, for making and writing the plan, and for a large one as much again."""
TIMING = 0.0003
"""Seconds kept back for each stop where the plan is told with times."""
NEAR = (0.3, 0.05)
"""First and last temperature near a published plan, in mean nearest-neighbour costs."""


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
    kept = stating.seconds(problem, stop)
    shorter = stop if stop.seconds is None else replace(stop, seconds=stop.seconds - kept)
    plan = _solve(problem, shorter, seed, params, on_progress, start)
    return stating.stated(problem, plan) if kept and not stop.cancel.is_set() else plan


def _solve(
    problem: Problem, stop: Stop, seed: int, params: Params | None, on_progress: OnProgress | None, start: Plan | None
) -> Plan:
    again = bool(problem.stations) and start is not None  # the fast kernel begins several trips anew only
    if classic.takes(problem) and not again:
        return _classic(problem, stop, seed, params or Params(), on_progress, start)
    if params and params.engine in ("decomposed", "ray"):
        raise ProblemError([_no_clusters(params.engine)])
    # Here and below: what a re-planning of a classic problem does without is loaded when it is needed.
    from paotui.planning.routes import keeping, rich

    plan = rich.solve(problem, stop, seed, params, on_progress, start)
    return keeping.cheaper(problem, plan, start) if start else plan


def _classic(
    problem: Problem, stop: Stop, seed: int, params: Params, on_progress: OnProgress | None, start: Plan | None
) -> Plan:
    begun = time.monotonic() if stop.begun is None else stop.begun  # one moment for all that follows
    lowered = classic.lower(problem)
    timed = not isinstance(problem.travel, Planar)
    reserve = WRITING * (1 + len(problem.stops) / 6000) + TIMING * len(problem.stops) * timed
    limited = Stop(
        seconds=None if stop.seconds is None else max(0.0, stop.seconds - reserve),
        iterations=stop.iterations, begun=begun, cancel=stop.cancel,
    )  # fmt: skip
    binding = problem.published is not None and bool(problem.published.per_succession_change)
    before = start or (beginning.published(problem) if binding else None)
    near = NEAR if binding else (0.0, 0.0)
    given = beginning.routes(lowered, before)
    found = _search(lowered, limited, seed, params, on_progress, given, near)
    if _cut_short(lowered, limited, found):
        once = Stop(iterations=1, cancel=stop.cancel)
        found = kernel.solve(lowered.arrays, once, seed, kernel.Params(1), start=given)
    plan = _plan(problem, lowered, found, seed, before)
    if timed:
        from paotui.planning.routes import rich, timing

        driven = timing.timed(problem, plan)
        if driven is None:
            return rich.solve(problem, stop, seed, params, on_progress, plan)
        plan = driven
    return _told(problem, plan, limited.deadline() + reserve / 2, everything=timed)


def _search(
    lowered: classic.Lowered, stop: Stop, seed: int, params: Params, on_progress: OnProgress | None,
    given: kernel.Routes | None, near: tuple[float, float],
) -> kernel.Found:  # fmt: skip
    search = kernel.Params(params.threads, params.neighbours or 0, params.hot or near[0], params.cold or near[1])
    money, arrays = float(1 / lowered.factor), lowered.arrays
    given = regaining.regained(arrays, stop, seed, search, given)
    whole = (params.engine == "auto" and len(lowered.stops) < params.decompose_from) or arrays.trips
    if whole or params.engine == "whole":
        return kernel.solve(arrays, stop, seed, search, on_progress, given, money)
    from paotui.planning.routes import decomposed, executing

    executor = executing.Ray(params.threads) if params.engine == "ray" else executing.Threads(params.threads)
    cutting = decomposed.Cutting(params.cluster)
    try:
        return decomposed.solve(arrays, stop, seed, search, executor, on_progress, given, money, cutting)
    finally:
        executor.close()


def _cut_short(lowered: classic.Lowered, stop: Stop, found: kernel.Found) -> bool:
    """Whether starting up used the time, and not even a first plan was made: an empty one helps nobody."""
    if found.iterations or stop.seconds is None or stop.cancel.is_set():
        return False
    return sum(len(clients) for _, clients in found.routes) < len(lowered.stops)


def _no_clusters(engine: str) -> Fault:
    return fault(
        "params.engine",
        zh=f'引擎“{engine}”只能解经典问题，本问题有更多约束。请改用 "auto"。',
        en=f'The engine "{engine}" solves classic problems only; this one says more. Use "auto".',
    )


def _told(problem: Problem, plan: Plan, deadline: float, *, everything: bool) -> Plan:
    """The plan with the reasons of what it leaves out: of `everything`, or of what had to be served."""
    priced = {_number(stop.id) for stop in problem.stops if stop.unserved_price is not None and not everything}
    missing = [number for number, stop in enumerate(problem.stops) if _number(stop.id) in {
        one.stop for one in plan.unserved if one.stop not in priced}]  # fmt: skip
    if not missing:
        return plan
    from paotui.planning.routes import unserved

    reasons = unserved.reasons_in_time(problem, plan, missing, deadline)
    kept = [one for one in plan.unserved if one.stop in priced]
    return plan.model_copy(update={"unserved": [*reasons, *kept]})


def _plan(problem: Problem, lowered: classic.Lowered, found: kernel.Found, seed: int, before: Plan | None) -> Plan:
    driven = _driven(lowered, found, before)
    routes = [_route(lowered, kind, trips, name) for kind, name, trips in driven]
    served = {client for _, clients in found.routes for client in clients}
    left = [client for client in range(len(lowered.stops)) if client not in served]
    return Plan(
        problem=problem.name, routes=routes, unserved=[_unserved(lowered, client) for client in left],
        cost=_cost(problem, [kind for kind, _, _ in driven], routes, left), seed=seed, iterations=found.iterations,
        seconds=round(found.seconds, 3), engine="classic",
    )  # fmt: skip


def _driven(
    lowered: classic.Lowered, found: kernel.Found, before: Plan | None
) -> list[tuple[int, str, list[list[int]]]]:
    """For each vehicle in use its type, name and trips."""
    if lowered.arrays.trips:
        fleet = lowered.fleet()
        return [(*fleet[vehicle], trips) for vehicle, trips in reloading.days(found.routes)]
    routes = [(kind, [lowered.stops[client] for client in clients]) for kind, clients in found.routes]
    names = changing.names(routes, lowered.names, before)
    return [(kind, name, [clients]) for name, (kind, clients) in zip(names, found.routes, strict=True)]


def _route(lowered: classic.Lowered, kind: int, trips: list[list[int]], name: str) -> Route:
    start, end = (int(place) for place in lowered.arrays.vehicle[kind, 1:3])
    return Route(
        vehicle=name, trips=[[_number(lowered.stops[client]) for client in clients] for clients in trips],
        distance=sum(_metres(lowered, [start, *clients, end]) for clients in trips),
    )  # fmt: skip


def _metres(lowered: classic.Lowered, places: list[int]) -> int:
    if lowered.metres is not None:
        return int(lowered.metres[places[:-1], places[1:]].sum())
    return int(lengths(lowered.arrays, places).sum())


def _number(name: str) -> str | int:
    return int(name) if name.isdecimal() else name


def _unserved(lowered: classic.Lowered, client: int) -> Unserved:
    if lowered.arrays.price[client] >= 0:
        reason = Text(
            zh="求解中没有找到比不服务它更合算的安排。",
            en="The search found no way to serve it that costs less than leaving it out.",
        )
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
    change = tables.changed(problem, [[str(stop) for trip in route.trips for stop in trip] for route in routes])
    total = fixed + distance + unserved + change
    return Cost(total=total, fixed=fixed, distance=distance, unserved=unserved, change=change)
