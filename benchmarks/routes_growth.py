"""Growth with size: generated towns, the same iterations a stop, in seconds, cost a stop and memory."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from routes_runs import run

from paotui.planning.routes import check, cost, read_problem

PER_STOP = 300
"""Iterations a stop."""
APART = 40
"""Metres to the side of the square a stop has to itself: towns of all sizes are as dense."""


def curve(sizes: list[int]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "town.json"
            path.write_text(json.dumps(town(size)), encoding="utf-8")
            _measure(path, size)


def _measure(path: Path, size: int) -> None:
    problem = read_problem(path.read_bytes(), path.name)
    first = run("ours", path, iterations=0, seed=1)
    ran = run("ours", path, iterations=PER_STOP * size, seed=1)
    plan = ran.plan()
    faults = len(check(problem, plan))
    each, begun = (float(cost(problem, one).total) / size for one in (plan, first.plan()))
    print(
        f"{size:6} stops  {PER_STOP} iterations a stop  wall {ran.wall:7.2f} s  processor {ran.processor:7.2f} s "
        f"({1e6 * ran.processor / (PER_STOP * size):6.2f} µs an iteration)  before the search "
        f"{first.processor:6.2f} s  "
        f"cost a stop {each:.2f} (first plan {begun:.2f})  {ran.megabytes:5.0f} MB  faults {faults}",
        flush=True,
    )


def town(size: int, seed: int = 1) -> dict[str, Any]:
    """A depot for every thousand stops with a hundred vans of a hundred units; loads of 1 to 10."""
    r, side = random.Random(seed), int(APART * size**0.5)
    depots = max(1, size // 1000)
    locations = [{"id": f"d{k}", "x": r.randint(0, side), "y": r.randint(0, side)} for k in range(depots)]
    locations += [{"id": f"s{k}", "x": r.randint(0, side), "y": r.randint(0, side)} for k in range(size)]
    stops = [{"id": f"s{k}", "location": f"s{k}", "delivery": {"kg": r.randint(1, 10)}} for k in range(size)]
    vans = [{"id": f"v{k}", "start": f"d{k}", "count": 100, "capacities": {"kg": 100}, "per_km": 1000}
            for k in range(depots)]  # fmt: skip
    return {"kind": "routes", "travel": {"type": "planar", "rounding": "round"}, "locations": locations,
            "stops": stops, "vehicles": vans}  # fmt: skip
