"""Calls the compiled kernel (`planning/kernel/inspections.cpp`)."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from paotui.planning import kernel
from paotui.planning.inspections.arrays import LOCKED, UNLIMITED, UNPLACED, Arrays, Ints, route_types
from paotui.planning.inspections.params import Params
from paotui.planning.stop import Stop

_TELL = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_double, ctypes.c_int64, ctypes.c_int64)
_SIZES = ("sites", "slots", "days", "routes", "persons", "classes", "nodes", "stride")
_POINTERS = (
    "travel", "slot_ptr", "slot_class", "slot_stay", "unplaced", "option_ptr", "option_day", "option_low",
    "option_high", "option_cost", "class_ptr", "class_route", "person_visits", "person_work", "route_person",
    "route_day", "route_open", "route_close", "route_office", "route_weight", "route_type",
    "announced_ptr", "announced_person",
)  # fmt: skip
_WIDE = {"unplaced", "option_cost"}


class _Instance(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int32) for name in _SIZES),
        *((name, ctypes.c_void_p) for name in _POINTERS),
        ("team_change", ctypes.c_int64),
        ("balance", ctypes.c_double),
    ]


class _Settings(ctypes.Structure):
    _fields_ = [
        ("seed", ctypes.c_uint64),
        ("iterations", ctypes.c_int64),
        ("seconds", ctypes.c_double),
        ("threads", ctypes.c_int32),
        ("exchanges", ctypes.c_int32),
        ("people", ctypes.c_int32),
        ("partial", ctypes.c_double),
        *((name, ctypes.c_double) for name in ("removed", "first_temperature", "last_temperature", "blink")),
    ]


class _Outcome(ctypes.Structure):
    _fields_ = [("cost", ctypes.c_int64), ("iterations", ctypes.c_int64), ("unplaced", ctypes.c_int32)]


@dataclass
class Solution:
    """Options chosen (-1: left out), sequences of slots by route, start of each visit."""

    option: list[int]
    routes: list[list[tuple[int, int]]]
    """Per route: (site, slot of the site) in order."""
    starts: list[int]
    cost: int = 0
    iterations: int = 0


Tell = Callable[[float, int, int], bool]


def improve(
    made: Arrays, stop: Stop, seed: int, params: Params, tell: Tell | None = None, start: Solution | None = None
) -> Solution:
    """Return the best solution found; from `start` where one is given that holds."""
    if not made.slots or not made.routes:
        return Solution([-1] * len(made.slots), [[] for _ in made.routes], [0] * len(made.slots))
    kept = _told(made)
    instance = _Instance(
        len(made.slots), len(kept["slot_class"]), made.problem.days, len(made.routes), len(made.problem.inspectors),
        len(made.classes), len(made.times), made.stride, *(kept[name].ctypes.data for name in _POINTERS),
        made.problem.weights.team_change, made.problem.weights.balance,
    )  # fmt: skip
    settings = _Settings(
        seed, stop.iterations or 0, stop.seconds or 0.0, params.threads, params.exchanges, params.people,
        params.partial, params.removed, params.first_temperature, params.last_temperature, params.blink,
    )  # fmt: skip
    shared, outcome = _start(made, start), _Outcome()

    @_TELL
    def listen(seconds: float, iterations: int, cost: int) -> int:
        return int(not stop.cancel.is_set() and (tell is None or iterations < 0 or tell(seconds, iterations, cost)))

    kernel.load("inspections").inspections_solve(
        ctypes.byref(instance), ctypes.byref(settings), int(start is not None),
        *(ctypes.c_void_p(one.ctypes.data) for one in shared), ctypes.byref(outcome), listen,
    )  # fmt: skip
    return _solution(made, shared, outcome)


def _told(made: Arrays) -> dict[str, np.ndarray]:
    """Every array the kernel reads, by its name in instance.hpp."""
    problem, slots = made.problem, [slot for of_site in made.slots for slot in of_site]
    options = [option for of_site in made.options for option in of_site]
    told = [sorted(made.announced[n][1]) if n in made.announced else [] for n in range(len(made.slots))]
    most = made.stride - 4
    by_class = _by_class(made)
    lists = {
        "travel": made.times,
        "slot_ptr": _starts(made.slots),
        "slot_class": [slot.group for slot in slots],
        "slot_stay": [slot.stay for slot in slots],
        "unplaced": [UNPLACED * site.priority * (LOCKED if site.locked else 1) for site in problem.sites],
        "option_ptr": _starts(made.options),
        "option_day": [option.day for option in options],
        "option_low": [option.low for option in options],
        "option_high": [option.high for option in options],
        "option_cost": [option.cost for option in options],
        "class_ptr": _starts(by_class),
        "class_route": [route for routes in by_class for route in routes],
        "person_visits": [[min(one.visits_per_day or most, most)] * problem.days for one in problem.inspectors],
        "person_work": [[_or_unlimited(one.work_per_day)] * problem.days for one in problem.inspectors],
        "route_person": [route.person for route in made.routes],
        "route_day": [route.day for route in made.routes],
        "route_open": [route.opens for route in made.routes],
        "route_close": [route.closes for route in made.routes],
        "route_office": [route.office for route in made.routes],
        "route_weight": [route.weight for route in made.routes],
        "route_type": route_types(made),
        "announced_ptr": _starts(told),
        "announced_person": [person for team in told for person in team],
    }
    return {
        name: np.ascontiguousarray(values, dtype=np.int64 if name in _WIDE else np.int32)
        for name, values in lists.items()
    }


def _or_unlimited(limit: int | None) -> int:
    return UNLIMITED if limit is None else min(limit, UNLIMITED)


def _by_class(made: Arrays) -> list[list[int]]:
    """Routes that may serve, by class and day."""
    days = made.problem.days
    found: list[list[int]] = [[] for _ in range(len(made.classes) * days)]
    for group, persons in enumerate(made.classes):
        members = set(persons)
        for number, route in enumerate(made.routes):
            if route.person in members:
                found[group * days + route.day].append(number)
    return found


def _starts(lists: list) -> list[int]:
    return np.cumsum([0, *(len(one) for one in lists)]).tolist()


def _start(made: Arrays, start: Solution | None) -> list[Ints]:
    """What the kernel begins with and fills: options, lengths of routes, their slots, starts."""
    option = np.full(len(made.slots), -1, dtype=np.int32)
    length = np.zeros(len(made.routes), dtype=np.int32)
    slot = np.zeros(sum(map(len, made.slots)), dtype=np.int32)
    if start:
        slot_first, option_first = _starts(made.slots), _starts(made.options)
        for site, chosen in enumerate(start.option):
            option[site] = option_first[site] + chosen if chosen >= 0 else -1
        length[:] = [len(stops) for stops in start.routes]
        placed = [slot_first[site] + one for stops in start.routes for site, one in stops]
        slot[: len(placed)] = placed
    return [option, length, slot, np.zeros(len(made.slots), dtype=np.int32)]


def _solution(made: Arrays, shared: list[Ints], outcome: _Outcome) -> Solution:
    option, length, slot, begins = shared
    option_first = _starts(made.options)
    owner = [(site, number) for site, slots in enumerate(made.slots) for number in range(len(slots))]
    first = _starts([range(one) for one in length.tolist()])
    routes = [[owner[one] for one in slot[a:b].tolist()] for a, b in itertools.pairwise(first)]
    chosen = [one - option_first[site] if one >= 0 else -1 for site, one in enumerate(option.tolist())]
    return Solution(chosen, routes, begins.tolist(), outcome.cost, outcome.iterations)
