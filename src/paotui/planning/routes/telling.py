"""A plan of what the fast engine found: who drives what, when, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from paotui.planning.routes import changing, classic, kernel, lengths, reloading, successions, timing
from paotui.planning.routes.plan import Cost, Plan, Route, Text, Unserved
from paotui.planning.routes.problem import Problem, stop_name


def plan(
    problem: Problem, lowered: classic.Lowered, found: kernel.Found, seed: int, before: Plan | None, *, timed: bool
) -> Plan | None:
    """What was found as a plan, `timed` with visits; None where one of them comes too late.

    That can only be where going round is quicker than straight on: taking a stop out then makes the next one later.
    """
    driven = _driven(lowered, found, before)
    routes = [_route(problem, lowered, kind, trips, name, timed) for kind, name, trips in driven]
    held = [route for route in routes if route is not None]
    if len(held) < len(routes):
        return None
    served = {client for _, clients in found.routes for client in clients}
    left = [client for client in range(len(lowered.stops)) if client not in served]
    return Plan(
        problem=problem.name, routes=held, unserved=[_unserved(problem, lowered, client) for client in left],
        cost=_cost(problem, [kind for kind, _, _ in driven], held, left), seed=seed, iterations=found.iterations,
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


def _route(
    problem: Problem, lowered: classic.Lowered, kind: int, trips: list[list[int]], name: str, timed: bool
) -> Route | None:
    start, end = (int(place) for place in lowered.arrays.vehicle[kind, 1:3])
    route = Route(
        vehicle=name, trips=[[stop_name(problem, lowered.stops[client]) for client in clients] for clients in trips],
        distance=sum(_metres(lowered, [start, *clients, end]) for clients in trips),
    )  # fmt: skip
    if not timed:
        return route
    times = timing.times(lowered.arrays, kind, trips[0])
    if times is None:
        return None
    return route.model_copy(update={
        "visits": list(timing.visits(problem, trips[0], times)), "start": times.start, "end": times.end,
        "duration": times.end - times.start,
    })  # fmt: skip


def _metres(lowered: classic.Lowered, places: list[int]) -> int:
    if lowered.ways is not None:
        return int(lowered.ways.metres[places[:-1], places[1:]].sum())
    return int(lengths.lengths(lowered.arrays, places).sum())


def _unserved(problem: Problem, lowered: classic.Lowered, client: int) -> Unserved:
    if lowered.arrays.price[client] >= 0:
        reason = Text(
            zh="求解中没有找到比不服务它更合算的安排。",
            en="The search found no way to serve it that costs less than leaving it out.",
        )
        return Unserved(stop=stop_name(problem, lowered.stops[client]), reason=reason, code="price")
    reason = Text(zh="没有车辆在限制之内能服务它。", en="No vehicle can serve it within its limits.")
    return Unserved(stop=stop_name(problem, lowered.stops[client]), reason=reason, code="fleet")


def _cost(problem: Problem, kinds: Iterable[int], routes: list[Route], left: list[int]) -> Cost:
    fixed = distance = Decimal(0)
    for kind, route in zip(kinds, routes, strict=True):
        vehicle = problem.vehicles[kind]
        fixed += vehicle.fixed_cost
        distance += vehicle.per_km * route.distance / 1000
    prices = [problem.stops[client].unserved_price for client in left]
    unserved = sum((problem.objective.default_unserved_price if p is None else p for p in prices), Decimal(0))
    change = successions.changed(problem, [[str(stop) for trip in route.trips for stop in trip] for route in routes])
    fixed, distance, unserved, change = (_fen(problem, one) for one in (fixed, distance, unserved, change))
    total = fixed + distance + unserved + change
    return Cost(total=total, fixed=fixed, distance=distance, unserved=unserved, change=change)


def _fen(problem: Problem, value: Decimal) -> Decimal:
    return value if problem.source else Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
