"""Why a stop is left out, and the smallest relaxation that would serve it.

First what can be said of the stop alone (nobody has the capability, it fits no vehicle, no shift reaches its windows);
then it is inserted into the finished plan with one constraint at a time relaxed, and the smallest that helps is told.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from paotui.planning.routes import unserved_alone, unserved_relaxed
from paotui.planning.routes.plan import Plan, Unserved
from paotui.planning.routes.problem import Problem, stop_name
from paotui.planning.routes.rich.lowering import Lowering
from paotui.planning.routes.unserved_words import Reason, nothing_found, unexamined

MOST_IN_DETAIL = 100
"""Stops tried with relaxed constraints; further ones are listed with what can be said of them alone."""


def left_out(problem: Problem, plan: Plan, lowering: Lowering | None = None) -> list[int]:
    """Numbers of the stops (rounds written out) that the plan's routes do not serve."""
    x = (lowering or Lowering(problem)).x
    served = {str(name) for route in plan.routes for trip in route.trips for name in trip}
    return [number for number, stop in enumerate(x.stops) if stop.id not in served]


def reasons(
    problem: Problem,
    plan: Plan,
    *,
    lowering: Lowering | None = None,
    deadline: float | None = None,
    only: Iterable[int] | None = None,
) -> list[Unserved]:
    """The stops `plan` leaves out, each with reason, code and relaxation; none is passed over.

    `deadline` on the monotonic clock: afterwards only what can be said of a stop alone.
    """
    lowering = lowering or Lowering(problem)
    missing = left_out(problem, plan, lowering) if only is None else list(only)
    if not missing:
        return []
    base = lowering.lowered(plan)
    relaxed = unserved_relaxed.Relaxed(lowering, base, plan, deadline)
    told = []
    for place, number in enumerate(missing):
        reason = unserved_alone.reason(base, number)
        if reason is None:
            late = deadline is not None and time.monotonic() > deadline
            reason = unexamined() if late or place >= MOST_IN_DETAIL else relaxed.reason(number)
        told.append(_entry(problem, base.expansion.stops[number].id, reason or nothing_found()))
    return told


def _entry(problem: Problem, name: str, reason: Reason) -> Unserved:
    return Unserved(stop=stop_name(problem, name), reason=reason.text, code=reason.code, relaxation=reason.relaxation)
