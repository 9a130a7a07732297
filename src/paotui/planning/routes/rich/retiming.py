"""The best times of routes whose order stands: a linear programme over all that is linked.

While searching, the seconds two linked stops may start in are settled once for both; here each may use what the other
leaves. Every constraint but overtime bounds a difference by whole seconds, so cutting off fractions breaks none.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

import numpy as np
from highspy import HighsModelStatus

from paotui.planning.linear import INFINITY, Programme
from paotui.planning.routes.problem import Window
from paotui.planning.routes.rich.drives import Drive, Rows
from paotui.planning.routes.rich.engine import STOP, Found
from paotui.planning.routes.rich.lowering import Lowered

EARLY = 1e-7
"""Yuan for every second that something starts later: of two equal plans the earlier one."""
LEAST = 0.05
"""Yuan new times have to save: more than rounding does."""


def retimed(lowered: Lowered, found: Found) -> Found:
    """The same routes, driven when it costs least; `found` itself where that saves nothing."""
    routes = [np.array([*rows], np.int32) for _, rows in groupby(found.visits.tolist(), key=lambda row: row[0])]
    linked = {*lowered.arrays["link_a"].tolist(), *lowered.arrays["link_b"].tolist()}
    drives = {place: Drive(lowered, rows) for place, rows in enumerate(routes) if linked.intersection(_stops(rows))}
    if not drives:
        return found
    timed = _Timing(lowered, [*drives.values()]).rows()
    saved = sum(one.price(one.rows) - one.price(rows) for one, rows in zip(drives.values(), timed, strict=True))
    if saved < LEAST:
        return found
    for place, rows in zip(drives, timed, strict=True):
        routes[place] = rows
    return replace(found, visits=np.concatenate(routes), cost=found.cost - saved)


def _stops(rows: Rows) -> list[int]:
    served: list[int] = rows[rows[:, 1] == STOP, 2].tolist()
    return served


class _Timing:
    """Columns are starts; rows of the programme say how far they are apart."""

    def __init__(self, lowered: Lowered, drives: list[Drive]) -> None:
        self.programme, self.drives = Programme(), drives
        self.start_of: dict[int, int] = {}
        self.columns = [self._drive(one) for one in drives]
        arrays = lowered.arrays
        ties = (arrays[name].tolist() for name in ("link_a", "link_b", "link_low", "link_high"))
        for a, b, low, high in zip(*ties, strict=True):
            if a in self.start_of and b in self.start_of:
                self._apart(self.start_of[a], self.start_of[b], low, high)

    def rows(self) -> list[Rows]:
        """By drive, its rows at their best times; as they were where there is no solution."""
        self.programme.run()
        if self.programme.getModelStatus() != HighsModelStatus.kOptimal:
            return [one.rows for one in self.drives]
        values = np.array(self.programme.getSolution().col_value)
        seconds = np.floor(values + 1e-6).astype(np.int64)
        return [one.at(seconds[columns]) for one, columns in zip(self.drives, self.columns, strict=True)]

    def _drive(self, one: Drive) -> list[int]:
        """Its columns: leaving, what it does in order, coming back."""
        first, last = one.ends
        leaves = self._column(first, -one.slope)
        columns = [leaves]
        for gap, window, stop in zip(one.gaps, one.windows, one.stops, strict=False):
            columns.append(self._column(window, EARLY))
            self._apart(columns[-2], columns[-1], gap)
            if stop >= 0:
                self.start_of[stop] = columns[-1]
        back = self._column(last, one.slope + EARLY)
        self._apart(columns[-1], back, one.gaps[-1])
        self._apart(leaves, back, 0, one.longest)
        if one.overtime_per_second:
            over = self._column((0, last[1]), one.overtime_per_second)
            self._row(-INFINITY, one.latest, [back, over], [1.0, -1.0])
            self._row(-INFINITY, one.regular, [back, leaves, over], [1.0, -1.0, -1.0])
        return [*columns, back]

    def _column(self, within: Window, price: float) -> int:
        self.programme.addCol(price, float(within[0]), float(within[1]), 0, *_NOTHING)
        return int(self.programme.getNumCol()) - 1

    def _apart(self, a: int, b: int, least: float, most: float = INFINITY) -> None:
        self._row(least, most, [b, a], [1.0, -1.0])

    def _row(self, low: float, high: float, columns: list[int], values: list[float]) -> None:
        self.programme.addRow(low, high, len(columns), np.array(columns, np.int32), np.array(values))


_NOTHING = np.array([], np.int32), np.array([], np.double)
