"""A problem that falls apart is searched part by part."""

from __future__ import annotations

import pytest

from paotui.planning.routes import check, rich
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich.lowering import lower
from paotui.planning.routes.rich.parts import parts
from paotui.planning.stop import Progress, Stop, after_iterations
from tests.planning.routes import cast

SWEEPS, MASKS = {"requires": ["sweep"]}, {"requires": ["masks"]}
STOPS = [cast.stop("a", **SWEEPS), cast.stop("b", **MASKS), cast.stop("c", **SWEEPS), cast.stop("d", **MASKS)]
VANS = [
    cast.van(id="sweeper", capabilities=["sweep"], per_km=2),
    cast.van(id="van", capabilities=["masks"], per_km=1),
]


def fallen(**more: object) -> list[set[str]]:
    """The stops of each part."""
    asked: dict[str, object] = {"stops": STOPS, "vehicles": VANS, **more}
    problem = cast.problem(**asked)  # type: ignore[arg-type]
    return [{stop.id for stop in part.stops} for part in parts(lower(problem))]


def test_work_of_two_fleets_is_two_problems() -> None:
    assert fallen() == [{"a", "c"}, {"b", "d"}]


@pytest.mark.parametrize(
    "tie",
    [
        {"orders": [{"before": "a", "after": "b"}]},
        {"together": [{"stops": ["c", "d"]}]},
        {"shipments": [{"id": "s", "pickup": "a", "delivery": "d", "load": {"kg": 1}}]},
        {"published": {"routes": {"sweeper": ["a", "b"]}}},
        {"vehicles": [{**VANS[0], "locked": ["b"]}, VANS[1]]},
        {"vehicles": [*VANS, cast.van(id="both", capabilities=["sweep", "masks"])]},
        {"orders": [{"before": "a@2", "after": "b"}], "rounds": [{"stop": "a", "count": 2, "min_spacing": 60}]},
    ],
)
def test_what_ties_two_fleets_makes_them_one_problem(tie: dict[str, object]) -> None:
    assert fallen(**tie) == [{"a", "b", "c", "d"}]


def test_vehicles_named_by_a_stop_stay_with_the_others_of_their_entry() -> None:
    stops = [cast.stop("a", vehicles=["van#1"]), cast.stop("b", vehicles=["van#2"])]
    assert fallen(stops=stops, vehicles=[cast.van(count=2)]) == [{"a", "b"}]


def test_of_many_parts_the_small_ones_are_put_together() -> None:
    stops = [cast.stop("a", id=f"{k}-{n}", vehicles=[f"van#{k}"]) for k in range(1, 11) for n in range(12 - k)]
    vans = [cast.van(id=f"van#{k}") for k in range(1, 11)]
    found = fallen(stops=stops, vehicles=vans)
    assert len(found) == 8
    assert found[0] == {f"1-{n}" for n in range(11)}
    assert found[-1] == {f"8-{n}" for n in range(4)} | {f"9-{n}" for n in range(3)}


def test_stops_nobody_may_serve_and_idle_vehicles_go_with_the_largest_part() -> None:
    idle = cast.van(id="idle", onboard={"kg": 5}, capacities={"kg": 5}, capabilities=["tow"])
    problem = cast.problem(
        stops=[*STOPS, cast.stop("e", **SWEEPS), cast.stop("f", requires=["fly"])], vehicles=[*VANS, idle]
    )
    first, second = parts(lower(problem))
    assert ({stop.id for stop in first.stops}, {one.id for one in first.vehicles}) == (
        {"a", "c", "e", "f"}, {"sweeper", "idle"},
    )  # fmt: skip
    assert {one.id for one in second.vehicles} == {"van"}
    plan = rich.solve(problem, after_iterations(200), seed=2)
    assert check(problem, plan) == []
    assert {str(one.stop) for one in plan.unserved} == {"f"}


def both(**more: object) -> Problem:
    asked: dict[str, object] = {"stops": STOPS, "vehicles": VANS, **more}
    return cast.problem(**asked)  # type: ignore[arg-type]


def test_the_plan_of_the_whole_is_the_plans_of_its_parts() -> None:
    problem = both(objective={"balance_per_hour2": 3})
    plan = rich.solve(problem, after_iterations(200), seed=4)
    assert check(problem, plan) == []
    assert plan.cost
    assert plan.cost.distance == 2 * 6 + 1 * 8  # out to c and back, out to d and back
    assert [route.vehicle for route in plan.routes] == ["sweeper", "van"]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_iterations_are_shared_out_and_told(threads: int) -> None:
    told = list[Progress]()
    params = rich.Params(threads=threads)
    plan = rich.solve(both(), after_iterations(300), seed=1, params=params, on_progress=told.append)
    assert 290 * threads <= plan.iterations <= 310 * threads
    assert all(one.iterations <= plan.iterations for one in told)


def test_a_search_in_parts_is_cancelled_from_its_own_progress() -> None:
    stop = Stop(seconds=1000)

    def hear(progress: Progress) -> None:
        stop.cancel.set()

    plan = rich.solve(both(), stop, on_progress=hear)
    assert check(both(), plan) == []
    assert plan.unserved == []  # every part has a first plan before any is searched


def test_a_search_in_parts_goes_on_from_a_plan() -> None:
    first = rich.solve(both(), after_iterations(100), seed=1)
    again = rich.solve(both(), after_iterations(100), seed=2, start=first)
    assert [route.trips for route in again.routes] == [route.trips for route in first.routes]
