"""The kernel's labels against the slow reference, and what merging labels may and may not do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.planning.routes.bounding.generation import route_cost
from paotui.planning.routes.bounding.pricing import Pricer
from paotui.planning.routes.bounding.relaxation import Floats, Kind
from tests.planning.routes.bounding.reference import cheapest

MANY = 60


def kind(seed: int, n: int, windows: bool, capacity: int | None) -> Kind:
    """Points on a square of a hundred, a unit of way is a unit of time and of cost."""
    random = np.random.default_rng(seed)
    points = random.integers(0, 100, (n + 1, 2))
    way = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    cost = way.copy()
    np.fill_diagonal(cost, np.inf)
    seconds = np.ceil(way).astype(np.int32)
    seconds[:n] += 3
    first = np.append(random.integers(0, 150, n) if windows else np.zeros(n), 0).astype(np.int32)
    last = np.append(first[:n] + random.integers(10, 90, n) if windows else np.full(n, 240), 240).astype(np.int32)
    load = random.integers(1, 9, n).astype(np.int32)
    return Kind(("van",), None, cost, seconds, first, last, load, capacity)


def reduced(one: Kind, seed: int) -> Floats:
    n = len(one.load)
    cost = one.cost.copy()
    cost[:, :n] -= np.random.default_rng(seed + 1).integers(0, 90, n)
    return cost


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6), st.booleans(), st.sampled_from([None, 12, 20]))
def test_with_room_for_all_labels_the_cheapest_route_is_the_references(
    seed: int, n: int, windows: bool, capacity: int | None
) -> None:
    one = kind(seed, n, windows, capacity)
    cost = reduced(one, seed)
    found = Pricer(0, one).price(cost, keep=MANY, exact=True, most=100)
    assert found.least == pytest.approx(cheapest(one, cost), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.booleans())
def test_merged_labels_never_hide_a_route_and_dropped_ones_never_invent_one(seed: int, n: int, windows: bool) -> None:
    one = kind(seed, n, windows, 15)
    cost = reduced(one, seed)
    truth = cheapest(one, cost)
    assert Pricer(0, one).price(cost, keep=1, exact=True, most=100).least <= truth + 1e-9
    assert Pricer(0, one).price(cost, keep=1, exact=False, most=100).least >= truth - 1e-9


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7), st.booleans())
def test_a_route_costs_what_its_ways_cost_without_the_prices_of_its_stops(seed: int, n: int, windows: bool) -> None:
    one = kind(seed, n, windows, 15)
    cost = reduced(one, seed)
    price = one.cost[n, :n] - cost[n, :n]
    for walk in Pricer(0, one).price(cost, keep=3, exact=True, most=100).walks:
        told = route_cost(one, walk.stops) - sum(float(price[stop]) for stop in walk.stops)
        assert walk.cost == pytest.approx(told, abs=1e-9)
        assert walk.loose or sum(one.load[list(walk.stops)]) <= 15


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6), st.floats(-50, 120))
def test_all_routes_below_a_limit_are_found_once(seed: int, n: int, limit: float) -> None:
    one = kind(seed, n, True, 15)
    cost = reduced(one, seed)
    found = Pricer(0, one).all(cost, limit, 5000)
    assert found is not None
    assert len({walk.stops for walk in found}) == len(found)
    assert all(walk.cost < limit and len(set(walk.stops)) == len(walk.stops) for walk in found)
    least = min((walk.cost for walk in found), default=0.0)
    if limit > 0:
        assert min(0.0, least) == pytest.approx(cheapest(one, cost, memory=MANY), abs=1e-9)


def test_too_many_routes_are_told_instead_of_leaving_some_out() -> None:
    one = kind(1, 6, False, None)
    assert Pricer(0, one).all(one.cost, 1e9, 10) is None
