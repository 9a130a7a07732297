"""Chooses the engine a problem needs, and makes a plan of what it found."""

from __future__ import annotations

import time
from dataclasses import replace

from paotui.planning import reading
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.routes import beginning, classic, kernel, regaining, tables, telling
from paotui.planning.routes.bounding import stating
from paotui.planning.routes.params import Params
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Planar, Problem, stop_name
from paotui.planning.stop import OnProgress, Stop

WRITING = 0.08
"""Seconds kept back from the limit, for making and writing the plan, and for a large one as much again."""
TIMING = 0.00006
"""Seconds kept back for each stop where the plan is told with times."""
SHARE_FOR_REASONS = 0.1
"""Of the limit, at most, for why stops are not served that have to be."""
EXAMINING, EXAMINING_A_WAY = 0.2, 5e-8
"""Seconds before the first of them is examined: at all, and for each way between two stops."""
LATE = 6000
"""Up to so many stops a plan that serves everybody is better late than none."""
NEAR = (0.3, 0.05)
"""First and last temperature near a published plan, in mean nearest-neighbour costs."""


def read_params(data: bytes) -> Params:
    """The parameters written as JSON; raises ProblemError with every fault found."""
    return reading.read(Params, data)


def solve(
    problem: Problem, stop: Stop, seed: int = 1, params: Params | None = None, on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:  # fmt: skip
    """A plan for the problem, the best found until `stop`; `start` is a plan to begin with (re-planning).

    Anytime and cancellable; the same seed and limit of iterations give the same plan.
    """
    kept = stating.seconds(problem, stop)
    shorter = stop if stop.seconds is None else replace(stop, seconds=stop.seconds - kept)
    plan = _solve(problem, shorter, seed, params, on_progress, start)
    return stating.stated(problem, plan) if kept and not stop.cancel.is_set() else plan


def _solve(
    problem: Problem, stop: Stop, seed: int, params: Params | None, on_progress: OnProgress | None, start: Plan | None
) -> Plan:
    again = bool(problem.stations) and start is not None  # the fast kernel begins several trips anew only
    if classic.takes(problem) and not again:
        return _classic(problem, stop, seed, params or Params(), on_progress, start)
    if params and params.engine in ("decomposed", "ray"):
        raise ProblemError([_no_clusters(params.engine)])
    # Here and below: what a re-planning of a classic problem does without is loaded when it is needed.
    from paotui.planning.routes import keeping, rich

    plan = rich.solve(problem, stop, seed, params, on_progress, start)
    return keeping.cheaper(problem, plan, start) if start else plan


def _classic(
    problem: Problem, stop: Stop, seed: int, params: Params, on_progress: OnProgress | None, start: Plan | None
) -> Plan:
    begun = time.monotonic() if stop.begun is None else stop.begun  # one moment for all that follows
    lowered = classic.lower(problem)
    timed = not isinstance(problem.travel, Planar)
    reserve = WRITING * (1 + len(problem.stops) / 6000) + TIMING * len(problem.stops) * timed
    limited = Stop(
        seconds=None if stop.seconds is None else max(0.0, stop.seconds - reserve),
        iterations=stop.iterations, begun=begun, cancel=stop.cancel,
    )  # fmt: skip
    binding = problem.published is not None and bool(problem.published.per_succession_change)
    before = start or (beginning.published(problem) if binding else None)
    near = NEAR if binding else (0.0, 0.0)
    given, reasons = beginning.routes(lowered, before), _for_reasons(problem, stop)
    found = _search(lowered, limited, seed, params, on_progress, given, near, reasons)
    if _cut_short(lowered, limited, found):
        once = Stop(iterations=1, cancel=stop.cancel)
        found = kernel.solve(lowered.arrays, once, seed, kernel.Params(1), start=given)
    plan = telling.plan(problem, lowered, found, seed, before, timed=timed)
    if plan is None:
        if tables.few(problem):
            from paotui.planning.routes import rich

            late = telling.plan(problem, lowered, found, seed, before, timed=False)
            return rich.solve(problem, stop, seed, params, on_progress, late)
        found = _kept(lowered, found, seed, params)
        plan = telling.plan(problem, lowered, found, seed, before, timed=timed)
        assert plan, "what is put in again is looked at again"
    return _told(problem, plan, limited.deadline() + reserve / 2, everything=timed)


def _kept(lowered: classic.Lowered, found: kernel.Found, seed: int, params: Params) -> kernel.Found:
    """The routes without the stops that come too late, which go elsewhere or are left out."""
    kept = beginning.holding(lowered, found.routes)
    again = kernel.solve(lowered.arrays, Stop(iterations=0), seed, kernel.Params(params.threads), start=kept)
    return replace(again, iterations=found.iterations, seconds=found.seconds)


def _search(
    lowered: classic.Lowered, stop: Stop, seed: int, params: Params, on_progress: OnProgress | None,
    given: kernel.Routes | None, near: tuple[float, float], reasons: float,
) -> kernel.Found:  # fmt: skip
    search = kernel.Params(params.threads, params.neighbours or 0, params.hot or near[0], params.cold or near[1])
    explained = replace(search, reasons=reasons)
    money, arrays = float(1 / lowered.factor), lowered.arrays
    given = regaining.regained(arrays, stop, seed, search, given)
    whole = (params.engine == "auto" and len(lowered.stops) < params.decompose_from) or arrays.trips
    if whole or params.engine == "whole":
        return kernel.solve(arrays, stop, seed, explained, on_progress, given, money)
    from paotui.planning.routes import decomposed, executing

    executor = executing.Ray(params.threads) if params.engine == "ray" else executing.Threads(params.threads)
    cutting = decomposed.Cutting(params.cluster)
    try:
        return decomposed.solve(arrays, stop, seed, search, executor, on_progress, given, money, cutting)
    finally:
        executor.close()


def _cut_short(lowered: classic.Lowered, stop: Stop, found: kernel.Found) -> bool:
    """Whether starting up used the time, and not even a first plan was made: an empty one helps nobody."""
    if found.iterations or stop.seconds is None or stop.cancel.is_set() or len(lowered.stops) > LATE:
        return False
    return sum(len(clients) for _, clients in found.routes) < len(lowered.stops)


def _no_clusters(engine: str) -> Fault:
    return fault(
        "params.engine",
        zh=f'引擎“{engine}”只能解经典问题，本问题有更多约束。请改用 "auto"。',
        en=f'The engine "{engine}" solves classic problems only; this one says more. Use "auto".',
    )


def _told(problem: Problem, plan: Plan, deadline: float, *, everything: bool) -> Plan:
    """The plan with the reasons of what it leaves out: of `everything`, or of what had to be served."""
    priced = {
        stop_name(problem, stop.id) for stop in problem.stops if stop.unserved_price is not None and not everything
    }
    left = {one.stop for one in plan.unserved} - priced
    missing = [number for number, stop in enumerate(problem.stops) if stop_name(problem, stop.id) in left]
    if not missing:
        return plan
    from paotui.planning.routes import unserved

    reasons = unserved.reasons_in_time(problem, plan, missing, deadline)
    kept = [one for one in plan.unserved if one.stop in priced]
    return plan.model_copy(update={"unserved": [*reasons, *kept]})


def _for_reasons(problem: Problem, stop: Stop) -> float:
    least, most = _examining(problem), SHARE_FOR_REASONS * (stop.seconds or 0.0)
    return min(most, 5 * least) if most > least else 0.0


def _examining(problem: Problem) -> float:
    return EXAMINING + EXAMINING_A_WAY * len(problem.stops) ** 2
