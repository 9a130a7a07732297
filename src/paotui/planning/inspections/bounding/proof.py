"""The proof: a linear programme over sets of sites, then the cheapest cover by the few sets that could still matter.

Every plan visits on each day one set of sites. What a set costs is bounded from below three times, ever closer, and
only where it matters: by rounds of each department at no particular hour; by the best common order of the visits within
their windows, all officers of a department going together; with every choice of departments that send more people than
a site takes and let them split. Where departments can be at several places at once: by the tours of each department on
its own, then with everybody starting at the same minute, ever further. Sets whose reduced cost exceeds what lies
between bound and plan are left aside.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from paotui.planning.inspections.arrays import Arrays
from paotui.planning.inspections.bounding.days import days
from paotui.planning.inspections.bounding.master import Master, Prices
from paotui.planning.inspections.bounding.table import IMPOSSIBLE, Table, TooLarge, cover

SETS_A_ROUND = 40
COARSE = 1e-3
"""While sets pay by more than this share of the value, they are added before any is looked at closely."""
MOST_SITES, MOST_SETS, MOST_CANDIDATES = 64, 1 << 25, 1_000_000
MOST_CELLS = 1 << 27
"""Sets times departments: up to six bytes each, twelve where a department is bounded as two parties."""
MOST_STEPS = 5_000_000_000
SHARES, SHARES_HELD = (0.5, 0.7, 0.85, 1.0), (0.5, 1.0)
"""Of what lies between bound and plan: the nearer plans are ruled out first, with fewer sets; the latter where a
department holds all visits of a day in one sequence, and looking at sets anew takes longest."""
LINEAR, WIDE, MANY = 0.4, 0.1, 1 << 20
"""Where more than this share of the time is not enough for the linear programme, or more than this share of the plan's
cost lies between the two and sets are so many, tours of departments tell more (`bounds.py`)."""
EPSILON = 1e-6
T = TypeVar("T")


@dataclass(frozen=True)
class Proof:
    """No plan costs less than `value`; `rounds` of the linear programme, `candidates` left.

    `short`: it was given up for want of time, or far from the plan. `cover`: where the proof ended at sets that could
    not be shown to be dearer, the sites of each day's.
    """

    value: int
    rounds: int
    candidates: int = 0
    cover: dict[int, list[int]] = field(default_factory=dict)
    short: bool = False


def prove(made: Arrays, total: int, seconds: float, rounds: int, threads: int = 2) -> Proof | None:
    """Return a proven lower bound of a problem that has a plan of cost `total`; None when it is too large.

    Stops after `seconds` of wall time or `rounds`, or when no plan can cost less than `total`.
    """
    begun = time.monotonic()
    with ExitStack() as stack, ThreadPoolExecutor(threads) as pool:
        shape = days(made)
        sets = [1 << len(day.sites) for day in shape]
        cells = sum(count * len(day.departments) for count, day in zip(sets, shape, strict=True))
        if len(made.slots) > MOST_SITES or sum(sets) > MOST_SETS or cells > MOST_CELLS:
            return None
        try:
            tables = [stack.enter_context(Table(day)) for day in shape]
            list(pool.map(Table.build, sorted(tables, key=lambda table: -len(table.sites))))
        except TooLarge:
            return None
        until, linear_until = begun + seconds, begun + LINEAR * seconds
        return _Proving(tables, len(made.slots), total, until, linear_until, rounds, pool).run()


@dataclass
class _Proving:
    tables: list[Table]
    sites: int
    total: int
    until: float
    linear_until: float
    rounds: int
    pool: ThreadPoolExecutor
    value: float = 0.0
    prices: Prices | None = None
    done: int = 0
    settled: set[tuple[int, int]] = field(default_factory=set)
    closed: dict[tuple[int, int], int] = field(default_factory=dict)
    """Costs of sets that were settled."""
    tried: set[tuple[int, int, int]] = field(default_factory=set)
    """Which grades (day, set, grade)."""
    cover: dict[int, list[int]] = field(default_factory=dict)

    def run(self) -> Proof:
        if not self._linear() or self._far():
            return replace(self._proof(), short=True)
        prices, base, found = self.prices, self.value, 0
        for share in SHARES_HELD if any(table.held for table in self.tables) else SHARES:
            if prices is None or self._ended() or self._stopped():
                break
            reach = (self.total - base) * share + 1.0
            sets = self._candidates(prices, reach)
            found = len(sets)
            if found >= MOST_CANDIDATES or not self._covers(prices, sets, min(base + reach - 1.0, self.total - 0.5)):
                break
        return self._proof(found)

    def _far(self) -> bool:
        many = sum(1 << len(table.sites) for table in self.tables) > MANY
        return many and self.total - self.value > WIDE * self.total

    def _ended(self) -> bool:
        return self.value > self.total - 1 + EPSILON

    def _stopped(self) -> bool:
        return time.monotonic() > self.until or self.done >= self.rounds

    def _proof(self, candidates: int = 0) -> Proof:
        value = self.total if self._ended() else min(self.total, math.ceil(self.value - 1e-4))
        return Proof(max(0, value), self.done, candidates, self.cover)

    def _linear(self) -> bool:
        """Solve the linear programme, looking closely at the sets it takes; False when its time ran out."""
        master = Master(self.tables, self.sites, 2.0 * self.total / self.sites + 1.0)
        while not self._ended() and not self._stopped():
            if time.monotonic() > self.linear_until:
                return False
            self.done += 1
            prices = master.solve()
            saved, added = self._add(master, prices)
            value = float(prices.site.sum() + prices.day.sum()) + saved
            if self.prices is None or value >= self.value:
                self.value, self.prices = value, prices
            if added and saved < -COARSE * self.total:
                continue
            fresh = self._look_closely(master)
            if not fresh and not added:
                break
        return True

    def _add(self, master: Master, prices: Prices) -> tuple[float, int]:
        """Add sets that pay; what all days together could save at these prices (≤ 0), and how many were added."""
        saved, added = 0.0, 0
        for day, (sets, costs) in enumerate(self._each(lambda n, one: _cheapest(one, prices, n))):
            if sets:
                saved += costs[0] - float(prices.site[self.tables[day].members(sets[0])].sum()) - float(prices.day[day])
            added += sum(master.add(day, *one) for one in zip(sets, costs, strict=True))
        return saved, added

    def _look_closely(self, master: Master) -> int:
        chosen = [
            [one for one in master.chosen(day) if (day, one) not in self.settled] for day in range(len(self.tables))
        ]
        self._each(lambda n, table: self._close(table, chosen[n]))
        for day, sets in enumerate(chosen):
            self.settled |= {(day, one) for one in sets}
            master.correct(day)
        return sum(map(len, chosen))

    def _close(self, table: Table, sets: list[int]) -> None:
        """Look at sets closely, up to what lies between bound and plan."""
        if sets:
            table.costs(sets, 1, [cost + self.total - self.value + 1.0 for cost in table.costs(sets)])

    def _candidates(self, prices: Prices, reach: float) -> list[tuple[int, int, int]]:
        """(day, set, cost) of all that a plan could hold which costs the value of the linear programme and `reach`."""
        limits = [float(one) + reach for one in prices.day]
        self._each(lambda n, table: table.refine(prices.site, limits[n]))
        found = self._each(lambda n, table: table.cheapest(prices.site, limits[n], MOST_CANDIDATES))
        return [(day, *one) for day, (sets, costs) in enumerate(found) for one in zip(sets, costs, strict=True)]

    def _covers(self, prices: Prices, found: list[tuple[int, int, int]], until: float) -> bool:
        """The cheapest cover again and again, until what it takes is as dear as it can be shown to be.

        Whether no plan costs less than `until`.
        """
        sites = [sum(1 << site for site in self.tables[day].members(one)) for day, one, _ in found]
        costs = np.array([self.closed.get((day, one), cost) for day, one, cost in found], dtype=float)
        base = np.array([prices.site[self.tables[day].members(one)].sum() for day, one, _ in found])
        offset, day_of, least = float(prices.site.sum()), [day for day, *_ in found], prices.day.copy()
        np.minimum.at(least, day_of, costs - base)  # prices may come from before the last sets were added
        while True:  # once at least: the sets have been looked at already
            self.done += 1
            reduced = (costs - base).tolist()
            chosen = cover(sites, day_of, reduced, least, (1 << self.sites) - 1, until - offset, MOST_STEPS)
            if chosen is None:
                return False
            numbers, value = chosen
            self.value = max(self.value, value + offset if numbers else until)
            if not numbers:
                return True
            fresh = [number for number in numbers if self._grade(found[number])]
            if not fresh:
                days = [(self.tables[found[number][0]], found[number][1]) for number in numbers]
                self.cover = {table.day.day: table.members(one) for table, one in days}
            if not fresh or self._stopped():
                return False
            reach = self.total - offset - float(least.sum())
            self._settle([found[n] for n in fresh], [float(base[n] + reach + least[day_of[n]] + 1) for n in fresh])
            for number in fresh:
                costs[number] = self.closed[found[number][:2]]

    def _grade(self, one: tuple[int, int, int]) -> int:
        """The grade to which a set can be brought and has not been; 0: none."""
        grade = self.tables[one[0]].open(one[1])
        return 0 if (*one[:2], grade) in self.tried else grade

    def _settle(self, sets: list[tuple[int, int, int]], limits: list[float]) -> None:
        """Bring sets of different days to their next grade."""

        def settled(one: tuple[int, int, int], limit: float) -> int:
            return self.tables[one[0]].costs([one[1]], self._grade(one), [limit])[0]

        grades = [self._grade(one) for one in sets]
        for one, grade, cost in zip(sets, grades, self.pool.map(settled, sets, limits), strict=True):
            self.closed[one[:2]] = min(cost, IMPOSSIBLE)
            self.tried.add((*one[:2], grade))

    def _each(self, work: Callable[[int, Table], T]) -> list[T]:
        return list(self.pool.map(work, range(len(self.tables)), self.tables))


def _cheapest(table: Table, prices: Prices, number: int) -> tuple[list[int], list[int]]:
    return table.cheapest(prices.site, float(prices.day[number]) - EPSILON, SETS_A_ROUND)
