"""The sample district's exam day, all kinds of work together: what is owed fits soon after the search begins."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import paotui.samples
from paotui.planning import routes
from paotui.planning.routes import rich
from paotui.planning.routes.rich import searching
from paotui.planning.routes.rich.lowering import lower
from paotui.planning.routes.rich.parts import parts
from paotui.planning.stop import after_iterations

DAY = Path(paotui.samples.__file__).parent / "erqi" / "problems" / "s6-day.routes.json"


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_owed_is_served_after_two_thousand_iterations(seed):
    problem = routes.read_problem(DAY.read_bytes())
    plan = routes.solve(problem, after_iterations(2_000), seed=seed)
    assert routes.check(problem, plan) == []
    assert not owed_and_left_out(problem, plan)


def owed_and_left_out(problem, plan):
    """Stops; "toilet-3@2" is the second visit of one."""
    owed = {stop.id for stop in problem.stops if stop.unserved_price is None}
    return owed & {str(one.stop).split("@")[0] for one in plan.unserved}


@pytest.mark.parametrize("threads", [1, 2])
def test_with_enough_time_it_is_looked_for_fewer_vehicles(monkeypatch, threads):
    problem = routes.read_problem(DAY.read_bytes())

    def solved():
        plan = rich.solve(problem, after_iterations(4_000), seed=1, params=rich.Params(threads=threads))
        assert routes.check(problem, plan) == []
        assert not owed_and_left_out(problem, plan)
        return [route.trips for route in plan.routes]

    without = solved()
    monkeypatch.setattr(searching, "FEWER_ITERATIONS", 1)
    fewer = solved()
    assert fewer != without
    assert fewer == solved()


def in_one_piece(problem):
    """With a vehicle that may do everything nothing falls apart, and threads search shares of the routes."""
    able = sorted({name for one in problem.vehicles for name in one.capabilities})
    room = {name: 10_000 for one in problem.vehicles for name in one.capacities}
    changes = {"id": "master", "capabilities": able, "capacities": room, "fixed_cost": Decimal(5000)}
    master = problem.vehicles[0].model_copy(update=changes)
    return problem.model_copy(update={"vehicles": [*problem.vehicles, master]})


@pytest.mark.parametrize("made", [lambda problem: problem, in_one_piece], ids=["part by part", "in shares of routes"])
def test_two_threads_make_the_same_plan_again(made):
    problem = made(routes.read_problem(DAY.read_bytes()))
    assert (len(parts(lower(problem))) == 1) == (made is in_one_piece)
    once, again = (routes.solve(problem, after_iterations(1_000), seed=3) for _ in range(2))
    assert routes.check(problem, once) == []
    assert once.model_dump(exclude={"seconds"}) == again.model_dump(exclude={"seconds"})
    alone = routes.solve(problem, after_iterations(1_000), seed=3, params=routes.read_params(b'{"threads": 1}'))
    assert alone.routes != once.routes


def test_a_plan_gone_on_from_keeps_the_times_its_linked_stops_had():
    problem = routes.read_problem(DAY.read_bytes())
    first = rich.solve(problem, after_iterations(1_000), seed=3)
    again = rich.solve(problem, after_iterations(1), seed=3, start=first)
    assert routes.check(problem, again) == []
    assert again.cost.total <= first.cost.total
    assert [route.trips for route in again.routes] == [route.trips for route in first.routes]
