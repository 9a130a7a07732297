"""Plans joint inspections: everything the face of a planner asks of `solve`."""

from __future__ import annotations

import time
from dataclasses import replace

from paotui.planning.inspections import convoys, crews, engine, proving, replanning
from paotui.planning.inspections.arrays import UNPLACED, Arrays, arrays
from paotui.planning.inspections.building import plan_of
from paotui.planning.inspections.params import Params
from paotui.planning.inspections.plan import Plan
from paotui.planning.inspections.problem import Problem
from paotui.planning.stop import OnProgress, Progress, Stop

CONVOYS = 0.2
"""Share of the time in which convoys are planned first."""
COOLER = 0.5
"""How much cooler the search begins after them."""
PARTIAL = 0.3
"""Share of iterations that let people leave a visit while it stays, once visits have found their place."""
UNITED, MANY_UNITED, COOLER_UNITED = 0.3, 0.7, 0.15
"""The same where convoys nearly always go whole (`convoys.united`); the share of few sites and of many."""
CREWS = 0.9
"""Share of the time in which crews are planned as one."""
SETTLED = 0.05
"""How much cooler the search goes on when they are disbanded."""
VISITS, MOST_ROUNDS = 800, 8
"""So many searches one after the other that all their sites together are not more than this."""
ANOTHER = 104_729
"""What makes another seed of one: far from those that people choose."""


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:
    """Return the best plan found.

    `start` is a plan people were told: each of its appointments keeps its start, and as far as possible its team,
    unless somebody it needs is no longer there. Others move only where that is proven necessary to keep an appointment
    at all (`Params.move_others`), and then the fewest.
    """
    params, stop = params or Params(), _from_now(stop)

    def tell(seconds: float, iterations: int, cost: int) -> bool:
        if on_progress:  # sites left out count by their priority
            on_progress(Progress(seconds, iterations, cost % UNPLACED, cost // UNPLACED))
        return not stop.cancel.is_set()

    if start:
        return replanning.replan(problem, stop, seed, params, tell, start)
    made = arrays(problem)
    plan = plan_of(made, _searched(made, stop, seed, params, tell))
    return proving.proven(made, plan, seed, params, stop) if params.bound and not plan.left_out else plan


def _searched(made: Arrays, stop: Stop, seed: int, params: Params, tell: engine.Tell) -> engine.Solution:
    """Crews first where people always go together, then everybody alone; several rounds where sites are not many."""
    if len(made.slots) < crews.MANY:
        return engine.improve(made, stop, seed, params, tell)
    banded = crews.crews(made)
    if banded is None:
        return _rounds(made, stop, seed, params, _cooler(params, COOLER), tell)
    first, rest = _parts(stop, CREWS)
    cooler = params.model_copy(update={"first_temperature": params.first_temperature * COOLER})
    found = _rounds(banded.made, first, seed, params, cooler, tell)
    start = crews.disbanded(made, banded, found)
    return _going_on(made, rest, seed, _cooler(params, SETTLED), _after(tell, found, first.seconds), start)


def _rounds(made: Arrays, stop: Stop, seed: int, params: Params, cooler: Params, tell: engine.Tell) -> engine.Solution:
    """The best of several searches one after the other: which teams there are is settled early, by luck."""
    rounds = max(1, min(MOST_ROUNDS, VISITS // len(made.slots)))
    best: engine.Solution | None = None
    for number in range(rounds):
        now, stop = _parts(stop, 1 / (rounds - number))
        further = _after(tell, best, number * (now.seconds or 0.0))
        found = _anneal(made, now, seed + number * ANOTHER, params, cooler, further)
        iterations = found.iterations + (best.iterations if best else 0)
        best = found if best is None or found.cost < best.cost else best
        best.iterations = iterations
        if stop.cancel.is_set():
            break
    assert best is not None
    return best


def _anneal(made: Arrays, stop: Stop, seed: int, params: Params, cooler: Params, tell: engine.Tell) -> engine.Solution:
    """From nothing and hot; from convoys and cooler where sites are many, and would not settle in the time there is,
    or where convoys nearly always go whole."""
    united = convoys.united(made)
    many = len(made.slots) >= convoys.MANY
    if not many and not united:
        return engine.improve(made, stop, seed, params, tell)
    began = time.monotonic()
    first, rest = _parts(stop, (MANY_UNITED if many else UNITED) if united else CONVOYS)
    start = convoys.start(made, first, seed, params)
    if start is None:
        return engine.improve(made, stop, seed, params, tell)
    if united and stop.seconds is not None:
        first = replace(first, seconds=time.monotonic() - began)
        rest = replace(rest, seconds=max(0.01, stop.seconds - (first.seconds or 0.0)))
    cooler = _cooler(params, COOLER_UNITED) if united else cooler
    return _going_on(made, rest, seed, cooler, _after(tell, None, first.seconds), start)


def _going_on(
    made: Arrays, stop: Stop, seed: int, params: Params, tell: engine.Tell, start: engine.Solution
) -> engine.Solution:
    found = engine.improve(made, stop, seed, params, tell, start)
    found.iterations += start.iterations
    return found


def _cooler(params: Params, share: float) -> Params:
    return params.model_copy(
        update={"first_temperature": params.first_temperature * share, "partial": max(params.partial, PARTIAL)}
    )


def _after(tell: engine.Tell, before: engine.Solution | None, spent: float | None) -> engine.Tell:
    """What an earlier part has taken and found is counted in."""
    iterations, least = (before.iterations, before.cost) if before else (0, None)

    def further(seconds: float, more: int, cost: int) -> bool:
        return tell(seconds + (spent or 0.0), iterations + more, cost if least is None else min(cost, least))

    return further


def _from_now(stop: Stop) -> Stop:
    """The same limit counted from now: the search does not know of what has gone before."""
    left = None if stop.seconds is None else max(0.01, stop.deadline() - time.monotonic())
    return Stop(left, stop.iterations, cancel=stop.cancel)


def _parts(stop: Stop, share: float) -> tuple[Stop, Stop]:
    """The limits of a first part and of the rest."""
    seconds, iterations = stop.seconds, stop.iterations
    first = None if iterations is None else max(1, int(iterations * share))
    return (
        Stop(None if seconds is None else seconds * share, first, cancel=stop.cancel),
        Stop(
            None if seconds is None else seconds * (1 - share),
            None if iterations is None or first is None else max(1, iterations - first),
            cancel=stop.cancel,
        ),
    )
