from __future__ import annotations

import pytest

from paotui.planning import errands
from paotui.planning.errands import Problem
from paotui.planning.errands.bound import bound_of
from paotui.planning.errands.engine import ALONE, BESIDE, Engine
from paotui.planning.errands.network import network_of
from paotui.planning.errands.params import Params
from paotui.planning.stop import after_iterations
from tests.planning.errands.problems import best_cost, problem, tour_cost

STOP = after_iterations(200)


@pytest.mark.parametrize("seed", range(60))
def test_a_small_plan_costs_what_trying_everything_finds(seed: int) -> None:
    found = problem(seed, errands=3 if seed % 2 else 2, most_steps=2 if seed % 2 else 3)
    plan = errands.solve(found, STOP, seed=seed)
    assert errands.check(found, plan) == []
    assert plan.proven
    assert plan.costs.total == best_cost(found)


@pytest.mark.parametrize("seed", range(12))
def test_the_dynamic_programme_needs_no_good_start(seed: int) -> None:
    found = problem(seed + 500, errands=4, most_steps=3, runners=3)
    engine = Engine(network_of(found).instance)
    nothing_done = sum(found.weights.undone * errand.priority for errand in found.errands)
    answer = engine.exact(nothing_done + 1)
    assert isinstance(answer, tuple)
    assert answer[1] == errands.solve(found, STOP).costs.total


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_costs_less_than_either_bound(seed: int) -> None:
    found = problem(seed + 2000, errands=3, most_steps=3, runners=2, within=seed % 4 == 0)
    network = network_of(found)
    engine = Engine(network.instance)
    answer = engine.improve(seconds=None, iterations=300, seed=1, params=Params())
    assert engine.bound() <= answer[1]
    assert bound_of(network.instance) <= answer[1]


def test_the_tree_knows_the_cost_of_a_day_without_waiting() -> None:
    data = problem(1, errands=1).model_dump()
    data["errands"] = [{"id": f"e{k}", "steps": [{"place": f"p{k}"}]} for k in range(1, 5)]
    data["runners"] = data["runners"][:1]
    data["runners"][0] |= {"shifts": [[0, 86_400]], "capacity": {}}
    found = Problem.model_validate(data)
    best = errands.solve(found, STOP)
    assert best.proven
    assert best.costs.total * 0.9 <= Engine(network_of(found).instance).bound() <= best.costs.total


@pytest.mark.parametrize("seed", range(15))
def test_where_an_errand_fits_agrees_with_inserting_it(seed: int) -> None:
    found = problem(seed + 300, errands=6, most_steps=3, runners=2)
    network = network_of(found)
    engine = Engine(network.instance)
    tours, _, _ = engine.improve(seconds=None, iterations=20, seed=1, params=Params())
    done = {network.stops[stop][0] for tour in tours for stop in tour}
    missing = [e for e in range(len(found.errands)) if e not in done]
    allowed = network.instance.allowed
    for errand, fits in zip(missing, engine.fits(tours, missing), strict=True):
        may = [v for v in range(len(tours)) if allowed is None or allowed[errand, v]]
        beside = any(engine.insert(tours[v], v, errand) for v in may)
        alone = any(engine.insert([], v, errand) for v in may)
        assert fits == (BESIDE if beside else ALONE if alone else 0)


@pytest.mark.parametrize("seed", range(25))
def test_the_search_alone_finds_the_optimum_of_ten_stops(seed: int) -> None:
    found = problem(seed + 900, errands=4, most_steps=3, runners=2)
    engine = Engine(network_of(found).instance)
    _, cost, _ = engine.improve(seconds=None, iterations=3000, seed=1, params=Params())
    assert cost == errands.solve(found, STOP).costs.total


@pytest.mark.parametrize("seed", range(40))
def test_an_insertion_is_the_cheapest_of_all_places(seed: int) -> None:
    found = problem(seed + 100, errands=4, most_steps=3, runners=1)
    network = network_of(found)
    engine, last = Engine(network.instance), len(found.errands) - 1
    tour: list[int] = []
    for errand in range(last):
        if wider := engine.insert(tour, 0, errand):
            tour = wider[1]
    before = engine.cost(tour, 0)
    assert before == tour_cost(found, 0, [network.stops[stop] for stop in tour])
    prices = [
        tour_cost(found, 0, [network.stops[stop] for stop in wider])
        for wider in _all_insertions(tour, list(network.instance.stops_of(last)))
    ]
    fine = [price for price in prices if price is not None]
    answer = engine.insert(tour, 0, last)
    assert (answer is None) == (not fine)
    if answer is not None:
        assert before is not None
        assert answer[0] == min(fine) - before


def _all_insertions(tour: list[int], chain: list[int]) -> list[list[int]]:
    found = [(tour, 0)]
    for stop in chain:
        found = [
            ([*some[:at], stop, *some[at:]], at + 1) for some, since in found for at in range(since, len(some) + 1)
        ]
    return [some for some, _ in found]
