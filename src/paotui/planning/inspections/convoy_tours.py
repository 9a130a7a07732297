"""Tours of convoys by the routes planner, where a visit takes nearly everybody and convoys nearly always go whole.

Its engine knows one vehicle and place at a time and is several times as fast at that as the search for teams. A convoy
is on the road as long as its member with the farthest office, and costs what its members travel on average.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from paotui.planning import routes
from paotui.planning.inspections import engine
from paotui.planning.inspections.arrays import Arrays, Ints, Route
from paotui.planning.inspections.params import Params
from paotui.planning.routes.plan import Plan as RoutesPlan
from paotui.planning.stop import Stop

Kind = tuple[int, int, int]
"""Day, opening and closing of a convoy's tour."""


def start(vehicles: Arrays, costs: Ints, stop: Stop, seed: int, params: Params) -> engine.Solution:
    """Sequences of convoys (`vehicles`: one slot a site, one route a convoy); `costs`: travel a person, as `times`."""
    told = routes.read_problem(json.dumps(_told(vehicles, costs)).encode())
    plan = routes.solve(told, stop, seed, routes.Params(threads=params.threads))
    return _sequences(vehicles, plan)


def by_kind(made: Sequence[Route]) -> dict[Kind, list[int]]:
    """Numbers of convoys that are alike."""
    found: dict[Kind, list[int]] = defaultdict(list)
    for number, route in enumerate(made):
        found[route.day, route.opens, route.closes].append(number)
    return dict(found)


def _told(vehicles: Arrays, costs: Ints) -> dict[str, Any]:
    """Seconds of travel stand for metres as well; one type of vehicle a kind of convoy."""
    office = len(vehicles.slots)
    return {
        "kind": "routes",
        "locations": [{"id": str(node)} for node in range(office + 1)],
        "travel": {
            "type": "matrix",
            "distances": {"default": costs.tolist()},
            "durations": {"default": vehicles.times.tolist()},
        },
        "vehicles": [
            {
                "id": _name(kind), "count": len(convoys), "start": str(office), "per_km": 1,
                "shift": {"earliest": kind[1], "latest": kind[2]},
            }
            for kind, convoys in by_kind(vehicles.routes).items()
        ],
        "stops": [
            {
                "id": f"s{site}", "location": str(site), "duration": vehicles.slots[site][0].stay,
                "windows": _windows(vehicles, site),
            }
            for site in range(office)
        ],
    }  # fmt: skip


def _name(kind: Kind) -> str:
    return "-".join(map(str, kind))


def _windows(vehicles: Arrays, site: int) -> list[list[int]]:
    """When a visit may start: allowed starts that overlap are one."""
    found = list[list[int]]()
    for option in sorted(vehicles.options[site], key=lambda one: one.low):
        if found and option.low <= found[-1][1]:
            found[-1][1] = max(found[-1][1], option.high)
        else:
            found.append([option.low, option.high])
    return found


def _sequences(vehicles: Arrays, plan: RoutesPlan) -> engine.Solution:
    waiting = {_name(kind): list(convoys) for kind, convoys in by_kind(vehicles.routes).items()}
    option, starts = [-1] * len(vehicles.slots), [0] * len(vehicles.slots)
    sequences = [list[tuple[int, int]]() for _ in vehicles.routes]
    for route in plan.routes:
        visits = [(int(one.id[1:]), one.start) for one in route.visits if one.kind == "stop"]
        sequences[waiting[route.vehicle.partition("#")[0]].pop(0)] = [(site, 0) for site, _ in visits]
        for site, begins in visits:
            starts[site] = begins
            option[site] = next(n for n, one in enumerate(vehicles.options[site]) if one.low <= begins <= one.high)
    return engine.Solution(option, sequences, starts, iterations=plan.iterations)
