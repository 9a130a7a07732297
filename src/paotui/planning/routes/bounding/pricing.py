"""The cheapest routes at given prices of the stops, from the compiled kernel (planning/kernel/bounds.cpp)."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paotui.planning.kernel import load
from paotui.planning.routes.bounding.relaxation import Floats, Kind, Whole

MEMORY = 10
"""Stops around a stop that remember a visit to it."""
STEPS = 320
"""Steps a resource is divided into, where the shortest way allows."""
FINEST = 2_500
ENDLESS = 500_000_000
LABELS = 4_000_000
LOOKS = 60_000_000
"""Steps after which looking for all routes is given up: some seconds."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A route of a kind: what it costs beyond the prices of its stops, which are in order.

    `loose`: it may break the rules, and only the relaxation at hand allows it.
    """

    kind: int
    cost: float
    stops: tuple[int, ...]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Priced:
    walks: list[Walk]
    least: float
    """Cost of the cheapest route, at most 0."""
    labels: int


@dataclass(slots=True)
class _Resource:
    grows: Whole
    by_client: bool
    first: Whole
    last: Whole
    step: int = 0
    """The least it grows between two stops; 0 where it may stay."""

    def span(self) -> int:
        return int(max(self.last[:-1].max(initial=0), self.last[-1]) - self.first[-1])


class _Input(ctypes.Structure):
    _fields_ = (
        [(name, ctypes.c_int32) for name in
         ("n", "memory", "keep", "exact", "step", "steps", "main_by_client", "side_by_client")]
        + [(name, ctypes.c_void_p) for name in
           ("cost", "main_grows", "side_grows", "main_first", "main_last", "side_first", "side_last", "near")]
    )  # fmt: skip


class Pricer:
    """Prices one kind again and again; raises Unsuited where nothing orders its routes."""

    def __init__(self, number: int, kind: Kind) -> None:
        self.number, self.kind, self.n = number, kind, len(kind.load)
        self.main, self.side = _resources(kind)
        span = self.main.span()
        self.step = max(1, min(self.main.step, span // STEPS))
        self.steps = span // self.step + 1
        if self.steps > FINEST:
            raise Unsuited
        self.near = near(kind, MEMORY)

    def price(self, cost: Floats, keep: int, exact: bool, most: int) -> Priced:
        """The cheapest routes; `cost`: (n + 1)² reduced, inf where nobody drives."""
        keep = max(1, min(keep, LABELS // (self.steps * self.n)))
        given, _kept = self._input(cost, keep, exact)
        room = most * (self.longest() + 1)
        out, costs = np.zeros(room, np.int32), np.zeros(most, np.float64)
        least, size = ctypes.c_double(), ctypes.c_int64()
        call = load("bounds").paotui_bounds_price
        call.restype = ctypes.c_int32
        count = call(ctypes.byref(given), most, room, ctypes.c_void_p(out.ctypes.data),
                     ctypes.c_void_p(costs.ctypes.data), ctypes.byref(least), ctypes.byref(size))  # fmt: skip
        return Priced(self._walks(out, costs, count), least.value, size.value)

    def all(self, cost: Floats, limit: float, most: int) -> list[Walk] | None:
        """Every route without a repeated stop that costs less than `limit`; None where they are too many."""
        given, _kept = self._input(cost, 1, True)
        room = most * 12
        out, costs = np.zeros(room, np.int32), np.zeros(most, np.float64)
        call = load("bounds").paotui_bounds_all
        call.restype = ctypes.c_int32
        count = call(ctypes.byref(given), ctypes.c_double(limit), most, ctypes.c_int64(LOOKS), room,
                     ctypes.c_void_p(out.ctypes.data), ctypes.c_void_p(costs.ctypes.data))  # fmt: skip
        return None if count < 0 else self._walks(out, costs, count)

    def _input(self, cost: Floats, keep: int, exact: bool) -> tuple[_Input, dict[str, Any]]:
        """What the kernel reads, and what has to stay alive while it does."""
        given = _Input(
            n=self.n, memory=MEMORY, keep=keep, exact=exact, step=self.step, steps=self.steps,
            main_by_client=self.main.by_client, side_by_client=bool(self.side and self.side.by_client),
        )  # fmt: skip
        kept: dict[str, Any] = {
            "cost": np.ascontiguousarray(cost, np.float64), "near": self.near, "main_grows": self.main.grows,
            "main_first": self.main.first, "main_last": self.main.last,
        }  # fmt: skip
        if self.side:
            kept |= {"side_grows": self.side.grows, "side_first": self.side.first, "side_last": self.side.last}
        for name, part in kept.items():
            setattr(given, name, part.ctypes.data)
        return given, kept

    def longest(self) -> int:
        return min(self.steps + 1, 4 * self.n + 4)

    def _walks(self, out: NDArray[np.int32], costs: Floats, count: int) -> list[Walk]:
        found, at = [], 0
        for place in range(count):
            length, loose = abs(int(out[at])), bool(out[at] < 0)
            stops = tuple(out[at + 1 : at + 1 + length].tolist())
            found.append(Walk(self.number, float(costs[place]), stops, loose))
            at += length + 1
        return found


class Unsuited(Exception):
    """Routes of a kind cannot be ordered by time, load or number of stops in few enough steps."""


def _resources(kind: Kind) -> tuple[_Resource, _Resource | None]:
    """What orders the labels, and what they only carry."""
    time, load, count = _time(kind), _load(kind), _count(kind)
    fine = [one for one in (time, load, count) if one and one.step and one.span() // one.step <= FINEST]
    if not fine:
        raise Unsuited
    main = fine[0]
    return main, load if main is time else time or load if main is count else time


def _count(kind: Kind) -> _Resource:
    """How many stops there are on board, so to speak: no route has more than there are."""
    n = len(kind.load)
    grows = np.append(np.ones(n, np.int32), np.int32(0)).astype(np.int32)
    return _Resource(grows, True, np.zeros(n + 1, np.int32), np.full(n + 1, n, np.int32), 1)


def _time(kind: Kind) -> _Resource | None:
    if kind.last[-1] >= ENDLESS:
        return None
    n = len(kind.load)
    last = np.minimum(kind.last, kind.last[-1]).astype(np.int32)
    driven = np.isfinite(kind.cost[:n, :n])
    step = int(kind.seconds[:n, :n][driven].min(initial=max(1, int(last.max()))))
    return _Resource(np.ascontiguousarray(kind.seconds), False, kind.first, last, step)


def _load(kind: Kind) -> _Resource | None:
    n = len(kind.load)
    if kind.capacity is None or kind.capacity >= ENDLESS:
        return None
    served = np.isfinite(kind.cost[:, :n]).any(axis=0)
    if not served.any():
        return None
    first = np.append(np.zeros(n, np.int32), np.int32(0)).astype(np.int32)
    last = np.full(n + 1, kind.capacity, np.int32)
    grows = np.append(kind.load, np.int32(0)).astype(np.int32)
    grows[:n][~served] = kind.capacity + 1  # never there: does not make the steps finer
    return _Resource(grows, True, first, last, int(grows[:n].min()))


def near(kind: Kind, memory: int) -> Whole:
    """By stop, itself and those the ways to and from which are cheapest; -1 fills up."""
    n = len(kind.load)
    both = kind.cost[:n, :n] + kind.cost[:n, :n].T
    both = np.where(np.isfinite(both), both, np.minimum(kind.cost[:n, :n], kind.cost[:n, :n].T))
    np.fill_diagonal(both, -1.0)
    order = np.argsort(both, axis=1, kind="stable")[:, :memory]
    found = np.where(np.isfinite(np.take_along_axis(both, order, axis=1)), order, -1).astype(np.int32)
    if found.shape[1] < memory:
        found = np.pad(found, ((0, 0), (0, memory - found.shape[1])), constant_values=-1)
    return np.ascontiguousarray(found)
