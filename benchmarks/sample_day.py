"""The exam day of the sample district: is it feasible after 3 s, and how far from the 5-minute plan after 20 s?

    python benchmarks/sample_day.py [--limits 3,20] [--long 300] [--seed 1]

Wall time from the start of each solve; costs and faults by the checker, which shares no code with the solver. A plan
is feasible when the checker finds nothing and nothing that must be served is left out.
"""

from __future__ import annotations

import argparse
import time

from paotui.planning import routes
from paotui.planning.stop import Stop
from paotui.samples.erqi.s6_day import FILE, shipped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--limits", default="3,20", help="seconds, with commas")
    parser.add_argument("--long", type=float, default=300.0, help="seconds of the plan to compare with")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    problem = routes.read_problem(shipped(), FILE)
    owed = _owed(problem)
    print(f"{problem.name}: {len(problem.stops)} stops and {sum(one.count - 1 for one in problem.rounds)} more visits, "
          f"{len(problem.vehicles)} vehicles")  # fmt: skip
    costs = {}
    for limit in [*(float(one) for one in options.limits.split(",")), options.long]:
        start = time.perf_counter()
        plan = routes.solve(problem, Stop(seconds=limit), seed=options.seed)
        wall = time.perf_counter() - start
        faults = routes.check(problem, plan)
        left = [str(one.stop) for one in plan.unserved if str(one.stop).split("@")[0] in owed]
        costs[limit] = plan.cost.total
        verdict = "feasible" if not faults and not left else "NOT feasible"
        print(f"{limit:6.0f} s: {wall:7.2f} s wall, {plan.cost.total:>12} yuan, left out {len(left)} "
              f"owed + {len(plan.unserved) - len(left)}, {len(faults)} faults: {verdict}", flush=True)  # fmt: skip
    best = costs[options.long]
    for limit, cost in costs.items():
        print(f"{limit:6.0f} s: {float(cost / best) - 1:+.2%} of the {options.long:.0f} s plan")


def _owed(problem: routes.Problem) -> set[str]:
    return {stop.id for stop in problem.stops if stop.unserved_price is None}


if __name__ == "__main__":
    main()
