"""What every set of sites of a day costs at the least; calls `planning/kernel/inspections_bound.cpp`."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt

from paotui.planning import kernel
from paotui.planning.inspections.bounding.days import Day

Floats = npt.NDArray[np.float64]
MOST_SITES = 24
"""Sites of a day at most."""
MOST_PARTIAL, MOST_DEPARTMENTS = 4, 8
"""Departments of a day needed at some of its sites only where one holds all in one sequence, and all of them."""
MOST_LABELS = 60_000_000
IMPOSSIBLE = 1 << 29
STEPS = 0, 50_000_000, 1_000_000_000, 3_000_000_000
"""By grade: how far one set is looked at where departments are at several places at once."""


class TooLarge(Exception):
    """A day has more sets of sites than can be looked at."""


class Table:
    """The costs of one day; sets are bits, sites by their numbers in the day. Use as a context."""

    def __init__(self, day: Day) -> None:
        if not _small(day):
            raise TooLarge
        self.held = _held(day)
        self.day, self.sites = day, np.array(day.sites, dtype=np.intp)
        self.kernel = kernel.load("inspections_bound")
        self.kernel.bound_day.restype = ctypes.c_void_p
        pointers = np.cumsum([0, *map(len, day.starts)])
        windows = [window for starts in day.starts for window in starts]
        low, high = ([one[end] for one in windows] for end in (0, 1))
        given = [_ints(one) for one in (day.extra, day.travel, day.closed, pointers, low, high)]
        self.handle = ctypes.c_void_p(self.kernel.bound_day(len(day.sites), *map(_at, given)))
        for one in day.departments:
            what = [sum(1 << local for local in one.sites), one.officers, one.threads, one.tours]
            told = _ints([*what, one.one_place, one.simple, one.span]), _ints(one.legs)
            self.kernel.bound_department(self.handle, *map(_at, told))

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: Any) -> None:
        self.kernel.bound_forget(self.handle)

    def build(self) -> None:
        """Fill in the first, untimed costs; TooLarge when there are too many sets."""
        if self.kernel.bound_build(self.handle, ctypes.c_int64(MOST_LABELS)):
            raise TooLarge

    def cheapest(self, prices: Floats, threshold: float, most: int) -> tuple[list[int], list[int]]:
        """Sets, and their costs, that cost less than the prices of their sites and the threshold together."""
        mine = np.ascontiguousarray(prices[self.sites])
        sets, costs = np.zeros(most, dtype=np.uint32), np.zeros(most, dtype=np.int32)
        count = self.kernel.bound_price(self.handle, _at(mine), ctypes.c_double(threshold), most, _at(sets), _at(costs))
        return sets[:count].tolist(), costs[:count].tolist()

    def costs(self, sets: list[int], grade: int = 0, limits: list[float] | None = None) -> list[int]:
        """The costs of sets, at least of this grade: 0 untimed, 1 timed, 2 with every choice of who splits.

        Where departments are at several places at once: 0 each on its own, above everybody at the same minute, ever
        further (`STEPS`). What costs more than its limit need not be said closer.
        """
        wanted, costs = np.array(sets, dtype=np.uint32), np.zeros(len(sets), dtype=np.int32)
        most = _ints(np.minimum(limits, IMPOSSIBLE) if limits else np.full(len(sets), IMPOSSIBLE))
        given = grade, ctypes.c_int64(STEPS[grade]), len(sets), _at(wanted), _at(most), _at(costs)
        self.kernel.bound_costs(self.handle, *given)
        return costs.tolist()

    def open(self, one: int) -> int:
        """The grade to which a set can still be brought; 0 where that would not change it."""
        wanted, grade = np.array([one], dtype=np.uint32), np.zeros(1, dtype=np.int32)
        self.kernel.bound_grades(self.handle, 1, _at(wanted), _at(grade))
        most = 2 if self.held else len(STEPS) - 1
        return 0 if grade[0] >= most else max(2, int(grade[0]) + 1)

    def refine(self, prices: Floats, threshold: float) -> None:
        """Bring every set below the threshold to grade 1, as far as it can be done."""
        mine = np.ascontiguousarray(prices[self.sites])
        self.kernel.bound_refine(self.handle, _at(mine), ctypes.c_double(threshold), ctypes.c_int64(MOST_LABELS))

    def members(self, one: int) -> list[int]:
        """The sites of a set, by their numbers in the problem."""
        return [site for local, site in enumerate(self.day.sites) if one >> local & 1]


def cover(
    sites: list[int], days: list[int], reduced: list[float], least: Floats, everything: int, limit: float, steps: int
) -> tuple[list[int], float] | None:
    """The cheapest choice of sets, at most one a day, that holds every site once and sums to less than `limit`.

    Sets as bits of all sites, with their day and cost above the prices of their sites; `least`: per day the least
    such cost. Returns the numbers of the sets (none: there is no such choice) and the sum; None when steps ran out.
    """
    given = np.array(sites, dtype=np.uint64), _ints(days), np.array(reduced, dtype=np.float64)
    chosen, value, low = np.zeros(len(least), dtype=np.int32), ctypes.c_double(), np.ascontiguousarray(least)
    count = kernel.load("inspections_bound").bound_cover(
        len(sites), *map(_at, given), len(least), _at(low), ctypes.c_uint64(everything), ctypes.c_double(limit),
        ctypes.c_int64(steps), _at(chosen), ctypes.byref(value),
    )  # fmt: skip
    return None if count == -2 else (chosen[: max(count, 0)].tolist(), value.value)


def _held(day: Day) -> bool:
    """Whether some department keeps all visits in one sequence."""
    return any(one.one_place and len(one.sites) == len(day.sites) for one in day.departments)


def _small(day: Day) -> bool:
    partial = sum(len(one.sites) < len(day.sites) for one in day.departments)
    few = partial <= MOST_PARTIAL or not _held(day)
    return len(day.sites) <= MOST_SITES and len(day.departments) <= MOST_DEPARTMENTS and few


def _ints(values: Any) -> npt.NDArray[np.int32]:
    return np.ascontiguousarray(np.minimum(np.asarray(values, dtype=np.int64), 2**31 - 1), dtype=np.int32)


def _at(values: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(values.ctypes.data)
