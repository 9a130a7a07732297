"""Lower bounds: column generation over department-day tours, and branching on (site, day).

The relaxation keeps the day of a visit common to all departments and every tour within windows and working hours; it
leaves out the common minute, limits on visits and work per day, qualifications beyond the crew's, and balance.
"""

from __future__ import annotations

import heapq
import itertools
import math
import time
from dataclasses import dataclass

from paotui.planning.inspections.arrays import arrays
from paotui.planning.inspections.master import Master
from paotui.planning.inspections.plan import Bound, Plan
from paotui.planning.inspections.pricing import TooLarge
from paotui.planning.inspections.problem import Problem

SETTLED = 1e-6
Fixed = dict[tuple[int, int], int]


def bound(problem: Problem, plan: Plan, seconds: float, nodes: int = 100_000) -> Bound | None:
    """Return a proven lower bound of the problem's cost, or None where it is too large or a site is left out.

    Stops after `seconds` of wall time or `nodes` branches, or when the plan is proven optimal.
    """
    if plan.left_out or not problem.sites:
        return None
    try:
        master = Master(arrays(problem))
        _begin_with(master, plan)
        value, nodes_done = _Branching(master, plan.costs.total, seconds, nodes).run()
    except TooLarge:
        return None
    value = min(value, plan.costs.total)
    gap = (plan.costs.total - value) / plan.costs.total if plan.costs.total else 0.0
    method = f"column generation over department-day tours, {nodes_done} branches on (site, day)"
    return Bound(value=value, gap=round(gap, 6), method=method, proven=value >= plan.costs.total)


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


@dataclass
class _Branching:
    """Best bound first."""

    master: Master
    cost: int
    seconds: float
    nodes: int

    def run(self) -> tuple[int, int]:
        """The bound, rounded up to whole seconds, and the number of branches solved."""
        self.until = time.monotonic() + self.seconds
        counter, done = itertools.count(), 0
        first = self._value({})
        if first is None:
            return 0, 0
        open_: list[tuple[float, int, Fixed, dict[tuple[int, int], float]]] = [(first[0], next(counter), {}, first[1])]
        settled = math.inf
        while open_ and open_[0][0] < min(settled, self.cost - 1 + SETTLED) and done < self.nodes:
            value, _, fixed, days = open_[0]
            pick = _most_fractional(days)
            if pick is None:  # nothing left to branch on: its bound stands
                heapq.heappop(open_)
                settled = min(settled, value)
                continue
            children = self._children(fixed, pick, value)
            done += 2
            if children is None:
                break
            heapq.heappop(open_)
            for child, lower, split in children:
                heapq.heappush(open_, (lower, next(counter), child, split))
        lowest = min([settled, *(one[0] for one in open_)])
        return (self.cost if math.isinf(lowest) else min(self.cost, math.ceil(lowest - 1e-4))), done

    def _children(
        self, fixed: Fixed, pick: tuple[int, int], above: float
    ) -> list[tuple[Fixed, float, dict[tuple[int, int], float]]] | None:
        """Both branches with their bounds; None when time ran out in between."""
        found = []
        for choice in (1, 0):
            child = fixed | {pick: choice}
            if choice:
                child |= {key: 0 for key in self.master.column if key[0] == pick[0] and key != pick}
            solved = self._value(child)
            if solved is None:
                return None
            found.append((child, max(above, solved[0]), solved[1]))
        return found

    def _value(self, fixed: Fixed) -> tuple[float, dict[tuple[int, int], float]] | None:
        """The bound under these decisions; None when time ran out before there was one."""
        self.master.fix(fixed)
        best, rough = 0.0, True
        while True:
            value = self.master.solve()
            saved, added = self.master.price(self.master.prices(), rough=rough)
            if not rough:
                best = max(best, value + saved)
                if not added or saved > -SETTLED * max(1.0, value) or best > self.cost - 1:
                    return best, self.master.on_days()
            rough = added > 0 if rough else saved < -0.02 * value
            if time.monotonic() > self.until:
                return (best, self.master.on_days()) if not fixed else None


def _most_fractional(days: dict[tuple[int, int], float]) -> tuple[int, int] | None:
    pick = max(days, key=lambda key: (min(days[key], 1 - days[key]), key), default=None)
    return pick if pick is not None and 1e-5 < days[pick] < 1 - 1e-5 else None
