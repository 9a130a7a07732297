"""`solve` of the rich solver."""

from __future__ import annotations

import time

from paotui.planning.routes import unserved
from paotui.planning.routes.params import Params
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich.engine import Limits
from paotui.planning.routes.rich.lifting import plan_of
from paotui.planning.routes.rich.lowering import Lowering
from paotui.planning.routes.rich.searching import search
from paotui.planning.routes.rich.structs import RichStatus
from paotui.planning.stop import OnProgress, Progress, Stop

COLD = (5.0, 0.15)
"""First and last temperature, in prices of the mean nearest way."""
SENDING = (30.0, 0.15)
"""The same where sending a vehicle has its price: whom to send is settled while it is that hot."""
WARM = (0.3, 0.05)
"""The same when going on from a plan: near what is there."""
GENEROUS = 8.0
"""What leaving a stop out costs at first, in times of its price, where it may be; the true price from the half on.

A vehicle that pays only once it serves many is not found at true prices: opening it for one of them never pays.
"""
SHARE_FOR_REASONS = 0.03
"""Of the seconds, where something is left out."""
NEIGHBOURS = 30
AT_LEAST = 0.3
"""Seconds for a first plan, also where starting up has used the time: an empty plan helps nobody."""
WRITING, WRITING_A_STOP = 0.03, 0.00025
"""Seconds kept for writing the plan out, and for each stop; never more than a quarter of the whole."""


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:
    """Plan routes until `stop`, from scratch or from `start`; every stop left out is listed with its reason."""
    begun = time.monotonic() if stop.begun is None else stop.begun  # what the wall limit counts from
    chosen = params or Params()
    lowering = Lowering(problem)
    lowered = lowering.lowered(start)

    def tell(status: RichStatus) -> None:
        if on_progress and status.iterations:
            on_progress(Progress(time.monotonic() - begun, status.iterations, status.cost, status.unserved))

    end = (
        None
        if stop.seconds is None
        else begun + stop.seconds - _for_writing(stop.seconds, len(lowered.expansion.stops))
    )
    hot, cold = WARM if start else SENDING if lowered.arrays["fixed"].any() else COLD
    least = time.monotonic() + AT_LEAST
    deadline = None if end is None else max(least, end)
    limits = Limits(
        iterations=stop.iterations,
        deadline=deadline,
        seed=seed,
        threads=chosen.threads,
        neighbours=chosen.neighbours or NEIGHBOURS,
        hot=chosen.hot or hot,
        cold=chosen.cold or cold,
        generous=1.0 if start else GENEROUS,
        reserve=0.0
        if stop.seconds is None or deadline is None
        else min(SHARE_FOR_REASONS * stop.seconds, deadline - least),
    )
    plan = plan_of(lowered, search(lowering, lowered, start, limits, tell, stop.cancel))
    reasons = unserved.reasons(problem, plan, lowering=lowering, deadline=end)
    return plan.model_copy(update={"unserved": reasons, "seed": seed, "seconds": round(time.monotonic() - begun, 3)})


def _for_writing(seconds: float, stops: int) -> float:
    return min(seconds / 4, WRITING + WRITING_A_STOP * stops)
