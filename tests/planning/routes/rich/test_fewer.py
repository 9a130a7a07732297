"""Where most stops are linked and sending a vehicle has its price, a search with enough time looks for fewer."""

from __future__ import annotations

import random

import pytest

from paotui.planning.routes import check, rich
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich import searching
from paotui.planning.stop import after_iterations

SEEDS = range(12)
HOUR = 3600


def chains(seed: int) -> Problem:
    """Thirty places swept and, 10 to 60 minutes later, flushed, within three hours."""
    dice = random.Random(seed)
    places = [{"id": f"p{number}", "x": dice.randrange(6000), "y": dice.randrange(6000)} for number in range(30)]
    stops = [
        {"id": f"{work}-{place['id']}", "location": place["id"], "requires": [work],
         "duration": 60 * dice.randrange(4, 20), "windows": [(3 * HOUR, 6 * HOUR)]}
        for place in places for work in ("sweep", "flush")
    ]  # fmt: skip
    fleet = [
        {
            "id": work,
            "start": "base",
            "capabilities": [work],
            "count": 15,
            "per_km": 3,
            "per_hour": 60,
            "fixed_cost": 200,
        }
        for work in ("sweep", "flush")
    ]
    return Problem.model_validate(
        {
            "kind": "routes", "name": "chains",
            "locations": [{"id": "base", "x": 3000, "y": 3000}, *places],
            "travel": {"type": "straight_line", "detour": 1.3, "speed_kmh": {"default": 20}},
            "stops": stops, "vehicles": fleet,
            "orders": [{"before": f"sweep-{one['id']}", "after": f"flush-{one['id']}",
                        "min_gap": 600, "max_gap": 3600} for one in places],
        }
    )  # fmt: skip


def vehicles(seed: int, threads: int) -> int:
    """So cold that the search by itself sends hardly one less than its first plan did."""
    problem = chains(seed)
    plan = rich.solve(
        problem, after_iterations(2000), seed=seed, params=rich.Params(threads=threads, hot=0.3, cold=0.1)
    )
    assert check(problem, plan) == []
    assert not plan.unserved
    return len(plan.routes)


@pytest.mark.parametrize("threads", [1, 2])
def test_twelve_plans_hold_and_send_fewer_vehicles(monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    without = [vehicles(seed, threads) for seed in SEEDS]
    monkeypatch.setattr(searching, "FEWER_ITERATIONS", 0)
    fewer = [vehicles(seed, threads) for seed in SEEDS]
    assert sum(fewer) < sum(without)
