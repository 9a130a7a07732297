"""A plan to begin with, as routes of the fast kernel: what of it still holds in the problem as it is now.

Vehicles may have gone, windows and loads changed since; a stop that no longer fits its place is left to the search.
"""

from __future__ import annotations

import numpy as np

from paotui.planning.routes.classic import Lowered
from paotui.planning.routes.kernel import Routes
from paotui.planning.routes.lengths import seconds
from paotui.planning.routes.plan import Plan, Route
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.timing import Leg, and_then, times


def routes(lowered: Lowered, start: Plan | None) -> Routes | None:
    """Routes (vehicle type, clients), each vehicle and client once, each within loads, windows and durations."""
    if start is None:
        return None
    client = {name: number for number, name in enumerate(lowered.stops)}
    kind = {name: number for number, names in enumerate(lowered.names) for name in names}
    found, used = [], set[str]()
    for route in start.routes:
        if route.vehicle not in kind or route.vehicle in used:
            continue
        used.add(route.vehicle)
        wanted = [client[str(stop)] for trip in route.trips for stop in trip if str(stop) in client]
        if kept := _kept(lowered, kind[route.vehicle], wanted):
            found.append((kind[route.vehicle], kept))
            for one in kept:
                del client[lowered.stops[one]]
    return found


def holding(lowered: Lowered, routes: Routes) -> Routes:
    """The routes, each without the stops that do not hold in it."""
    kept = [(kind, _kept(lowered, kind, clients)) for kind, clients in routes]
    return [(kind, clients) for kind, clients in kept if clients]


def published(problem: Problem) -> Plan | None:
    """The plan people know already."""
    if problem.published is None:
        return None
    return Plan(routes=[Route(vehicle=name, trips=[list(stops)]) for name, stops in problem.published.routes.items()])


def _kept(lowered: Lowered, kind: int, clients: list[int]) -> list[int]:
    wanted = list(dict.fromkeys(clients))
    return wanted if _holds(lowered, kind, wanted) else _picked(lowered, kind, wanted)


def _holds(lowered: Lowered, kind: int, clients: list[int]) -> bool:
    """Whether a vehicle drives them all, in this order."""
    arrays = lowered.arrays
    room = int(arrays.vehicle[kind, 3])
    bits = np.bitwise_and.reduce(arrays.allowed[clients]) if clients else 0
    if not clients or int(arrays.clients[clients, 3].sum()) > room or not int(bits) >> kind & 1:
        return False
    return not arrays.windows or times(arrays, kind, clients) is not None


def _picked(lowered: Lowered, kind: int, clients: list[int]) -> list[int]:
    """Those of them it drives, without the ones that no longer fit their place."""
    _, start, end, room, opens, closes, longest = (int(value) for value in lowered.arrays.vehicle[kind])
    kept: list[int] = []
    leg = (0, opens, closes)
    for one in clients:
        demand = int(lowered.arrays.clients[one, 3])
        if demand > room or not int(lowered.arrays.allowed[one]) >> kind & 1:
            continue
        there, back = (int(way) for way in seconds(lowered.arrays, [kept[-1] if kept else start, one, end]))
        longer = and_then(leg, there, _service(lowered, one))
        whole = longer and and_then(longer, back, (0, opens, closes))
        if longer and whole and whole[0] <= longest:
            kept.append(one)
            leg, room = longer, room - demand
    return kept


def _service(lowered: Lowered, client: int) -> Leg:
    first, last, duration, _ = (int(value) for value in lowered.arrays.clients[client])
    return duration, first, last
