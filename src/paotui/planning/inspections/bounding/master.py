"""The linear programme over sets of sites: at most one a day, every site once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paotui.planning.inspections.bounding.table import IMPOSSIBLE, Floats, Table
from paotui.planning.linear import INFINITY, Programme


@dataclass(frozen=True)
class Prices:
    """Dual values: of a site, and of a day (at most 0)."""

    site: Floats
    day: Floats


class Master:
    """Sets are added by price; their costs rise as they are looked at closely."""

    def __init__(self, tables: list[Table], sites: int, dear: float) -> None:
        self.tables, self.sites = tables, sites
        self.highs = Programme()
        self.known: list[dict[int, int]] = [{} for _ in tables]
        """By day: the column of a set."""
        self.cost: dict[int, int] = {}
        for _ in range(sites):
            self.highs.row(1.0, 1.0)
        for _ in tables:
            self.highs.row(-INFINITY, 1.0)
        for site in range(sites):  # without it the programme has no solution before sets come
            self.highs.column(dear, [site], [1.0])

    def add(self, day: int, one: int, cost: int) -> bool:
        """Add a set of a day (by its number among the tables) unless it is there; whether it was not."""
        if one in self.known[day]:
            return False
        rows = [*self.tables[day].members(one), self.sites + day]
        number = self.highs.column(float(cost), rows, [1.0] * len(rows))
        self.known[day][one], self.cost[number] = number, cost
        return True

    def solve(self) -> Prices:
        """Solve with the sets there are."""
        self.highs.run()
        dual = np.array(self.highs.getSolution().row_dual)
        return Prices(dual[: self.sites], np.minimum(0.0, dual[self.sites :]))

    def chosen(self, day: int) -> list[int]:
        """The sets of a day in the last solution, in part or whole."""
        value = self.highs.getSolution().col_value
        return [one for one, number in self.known[day].items() if value[number] > 1e-7]

    def correct(self, day: int) -> None:
        """Take over the costs of the table; what turned out impossible is taken out."""
        sets = list(self.known[day])
        for one, cost in zip(sets, self.tables[day].costs(sets) if sets else [], strict=True):
            number = self.known[day][one]
            if cost == self.cost[number]:
                continue
            self.cost[number] = cost
            if cost >= IMPOSSIBLE:
                self.highs.changeColBounds(number, 0.0, 0.0)
            else:
                self.highs.changeColCost(number, float(cost))
