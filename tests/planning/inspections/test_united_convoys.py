"""Where nearly every site needs everybody, a plan begins with convoys by the routes planner."""

from __future__ import annotations

import itertools
import random

import pytest

from paotui.planning.inspections import Params, Problem, check, convoy_tours, convoys, engine, solve, solving
from paotui.planning.inspections.arrays import arrays
from paotui.planning.stop import after_iterations

from . import cast

TWO_THREADS = Params(threads=2, exchanges=5)
OFFICES = {"health": {"x": -2_000, "y": 0}, "fire": {"x": 3_000, "y": 1_000}}


def joint(seed: int, sites: int = 44, **more: object) -> dict:
    """Four days, two officers of health and one of fire at nearly every site; fire has its office elsewhere."""
    draw = random.Random(seed)
    people = [
        cast.inspector(f"{one}{n}", one, office=OFFICES[one],
                       calendar=[[cast.at(day, 8), cast.at(day, 18)] for day in range(1, 5)])
        for one in OFFICES for n in range(6 if one == "health" else 3)
    ]  # fmt: skip
    made = []
    for number in range(sites):
        one = cast.site(f"s{number}", draw.randint(-5_000, 5_000), health=40, **({"fire": 30} if number % 9 else {}))
        one["needs"][0]["officers"] = 2
        one["windows"] = [[cast.at(day, 9), cast.at(day, 17)] for day in draw.sample(range(1, 5), 3)]
        made.append(one)
    return cast.small(days=4, inspectors=people, sites=made, **more)


def read(data: dict) -> Problem:
    return cast.read(data)


def test_convoys_visit_everybody_and_the_search_can_begin_with_them():
    made = arrays(read(joint(1)))
    assert convoys.united(made)
    start = convoys.start(made, after_iterations(500), 1, TWO_THREADS)
    assert start is not None
    assert min(start.option) >= 0
    found = engine.improve(made, after_iterations(2), 1, Params(threads=1, first_temperature=1e-9), start=start)
    ways = [[route.office, *(site for site, _ in stops), route.office] if stops else []
            for route, stops in zip(made.routes, start.routes, strict=True)]  # fmt: skip
    travel = sum(int(made.times[a, b]) for way in ways for a, b in itertools.pairwise(way))
    assert 0 < found.cost <= travel


def test_a_plan_begins_with_them_holds_and_is_the_same_for_the_same_seed(monkeypatch):
    problem, begun, start = read(joint(2)), [], convoy_tours.start
    monkeypatch.setattr(convoy_tours, "start", lambda *told: begun.append(start(*told)) or begun[-1])
    plans = [solve(problem, after_iterations(600), seed=3, params=TWO_THREADS) for _ in range(2)]
    assert check(problem, plans[0]) == []
    assert not plans[0].left_out
    assert plans[0] == plans[1]
    assert len(begun) == 2 * solving.MOST_ROUNDS


def wished(data: dict) -> dict:
    data["sites"][0]["preferred"] = [data["sites"][0]["windows"][0]]
    return data


def limited(data: dict) -> dict:
    data["inspectors"][0]["visits_per_day"] = 3
    return data


def seldom(data: dict) -> dict:
    for one in data["sites"][::2]:
        one["needs"] = one["needs"][:1]
    return data


@pytest.mark.parametrize("change", [wished, limited, seldom])
def test_wishes_limits_or_people_who_are_seldom_needed_leave_them_to_the_search(change):
    assert not convoys.united(arrays(read(change(joint(4)))))


def test_a_site_the_convoys_cannot_reach_is_left_to_the_search():
    data = joint(5)
    data["sites"][7]["needs"][0]["all_hold"] = ["water"]
    data["inspectors"][4]["holds"] = data["inspectors"][5]["holds"] = ["water"]
    problem = read(data)
    start = convoys.start(arrays(problem), after_iterations(300), 1, TWO_THREADS)
    assert start is not None
    plan = solve(problem, after_iterations(600), params=TWO_THREADS)
    assert check(problem, plan) == []
    assert not plan.left_out
