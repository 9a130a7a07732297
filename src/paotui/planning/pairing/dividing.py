"""Loads that differ, divided among units at least cost: a min cost flow, and the least prices that prove it.

OR-Tools finds the flow; it gives no prices, and those here follow from it: where load of a group flows to a unit, no
other unit on the list of the group is cheaper by more than their prices differ. Units join lists where prices make
them attractive.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ortools.graph.python import min_cost_flow

from paotui.planning.pairing.desk import Array, Desk

GRAIN = 1000  # parts of a point, fewer where costs are so large that the flow could not be counted
LARGEST = 2**60
CLOSED = 2**60  # the cost of a pair that must not be made
FEW = 100  # fewer pairs than one for so many groups: the prices will hardly change


def _grain(desk: Desk, open_: Array) -> int:
    """Return into how many parts a point is cut: OR-Tools multiplies costs by five times the nodes, `run` by units."""
    groups, units = desk.cost.shape
    dearest = int((desk.cost // desk.load[:, None])[open_].max(initial=0)) + 1
    return max(1, min(GRAIN, LARGEST // (5 * (groups + units + 2) * (units + 2) * dearest)))


class Division:
    """`listed` [groups, units]: the pairs looked at; `group`, `unit`, `flow` of each; `price` [units] of a unit of load
    in 1/`grain` points; `iterations`: groups divided, once for each round.
    """

    def __init__(self, desk: Desk, capacity: Array, each: int, listed: Array | None = None) -> None:
        self.load, self.capacity, self.each = desk.load, capacity, min(each, len(desk.units))
        open_ = (desk.lacks == 0) & (capacity > 0)
        self.grain = _grain(desk, open_)
        self.cost = np.where(open_, desk.cost * self.grain // desk.load[:, None], CLOSED)  # of a unit of load
        self.listed = np.zeros(open_.shape, bool) if listed is None else listed & open_
        self._join(np.arange(len(self.load)), self.cost)
        self._most = int(self.cost[open_].max(initial=0))
        self._out = 2 * self._most + 1  # the cost of a unit of load left out; enough where all can be served
        self.iterations = 0

    def run(self, stop: Callable[[int], bool] | None = None) -> bool:
        """Divide until no other pair is attractive; False when stopped before."""
        while True:
            self._flow()
            self.price = self._prices()
            self.iterations += len(self.load)
            if stop and stop(self.iterations):
                return False
            joined = self._look()
            if joined * FEW <= len(self.load) and self.served == self.load.sum():
                return True
            if not joined:
                # Leaving out a unit of load must cost more than any chain of moves over all units could save.
                least = (self._most + 1) * (len(self.capacity) + 2)
                if self._out >= least:
                    return True
                self._out = least

    @property
    def served(self) -> int:
        return int(self.flow.sum())

    def _flow(self) -> None:
        self.group, self.unit = np.nonzero(self.listed)
        groups, units, load = len(self.load), len(self.capacity), self.load.astype(np.int64)
        solver, sink = min_cost_flow.SimpleMinCostFlow(), groups + units
        rows, columns = np.arange(groups, dtype=np.int32), np.arange(groups, sink, dtype=np.int32)
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            self.group.astype(np.int32), (self.unit + groups).astype(np.int32), load[self.group],
            self.cost[self.group, self.unit],
        )  # fmt: skip
        for tails, limit, cost in ((rows, load, self._out), (columns, self.capacity.astype(np.int64), 0)):
            heads = np.full(len(tails), sink, np.int32)
            solver.add_arcs_with_capacity_and_unit_cost(tails, heads, limit, np.full(len(tails), cost, np.int64))
        solver.set_nodes_supplies(rows, load)
        solver.set_nodes_supplies(np.array([sink], np.int32), np.array([-load.sum()], np.int64))
        status = solver.solve()
        assert status == solver.OPTIMAL, status  # everybody may be left out
        self.flow = solver.flows(arcs)

    def _prices(self) -> Array:
        """Return the least prices under which nothing that flows had better flow elsewhere.

        A unit must be as dear as makes those who go elsewhere go there: price ≥ price of theirs − what it saves them.
        """
        units = len(self.capacity)
        saves = np.full((units + 1, units), -CLOSED)  # [from, to] the most saved by a unit of load; last: left out
        served = np.bincount(self.group, self.flow, len(self.load))
        for at, group, cost in self._flowing(served):
            first, count = self._start[group], np.diff(self._start)[group]
            arc = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
            less = np.repeat(cost, count) - self.cost[self.group[arc], self.unit[arc]]
            np.maximum.at(saves, (np.repeat(at, count), self.unit[arc]), less)
        price = np.maximum(saves[units], 0)
        while True:
            higher = np.maximum(price, (price[:, None] + saves[:units]).max(axis=0))
            if (higher == price).all():
                return price
            price = higher

    def _flowing(self, served: Array) -> list[tuple[Array, Array, Array]]:
        """Return where load goes, of which group, at what cost: to units, and (as a unit more) left out."""
        self._start = np.searchsorted(self.group, np.arange(len(self.load) + 1))
        on, out = np.flatnonzero(self.flow), np.flatnonzero(served < self.load)
        group, unit, nobody = self.group[on], self.unit[on], np.full(len(out), len(self.capacity))
        return [(unit, group, self.cost[group, unit]), (nobody, out, np.full(len(out), self._out))]

    def _look(self) -> int:
        """List the pairs that the prices make better than what is listed; return how many."""
        gain = self.cost + self.price
        rent = np.where(self.listed, gain, self._out).min(axis=1)
        better = gain < np.minimum(rent, self._out)[:, None]
        rows = np.flatnonzero(better.any(axis=1))
        return self._join(rows, np.where(better[rows], gain[rows], CLOSED))

    def _join(self, rows: Array, cost: Array) -> int:
        """List the `each` cheapest pairs of these groups; `cost` [rows, units], CLOSED for none."""
        columns = np.argpartition(cost, self.each - 1, axis=1)[:, : self.each]
        before = int(self.listed.sum())
        self.listed[rows[:, None], columns] |= np.take_along_axis(cost, columns, axis=1) < CLOSED
        return int(self.listed.sum()) - before
