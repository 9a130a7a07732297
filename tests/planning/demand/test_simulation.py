"""Overflow risk and containers for a service level: seeded, monotone, and right where it can be worked out."""

from __future__ import annotations

import numpy as np
import pytest

from paotui.planning.demand import simulation
from paotui.planning.demand.masks import Collection
from paotui.planning.faults import ProblemError
from tests.planning.demand.cast import CHINESE, MATHEMATICS, PAPERS, PARAMETERS, site


def risk(one, seed=1, runs=800, visits=None):
    return simulation.overflow_risk(one, PAPERS, PARAMETERS, np.random.default_rng(seed), runs, visits)


def test_the_same_seed_gives_the_same_risk():
    assert risk(site()) == risk(site())
    assert risk(site(), seed=2) != risk(site())


def test_one_small_container_overflows_and_forty_do_not():
    late = [[Collection(paper.ends + 7_200, paper.ends + 7_200, 0, 0, 0)] for paper in PAPERS]
    assert risk(site(containers=1), visits=late).any.value == 1
    assert risk(site(containers=40), visits=late).any.value == 0


def test_every_container_has_a_risk_of_its_own_below_that_of_any():
    found = risk(site(containers=2))
    assert len(found.containers) == 2
    assert max(found.containers) <= found.any.value <= sum(found.containers)
    assert 0 < found.any.value < 1


def test_more_visits_lower_the_risk():
    once = [[Collection(paper.ends + 3_600, paper.ends + 3_600, 0, 0, 0)] for paper in PAPERS]
    twice = [
        [Collection(paper.ends + at, paper.ends + at, 0, 0, 0) for at in (600, 3_600)] for paper in PAPERS
    ]  # fmt: skip
    few = site(containers=2)
    assert risk(few, visits=twice).any.value < risk(few, visits=once).any.value


def test_what_no_visit_fetches_counts_as_well():
    nothing = [[Collection(paper.starts - 7_200, paper.starts - 7_200, 0, 0, 0)] for paper in PAPERS]
    assert risk(site(containers=1), visits=nothing).any.value == 1


def test_litres_are_spread_around_the_expected_ones():
    low, middle, high = risk(site()).litres
    assert low < 278 * 1.15 < high
    assert low < middle < high


def test_a_higher_service_level_never_needs_fewer_containers():
    needed = [simulation.containers_for(site(), PAPERS, PARAMETERS, level, 1, 400).value for level in (0.5, 0.9, 0.99)]
    assert needed == sorted(needed)
    assert needed[0] < needed[-1]


def test_a_larger_site_never_needs_fewer_containers():
    needed = [
        simulation.containers_for(site(candidates=count), PAPERS, PARAMETERS, 0.95, 1, 400).value
        for count in (200, 600, 1_200)
    ]
    assert needed == sorted(needed)


def test_containers_for_a_level_keep_it_and_one_fewer_does_not():
    needed = int(simulation.containers_for(site(), PAPERS, PARAMETERS, 0.95, 1, 400).value)
    visits = [[simulation._only_visit(paper, PARAMETERS)] for paper in PAPERS]
    assert risk(site(containers=needed), runs=400, visits=visits).any.value <= 0.05
    assert risk(site(containers=needed - 1), runs=400, visits=visits).any.value > 0.05


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, float("nan")])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(ProblemError, match="level"):
        simulation.containers_for(site(), [CHINESE], PARAMETERS, level, 1)


@pytest.mark.parametrize("runs", [0, -1, 10**9])
def test_runs_that_are_none_or_too_many_are_refused(runs):
    with pytest.raises(ProblemError, match="runs"):
        simulation.overflow_risk(site(), [MATHEMATICS], PARAMETERS, np.random.default_rng(1), runs)


def test_the_risk_names_what_nobody_has_verified():
    assert "loose volume of a used mask" in {one.en for one in risk(site()).any.unverified}
