"""Tours of many convoys by a kernel of their own (`kernel/inspections/convoys.hpp`), where they nearly always go whole.

It knows one vehicle and place at a time and nothing else that the routes planner (`convoy_tours.py`) might be asked,
which still finds better tours of few. A convoy leaves when its member with the farthest way has to, is back when
everyone is, and costs what its members travel.
"""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass

import numpy as np

from paotui.planning import kernel
from paotui.planning.inspections import engine
from paotui.planning.inspections.arrays import Arrays, Ints
from paotui.planning.inspections.convoy_tours import by_kind, windows
from paotui.planning.inspections.problem import DAY
from paotui.planning.stop import Stop

FIRST_TEMPERATURE, LAST_TEMPERATURE = 4.0, 0.3
"""Multiples of the mean travel to the nearest other site, times the members."""
EXCHANGES = 200
"""How often threads put together what they found of one plan."""

_SIZES = ("sites", "kinds", "vehicles", "weight")
_POINTERS = (
    "travel", "stay", "out", "home", "out_cost", "home_cost", "window_ptr", "low", "high", "kind_of", "opens", "closes",
)  # fmt: skip
_GO_ON = ctypes.CFUNCTYPE(ctypes.c_int)


class _Problem(ctypes.Structure):
    _fields_ = [*((name, ctypes.c_int32) for name in _SIZES), *((name, ctypes.c_void_p) for name in _POINTERS)]


class _Settings(ctypes.Structure):
    _fields_ = [
        ("seed", ctypes.c_uint64), ("iterations", ctypes.c_int64), ("seconds", ctypes.c_double),
        ("threads", ctypes.c_int32), ("exchanges", ctypes.c_int32),
        ("first_temperature", ctypes.c_double), ("last_temperature", ctypes.c_double),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ends:
    """By site: seconds from the offices, and from the start of a visit until all are back; what that costs together."""

    out: Ints
    home: Ints
    out_cost: Ints
    home_cost: Ints
    members: int


def start(vehicles: Arrays, ends: Ends, stop: Stop, seed: int, threads: int) -> engine.Solution:
    """Sequences of convoys (`vehicles`: one slot a site, one route a convoy)."""
    told, sites, count = _told(vehicles, ends), len(vehicles.slots), len(vehicles.routes)
    problem = _Problem(
        sites, len(told["opens"]), count, ends.members, *(told[name].ctypes.data for name in _POINTERS)
    )  # fmt: skip
    settings = _Settings(
        seed, stop.iterations or 0, stop.seconds or 0.0, threads, EXCHANGES,
        FIRST_TEMPERATURE, LAST_TEMPERATURE,
    )  # fmt: skip
    length, site = np.zeros(count, dtype=np.int32), np.zeros(sites, dtype=np.int32)
    cost, iterations = ctypes.c_int64(), ctypes.c_int64()
    listen = _GO_ON(lambda: int(not stop.cancel.is_set()))
    kernel.load("inspections").inspections_convoys(
        ctypes.byref(problem), ctypes.byref(settings), ctypes.c_void_p(length.ctypes.data),
        ctypes.c_void_p(site.ctypes.data), ctypes.byref(cost), ctypes.byref(iterations), listen,
    )  # fmt: skip
    first = [0, *np.cumsum(length).tolist()]
    tours = [site[a:b].tolist() for a, b in itertools.pairwise(first)]
    return _solution(vehicles, ends, tours, cost.value, iterations.value)


def _told(vehicles: Arrays, ends: Ends) -> dict[str, Ints]:
    """Every array the kernel reads, by its name in convoys.hpp."""
    sites, kinds = len(vehicles.slots), list(by_kind(vehicles.routes))
    open_at = [
        [one for one in windows(vehicles, site) if one[0] // DAY == day] for site in range(sites) for day, _, _ in kinds
    ]
    lists = {
        "travel": vehicles.times[:sites, :sites],
        "stay": [slots[0].stay for slots in vehicles.slots],
        "out": ends.out, "home": ends.home, "out_cost": ends.out_cost, "home_cost": ends.home_cost,
        "window_ptr": np.cumsum([0, *map(len, open_at)]),
        "low": [low for one in open_at for low, _ in one],
        "high": [high for one in open_at for _, high in one],
        "kind_of": [kinds.index((one.day, one.opens, one.closes)) for one in vehicles.routes],
        "opens": [opens for _, opens, _ in kinds],
        "closes": [closes for _, _, closes in kinds],
    }  # fmt: skip
    return {name: np.ascontiguousarray(values, dtype=np.int32) for name, values in lists.items()}


def _solution(vehicles: Arrays, ends: Ends, tours: list[list[int]], cost: int, iterations: int) -> engine.Solution:
    """The same with the option each visit is in when everyone starts as early as possible."""
    option, starts = [-1] * len(vehicles.slots), [0] * len(vehicles.slots)
    for route, tour in zip(vehicles.routes, tours, strict=True):
        at = route.opens
        for before, site in zip([-1, *tour], tour, strict=False):
            at += int(ends.out[site] if before < 0 else vehicles.slots[before][0].stay + vehicles.times[before, site])
            at, option[site] = min(
                (max(at, one.low), number)
                for number, one in enumerate(vehicles.options[site])
                if one.day == route.day and at <= one.high
            )
            starts[site] = at
    return engine.Solution(option, [[(site, 0) for site in tour] for tour in tours], starts, cost, iterations)
