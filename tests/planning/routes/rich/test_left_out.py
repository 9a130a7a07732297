"""Stops that are left out: each is listed with the reason that binds and the smallest relaxation."""

from __future__ import annotations

from typing import Any

from paotui.planning.routes import check, rich
from paotui.planning.routes.plan import Plan, Unserved
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes import cast

HOUR = 3600


def solved(problem: Problem, start: Plan | None = None) -> Plan:
    plan = rich.solve(problem, after_iterations(200), params=rich.Params(threads=1), start=start)
    assert check(problem, plan) == []
    return plan


def only_one(*stops: dict[str, Any], vehicles: list[dict[str, Any]] | None = None, **more: Any) -> Unserved:
    (left,) = solved(cast.problem(stops=list(stops), vehicles=vehicles, **more)).unserved
    return left


def test_a_capability_nobody_has_is_named() -> None:
    vehicles = [cast.van(), cast.van(id="jetter", count=0, capabilities=["jet"])]
    left = only_one(cast.stop("a", requires=["jet"]), vehicles=vehicles)
    assert (left.stop, left.code) == ("a", "capability")
    assert left.relaxation
    assert left.relaxation.en == "a vehicle with jet"


def test_a_load_too_large_for_every_vehicle_says_how_large_one_would_have_to_be() -> None:
    left = only_one(cast.stop("a", pickup={"kg": 130}))
    assert left.code == "capacity"
    assert left.relaxation
    assert left.relaxation.en == "a vehicle that holds 130 kg"


def test_a_window_over_before_anyone_arrives_says_until_when_it_would_have_to_last() -> None:
    left = only_one(cast.stop("b", windows=[(0, 600)]))
    assert left.code == "window"
    assert left.relaxation
    assert left.relaxation.en == "window until 0:33:20"  # two kilometres at a metre a second


def test_a_shift_that_ends_too_early_says_until_when_it_would_have_to_last() -> None:
    left = only_one(cast.stop("b", duration=600), vehicles=[cast.van(shift={"latest": HOUR})])
    assert left.code == "shift"
    assert left.relaxation
    assert left.relaxation.en == "van until 1:16:40"


def test_a_window_in_which_the_only_van_is_elsewhere_is_widened_by_as_little_as_serves_it() -> None:
    left = only_one(
        cast.stop("a", duration=HOUR, windows=[(1000, 1000)]), cast.stop("b", duration=HOUR, windows=[(2000, 2000)])
    )
    assert left.code == "window"
    assert left.relaxation
    assert left.relaxation.en.startswith("window until 1:")


def test_quiet_during_all_of_its_window_is_the_reason() -> None:
    zone = {"id": "exam", "location": "a", "radius": 100, "periods": [(0, 10 * HOUR)]}
    assert only_one(cast.stop("a", windows=[(0, 9 * HOUR)]), quiet_zones=[zone]).code == "window"


def test_an_optional_stop_dearer_than_its_price_says_what_it_would_cost() -> None:
    left = only_one(cast.stop("f", unserved_price=5), vehicles=[cast.van(per_km=1)])
    assert left.code == "price"
    assert left.relaxation
    assert left.relaxation.en == "a price above 12.00 yuan"


def test_what_comes_after_a_stop_left_out_is_left_out_with_it() -> None:
    stops = [cast.stop("a", pickup={"kg": 130}), cast.stop("b")]
    plan = solved(cast.problem(stops=stops, orders=[{"before": "a", "after": "b"}]))
    assert {str(one.stop): one.code for one in plan.unserved} == {"a": "capacity", "b": "order"}


def test_a_van_too_few_says_which_one_and_when() -> None:
    vans = [cast.van(shift={"latest": 3000}, max_distance=2500)]
    stops = [cast.stop(name, windows=[(1000, 1000)], duration=HOUR // 4) for name in ("a",)]
    stops.append({"id": "a2", "location": "a", "windows": [(1000, 1000)], "duration": HOUR // 4})
    (left,) = solved(cast.problem(stops=stops, vehicles=vans)).unserved
    assert left.relaxation
    assert left.code in {"fleet", "window"}


def test_every_stop_is_listed_when_there_is_no_vehicle() -> None:
    plan = solved(cast.problem(stops=[cast.stop("a"), cast.stop("b")], vehicles=[cast.van(count=0)]))
    assert [(one.stop, one.code) for one in plan.unserved] == [("a", "fleet"), ("b", "fleet")]
