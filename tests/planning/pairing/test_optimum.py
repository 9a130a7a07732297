"""Service, balance and cost of a pairing against brute force, and their proofs."""

from __future__ import annotations

import itertools
import random
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.planning.pairing import PairingParams, check, conditions, solve
from paotui.planning.stop import after_iterations
from tests.planning.pairing.offices import drawn, office

STOP = after_iterations(1_000_000)


def by_trying(problem):
    """Return the fewest groups unserved, and for each set served the least peak and then cost, of all plans."""
    groups = problem.groups(problem.roles[0])
    choices = []
    for group in groups:
        open_ = [at for at, unit in enumerate(problem.units)
                 if not any(conditions.lacking(problem, unit, one) for one in group)]  # fmt: skip
        choices.append([*open_, None])
    best = {}
    for plan in itertools.product(*choices):
        loads, cost = [0] * len(problem.units), 0
        for group, at in zip(groups, plan, strict=True):
            if at is not None:
                loads[at] += sum(one.load for one in group)
                cost += sum(conditions.cost(problem, problem.units[at], one) for one in group)
        if all(unit.most is None or load <= unit.most for load, unit in zip(loads, problem.units, strict=True)):
            served = tuple(at is not None for at in plan)
            peak = max(Fraction(load, unit.strength) for load, unit in zip(loads, problem.units, strict=True))
            best[served] = min(best.get(served, (peak, cost)), (peak, cost))
    return max(map(sum, best)), best


def assert_best(problem, plan, groups_served):
    served = {one.compound for one in plan.pairs}
    key = tuple(group[0].id in served for group in problem.groups(problem.roles[0]))
    most, best = groups_served
    assert sum(key) == most
    assert (plan.roles[0].peak.value, plan.roles[0].cost) == best[key]
    assert plan.proven
    assert check(problem, plan) == []


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 4), st.integers(1, 5), st.booleans(), st.booleans(), st.integers(1, 3))
def test_tiny_offices_are_paired_as_well_as_by_trying_everything(seed, units, compounds, heavy, whole, each):
    problem = drawn(seed, units=units, compounds=compounds, heavy=heavy, whole=whole)
    plan = solve(problem, STOP, params=PairingParams(each=each))
    assert_best(problem, plan, by_trying(problem))


@pytest.mark.parametrize(("units", "compounds"), [(30, 400), (7, 300)])
def test_equal_loads_are_proven_by_certificates_alone(units, compounds):
    problem = drawn(11, units=units, compounds=compounds, heavy=False)
    plan = solve(problem, STOP, params=PairingParams(each=3))
    assert plan.roles[0].peak_proof == plan.roles[0].cost_proof == "certificate"
    assert check(problem, plan) == []
    assert plan == solve(problem, STOP, seed=5, params=PairingParams(each=3))


def test_many_different_loads_come_with_bounds_where_no_search_is_possible():
    draw = drawn(12, units=12, compounds=300, heavy=True)
    problem = office([{"id": f"u{n}", "at": one.at} for n, one in enumerate(draw.units)],
                     [{"id": one.id, "at": one.at, "load": one.load} for one in draw.compounds])  # fmt: skip
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    role = plan.roles[0]
    assert not plan.unserved
    assert role.peak_bound.value <= role.peak.value <= role.peak_bound.value + 1
    assert role.bound <= role.cost <= role.bound * 1.02
    assert check(problem, plan) == []


def unlike(seed, *, units, compounds, loads, strengths=(1, 2, 3)):
    """Return an office without conditions."""
    draw = random.Random(seed)

    def place():
        return {"lon": 113.6 + draw.random() / 20, "lat": 34.7 + draw.random() / 20}

    return office([{"id": f"u{n}", "at": place(), "strength": draw.choice(strengths)} for n in range(units)],
                  [{"id": f"c{n}", "at": place(), "load": draw.choice(loads)} for n in range(compounds)])  # fmt: skip


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_units_left_with_too_little_each_make_room_together(seed):
    problem = unlike(seed, units=40, compounds=300, loads=[5, 6, 7])
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    assert plan.roles[0].peak_proof == "certificate"
    assert check(problem, plan) == []


@pytest.mark.parametrize("seed", [2, 5, 7])
def test_rents_prove_more_than_prices_and_never_too_much(seed):
    draw = drawn(seed, units=5, compounds=24, heavy=True)
    problem = office([{"id": f"u{n}", "at": one.at} for n, one in enumerate(draw.units)],
                     [{"id": one.id, "at": one.at, "load": one.load} for one in draw.compounds])  # fmt: skip
    best = solve(problem, STOP, params=PairingParams(seconds_searched=60)).roles[0]
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    role = plan.roles[0]
    prices_only = role.model_copy(update={"rents": {}})
    faults = check(problem, plan.model_copy(update={"roles": (prices_only,)}))
    assert best.cost_proof == "search"
    assert (role.peak.value, role.bound <= best.cost <= role.cost) == (best.peak.value, True)
    assert role.rents
    assert int(re.search(r"the prices prove (\d+)", str(faults[0])).group(1)) < role.bound


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 4), st.integers(1, 5), st.booleans())
def test_without_an_exhaustive_search_no_peak_is_proven_that_trying_everything_beats(seed, units, compounds, whole):
    problem = drawn(seed, units=units, compounds=compounds, heavy=True, whole=whole)
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    served = {one.compound for one in plan.pairs}
    key = tuple(group[0].id in served for group in problem.groups(problem.roles[0]))
    peak, _ = by_trying(problem)[1][key]
    role = plan.roles[0]
    assert role.peak_bound.value <= peak <= role.peak.value
    assert check(problem, plan) == []


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_a_peak_that_cannot_be_proven_comes_near_its_bound(seed):
    problem = unlike(seed, units=20, compounds=70, loads=range(300, 900))
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    role = plan.roles[0]
    assert role.peak_bound.value < role.peak.value < role.peak_bound.value * Fraction(1006, 1000)
    assert check(problem, plan) == []


def test_coarse_loads_that_fill_their_units_are_shared_out_between_two_at_a_time():
    problem = unlike(2, units=12, compounds=240, loads=range(100, 900))
    role = solve(problem, STOP, params=PairingParams(searched=0)).roles[0]
    assert role.peak_proof == "certificate"
    assert role.cost < role.bound * 1.12


@pytest.mark.parametrize(
    ("loads", "peak", "proven"),
    [([30, 31, 32], 244, "weights"), ([1, 40], 160, "weights"), ([2, 3, 4, 5], 27, "witness")],
)
def test_loads_that_stay_whole_prove_a_higher_peak_than_load_that_is_shared(loads, peak, proven):
    problem = unlike(1, units=40, compounds=300, loads=loads, strengths=[1])
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    role = plan.roles[0]
    assert (role.peak_proof, role.peak.value) == ("certificate", peak)
    assert (role.peak.value > -(-sum(one.load for one in problem.compounds) // 40)) == (proven == "weights")
    assert [name for name in ("witness", "weights") if getattr(role, name)] == [proven]
    assert check(problem, plan) == []


def test_weights_that_prove_nothing_are_found_out():
    problem = unlike(1, units=40, compounds=300, loads=[30, 31, 32], strengths=[1])
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    role = plan.roles[0]
    assert role.weights
    told = plan.model_copy(update={"roles": (role.model_copy(update={"weights": role.weights[:1]}),)})
    assert [one.path for one in check(problem, told)] == ["roles[0].weights"]


def test_an_old_pair_is_kept_unless_the_gain_is_worth_it():
    near, far = {"lon": 113.60, "lat": 34.70}, {"lon": 113.62, "lat": 34.70}  # 1,829 m: 18 points
    units = [{"id": "near", "at": near}, {"id": "far", "at": far}]
    compounds = [{"id": "a", "at": near}, {"id": "b", "at": far}]
    old = [{"unit": "far", "compound": "a"}, {"unit": "near", "compound": "b"}]

    def pairs(keep):
        plan = solve(office(units, compounds, before=old, weights={"keep": keep}), STOP)
        return {(one.unit, one.compound) for one in plan.pairs}

    assert pairs(50) == {("far", "a"), ("near", "b")}
    assert pairs(10) == {("near", "a"), ("far", "b")}


def test_balance_comes_before_distance():
    here, there = {"lon": 113.60, "lat": 34.70}, {"lon": 113.70, "lat": 34.80}
    problem = office([{"id": "here", "at": here}, {"id": "there", "at": there}],
                     [{"id": f"c{n}", "at": here} for n in range(4)])  # fmt: skip
    plan = solve(problem, STOP)
    assert plan.roles[0].peak.value == 2
    assert sorted(one.unit for one in plan.pairs) == ["here", "here", "there", "there"]


def test_stopped_at_once_it_still_gives_a_plan_that_holds():
    for heavy in (False, True):
        problem = drawn(13, units=40, compounds=2500, heavy=heavy)
        plan = solve(problem, after_iterations(1))
        assert plan.pairs
        assert check(problem, plan) == []


def test_a_cancelled_search_gives_a_plan_that_holds_and_progress_is_told():
    problem, stop, told = drawn(5, units=6, compounds=40, heavy=True), after_iterations(1_000_000), []
    solve(problem, stop, on_progress=told.append)
    assert told
    assert told[-1].iterations > 0
    stop.cancel.set()
    assert check(problem, solve(problem, stop)) == []
