"""Losing the largest route of a plan: what a second of re-planning keeps of it, and what it costs.

Published is the cold plan of 15 seconds; its largest route is gone, its stops have to go elsewhere. Its vehicle is out
of service: where a fleet is counted there is one fewer. Any that stood still may be called up; the line says how many
were. A succession that is not kept has a price (`PRICE` mean ways). Kept is counted on the routes that remain: stop
after stop, as published.
"""

from __future__ import annotations

import tempfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from routes_runs import Ran, run

from paotui.planning.routes import check, cost, read_problem
from paotui.planning.routes.classic import names_of
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem, Published

COLD, QUICK = 15.0, 1.0
PRICE = Decimal("0.5")


def replan(paths: list[Path], seeds: int, *, loaded: bool = False) -> None:
    for path in paths:
        for seed in range(1, seeds + 1):
            _lose_one(path, seed, loaded=loaded)


def _lose_one(path: Path, seed: int, *, loaded: bool) -> None:
    problem = read_problem(path.read_bytes(), path.name)
    cold = run("ours", path, seconds=COLD, seed=seed).plan()
    largest = max(cold.routes, key=lambda route: sum(map(len, route.trips)))
    left = cold.model_copy(update={"routes": [route for route in cold.routes if route is not largest]})
    total = cost(problem, cold).total
    fewer, left = without(problem, left, str(largest.vehicle))
    changed = fewer.model_copy(update={"published": published(left, total / len(problem.stops))})
    with tempfile.TemporaryDirectory() as folder:
        state, begin = Path(folder) / "problem.json", Path(folder) / "plan.json"
        state.write_text(changed.model_dump_json(), encoding="utf-8")
        begin.write_text(left.to_json(), encoding="utf-8")
        quick = run("ours", state, seconds=QUICK, seed=seed, start=str(begin), loaded=loaded)
    print(f"{path.stem:16} seed {seed}  {told(problem, changed, left, quick, total)}", flush=True)


def without(problem: Problem, left: Plan, lost: str) -> tuple[Problem, Plan]:
    """The problem without one vehicle, where its kind is counted, and the plan with the names that are left.

    Vehicles of a kind are alike: the last of its numbers goes, and who had it drives on as the next one before.
    """
    n = len(problem.stops)
    place, kind = next((at, one) for at, one in enumerate(problem.vehicles) if lost in names_of(one, n))
    if kind.count is None:
        return problem, left
    fewer = kind.model_copy(update={"count": kind.count - 1})
    kept = [name for name in names_of(kind, n) if name != lost]
    called = dict(zip(kept, names_of(fewer, n), strict=True))
    vehicles = [fewer if at == place else one for at, one in enumerate(problem.vehicles)]
    routes = [one.model_copy(update={"vehicle": called.get(one.vehicle, one.vehicle)}) for one in left.routes]
    return problem.model_copy(update={"vehicles": vehicles}), left.model_copy(update={"routes": routes})


def published(left: Plan, way: Decimal) -> Published:
    routes = {route.vehicle: [str(stop) for trip in route.trips for stop in trip] for route in left.routes}
    return Published(routes=routes, per_succession_change=(way * PRICE).quantize(Decimal(1)))


def told(problem: Problem, changed: Problem, left: Plan, quick: Ran, cold: Decimal) -> str:
    plan = quick.plan()
    faults = check(changed, plan)
    total = cost(problem, plan).total
    before, after = successions(left), successions(plan)
    kept = len(before & after) / max(1, len(before))
    spares = len({route.vehicle for route in plan.routes} - {route.vehicle for route in left.routes})
    wrong = f"  DOES NOT HOLD: {len(faults)} faults, {faults[0]}" if faults else ""
    return (
        f"kept {100 * kept:6.2f} % of {len(before)} successions  cost ÷ cold {COLD:.0f} s {float(total / cold):.4f}  "
        f"vehicles {len(left.routes) + 1} − 1 lost → {len(plan.routes)} of {fleet(changed)} ({spares} called up)  "
        f"not served {len(plan.unserved)}  wall {quick.wall:.2f} s  processor {quick.processor:.2f} s{wrong}"
    )


def fleet(problem: Problem) -> str:
    """How many vehicles there are to call on."""
    counts = [one.count for one in problem.vehicles]
    return "any number" if None in counts else str(sum(one or 0 for one in counts))


def successions(plan: Plan) -> set[tuple[str, str]]:
    ways = [[str(stop) for trip in route.trips for stop in trip] for route in plan.routes]
    return {pair for way in ways for pair in pairwise(way)}
