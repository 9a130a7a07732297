"""A plan with its lower bound; where the bound ends at days that may be cheaper, the plan they make."""

from __future__ import annotations

from dataclasses import replace

from paotui.planning.inspections import bounds, engine
from paotui.planning.inspections.arrays import Arrays
from paotui.planning.inspections.building import plan_of
from paotui.planning.inspections.params import Params
from paotui.planning.inspections.plan import Plan
from paotui.planning.stop import Stop

ITERATIONS = 60_000
"""Of a search with every site on its day: a second or two, and days of five sites are settled sooner."""


def proven(made: Arrays, plan: Plan, seed: int, params: Params, stop: Stop) -> Plan:
    """The plan, or a cheaper one the bound has led to, with what no plan costs less than."""
    found = bounds.look(made, plan, params.bound_seconds)
    if found is None:
        return plan
    if found.cover and not stop.cancel.is_set():
        plan = _cheaper(plan, _on_days(made, found.cover, seed, params, stop))
    return plan.model_copy(update={"bound": found.told(plan)})


def _on_days(made: Arrays, cover: dict[int, list[int]], seed: int, params: Params, stop: Stop) -> Plan:
    """A plan that visits every site on its day of the cover."""
    day_of = {site: day for day, sites in cover.items() for site in sites}
    options = [[one for one in offered if one.day == day_of[site]] for site, offered in enumerate(made.options)]
    narrowed = replace(made, options=options)
    return plan_of(narrowed, engine.improve(narrowed, Stop(iterations=ITERATIONS, cancel=stop.cancel), seed, params))


def _cheaper(plan: Plan, other: Plan) -> Plan:
    better = other if not other.left_out and other.costs.total < plan.costs.total else plan
    return better.model_copy(update={"iterations": plan.iterations + other.iterations})
