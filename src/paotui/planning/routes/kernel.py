"""Calls the compiled kernel of classic problems (planning/kernel/routes.cpp): arrays in, routes out."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from paotui.planning.kernel import load
from paotui.planning.kernel.watching import watched
from paotui.planning.routes.lines import Lines
from paotui.planning.stop import OnProgress, Progress, Stop

Routes = list[tuple[int, list[int]]]
"""(vehicle type, clients in order)."""
ROUNDINGS = ("round", "dimacs", "exact", "ceil")
"""Of ways on a plane (`Planar.rounding`), in the order the kernel numbers them."""
POLL = 0.02
"""Seconds between two looks at how the kernel is doing."""


@dataclass(slots=True)
class Arrays:
    """A classic problem in numbers: n clients, then depots; types of vehicles; costs in whole units.

    clients: int32 (n, 4) open, close, service, demand. price: int64 (n), -1 = has to be served. allowed: uint64 (n),
    bit t = type t may serve. vehicle: int32 (types, 7) count, start, end, capacity, open, close, longest duration.
    vehicle_cost: int64 (types, 2) fixed, per unit of distance. xy: float64 (n + depots, 2) or distance (and time
    where it differs): int32 (n + depots)². With `trips` vehicles reload where they start, and a client's trip leaves at
    its release or later: int32 (n). With `lines`, xy only says who lies beside whom. Without tables: `follower`,
    int32 (n), who comes after a client as published (see `successions`), what it costs to leave it for another
    (`broken`); and of lines or with followers what a unit of distance costs (`rate`) where vehicles' unit is 1.
    """

    clients: np.ndarray[Any, Any]
    price: np.ndarray[Any, Any]
    allowed: np.ndarray[Any, Any]
    vehicle: np.ndarray[Any, Any]
    vehicle_cost: np.ndarray[Any, Any]
    depots: int
    rounding: int = 0
    windows: bool = False
    mixed: bool = False
    xy: np.ndarray[Any, Any] | None = None
    distance: np.ndarray[Any, Any] | None = None
    time: np.ndarray[Any, Any] | None = None
    trips: bool = False
    release: np.ndarray[Any, Any] | None = None
    lines: Lines | None = None
    follower: np.ndarray[Any, Any] | None = None
    broken: int = 0
    rate: int = 1


@dataclass(frozen=True, slots=True)
class Params:
    """Of the search; zero = chosen by the size and kind of the problem.

    `hot`, `cold`: temperatures in mean nearest-neighbour costs. `granular`: length of neighbour lists.
    `threads`: threads that share the work. `matrix_limit`: locations above which distances are computed anew.
    `reasons`: seconds to end earlier by while a client who has to be served is not.
    """

    threads: int = 2
    granular: int = 0
    hot: float = 0.0
    cold: float = 0.0
    stretches: float = 0.0
    mean_removed: float = 0.0
    longest_string: float = 0.0
    matrix_limit: int = 400
    reasons: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """Routes as (vehicle type, clients in order), cost in whole units without those left out that had to be served.

    Of vehicles that reload: trips as (number of the vehicle through all types, clients), in the order driven.
    """

    routes: Routes
    cost: int
    iterations: int
    seconds: float = field(default=0.0, compare=False)


INPUT: list[tuple[str, Any]] = (
    [(name, ctypes.c_int32) for name in
     ("n", "depots", "types", "rounding", "windows", "mixed", "matrix_limit", "trips")]
    + [(name, ctypes.c_void_p) for name in
       ("xy", "distance", "time", "clients", "price", "allowed", "vehicle", "vehicle_cost", "given")]
    + [("given_length", ctypes.c_int64), ("seed", ctypes.c_uint64), ("deadline", ctypes.c_double),
       ("iterations", ctypes.c_int64), ("threads", ctypes.c_int32), ("granular", ctypes.c_int32)]
    + [(name, ctypes.c_double) for name in ("hot", "cold", "stretches", "mean_removed", "longest_string")]
    + [("release", ctypes.c_void_p), ("follower", ctypes.c_void_p), ("reasons", ctypes.c_double)]
    + [("xyz", ctypes.c_void_p)]
    + [(name, ctypes.c_double) for name in ("detour", "curve", "kmh")]
    + [(name, ctypes.c_int32) for name in ("broken", "rate")]
)  # fmt: skip


class _Input(ctypes.Structure):
    _fields_ = INPUT


class _Status(ctypes.Structure):
    _fields_ = [
        ("cancel", ctypes.c_int32), ("unserved", ctypes.c_int32),
        ("iterations", ctypes.c_int64), ("cost", ctypes.c_int64),
    ]  # fmt: skip


def solve(
    arrays: Arrays, stop: Stop, seed: int, params: Params, on_progress: OnProgress | None = None,
    start: Routes | None = None, money: float = 1.0,
) -> Found:  # fmt: skip
    """Search until `stop`; `start` = routes to begin with, `money` = yuan a unit of cost for progress."""
    begun = time.monotonic()
    if not len(arrays.clients) or not len(arrays.vehicle):
        return Found([], 0, 0)  # nothing to do, or nobody to do it
    keep = _Kept(arrays, start or [])
    given = keep.input(stop, seed, params)
    out = np.zeros(3 * keep.n + 2, np.int32)
    status, routes, cost = _Status(), ctypes.c_int32(), ctypes.c_int64()
    call = load("routes").paotui_routes_solve
    call.restype = ctypes.c_int64

    def work() -> int:
        return int(call(ctypes.byref(given), ctypes.byref(status), ctypes.c_void_p(out.ctypes.data),
                        ctypes.byref(routes), ctypes.byref(cost)))  # fmt: skip

    done = watch(work, stop, lambda: on_progress and on_progress(Progress(
        time.monotonic() - begun, status.iterations, status.cost * money, status.unserved)), status)  # fmt: skip
    return Found(_routes(out, routes.value), cost.value, done, time.monotonic() - begun)


def watch(work: Callable[[], int], stop: Stop, tell: Callable[[], object], status: _Status) -> int:
    """Run a kernel's call in a thread, telling of progress and passing a wish to cancel on."""
    told = time.monotonic()

    def cancel() -> None:
        status.cancel = 1

    def look() -> None:
        nonlocal told
        if stop.cancel.is_set():
            cancel()
        if time.monotonic() - told >= 0.5:
            told = time.monotonic()
            tell()

    done = watched(work, look, cancel, POLL)
    tell()
    return done


def _routes(out: np.ndarray[Any, Any], count: int) -> Routes:
    found, at = [], 0
    for _ in range(count):
        kind, length = int(out[at]), int(out[at + 1])
        found.append((kind, out[at + 2 : at + 2 + length].tolist()))
        at += 2 + length
    return found


class _Kept:
    """The arrays in the layout the kernel reads, kept alive while it does."""

    def __init__(self, arrays: Arrays, start: Routes) -> None:
        self.arrays, self.n = arrays, len(arrays.clients)
        flat = [number for kind, clients in start for number in (kind, len(clients), *clients)]
        self.parts: dict[str, np.ndarray[Any, Any]] = {"given": np.array(flat, np.int32)}
        for name, dtype in (("clients", np.int32), ("price", np.int64), ("allowed", np.uint64), ("vehicle", np.int32),
                            ("vehicle_cost", np.int64), ("xy", np.float64), ("distance", np.int32),
                            ("time", np.int32), ("release", np.int32), ("follower", np.int32)):  # fmt: skip
            if (part := getattr(arrays, name)) is not None:
                self.parts[name] = np.ascontiguousarray(part, dtype)
        if arrays.lines is not None:
            self.parts["xyz"] = np.ascontiguousarray(arrays.lines.xyz())

    def input(self, stop: Stop, seed: int, params: Params) -> _Input:
        a = self.arrays
        made = _Input(
            n=self.n, depots=a.depots, types=len(a.vehicle), rounding=a.rounding, windows=a.windows, mixed=a.mixed,
            trips=a.trips, broken=a.broken, rate=a.rate, matrix_limit=params.matrix_limit,
            given_length=len(self.parts["given"]), seed=seed,
            threads=params.threads, granular=params.granular, hot=params.hot, cold=params.cold,
            reasons=params.reasons, stretches=params.stretches, mean_removed=params.mean_removed,
            longest_string=params.longest_string,
        )  # fmt: skip
        made.iterations = -1 if stop.iterations is None else stop.iterations
        made.deadline = stop.deadline()
        if a.lines is not None:
            made.detour, made.curve, made.kmh = a.lines.detour, a.lines.curve(), a.lines.kmh
        for name, part in self.parts.items():
            setattr(made, name, part.ctypes.data)
        return made
