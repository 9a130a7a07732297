from __future__ import annotations

import json
import threading
from decimal import Decimal

import pytest

from paotui.planning import routes
from paotui.planning.faults import ProblemError
from paotui.planning.routes import Params
from paotui.planning.routes.plan import Plan
from paotui.planning.stop import Progress, Stop, after_iterations

from .towns import town

CLUSTERS = Params(engine="decomposed", cluster=100)
WORK = after_iterations(30_000)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return routes.solve(town(600), WORK, seed=1, params=CLUSTERS)


def told(plan: Plan) -> dict[str, object]:
    return plan.model_dump(exclude={"seconds"})


def test_the_plan_holds_and_serves_everybody(plan):
    assert routes.check(town(600), plan) == []
    assert plan.unserved == []


def test_the_same_seed_gives_the_same_plan_however_many_threads_carry_it_out(plan):
    alone = routes.solve(town(600), WORK, seed=1, params=CLUSTERS.model_copy(update={"threads": 1}))
    assert told(alone) == told(plan)
    other = routes.solve(town(600), WORK, seed=2, params=CLUSTERS)
    assert other.routes != plan.routes


def test_the_limit_of_iterations_is_kept(plan):
    assert plan.iterations == 30_000


def test_clusters_come_close_to_the_kernel_on_the_whole_for_equal_work():
    def cost(params: Params) -> Decimal:
        plans = [routes.solve(town(600), WORK, seed=seed, params=params) for seed in (1, 2, 3)]
        return sum((plan.cost.total for plan in plans), Decimal())

    assert cost(CLUSTERS) < cost(Params(engine="whole")) * 103 / 100


@pytest.mark.parametrize("more", [
    {"windows": True}, {"vehicles": 45}, {"unserved_price": 40}, {"windows": True, "vehicles": 12},
])  # fmt: skip
def test_plans_hold_with_windows_few_vehicles_and_prices(more):
    problem = town(400, **more)
    plan = routes.solve(problem, after_iterations(12_000), params=CLUSTERS)
    assert routes.check(problem, plan) == []
    served = sum(len(trip) for route in plan.routes for trip in route.trips)
    assert served + len(plan.unserved) == 400
    assert served > 0


def test_a_plan_to_start_from_never_gets_worse(plan):
    again = routes.solve(town(600), after_iterations(600), seed=3, params=CLUSTERS, start=plan)
    assert again.cost.total <= plan.cost.total


def test_large_problems_go_to_clusters_by_themselves_small_ones_do_not(plan):
    by_size = routes.solve(town(600), WORK, seed=1, params=Params(cluster=100, decompose_from=600))
    assert told(by_size) == told(plan)
    small = routes.solve(town(600), WORK, seed=1, params=Params(cluster=100, decompose_from=601))
    assert small.routes == routes.solve(town(600), WORK, seed=1, params=Params(engine="whole")).routes


def test_cancelling_stops_and_gives_the_plan_so_far():
    cancel, said = threading.Event(), []
    stop = Stop(iterations=10**6, cancel=cancel)

    def listen(progress: Progress) -> None:
        said.append(progress)
        cancel.set()

    problem = town(600)
    plan = routes.solve(problem, stop, params=CLUSTERS, on_progress=listen)
    assert routes.check(problem, plan) == []
    assert 0 < plan.iterations < 10**6 / 2
    assert said[-1].cost == pytest.approx(float(plan.cost.total))


def test_progress_counts_up_and_its_cost_never_rises():
    said: list[Progress] = []
    plan = routes.solve(town(600), WORK, params=CLUSTERS, on_progress=said.append)
    assert [one.iterations for one in said] == sorted(one.iterations for one in said)
    assert [one.cost for one in said] == sorted((one.cost for one in said), reverse=True)
    assert said[-1].cost == pytest.approx(float(plan.cost.total))


@pytest.mark.parametrize("stops", [1, 2, 30])
def test_problems_too_small_for_clusters_are_solved_all_the_same(stops):
    problem = town(stops)
    assert routes.check(problem, routes.solve(problem, after_iterations(500), params=CLUSTERS)) == []


def test_a_problem_that_is_not_classic_is_refused_in_clusters_with_the_reason():
    rich = town(5, windows=True)
    rich = rich.model_copy(update={"vehicles": [rich.vehicles[0].model_copy(update={"open_end": True})]})
    with pytest.raises(ProblemError, match=r'params\.engine: The engine "decomposed" solves classic problems only'):
        routes.solve(rich, after_iterations(10), params=CLUSTERS)


def test_params_name_the_engine_and_refuse_one_that_is_not_there():
    assert routes.read_params(b'{"engine": "ray"}').engine == "ray"
    with pytest.raises(ProblemError, match="engine"):
        routes.read_params(json.dumps({"engine": "magic"}).encode())
