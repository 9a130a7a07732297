"""Routes whose order stands are driven when it costs least."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from paotui.planning.routes import check
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.routes.rich.engine import Found, Limits, run
from paotui.planning.routes.rich.lifting import plan_of
from paotui.planning.routes.rich.lowering import lower
from paotui.planning.routes.rich.retiming import retimed
from tests.planning.routes import cast
from tests.planning.routes.problems import problems
from tests.planning.routes.rich.test_every_kind import gently

STOP, STATION, BREAK, WHOLE = range(4)


def timed(problem: Problem, *rows: tuple[int, int, int, int, int, int]) -> Plan:
    """The plan that routes given row by row (vehicle, kind, number, arrival, start, end) become; it has no fault."""
    lowered = lower(problem)
    before = plan_of(lowered, Found(np.array(rows, np.int32), 0.0, 0))
    assert check(problem, before) == []
    assert before.cost
    found = retimed(lowered, Found(np.array(rows, np.int32), float(before.cost.total), 0))
    after = plan_of(lowered, found)
    assert check(problem, after) == []
    assert after.cost
    assert abs(float(after.cost.total) - found.cost) < 0.02
    return after


SWEEP_AND_FLUSH = {
    "stops": [cast.stop("a", duration=100), cast.stop("b", duration=100, windows=[(2000, 9000)])],
    "vehicles": [cast.van(id="sweeper", per_hour=36), cast.van(id="flusher", per_hour=36)],
    "orders": [{"before": "a", "after": "b", "max_gap": 1000}],
}


def test_who_waited_for_the_other_leaves_later() -> None:
    plan = timed(
        cast.problem(**SWEEP_AND_FLUSH),  # type: ignore[arg-type]
        (0, WHOLE, 0, 0, 0, 2300), (0, STOP, 0, 1000, 1200, 1300),
        (1, WHOLE, 0, 0, 0, 4300), (1, STOP, 1, 2000, 2200, 2300),
    )  # fmt: skip
    sweeper, flusher = plan.routes
    assert (sweeper.duration, flusher.duration) == (2100, 4100)
    assert flusher.visits[0].start - sweeper.visits[0].end <= 1000
    assert [visit.arrival for visit in (sweeper.visits[0], flusher.visits[0])] == [
        visit.start for visit in (sweeper.visits[0], flusher.visits[0])
    ]


def test_the_dearer_of_two_waits_less() -> None:
    """Both stops start together; only one of the two vehicles can come without waiting for its second stop."""
    problem = cast.problem(
        stops=[
            cast.stop("a"),
            cast.stop("b"),
            cast.stop("c", windows=[(5000, 5000)]),
            cast.stop("d", windows=[(9000, 9000)]),
        ],
        vehicles=[cast.van(id="cheap", per_hour=1), cast.van(id="dear", per_hour=50)],
        together=[{"stops": ["a", "b"]}],
    )
    plan = timed(
        problem,
        (0, WHOLE, 0, 0, 0, 13000), (0, STOP, 0, 1000, 2000, 2000), (0, STOP, 3, 5000, 9000, 9000),
        (1, WHOLE, 0, 0, 0, 8000), (1, STOP, 1, 2000, 2000, 2000), (1, STOP, 2, 3000, 5000, 5000),
    )  # fmt: skip
    starts = {visit.id: visit.start for route in plan.routes for visit in route.visits}
    assert starts == {"a": 4000, "b": 4000, "c": 5000, "d": 9000}


def test_a_rest_on_arrival_and_one_after_work_stay_where_they_are() -> None:
    rests = [{"earliest": 0, "latest": 5000, "duration": 300}, {"earliest": 0, "latest": 9000, "duration": 200}]
    problem = cast.problem(
        stops=[cast.stop("a", duration=100), cast.stop("b", duration=100)],
        vehicles=[cast.van(id="sweeper", per_hour=36, breaks=rests), cast.van(id="flusher", per_hour=36)],
        orders=[{"before": "a", "after": "b"}],
    )
    plan = timed(
        problem,
        (0, WHOLE, 0, 0, 0, 3000), (0, BREAK, 0, 1200, 1200, 1500), (0, STOP, 0, 1000, 1700, 1800),
        (0, BREAK, 1, 1800, 1800, 2000),
        (1, WHOLE, 0, 0, 0, 4200), (1, STOP, 1, 2000, 2100, 2200),
    )  # fmt: skip
    visits = plan.routes[0].visits
    assert [visit.kind for visit in visits] == ["break", "stop", "break"]
    assert visits[1].arrival <= visits[0].start
    assert (plan.routes[0].duration, plan.routes[1].duration) == (2600, 4100)


def test_a_rest_that_was_not_owed_is_not_owed_now() -> None:
    """Leaving at 1 000 would take as long and be over earlier, and owe a rest."""
    rest = {"earliest": 1500, "latest": 2000, "duration": 100}
    problem = cast.problem(
        stops=[cast.stop("a"), cast.stop("b", windows=[(2000, 2000)])],
        vehicles=[cast.van(id="one", per_hour=1, breaks=[rest]), cast.van(id="two", per_hour=1)],
        orders=[{"before": "b", "after": "a"}],
    )
    plan = timed(
        problem,
        (0, WHOLE, 0, 1500, 1500, 4000), (0, STOP, 0, 2500, 3000, 3000),
        (1, WHOLE, 0, 0, 0, 4000), (1, STOP, 1, 2000, 2000, 2000),
    )  # fmt: skip
    assert plan.routes[0].start >= 1500
    assert plan.routes[0].duration == 2000


def test_a_trip_leaves_the_station_when_its_stops_are_released() -> None:
    problem = cast.problem(
        stops=[cast.stop("a", delivery={"kg": 60}), cast.stop("b", delivery={"kg": 60}, release=5000), cast.stop("c")],
        vehicles=[cast.van(per_hour=36, stations=["home"]), cast.van(id="other", per_hour=36)],
        stations=[{"id": "home", "location": "depot"}],
        orders=[{"before": "b", "after": "c"}],
    )
    plan = timed(
        problem,
        (0, WHOLE, 0, 0, 0, 9000), (0, STOP, 0, 1000, 1000, 1000), (0, STATION, 0, 2000, 2000, 2000),
        (0, STOP, 1, 7000, 7000, 7000),
        (1, WHOLE, 0, 0, 0, 10100), (1, STOP, 2, 3000, 7100, 7100),
    )  # fmt: skip
    assert [route.duration for route in plan.routes] == [6000, 6000]
    assert plan.routes[0].visits[2].arrival == 7000


def test_what_nothing_ties_is_left_as_it_is() -> None:
    problem = cast.problem(stops=[cast.stop("a")], vehicles=[cast.van(per_hour=36)])
    lowered = lower(problem)
    found = Found(np.array([(0, WHOLE, 0, 0, 0, 2500), (0, STOP, 0, 1000, 1500, 1500)], np.int32), 25.0, 0)
    assert retimed(lowered, found) is found


@gently
@given(problems(), st.integers(0, 9))
def test_no_plan_becomes_dearer_or_faulty(problem: Problem, seed: int) -> None:
    lowered = lower(problem)
    found = run(lowered, Limits(iterations=60, seed=seed, neighbours=30, hot=5, cold=0.15))
    before, after = plan_of(lowered, found), plan_of(lowered, retimed(lowered, found))
    faults, known = ([fault.path for fault in check(problem, plan)] for plan in (after, before))
    assert faults == known  # of what is left out without a reason
    assert before.cost
    assert after.cost
    assert after.cost.total <= before.cost.total
