"""A plan to begin with is never given up for a dearer one."""

from __future__ import annotations

from paotui.planning.routes import checker
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem


def cheaper(problem: Problem, plan: Plan, start: Plan) -> Plan:
    """`plan`, or `start` where that holds in the problem as it is now and costs less."""
    served, before = _served(plan), _served(start)
    must = {stop.id for stop in problem.stops if stop.unserved_price is None}
    if plan.cost is None or not {name.split("@")[0] for name in served - before}.isdisjoint(must):
        return plan  # it serves what the beginning did not
    if start.cost is not None and start.cost.total >= plan.cost.total and problem.published is None:
        return plan
    if checker.check(problem, start):
        return plan
    cost = checker.cost(problem, start)
    if cost.total >= plan.cost.total:
        return plan
    kept = {"seed": plan.seed, "iterations": plan.iterations, "seconds": plan.seconds, "engine": plan.engine}
    return start.model_copy(update={"cost": cost, **kept})


def _served(plan: Plan) -> set[str]:
    return {str(stop) for route in plan.routes for trip in route.trips for stop in trip}
