"""A vehicle is lost: its stops stay together on one that stands idle, where that is the cheaper beginning."""

from __future__ import annotations

import pytest

from paotui.planning import reading
from paotui.planning.routes import Params, beginning, check, classic, kernel, regaining, solve
from paotui.planning.routes.plan import Plan, Route
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import Stop, after_iterations

NEAR, FAR = [f"n{k}" for k in range(9)], [f"f{k}" for k in range(8)]
LEFT = Plan(routes=[Route(vehicle="van#1", trips=[list(NEAR)])])
"""What remains of a plan whose other vehicle, that of the far stops, is lost."""


def two_estates(*, vans: int, carries: int, sending: int = 0) -> Problem:
    """Nine stops near the depot and eight far from it, each with a load of one."""
    places = [{"id": "depot", "x": 0, "y": 0}]
    places += [{"id": name, "x": 500 + 10 * k, "y": 0} for k, name in enumerate(NEAR)]
    places += [{"id": name, "x": -9000, "y": 10 * k} for k, name in enumerate(FAR)]
    return reading.validate(Problem, {
        "locations": places, "travel": {"type": "planar", "rounding": "round"},
        "stops": [{"id": name, "location": name, "delivery": {"kg": 1}} for name in [*NEAR, *FAR]],
        "vehicles": [{"id": "van", "count": vans, "start": "depot", "capacities": {"kg": carries}, "per_km": 1000,
                      "fixed_cost": sending}],
    })  # fmt: skip


def begun(problem: Problem, stop: Stop) -> tuple[kernel.Routes | None, kernel.Routes | None]:
    """What is left of the plan, and what the search begins with."""
    lowered = classic.lower(problem)
    given = beginning.routes(lowered, LEFT)
    return given, regaining.regained(lowered.arrays, stop, 1, kernel.Params(), given)


def test_the_stops_of_a_lost_vehicle_stay_together_on_an_idle_one() -> None:
    given, found = begun(two_estates(vans=3, carries=11), after_iterations(10))
    assert given
    assert found
    assert found[:-1] == given
    assert sorted(found[-1][1]) == list(range(len(NEAR), len(NEAR) + len(FAR)))


def test_nobody_is_sent_where_the_vehicles_at_work_can_do_it_for_less() -> None:
    given, found = begun(two_estates(vans=3, carries=17, sending=50_000), after_iterations(10))
    assert found is given


def test_nobody_is_sent_where_nobody_stands_idle() -> None:
    given, found = begun(two_estates(vans=1, carries=17), after_iterations(10))
    assert found is given


def test_it_is_not_tried_when_no_time_is_left() -> None:
    given, found = begun(two_estates(vans=3, carries=11), Stop(seconds=1, begun=-100.0))
    assert found is given


@pytest.mark.parametrize(("sending", "tried"), [(0, True), (1, False)])
def test_without_the_time_to_compare_a_vehicle_that_costs_nothing_is_sent(
    sending: int, tried: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regaining, "NEEDED", 1e12)
    monkeypatch.setattr(regaining, "_cheaper", lambda *_: pytest.fail("there is no time to compare"))
    given, found = begun(two_estates(vans=3, carries=11, sending=sending), after_iterations(10))
    assert given
    assert found
    assert len(found) == len(given) + tried


@pytest.mark.parametrize("vans", [1, 2, 3])
def test_the_plan_holds_and_is_the_same_for_the_same_seed(vans: int) -> None:
    problem = two_estates(vans=vans, carries=11)
    one, two = (solve(problem, after_iterations(50), seed=3, params=Params(threads=2), start=LEFT) for _ in range(2))
    assert check(problem, one) == []
    assert one.routes == two.routes
    assert len(one.unserved) == (6 if vans == 1 else 0)
