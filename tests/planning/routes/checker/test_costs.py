"""Costs component by component, and figures of a plan that are not right."""

from __future__ import annotations

from decimal import Decimal

import pytest

from paotui.planning.routes.checker import check, cost
from tests.planning.routes.cast import plan, problem, route, stop, trips, van


def test_fixed_distance_and_duration_are_priced_to_the_fen():
    of = problem(stops=[stop("a")], vehicles=[van(fixed_cost=50, per_km="1.25", per_hour="30"), van(id="idle")])
    found = cost(of, plan(trips("van", "a")))
    assert (found.fixed, found.distance, found.duration) == (Decimal("50.00"), Decimal("2.50"), Decimal("16.67"))
    assert found.total == Decimal("69.17")


def test_overtime_is_the_larger_of_the_two():
    shift = {"earliest": 0, "latest": 1000, "max_overtime": 5000}
    vehicle = van(shift=shift, regular_duration=1500, overtime_per_hour=36)
    assert cost(problem(stops=[stop("a")], vehicles=[vehicle]), plan(trips("van", "a"))).overtime == 10
    vehicle["regular_duration"] = 500
    assert cost(problem(stops=[stop("a")], vehicles=[vehicle]), plan(trips("van", "a"))).overtime == 15


def test_stops_left_out_have_their_price_or_the_default():
    of = problem(stops=[stop("a", unserved_price=7), stop("b")], objective={"default_unserved_price": 1000})
    assert cost(of, plan(unserved=["a", "b"])).unserved == 1007


def test_changing_a_published_plan_has_a_price():
    published = {"routes": {"van#1": ["a", "gone", "b", "c"], "van#2": ["d"], "lost": ["e"]},
                 "per_vehicle_change": 10, "per_succession_change": 1}  # fmt: skip
    of = problem(stops=[stop(one) for one in "abcde"], vehicles=[van(count=2)], published=published)
    same = plan(trips("van#1", "a b c"), trips("van#2", "d e"))
    assert cost(of, same).change == 0
    moved = plan(trips("van#1", "a b"), trips("van#2", "d c e"))
    assert cost(of, moved).change == 10 + 1
    left_out = plan(trips("van#1", "a c"), trips("van#2", "d e"), unserved=["b"])
    assert cost(of, left_out).change == 2


def test_balance_counts_squares_of_hours_and_territory_straight_lines():
    of = problem(stops=[stop("a"), stop("c")], vehicles=[van(count=2, territory="b")],
                 objective={"balance_per_hour2": 36, "territory_per_km": 5})  # fmt: skip
    found = cost(of, plan(trips("van#1", "a"), trips("van#2", "c")))
    assert found.territory == 10
    assert found.balance == Decimal("111.11")  # 36 × ((2000/3600)² + (6000/3600)²)


@pytest.mark.parametrize(
    ("key", "value"),
    [("fixed", "1"), ("distance", "2.51"), ("overtime", "0.01"), ("change", "1"), ("territory", "3"), ("total", "3")],
)
def test_a_stated_cost_that_is_wrong_is_named_with_both_numbers(key, value):
    of = problem(stops=[stop("a")], vehicles=[van(per_km="1.25")])
    right = cost(of, plan(trips("van", "a"))).model_dump()
    assert not check(of, plan(trips("van", "a"), cost=right))
    faults = check(of, plan(trips("van", "a"), cost=right | {key: value}))
    assert [one.path for one in faults] == [f"cost.{key}"]
    assert value in faults[0].text.en
    assert "2.50" in faults[0].text.zh or "0.00" in faults[0].text.zh


def test_stated_lengths_and_loads_are_driven_again():
    of = problem(stops=[stop("a", delivery={"kg": 5}), stop("b", pickup={"kg": 3})])
    visits = ("stop", "a", 1000, 1000, 1000), ("stop", "b", 2000, 2000, 2000)
    right = route("van", 0, 4000, *visits, distance=4000)
    right["visits"][1]["load"] = {"kg": 3}
    assert not check(of, plan(right))
    right["visits"][0]["load"] = {"kg": 5}
    wrong = right | {"distance": 3999, "duration": 4001}
    assert [one.path for one in check(of, plan(wrong))] == [
        "routes[0].distance", "routes[0].duration", "routes[0].visits[0].load"]  # fmt: skip


def test_a_bound_above_the_total_is_none():
    of = problem(stops=[stop("a")], vehicles=[van(per_km=1)])
    stated = cost(of, plan(trips("van", "a"))).model_dump()
    assert not check(of, plan(trips("van", "a"), cost=stated, bound="1.5", gap=0.25))
    assert [one.path for one in check(of, plan(trips("van", "a"), cost=stated, bound="1.5", gap=0.2))] == ["gap"]
    assert [one.path for one in check(of, plan(trips("van", "a"), cost=stated, bound="2.5"))] == ["bound"]
