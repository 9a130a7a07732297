"""Square metres, litres, refills, seconds and rounds, worked out by hand, and what must hold for every length."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.planning.demand import Estimate, Section, Toilet, streets, toilets
from paotui.planning.faults import ProblemError
from tests.planning.demand.cast import PARAMETERS

STREET = Section(id="荞黍路", length=800, road_class="street")
lengths = st.floats(1, 50_000)
classes = st.sampled_from(["alley", "street", "avenue"])


def test_a_street_of_800_metres_is_as_worked_out_by_hand():
    assert streets.area(STREET, PARAMETERS).value == 9_600
    assert streets.flush_water(STREET, PARAMETERS).value == pytest.approx(2_880)
    assert streets.sprinkle_water(STREET, PARAMETERS).value == pytest.approx(1_440)
    assert streets.sweep_time(STREET, PARAMETERS).value == 960
    assert streets.bins(STREET, PARAMETERS).value == 8
    assert streets.refuse(STREET, PARAMETERS).value == 240
    assert streets.collect_time(STREET, PARAMETERS).value == 480


@pytest.mark.parametrize(("litres", "times"), [(0, 0), (1, 0), (8_000, 0), (8_001, 1), (24_000, 2), (24_001, 3)])
def test_refills_are_the_fillings_after_the_first(litres, times):
    assert streets.refills(Estimate(litres, "升"), 8_000).value == times


@pytest.mark.parametrize("tank", [0, -8_000, float("nan"), float("inf")])
def test_a_tank_that_holds_nothing_is_refused(tank):
    with pytest.raises(ProblemError, match="tank_litres"):
        streets.refills(Estimate(1_000, "升"), tank)


@settings(max_examples=60, deadline=None)
@given(length=lengths, more=st.floats(1, 1_000), road_class=classes)
def test_a_longer_section_never_needs_less(length, more, road_class):
    short, long = (Section(id="x", length=one, road_class=road_class) for one in (length, length + more))
    for answer in (streets.flush_water, streets.sweep_time, streets.flush_time, streets.sprinkle_time, streets.refuse):
        assert answer(long, PARAMETERS).value >= answer(short, PARAMETERS).value


def test_a_wider_class_is_wetter_and_faster():
    for answer in (streets.flush_water, streets.flush_time):
        values = [answer(STREET.model_copy(update={"road_class": one}), PARAMETERS).value for one in _CLASSES]
        assert values == sorted(values)
    speeds = [streets.speed(one, PARAMETERS).value for one in _CLASSES]
    assert speeds == sorted(speeds)


_CLASSES = ("alley", "street", "avenue")


@pytest.mark.parametrize("length", [0, -1, math.nan, math.inf])
def test_a_section_without_a_length_is_refused(length):
    with pytest.raises(ValueError, match="length"):
        Section(id="x", length=length)


def test_a_toilet_that_never_closes_has_one_fixed_round_more():
    quiet = Toilet(id="x", companions=0)
    assert toilets.fixed_rounds(quiet, PARAMETERS).value == 2
    assert toilets.fixed_rounds(quiet.model_copy(update={"all_day": True}), PARAMETERS).value == 3


@pytest.mark.parametrize(("companions", "rounds"), [(0, 0), (1, 1), (75, 1), (76, 2), (300, 4), (5_000, 7)])
def test_follow_up_rounds_grow_with_visitors_until_the_spacing_binds(companions, rounds):
    found = toilets.follow_up_rounds(Toilet(id="x", companions=companions), papers=2, hours=10, p=PARAMETERS)
    assert found.value == rounds
    assert "visits after which a round is due" in {one.en for one in found.unverified}


def test_solution_goes_by_area():
    assert toilets.disinfectant(Toilet(id="x", companions=1, area=60), PARAMETERS).value == pytest.approx(6)
