"""A plan of the fast engine with its times: the rich engine drives its routes as they are."""

from __future__ import annotations

from paotui.planning.routes.matrices import Pair
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich.engine import Limits, run
from paotui.planning.routes.rich.lifting import plan_of
from paotui.planning.routes.rich.lowering import Lowering


def timed(problem: Problem, plan: Plan, tables: dict[str, Pair] | None = None) -> Plan | None:
    """The same routes with visits and loads; None where one does not hold. `tables`: the matrices, where at hand.

    That can only be where going round is quicker than straight on: taking a stop out then makes the next one later.
    """
    lowered = Lowering(problem, tables).lowered(plan)
    driven = plan_of(lowered, run(lowered, Limits(iterations=0)))
    served, wanted = (
        {str(stop) for one in found.routes for trip in one.trips for stop in trip} for found in (driven, plan)
    )
    if wanted - served:
        return None
    left = [one for one in plan.unserved if str(one.stop) not in served]
    return plan.model_copy(update={"routes": driven.routes, "cost": driven.cost, "unserved": left})
