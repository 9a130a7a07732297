"""The compiled kernel of errands behind NumPy arrays: chains of stops, vehicles, arcs in; tours out.

Times and costs are whole numbers in units of the caller's choice below 2³⁰. A vehicle here is one shift of a runner.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning import kernel
from paotui.planning.errands.params import Params

NEVER = 1 << 30
DIMENSIONS = 4
BESIDE, ALONE = 2, 1
"""Where a chain fits: beside the tours as they are, only in an empty one."""
Ints = NDArray[np.int32]
Tours = list[list[int]]
"""By vehicle: stops in order."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Who begins between `first` and `last` leaves `duration` later."""

    first: int
    last: int
    duration: int


@dataclass(slots=True)
class Instance:
    """What the kernel solves. Stops of a chain are numbered one after the other, in the order of the chain."""

    place: Sequence[int]
    """By stop: row and column of the matrices."""
    counter: Sequence[int]
    """By stop: a number shared by stops at one counter, −1 elsewhere."""
    segments: Sequence[Sequence[Segment]]
    """By stop: service with the queue, in order of time."""
    direct: Sequence[Sequence[Segment]]
    """By stop: service of who stands at that counter already; used where `counter` is not −1."""
    chain_at: Sequence[int]
    """By chain its first stop, and at the end the number of stops."""
    gap_min: Sequence[int]
    """By stop: least time between leaving the stop before in the chain and beginning here."""
    gap_max: Sequence[int]
    """By stop: greatest such time, NEVER for none."""
    load: NDArray[np.int32]
    """Stop × dimension."""
    penalty: Sequence[int]
    """By chain: cost of leaving it undone."""
    start: Sequence[int]
    end: Sequence[int]
    open: Sequence[int]
    close: Sequence[int]
    fixed: Sequence[int]
    profile: Sequence[int]
    """By vehicle: places, shift, cost of going out at all, which matrices."""
    capacity: NDArray[np.int32]
    """Vehicle × dimension."""
    seconds: NDArray[np.int32]
    cost: NDArray[np.int32]
    """Profile × place × place."""
    cost_out: int = 0
    """For each unit of time between the opening of the shift and the return."""
    allowed: NDArray[np.uint8] | None = None
    """Chain × vehicle, None for all."""
    metric: bool | None = None
    """Whether a detour is never shorter or cheaper; None: look."""

    @property
    def chains(self) -> int:
        return len(self.chain_at) - 1

    @property
    def vehicles(self) -> int:
        return len(self.start)

    def stops_of(self, chain: int) -> range:
        return range(self.chain_at[chain], self.chain_at[chain + 1])


class _Problem(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int32) for name in (
            "stops", "chains", "vehicles", "places", "profiles", "dimensions", "cost_out", "metric")),
        *((name, ctypes.c_void_p) for name in (
            "place", "counter", "segment_at", "segments", "direct_at", "direct", "chain_at", "gap_min", "gap_max",
            "load", "penalty", "allowed", "start", "end", "open", "close", "profile", "capacity", "fixed", "seconds",
            "cost")),
    ]  # fmt: skip


class _Settings(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_double) for name in ("hot", "cold", "removed", "longest", "blink", "fleet")),
        ("seed", ctypes.c_int64),
        *((name, ctypes.c_int32) for name in ("threads", "halves", "pad")),
    ]


_Tell = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_double, ctypes.c_int64, ctypes.c_int64, ctypes.c_int32)
Tell = Callable[[float, int, int, int], bool]
"""Seconds, iterations, best cost, chains left out; True stops."""


@cache
def _library() -> ctypes.CDLL:
    library = kernel.load("errands")
    for name in ("errands_improve", "errands_exact", "errands_insert", "errands_bound"):
        getattr(library, name).restype = ctypes.c_int64
    for name in ("errands_fits", "errands_schedule"):
        getattr(library, name).restype = None
    return library


class Engine:
    """The kernel with one instance loaded."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._library = _library()
        self._kept = _arrays(instance)
        self._problem = _Problem(
            len(instance.place), instance.chains, instance.vehicles, instance.seconds.shape[1],
            instance.seconds.shape[0], instance.load.shape[1], instance.cost_out, _is_metric(instance),
        )  # fmt: skip
        for name, array in self._kept.items():
            setattr(self._problem, name, array.ctypes.data if array is not None else None)

    def improve(
        self, *, seconds: float | None, iterations: int | None, seed: int, params: Params, start: Tours | None = None,
        tell: Tell | None = None,
    ) -> tuple[Tours, int, int]:  # fmt: skip
        """Return tours, their cost and the iterations made until a limit is reached or `tell` returns True."""
        settings = _Settings(
            params.hot, params.cold, params.removed, params.longest, params.blink, params.fleet, seed, params.threads,
            params.halves, 0,
        )  # fmt: skip
        told = _Tell((lambda *at: int(tell(*at))) if tell else (lambda *_: 0))
        at, stops = self._room()
        done = ctypes.c_int64()
        first = None if start is None else _flat(start)
        cost = self._library.errands_improve(
            ctypes.byref(self._problem), ctypes.byref(settings), ctypes.c_double(seconds or 0.0),
            ctypes.c_int64(iterations or 0), _pointer(first[0] if first else None),
            _pointer(first[1] if first else None), told, _pointer(at), _pointer(stops), ctypes.byref(done),
        )  # fmt: skip
        return _tours(at, stops), int(cost), int(done.value)

    def exact(self, bound: int, labels: int = 3_000_000) -> tuple[Tours, int] | bool:
        """Return the optimal tours and their cost; True: nothing is cheaper than `bound`; False: too many labels."""
        at, stops = self._room()
        cost = self._library.errands_exact(
            ctypes.byref(self._problem), ctypes.c_int64(bound), ctypes.c_int64(labels), _pointer(at), _pointer(stops)
        )
        return (_tours(at, stops), int(cost)) if cost >= 0 else cost == -1

    def bound(self) -> int:
        """Return what no plan costs less than: a spanning tree, its prices chosen in up to 300 steps."""
        return int(self._library.errands_bound(ctypes.byref(self._problem)))

    def fits(self, tours: Tours, chains: Sequence[int]) -> list[int]:
        """Return for each chain BESIDE where it has a place in the tours, ALONE only in an empty one, 0 in none."""
        (at, stops), wanted = _flat(tours), np.asarray(chains, np.int32)
        found = np.zeros(max(1, len(chains)), np.uint8)
        self._library.errands_fits(
            ctypes.byref(self._problem), _pointer(at), _pointer(stops), _pointer(wanted), len(chains), _pointer(found)
        )
        return found[: len(chains)].tolist()

    def insert(self, tour: Sequence[int], vehicle: int, chain: int) -> tuple[int, list[int]] | None:
        """Return the additional cost of a chain in a tour and the tour with it; None where it does not fit."""
        whole = np.asarray(tour, np.int32)
        after = np.zeros(len(self.instance.stops_of(chain)), np.int32)
        cost = self._library.errands_insert(
            ctypes.byref(self._problem), _pointer(whole), len(tour), vehicle, chain, _pointer(after)
        )
        if cost < 0:
            return None
        longer = list(tour)
        for stop, behind in reversed(list(zip(self.instance.stops_of(chain), after.tolist(), strict=True))):
            longer.insert(behind, stop)
        return int(cost), longer

    def cost(self, tour: Sequence[int], vehicle: int) -> int | None:
        """Return the cost of a tour, None where it cannot be driven in this order."""
        found = self.schedule([list(tour) if v == vehicle else [] for v in range(self.instance.vehicles)])
        return found[vehicle][0] if vehicle in found else 0

    def schedule(self, tours: Tours) -> dict[int, tuple[int | None, list[int]]]:
        """Return by vehicle that goes out: cost (None: not in this order) and the earliest departures there are.

        Departures are those from the start and every stop, then the arrival at the end.
        """
        used = [v for v, tour in enumerate(tours) if tour]
        at, stops = _flat(tours)
        leave = np.zeros(max(1, sum(len(tours[v]) + 2 for v in used)), np.int32)
        cost = np.zeros(len(tours), np.int64)
        self._library.errands_schedule(
            ctypes.byref(self._problem), _pointer(at), _pointer(stops), _pointer(leave), _pointer(cost)
        )
        ends = list(itertools.accumulate((len(tours[v]) + 2 for v in used), initial=0))
        return {
            v: (int(cost[v]) if cost[v] >= 0 else None, leave[first:last].tolist())
            for v, (first, last) in zip(used, itertools.pairwise(ends), strict=True)
        }

    def _room(self) -> tuple[Ints, Ints]:
        return np.zeros(self.instance.vehicles + 1, np.int32), np.zeros(max(1, len(self.instance.place)), np.int32)


def _arrays(one: Instance) -> dict[str, Any]:
    segment_at, segments = _flat_segments(one.segments)
    direct_at, direct = _flat_segments(one.direct)
    names = ("place", "counter", "chain_at", "gap_min", "gap_max", "start", "end", "open", "close", "profile")
    return {
        **{name: np.ascontiguousarray(getattr(one, name), np.int32) for name in names},
        **{name: np.ascontiguousarray(getattr(one, name), np.int32) for name in ("load", "capacity")},
        **{name: np.ascontiguousarray(getattr(one, name), np.int64) for name in ("penalty", "fixed")},
        **{name: np.ascontiguousarray(getattr(one, name), np.int32) for name in ("seconds", "cost")},
        "segment_at": segment_at, "segments": segments, "direct_at": direct_at, "direct": direct,
        "allowed": None if one.allowed is None else np.ascontiguousarray(one.allowed, np.uint8),
    }  # fmt: skip


def _flat_segments(by_stop: Sequence[Sequence[Segment]]) -> tuple[Ints, Ints]:
    at = np.cumsum([0, *(len(some) for some in by_stop)], dtype=np.int32)
    flat = [(one.first, one.last, one.duration) for some in by_stop for one in some] or [(0, 0, 0)]
    return at, np.ascontiguousarray(flat, np.int32)


def _flat(tours: Tours) -> tuple[Ints, Ints]:
    at = np.cumsum([0, *(len(tour) for tour in tours)], dtype=np.int32)
    return at, np.asarray([stop for tour in tours for stop in tour] or [0], np.int32)


def _tours(at: Ints, stops: Ints) -> Tours:
    return [stops[first:last].tolist() for first, last in itertools.pairwise(at)]


def _pointer(array: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(None if array is None else array.ctypes.data)


def _is_metric(one: Instance) -> int:
    """Whether a detour is never shorter or cheaper: then places that already cost too much are skipped."""
    if one.metric is not None:
        return int(one.metric)
    for matrix in (one.cost, one.seconds):
        for arcs in matrix:
            wide = arcs.astype(np.int64)
            for middle in range(len(wide)):
                if np.any(wide[:, middle, None] + wide[None, middle, :] < wide):
                    return 0
    return 1
