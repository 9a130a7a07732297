"""Lower bounds: small problems by sets of sites a day (`bounding`), larger ones by tours of departments, and those
where sets come to little.

The latter is column generation over department-day tours, branching on their number and on (site, day). It keeps the
day of a visit common to all departments and every tour within windows and working hours. Both leave out limits on
visits and work per day, qualifications, and balance; the latter also the common minute.
"""

from __future__ import annotations

import heapq
import itertools
import math
import time
from dataclasses import dataclass

from paotui.planning.inspections import bounding
from paotui.planning.inspections.arrays import Arrays, arrays
from paotui.planning.inspections.master import Master
from paotui.planning.inspections.plan import Bound, Plan
from paotui.planning.inspections.pricing import TooLarge
from paotui.planning.inspections.problem import Problem

SETTLED = 1e-6
Days = dict[tuple[int, int], int]
"""By site and day: 0 where the site is not visited then."""
Tours = dict[tuple[str, int], tuple[float, float]]
"""By department and day (-1: all days): the fewest and the most tours."""


def bound(problem: Problem, plan: Plan, seconds: float, nodes: int = 100_000) -> Bound | None:
    """Return a proven lower bound of the problem's cost, or None where it is too large or a site is left out.

    Stops after `seconds` of wall time or `nodes` branches (rounds), or when the plan is proven optimal.
    """
    found = look(arrays(problem), plan, seconds, nodes)
    return found.told(plan) if found else None


@dataclass(frozen=True)
class Found:
    """No plan costs less than `value`; `cover`: by day, sites of which that could not be shown to be too little."""

    value: int
    method: str
    cover: dict[int, list[int]]

    def told(self, plan: Plan) -> Bound:
        total = plan.costs.total
        gap = (total - self.value) / total if total else 0.0
        return Bound(value=self.value, gap=round(gap, 6), method=self.method, proven=self.value >= total)


def look(made: Arrays, plan: Plan, seconds: float, nodes: int = 100_000) -> Found | None:
    """The same, with the days at which it ended."""
    if plan.left_out or not made.problem.sites:
        return None
    until = time.monotonic() + seconds
    proof = bounding.prove(made, plan.costs.total, seconds, nodes)
    found = [_by_sets(proof)] if proof else []
    if proof is None or proof.short:
        by_tours = _by_tours(made, plan, until - time.monotonic(), nodes)
        found += [by_tours] if by_tours else []
    return max(found, key=lambda one: one.value, default=None)


def _by_sets(proof: bounding.Proof) -> Found:
    method = f"sets of sites a day, common starts, {proof.candidates} sets left after {proof.rounds} rounds"
    return Found(proof.value, method, proof.cover)


def _by_tours(made: Arrays, plan: Plan, seconds: float, nodes: int) -> Found | None:
    try:
        master = Master(made)
        _begin_with(master, plan)
        value, done = _Branching(master, plan.costs.total, seconds, nodes).run()
    except TooLarge:
        return None
    return Found(min(value, plan.costs.total), f"column generation over department-day tours, {done} branches", {})


def _begin_with(master: Master, plan: Plan) -> None:
    """The tours of the plan are the first columns."""
    number = {site.id: index for index, site in enumerate(master.made.problem.sites)}
    people = {one.id: index for index, one in enumerate(master.made.problem.inspectors)}
    route_of = {(route.person, route.opens): route for route in master.made.routes}
    for tour in plan.tours:
        who = people[tour.inspector]
        route = next(
            route
            for (person, opens), route in route_of.items()
            if person == who and opens <= tour.leaves and tour.returns <= route.closes
        )
        sites = [number[site] for site in tour.sites]
        for crew, pricer in enumerate(master.pricers):
            one = master.crews[crew]
            same = (one.department, one.opens, one.closes, one.office)
            if same == (
                master.made.problem.inspectors[who].department,
                route.opens,
                route.closes,
                route.office,
            ) and set(sites) <= set(one.sites):
                master.add_tour(pricer.column(sites))


@dataclass(frozen=True)
class _Branch:
    """Decisions taken, the bound under them, and what to decide next (None: all is whole)."""

    bound: float
    days: Days
    tours: Tours
    pick: tuple[int, int] | None = None
    count: tuple[tuple[str, int], float] | None = None


@dataclass
class _Branching:
    """Best bound first: the day of a site, then the number of tours of a department, in all or on a day."""

    master: Master
    cost: int
    seconds: float
    nodes: int

    def run(self) -> tuple[int, int]:
        """The bound, rounded up to whole seconds, and the number of branches solved."""
        self.until = time.monotonic() + self.seconds
        number, done = itertools.count(), 0
        first = self._solved({}, {}, 0.0)
        if first is None:
            return 0, 0
        waiting = [(first.bound, next(number), first)]
        settled = math.inf
        while waiting and waiting[0][0] < min(settled, self.cost - 1 + SETTLED) and done < self.nodes:
            branch = waiting[0][2]
            children = self._children(branch)
            done += len(children)
            if any(one is None for one in children):
                break
            heapq.heappop(waiting)
            if not children:  # nothing left to decide: its bound stands
                settled = min(settled, branch.bound)
            for child in children:
                if child is not None:
                    heapq.heappush(waiting, (child.bound, next(number), child))
        lowest = min([settled, *(one[0] for one in waiting)])
        return (self.cost if math.isinf(lowest) else min(self.cost, math.ceil(lowest - 1e-4))), done

    def _children(self, branch: _Branch) -> list[_Branch | None]:
        """What follows from either decision; None where time ran out."""
        if branch.pick:
            site, _ = branch.pick
            there = {key: 0 for key in self.master.column if key[0] == site and key != branch.pick}
            decided = [branch.days | there, branch.days | {branch.pick: 0}]
            return [self._solved(one, branch.tours, branch.bound) for one in decided]
        if branch.count:
            key, value = branch.count
            low, high = branch.tours.get(key, (0.0, math.inf))
            ranges = [(math.ceil(value), high), (low, math.floor(value))]
            return [self._solved(branch.days, branch.tours | {key: one}, branch.bound) for one in ranges]
        return []

    def _solved(self, days: Days, tours: Tours, above: float) -> _Branch | None:
        """The branch under these decisions; None when time ran out before it had a bound."""
        self.master.fix(days, tours)
        best, rough = above, True
        while True:
            value = self.master.solve()
            try:
                saved, added = self.master.price(self.master.prices(), rough=rough)
            except TooLarge:
                if days or tours:
                    return None
                raise
            if not rough:
                best = max(best, value + saved)
                if not added or saved > -SETTLED * max(1.0, value) or best > self.cost - 1:
                    break
            rough = added > 0 if rough else saved < -0.02 * value
            if time.monotonic() > self.until:
                if days or tours:
                    return None
                break
        return _Branch(best, days, tours, _most_fractional(self.master.on_days()), _uneven(self.master.tours()))


def _most_fractional(days: dict[tuple[int, int], float]) -> tuple[int, int] | None:
    pick = max(days, key=lambda key: (min(days[key], 1 - days[key]), key), default=None)
    return pick if pick is not None and 1e-5 < days[pick] < 1 - 1e-5 else None


def _uneven(tours: dict[tuple[str, int], float]) -> tuple[tuple[str, int], float] | None:
    """A number of tours that is not whole: of the whole time first, then the one farthest from whole."""
    broken = {key: value for key, value in tours.items() if abs(value - round(value)) > 1e-4}
    if not broken:
        return None
    key = max(broken, key=lambda one: (one[1] < 0, abs(broken[one] - round(broken[one])), one))
    return key, broken[key]
