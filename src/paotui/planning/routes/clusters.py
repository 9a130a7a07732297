"""Cuts a large classic problem into clusters of whole routes that lie together, and puts their plans back.

A cluster is a problem of its own: its routes, the clients it has not served, all depots, its share of the vehicles
that stand idle. Cuts are drawn anew every round, turned and shifted, so that no border stays where it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from paotui.planning.routes.kernel import Arrays, Routes
from paotui.planning.routes.lengths import costs
from paotui.planning.routes.successions import within

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A part of a problem: its arrays, routes to begin with, and the numbers its clients have in the whole."""

    arrays: Arrays
    routes: Routes
    clients: Numbers

    def back(self, routes: Routes) -> Routes:
        """Routes of this cluster in the numbers of the whole."""
        return [(kind, self.clients[route].tolist()) for kind, route in routes]

    def cost(self) -> int:
        """Of its routes and of optional clients left out, in whole units as the kernel counts them."""
        total = 0
        left = np.ones(len(self.clients), bool)
        for kind, route in self.routes:
            start, end = self.arrays.vehicle[kind, 1:3].tolist()
            fixed, unit = self.arrays.vehicle_cost[kind].tolist()
            total += fixed + unit * int(costs(self.arrays, [start, *route, end]).sum())
            left[route] = False
        return total + int(np.maximum(self.arrays.price[left], 0).sum())


def points_of(arrays: Arrays) -> Numbers:
    """float64 (n + depots, 2); without coordinates the ways to a depot and to a client stand in for them."""
    if arrays.xy is not None:
        return np.asarray(arrays.xy, np.float64)
    assert arrays.distance is not None
    return np.stack([arrays.distance[:, -1], arrays.distance[:, 0]], axis=1).astype(np.float64)


def cut(arrays: Arrays, points: Numbers, routes: Routes, parts: int, random: np.random.Generator) -> list[Cluster]:
    """About equal clusters of whole routes; clients not served go with the nearest route."""
    centres = np.array([points[route].mean(axis=0) for _, route in routes])
    weights = np.array([len(route) for _, route in routes])
    groups: list[Numbers] = []
    _halve(centres, weights, np.arange(len(routes)), min(parts, len(routes)), random, groups)
    left = unserved(len(arrays.clients), routes)
    home = _nearest(centres, points[left]) if len(left) else left
    group_of = np.empty(len(routes), np.int64)
    for number, group in enumerate(groups):
        group_of[group] = number
    shares = standing_idle(arrays, routes, len(groups))
    return [
        cluster(arrays, [routes[k] for k in group], left[group_of[home] == number], shares[number])
        for number, group in enumerate(groups)
    ]


def _halve(
    centres: Numbers, weights: Numbers, inside: Numbers, parts: int, random: np.random.Generator, out: list[Numbers]
) -> None:
    """Cut across the longer extent, seen under a random turn, at a random share of the parts."""
    if parts <= 1 or len(inside) <= 1:
        out.append(np.sort(inside))
        return
    first = int(random.integers(max(1, parts // 3), parts - max(1, parts // 3) + 1))
    turn = random.uniform(-0.6, 0.6)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    along = centres[inside] @ axes.T
    keys = along[:, int(np.argmax(np.ptp(along, axis=0)))]
    order = inside[np.lexsort((inside, keys))]
    filled = np.cumsum(weights[order])
    at = int(np.searchsorted(filled, filled[-1] * first / parts)) + 1
    at = min(max(at, 1), len(order) - 1)
    _halve(centres, weights, order[:at], first, random, out)
    _halve(centres, weights, order[at:], parts - first, random, out)


def unserved(n: int, routes: Routes) -> Numbers:
    """Clients on none of the routes."""
    served = np.zeros(n, bool)
    for _, route in routes:
        served[route] = True
    return np.flatnonzero(~served)


def _nearest(centres: Numbers, points: Numbers) -> Numbers:
    """For each point the nearest centre; in slices, so that memory stays small."""
    slices = np.array_split(points, max(1, len(points) * len(centres) // 2_000_000))
    found = [((part[:, None, :] - centres[None]) ** 2).sum(axis=2).argmin(axis=1) for part in slices]
    return np.concatenate(found)


def standing_idle(arrays: Arrays, routes: Routes, parts: int) -> Numbers:
    """(parts, types): vehicles not in use, shared out evenly; what is over goes round, type by type."""
    used = np.bincount([kind for kind, _ in routes], minlength=len(arrays.vehicle))
    idle = np.maximum(np.asarray(arrays.vehicle)[:, 0] - used, 0)
    over = np.concatenate([[0], np.cumsum(idle % parts)[:-1]])
    number = np.arange(parts)[:, None]
    return idle // parts + ((number - over) % parts < idle % parts)


def cluster(arrays: Arrays, routes: Routes, left: Numbers, idle: Numbers) -> Cluster:
    """Of these routes, clients not served, and idle vehicles by type."""
    clients = np.concatenate([np.array([c for _, route in routes for c in route], np.int64), left])
    ends = np.cumsum([0, *(len(route) for _, route in routes)]).tolist()
    own = [(kind, list(range(a, b))) for (kind, _), a, b in zip(routes, ends[:-1], ends[1:], strict=True)]
    n, whole = len(clients), len(arrays.clients)
    places = np.concatenate([clients, np.arange(whole, whole + arrays.depots)])
    vehicle = np.array(arrays.vehicle)
    vehicle[:, 1:3] += n - whole
    vehicle[:, 0] = np.minimum(idle, n) + np.bincount([kind for kind, _ in own], minlength=len(vehicle))
    part = replace(
        arrays, clients=arrays.clients[clients], price=arrays.price[clients], allowed=arrays.allowed[clients],
        vehicle=vehicle, xy=None if arrays.xy is None else arrays.xy[places],
        distance=_sub(arrays.distance, places), time=_sub(arrays.time, places),
        lines=None if arrays.lines is None else arrays.lines.among(places),
        follower=None if arrays.follower is None else within(arrays.follower, clients),
    )  # fmt: skip
    return Cluster(part, own, clients)


def _sub(matrix: Numbers | None, places: Numbers) -> Numbers | None:
    return None if matrix is None else matrix[np.ix_(places, places)]
