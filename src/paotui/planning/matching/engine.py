"""The kernel as functions of arrays: candidates found, markets solved."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from paotui.planning import kernel
from paotui.planning.matching.tables import Array, Tables

FACTOR, GRAIN = 10, 2  # measured: ADR 0013
TELL = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int64, ctypes.c_void_p)


@dataclass(slots=True)
class Arcs:
    """Who could take what: row i of `head`, `worth` from start[i] to start[i + 1]."""

    start: Array
    head: Array
    worth: Array

    def tails(self) -> Array:
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


@dataclass(slots=True)
class Market:
    """The state of a market: prices a seat, rents a unit of supply, flow an arc; `iterations` so far."""

    price: Array
    rent: Array
    flow: Array
    iterations: int = 0
    stopped: bool = False


def candidates(tables: Tables, most: int, *, who: Array | None = None, price: Array | None = None,
               least: int = 0) -> Arcs:  # fmt: skip
    """Return for each person of `who` (all) the `most` vacancies of highest worth − price above `least`."""
    rows = np.arange(tables.people, dtype=np.int32) if who is None else np.ascontiguousarray(who, np.int32)
    counts = np.zeros(len(rows), np.int32)
    head, worth = np.empty(len(rows) * most, np.int32), np.empty(len(rows) * most, np.int64)
    c_tables, c_weights = tables.c_tables(), tables.c_weights()
    kernel.load("matching").candidates_find(
        ctypes.byref(c_tables), ctypes.byref(c_weights), at(rows), ctypes.c_int32(len(rows)), ctypes.c_int32(most),
        ctypes.c_int64(least), at(price), at(counts), at(head), at(worth),
    )  # fmt: skip
    start = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    return Arcs(start, head[: start[-1]].copy(), worth[: start[-1]].copy())


def nearest_vacancies(tables: Tables, who: Array, most: int, price: Array | None = None) -> tuple[Array, Array]:
    """Return for each person of `who` the `most` nearest vacancies in order (−1: none) and the bits of what each lacks.

    Nearest: fewest conditions, then the least that they are missed by (a share of the wage asked for, of the distance
    accepted, of a month too late; a skill, a condition or the shift is a whole), then the highest worth − price.
    """
    rows = np.ascontiguousarray(who, np.int32)
    vacancy, lacks = np.empty((len(rows), most), np.int32), np.empty((len(rows), most), np.int32)
    c_tables, c_weights = tables.c_tables(), tables.c_weights()
    kernel.load("matching").candidates_near(
        ctypes.byref(c_tables), ctypes.byref(c_weights), at(rows), ctypes.c_int32(len(rows)), ctypes.c_int32(most),
        at(price), at(vacancy), at(lacks),
    )  # fmt: skip
    return vacancy, lacks


def nearest_people(tables: Tables, which: Array) -> tuple[Array, Array]:
    """Return for each vacancy of `which` the nearest person of its occupation (−1: none) and the bits of what lacks."""
    rows = np.ascontiguousarray(which, np.int32)
    person, lacks = np.full(len(rows), -1, np.int32), np.zeros(len(rows), np.int32)
    c_tables, c_weights = tables.c_tables(), tables.c_weights()
    kernel.load("matching").candidates_people(
        ctypes.byref(c_tables), ctypes.byref(c_weights), at(rows), ctypes.c_int32(len(rows)), at(person), at(lacks)
    )
    return person, lacks


def solve(
    arcs: Arcs, supply: Array, seats: Array, *, start: Market | None = None, stop: Callable[[int], bool] | None = None
) -> Market:
    """Return the market of highest worth; from `start` (whose flow is on the same arcs) only what changed is done.

    `stop` is asked every 1024 iterations and told how many there were.
    """
    before = start.iterations if start else 0
    market = Market(
        start.price.astype(np.int64) if start else np.zeros(len(seats), np.int64),
        np.zeros(len(supply), np.int64),
        start.flow.astype(np.int32) if start else np.zeros(len(arcs.head), np.int32),
    )
    supply, seats = np.ascontiguousarray(supply, np.int32), np.ascontiguousarray(seats, np.int32)
    tell = TELL(lambda done, _: bool(stop and stop(before + done)))
    solver = kernel.load("matching").market_solve
    solver.restype = ctypes.c_int64
    done = solver(
        ctypes.c_int32(len(supply)), ctypes.c_int32(len(seats)), at(arcs.start), at(arcs.head), at(arcs.worth),
        at(supply), at(seats), at(market.price), at(market.rent), at(market.flow), int(start is not None),
        ctypes.c_int64(FACTOR), ctypes.c_int64(GRAIN), tell, None,
    )  # fmt: skip
    market.iterations, market.stopped = before + abs(done), done < 0
    return market


def at(array: Array | None) -> ctypes.c_void_p | None:
    return None if array is None else array.ctypes.data_as(ctypes.c_void_p)
