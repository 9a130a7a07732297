"""The cheapest ng-route the slow way: every walk by itself, nothing dominated, nothing merged."""

from __future__ import annotations

from paotui.planning.routes.bounding.pricing import MEMORY, near
from paotui.planning.routes.bounding.relaxation import Floats, Kind


def cheapest(kind: Kind, cost: Floats, memory: int = MEMORY) -> float:
    """Reduced cost of the cheapest route within load and hours, 0 where none costs less."""
    n = len(kind.load)
    remembers = [set(row[row >= 0].tolist()) for row in near(kind, memory)]
    best, waiting = 0.0, [(n, 0.0, int(kind.first[n]), 0, frozenset[int]())]
    while waiting:
        at, spent, now, load, visited = waiting.pop()
        for to in range(n + 1):
            then = max(now + int(kind.seconds[at, to]), int(kind.first[to]) if to < n else 0)
            if at == to or then > kind.last[to] or cost[at, to] == float("inf"):
                continue
            if to == n:
                best = min(best, spent + float(cost[at, n]))
            elif to not in visited and (kind.capacity is None or load + kind.load[to] <= kind.capacity):
                kept = frozenset((visited & remembers[to]) | {to})
                waiting.append((to, spent + float(cost[at, to]), then, load + int(kind.load[to]), kept))
    return best
