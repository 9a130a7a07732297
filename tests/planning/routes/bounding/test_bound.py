"""What a bound says of small problems anybody can work out, and of public files whose best cost is known."""

from __future__ import annotations

import threading
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.routes import bound, read_problem, solve
from paotui.planning.routes.bounding import assignment, money, stating, whole
from paotui.planning.routes.bounding.relaxation import relaxation
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import Stop, after_iterations, after_seconds
from tests.planning.routes import cast
from tests.planning.routes.formats import files

ROUNDS = after_iterations(400)


def vans(count: int, **more: Any) -> list[dict[str, Any]]:
    return [cast.van(count=count, per_km=1, **more)]


def test_a_single_stop_is_proven_at_once() -> None:
    problem = cast.problem(stops=[cast.stop("c")], vehicles=vans(1))
    found = bound(problem, ROUNDS)
    assert (found.value, found.proven, found.gap) == (Decimal(6), True, 0.0)


def test_loads_that_need_two_vans_pay_for_two() -> None:
    stops = [cast.stop(name, delivery={"kg": 60}) for name in "ab"]
    problem = cast.problem(stops=stops, vehicles=vans(3, fixed_cost=50))
    assert relaxation(problem).fewest == 2
    found = bound(problem, ROUNDS)
    assert found.value == Decimal(106)
    assert found.proven


def test_work_that_costs_more_than_its_price_is_bounded_by_the_price() -> None:
    stops = [cast.stop("f", unserved_price=3), cast.stop("a")]
    assert bound(cast.problem(stops=stops, vehicles=vans(1)), ROUNDS).value == Decimal(5)


def test_a_plan_that_leaves_out_what_has_to_be_served_is_compared_with_its_like() -> None:
    problem = cast.problem(stops=[cast.stop("a"), cast.stop("b", delivery={"kg": 500})], vehicles=vans(1))
    plan = solve(problem, after_iterations(50))
    found = bound(problem, ROUNDS, plan)
    assert found.leaving == ("b",)
    assert found.value == found.cost == Decimal(100_002)
    assert any("b" in one.en for one in found.sentences())


def test_a_van_that_reloads_pays_its_fixed_cost_once_in_the_bound() -> None:
    stops = [cast.stop(name, delivery={"kg": 60}) for name in "ab"]
    stations = [{"id": "well", "location": "depot"}]
    problem = cast.problem(stops=stops, vehicles=vans(1, fixed_cost=50, stations=["well"]), stations=stations)
    assert bound(problem, ROUNDS).value == Decimal(56)


def test_a_ring_of_eight_towns_is_closed_by_counting_out_all_routes() -> None:
    towns = [(0, 0), (40, 13), (7, 55), (61, 20), (33, 70), (80, 80), (15, 90), (72, 45)]
    locations = [{"id": f"t{number}", "x": x, "y": y} for number, (x, y) in enumerate(towns)]
    data = {
        "locations": locations, "travel": {"type": "planar", "rounding": "round"},
        "vehicles": [{"id": "van", "start": "t0", "per_km": 1000}],
        "stops": [{"id": one["id"], "location": one["id"]} for one in locations[1:]],
    }  # fmt: skip
    way = [[int(((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 + 0.5) for bx, by in towns] for ax, ay in towns]
    least = min(
        sum(way[a][b] for a, b in zip((0, *order), (*order, 0), strict=True)) for order in permutations(range(1, 8))
    )
    found = bound(Problem.model_validate(data), ROUNDS)
    assert found.value == Decimal(least)
    assert found.proven


def test_the_bound_of_the_same_rounds_is_the_same() -> None:
    problem = read_problem(files.CVRP.encode(), "tiny.vrp")
    assert bound(problem, ROUNDS) == bound(problem, ROUNDS)


def test_a_cancelled_bound_still_says_the_cheap_one() -> None:
    stop = Stop(iterations=400, cancel=threading.Event())
    problem = cast.problem(stops=[cast.stop("a"), cast.stop("b")], vehicles=vans(1))
    plan = solve(problem, after_iterations(50))
    stop.cancel.set()
    cheap = assignment.bound(relaxation(problem))
    assert cheap
    assert bound(problem, stop, plan).value == money.told(problem, cheap) > 0


def test_a_plan_that_does_not_hold_is_refused() -> None:
    problem = cast.problem(stops=[cast.stop("a"), cast.stop("b")], vehicles=vans(1))
    with pytest.raises(ProblemError, match="neither served nor listed"):
        bound(problem, ROUNDS, cast.plan(cast.trips("van", "a")))


@pytest.mark.parametrize(("text", "name"), [(files.CVRP, "tiny.vrp"), (files.VRPTW, "timed.vrp")])
def test_tiny_public_files_are_proven(text: str, name: str) -> None:
    found = bound(read_problem(text.encode(), name), ROUNDS)
    assert found.proven
    assert found.value == found.cost


def test_nothing_to_do_is_bounded_by_nothing() -> None:
    assert bound(cast.problem(stops=[]), ROUNDS).value == 0


def test_money_is_rounded_up_to_what_a_plan_can_cost_at_least() -> None:
    whole = cast.problem(stops=[], vehicles=[cast.van(per_km=1000)])
    hourly = cast.problem(stops=[], vehicles=[cast.van(per_km=1000, per_hour=7)])
    assert money.told(whole, 10.2) == Decimal(11)
    assert money.told(whole, 11.0) == Decimal(11)
    assert money.told(hourly, 10.239) == Decimal("10.24")
    assert money.told(hourly, -3.0) == 0


def test_a_plan_states_the_cheap_bound_where_it_takes_little_of_the_limit() -> None:
    problem = cast.problem(stops=[cast.stop("a"), cast.stop("b")], vehicles=vans(1))
    plan = solve(problem, after_iterations(50))
    assert plan.bound is not None
    assert plan.cost is not None
    assert plan.bound <= plan.cost.total
    assert stating.seconds(problem, after_seconds(1e-6)) == 0
    assert stating.seconds(problem, after_seconds(60)) > 0


def test_stops_that_cannot_all_be_served_leave_no_assignment() -> None:
    window = [[1000, 1000]]
    stops = [cast.stop("a", windows=window), cast.stop("b", windows=[[0, 10]])]
    assert assignment.bound(relaxation(cast.problem(stops=stops, vehicles=vans(1)))) is None


def test_more_stops_than_memory_holds_ways_between_are_refused() -> None:
    [stop] = (problem := cast.problem(stops=[cast.stop("c")], vehicles=vans(1))).stops
    many = problem.model_copy(update={"stops": [stop] * (whole.LARGEST + 1)})
    with pytest.raises(ProblemError, match="a bound is told for up to 6000"):
        bound(many, after_seconds(1))
