"""The exam day as a routing problem: made from the sheets as they lie, whole, and of every kind of work."""

from __future__ import annotations

from collections import Counter

import pytest

from paotui.planning import reading
from paotui.planning.routes.problem import Problem
from paotui.samples.erqi import s6_day, s6_sheets


@pytest.fixture(scope="module")
def day() -> Problem:
    return s6_day.problem()


def test_the_shipped_problem_is_what_the_sheets_and_the_demand_model_give(day):
    assert s6_day.to_json(day).encode() == s6_day.shipped()


def test_the_shipped_problem_reads_back_as_the_same_problem(day):
    assert reading.read(Problem, s6_day.shipped()) == day


def test_every_id_is_used_once(day):
    for listed in (day.locations, day.vehicles, day.stations, day.stops, day.shipments, day.quiet_zones):
        ids = [one.id for one in listed]
        assert len(ids) == len(set(ids))


def test_whatever_is_named_exists(day):
    places, stops = {one.id for one in day.locations}, {one.id for one in day.stops}
    stations = {one.id for one in day.stations}
    assert {one.location for one in (*day.stops, *day.stations, *day.quiet_zones)} <= places
    assert {vehicle.start for vehicle in day.vehicles} <= places
    assert {id for vehicle in day.vehicles for id in vehicle.stations} == stations
    assert {id for order in day.orders for id in (order.before, order.after)} <= stops
    assert {id for both in day.together for id in both.stops} | {one.stop for one in day.rounds} <= stops


def test_all_kinds_of_work_are_in_it(day):
    kinds = Counter(stop.id.split("-")[0] for stop in day.stops)
    assert kinds["sweep"] == kinds["collect"] == kinds["flush"] == len(s6_sheets.sections())
    assert kinds["isolation"] == 2 * len(s6_sheets.sites())
    assert kinds["masks"] > 2 * len(s6_sheets.sites())
    assert min(kinds[one] for one in ("sprinkle", "litter", "toilet", "follow", "spray", "open", "repair", "bins")) > 0
    assert 300 <= len(day.stops) + sum(one.count - 1 for one in day.rounds) <= 600


def test_streets_are_done_before_six(day):
    early = [stop for stop in day.stops if stop.id.startswith(("sweep", "collect", "flush"))]
    assert max(stop.windows[-1][1] + stop.duration for stop in early) == 6 * 3600


def test_everything_asked_for_can_be_carried_by_some_vehicle_that_can_do_it(day):
    for stop in day.stops:
        loads = {**stop.delivery, **stop.pickup}
        able = [one.capacities for one in day.vehicles if set(stop.requires) <= set(one.capabilities)]
        assert any(all(room.get(load, 0) >= amount for load, amount in loads.items()) for room in able), stop.id


def test_isolation_waste_goes_to_a_place_of_its_own(day):
    takers = [one for one in day.stations if one.classes and "isolation" in one.classes]
    assert [one.classes for one in takers] == [["isolation"]]
    assert {"isolation", "masks"} in [set(pair) for pair in day.incompatible]


def test_full_width_digits_and_total_lines_of_a_clerk_are_read_rightly():
    assert sum(site.candidates for _, site in s6_sheets.sites()) == 16_628
    assert {truck.carries["water"] for truck in s6_sheets.trucks() if "water" in truck.carries} == {8_000, 10_000}
