"""Who does the tasks of a large problem: threads of this process, or workers of a Ray cluster.

Executors only carry out: a task with a limit of iterations has the same answer wherever it runs.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any, Protocol

from paotui.planning.faults import ProblemError, fault
from paotui.planning.routes import kernel
from paotui.planning.routes.kernel import Arrays, Found, Routes
from paotui.planning.stop import Stop

POLL = 0.05
"""Seconds between two looks at cancelling while workers elsewhere are busy."""


@dataclass(frozen=True, slots=True)
class Task:
    """One call of the kernel in one thread: what it starts from, its seed, and its limits."""

    arrays: Arrays
    routes: Routes
    seed: int
    params: kernel.Params
    iterations: int | None
    seconds: float | None
    """From the moment it begins; a worker elsewhere has another clock."""

    def run(self, cancel: threading.Event, until: float = 1e300) -> Found:
        begun = time.monotonic()
        seconds = min(1e9 if self.seconds is None else self.seconds, max(0.0, until - begun))
        stop = Stop(seconds=seconds, iterations=self.iterations, begun=begun, cancel=cancel)
        return kernel.solve(self.arrays, stop, self.seed, self.params, start=self.routes)


class Executor(Protocol):
    width: int
    """Tasks at a time."""

    def run(self, tasks: list[Task], until: float, cancel: threading.Event) -> Iterator[tuple[int, Found]]:
        """Each task's number with what it found, as they end; tasks not done at `until` may be left out."""

    def close(self) -> None: ...


class Threads:
    """The kernel lets go of the interpreter's lock, so threads are enough."""

    def __init__(self, width: int) -> None:
        self.width = width

    def run(self, tasks: list[Task], until: float, cancel: threading.Event) -> Iterator[tuple[int, Found]]:
        with ThreadPoolExecutor(self.width) as pool:
            waiting = {pool.submit(task.run, cancel, until): number for number, task in enumerate(tasks)}
            for done in as_completed(waiting):
                yield waiting[done], done.result()

    def close(self) -> None:
        """Nothing is kept between rounds."""


class Ray:
    """Workers of the Ray cluster this process belongs to or RAY_ADDRESS names; else local ones, ended by `close`."""

    def __init__(self, width: int) -> None:
        try:
            import ray
        except ImportError:
            raise ProblemError([_no_ray()]) from None
        self.ray, self.own = ray, not ray.is_initialized()
        if self.own:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # tells nobody that it runs
            elsewhere = bool(os.environ.get("RAY_ADDRESS"))
            local: dict[str, Any] = {} if elsewhere else {
                "num_cpus": width, "include_dashboard": False, "_node_ip_address": "127.0.0.1",
            }  # fmt: skip
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **local)
        self.width = max(1, int(ray.cluster_resources().get("CPU", width)))
        self.call = ray.remote(max_retries=2)(_far)

    def run(self, tasks: list[Task], until: float, cancel: threading.Event) -> Iterator[tuple[int, Found]]:
        waiting = {self.call.remote(task): number for number, task in enumerate(tasks)}
        try:
            while waiting and not cancel.is_set() and time.monotonic() < until:
                done, _ = self.ray.wait(list(waiting), timeout=min(POLL, max(0.0, until - time.monotonic())))
                for one in done:
                    yield waiting.pop(one), self.ray.get(one)
        finally:
            for one in waiting:
                self.ray.cancel(one)

    def close(self) -> None:
        if self.own:
            self.ray.shutdown()


def _far(task: Task) -> Found:
    return task.run(threading.Event())


def _no_ray() -> Any:
    return fault(
        "params.engine",
        zh="引擎“ray”需要 Ray，而此处未安装。请用 pip install 'paotui[ray]' 安装，或改用 \"decomposed\"。",
        en="The engine \"ray\" needs Ray, which is not installed here. Install it with pip install 'paotui[ray]', "
        'or use "decomposed".',
    )
