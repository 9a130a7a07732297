"""Many sites begin with convoys, and threads divide the days among themselves."""

from __future__ import annotations

import random

import pytest

from paotui.planning.inspections import Params, check, convoys, crews, solve, solving
from paotui.planning.inspections.arrays import arrays
from paotui.planning.stop import after_iterations

from . import cast

TWO_THREADS = Params(threads=2, exchanges=5)


def many(seed: int, sites: int = convoys.MANY) -> dict:
    """Four days, two departments of which one sends two; some sites ask for a qualification few have."""
    draw = random.Random(seed)
    people = [
        cast.inspector(f"{one}{n}", one, holds=["water"] if n % 3 == 0 else [],
                       calendar=[[cast.at(day, 8), cast.at(day, 18)] for day in range(1, 5)])
        for one in ("health", "fire") for n in range(8 if one == "health" else 5)
    ]  # fmt: skip
    made = []
    for number in range(sites):
        one = cast.site(f"s{number}", draw.randint(-5_000, 5_000), health=5, **({"fire": 5} if number % 2 else {}))
        one["windows"] = [[cast.at(day, 9), cast.at(day, 17)] for day in draw.sample(range(1, 5), 3)]
        one["needs"][0]["all_hold"] = ["water"] if number % 25 == 0 else []
        made.append(one)
    return cast.small(days=4, inspectors=people, sites=made)


def test_a_plan_of_many_sites_holds_and_is_the_same_for_the_same_seed():
    problem = cast.read(many(1))
    plans = [solve(problem, after_iterations(400), seed=3, params=TWO_THREADS) for _ in range(2)]
    assert check(problem, plans[0]) == []
    assert not plans[0].left_out
    assert plans[0] == plans[1]


def test_dividing_the_days_among_threads_still_improves_the_plan():
    made = arrays(cast.read(many(2)))
    few, many_more = (
        convoys.engine.improve(made, after_iterations(count), 1, TWO_THREADS).cost for count in (2, 3_000)
    )
    assert many_more < few


def test_convoys_take_everyone_who_is_qualified():
    made = arrays(cast.read(many(3)))
    start = convoys.start(made, after_iterations(200), 1, TWO_THREADS)
    for route, stops in zip(made.routes, start.routes, strict=True):
        for site, slot in stops:
            assert route.person in made.classes[made.slots[site][slot].group]
    placed = {site for site, option in enumerate(start.option) if option >= 0}
    assert placed == {site for stops in start.routes for site, _ in stops}
    assert len(placed) > convoys.MANY / 2


@pytest.mark.parametrize("missing", ["health", "fire"])
def test_there_are_no_convoys_where_a_department_cannot_man_one(missing):
    data = many(4, sites=6)
    people = [one | ({"calendar": []} if one["department"] == missing else {}) for one in data["inspectors"]]
    made = arrays(cast.read(data | {"inspectors": people}))
    assert convoys.start(made, after_iterations(10), 1, TWO_THREADS) is None


def test_where_nobody_goes_in_crews_the_best_of_several_searches_counts(monkeypatch):
    found = []

    def kept(*told):
        found.append(improve(*told))
        return found[-1]

    data = many(5, sites=40)
    data["sites"][3]["needs"][0]["officers"] = 3
    assert crews.crews(arrays(cast.read(data))) is None
    improve = solving.engine.improve
    monkeypatch.setattr(solving.engine, "improve", kept)
    seen = []
    plan = solve(cast.read(data), after_iterations(800), params=TWO_THREADS, on_progress=seen.append)
    assert len(found) == solving.MOST_ROUNDS
    assert plan.costs.total == min(one.cost for one in found) < max(one.cost for one in found)
    assert [one.iterations for one in seen] == sorted(one.iterations for one in seen)
    costs = [(one.unserved, one.cost) for one in seen]
    assert costs == sorted(costs, reverse=True)
