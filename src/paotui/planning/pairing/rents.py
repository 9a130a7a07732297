"""What whole groups cost at least: rents of groups, from which every unit earns what it can, by a knapsack.

The bound dominates that of prices of load, because a unit takes groups whole. Any rents prove it; the kernel looks for
good ones, the checker adds up what they prove by itself.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import numpy as np

from paotui.planning import kernel
from paotui.planning.matching.engine import TELL, at
from paotui.planning.pairing.desk import Array, Desk

ROUNDS = 100  # measured: ADR 0013
CELLS = 2e9  # of knapsacks filled in all rounds: a second or two
ROOM = 10_000_000  # of one knapsack, in the greatest unit of load all groups are multiples of


def climb(
    desk: Desk, capacity: Array, price: Array, grain: int, stop: Callable[[int], bool] | None = None
) -> tuple[Array, int, int]:
    """Return rents [groups] in 1/grain points, the cost they prove, and the iterations; the cost is 0 where knapsacks
    would be too large, or for ten rounds.
    """
    common, capacity = int(np.gcd.reduce(desk.load)), np.minimum(capacity, desk.load.sum())
    arrays = [np.ascontiguousarray(one, np.int64) for one in (desk.load // common, capacity // common, price * common)]
    if not 0 <= arrays[1].max(initial=0) <= ROOM:
        return np.zeros(0, np.int64), 0, 0
    cost, lacks = np.ascontiguousarray(desk.cost, np.int64), np.ascontiguousarray(desk.lacks, np.uint8)
    rent, iterations = np.zeros(len(desk.load), np.int64), ctypes.c_int64()
    call = kernel.load("matching").indivisible_bound
    call.restype = ctypes.c_int64
    proven = call(
        ctypes.c_int32(len(desk.load)), ctypes.c_int32(len(desk.units)), at(cost), at(lacks), *map(at, arrays),
        ctypes.c_int64(grain), at(rent), ctypes.c_int64(ROUNDS), ctypes.c_double(CELLS),
        TELL(lambda done, _: bool(stop and stop(done))), ctypes.byref(iterations),
    )  # fmt: skip
    return rent, max(0, -(-proven // grain)), abs(iterations.value)
