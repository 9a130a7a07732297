"""Why a stop is left out, and the smallest relaxation that would serve it.

First what can be said of the stop alone (nobody has the capability, it fits no vehicle, no shift reaches its windows);
then it is inserted into the finished plan with one constraint at a time relaxed, and the smallest that helps is told.
"""

from __future__ import annotations

import time

from paotui.planning.routes import unserved_alone, unserved_relaxed
from paotui.planning.routes.plan import Plan, Unserved
from paotui.planning.routes.problem import Matrix, Problem, stop_name
from paotui.planning.routes.rich.lowering import Lowering
from paotui.planning.routes.unserved_words import Reason, nothing_found, one_of_many, too_large, unexamined

MOST_IN_DETAIL = 100
"""Stops tried with relaxed constraints; further ones are listed with what can be said of them alone."""
AT_ONCE = 100
"""Stops looked at alone before looking at the clock again."""
MOST_PLACES = 8000
"""Between more no table of ways is made: it would take more than half a gigabyte."""
PATIENCE = 0.05
"""Seconds by which reasons may come later."""


def left_out(problem: Problem, plan: Plan, lowering: Lowering | None = None) -> list[int]:
    """Numbers of the stops (rounds written out) that the plan's routes do not serve."""
    x = (lowering or Lowering(problem)).x
    served = {str(name) for route in plan.routes for trip in route.trips for name in trip}
    return [number for number, stop in enumerate(x.stops) if stop.id not in served]


def reasons(
    problem: Problem, plan: Plan, *, lowering: Lowering | None = None, deadline: float | None = None
) -> list[Unserved]:
    """The stops `plan` leaves out, each with reason, code and relaxation; none is passed over.

    `deadline` on the monotonic clock: soon afterwards a stop is listed as not looked into.
    """
    lowering = lowering or Lowering(problem)
    missing = left_out(problem, plan, lowering)
    if not missing:
        return []
    base = lowering.lowered(plan)
    relaxed = unserved_relaxed.Relaxed(lowering, base, plan, deadline)
    told = []
    for place, number in enumerate(missing):
        late = deadline is not None and time.monotonic() > deadline
        over = deadline is not None and place and time.monotonic() > deadline + PATIENCE
        reason = unexamined() if over else unserved_alone.reason(base, number)
        if reason is None:
            many = place >= MOST_IN_DETAIL
            reason = unexamined() if late else one_of_many(MOST_IN_DETAIL) if many else relaxed.reason(number)
        told.append(_entry(problem, base.expansion.stops[number].id, reason or nothing_found()))
    return told


def reasons_in_time(problem: Problem, plan: Plan, missing: list[int], deadline: float) -> list[Unserved]:
    """The same of these stops of a problem without ties between stops, whose table of ways has not been made.

    What can be said of a stop alone needs few ways; all of them are made only where `deadline` leaves the time.
    """
    alone = _alone(problem, missing, deadline)
    open_ = [number for number in missing if alone.get(number, nothing_found()) is None]
    few = len(problem.locations) <= MOST_PLACES
    if not few:
        alone |= dict.fromkeys(open_, too_large(MOST_PLACES))
    elif open_ and time.monotonic() + _making(problem) <= deadline + PATIENCE:
        lowering = Lowering(problem)
        relaxed = unserved_relaxed.Relaxed(lowering, lowering.lowered(plan), plan, deadline + PATIENCE)
        for number in open_[:MOST_IN_DETAIL]:
            if time.monotonic() > deadline + PATIENCE:
                break
            alone[number] = relaxed.reason(number) or nothing_found()
        else:
            alone |= dict.fromkeys(open_[MOST_IN_DETAIL:], one_of_many(MOST_IN_DETAIL))
    return [_entry(problem, problem.stops[number].id, alone.get(number) or unexamined()) for number in missing]


def _alone(problem: Problem, missing: list[int], deadline: float) -> dict[int, Reason | None]:
    """What can be said of each stop alone (None: nothing), as far as the time goes."""
    found: dict[int, Reason | None] = {}
    for at in range(0, len(missing), AT_ONCE):
        if at and time.monotonic() > deadline:
            break
        numbers = missing[at : at + AT_ONCE]
        base = Lowering(_part(problem, numbers)).lowered(None)
        found |= {number: unserved_alone.reason(base, place) for place, number in enumerate(numbers)}
    return found


def _part(problem: Problem, numbers: list[int]) -> Problem:
    """The problem with these stops only; of vehicles alike two are enough, as far as one stop is concerned."""
    if isinstance(problem.travel, Matrix):
        locations = problem.locations
    else:
        used = {problem.stops[number].location for number in numbers}
        used |= {one.location for one in problem.stations}
        used |= {place for one in problem.vehicles for place in (one.start, one.end) if place}
        locations = [one for one in problem.locations if one.id in used]
    fleet = [one if one.count == 1 else one.model_copy(update={"count": 2}) for one in problem.vehicles]
    return problem.model_copy(update={
        "stops": [problem.stops[number] for number in numbers], "locations": locations, "vehicles": fleet,
        "published": None,
    })  # fmt: skip


def _making(problem: Problem) -> float:
    """Seconds that a table of all ways and what goes with it take, about."""
    stops, fleet = len(problem.stops), sum(len(problem.stops) if v.count is None else v.count for v in problem.vehicles)
    return 0.02 + 3e-8 * len(problem.locations) ** 2 + 2e-8 * stops * fleet


def _entry(problem: Problem, name: str, reason: Reason) -> Unserved:
    return Unserved(stop=stop_name(problem, name), reason=reason.text, code=reason.code, relaxation=reason.relaxation)
