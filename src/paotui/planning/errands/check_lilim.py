"""Verifies routes of a Li–Lim instance in double precision; shares no code with the solver."""

from __future__ import annotations

import math
from collections.abc import Sequence

from paotui.planning.errands.lilim import LiLim, Node
from paotui.planning.faults import Fault, fault

ROUNDING = 1e-6
"""Of sums in double precision."""


def check_lilim(found: LiLim, routes: Sequence[Sequence[int]]) -> tuple[float, list[Fault]]:
    """Return the distance of the routes and what is wrong with them: nothing when every request is done in time."""
    faults: list[Fault] = []
    if len(routes) > found.vehicles:
        faults.append(fault(
            "routes", zh=f"用了 {len(routes)} 辆车，只有 {found.vehicles} 辆。请减少路线。",
            en=f"{len(routes)} vehicles are used, there are {found.vehicles}. Use fewer.",
        ))  # fmt: skip
    faults += _visits(found, routes)
    distance = 0.0
    for number, route in enumerate(routes):
        driven, wrong = _drive(found, number, route)
        distance += driven
        faults += wrong
    return distance, faults


def _visits(found: LiLim, routes: Sequence[Sequence[int]]) -> list[Fault]:
    visits = [0] * len(found.nodes)
    for route in routes:
        for node in route:
            visits[node] += 1
    return [
        fault(f"nodes[{node}]", zh=f"到访 {times} 次，应为一次。", en=f"visited {times} times, should be once.")
        for node, times in enumerate(visits)
        if node and times != 1
    ]


def _drive(found: LiLim, number: int, route: Sequence[int]) -> tuple[float, list[Fault]]:
    faults: list[Fault] = []
    at, clock, load, driven = 0, found.nodes[0].earliest, 0, 0.0
    seen: set[int] = set()
    for position, stop in enumerate([*route, 0]):
        node, path = found.nodes[stop], f"routes[{number}][{position}]"
        leg = _between(found.nodes[at], node)
        driven += leg
        clock = max(clock + leg, node.earliest)
        if clock > node.latest + ROUNDING:
            faults.append(fault(path, zh="到得太晚。", en=f"begins at {clock:.3f}, latest {node.latest}."))
        clock += node.service
        load += node.demand
        if load > found.capacity:
            faults.append(fault(path, zh="超载。", en=f"carries {load}, capacity {found.capacity}."))
        if stop and node.pickup and node.pickup not in seen:
            faults.append(fault(path, zh="先送后取。", en="is delivered before it is picked up on this route."))
        seen.add(stop)
        at = stop
    return driven, faults


def _between(one: Node, other: Node) -> float:
    return math.sqrt((one.x - other.x) ** 2 + (one.y - other.y) ** 2)
