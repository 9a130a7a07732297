"""What the slow reference searches in: the problem in lists, distances, granular lists; and its random numbers."""

from __future__ import annotations

import math
from itertools import pairwise

from paotui.planning.routes.kernel import Arrays

MASK = (1 << 64) - 1
GRANULAR, AROUND = 40, 120
ROUND = (lambda d: int(d + 0.5), lambda d: int(10 * d), lambda d: int(1000 * d + 0.5), lambda d: math.ceil(1000 * d))


class Random:
    """splitmix64 (Steele, Lea & Flood 2014)."""

    def __init__(self, state: int) -> None:
        self.state = state & MASK

    def next(self) -> int:
        self.state = z = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
        return z ^ (z >> 31)

    def below(self, bound: int) -> int:
        return (self.next() >> 32) * bound >> 32

    def unit(self) -> float:
        return ((self.next() >> 11) + 1.0) * 2.0**-53

    def exponential(self) -> float:
        return -math.log(self.unit())


class Instance:
    """Clients 0 … n − 1, the depot n; `near[c]`: granular lists; `ring[c]`: nearest first."""

    def __init__(self, arrays: Arrays) -> None:
        assert not arrays.mixed
        assert arrays.xy is not None
        self.n, self.windows = len(arrays.clients), arrays.windows
        self.open, self.close, self.service, self.demand = (list(map(int, column)) for column in arrays.clients.T)
        self.price = [None if price < 0 else int(price) for price in arrays.price]
        self.count, _, _, self.capacity, self.opens, self.closes, _ = (int(value) for value in arrays.vehicle[0])
        self.optional = any(price is not None for price in self.price)
        points, self.depot = arrays.xy.tolist(), self.n
        self.d = [[ROUND[arrays.rounding](math.sqrt((a - x) ** 2 + (b - y) ** 2)) for x, y in points]
                  for a, b in points]  # fmt: skip
        everybody = range(self.n)
        others = [[o for o in everybody if o != c] for c in everybody]
        nearest = [sorted(others[c], key=lambda o, c=c: (self.d[c][o], o)) for c in everybody]
        self.ring = [one[:AROUND] for one in nearest]
        self.mean = 1.0
        if self.n > 1:
            self.mean = max(1.0, sum(max(1.0, self.d[c][nearest[c][0]]) for c in everybody) / self.n)
        self.near = [sorted(others[c], key=lambda o, c=c: (self.together(c, o), o))[:GRANULAR] for c in everybody]

    def together(self, a: int, b: int) -> float:
        return min(self.proximity(a, b), self.proximity(b, a))

    def proximity(self, a: int, b: int) -> float:
        """How badly `b` follows `a`: distance, waiting and time warp (Vidal et al. 2013)."""
        if not self.windows:
            return float(self.d[a][b])
        travel = float(self.service[a] + self.d[a][b])
        waiting = 0.2 * max(0.0, self.open[b] - travel - self.close[a])
        return self.d[a][b] + (waiting + max(0.0, self.open[a] + travel - self.close[b]))

    def length(self, route: list[int]) -> int:
        places = [self.depot, *route, self.depot]
        return sum(self.d[a][b] for a, b in pairwise(places)) if route else 0

    def load(self, route: list[int]) -> int:
        return sum(self.demand[c] for c in route)

    def holds(self, route: list[int]) -> bool:
        """Whether a vehicle can drive it within the windows and is back in time."""
        if not self.windows:
            return True
        time, at = self.opens, self.depot
        for c in route:
            start = max(time + self.d[at][c], self.open[c])
            if start > self.close[c]:
                return False
            time, at = start + self.service[c], c
        return time + self.d[at][self.depot] <= self.closes
