"""One run of one solver in a process of its own, with the wall counted from the start of that process.

`run(...)` starts it and waits; started as a command this file is that process: it reads the problem, solves it and
writes the plan, processor seconds and peak memory as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paotui.planning.routes import Params, read_plan, read_problem, solve
from paotui.planning.routes.classic import names_of
from paotui.planning.routes.plan import Plan, Route, Text, Unserved
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import Stop

if TYPE_CHECKING:
    import routes_peers  # the process of a run imports what it needs only: its seconds count from its start


@dataclass(frozen=True)
class Ran:
    """`wall`: seconds from the start of the process to its end; `megabytes`: the most it held."""

    told: dict[str, Any]
    wall: float
    processor: float
    megabytes: float

    def plan(self) -> Plan:
        return Plan.model_validate(self.told["plan"])


class Failed(Exception):
    """The process ended without a plan, or did not end."""


PATIENCE = 60
"""Seconds beyond twice its limit after which a process is ended: PyVRP has no plan of PR13A after ten minutes."""


def run(solver: str, path: Path, **options: Any) -> Ran:
    """Options: seconds or iterations, seed, threads, start (a file with a plan), loaded (seconds after imports)."""
    from paotui.cli.plan import QUICKER  # here: the process of a run does without the command line

    begun = time.monotonic()
    order = {"solver": solver, "path": str(path), "begun": begun, **options}
    paths = [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    latest = 2 * options["seconds"] + PATIENCE if options.get("seconds") else None
    try:
        done = subprocess.run(
            [sys.executable, __file__, json.dumps(order)], capture_output=True, text=True, check=False, timeout=latest,
            env=os.environ | QUICKER | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Failed(f"not done after {latest:.0f} s") from None
    wall = time.monotonic() - begun
    if done.returncode:
        raise Failed((done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1])
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Ran(told, wall, told["processor"], told["megabytes"])


def plan_of(problem: Problem, routes: routes_peers.Routes) -> Plan:
    """A peer's routes as a plan; what it leaves out is listed."""
    names = [name for one in problem.vehicles for name in names_of(one, len(problem.stops))]
    served = {stop for _, trips in routes for trip in trips for stop in trip}
    text = Text(zh="同行求解器未安排。", en="The peer left it out.")
    left = [Unserved(stop=stop.id, code="peer", reason=text) for stop in problem.stops if stop.id not in served]
    return Plan(routes=[Route(vehicle=names[one], trips=trips) for one, trips in routes], unserved=left)  # type: ignore[arg-type]


def _solved(order: dict[str, Any]) -> dict[str, Any]:
    path = Path(order["path"])
    if order.get("lilim"):
        return _lilim(order, path)
    problem = read_problem(path.read_bytes(), path.name)
    if order["solver"] != "ours":
        import routes_peers
        import routes_pyvrp

        until = order["begun"] + order["seconds"]
        peers = routes_peers.PEERS | {"pyvrp-stated": routes_pyvrp.stated}
        routes = peers[order["solver"]](problem, path, until, order["seed"])
        return {"plan": plan_of(problem, routes).model_dump(mode="json")}
    start = read_plan(Path(order["start"]).read_bytes()) if order.get("start") else None
    stop = Stop(seconds=order.get("seconds"), iterations=order.get("iterations"), begun=order["begun"])
    params = Params(threads=order.get("threads", 2))
    return {"plan": solve(problem, stop, order["seed"], params, start=start).model_dump(mode="json")}


def _lilim(order: dict[str, Any], path: Path) -> dict[str, Any]:
    import errands_peers
    import routes_peers

    from paotui.planning.errands import lilim, solve_lilim

    found = lilim.read_lilim(path.read_bytes(), path.name)
    until = order["begun"] + order["seconds"]
    if order["solver"] == "ours":
        stop = Stop(seconds=order["seconds"] - routes_peers.WRITING, begun=order["begun"])
        return {"routes": solve_lilim(found, stop, seed=order["seed"], vehicles_first=True).routes}
    peers = {"pyvrp": errands_peers.pyvrp, "vroom": errands_peers.vroom, "ortools": errands_peers.ortools}
    return {"routes": peers[order["solver"]](found, routes_peers.left(until), order["seed"], vehicles_first=True)}


def main() -> None:
    order = json.loads(sys.argv[1])
    if order.get("loaded"):
        order["begun"] = time.monotonic()
    answer = _solved(order)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    answer |= {"processor": spent.ru_utime + spent.ru_stime, "megabytes": spent.ru_maxrss / 1024}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
