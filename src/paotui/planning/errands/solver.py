"""Solves a problem of errands: optimal up to fifteen stops, ruin and recreate beyond."""

from __future__ import annotations

import math
import time

from paotui.planning.errands.bound import bound_of
from paotui.planning.errands.engine import Engine, Tours
from paotui.planning.errands.network import Network, network_of
from paotui.planning.errands.params import Params
from paotui.planning.errands.plan import Plan
from paotui.planning.errands.problem import Problem, refuse
from paotui.planning.errands.timetable import plan_of
from paotui.planning.stop import OnProgress, Progress, Stop

EXACT = 15
"""Stops up to which the dynamic programme proves the optimum."""
FIRST = 1_000
"""Iterations of the search that gives it a bound to prune with."""
TREES, ASSIGNED = 2_500, 5_000
"""Stops up to which the spanning tree and the assignment are worth their memory as bounds."""
GROWN_IN_A_SECOND, ASSIGNED_IN_A_SECOND = 200, 600
"""Stops for which either is found in a small part of a second's search."""
SAYING, WRITING = 0.001, 0.0004
"""Seconds an errand kept for saying why it is undone and for the timetable: SAYING from the end of the search, WRITING
from the end of everything that may be left out."""


def solve(
    problem: Problem, stop: Stop, seed: int = 1, params: Params | None = None, on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:  # fmt: skip
    """Return a plan; `start` is a published plan to go on from, whose errands that still exist are kept in order."""
    began, until = time.monotonic(), stop.deadline()
    refuse(problem)
    network = network_of(problem)
    engine, params = Engine(network.instance), params or Params()
    first = _tours_of(network, engine, problem, start) if start else None
    few = len(network.stops) <= EXACT
    if few:  # no longer than it takes to wake a second thread sixty times
        params = params.model_copy(update={"threads": 1})
    bound = _bound(network, engine, stop.seconds)

    def tell(seconds: float, iterations: int, cost: int, absent: int) -> bool:
        if on_progress:
            on_progress(Progress(time.monotonic() - began, iterations, float(cost), absent))
        return stop.cancel.is_set()

    limit = FIRST if few else stop.iterations
    if limit is not None and stop.iterations is not None:
        limit = min(limit, stop.iterations)
    kept = min(0.2 * (stop.seconds or 0), 0.03 + SAYING * len(problem.errands))
    seconds = None if stop.seconds is None else max(0.005, until - time.monotonic() - kept)
    tours, cost, iterations = (
        engine.improve(seconds=seconds, iterations=limit, seed=seed, params=params, start=first, tell=tell)
        if network.stops
        else ([[] for _ in network.vehicles], 0, 0)
    )
    proven = not network.stops or cost <= bound
    if few and not proven and not stop.cancel.is_set():
        tours, cost, proven = _prove(engine, tours, cost)
    return plan_of(
        problem, network, engine, tours, bound=cost if proven else bound, proven=proven, seed=seed,
        iterations=iterations, until=until - WRITING * len(problem.errands),
    )  # fmt: skip


def _bound(network: Network, engine: Engine, seconds: float | None) -> int:
    """What no plan costs less than, known before the search: of few stops quickly, of many as time allows."""
    stops, time_ = len(network.stops), math.inf if seconds is None else seconds
    if stops <= EXACT:
        return engine.bound()
    grown = stops <= min(TREES, GROWN_IN_A_SECOND * time_)
    assigned = stops <= min(ASSIGNED, ASSIGNED_IN_A_SECOND * time_)
    return max(engine.bound() if grown else 0, bound_of(network.instance) if assigned else 0)


def _prove(engine: Engine, tours: Tours, cost: int) -> tuple[Tours, int, bool]:
    found = engine.exact(cost)
    return (*found, True) if isinstance(found, tuple) else (tours, cost, found)


def _tours_of(network: Network, engine: Engine, problem: Problem, start: Plan) -> Tours:
    """Tours of a published plan as far as they can still be done: an errand that no longer fits is left out."""
    errands = {errand.id: e for e, errand in enumerate(problem.errands)}
    vehicles = {(problem.runners[r].id, k): v for v, (r, k) in enumerate(network.vehicles)}
    numbers = {stop: k for k, stop in enumerate(network.stops)}
    tours: Tours = [[] for _ in network.vehicles]
    seen: set[int] = set()
    for tour in start.tours:
        v = vehicles.get((tour.runner, tour.shift))
        if v is None:
            continue
        wanted = [(errands.get(visit.errand, -1), visit.step) for visit in tour.visits]
        whole = {e for e, _ in wanted if e >= 0 and e not in seen and _is_whole(problem, e, wanted)}
        whole = {e for e in whole if network.instance.allowed is None or network.instance.allowed[e, v]}
        tour_ = [numbers[stop] for stop in wanted if stop[0] in whole]
        while tour_ and engine.cost(tour_, v) is None:
            last = network.stops[tour_[-1]][0]
            tour_ = [stop for stop in tour_ if network.stops[stop][0] != last]
        tours[v] = tour_
        seen |= {network.stops[stop][0] for stop in tour_}
    return tours


def _is_whole(problem: Problem, errand: int, wanted: list[tuple[int, int]]) -> bool:
    return [step for e, step in wanted if e == errand] == list(range(len(problem.errands[errand].steps)))
