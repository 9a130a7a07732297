"""Masks → kilograms → containers → visits: figures worked out by hand, and what must hold for every site."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from paotui.planning.demand import masks, read_sites
from paotui.planning.faults import ProblemError
from tests.planning.demand.cast import CHINESE, PARAMETERS, site, with_values

hurried = settings(max_examples=60, deadline=None)
sites = st.builds(
    site,
    candidates=st.integers(1, 3_000),
    rooms=st.integers(1, 100),
    containers=st.integers(1, 12),
    container_litres=st.sampled_from([120.0, 240.0]),
)


def test_masks_and_weight_are_as_worked_out_by_hand():
    # 900 × 0.97 × 1 + 30 × 2 × 1 + 900 × 0.4 × 0.5 = 873 + 60 + 180
    assert masks.masks(site(), PARAMETERS).value == pytest.approx(1_113)
    assert masks.weight(site(), PARAMETERS).value == pytest.approx(1_113 * 0.00275)
    assert masks.volume(site(), PARAMETERS).value == pytest.approx(278.25)
    assert masks.usable(site(), PARAMETERS).value == pytest.approx(288)
    assert masks.fill(site(), PARAMETERS).value == pytest.approx(278.25 / 288)


def test_isolation_waste_is_counted_apart():
    assert masks.isolation_weight(site(isolation_rooms=3), PARAMETERS).value == pytest.approx(2.4)
    assert masks.isolation_weight(site(isolation_rooms=0), PARAMETERS).value == 0
    assert masks.masks(site(isolation_rooms=9), PARAMETERS).value == masks.masks(site(), PARAMETERS).value


def test_one_filling_needs_one_visit_after_everybody_has_left():
    (visit,) = masks.collections(site(), CHINESE, PARAMETERS).visits
    assert (visit.earliest, visit.latest) == (CHINESE.ends + 50 * 60, CHINESE.ends + 120 * 60)


def test_less_room_brings_more_visits():
    assert len(masks.collections(site(containers=2), CHINESE, PARAMETERS).visits) == 3


def test_a_visit_more_is_made_where_the_windows_of_fewer_would_be_too_narrow():
    patient = with_values(collect_window_minutes=13)
    assert len(masks.collections(site(containers=2), CHINESE, patient).visits) == 2


def test_a_site_with_far_too_few_containers_is_refused_with_what_to_do():
    with pytest.raises(ProblemError) as caught:
        masks.collections(site(candidates=5_000, containers=1), CHINESE, PARAMETERS)
    assert "Put up more" in str(caught.value)
    assert "请增加容器" in caught.value.in_language("zh-hans")


@hurried
@given(one=sites, more=st.integers(1, 500))
def test_more_candidates_never_bring_less(one, more):
    larger = one.model_copy(update={"candidates": one.candidates + more})
    for answer in (masks.masks, masks.weight, masks.volume, masks.fill):
        assert answer(larger, PARAMETERS).value > answer(one, PARAMETERS).value


@hurried
@given(one=sites)
def test_more_containers_never_bring_more_visits(one):
    more = one.model_copy(update={"containers": one.containers + 1})
    few = _visits(one)
    assume(few is not None)
    assert len(_visits(more)) <= len(few)


@hurried
@given(one=sites, share=st.floats(0.05, 0.9), moments=st.lists(st.floats(0, 1), min_size=12, max_size=12))
def test_whenever_each_visit_is_made_within_its_window_the_limit_is_kept(one, share, moments):
    p = with_values(entrance_share=share)
    try:
        visits = masks.collections(one, CHINESE, p).visits
    except ProblemError:
        assume(False)
    times, shares = masks.dropped(CHINESE, p)
    made = [one.earliest + at * (one.latest - one.earliest) for one, at in zip(visits, moments, strict=False)]
    there = np.interp(made, times, shares) * masks.volume(one, p).value
    taken = np.diff(np.maximum.accumulate(there), prepend=0)
    assert taken.max() <= masks.usable(one, p).value + 1e-6
    assert there[-1] == pytest.approx(masks.volume(one, p).value)


@hurried
@given(one=sites)
def test_visits_carry_together_what_was_dropped(one):
    visits = _visits(one)
    assume(visits is not None)
    assert sum(visit.litres for visit in visits) == pytest.approx(masks.volume(one, PARAMETERS).value)
    assert sum(visit.kg for visit in visits) == pytest.approx(masks.weight(one, PARAMETERS).value)
    assert [visit.latest - visit.earliest >= 15 * 60 for visit in visits] == [True] * len(visits)


def _visits(one):
    try:
        return masks.collections(one, CHINESE, PARAMETERS).visits
    except ProblemError:
        return None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("candidates", 0),
        ("candidates", -5),
        ("candidates", 10_000_000),
        ("candidates", float("nan")),
        ("candidates", float("inf")),
        ("candidates", "many"),
        ("rooms", 0),
        ("isolation_rooms", -1),
        ("container_litres", float("nan")),
        ("container_litres", -120),
        ("containers", 0),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_its_path(field, value):
    good = {"id": "甲考点", "candidates": 900, "rooms": 30}
    with pytest.raises(ProblemError) as caught:
        read_sites({"sites": [good, {**good, field: value}]})
    assert [fault.path for fault in caught.value.faults] == [f"sites[1].{field}"]


def test_nan_in_a_file_is_refused_with_a_sentence():
    with pytest.raises(ProblemError, match="NaN is no number"):
        read_sites(b'{"sites": [{"id": "a", "candidates": NaN, "rooms": 1}]}')


def test_a_paper_that_ends_before_it_starts_is_refused():
    with pytest.raises(ProblemError, match="ends before it starts"):
        read_sites({"papers": [{"id": "x", "starts": 10, "ends": 5}]})
