"""The exchange where people and vacancies meet: kept in memory, it is matched anew within a moment after a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from paotui.planning.matching import engine
from paotui.planning.matching.engine import Arcs, Market
from paotui.planning.matching.plan import MatchingParams, MatchingPlan
from paotui.planning.matching.problem import MatchingProblem, Person
from paotui.planning.matching.tables import Array, people_columns, spliced, tabulate

Asked = Callable[[int], bool]
MANY = 100  # more new pairs than one for so many people: a fresh start is faster than a repair


class Exchange:
    """Tables, candidates and the market of one problem.

    People start with their best vacancies only. Whenever prices make another one better for somebody than their
    rent, it joins and the market is repaired; when none does, the prices prove the matching best over all
    admissible pairs, not only over those looked at.
    """

    def __init__(self, problem: MatchingProblem, params: MatchingParams | None = None) -> None:
        self.problem, self.params = problem, params or MatchingParams()
        self.tables = tabulate(problem)
        self.arcs = engine.candidates(self.tables, self.params.each)
        self.market: Market | None = None
        self.proven = False
        self._warm = True
        self._seen: tuple[Array, Array] | None = None  # prices and rents at the last look

    def begin_from(self, plan: MatchingPlan) -> None:
        """Start from the prices and placements of a plan for a problem much like this one."""
        price = np.zeros(len(self.problem.vacancies), np.int64)
        for name, points in plan.prices.items():
            if name in self.problem.vacancy_of:
                price[self.problem.vacancy_of[name]] = points
        kept = [
            (self.problem.person_of[one.person], self.problem.vacancy_of[one.vacancy])
            for one in plan.placements
            if one.person in self.problem.person_of and one.vacancy in self.problem.vacancy_of
        ]
        keys = np.array([person * len(price) + vacancy for person, vacancy in kept], np.int64)
        flow = np.isin(self.arcs.tails() * len(price) + self.arcs.head, keys).astype(np.int32)
        self.market = Market(price, np.zeros(self.tables.people, np.int64), flow)

    def match(self, stop: Asked | None = None) -> Market:
        """Return the market matched until proven, or stopped."""
        self._solve(stop)
        self.proven = False
        for _ in range(self.params.rounds):
            assert self.market is not None
            if self.market.stopped or (stop and stop(self.market.iterations)):
                return self.market
            if not self._joined():
                self.proven = True
                return self.market
            self._solve(stop)
        assert self.market is not None
        return self.market

    def rematch(
        self, people: Mapping[int, Person] | None = None, seats: Mapping[int, int] | None = None,
        stop: Asked | None = None,
    ) -> Market:  # fmt: skip
        """Return the market after people (by row) have changed what they want and vacancies their seats."""
        assert self.market is not None
        if seats:
            self.tables.seats[[*seats]] = [*seats.values()]
        if seats and self._seen:
            self._seen[0][[*seats]] = np.iinfo(np.int64).max  # as if they had been dearer: looked at again
        if people and self._seen:
            self._seen[1][[*people]] = np.iinfo(np.int64).max
        if people:
            rows = np.array(sorted(people), np.int64)
            self.tables.replace(
                rows, people_columns(self.problem, [people[row] for row in rows.tolist()], self.tables.words)
            )
            self._renew(rows)
        return self.match(stop)

    def worth(self) -> int:
        assert self.market is not None
        return int((self.arcs.worth * self.market.flow).sum())

    def bound(self) -> int:
        """Return what no matching can exceed; over the pairs looked at, unless `proven`."""
        assert self.market is not None
        return int(self.market.rent.sum() + (self.tables.seats * self.market.price).sum())

    def pairs(self) -> tuple[Array, Array, Array]:
        """Return rows of people, rows of vacancies, worth; by person."""
        assert self.market is not None
        chosen = np.flatnonzero(self.market.flow)
        return self.arcs.tails()[chosen], self.arcs.head[chosen], self.arcs.worth[chosen]

    def _solve(self, stop: Asked | None) -> None:
        ones = np.ones(self.tables.people, np.int32)
        before, start = self.market, self.market if self._warm else None
        self.market = engine.solve(self.arcs, ones, self.tables.seats, start=start, stop=stop)
        if before is not None and start is None:
            self.market.iterations += before.iterations
        self._warm = True

    def _joined(self) -> int:
        """Let pairs join that the prices make worth more than the rent; return how many.

        What the last look left aside, only rents and prices that have fallen since can have made better; people for
        whom it found more than could join are looked at again.
        """
        assert self.market is not None
        price, rent, seen = self.market.price, self.market.rent, self._seen
        self._seen = price.copy(), rent.copy()
        if seen is None:
            return self._look()
        poorer, cheaper = np.flatnonzero(rent < seen[1]), price < seen[0]
        joined = self._look(who=poorer) if len(poorer) else 0
        return joined + (self._look(among=cheaper, besides=rent < seen[1]) if cheaper.any() else 0)

    def _look(self, who: Array | None = None, among: Array | None = None, besides: Array | None = None) -> int:
        """Let better pairs join: of the people `who`, or of all `besides` some, with the vacancies `among`."""
        assert self.market is not None
        price, rent, people = self.market.price, self.market.rent, self.tables.people
        if besides is not None:
            who = np.flatnonzero(~besides)
        more = engine.candidates(self.tables, self.params.each, who=who, price=price, rent=rent, among=among)
        if who is not None:
            counts = np.zeros(people, np.int64)
            counts[who] = np.diff(more.start)
            more.start = np.concatenate([[0], np.cumsum(counts)])
        assert self._seen is not None
        self._seen[1][np.flatnonzero(np.diff(more.start) >= self.params.each)] = np.iinfo(np.int64).max
        if len(more.head):
            self._join(more, warm=len(more.head) <= people // MANY)
        return len(more.head)

    def _join(self, more: Arcs, *, warm: bool) -> None:
        assert self.market is not None
        at = np.repeat(self.arcs.start[1:], np.diff(more.start))
        self.arcs = Arcs(
            self.arcs.start + more.start,
            np.insert(self.arcs.head, at, more.head),
            np.insert(self.arcs.worth, at, more.worth),
        )
        self.market.flow = np.insert(self.market.flow, at, np.int32(0))
        self._warm = self._warm and warm

    def _renew(self, rows: Array) -> None:
        """Find the candidates of some people anew; their placements go."""
        assert self.market is not None
        fresh, start = engine.candidates(self.tables, self.params.each, who=rows), self.arcs.start
        arcs = Arcs(*spliced(start, self.arcs.head, rows, fresh.start, fresh.head), self.arcs.worth)
        _, arcs.worth = spliced(start, self.arcs.worth, rows, fresh.start, fresh.worth)
        _, self.market.flow = spliced(start, self.market.flow, rows, fresh.start, np.zeros(len(fresh.head), np.int32))
        self.arcs = arcs
