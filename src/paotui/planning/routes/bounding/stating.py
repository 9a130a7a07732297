"""The cheap bound in a plan: stated where it costs next to nothing beside the plan itself, and tells something."""

from __future__ import annotations

import sys

from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import Stop

SHARE = 0.02
"""Of the limit in seconds that the bound may take."""
MEANINGFUL = 0.5
"""Gap beyond which a bound says nothing anybody could use."""
FEW = 300
"""Stops up to which it is stated whatever the limit, where only iterations limit the search."""
A_CELL, A_STOP = 6e-7, 5e-5
"""Seconds for a pair of places and kind of vehicle, and for a stop and kind: twice what was measured."""
LOADING = 0.8
"""Seconds SciPy takes to load, once a process."""


def seconds(problem: Problem, stop: Stop) -> float:
    """What to keep back from the limit for it; 0 where it is not going to be stated."""
    rounds = {one.stop: one.count for one in problem.rounds}
    n = sum(rounds.get(one.id, 1) for one in problem.stops)
    kinds = sum(vehicle.count != 0 for vehicle in problem.vehicles)
    if not n or not kinds:
        return 0.0
    needed = (1 + kinds) * (A_CELL * (n + len(problem.locations)) * n + A_STOP * n)
    if stop.seconds is None:
        return needed if n <= FEW else 0.0
    needed += LOADING * ("scipy.optimize" not in sys.modules)
    return needed if needed <= SHARE * stop.seconds else 0.0


def stated(problem: Problem, plan: Plan) -> Plan:
    """The plan with its bound and gap, against plans that leave out no more of what has to be served."""
    # Here: a search that has no time for a bound should not wait for what makes one either.
    from paotui.planning.routes.bounding import assignment, money
    from paotui.planning.routes.bounding.relaxation import leaving_of, relaxation

    if plan.cost is None or not plan.cost.total or plan.bound is not None:
        return plan
    found = assignment.bound(relaxation(problem, leaving_of(problem, plan)))
    if found is None:
        return plan
    total = plan.cost.total
    value = min(money.told(problem, found), total)  # costs of classic plans are not rounded to a fen
    gap = float((total - value) / total)
    return plan if gap > MEANINGFUL else plan.model_copy(update={"bound": value, "gap": round(gap, 9)})
