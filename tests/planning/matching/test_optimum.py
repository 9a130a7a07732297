"""The worth of a matching against brute force and against another solver, and its proof."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow

from paotui.planning.faults import ProblemError
from paotui.planning.matching import MatchingParams, check, conditions, engine, solve
from paotui.planning.matching.engine import Arcs, Market
from paotui.planning.matching.exchange import Exchange
from paotui.planning.matching.problem import MatchingProblem, Person, read_problem
from paotui.planning.matching.solving import planned
from paotui.planning.plane import Point
from paotui.planning.stop import after_iterations
from tests.planning.matching.labour import drawn, market

STOP = after_iterations(1_000_000)


def best_by_trying(problem: MatchingProblem) -> int:
    """Return the most any matching is worth: every person in turn, every seat left."""

    @cache
    def rest(person: int, seats: tuple[int, ...]) -> int:
        if person == len(problem.people):
            return 0
        most, who = rest(person + 1, seats), problem.people[person]
        for number, vacancy in enumerate(problem.vacancies):
            fits = vacancy.occupation in who.occupations and not conditions.lacking(problem, who, vacancy)
            if seats[number] and fits:
                fewer = (*seats[:number], seats[number] - 1, *seats[number + 1 :])
                most = max(most, conditions.worth(problem, who, vacancy) + rest(person + 1, fewer))
        return most

    return rest(0, tuple(vacancy.seats for vacancy in problem.vacancies))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 7), st.integers(1, 5), st.integers(1, 3))
def test_tiny_markets_are_matched_as_well_as_by_trying_everything(seed, people, vacancies, each):
    problem = drawn(seed, people=people, vacancies=vacancies)
    plan = solve(problem, STOP, params=MatchingParams(each=each))
    assert plan.proven
    assert plan.worth == best_by_trying(problem)
    assert check(problem, plan) == []


@pytest.mark.parametrize("seats", [1, 3, 12])
def test_a_larger_market_is_proven_whatever_the_number_of_seats(seats):
    problem = drawn(7, people=400, vacancies=90, seats=seats)
    plan = solve(problem, STOP, params=MatchingParams(each=3))
    assert plan.proven
    assert check(problem, plan) == []
    assert plan == solve(problem, STOP, seed=9, params=MatchingParams(each=3))


def arcs(draw, people, vacancies):
    counts = draw.integers(0, vacancies + 1, people)
    head = [np.sort(draw.permutation(vacancies)[:count]) for count in counts]
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Arcs(start, np.concatenate(head).astype(np.int32), draw.integers(1, 60, start[-1]).astype(np.int64))


def by_another_solver(market, supply, seats):
    people, flow = len(supply), min_cost_flow.SimpleMinCostFlow()
    for tail, head, worth in zip(market.tails().tolist(), market.head.tolist(), market.worth.tolist(), strict=True):
        flow.add_arc_with_capacity_and_unit_cost(tail, people + head, int(supply[tail]), -worth)
    sink = people + len(seats)
    for person, amount in enumerate(supply.tolist()):
        flow.add_arc_with_capacity_and_unit_cost(person, sink, amount, 0)
        flow.set_node_supply(person, amount)
    for vacancy, amount in enumerate(seats.tolist()):
        flow.add_arc_with_capacity_and_unit_cost(people + vacancy, sink, amount, 0)
    flow.set_node_supply(sink, -int(supply.sum()))
    assert flow.solve() == flow.OPTIMAL
    return -flow.optimal_cost()


def assert_proven(market, solved, supply, seats):
    tails, worth = market.tails(), int((market.worth * solved.flow).sum())
    assert (solved.price >= 0).all()
    assert (solved.rent[tails] + solved.price[market.head] >= market.worth).all()
    assert (np.bincount(tails, solved.flow, len(supply)) <= supply).all()
    assert (np.bincount(market.head, solved.flow, len(seats)) <= seats).all()
    assert worth == int((solved.rent * supply).sum() + (solved.price * seats).sum())
    return worth


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 25), st.integers(1, 9), st.integers(1, 9))
def test_the_kernel_is_exact_with_many_units_a_person_and_after_a_change(seed, people, vacancies, most):
    draw = np.random.default_rng(seed)
    market, supply = arcs(draw, people, vacancies), draw.integers(1, most + 1, people)
    seats = draw.integers(0, 2 * most + 2, vacancies)
    solved = engine.solve(market, supply, seats)
    assert assert_proven(market, solved, supply, seats) == by_another_solver(market, supply, seats)
    market.worth[draw.random(len(market.worth)) < 0.2] = 30
    seats[draw.integers(vacancies)] = draw.integers(0, 5)
    again = engine.solve(market, supply, seats, start=Market(solved.price, solved.rent, solved.flow))
    assert assert_proven(market, again, supply, seats) == by_another_solver(market, supply, seats)


def changes(seed, people, vacancies):
    """Return what comes, changes and leaves, drawn: people changed and new, some gone, vacancies changed and new."""
    draw, other = np.random.default_rng(seed), drawn(seed + 1, people=people + 3, vacancies=vacancies + 2)
    some = [int(row) for row in draw.choice(people, max(2, people // 4), replace=False)]
    gone, came = [f"p{row}" for row in some[::3]], [row for row in some if some.index(row) % 3]
    seats = {int(draw.integers(vacancies)): int(draw.integers(0, 4)) for _ in range(2)}
    which = [int(draw.integers(vacancies)), vacancies, vacancies + 1]
    return {
        "people": [other.people[row] for row in [*came, *range(people, people + int(draw.integers(0, 4)))]],
        "left": gone,
        "seats": seats,
        "vacancies": [other.vacancies[row] for row in which if row not in seats],
    }


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(2, 30), st.integers(1, 12), st.integers(1, 4))
def test_an_exchange_matched_anew_after_changes_is_as_good_as_one_opened_afresh(seed, people, vacancies, each):
    exchange = Exchange(drawn(seed, people=people, vacancies=vacancies), MatchingParams(each=each))
    exchange.match()
    for turn in range(3):
        change = changes(seed + 7 * turn, people, vacancies)
        here = {one.id for one in exchange.problem.people}
        left = [name for name in change["left"] if name in here]
        seats = [exchange.vacancies[row].model_copy(update={"seats": n}) for row, n in change["seats"].items()]
        exchange.rematch(change["people"], left=left, vacancies=[*seats, *change["vacancies"]])
        fresh = again(exchange.problem)
        assert {one.id for one in fresh.people} == (here - {*left}) | {one.id for one in change["people"]}
        assert exchange.proven
        assert exchange.worth() == exchange.bound() == solve(fresh, STOP).worth
        plan = planned(exchange)
        assert plan.proven
        assert check(fresh, plan) == []


def test_a_larger_exchange_is_proven_after_every_one_of_many_changes():
    exchange = Exchange(drawn(3, people=2500, vacancies=250), MatchingParams(each=2))
    exchange.match()
    for turn in range(6):
        other = drawn(50 + turn, people=2500, vacancies=250)
        rows = range(turn * 30, turn * 30 + 30)
        exchange.rematch(
            [other.people[row] for row in rows], left=[f"p{2499 - row}" for row in rows],
            vacancies=[other.vacancies[turn], exchange.vacancies[60 + turn].model_copy(update={"seats": turn % 3})],
        )  # fmt: skip
        assert exchange.proven
    assert check(again(exchange.problem), planned(exchange)) == []


def test_an_exchange_that_moves_far_away_measures_its_distances_anew():
    exchange = Exchange(market([{"id": "p", "at": {"lon": 113.6, "lat": 34.7}}],
                               [{"id": "v", "at": {"lon": 113.6, "lat": 34.7}}]))  # fmt: skip
    exchange.match()
    far = exchange.people[0].model_copy(update={"at": Point(lon=113.7, lat=36.7)})
    exchange.rematch([far])
    assert check(again(exchange.problem), planned(exchange)) == []


def test_a_stopped_exchange_goes_on_where_it_was_stopped():
    problem = drawn(5, people=3000, vacancies=300)
    exchange = Exchange(problem)
    assert exchange.match(lambda iterations: True).stopped
    assert 0 < exchange.worth() < exchange.bound()
    exchange.match()
    assert exchange.proven
    assert check(problem, planned(exchange)) == []


def test_a_bad_change_is_refused_with_its_path_and_changes_nothing():
    exchange = Exchange(market([{"id": "p"}], [{"id": "v"}]))
    exchange.match()
    worth = exchange.worth()
    one = Person.model_validate({"id": "q", "occupations": ["焊工"], "wishes": ["w"]})
    for more, path in [
        ({"people": [one]}, "people[0].wishes[0]"), ({"left": ["x"]}, "left[0]"),
        ({"left": ["p", "p"]}, "left[1]"), ({"left": ["p"], "people": exchange.people}, "left[0]"),
        ({"people": [exchange.people[0]] * 2}, "people[1].id"),
    ]:  # fmt: skip
        with pytest.raises(ProblemError) as caught:
            exchange.rematch(**more)
        assert [fault.path for fault in caught.value.faults] == [path]
        assert exchange.rematch().worth.sum() == worth


def again(problem):
    return read_problem(problem.model_dump_json().encode())


def test_a_plan_is_a_start_for_a_problem_that_has_changed():
    problem, other = drawn(3, people=60, vacancies=20), drawn(4, people=60, vacancies=20)
    before = solve(problem, STOP)
    changed = again(problem.model_copy(update={"people": (*problem.people[:55], *other.people[55:])}))
    after = solve(changed, STOP, start=before)
    assert after.proven
    assert after.worth == solve(changed, STOP).worth
    assert check(changed, after) == []


def test_stopped_at_once_it_still_gives_a_plan_that_holds_with_a_bound():
    problem = drawn(5, people=3000, vacancies=300)
    plan = solve(problem, after_iterations(1))
    assert not plan.proven
    assert 0 < plan.worth < plan.bound
    assert check(problem, plan) == []


def test_a_cancelled_search_gives_a_plan_that_holds_and_progress_is_told():
    problem, stop, told = drawn(5, people=30, vacancies=9), after_iterations(1_000_000), []
    solve(problem, stop, on_progress=told.append)
    assert told
    assert told[-1].iterations > 0
    stop.cancel.set()
    assert check(problem, solve(problem, stop)) == []
