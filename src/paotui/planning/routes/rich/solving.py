"""`solve` of the rich solver."""

from __future__ import annotations

import time

from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich.engine import Limits, run
from paotui.planning.routes.rich.lifting import plan_of
from paotui.planning.routes.rich.lowering import lower
from paotui.planning.routes.rich.params import Params
from paotui.planning.routes.rich.structs import RichStatus
from paotui.planning.stop import OnProgress, Progress, Stop

WARM = (0.3, 0.05)
"""Temperatures when going on from a plan: near what is there."""
COLD = (10.0, 0.1)
LIFTING = 0.02
"""Share of the time, and seconds, kept for writing the plan out."""


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:
    """Plan routes until `stop`, from scratch or from `start`; unserved stops are listed by `unserved.reasons`."""
    begun = time.monotonic()  # what a wall limit counts from
    chosen = params or Params()
    lowered = lower(problem, start)

    def tell(status: RichStatus) -> None:
        if on_progress and status.iterations:
            on_progress(Progress(time.monotonic() - begun, status.iterations, status.cost, status.unserved))

    hot, cold = WARM if start else COLD
    limits = Limits(
        iterations=stop.iterations,
        deadline=None if stop.seconds is None else begun + max(0.01, stop.seconds * (1 - LIFTING) - LIFTING),
        seed=seed,
        threads=chosen.threads,
        neighbours=chosen.neighbours,
        hot=chosen.hot or hot,
        cold=chosen.cold or cold,
    )
    found = run(lowered, limits, tell, stop.cancel)
    plan = plan_of(lowered, found)
    return plan.model_copy(update={"seed": seed, "seconds": round(time.monotonic() - begun, 3)})
