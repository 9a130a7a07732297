"""Which tours an inspector of one kind could make on one day, and the cheapest ones at given prices of the sites."""

from __future__ import annotations

import ctypes
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from paotui.planning import kernel
from paotui.planning.inspections.arrays import Arrays

Floats = npt.NDArray[np.float64]
MOST_SITES, REMEMBERED = 128, 8
LABELS = 3_000_000


class TooLarge(Exception):
    """A department has more sites on a day than tours can be priced for."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Interchangeable tours: the same department, day, interval, office and what the inspectors may do."""

    department: str
    day: int
    count: int
    sites: tuple[int, ...]
    opens: int
    closes: int
    office: int


@dataclass(frozen=True, slots=True)
class Column:
    """A tour of a crew: its travel, and how often it comes by each site."""

    crew: int
    travel: int
    visits: tuple[tuple[int, int], ...]


def crews(made: Arrays) -> list[Crew]:
    """The kinds of tours of a problem."""
    found: Counter[tuple[str, int, int, int, int, frozenset[int]]] = Counter()
    groups: dict[int, frozenset[int]] = {}
    for route in made.routes:
        if route.person not in groups:
            groups[route.person] = frozenset(n for n, who in enumerate(made.classes) if route.person in set(who))
        department = made.problem.inspectors[route.person].department
        found[department, route.day, route.opens, route.closes, route.office, groups[route.person]] += 1
    return [
        Crew(department, day, count, _reachable(made, day, may), opens, closes, office)
        for (department, day, opens, closes, office, may), count in found.items()
    ]


def _reachable(made: Arrays, day: int, may: frozenset[int]) -> tuple[int, ...]:
    return tuple(
        site
        for site, slots in enumerate(made.slots)
        if any(slot.group in may for slot in slots) and any(option.day == day for option in made.options[site])
    )


class Pricer:
    """Prices the tours of one crew; sites by their numbers in the problem."""

    def __init__(self, made: Arrays, number: int, crew: Crew) -> None:
        self.number, self.crew, self.sites = number, crew, crew.sites
        if len(self.sites) > MOST_SITES:
            raise TooLarge
        nodes = [*self.sites, crew.office]
        self.travel = np.ascontiguousarray(made.times[np.ix_(nodes, nodes)], dtype=np.int32)
        stays = [
            min(slot.stay for slot in made.slots[site] if slot.department == crew.department) for site in self.sites
        ]
        self.stay = np.array(stays, dtype=np.int32)
        starts = [sorted((o.low, o.high) for o in made.options[site] if o.day == crew.day) for site in self.sites]
        self.window_ptr = np.cumsum([0, *map(len, starts)]).astype(np.int32)
        self.low, self.high = (np.array([w[end] for one in starts for w in one], dtype=np.int32) for end in (0, 1))
        self.memory = self._memory()

    def _memory(self) -> npt.NDArray[np.uint64]:
        """Which sites a tour remembers at each: those nearby (ng-routes)."""
        count = len(self.sites)
        words = np.zeros((count, 2), dtype=np.uint64)
        for site in range(count):
            order = np.argsort(self.travel[site, :count] + self.travel[:count, site], kind="stable")
            for other in order[:REMEMBERED]:
                words[site, other // 64] |= np.uint64(1 << (int(other) % 64))
        return words

    def tours(self, prices: dict[int, float], threshold: float, most: int, rough: bool) -> tuple[float, list[Column]]:
        """The least cost of a tour at these prices (0 at most), and tours that cost less than the threshold.

        A `rough` search is fast and may miss both.
        """
        count = len(self.sites)
        if not count:
            return 0.0, []
        price = np.array([prices.get(site, 0.0) for site in self.sites])
        sizes = np.array([count, self.crew.opens, self.crew.closes, most, rough], dtype=np.int32)
        best, found = ctypes.c_double(), ctypes.c_int32()
        lengths, visited = np.zeros(most, dtype=np.int32), np.zeros(most * 200, dtype=np.int32)
        arrays = (sizes, self.travel, self.stay, self.window_ptr, self.low, self.high, price, self.memory)
        failed = kernel.load("inspections").inspections_price(
            *(ctypes.c_void_p(one.ctypes.data) for one in arrays), ctypes.c_double(threshold), ctypes.c_int64(LABELS),
            ctypes.byref(best), ctypes.byref(found), *(ctypes.c_void_p(one.ctypes.data) for one in (lengths, visited)),
        )  # fmt: skip
        if failed:
            raise TooLarge
        return best.value, list(self._columns(lengths[: found.value].tolist(), visited.tolist()))

    def _columns(self, lengths: list[int], visited: list[int]) -> Iterator[Column]:
        at = 0
        for length in lengths:
            yield self.column([self.sites[local] for local in visited[at : at + length]])
            at += length

    def column(self, sites: list[int]) -> Column:
        """The column of a tour through these sites."""
        local = {site: number for number, site in enumerate(self.sites)}
        office = len(self.sites)
        nodes = [office, *(local[site] for site in sites), office]
        travel = sum(int(self.travel[a, b]) for a, b in itertools.pairwise(nodes))
        return Column(self.number, travel, tuple(sorted(Counter(sites).items())))
