from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from paotui.planning.routes import classic, clusters, kernel
from paotui.planning.stop import after_iterations

from .towns import town


@pytest.fixture(scope="module")
def arrays() -> kernel.Arrays:
    return classic.lower(town(300, vehicles=40)).arrays


@pytest.fixture(scope="module")
def routes(arrays: kernel.Arrays) -> kernel.Routes:
    return kernel.solve(arrays, after_iterations(2000), 1, kernel.Params(threads=1)).routes


def cut(arrays: kernel.Arrays, routes: kernel.Routes, seed: int = 1) -> list[clusters.Cluster]:
    return clusters.cut(arrays, clusters.points_of(arrays), routes, 5, np.random.default_rng(seed))


def test_every_client_is_in_exactly_one_cluster_and_every_route_comes_back_whole(arrays, routes):
    parts = cut(arrays, routes[3:])  # those of three routes are not served
    assert sorted(np.concatenate([part.clients for part in parts]).tolist()) == list(range(300))
    assert sorted(route for part in parts for route in part.back(part.routes)) == sorted(routes[3:])


def test_clusters_are_about_equal(arrays, routes):
    sizes = [len(part.clients) for part in cut(arrays, routes)]
    assert len(sizes) == 5
    assert min(sizes) > 25
    assert max(sizes) < 110


def test_no_vehicle_is_shared_out_twice_and_none_is_lost(arrays, routes):
    for seed in range(5):
        assert sum(int(part.arrays.vehicle[0, 0]) for part in cut(arrays, routes, seed)) == 40


def test_costs_of_clusters_add_up_to_the_cost_of_the_whole(arrays, routes):
    found = kernel.solve(arrays, after_iterations(0), 1, kernel.Params(threads=1), start=routes)
    assert sum(part.cost() for part in cut(arrays, routes)) == found.cost


def test_borders_lie_elsewhere_in_the_next_round(arrays, routes):
    random, points = np.random.default_rng(1), clusters.points_of(arrays)
    first, second = (clusters.cut(arrays, points, routes, 5, random) for _ in range(2))
    assert {frozenset(part.clients.tolist()) for part in first} != {frozenset(part.clients.tolist()) for part in second}


def test_matrices_are_cut_like_coordinates(arrays, routes):
    line = np.sqrt(((arrays.xy[:, None] - arrays.xy[None]) ** 2).sum(axis=2))
    matrix = replace(arrays, xy=None, distance=np.floor(line + 0.5).astype(np.int32))
    parts = cut(matrix, routes)
    assert sorted(route for part in parts for route in part.back(part.routes)) == sorted(routes)
    assert sum(part.cost() for part in parts) == sum(part.cost() for part in cut(arrays, routes))
