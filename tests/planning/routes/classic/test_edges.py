"""Nothing to do, nobody to do it, nothing that can be done; plans to begin with; cancelling."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from decimal import Decimal

import pytest

from paotui.planning.routes import Params, check, cost, solve, unserved
from paotui.planning.routes.plan import Plan, Route
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import Progress, Stop, after_iterations
from tests.planning.routes.classic.cast import town, with_stop, without

SOON = after_iterations(300)


@pytest.mark.parametrize("threads", [1, 2])
def test_no_stop_gives_a_plan_without_routes(threads: int) -> None:
    plan = solve(without(town(3), stops=True), SOON, params=Params(threads=threads))
    assert (plan.routes, plan.unserved) == ([], [])


def test_neither_stops_nor_vehicles_give_a_plan_without_routes() -> None:
    plan = solve(without(town(3), stops=True, vehicles=True), SOON)
    assert (plan.routes, plan.unserved) == ([], [])


@pytest.mark.parametrize("threads", [1, 2])
def test_one_stop_is_served_by_one_route(threads: int) -> None:
    plan = solve(town(1), SOON, params=Params(threads=threads))
    assert [route.trips for route in plan.routes] == [[["s0"]]]


def test_two_stops_at_one_place_are_served() -> None:
    problem = with_stop(town(2), 1, location="s0")
    assert check(problem, solve(problem, SOON)) == []


@pytest.mark.parametrize("windows", [False, True])
def test_without_vehicles_every_stop_is_left_out_with_a_reason(windows: bool) -> None:
    left = solve(without(town(4, windows=windows), vehicles=True), SOON).unserved
    assert {one.stop for one in left} == {"s0", "s1", "s2", "s3"}
    assert all(one.reason.zh and one.reason.en and one.code != "price" for one in left)


def test_vehicles_out_of_service_serve_nobody() -> None:
    assert len(solve(town(4, count=0), SOON).unserved) == 4


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (town(5, capacity=0), "capacity"),
        (town(5, shift={"earliest": 0, "latest": 1}), "shift"),
        (town(5, max_duration=1), "limit"),
    ],
    ids=["load", "shift", "duration"],
)
def test_stops_nobody_can_serve_are_left_out_with_the_reason_that_binds(problem: Problem, code: str) -> None:
    plan = solve(problem, SOON)
    assert check(problem, plan) == []
    assert plan.routes == []
    assert {one.code for one in plan.unserved} == {code}


def test_a_capability_no_vehicle_has_is_told() -> None:
    problem = with_stop(town(5), 2, requires=["crane"])
    plan = solve(problem, SOON)
    assert check(problem, plan) == []
    assert [(one.stop, one.code) for one in plan.unserved] == [("s2", "capability")]


def test_a_stop_far_from_the_start_but_near_the_end_is_served() -> None:
    problem = town(1, end="far")
    problem.locations.append(problem.locations[0].model_copy(update={"id": "far", "x": 90_000.0}))
    assert solve(problem, SOON).unserved == []


def test_a_limit_on_the_shift_alone_binds() -> None:
    """No stop has a window and no vehicle a longest duration: the clock still counts."""
    problem = town(12, capacity=1000, shift={"earliest": 0, "latest": 2200})
    plan = solve(problem, SOON)
    assert check(problem, plan) == []
    assert len(plan.routes) > 1


def test_a_beginning_that_is_good_is_kept_when_there_is_no_time_to_search() -> None:
    problem = town(30)
    good = solve(problem, after_iterations(20_000), seed=3)
    kept = solve(problem, after_iterations(0), start=good)
    assert {tuple(map(tuple, route.trips)) for route in kept.routes} == {
        tuple(map(tuple, route.trips)) for route in good.routes
    }
    assert cost(problem, kept).total < cost(problem, solve(problem, after_iterations(0))).total


def test_a_beginning_that_serves_a_stop_twice_with_a_vehicle_named_twice_is_mended() -> None:
    problem = town(6)
    twice = Plan(routes=[
        Route(vehicle="van#1", trips=[["s0", "s1", "s0"]]), Route(vehicle="van#1", trips=[["s2"]]),
        Route(vehicle="van#2", trips=[["s1", "s3"]]), Route(vehicle="lorry", trips=[["s4"]]),
    ])  # fmt: skip
    assert check(problem, solve(problem, SOON, start=twice)) == []


def test_a_beginning_too_heavy_for_todays_vans_is_mended() -> None:
    yesterday, today = town(12, capacity=200), town(12, capacity=25)
    plan = solve(today, SOON, start=solve(yesterday, SOON))
    assert check(today, plan) == []


def test_cancelling_before_the_start_gives_the_first_plan() -> None:
    problem, stop = town(40), Stop(seconds=3600)
    stop.cancel.set()
    assert check(problem, solve(problem, stop)) == []


def test_cancelling_on_the_way_gives_the_best_plan_so_far() -> None:
    problem, cancel = town(80), threading.Event()

    def told(progress: Progress) -> None:
        if progress.iterations:
            cancel.set()

    plan = solve(problem, Stop(seconds=3600, cancel=cancel), on_progress=told)
    assert check(problem, plan) == []
    assert plan.iterations > 0


def test_an_error_while_telling_of_progress_ends_the_search_and_is_raised() -> None:
    def told(progress: Progress) -> None:
        raise RuntimeError("nobody listens")

    with pytest.raises(RuntimeError, match="nobody listens"):
        solve(town(80), Stop(seconds=3600), on_progress=told)


@pytest.mark.parametrize("windows", [False, True])
def test_two_threads_that_share_the_routes_give_the_same_plan_again(windows: bool) -> None:
    problem = town(90, windows=windows)
    once, again = (solve(problem, after_iterations(3000), seed=5, params=Params(threads=2)) for _ in range(2))
    assert once.routes == again.routes
    assert check(problem, once) == []


def test_a_fleet_held_small_for_a_while_gives_way_where_two_stops_fill_a_vehicle() -> None:
    stops = [stop.model_copy(update={"delivery": {"kg": 40}}) for stop in town(80, capacity=100).stops]
    problem = town(80, capacity=100).model_copy(update={"stops": stops})
    held, free = (solve(problem, after_iterations(6000), params=Params(threads=threads)) for threads in (2, 1))
    assert check(problem, held) == []
    assert (len(held.routes), held.unserved) == (40, [])
    assert held.cost.total <= free.cost.total * Decimal("1.005")


def test_numbers_too_large_for_the_fast_kernel_go_to_the_other_engine() -> None:
    problem = with_stop(town(3), 0, delivery={"kg": 900_000_000})
    plan = solve(problem, after_iterations(20))
    assert plan.engine != "classic"
    assert [one.stop for one in plan.unserved] == ["s0"]


def test_whoever_starts_when_the_time_is_over_gets_a_whole_plan_all_the_same() -> None:
    problem = town(60)
    plan = solve(problem, Stop(seconds=1, begun=time.monotonic() - 100))
    assert (plan.unserved, check(problem, plan)) == ([], [])


def test_a_stop_too_heavy_for_anybody_is_told_so_also_when_the_time_is_over() -> None:
    problem = with_stop(town(6), 2, delivery={"kg": 10**6})
    (left,) = solve(problem, Stop(seconds=1, begun=time.monotonic() - 100)).unserved
    assert (left.stop, left.code) == ("s2", "capacity")


def test_when_the_time_is_over_no_more_than_a_hundred_reasons_are_looked_for() -> None:
    problem = town(120, capacity=0)
    codes = Counter(one.code for one in solve(problem, Stop(seconds=1, begun=time.monotonic() - 100)).unserved)
    assert codes == {"capacity": 100, "unexamined": 20}


@pytest.mark.parametrize("most", [5, 100])
def test_no_more_than_so_many_stops_that_could_be_served_alone_are_looked_into(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unserved, "MOST_IN_DETAIL", most)
    problem = town(8)
    left = unserved.reasons_in_time(problem, Plan(routes=[]), list(range(8)), time.monotonic() + 100)
    told = [f"the reasons of {most} were looked for" in one.reason.en for one in left]
    assert told == [most < 8 and number >= most for number in range(8)]


def test_of_more_places_than_a_table_is_made_of_it_is_said_that_no_time_would_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unserved, "MOST_PLACES", 3)
    (left,) = unserved.reasons_in_time(town(8), Plan(routes=[]), [2], time.monotonic() + 100)
    assert (left.code, "more than 3 locations" in left.reason.en) == ("unexamined", True)


def test_routes_are_opened_that_no_stop_pays_for_by_itself() -> None:
    """Five hamlets of ten stops each, 1000 away: a way there and back costs 2000, a stop left out 300."""
    problem = town(50, capacity=1000)
    for number in range(50):
        hamlet, place = divmod(number, 10)
        problem.locations[number + 1] = problem.locations[number + 1].model_copy(
            update={"x": 500 + 950 * math.cos(hamlet) + place, "y": 500 + 950 * math.sin(hamlet) + 3 * (place % 3)}
        )
        problem = with_stop(problem, number, unserved_price=Decimal(300))
    start = Plan(routes=[Route(vehicle="van#1", trips=[[f"s{number}" for number in range(10)]])])
    plan = solve(problem, after_iterations(2000), params=Params(threads=1), start=start)
    assert check(problem, plan) == []
    assert plan.unserved == []
