"""What the departments would travel if each went alone: the denominator of the ratios in `inspections.py`.

    python benchmarks/inspections_alone.py [--sites 24 100 500] [--seconds 120] [--seed 1]
        [--needs register|mixed|joint] [--only inspections routes]

A department's own problem has its needs and its people only; the officers it sends to a site still come together, and
nobody waits for another department, not even for the same day. Two solvers look for its shortest tours, each for the
given seconds: `planning.inspections` on that problem, and, where a department always sends the same number, the routes
planner with whole teams as vehicles (`teams`), whose tours every member makes. The shorter of both counts, and what
PyVRP finds (`by_peer`) where that is shorter still. Results are kept in `inspections_alone.json` and only ever replaced
by shorter ones, so that every solver of the joint problem is measured against the same sum: the best known, not a
proven one. An instance that has changed (by its digest) begins anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import inspections_instances
import inspections_peers

from paotui.planning import inspections, routes
from paotui.planning.inspections.arrays import Arrays, arrays
from paotui.planning.stop import Stop

KEPT = Path(__file__).with_suffix(".json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, nargs="+", default=[24, 100, 500])
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--needs", choices=["register", "mixed", "joint"], default="register")
    parser.add_argument("--only", choices=["inspections", "routes"], nargs="+", default=["inspections", "routes"])
    options = parser.parse_args()
    for sites in options.sites:
        improve(
            inspections_instances.generate(sites, options.seed, options.needs), options.seconds, tuple(options.only)
        )


def known(data: dict[str, Any]) -> dict[str, int] | None:
    """Person-travel in seconds by department, as kept; None for an instance never measured."""
    found = _read().get(data["name"])
    return found["travel"] if found and found["instance"] == _digest(data) else None


def improve(
    data: dict[str, Any], seconds: float, solvers: tuple[str, ...] = ("inspections", "routes")
) -> dict[str, int]:
    """Search so long with each solver and department, keep what is shorter, return what is known."""
    travel = known(data) or {}
    for department in [one["id"] for one in data["departments"]]:
        problem = _problem(data, department)
        for name in solvers:
            began, found = time.process_time(), {"inspections": alone, "routes": teams}[name](problem, seconds)
            print(data["name"], department, name, found, f"{time.process_time() - began:.0f} s processor", flush=True)
            if found is not None:
                travel[department] = min(found, travel.get(department, found))
        _keep(data, travel)
    print(data["name"], "alone", sum(travel.values()), flush=True)
    return travel


def by_peer(data: dict[str, Any], seconds: float) -> int:
    """What PyVRP makes of them, each department's teams as vehicles so many seconds; AssertionError: sites left out.

    For families where a department always sends the same number. One search each, not the best of several: what a plan
    of one search can fairly be held against. What is shorter than the best known is kept.
    """
    found, best = {}, known(data) or {}
    for department in [one["id"] for one in data["departments"]]:
        made = arrays(_problem(data, department))
        found[department], visited = inspections_peers.teams_as_vehicles(made, seconds)
        assert visited == len(made.slots), f"{data['name']}: PyVRP leaves sites of {department} out"
    _keep(data, {department: min(travel, best.get(department, travel)) for department, travel in found.items()})
    return sum(found.values())


def _problem(data: dict[str, Any], department: str) -> inspections.Problem:
    return inspections.read_problem(json.dumps(inspections_instances.of_department(data, department)).encode())


def alone(problem: inspections.Problem, seconds: float) -> int | None:
    """The department's tours by the planner of joint inspections; None when a site is left out."""
    plan = inspections.solve(problem, Stop(seconds=seconds), seed=1)
    assert not inspections.check(problem, plan)
    return None if plan.left_out else plan.costs.travel


def teams(problem: inspections.Problem, seconds: float) -> int | None:
    """The department's teams as vehicles of the routes planner; None when it sends more people here than there."""
    made = arrays(problem)
    sizes = {len(slots) for slots in made.slots}
    if len(sizes) != 1:
        return None
    size = sizes.pop()
    told = routes.read_problem(json.dumps(_as_routes(made, size)).encode())
    plan = routes.solve(told, Stop(seconds=seconds), seed=1)
    assert not routes.check(told, plan)
    if plan.unserved:
        return None
    return size * sum(route.distance for route in plan.routes)


def _as_routes(made: Arrays, size: int) -> dict[str, Any]:
    """Seconds of travel stand for metres as well; one type of vehicle a day."""
    times, days = made.times.tolist(), range(made.problem.days)
    of_day = [[route for route in made.routes if route.day == day] for day in days]
    return {
        "kind": "routes",
        "locations": [{"id": str(node)} for node in range(len(times))],
        "travel": {"type": "matrix", "distances": {"default": times}, "durations": {"default": times}},
        "vehicles": [
            {
                "id": f"day{day}", "count": len(of_day[day]) // size, "start": str(of_day[day][0].office), "per_km": 1,
                "shift": {"earliest": max(one.opens for one in of_day[day]),
                          "latest": min(one.closes for one in of_day[day])},
            }
            for day in days if of_day[day]
        ],
        "stops": [
            {
                "id": str(site), "location": str(site), "duration": made.slots[site][0].stay,
                "windows": [[option.low, option.high] for option in made.options[site]],
            }
            for site in range(len(made.slots))
        ],
    }  # fmt: skip


def _digest(data: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def _read() -> dict[str, Any]:
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def _keep(data: dict[str, Any], travel: dict[str, int]) -> None:
    every = _read() | {data["name"]: {"instance": _digest(data), "travel": travel}}
    KEPT.write_text(json.dumps(every, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
