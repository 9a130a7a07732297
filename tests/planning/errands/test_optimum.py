from __future__ import annotations

import pytest

from paotui.planning import errands
from paotui.planning.errands.engine import Engine
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
