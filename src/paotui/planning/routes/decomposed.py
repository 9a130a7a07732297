"""Large classic problems: solved cluster by cluster, cut anew in every round until no border is left (ADR 0017).

Each round hands every cluster of routes to the kernel, in one thread and with its part of the limit, and takes over
what came back. The kernel never returns a worse plan than it was given, so a round never loses anything; a cluster
whose worker fails to answer in time keeps its routes. With a limit of iterations the plan depends on the seed alone,
not on who carried the tasks out.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from paotui.planning.routes import clusters, kernel
from paotui.planning.routes.clusters import Cluster, Numbers
from paotui.planning.routes.executing import Executor, Task
from paotui.planning.routes.kernel import Arrays, Found, Routes
from paotui.planning.stop import OnProgress, Progress, Stop

ROUNDS = 5
PLAIN, LONG, SELECTIVE = (3.0, 0.07), (15.0, 0.1), (20.0, 0.3)
"""Temperatures in mean nearest-neighbour costs, of the first round and at the end of every round: where vehicles are
alike and no stop has a window, on short routes and on long ones; and else."""
MANY = 30
"""Stops of a long route."""
COOLER = 0.5
"""Every round begins so much cooler than the one before it."""
LEAST = 2
"""Clusters; fewer are no decomposition."""


@dataclass(frozen=True, slots=True)
class Cutting:
    """`size`: stops a cluster, about. `rounds`: how often all clusters are solved and cut anew."""

    size: int
    rounds: int = ROUNDS


def solve(
    arrays: Arrays, stop: Stop, seed: int, params: kernel.Params, executor: Executor,
    on_progress: OnProgress | None, start: Routes | None, money: float, cutting: Cutting,
) -> Found:  # fmt: skip
    """Search until `stop`; as `kernel.solve`, but cluster by cluster."""
    return _Search(arrays, stop, seed, params, executor, on_progress, money, cutting).run(start)


class _Search:
    def __init__(
        self, arrays: Arrays, stop: Stop, seed: int, params: kernel.Params, executor: Executor,
        on_progress: OnProgress | None, money: float, cutting: Cutting,
    ) -> None:  # fmt: skip
        self.arrays, self.params, self.executor = arrays, params, executor
        self.seed, self.on_progress, self.money, self.cutting = seed, on_progress, money, cutting
        self.begun = time.monotonic()
        self.until = stop.deadline()
        # One moment for all calls to count from, also where the caller left it to the first of them.
        self.stop = stop if stop.seconds is None else replace(stop, begun=self.until - stop.seconds)
        self.points = clusters.points_of(arrays)
        self.random = np.random.default_rng(seed)
        self.iterations = 0

    def run(self, start: Routes | None) -> Found:
        first = kernel.solve(self.arrays, replace(self.stop, iterations=0), self.seed, self.params, start=start)
        self.routes, self.cost = first.routes, first.cost
        for number in range(self.cutting.rounds):
            if self._over() or not self.routes:
                break
            self._round(number)
        self._tell()
        return Found(self.routes, self.cost, self.iterations, time.monotonic() - self.begun)

    def _over(self) -> bool:
        return self.stop.cancel.is_set() or time.monotonic() >= self.until

    def _round(self, number: int) -> None:
        parts = max(LEAST, round(len(self.arrays.clients) / self.cutting.size) + 2 * (number % 2))
        cut = clusters.cut(self.arrays, self.points, self.routes, parts, self.random)
        kept: list[Routes] = [one.back(one.routes) for one in cut]
        costs = [one.cost() for one in cut]
        for place, found in self.executor.run(self._tasks(number, cut), self.until, self.stop.cancel):
            kept[place], costs[place] = cut[place].back(found.routes), found.cost
            self.iterations += found.iterations
            self.routes, self.cost = [route for part in kept for route in part], sum(costs)
            self._tell()

    def _tasks(self, number: int, cut: list[Cluster]) -> list[Task]:
        first, last = self._heat()
        hot = (self.params.hot or first) * COOLER**number
        params = replace(self.params, threads=1, hot=hot, cold=self.params.cold or last)
        left = self.cutting.rounds - number
        sizes = np.array([len(one.clients) for one in cut])
        iterations = self._iterations(sizes, left)
        seconds = None
        if self.stop.seconds is not None:
            waves = -(-len(cut) // self.executor.width)
            seconds = max(0.0, self.until - time.monotonic()) / left / waves
        seeds = self.random.integers(1, 2**62, len(cut)).tolist()
        return [
            Task(one.arrays, one.routes, seeds[k], params, None if iterations is None else int(iterations[k]), seconds)
            for k, one in enumerate(cut)
        ]

    def _heat(self) -> tuple[float, float]:
        if self.arrays.mixed or self.arrays.windows:
            return SELECTIVE
        return LONG if sum(len(route) for _, route in self.routes) > MANY * len(self.routes) else PLAIN

    def _iterations(self, sizes: Numbers, left: int) -> Numbers | None:
        """Each cluster's part of what is left, by its stops; the parts add up."""
        if self.stop.iterations is None:
            return None
        budget = (self.stop.iterations - self.iterations) // left
        ends = np.cumsum(sizes) * budget // sizes.sum()
        return np.diff(np.concatenate([[0], ends]))

    def _tell(self) -> None:
        if self.on_progress:
            served = sum(len(route) for _, route in self.routes)
            self.on_progress(Progress(
                time.monotonic() - self.begun, self.iterations, self.cost * self.money,
                len(self.arrays.clients) - served,
            ))  # fmt: skip
