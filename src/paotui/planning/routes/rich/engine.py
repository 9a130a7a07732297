"""The call of the kernel: in a thread of its own, so that progress can be told and the search cancelled."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from paotui.planning import kernel
from paotui.planning.kernel.watching import watched
from paotui.planning.routes.rich.lowering import Lowered
from paotui.planning.routes.rich.structs import RichLimits, RichProblem, RichStatus

POLL = 0.05
STOP, STATION, BREAK, ENDS = range(4)
"""What a row of visits can be of."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`iterations` of each thread; `deadline` as the kernel's clock (CLOCK_MONOTONIC) counts seconds."""

    iterations: int | None = None
    deadline: float | None = None
    seed: int = 1
    threads: int = 1
    apart: bool = False
    """Whether each thread searches by itself to the end, and the best of them counts."""
    neighbours: int = 40
    hot: float = 10.0
    cold: float = 0.1
    only: int = -1
    generous: float = 1.0
    """What leaving a stop out costs at first, in times of its price, where it may be."""
    reserve: float = 0.0
    """Seconds before the deadline to end at where something is left out: its reasons take time."""
    fewer: bool = False
    """Whether there is time to look for fewer vehicles, where sending one has its price and most stops are linked."""


@dataclass(frozen=True, slots=True)
class Found:
    """Visits as rows (vehicle, kind, number, arrival, start, end); kind 0 stop, 1 station, 2 break, 3 start and end."""

    visits: NDArray[np.int32]
    cost: float
    iterations: int


def run(
    lowered: Lowered,
    limits: Limits,
    on_status: Callable[[RichStatus], None] | None = None,
    cancel: threading.Event | None = None,
) -> Found:
    """Search; `on_status` is called every twentieth of a second from this thread."""
    _library()  # an absent kernel is told from here, not from the thread
    struct, status = lowered.struct(), RichStatus()
    if on_status is None and cancel is None:
        return _call(struct, limits, status)

    def end() -> None:
        status.cancel = 1

    def look() -> None:
        if cancel is not None and cancel.is_set():
            end()
        if on_status is not None:
            on_status(status)

    return watched(lambda: _call(struct, limits, status), look, end, POLL)


def probe(lowered: Lowered, stop: int, threads: Limits) -> Found:
    """Take the routes `lowered` starts from, insert one stop where it fits, change nothing else."""
    return _call(lowered.struct(), replace(threads, only=stop), RichStatus())


def _call(struct: RichProblem, limits: Limits, status: RichStatus) -> Found:
    library = _library()
    wanted = RichLimits(
        iterations=-1 if limits.iterations is None else limits.iterations,
        deadline=limits.deadline or 0.0, seed=limits.seed % 2**64, threads=limits.threads, apart=limits.apart,
        hot=limits.hot, cold=limits.cold, neighbours=limits.neighbours, only=limits.only,
        generous=limits.generous, reserve=limits.reserve, fewer=limits.fewer,
    )  # fmt: skip
    result = library.rich_solve(ctypes.byref(struct), ctypes.byref(wanted), ctypes.byref(status))
    try:
        visits = np.empty((library.rich_visits(result), 6), np.int32)
        cost, iterations = ctypes.c_double(), ctypes.c_int64()
        library.rich_read(result, visits.ctypes.data_as(ctypes.c_void_p), ctypes.byref(cost), ctypes.byref(iterations))
    finally:
        library.rich_free(result)
    return Found(visits, cost.value, iterations.value)


def _library() -> ctypes.CDLL:
    library = kernel.load("rich")
    library.rich_solve.restype = ctypes.c_void_p
    library.rich_solve.argtypes = [ctypes.c_void_p] * 3
    library.rich_visits.restype = ctypes.c_int64
    library.rich_visits.argtypes = [ctypes.c_void_p]
    library.rich_read.restype = None
    library.rich_read.argtypes = [ctypes.c_void_p] * 4
    library.rich_free.restype = None
    library.rich_free.argtypes = [ctypes.c_void_p]
    return library
