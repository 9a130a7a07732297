"""A plan to begin with, as routes of the fast kernel: what of it still holds in the problem as it is now.

Vehicles may have gone, windows and loads changed since; a stop that no longer fits its place is left to the search.
"""

from __future__ import annotations

import numpy as np

from paotui.planning.routes.classic import Lowered
from paotui.planning.routes.lengths import seconds
from paotui.planning.routes.plan import Plan, Route
from paotui.planning.routes.problem import Problem

Leg = tuple[int, int, int]
"""Folded (Vidal et al. 2013): how long, and when to start it at the earliest and at the latest."""


def routes(lowered: Lowered, start: Plan | None) -> list[tuple[int, list[int]]] | None:
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
    _, start, end, room, opens, closes, longest = (int(value) for value in arrays.vehicle[kind])
    bits = np.bitwise_and.reduce(arrays.allowed[clients]) if clients else 0
    if not clients or int(arrays.clients[clients, 3].sum()) > room or not int(bits) >> kind & 1:
        return False
    if not arrays.windows:
        return True
    *there, back = seconds(arrays, [start, *clients, end]).tolist()
    leg: Leg | None = (0, opens, closes)
    for travel, (first, last, duration, _) in zip(there, arrays.clients[clients].tolist(), strict=True):
        leg = leg and _and_then(leg, travel, (duration, first, last))
    whole = leg and _and_then(leg, back, (0, opens, closes))
    return whole is not None and whole[0] <= longest


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
        longer = _and_then(leg, there, _service(lowered, one))
        whole = longer and _and_then(longer, back, (0, opens, closes))
        if longer and whole and whole[0] <= longest:
            kept.append(one)
            leg, room = longer, room - demand
    return kept


def _service(lowered: Lowered, client: int) -> Leg:
    first, last, duration, _ = (int(value) for value in lowered.arrays.clients[client])
    return duration, first, last


def _and_then(leg: Leg, travel: int, then: Leg) -> Leg | None:
    """The leg with another one after it, or None where that begins too late."""
    shift = leg[0] + travel
    if leg[1] + shift > then[2]:
        return None
    wait = max(0, then[1] - shift - leg[2])
    return shift + then[0] + wait, max(then[1] - shift, leg[1]) - wait, min(then[2] - shift, leg[2])
