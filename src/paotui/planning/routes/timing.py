"""When a route of the fast engine is where: as early as possible, leaving as late as that allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from paotui.planning.routes.kernel import Arrays
from paotui.planning.routes.lengths import seconds
from paotui.planning.routes.plan import Visit
from paotui.planning.routes.problem import Problem

Leg = tuple[int, int, int]
"""Folded (Vidal et al. 2013): how long, and when to start it at the earliest and at the latest."""


class Times(NamedTuple):
    """Of a route, in seconds; `stops`: arrival, start and end of each."""

    start: int
    stops: list[tuple[int, int, int]]
    end: int


def times(arrays: Arrays, kind: int, clients: Sequence[int]) -> Times | None:
    """Of a vehicle of this type that serves the clients in this order; None where it is too late or takes too long."""
    _, start, end, _, opens, closes, longest = (int(value) for value in arrays.vehicle[kind])
    *there, back = seconds(arrays, [start, *clients, end]).tolist()
    served = arrays.clients[list(clients)].tolist()
    leg: Leg | None = (0, opens, closes)
    for way, (first, last, duration, _) in zip(there, served, strict=True):
        leg = leg and and_then(leg, way, (duration, first, last))
    whole = leg and and_then(leg, back, (0, opens, closes))
    if whole is None or whole[0] > longest:
        return None
    now, done = whole[1], []
    for way, (first, _, duration, _) in zip(there, served, strict=True):
        arrival = now + way
        now = max(arrival, first) + duration
        done.append((arrival, now - duration, now))
    return Times(whole[1], done, now + back)


def and_then(leg: Leg, travel: int, then: Leg) -> Leg | None:
    """The leg with another one after it, or None where that begins too late."""
    shift = leg[0] + travel
    if leg[1] + shift > then[2]:
        return None
    wait = max(0, then[1] - shift - leg[2])
    return shift + then[0] + wait, max(then[1] - shift, leg[1]) - wait, min(then[2] - shift, leg[2])


def visits(problem: Problem, clients: Sequence[int], times: Times) -> Iterator[Visit]:
    """Of the stops with these numbers, with what is on board after each."""
    stops = [problem.stops[client] for client in clients]
    load: Counter[str] = Counter()
    for stop in stops:
        load.update(stop.delivery)
    for stop, (arrival, start, end) in zip(stops, times.stops, strict=True):
        load.subtract(stop.delivery)
        load.update(stop.pickup)
        aboard = {name: amount for name, amount in load.items() if amount}
        yield Visit(kind="stop", id=stop.id, arrival=arrival, start=start, end=end, load=aboard)
