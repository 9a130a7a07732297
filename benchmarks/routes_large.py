"""The curve of large problems: seconds, cost a stop and peak memory from 1,000 to 30,000 stops, whole and in clusters.

    python benchmarks/routes_large.py --sizes 1000,3000,6000,10000,30000 --iterations 20

Equal work for both: so many iterations a stop. Every run is a process of its own, so that its peak memory is its own;
where other work runs on the machine, seconds of the processor say more than the wall. Costs are of the kernel; add
--check to have the independent checker verify every plan.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time

from paotui.planning import reading, routes
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,3000,6000,10000,30000")
    parser.add_argument("--engines", default="whole,decomposed")
    parser.add_argument("--iterations", type=int, default=20, help="a stop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cluster", type=int, default=routes.Params().cluster, help="stops")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        engine, size = options.one.split(":")
        one(options, engine, int(size))
        return
    print(f"{'stops':>6} {'engine':<11} {'wall s':>7} {'cpu s':>7} {'cpu ms/stop':>11} {'cost/stop':>9} {'MB':>5}")
    for size in options.sizes.split(","):
        for engine in options.engines.split(","):
            subprocess.run([sys.executable, *sys.argv, "--one", f"{engine}:{size}"], check=True)


def one(options: argparse.Namespace, engine: str, size: int) -> None:
    problem = town(size, options.seed)
    params = routes.read_params(json.dumps({"engine": engine, "cluster": options.cluster}).encode())
    wall, cpu = time.monotonic(), time.process_time()
    plan = routes.solve(problem, after_iterations(options.iterations * size), seed=options.seed, params=params)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert plan.cost is not None
    print(f"{size:6} {engine:<11} {wall:7.1f} {cpu:7.1f} {1000 * cpu / size:11.2f} "
          f"{float(plan.cost.total) / size:9.2f} {peak:5.0f}", flush=True)  # fmt: skip
    if options.check and (faults := routes.check(problem, plan)):
        raise SystemExit("\n".join(map(str, faults)))


def town(stops: int, seed: int) -> Problem:
    """Stops strewn evenly over a square whose area grows with their number; loads of 1 to 10, vehicles of 100."""
    draw, side = random.Random(seed), int(1000 * (stops / 1000) ** 0.5)
    places = [{"id": "0", "x": side // 2, "y": side // 2}]
    places += [{"id": str(k), "x": draw.randint(0, side), "y": draw.randint(0, side)} for k in range(1, stops + 1)]
    vehicle = {"id": "v", "count": None, "start": "0", "capacities": {"load": 100}, "per_km": 1000}
    wanted = [{"id": str(k), "location": str(k), "delivery": {"load": draw.randint(1, 10)}}
              for k in range(1, stops + 1)]  # fmt: skip
    return reading.validate(Problem, {
        "kind": "routes", "name": f"town of {stops}", "locations": places, "vehicles": [vehicle], "stops": wanted,
        "travel": {"type": "planar", "rounding": "round"},
    })  # fmt: skip


if __name__ == "__main__":
    main()
