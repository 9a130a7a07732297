"""Writes the kernel's tours out as a plan: times of every visit, costs, what is undone, trips."""

from __future__ import annotations

import itertools
import math

from paotui.planning.errands.engine import Engine, Tours
from paotui.planning.errands.network import Network
from paotui.planning.errands.plan import Costs, Plan, Tour, Visit
from paotui.planning.errands.problem import Problem
from paotui.planning.errands.reasons import undone_of
from paotui.planning.errands.trips import trips_of


def plan_of(
    problem: Problem, network: Network, engine: Engine, tours: Tours, *, bound: int, proven: bool, seed: int,
    iterations: int, until: float = math.inf,
) -> Plan:  # fmt: skip
    """Return the plan that says what these tours mean; past `until` on the monotonic clock without relaxations."""
    timed = engine.schedule(tours)
    driven = [_tour(problem, network, v, tours[v], leave) for v, (_, leave) in timed.items()]
    done = {visit.errand for tour in driven for visit in tour.visits}
    missing = [e for e, errand in enumerate(problem.errands) if errand.id not in done]
    priced = sum(cost or 0 for cost, _ in timed.values())
    costs = _costs(problem, driven, missing, priced)
    return Plan(
        problem=problem.name, tours=driven, undone=undone_of(problem, network, engine, tours, missing, until),
        costs=costs,
        bound=min(bound, costs.total), gap=round((costs.total - min(bound, costs.total)) / max(1, costs.total), 6),
        proven=proven, trips=trips_of(problem, {problem.errands[e].id for e in missing}, len(driven)), seed=seed,
        iterations=iterations,
    )  # fmt: skip


def _tour(problem: Problem, network: Network, v: int, stops: list[int], leave: list[int]) -> Tour:
    instance, (r, shift) = network.instance, network.vehicles[v]
    profile = instance.profile[v]
    seconds, metres = instance.seconds[profile], network.metres[profile]
    path = [instance.start[v], *(instance.place[stop] for stop in stops), instance.end[v]]
    legs = [int(seconds[one, other]) for one, other in itertools.pairwise(path)]
    visits: list[Visit] = []
    before, left = -1, dict(zip(stops, leave[1:], strict=False))
    for k, stop in enumerate(stops):
        direct = instance.counter[stop] >= 0 and instance.counter[stop] == before
        before, arrive = instance.counter[stop], leave[k] + legs[k]
        ready = left[stop - 1] + instance.gap_min[stop] if network.stops[stop][1] else arrive
        visits.append(_visit(problem, network, stop, arrive, max(arrive, ready), left[stop], direct=direct))
    depart = visits[0].begin - legs[0]
    visits[0] = visits[0].model_copy(update={"arrive": visits[0].begin})
    return Tour(
        runner=problem.runners[r].id, shift=shift, depart=depart, visits=visits, back=leave[-1],
        metres=sum(int(metres[one, other]) for one, other in itertools.pairwise(path)), travel=sum(legs),
    )  # fmt: skip


def _visit(
    problem: Problem, network: Network, stop: int, arrive: int, earliest: int, leave: int, *, direct: bool
) -> Visit:  # fmt: skip
    errand, number = network.stops[stop]
    step = problem.errands[errand].steps[number]
    found = network.instance.direct[stop] if direct else network.instance.segments[stop]
    one = next(s for s in found if max(earliest, s.first) <= leave - s.duration <= s.last)
    return Visit(
        errand=problem.errands[errand].id, step=number, place=problem.where(step), counter=step.counter,
        arrive=arrive, begin=leave - one.duration, queue=one.duration - step.seconds, leave=leave,
    )  # fmt: skip


def _costs(problem: Problem, tours: list[Tour], missing: list[int], priced: int) -> Costs:
    """`priced`: what the kernel says the tours cost; kilometres are rounded leg by leg there."""
    weights = problem.weights
    opened = {runner.id: runner.shifts for runner in problem.runners}
    parts = {
        "tours": weights.tour * len(tours),
        "out": weights.out * sum(tour.back - opened[tour.runner][tour.shift][0] for tour in tours),
        "travel": weights.travel * sum(tour.travel for tour in tours),
    }
    parts |= {
        "kilometres": priced - sum(parts.values()),
        "undone": sum(weights.undone * problem.errands[e].priority for e in missing),
    }
    return Costs(**parts, total=sum(parts.values()))
