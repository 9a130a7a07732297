"""Routes of their own for stops that a plan to begin with does not serve: those of a vehicle that was lost, say.

Put one by one into the routes that are there, they spread over many of them, and a short search does not gather them
again; on vehicles that stand idle, in a moment's search among themselves, they are together from the start.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from paotui.planning.routes import clusters, kernel
from paotui.planning.routes.kernel import Arrays, Found, Routes
from paotui.planning.stop import Stop

FEWEST = 3
"""Stops worth a route of their own."""
TRIED = 100
"""Iterations a stop in the search among themselves."""
NEEDED = 0.0002
"""Seconds for each stop of the whole, to look at both beginnings; with less time left the routes of their own are taken
unseen where sending a vehicle costs nothing by itself, and else none are made."""


def regained(arrays: Arrays, stop: Stop, seed: int, params: kernel.Params, given: Routes | None) -> Routes | None:
    """`given` with routes for the clients it leaves out, where that is a cheaper beginning than inserting them.

    Never with a vehicle more than stand idle. `stop.begun` is set where `stop.seconds` is.
    """
    remaining = stop.deadline() - time.monotonic()
    short = remaining < NEEDED * len(arrays.clients)
    if not given or arrays.trips or remaining <= 0 or (short and arrays.vehicle_cost[:, 0].any()):
        return given
    left = clusters.unserved(len(arrays.clients), given)
    idle = clusters.standing_idle(arrays, given, 1)[0]
    if not FEWEST <= len(left) <= len(arrays.clients) / 2 or not idle.any():
        return given
    part = clusters.cluster(arrays, [], left, idle)
    few = TRIED * len(left) if stop.iterations is None else min(TRIED * len(left), stop.iterations)
    alone = replace(params, threads=1, hot=0.0, cold=0.0)
    own = kernel.solve(part.arrays, replace(stop, iterations=few), seed, alone).routes
    whole = [*given, *part.back(own)]
    return whole if short else _cheaper(arrays, stop, seed, params, [given, whole])


def _cheaper(arrays: Arrays, stop: Stop, seed: int, params: kernel.Params, ways: list[Routes]) -> Routes:
    """The beginning that leaves out least of what has to be served, and costs least, once all is put in."""
    none = replace(stop, iterations=0)
    with ThreadPoolExecutor(params.threads) as pool:
        begun = list(pool.map(lambda start: kernel.solve(arrays, none, seed, params, start=start), ways))
    return ways[min(range(len(ways)), key=lambda way: (_owed(arrays, begun[way]), begun[way].cost))]


def _owed(arrays: Arrays, found: Found) -> int:
    """How many clients that have to be served are not."""
    left = np.asarray(arrays.price) < 0
    for _, clients in found.routes:
        left[clients] = False
    return int(left.sum())
