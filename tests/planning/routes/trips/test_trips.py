"""Several trips a vehicle in the fast kernel."""

from __future__ import annotations

from typing import Any

import pytest

from paotui.planning.routes import Params, check, classic, solve
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import Stop, after_iterations
from tests.planning.routes.classic.cast import PLENTY
from tests.planning.routes.trips.towns import FAR, least, town


def changed(problem: Problem, part: str, **more: Any) -> Problem:
    """The problem with fields of its first vehicle, station or stop changed."""
    data = problem.model_dump()
    data[part][0].update(more)
    return Problem.model_validate(data)


@pytest.mark.parametrize("seed", range(24))
def test_a_small_town_costs_what_trying_everything_finds(seed: int) -> None:
    problem = town(seed, 5, objective={"default_unserved_price": FAR})
    plan = solve(problem, after_iterations(6000), seed=seed)
    assert plan.engine == "classic"
    assert check(problem, plan) == []
    assert plan.cost is not None
    assert float(plan.cost.total) == least(problem)


@pytest.mark.parametrize("seed", range(6))
def test_threads_on_their_own_find_the_least_of_a_small_town_every_time(seed: int) -> None:
    problem = town(50 + seed, 5, objective={"default_unserved_price": FAR})
    plan, again = (solve(problem, after_iterations(PLENTY * 5), seed=seed, params=Params(threads=2)) for _ in range(2))
    assert check(problem, plan) == []
    assert plan.cost is not None
    assert float(plan.cost.total) == least(problem)
    assert plan.routes == again.routes


@pytest.mark.parametrize("seed", range(40))
def test_plans_of_random_towns_keep_every_rule(seed: int) -> None:
    problem = town(1000 + seed, 5 + seed)
    plan = solve(problem, after_iterations(1500), seed=seed)
    assert plan.engine == "classic"
    assert check(problem, plan) == []


def test_vehicles_do_come_back_to_reload() -> None:
    plans = [solve(town(seed, 12), after_iterations(2000)) for seed in range(8)]
    assert max(len(route.trips) for plan in plans for route in plan.routes) >= 3


def test_the_same_seed_and_iterations_give_the_same_plan() -> None:
    problem = town(7, 30)
    first, second = (solve(problem, after_iterations(4000), seed=5) for _ in range(2))
    assert first.routes == second.routes
    assert first.cost == second.cost


def test_going_on_from_a_plan_costs_no_more_and_keeps_its_trips_apart() -> None:
    problem = town(8, 30)
    first = solve(problem, after_iterations(4000), seed=5)
    again = solve(problem, after_iterations(1), seed=6, start=first)
    assert check(problem, again) == []
    assert first.cost
    assert again.cost
    assert again.cost.total <= first.cost.total


def test_a_plan_that_cannot_be_driven_as_given_is_mended() -> None:
    problem = town(9, 20)
    first = solve(problem, after_iterations(500))
    routes = [
        route.model_copy(update={"trips": [[stop for trip in route.trips for stop in trip]]}) for route in first.routes
    ]
    assert (
        check(problem, solve(problem, after_iterations(500), start=first.model_copy(update={"routes": routes}))) == []
    )


def test_a_search_cancelled_before_it_began_keeps_every_rule() -> None:
    problem, stop = town(10, 20), Stop(seconds=1000)
    stop.cancel.set()
    assert check(problem, solve(problem, stop)) == []


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("stations", {"location": "s1"}),
        ("stations", {"duration": 60}),
        ("stations", {"handles": ["m3"]}),
        ("stations", {"windows": [(100, 150)]}),
        ("vehicles", {"max_trips": 2}),
        ("vehicles", {"stations": []}),
        ("vehicles", {"end": "s1"}),
        ("vehicles", {"max_duration": 100}),
        ("stops", {"delivery": {}, "pickup": {"kg": 1}}),
    ],
)
def test_what_the_fast_kernel_does_not_know_goes_to_the_rich_engine(part: str, fields: dict[str, Any]) -> None:
    problem = town(11, 6)
    assert classic.takes(problem)
    assert not classic.takes(changed(problem, part, **fields))


def test_releases_without_reloading_go_to_the_rich_engine() -> None:
    data = town(11, 6).model_dump()
    data["stations"] = []
    data["vehicles"] = [{**vehicle, "stations": []} for vehicle in data["vehicles"]]
    data["stops"][0]["release"] = 5
    assert not classic.takes(Problem.model_validate(data))
