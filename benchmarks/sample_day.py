"""The exam day of the sample district: is it feasible after 3 s, and how far from the 5-minute plan after 20 s?

    python benchmarks/sample_day.py [--limits 3,20] [--long 300 | --known YUAN] [--seeds 3]

Every run is `paotui plan routes` in a process of its own; its wall counts from the start of that process. Costs and
faults are the checker's, which shares no code with the solver. A plan is feasible when the checker finds nothing and
nothing that must be served is left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from paotui.planning import routes
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.samples.erqi.s6_day import FILE, shipped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--limits", default="3,20", help="seconds, with commas")
    parser.add_argument("--long", type=float, default=300.0, help="seconds of the plan to compare with")
    parser.add_argument("--known", type=Decimal, help="cost of that plan, where it is known already")
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    problem = routes.read_problem(shipped(), FILE)
    print(f"{problem.name}: {len(problem.stops)} stops and {sum(one.count - 1 for one in problem.rounds)} more visits, "
          f"{len(problem.vehicles)} vehicles")  # fmt: skip
    best = options.known or measured(problem, options.long, 1)
    for limit in (float(one) for one in options.limits.split(",")):
        for seed in range(1, options.seeds + 1):
            print(f"         {float(measured(problem, limit, seed) / best) - 1:+.2%} of {best} yuan", flush=True)


def measured(problem: Problem, limit: float, seed: int) -> Decimal:
    """The cost of one run, after a line about it."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / FILE, Path(folder) / "plan.json"
        file.write_bytes(shipped())
        words = ["-m", "paotui", "plan", "routes", str(file), "--seconds", str(limit), "--seed", str(seed)]
        begun = time.monotonic()
        subprocess.run([sys.executable, *words, "--out", str(out)], check=True)
        wall = time.monotonic() - begun
        plan = routes.read_plan(out.read_bytes())
    return told(problem, plan, f"{limit:6.0f} s, seed {seed}: {wall:7.2f} s wall")


def told(problem: Problem, plan: Plan, how: str) -> Decimal:
    owed = {stop.id for stop in problem.stops if stop.unserved_price is None}
    faults, total = routes.check(problem, plan), routes.cost(problem, plan).total
    left = [str(one.stop) for one in plan.unserved if str(one.stop).split("@")[0] in owed]
    verdict = "feasible" if not faults and not left else "NOT feasible"
    print(f"{how}, {plan.iterations} iterations, {total:>12} yuan, left out {len(left)} owed + "
          f"{len(plan.unserved) - len(left)}, {len(faults)} faults: {verdict}", flush=True)  # fmt: skip
    return total


if __name__ == "__main__":
    main()
