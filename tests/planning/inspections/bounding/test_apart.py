"""Days on which departments are at several places at once: below every plan, and at the best where it can be found."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from paotui.planning.inspections import bound
from paotui.planning.inspections.arrays import arrays
from paotui.planning.inspections.bounding import prove
from paotui.planning.inspections.bounding.days import Day, days
from paotui.planning.inspections.bounding.table import IMPOSSIBLE, Table

from .. import brute_force, cast
from . import apart

HOURS = 3_600.0


@pytest.mark.parametrize("seed", range(18))
def test_where_people_are_alike_the_bound_is_the_cost_found_by_trying_everything(seed):
    data = apart.drawn(seed)
    left, best = brute_force.best(data)
    made = arrays(cast.read(data))
    proof = prove(made, best + 4_000, HOURS, rounds=500)
    assert left or proof.value == best or (_held(days(made)[0]) and proof.value < best)


@pytest.mark.parametrize("seed", range(18))
def test_a_set_costs_at_first_what_its_departments_travel_each_on_its_own(seed):
    data = apart.drawn(seed)
    (day,) = days(arrays(cast.read(data)))
    sets = list(range(1, 1 << len(day.sites)))
    with Table(day) as table:
        table.build()
        found = table.costs(sets)
    if _held(day):
        return
    for one, cost in zip(sets, found, strict=True):
        chosen = [site for n, site in enumerate(day.sites) if one >> n & 1]
        alone = [_alone(data, key, chosen) for key in _names(data)]
        assert cost == (IMPOSSIBLE if None in alone else sum(alone))


@pytest.mark.parametrize("seed", range(12))
def test_costs_only_rise_with_the_grade_and_stop_at_their_limit(seed):
    (day,) = days(arrays(cast.read(apart.drawn(seed, sites=6))))
    sets = list(range(1, 1 << len(day.sites)))
    with Table(day) as table, Table(day) as other:
        table.build()
        other.build()
        low = table.costs(sets)
        near = other.costs(sets, 2, [cost + 500 for cost in low])
        grades = [low, table.costs(sets, 1), table.costs(sets, 2)]
    assert all(a <= b <= c for a, b, c in zip(*grades, strict=True))
    assert all(b == c or a + 500 <= b <= c for a, b, c in zip(low, near, grades[2], strict=True))


@pytest.mark.parametrize("seed", range(30))
def test_no_bound_lies_above_a_plan_whatever_the_problem(seed):
    problem = cast.read(cast.rough_and_ready(seed, sites=7))
    plan = cast.planned(problem, 3_000)
    if plan.left_out:
        return
    proof = prove(arrays(problem), plan.costs.total + 1_000, HOURS, rounds=60)
    assert proof is None or proof.value <= plan.costs.total


def test_a_plan_of_convoys_is_proven():
    problem = cast.read(apart.drawn(1, sites=7))
    plan = cast.planned(problem, 20_000)
    proof = bound(problem, plan, HOURS, nodes=500)
    assert "sets of sites" in proof.method
    assert proof.proven


def _held(day: Day) -> bool:
    """Whether a department keeps all visits in one sequence: such days are bounded by the best order."""
    return any(one.one_place and len(one.sites) == len(day.sites) for one in day.departments)


def _names(data: dict[str, Any]) -> list[str]:
    return [one["id"] for one in data["departments"]]


def _alone(data: dict[str, Any], department: str, sites: list[int]) -> int | None:
    """The least travel of a department that need not wait for the others; None where it cannot be at all of them."""
    asked = [data["sites"][n] for n in sites]
    mine = [site for site in asked if department in {need["department"] for need in site["needs"]}]
    if not mine:
        return 0
    officers = next(one["officers"] for one in data["departments"] if one["id"] == department)
    office = next(one["office"] for one in data["inspectors"] if one["department"] == department)
    people = sum(one["department"] == department for one in data["inspectors"])
    best = None
    for dealt in itertools.product(range(people // officers), repeat=len(mine)):
        tours = [[mine[n] for n, tour in enumerate(dealt) if tour == k] for k in set(dealt)]
        costs = [_tour(data, department, office, one) for one in tours]
        if None not in costs and (best is None or sum(costs) < best):
            best = sum(costs)
    return None if best is None else best * officers


def _tour(data: dict[str, Any], department: str, office: dict[str, float], sites: list[dict[str, Any]]) -> int | None:
    costs = [_walk(data, department, office, order) for order in itertools.permutations(sites)]
    return min((one for one in costs if one is not None), default=None)


def _walk(
    data: dict[str, Any], department: str, office: dict[str, float], order: tuple[dict[str, Any], ...]
) -> int | None:
    ready, cost, place = cast.at(1, 8), 0, office
    for site in order:
        ways = brute_force.travel(data, place, site["location"])
        longest = max(need["seconds"] for need in site["needs"])
        own = next(need["seconds"] for need in site["needs"] if need["department"] == department)
        (begin, end) = site["windows"][0]
        start = max(begin, ready + ways, _first(data, site))
        if start > end - longest or start > _last(data, site):
            return None
        ready, cost, place = start + (own if data["stay"] == "own" else longest), cost + ways, site["location"]
    home = brute_force.travel(data, place, office)
    return cost + home if ready + home <= cast.at(1, 17) else None


def _first(data: dict[str, Any], site: dict[str, Any]) -> int:
    """The first start for which everybody the site needs can have come."""
    needed = {need["department"] for need in site["needs"]}
    offices = [one["office"] for one in data["inspectors"] if one["department"] in needed]
    return cast.at(1, 8) + max(brute_force.travel(data, office, site["location"]) for office in offices)


def _last(data: dict[str, Any], site: dict[str, Any]) -> int:
    """The last start from which everybody the site needs can still go home."""
    longest = max(need["seconds"] for need in site["needs"])
    last = []
    for need in site["needs"]:
        office = next(one["office"] for one in data["inspectors"] if one["department"] == need["department"])
        stay = need["seconds"] if data["stay"] == "own" else longest
        last.append(cast.at(1, 17) - stay - brute_force.travel(data, site["location"], office))
    return min(last)
