"""A bound by relaxed routes: the linear programme over all ng-routes, by column generation.

Prices of the stops come from the routes known so far, the kernel finds routes that cost less than the prices of their
stops, and they join. A bound is proven as soon as no route, however relaxed, costs less than its stops' prices: where
some still do, prices of their stops fall until none does (`_proven`), so that there is a bound at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from paotui.planning.routes.bounding.master import Programme
from paotui.planning.routes.bounding.pricing import Priced, Pricer, Walk
from paotui.planning.routes.bounding.relaxation import Floats, Kind, Relaxation

KEEPS = (1, 3, 12, 40)
"""Labels a stop and step: the wider the stricter the relaxation, and the longer it takes."""
GAPS = (0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001, 0.00001)
"""How near to the end of the programme prices are taken from, one after the other."""
INWARD = 0.5
"""Share of the prices that prove the bound in those that routes are looked for at, to begin with."""
ROUNDS_OF_REPAIR = 8
ROUNDS_OF_SEARCH = 4
TINY = 1e-7


@dataclass
class Prices:
    """Of the stops, of a route whatever it is (at most as many as there have to be), of a route of a kind (≤ 0)."""

    stop: Floats
    route: float
    kind: Floats

    def towards(self, other: Prices | None, share: float) -> Prices:
        """Between these and the others, nearer to the others the larger `share` is."""
        if other is None or not share:
            return self
        own = 1 - share
        return Prices(
            own * self.stop + share * other.stop, own * self.route + share * other.route,
            own * self.kind + share * other.kind,
        )  # fmt: skip


@dataclass
class Generation:
    """Lower bound by column generation; `value` is proven at any time."""

    relaxed: Relaxation
    until: Callable[[], bool]
    threads: int = 2
    value: float = 0.0
    centre: Prices | None = None
    """Prices that prove the bound; guessed ones at first, if any."""
    rounds: int = 0
    finished: bool = False
    told: Callable[[float], None] = lambda _: None
    known: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)
    columns: list[Walk | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = self.relaxed.n
        self.pricers = [Pricer(number, kind) for number, kind in enumerate(self.relaxed.kinds)]
        self.limited = [k for k, kind in enumerate(self.relaxed.kinds) if kind.count is not None and kind.count < n]
        self.row_of = {k: n + 1 + place for place, k in enumerate(self.limited)}
        counts = [float(self.relaxed.kinds[k].count or 0) for k in self.limited]
        self.master = Programme([1.0] * n + [float(self.relaxed.fewest), *counts])
        self.pool = ThreadPoolExecutor(self.threads)
        self._begin()

    def _begin(self) -> None:
        n = self.relaxed.n
        dear = 3 * self._dearest()
        for stop in range(n):
            self._slack(min(float(self.relaxed.price[stop]), dear), stop, 1.0)
        self._slack(0.0, n, -1.0)
        self._slack(dear, n, 1.0)
        for row in self.row_of.values():
            self._slack(0.0, row, 1.0)
            self._slack(dear, row, -1.0)
        for number, kind in enumerate(self.relaxed.kinds):
            alone = kind.cost[n, :n] + kind.cost[:n, n]
            for one in np.flatnonzero(np.isfinite(alone)).tolist():
                if kind.capacity is None or kind.load[one] <= kind.capacity:
                    self.add(Walk(number, 0.0, (one,)))

    def _dearest(self) -> float:
        n = self.relaxed.n
        costs = [kind.cost[n, :n] + kind.cost[:n, n] for kind in self.relaxed.kinds]
        return max([1.0, *(float(one[np.isfinite(one)].max(initial=1.0)) for one in costs)])

    def _slack(self, cost: float, row: int, value: float) -> None:
        self.columns.append(None)
        self.master.add(cost, [row], [value])

    def add(self, walk: Walk) -> bool:
        """A route joins, unless it is there."""
        number, stops = walk.kind, walk.stops
        if (number, stops) in self.known:
            return False
        self.known.add((number, stops))
        cost = route_cost(self.relaxed.kinds[number], stops)
        if not np.isfinite(cost):
            return False
        seen: dict[int, float] = {}
        for stop in stops:
            seen[stop] = seen.get(stop, 0.0) + 1.0
        seen[self.relaxed.n] = 1.0
        if number in self.row_of:
            seen[self.row_of[number]] = 1.0
        self.columns.append(walk)
        self.master.add(cost, list(seen), list(seen.values()))
        return True

    def run(self) -> float:
        """Until nothing can be gained, or time is up."""
        for place, keep in enumerate(KEEPS):
            self._with(keep, 0 if place == 0 else len(GAPS) - 2)
            if self.until():
                break
        self.pool.shutdown()
        return self.value

    def _strict(self) -> None:
        """Forget the routes that only a wider relaxation allowed."""
        kept = [column is None or not column.loose for column in self.columns]
        if not all(kept):
            self.master.keep(kept)
            self.columns = [column for column, stays in zip(self.columns, kept, strict=True) if stays]
            self.known = {(column.kind, column.stops) for column in self.columns if column}

    def _with(self, keep: int, gap: int) -> None:
        self._strict()
        inward = INWARD if gap == 0 else 0.0
        while not self.until():
            self.rounds += 1
            ahead = self._prices(self.master.solve(GAPS[gap]))
            prices = ahead.towards(self.centre, inward)
            joined, least = self._searched(prices, keep)
            before = self.value
            likely = self.worth(prices) + least * self._routes()
            if likely > self.value + 0.2 * max(0.0, self.worth(ahead) - self.value) or not joined:
                joined += self._proven(prices, keep)
            if joined > 0.05 * self.relaxed.n:
                continue
            if inward:
                inward = 0.0 if inward < INWARD else INWARD / 2
            elif gap + 1 < len(GAPS):
                gap += 1
            elif not joined or self.value - before < 1e-5 * self.value:
                self.finished = not self.until()
                return

    def _searched(self, prices: Prices, keep: int) -> tuple[int, float]:
        """Routes that join, and what the cheapest costs: again and again where prices fall with those found."""
        falling = Prices(prices.stop.copy(), prices.route, prices.kind)
        joined, least = 0, 0.0
        for again in range(ROUNDS_OF_SEARCH):
            priced = self._price(falling, keep, exact=False)
            walks = [walk for one in priced for walk in one.walks]
            joined += sum(self.add(walk) for walk in walks)
            least = min(one.least for one in priced) if again == 0 else least
            if not walks or self.until():
                break
            self._lower(falling, walks, 1.0)
        return joined, least

    def _routes(self) -> float:
        """How many routes the programme drives just now."""
        real = np.array([one is not None for one in self.columns])
        return max(1.0, self.relaxed.fewest, float(self.master.x[real[: len(self.master.x)]].sum()))

    def _prices(self, found: Floats) -> Prices:
        n = self.relaxed.n
        kind = np.zeros(len(self.relaxed.kinds))
        for number, row in self.row_of.items():
            kind[number] = min(0.0, found[row])
        return Prices(np.minimum(found[:n], self.relaxed.price), max(0.0, float(found[n])), kind)

    def worth(self, prices: Prices) -> float:
        """The bound when no route costs less than its prices."""
        counts = sum(prices.kind[k] * float(self.relaxed.kinds[k].count or 0) for k in self.limited)
        return self.relaxed.constant + float(prices.stop.sum()) + self.relaxed.fewest * prices.route + float(counts)

    def _price(self, prices: Prices, keep: int, exact: bool) -> list[Priced]:
        def one(pricer: Pricer) -> Priced:
            return pricer.price(self.reduced(pricer, prices), keep, exact, most=max(50, self.relaxed.n))

        return list(self.pool.map(one, self.pricers))

    def reduced(self, pricer: Pricer, prices: Prices) -> Floats:
        """Costs of a kind's ways without the prices of what is reached."""
        n = self.relaxed.n
        cost = pricer.kind.cost.copy()
        cost[:, :n] -= prices.stop
        cost[n, :n] -= prices.route + prices.kind[pricer.number]
        return cost

    def _proven(self, prices: Prices, keep: int) -> int:
        """Lower prices until no route costs less than they say; returns how many routes joined."""
        prices = Prices(prices.stop.copy(), prices.route, prices.kind.copy())
        joined = 0
        for again in range(ROUNDS_OF_REPAIR):
            priced = self._price(prices, keep, exact=True)
            walks = [walk for one in priced for walk in one.walks]
            joined += sum(self.add(walk) for walk in walks)
            least = [one.least for one in priced]
            self._note(prices, self._sure(prices, least))
            if min(least) > -TINY or self.until():
                return joined
            self._lower(prices, walks, 1.0 + 0.25 * again)
            if self.worth(prices) <= self.value:
                return joined
        return joined

    def _sure(self, prices: Prices, least: list[float]) -> float:
        """A bound although routes cost down to `least` less: as many of them as there may be."""
        value, free = self.worth(prices), 0.0
        for kind, below in zip(self.relaxed.kinds, least, strict=True):
            count = self.relaxed.n if kind.count is None else min(kind.count, self.relaxed.n)
            value += below * count
            free = min(free, below)
        return max(value, self.worth(prices) + free * self.relaxed.n)

    def _note(self, prices: Prices, value: float) -> None:
        if value > self.value:
            self.value = value
            self.centre = Prices(prices.stop.copy(), prices.route, prices.kind.copy())
            self.told(value)

    def _lower(self, prices: Prices, walks: list[Walk], times: float) -> None:
        fall = np.zeros(self.relaxed.n)
        for walk in walks:
            share = -walk.cost * times / len(walk.stops)
            for stop in walk.stops:
                fall[stop] = max(fall[stop], share)
        prices.stop -= fall


def route_cost(kind: Kind, stops: tuple[int, ...]) -> float:
    """Yuan of driving them in this order, from the base and back."""
    places = [len(kind.load), *stops, len(kind.load)]
    return float(kind.cost[places[:-1], places[1:]].sum())
