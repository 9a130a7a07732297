"""The best plan of a tiny classic problem by trying everything; times and costs by the checker's own rules."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import combinations, permutations

from paotui.planning.routes import check, cost
from paotui.planning.routes.classic import names_of
from paotui.planning.routes.plan import Plan, Route, Text, Unserved
from paotui.planning.routes.problem import Problem

Value = tuple[int, Decimal]
"""Stops left out that had to be served, then the cost of the rest: the order in which plans are better."""


def best(problem: Problem) -> Value:
    """The value of the best plan there is."""
    everybody = frozenset(stop.id for stop in problem.stops)

    @cache
    def route(vehicle: str, stops: frozenset[str]) -> Value | None:
        found = [value(problem, plan) for order in permutations(sorted(stops))
                 if not check(problem, plan := alone(problem, vehicle, order))]  # fmt: skip
        return min(found, default=None)

    def kinds() -> list[tuple[str, int]]:
        vehicles = [(one, len(names_of(one, len(problem.stops)))) for one in problem.vehicles]
        return [(names_of(one, len(problem.stops))[0], count) for one, count in vehicles if count]

    left: dict[frozenset[str], Value] = {everybody: (0, Decimal(0))}
    for vehicle, count in kinds():
        for _ in range(min(count, len(everybody))):
            left = _with_one_more(left, lambda stops, vehicle=vehicle: route(vehicle, stops), problem)
    return min(_plus(spent, _price(problem, missing)) for missing, spent in left.items())


def _with_one_more(left, route, problem):  # type: ignore[no-untyped-def]
    """By the stops still to be served, what serving the others has cost, after one vehicle more."""
    more = dict(left)
    for todo, spent in left.items():
        for size in range(1, len(todo) + 1):
            for stops in map(frozenset, combinations(sorted(todo), size)):
                one = route(stops)
                if one is None:
                    continue
                rest, total = todo - stops, _plus(spent, _less(one, _price(problem, _others(problem, stops))))
                if rest not in more or total < more[rest]:
                    more[rest] = total
    return more


def alone(problem: Problem, vehicle: str, order: tuple[str, ...]) -> Plan:
    """One route, nothing else."""
    text = Text(zh="此处不论。", en="Of no matter here.")
    rest = [Unserved(stop=name, code="price", reason=text) for name in sorted(_others(problem, frozenset(order)))]
    return Plan(routes=[Route(vehicle=vehicle, trips=[list(order)])], unserved=rest)


def value(problem: Problem, plan: Plan) -> Value:
    """By the checker."""
    must = {stop.id for stop in problem.stops if stop.unserved_price is None}
    missing = sum(str(one.stop) in must for one in plan.unserved)
    return missing, cost(problem, plan).total - missing * problem.objective.default_unserved_price


def _others(problem: Problem, stops: frozenset[str]) -> frozenset[str]:
    return frozenset(stop.id for stop in problem.stops) - stops


def _price(problem: Problem, stops: frozenset[str]) -> Value:
    prices = [stop.unserved_price for stop in problem.stops if stop.id in stops]
    return sum(price is None for price in prices), sum((p for p in prices if p is not None), Decimal(0))


def _plus(one: Value, other: Value) -> Value:
    return one[0] + other[0], one[1] + other[1]


def _less(one: Value, other: Value) -> Value:
    return one[0] - other[0], one[1] - other[1]
