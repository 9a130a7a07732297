"""Stopping, cancelling and telling how it goes."""

from __future__ import annotations

from paotui.planning.routes import check, rich, unserved
from paotui.planning.stop import Progress, Stop, after_iterations
from tests.planning.routes import cast

STOPS = [cast.stop(name, pickup={"kg": 30}) for name in "abcdef"]
PROBLEM = cast.problem(stops=STOPS, vehicles=[cast.van(id="one", per_km=1), cast.van(id="two", per_km=1)])


def test_a_search_cancelled_before_it_began_still_lists_every_stop() -> None:
    stop = Stop(seconds=1000)
    stop.cancel.set()
    plan = rich.solve(PROBLEM, stop)
    assert check(PROBLEM, plan) == []


def test_a_search_is_cancelled_from_its_own_progress() -> None:
    stop, told = Stop(seconds=1000), list[Progress]()

    def hear(progress: Progress) -> None:
        told.append(progress)
        stop.cancel.set()

    plan = rich.solve(PROBLEM, stop, on_progress=hear)
    assert told
    assert check(PROBLEM, plan) == []


def test_more_iterations_never_cost_more_than_the_start_they_go_on_from() -> None:
    first = rich.solve(PROBLEM, after_iterations(1), seed=3)
    again = rich.solve(PROBLEM, after_iterations(300), seed=3, start=first)
    assert first.cost
    assert again.cost
    assert again.cost.total <= first.cost.total


def test_a_search_cancelled_while_leaving_out_is_dear_gives_its_best_plan_at_true_prices() -> None:
    stops = [*STOPS, cast.stop("g", location="f", unserved_price=1)]
    problem = PROBLEM.model_copy(update={"stops": cast.problem(stops=stops).stops})
    stop = Stop(iterations=200)
    seen = list[int]()

    def hear(progress: Progress) -> None:
        seen.append(progress.iterations)
        stop.cancel.set()

    plan = rich.solve(problem, stop, on_progress=hear)
    assert check(problem, plan) == []
    assert {str(one.stop) for one in plan.unserved} <= {"g"}


def test_a_stop_worth_its_price_that_the_search_had_no_time_for_is_said_to_be() -> None:
    problem = cast.problem(stops=[cast.stop("a", unserved_price=500)], vehicles=[cast.van(per_km=1)])
    (left,) = unserved.reasons(problem, cast.plan(unserved=["a"]))
    assert left.code == "search"
    assert "less than the 500.00" in left.reason.en
