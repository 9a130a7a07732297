"""Random classic problems: every plan holds, is repeatable, and on tiny problems is the best there is."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paotui.planning.routes import Params, check, cost, solve
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes.classic.brute_force import best, value
from tests.planning.routes.classic.cast import PLENTY
from tests.planning.routes.classic.problems import problems

FEN = Decimal("0.02")
"""Costs are rounded to a fen once a plan; those tried out, once a route."""
slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
gently = settings(max_examples=120, deadline=None, suppress_health_check=slow)
rarely = settings(max_examples=25, deadline=None, suppress_health_check=slow)


@gently
@given(problems(), st.integers(0, 9), st.integers(1, 2))
def test_every_plan_passes_the_checker(problem: Problem, seed: int, threads: int) -> None:
    plan = solve(problem, after_iterations(400), seed=seed, params=Params(threads=threads))
    assert plan.engine == "classic"
    assert check(problem, plan) == []


@gently
@given(problems(), st.integers(0, 9))
def test_the_plan_states_what_the_checker_finds_it_costs(problem: Problem, seed: int) -> None:
    plan = solve(problem, after_iterations(200), seed=seed, params=Params(threads=1))
    assert plan.cost is not None
    assert abs(plan.cost.total - cost(problem, plan).total) <= FEN


@rarely
@given(problems(), st.integers(0, 9), st.integers(1, 2))
def test_the_same_seed_and_iterations_give_the_same_plan(problem: Problem, seed: int, threads: int) -> None:
    once, again = (solve(problem, after_iterations(300), seed=seed, params=Params(threads=threads)) for _ in range(2))
    assert once.model_copy(update={"seconds": 0}) == again.model_copy(update={"seconds": 0})


@rarely
@given(problems(most=5), st.integers(0, 9))
def test_a_tiny_problem_is_solved_to_the_optimum(problem: Problem, seed: int) -> None:
    plan = solve(problem, after_iterations(1000), seed=seed, params=Params(threads=1))
    missing, total = value(problem, plan)
    fewest, least = best(problem)
    assert missing == fewest
    assert abs(total - least) <= FEN * max(1, len(plan.routes))


@rarely
@given(problems(most=5), st.integers(0, 9))
def test_threads_on_their_own_solve_a_tiny_problem_to_the_optimum(problem: Problem, seed: int) -> None:
    stop = after_iterations(PLENTY * len(problem.stops))
    plan, again = (solve(problem, stop, seed=seed, params=Params(threads=2)) for _ in range(2))
    missing, total = value(problem, plan)
    fewest, least = best(problem)
    assert (check(problem, plan), missing) == ([], fewest)
    assert abs(total - least) <= FEN * max(1, len(plan.routes))
    assert plan.routes == again.routes


@rarely
@given(problems(), st.integers(0, 9))
def test_beginning_with_a_plan_never_ends_with_a_worse_one(problem: Problem, seed: int) -> None:
    first = solve(problem, after_iterations(100), seed=seed, params=Params(threads=1))
    again = solve(problem, after_iterations(100), seed=seed + 1, params=Params(threads=1), start=first)
    assert check(problem, again) == []
    assert value(problem, again) <= (value(problem, first)[0], value(problem, first)[1] + FEN)


@gently
@given(problems(), problems(), st.integers(0, 9))
def test_a_plan_of_another_problem_does_no_harm_as_a_beginning(one: Problem, other: Problem, seed: int) -> None:
    foreign = solve(other, after_iterations(50), seed=seed, params=Params(threads=1))
    plan = solve(one, after_iterations(50), seed=seed, params=Params(threads=1), start=foreign)
    assert check(one, plan) == []
