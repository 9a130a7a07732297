"""What loads that stay whole forbid: a peak below which no units could hold them all, whoever may take which.

A unit holds a set of groups, and of those that fit its capacity none weighs more than a knapsack says, whatever a load
is taken to weigh. Where all groups together weigh more than the units can hold so, the peak is too low. The weights are
the dual values of a linear programme over such sets (Gilmore and Gomory 1961), whose columns the knapsack finds.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from paotui.planning.linear import INFINITY, Programme
from paotui.planning.pairing import transport
from paotui.planning.pairing.desk import Array, Desk

CELLS, ALL = 2e7, 1e9  # of one knapsack, groups × capacity in what all loads are multiples of; of all: a second or two
GRAIN = 1_000_000  # the greatest weight
LITTLE = 1e-6  # of load: less is rounding


def raised(desk: Desk, peak: Fraction, stop: Callable[[int], bool] | None = None) -> tuple[Fraction, dict[int, int]]:
    """Return the first peak from this one on that is not shown to be too low, and the weights of loads that show it of
    the one before; {} where it is this one. When stopped, or after much work, it may be one that is too low as well.
    """
    lumps, shown = _Lumps(desk, stop), dict[int, int]()

    def holds(peak: Fraction) -> bool:
        nonlocal shown
        found = lumps.against(peak)
        shown = found or shown  # those that hold lie above, so the last one found shows the highest too low
        return not found

    return transport.first_peak(desk, peak, holds), shown


class _Lumps:
    def __init__(self, desk: Desk, stop: Callable[[int], bool] | None) -> None:
        self.desk, self.stop, self.cells = desk, stop, 0
        load, self.groups = np.unique(desk.load, return_counts=True)
        self.common = int(np.gcd.reduce(load))
        self.load = load // self.common

    def against(self, peak: Fraction) -> dict[int, int]:
        """Return weights of loads that show the peak to be too low; none where there are none, or not found in time."""
        room = np.minimum(transport.capacities(self.desk, peak), self.desk.load.sum()) // self.common
        rooms, units = np.unique(room, return_counts=True)
        fit = np.minimum(self.groups, rooms[-1] // self.load)
        items, sets = np.repeat(np.arange(len(fit)), fit), _Sets(self.load, self.groups, units)
        weight = self.load * GRAIN // self.load.max()
        while self._may(len(items) * int(rooms[-1] + 1)):
            most, taken = _filled(items, self.load, weight, int(rooms[-1]))
            if int((units * most[rooms]).sum()) < int((self.groups * weight).sum()):
                weighed = zip((self.load * self.common).tolist(), weight.tolist(), strict=True)
                return {load: one for load, one in weighed if one}
            added = [sets.add(kind, _set(taken, items, self.load, end)) for kind, end in enumerate(rooms.tolist())]
            if not any(added):
                break
            left, weight = sets.solved()
            if left < LITTLE:
                break
        return {}

    def _may(self, cells: int) -> bool:
        self.cells += cells
        return cells <= CELLS and self.cells <= ALL and not (self.stop and self.stop(0))


def _filled(items: Array, load: Array, weight: Array, room: int) -> tuple[Array, Array]:
    """Return the most that fits, by capacity, and which items are taken for it, [items, capacities]."""
    most, taken = np.zeros(room + 1, np.int64), np.zeros((len(items), room + 1), bool)
    for number, item in enumerate(items.tolist()):
        size = int(load[item])
        more = most[: room + 1 - size] + weight[item]
        taken[number, size:] = more > most[size:]
        most[size:] = np.maximum(most[size:], more)
    return most, taken


def _set(taken: Array, items: Array, load: Array, room: int) -> tuple[int, ...]:
    """Return how many of each load are in the set that weighs most within the capacity."""
    count = [0] * len(load)
    for number in range(len(items) - 1, -1, -1):
        if taken[number, room]:
            count[items[number]] += 1
            room -= int(load[items[number]])
    return tuple(count)


class _Sets:
    """The linear programme: every unit holds a set, and as little load as possible is left out."""

    def __init__(self, load: Array, groups: Array, units: Array) -> None:
        self._sizes, self._known, self._programme = len(load), set[tuple[int, tuple[int, ...]]](), Programme()
        for count in groups.tolist():
            self._programme.row(float(count), INFINITY)
        for count in units.tolist():
            self._programme.row(-INFINITY, float(count))
        for size, out in enumerate(load.tolist()):
            self._programme.column(float(out), [size], [1.0])

    def add(self, kind: int, count: tuple[int, ...]) -> bool:
        """Add a set for units of this capacity unless it is there."""
        if (kind, count) in self._known:
            return False
        self._known.add((kind, count))
        rows = [size for size, groups in enumerate(count) if groups]
        self._programme.column(0.0, [*rows, self._sizes + kind], [*(float(count[row]) for row in rows), 1.0])
        return True

    def solved(self) -> tuple[float, Array]:
        """Return the load left out, and what loads weigh then."""
        self._programme.run()
        dual = np.maximum(self._programme.getSolution().row_dual[: self._sizes], 0.0)
        left = float(self._programme.getInfo().objective_function_value)
        return left, np.rint(dual * GRAIN / max(float(dual.max()), LITTLE)).astype(np.int64)
