"""One rule at a time, on the fixed cast: what the plan has to look like."""

from __future__ import annotations

from itertools import pairwise

from paotui.planning.routes import check, rich
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes import cast

HOUR = 3600


def solved(problem: Problem, start: Plan | None = None) -> Plan:
    plan = rich.solve(problem, after_iterations(300), params=rich.Params(threads=1), start=start)
    assert check(problem, plan) == []
    assert plan.unserved == []
    return plan


def begin(plan: Plan) -> dict[str, int]:
    return {visit.id: visit.start for route in plan.routes for visit in route.visits if visit.kind == "stop"}


def test_loads_beyond_one_trip_are_emptied_at_the_station_between() -> None:
    stops = [cast.stop(name, pickup={"kg": 60}) for name in "abc"]
    station = {"id": "tip", "location": "tip"}
    plan = solved(cast.problem(stops=stops, stations=[station], vehicles=[cast.van(stations=["tip"], per_km=1)]))
    assert sorted(len(trip) for trip in plan.routes[0].trips) == [1, 1, 1]


def test_stops_together_start_at_the_same_second_on_two_vehicles() -> None:
    vans = [cast.van(id="one"), cast.van(id="two", shift={"earliest": HOUR})]
    plan = solved(cast.problem(stops=[cast.stop("a"), cast.stop("b")], vehicles=vans, together=[{"stops": ["a", "b"]}]))
    assert begin(plan)["a"] == begin(plan)["b"]
    assert len(plan.routes) == 2


def test_a_flush_follows_its_sweep_within_the_gap() -> None:
    stops = [cast.stop("a", duration=600, windows=[(5000, 9000)]), cast.stop("f")]
    orders = [{"before": "a", "after": "f", "min_gap": 1200, "max_gap": 7200}]
    times = begin(solved(cast.problem(stops=stops, vehicles=[cast.van(), cast.van(id="flusher")], orders=orders)))
    assert 1200 <= times["f"] - (times["a"] + 600) <= 7200


def test_visits_of_a_round_keep_their_spacing() -> None:
    rounds = [{"stop": "a", "count": 4, "min_spacing": 2 * HOUR, "max_spacing": 3 * HOUR}]
    times = begin(solved(cast.problem(stops=[cast.stop("a")], rounds=rounds)))
    starts = [times[f"a@{place}"] for place in range(1, 5)]
    assert all(2 * HOUR <= b - a <= 3 * HOUR for a, b in pairwise(starts))


def test_a_break_owed_is_taken_between_two_stops() -> None:
    rest = {"earliest": 2000, "latest": 3000, "duration": 900}
    stops = [cast.stop("a", windows=[(1000, 1000)], duration=1500), cast.stop("b", windows=[(6000, 6000)])]
    (route,) = solved(cast.problem(stops=stops, vehicles=[cast.van(breaks=[rest])])).routes
    assert [visit.kind for visit in route.visits] == ["stop", "break", "stop"]


def test_a_van_leaves_late_when_its_hours_cost() -> None:
    stops = [cast.stop("a", windows=[(HOUR, 2 * HOUR)])]
    (route,) = solved(cast.problem(stops=stops, vehicles=[cast.van(per_hour=30)])).routes
    assert (route.start, route.duration) == (HOUR - 1000, 2000)


def test_a_published_plan_is_kept_when_changing_it_costs_more_than_it_saves() -> None:
    published = {"routes": {"van": ["c", "a", "b"]}, "per_succession_change": 100}
    problem = cast.problem(
        stops=[cast.stop(name) for name in "abc"], vehicles=[cast.van(per_km=1)], published=published
    )
    assert solved(problem).routes[0].trips == [["c", "a", "b"]]


def test_locked_stops_come_first_even_where_another_order_is_shorter() -> None:
    van = cast.van(per_km=1, locked=["c", "a"])
    plan = solved(cast.problem(stops=[cast.stop(name) for name in "abc"], vehicles=[van]))
    assert plan.routes[0].trips[0][:2] == ["c", "a"]


def test_classes_that_never_mix_go_in_trips_of_their_own() -> None:
    stops = [cast.stop("a", load_class="isolation"), cast.stop("b", load_class="other")]
    plan = solved(
        cast.problem(
            stops=stops, vehicles=[cast.van(stations=["tip"])], stations=[{"id": "tip", "location": "tip"}],
            incompatible=[("isolation", "other")],
        )
    )  # fmt: skip
    assert sorted(plan.routes[0].trips) == [["a"], ["b"]]


def test_a_van_is_emptied_although_nobody_can_be_in_time_for_the_stop_locked_to_it() -> None:
    late = cast.stop("b", windows=[(0, 600)])
    van = cast.van(stations=["tip"], empty_at_end=True, onboard={"kg": 5}, locked=["b"])
    problem = cast.problem(stops=[late], stations=[{"id": "tip", "location": "tip"}], vehicles=[van])
    plan = rich.solve(problem, after_iterations(20), params=rich.Params(threads=1))
    assert check(problem, plan) == []
    assert [[visit.id for visit in route.visits if visit.kind == "station"] for route in plan.routes] == [["tip"]]


def test_a_vehicle_is_emptied_behind_its_locked_stops_where_they_would_be_too_late_otherwise() -> None:
    van = cast.van(stations=["tip"], empty_at_end=True, onboard={"kg": 5}, locked=["a", "b"])
    stops = [cast.stop("a"), cast.stop("b", windows=[(0, 2100)])]
    stations = [{"id": "tip", "location": "tip", "duration": 300}]
    problem = cast.problem(stops=stops, stations=stations, vehicles=[van])
    plan = rich.solve(problem, after_iterations(20), params=rich.Params(threads=1))
    assert check(problem, plan) == []
    assert plan.unserved == []
