"""More places than a table holds: the fast engine computes straight lines itself, and tells the same times."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from paotui.planning import reading
from paotui.planning.routes import (
    Params,
    check,
    classic,
    cost,
    kernel,
    lengths,
    lines,
    matrices,
    solve,
    solving,
    tables,
)
from paotui.planning.routes.problem import Problem, StraightLine
from paotui.planning.stop import after_iterations


@pytest.fixture
def no_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every problem had too many places."""
    monkeypatch.setattr(tables, "MOST", 0)


@pytest.mark.parametrize("flat", [False, True])
def test_lines_are_what_matrices_say(flat: bool) -> None:
    problem = town(1, flat=flat)
    travel, here = problem.travel, problem.locations
    assert isinstance(travel, StraightLine)
    known = lines.lines(travel, "default", here)
    along = list(range(len(here)))
    [(metres, seconds)] = matrices.matrices(problem).values()
    assert known.metres(along).tolist() == metres[along[:-1], along[1:]].tolist()
    assert known.seconds(along).tolist() == seconds[along[:-1], along[1:]].tolist()


@pytest.mark.parametrize("flat", [False, True])
def test_the_kernel_counts_ways_as_they_are_told(flat: bool, no_tables: None) -> None:
    problem = town(2, flat=flat, windows=False)
    lowered = classic.lower(problem)
    assert lowered.arrays.lines is not None
    found = kernel.solve(lowered.arrays, after_iterations(500), 1, kernel.Params())
    told = 0
    for kind, clients in found.routes:
        start, end = lowered.arrays.vehicle[kind, 1:3].tolist()
        told += int(lengths.costs(lowered.arrays, [start, *clients, end]).sum())
    assert found.cost == told + len(found.routes) * int(lowered.arrays.vehicle_cost[0, 0])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("published", [False, True])
def test_plans_hold_and_cost_what_the_checker_says(seed: int, published: bool, no_tables: None) -> None:
    problem = town(seed, flat=bool(seed % 2), published=published, fixed_cost=20 * (seed // 3), max_duration=20_000)
    assert classic.takes(problem)
    plan = solve(problem, after_iterations(2000), seed=seed)
    assert plan.engine == "classic"
    assert check(problem, plan) == []
    assert plan.cost == cost(problem, plan)
    assert all(route.visits for route in plan.routes)


def test_clusters_of_lines_make_a_plan_that_holds(no_tables: None) -> None:
    problem = town(5, stops=300)
    plan = solve(problem, after_iterations(6000), params=Params(decompose_from=100, cluster=100))
    assert check(problem, plan) == []
    assert plan.cost == cost(problem, plan)


def test_a_stop_made_late_by_rounding_goes_elsewhere(no_tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """0.4 m and 0.4 m are no way, 0.8 m are one: whom the search reaches in time over b is too late without it."""
    problem = short_steps()
    late = kernel.Found([(0, [1]), (0, [0, 2, 3])], 0, 1)
    monkeypatch.setattr(solving, "_search", lambda *_: late)
    plan = solve(problem, after_iterations(1))
    assert check(problem, plan) == []
    assert plan.cost == cost(problem, plan)
    assert [str(one.stop) for one in plan.unserved] == ["c1"]  # c0 goes behind b0, and nothing before it is left for c1


def test_the_arc_over_a_chord_is_the_haversine() -> None:
    """Of a city and of a continent, to a metre; the kernel's series is what the tests above compare."""
    radians = np.radians([[34.7, 113.6], [34.75, 113.7], [22.5, 114.1], [45.8, 126.5]])
    known = lines.Lines(radians, flat=False, detour=1.0, kmh=30.0)
    points, along = known.xyz(), [0, 1, 2, 3, 0]
    chords = np.sqrt(((points[along[1:]] - points[along[:-1]]) ** 2).sum(axis=1))
    arcs = np.arcsin(chords * np.sqrt(known.curve())) / np.sqrt(known.curve())
    assert np.abs(arcs - known.metres(along)).max() <= 1


def short_steps() -> Problem:
    """A depot and, twice, a free stop b before a stop c that is due at once; only over b one gets there in time."""
    places: list[dict[str, Any]] = [{"id": "depot", "x": 0, "y": 0}]
    stops = []
    for number, east in enumerate((1, -1)):
        for name, far, windows in ((f"b{number}", 0.4, []), (f"c{number}", 0.8, [[0, 0]])):
            places.append({"id": name, "x": far * east, "y": 0})
            stops.append({"id": name, "location": name, "windows": windows})
    return reading.validate(Problem, {
        "locations": places, "stops": stops, "travel": {"type": "straight_line", "detour": 1,
        "speed_kmh": {"default": 3.6}}, "vehicles": [{"id": "v", "count": 2, "start": "depot", "per_km": 1000}],
    })  # fmt: skip


def town(seed: int, *, stops: int = 60, flat: bool = False, windows: bool = True, published: bool = False,
         **vehicle: Any) -> Problem:  # fmt: skip
    """Stops around a depot with the travel that problems have by default, on the earth or `flat` in metres."""
    dice = random.Random(seed)
    places = [_place(dice, f"s{number}", flat) for number in range(stops)]
    served = [{"id": one["id"], "location": one["id"], "delivery": {"kg": dice.randint(1, 9)}, "duration": 120} for one
              in places]  # fmt: skip
    for one in served if windows else []:
        first = dice.randint(0, 20_000)
        one["windows"] = [[first, first + dice.randint(2000, 9000)]]
    data: dict[str, Any] = {
        "locations": [_place(dice, "depot", flat), *places], "stops": served,
        "vehicles": [{"id": "van", "count": stops, "start": "depot", "capacities": {"kg": 60}, "per_km": 3, **vehicle}],
    }  # fmt: skip
    if published:
        known = [one["id"] for one in places]
        data["published"] = {"routes": {"van#1": known[:6], "van#2": known[6:11]}, "per_succession_change": "3.5"}
    return reading.validate(Problem, data)


def _place(dice: random.Random, name: str, flat: bool) -> dict[str, Any]:
    if flat:
        return {"id": name, "x": dice.uniform(0, 9000), "y": dice.uniform(0, 9000)}
    return {"id": name, "lat": 34.7 + dice.random() / 10, "lon": 113.6 + dice.random() / 10}
