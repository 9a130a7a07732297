"""The linear programme over department-day tours: every part of a site on the site's one day.

Rows: a site is visited on one of its days; the tours of a department bring the officers a site needs on the day
chosen; no crew makes more tours than it has people. It leaves out that everyone starts at the same minute, hence a
lower bound. Columns are added by price.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from paotui.planning.inspections.arrays import UNPLACED, Arrays
from paotui.planning.inspections.pricing import Column, Pricer, crews
from paotui.planning.linear import INFINITY, Programme

TOURS_A_ROUND = 60
EPSILON = 1e-6


@dataclass
class Prices:
    """Dual values: of a part (site, department, day), and of one more tour of a crew."""

    part: dict[tuple[int, str, int], float] = field(default_factory=dict)
    crew: list[float] = field(default_factory=list)


class Master:
    """The programme, with warm starts from one branch to the next."""

    def __init__(self, made: Arrays) -> None:
        self.made = made
        self.crews = crews(made)
        self.pricers = [Pricer(made, number, crew) for number, crew in enumerate(self.crews)]
        self.known: set[Column] = set()
        self.highs = Programme()
        self.days = {
            (site, day): min(option.cost for option in options if option.day == day)
            for site, options in enumerate(made.options)
            for day in {option.day for option in options}
        }
        self._rows()
        self._day_columns()

    def _rows(self) -> None:
        add = self.highs.row
        for _ in self.made.slots:
            add(1.0, 1.0)
        self.part: dict[tuple[int, str, int], int] = {}
        for site, day in self.days:
            for department in {slot.department for slot in self.made.slots[site]}:
                self.part[site, department, day] = len(self.made.slots) + len(self.part)
                add(0.0, INFINITY)
        self.first_crew = len(self.made.slots) + len(self.part)
        for crew in self.crews:
            add(-INFINITY, float(crew.count))
        departments = sorted({crew.department for crew in self.crews})
        self.tours_of: dict[tuple[str, int], int] = {}  # day -1: the whole time
        for key in itertools.product(departments, range(-1, self.made.problem.days)):
            self.tours_of[key] = self.first_crew + len(self.crews) + len(self.tours_of)
            add(0.0, INFINITY)

    def _day_columns(self) -> None:
        self.column: dict[tuple[int, int], int] = {}
        for (site, day), cost in self.days.items():
            officers = {
                department: sum(slot.department == department for slot in self.made.slots[site])
                for department in {slot.department for slot in self.made.slots[site]}
            }
            rows = [site, *(self.part[site, department, day] for department in officers)]
            self.column[site, day] = self.highs.column(
                float(cost), rows, [1.0, *(-float(n) for n in officers.values())]
            )
        for site in range(len(self.made.slots)):  # without it the programme has no solution before tours come
            self.highs.column(float(UNPLACED), [site], [1.0])
        for pricer in self.pricers:  # a tour to one site bounds the price of the site from the beginning
            for site in pricer.sites:
                self.add_tour(pricer.column([site]))

    def add_tour(self, column: Column) -> None:
        """Add a tour unless it is there."""
        if column in self.known:
            return
        self.known.add(column)
        crew = self.crews[column.crew]
        rows = [self.part[site, crew.department, crew.day] for site, _ in column.visits]
        rows += self._counting(column.crew)
        self.highs.column(float(column.travel), rows, [*(float(times) for _, times in column.visits), 1.0, 1.0, 1.0])

    def _counting(self, crew: int) -> list[int]:
        """The rows that count a tour of the crew."""
        one = self.crews[crew]
        return [self.first_crew + crew, self.tours_of[one.department, -1], self.tours_of[one.department, one.day]]

    def fix(self, days: dict[tuple[int, int], int], tours: dict[tuple[str, int], tuple[float, float]]) -> None:
        """Fix which sites are or are not visited on which days and how many tours there are; free all else."""
        for counted, row in self.tours_of.items():
            self.highs.changeRowBounds(row, *tours.get(counted, (0.0, INFINITY)))
        for key, number in self.column.items():
            low, high = (float(days[key]),) * 2 if key in days else (0.0, INFINITY)
            self.highs.changeColBounds(number, low, high)

    def solve(self) -> float:
        """Solve with the tours there are; the value."""
        self.highs.run()
        return float(self.highs.getInfo().objective_function_value)

    def prices(self) -> Prices:
        """The dual values of the last solution."""
        dual = self.highs.getSolution().row_dual
        part = {key: max(0.0, dual[row]) for key, row in self.part.items()}
        return Prices(part, [sum(dual[row] for row in self._counting(number)) for number in range(len(self.crews))])

    def price(self, prices: Prices, *, rough: bool, most: int = TOURS_A_ROUND) -> tuple[float, int]:
        """Add tours that pay at these prices; what all crews together could still save (≤ 0), and how many were added.

        Only a search that is not `rough` says for certain what could be saved.
        """
        saved, added = 0.0, 0
        for number, pricer in enumerate(self.pricers):
            crew = self.crews[number]
            mine = {site: prices.part.get((site, crew.department, crew.day), 0.0) for site in crew.sites}
            best, columns = pricer.tours(mine, prices.crew[number] - EPSILON, most, rough)
            saved += crew.count * min(0.0, best - prices.crew[number])
            before = len(self.known)
            for column in columns:
                self.add_tour(column)
            added += len(self.known) - before
        return saved, added

    def on_days(self) -> dict[tuple[int, int], float]:
        """How much of each site lies on each day in the last solution."""
        value = self.highs.getSolution().col_value
        return {key: value[number] for key, number in self.column.items()}

    def tours(self) -> dict[tuple[str, int], float]:
        """How many tours each department makes, by day and in all (-1), in the last solution."""
        value = self.highs.getSolution().row_value
        return {key: value[row] for key, row in self.tours_of.items()}
