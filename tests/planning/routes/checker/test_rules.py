"""Each rule kept, and each rule broken and refused, with the path of the fault."""

from __future__ import annotations

from typing import Any

import pytest

from paotui.planning.routes.checker import check
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from tests.planning.routes.cast import plan, problem, route, stop, trips, van


def found(of: Problem, by: Plan) -> list[tuple[str, str]]:
    """Path and English sentence of each fault."""
    return [(fault.path, fault.text.en) for fault in check(of, by)]


def only(of: Problem, by: Plan) -> tuple[str, str]:
    faults = found(of, by)
    assert len(faults) == 1, faults
    return faults[0]


def holds(of: Problem, by: Plan) -> bool:
    faults = found(of, by)
    assert not faults, faults
    return True


# ── who, what, once ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_that_serves_everything_holds():
    assert holds(problem(stops=[stop("a"), stop("b")]), plan(trips("van", "a b")))


def test_a_stop_that_is_nowhere_is_missed():
    assert "b is neither served nor listed" in only(problem(stops=[stop("a"), stop("b")]), plan(trips("van", "a")))[1]


def test_a_stop_listed_as_not_served_is_not_missed():
    assert holds(problem(stops=[stop("a"), stop("b")]), plan(trips("van", "a"), unserved=["b"]))


def test_a_stop_served_twice_is_refused():
    of = problem(stops=[stop("a")], vehicles=[van(count=2)])
    path, said = only(of, plan(trips("van#1", "a"), trips("van#2", "a")))
    assert (path, "already" in said) == ("routes[1].trips[0][0]", True)


def test_a_stop_both_served_and_listed_is_refused():
    assert only(problem(stops=[stop("a")]), plan(trips("van", "a"), unserved=["a"]))[0] == "unserved[0].stop"


@pytest.mark.parametrize(
    ("by", "path"),
    [
        (plan(trips("bus", "a")), "routes[0].vehicle"),
        (plan(trips("van", "a"), trips("van", "b")), "routes[1].vehicle"),
        (plan(trips("van", "a z")), "routes[0].trips[0][1]"),
        (plan(trips("van", "a"), unserved=["z"]), "unserved[0].stop"),
        (plan(route("van", 0, 2000, ("station", "pond", 0, 0, 0))), "routes[0].visits[0].id"),
    ],
)
def test_names_the_problem_does_not_know_are_refused(by, path):
    assert path in [where for where, _ in found(problem(stops=[stop("a"), stop("b")]), by)]


def test_trips_that_are_not_those_of_the_visits_are_refused():
    by = route("van", 0, 2000, ("stop", "a", 1000, 1000, 1000), distance=2000) | {"trips": [["a", "b"]]}
    assert ("routes[0].trips") in [path for path, _ in found(problem(stops=[stop("a"), stop("b")]), plan(by))]


def test_a_capability_the_vehicle_lacks_is_refused():
    of = problem(stops=[stop("a", requires=["flush"])], vehicles=[van(), van(id="tanker", capabilities=["flush"])])
    assert holds(of, plan(trips("tanker", "a")))
    assert "requires 'flush', which van lacks" in only(of, plan(trips("van", "a")))[1]


def test_a_stop_is_served_by_the_vehicles_it_names():
    vehicles = [van(count=2), van(id="tanker")]
    of = problem(stops=[stop("a", vehicles=["van#2"])], vehicles=vehicles)
    assert holds(of, plan(trips("van#2", "a")))
    assert "served by van#2 only" in only(of, plan(trips("van#1", "a")))[1]
    assert holds(problem(stops=[stop("a", vehicles=["van"])], vehicles=vehicles), plan(trips("van#1", "a")))


# ── hours ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_way_takes_as_long_as_it_is():
    of = problem(stops=[stop("a")])
    assert holds(of, plan(route("van", 0, 2000, ("stop", "a", 1000, 1000, 1000), distance=2000)))
    path, said = only(of, plan(route("van", 0, 1999, ("stop", "a", 999, 999, 999), distance=2000)))
    assert (path, "0:16:40 is the earliest" in said) == ("routes[0].visits[0]", True)
    assert only(of, plan(route("van", 0, 1999, ("stop", "a", 1000, 1000, 1000), distance=2000)))[0] == "routes[0].end"


def test_service_lasts_as_long_as_it_does():
    of = problem(stops=[stop("a", duration=60)])
    assert only(of, plan(route("van", 0, 2050, ("stop", "a", 1000, 1000, 1050), distance=2000)))[0].endswith("].end")


def test_service_starts_after_the_arrival():
    of = problem(stops=[stop("a")])
    faults = found(of, plan(route("van", 0, 2000, ("stop", "a", 1000, 900, 900), distance=2000)))
    assert any("before the arrival" in said for _, said in faults)


def test_a_window_missed_says_by_how_much():
    of = problem(stops=[stop("a", windows=[[0, 280]])])
    path, said = only(of, plan(trips("van", "a")))
    assert (path, "12 min too late" in said) == ("routes[0].trips[0][0].start", True)


def test_any_of_several_windows_will_do_in_any_order():
    of = problem(stops=[stop("a", windows=[[3000, 4000], [0, 500], [3500, 5000]])])
    assert holds(of, plan(route("van", 0, 5500, ("stop", "a", 1000, 4500, 4500), distance=2000)))
    assert "0:00–0:08:20, 0:50–1:06:40" in only(
        of, plan(route("van", 0, 3000, ("stop", "a", 1000, 2000, 2000), distance=2000)))[1]  # fmt: skip


@pytest.mark.parametrize(("start", "allowed"), [(2940, True), (2941, False), (3999, False), (4000, True)])
def test_quiet_zones_are_kept_to_the_second(start, allowed):
    zone = {"id": "exam", "location": "a", "radius": 500, "periods": [[3000, 4000]]}
    of = problem(stops=[stop("a", duration=60)], quiet_zones=[zone])
    by = plan(route("van", 0, start + 1060, ("stop", "a", 1000, start, start + 60), distance=2000))
    assert ("zone 'exam'" in str(found(of, by))) is not allowed
    assert not found(problem(stops=[stop("a", duration=60, during_quiet=True)], quiet_zones=[zone]), by)


def test_a_stop_outside_the_radius_need_not_be_quiet():
    zone = {"id": "exam", "location": "b", "radius": 999, "periods": [[0, 9000]]}
    assert holds(problem(stops=[stop("a")], quiet_zones=[zone]), plan(trips("van", "a")))


def test_shifts_are_kept_and_overtime_is_bounded():
    of = problem(stops=[stop("a")], vehicles=[van(shift={"earliest": 100, "latest": 2000, "max_overtime": 50})])
    assert "back by 0:34:10" in only(of, plan(trips("van", "a")))[1]
    early = plan(route("van", 50, 2050, ("stop", "a", 1050, 1050, 1050), distance=2000))
    assert only(of, early)[0] == "routes[0].start"


def test_a_trip_leaves_when_everything_is_released():
    of = problem(stops=[stop("a", release=500), stop("b")])
    assert holds(of, plan(trips("van", "a b")))
    visits = ("stop", "b", 2000, 2000, 2000), ("stop", "a", 3000, 3000, 3000)
    path, said = only(of, plan(route("van", 0, 4000, *visits, distance=4000)))
    assert (path, "is released at" in said) == ("routes[0].visits[1]", True)


def test_waiting_before_leaving_counts_for_the_release():
    of = problem(stops=[stop("a", release=500)])
    assert holds(of, plan(route("van", 0, 2500, ("stop", "a", 1500, 1500, 1500), distance=2000)))


def test_longest_duration_and_distance_are_kept():
    of = problem(stops=[stop("a")], vehicles=[van(max_duration=1999, max_distance=1999)])
    assert {path for path, _ in found(of, plan(trips("van", "a")))} == {"routes[0].duration", "routes[0].distance"}


def test_a_way_that_does_not_exist_is_refused():
    table = [[0, 5], [-1, 0]]
    of = Problem.model_validate({
        "locations": [{"id": "depot"}, {"id": "a"}], "vehicles": [{"id": "van", "start": "depot"}],
        "travel": {"type": "matrix", "distances": {"default": table}, "durations": {"default": table}},
        "stops": [stop("a")],
    })  # fmt: skip
    assert "no way from a to depot" in only(of, plan(trips("van", "a")))[1]


def test_an_open_end_needs_no_way_back():
    of = problem(stops=[stop("a")], vehicles=[van(open_end=True, max_distance=1000)])
    assert holds(of, plan(trips("van", "a")))
    assert not holds_with_way_back(of)


def holds_with_way_back(of: Problem) -> bool:
    return not found(of.model_copy(update={"vehicles": [of.vehicles[0].model_copy(update={"open_end": False})]}),
                     plan(trips("van", "a")))  # fmt: skip


# ── loads and trips ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_capacity_is_kept_by_each_dimension():
    of = problem(stops=[stop("a", delivery={"kg": 60}), stop("b", pickup={"kg": 50})])
    assert holds(of, plan(trips("van", "a b")))
    assert "after b" in only(of, plan(trips("van", "b a")))[1]
    other = problem(stops=[stop("a", delivery={"litres": 1})])
    assert "carries 1 litres on leaving its base, and holds 0 litres" in only(other, plan(trips("van", "a")))[1]


def test_what_is_on_board_at_the_start_takes_room():
    of = problem(stops=[stop("a", pickup={"kg": 60})], vehicles=[van(onboard={"kg": 50})])
    assert "carries 110 kg" in only(of, plan(trips("van", "a")))[1]


TIP: dict[str, Any] = {"id": "tip", "location": "tip", "duration": 100}


def test_a_station_between_trips_empties_the_vehicle():
    stops = [stop("a", pickup={"kg": 80}), stop("b", pickup={"kg": 80})]
    of = problem(stops=stops, vehicles=[van(stations=["tip"])], stations=[TIP])
    assert "carries 160 kg" in only(of, plan(trips("van", "a b")))[1]
    assert holds(of, plan(trips("van", "a", "b")))


def test_several_trips_need_a_station():
    of = problem(stops=[stop("a"), stop("b")])
    assert "may use no station" in only(of, plan(trips("van", "a", "b")))[1]


def test_a_station_of_others_is_refused():
    of = problem(stops=[stop("a")], stations=[TIP])
    by = route("van", 0, 2100, ("stop", "a", 1000, 1000, 1000), ("station", "tip", 1500, 1500, 1600), distance=2000)
    assert "may not use the station 'tip'" in only(of, plan(by))[1]


def test_a_station_is_open_when_the_visit_starts():
    of = problem(stops=[stop("a", pickup={"kg": 1})], stations=[TIP | {"windows": [[0, 1000]]}],
                 vehicles=[van(stations=["tip"], empty_at_end=True)])  # fmt: skip
    assert "tip starts at 0:25, its windows are 0:00–0:16:40" in only(of, plan(trips("van", "a")))[1]


def test_too_many_trips_are_refused():
    of = problem(stops=[stop("a"), stop("b")], stations=[TIP], vehicles=[van(stations=["tip"], max_trips=1)])
    assert "makes 1 trips at most, here are 2" in only(of, plan(trips("van", "a", "b")))[1]


def test_a_vehicle_that_must_be_empty_goes_to_a_station_last():
    of = problem(stops=[stop("a", pickup={"kg": 1})], stations=[TIP],
                 vehicles=[van(stations=["tip"], empty_at_end=True)])  # fmt: skip
    assert holds(of, plan(trips("van", "a")))
    assert "still carries 1 kg" in only(
        of, plan(route("van", 0, 2000, ("stop", "a", 1000, 1000, 1000), distance=2000)))[1]  # fmt: skip


def test_a_vehicle_with_a_load_on_board_must_be_emptied_even_without_stops():
    vehicle = van(onboard={"kg": 5}, empty_at_end=True, stations=["tip"])
    of = problem(stops=[stop("a")], stations=[TIP], vehicles=[vehicle, van(id="other")])
    assert "still carries 5 kg" in only(of, plan(trips("other", "a")))[1]


def test_a_station_handles_what_trips_bring_and_fetch():
    of = problem(stops=[stop("a", pickup={"kg": 1}), stop("b", delivery={"litres": 1})],
                 vehicles=[van(stations=["tip"], capacities={"kg": 9, "litres": 9})],
                 stations=[TIP | {"handles": ["kg"]}])  # fmt: skip
    assert "does not handle 'litres'" in only(of, plan(trips("van", "a", "b")))[1]
    other = of.model_copy(update={"stations": [of.stations[0].model_copy(update={"handles": ["litres"]})]})
    assert "does not handle 'kg'" in only(other, plan(trips("van", "a", "b")))[1]


def test_a_station_takes_its_classes_only():
    of = problem(stops=[stop("a", pickup={"kg": 1}, load_class="isolation"), stop("b")],
                 vehicles=[van(stations=["tip"])], stations=[TIP | {"classes": ["household"]}])  # fmt: skip
    assert "does not take 'isolation'" in only(of, plan(trips("van", "a", "b")))[1]


def test_incompatible_classes_never_share_a_trip():
    stops = [stop("a", pickup={"kg": 1}, load_class="isolation"), stop("b", pickup={"kg": 1}, load_class="household")]
    of = problem(stops=stops, incompatible=[["household", "isolation"]], stations=[TIP],
                 vehicles=[van(stations=["tip"])])  # fmt: skip
    assert holds(of, plan(trips("van", "a", "b")))
    assert "never on board in one trip" in only(of, plan(trips("van", "a b")))[1]


SHIPMENT = [{"id": "s", "pickup": "a", "delivery": "b", "load": {"kg": 70}}]


def test_a_shipment_is_picked_up_first_by_the_same_vehicle_in_one_trip():
    vehicles = [van(count=2, stations=["tip"])]
    of = problem(stops=[stop("a"), stop("b")], shipments=SHIPMENT, vehicles=vehicles, stations=[TIP])
    assert holds(of, plan(trips("van#1", "a b")))
    assert "picked up at a first" in found(of, plan(trips("van#1", "b a")))[0][1]
    assert "in one trip" in found(of, plan(trips("van#1", "a", "b")))[-1][1]
    assert "served by one vehicle" in only(of, plan(trips("van#1", "a"), trips("van#2", "b")))[1]
    assert "served by one vehicle" in only(of, plan(trips("van#1", "a"), unserved=["b"]))[1]


def test_a_shipment_takes_room_between_its_ends():
    of = problem(stops=[stop("a"), stop("b"), stop("c", pickup={"kg": 40})], shipments=SHIPMENT)
    assert holds(of, plan(trips("van", "a b c")))
    assert "after c" in only(of, plan(trips("van", "a c b")))[1]


# ── ties ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ordered_work_keeps_its_gaps_across_vehicles():
    order = {"before": "a", "after": "b", "min_gap": 600, "max_gap": 900}
    of = problem(stops=[stop("a", duration=100), stop("b")], orders=[order], vehicles=[van(count=2)])
    assert holds(of, plan(trips("van#1", "a"), trips("van#2", "b")))
    late = route("van#2", 0, 8000, ("stop", "b", 2000, 5000, 5000), distance=4000)
    early = route("van#1", 0, 2100, ("stop", "a", 1000, 1000, 1100), distance=2000)
    path, said = only(of, plan(early, late))
    assert (path, "1 h 5 min after the end of a" in said) == ("orders[0]", True)


def test_what_comes_after_is_served_only_with_what_comes_before():
    of = problem(stops=[stop("a"), stop("b")], orders=[{"before": "a", "after": "b"}])
    assert "b is served without a" in only(of, plan(trips("van", "b"), unserved=["a"]))[1]
    assert holds(of, plan(trips("van", "a"), unserved=["b"]))


def test_work_for_one_vehicle_stays_with_it():
    order = {"before": "a", "after": "b", "same_vehicle": True}
    of = problem(stops=[stop("a"), stop("b")], orders=[order], vehicles=[van(count=2)])
    assert "for one vehicle" in only(of, plan(trips("van#1", "a"), trips("van#2", "b")))[1]


def test_stops_together_start_at_the_same_second_with_different_vehicles():
    of = problem(stops=[stop("a"), stop("b")], together=[{"stops": ["a", "b"]}], vehicles=[van(count=2)])
    assert holds(of, plan(trips("van#1", "a"), trips("van#2", "b")))
    apart = [route("van#1", 0, 2000, ("stop", "a", 1000, 1000, 1000), distance=2000),
             route("van#2", 0, 4000, ("stop", "b", 2000, 2000, 2000), distance=4000)]  # fmt: skip
    assert "same second, not at 0:16:40, 0:33:20" in only(of, plan(*apart))[1]
    assert "by different vehicles" in str(found(of, plan(trips("van#1", "a b"))))
    assert "b is missing" in only(of, plan(trips("van#1", "a"), unserved=["b"]))[1]
    assert holds(of, plan(unserved=["a", "b"]))


def test_visits_of_a_round_are_spaced():
    one = {"stop": "a", "count": 2, "min_spacing": 5000, "max_spacing": 6000}
    of = problem(stops=[stop("a")], rounds=[one])
    assert holds(of, plan(trips("van", "a@1 a@2")))
    visits = ("stop", "a@1", 1000, 1000, 1000), ("stop", "a@2", 1000, 4000, 4000)
    assert only(of, plan(route("van", 0, 5000, *visits, distance=2000)))[0] == "rounds[0]"
    assert "a@2 is served without a@1" in only(of, plan(trips("van", "a@2"), unserved=["a@1"]))[1]


def test_locked_stops_come_first_in_their_order():
    of = problem(stops=[stop("a"), stop("b"), stop("c")], vehicles=[van(locked=["b", "a"]), van(id="other")])
    assert holds(of, plan(trips("van", "b a c")))
    for by in (plan(trips("van", "a b c")), plan(trips("van", "c b a")), plan(trips("other", "b a c"))):
        assert "serves its locked b, a first" in only(of, by)[1]
    assert "is not to be left out" in str(found(of, plan(trips("van", "a c"), unserved=["b"])))


def test_a_locked_stop_that_cannot_be_reached_in_time_may_be_left_out():
    of = problem(stops=[stop("a", windows=[[0, 10]]), stop("b")], vehicles=[van(locked=["a", "b"])])
    assert holds(of, plan(trips("van", "b"), unserved=["a"]))


def test_a_locked_stop_that_is_too_heavy_may_be_left_out():
    of = problem(stops=[stop("a", delivery={"kg": 500}), stop("b")], vehicles=[van(locked=["a", "b"])])
    assert holds(of, plan(trips("van", "b"), unserved=["a"]))


def test_a_locked_stop_that_fits_behind_a_station_only_is_not_to_be_left_out():
    loads = [stop("a", delivery={"kg": 60}), stop("b", delivery={"kg": 60})]
    of = problem(stops=loads, vehicles=[van(locked=["a", "b"], stations=["tip"])],
                 stations=[{"id": "tip", "location": "tip"}])  # fmt: skip
    assert holds(of, plan(trips("van", "a", "b")))
    assert "is not to be left out" in str(found(of, plan(trips("van", "a"), unserved=["b"])))


# ── breaks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def resting() -> Problem:
    return problem(stops=[stop("a", duration=1000), stop("b")],
                   vehicles=[van(breaks=[{"earliest": 1500, "latest": 2500, "duration": 600}])])  # fmt: skip


def test_a_break_that_is_owed_is_taken():
    assert holds(resting(), plan(trips("van", "a b")))
    visits = ("stop", "a", 1000, 1000, 2000), ("stop", "b", 3000, 3000, 3000)
    assert "is owed a rest" in only(resting(), plan(route("van", 0, 5000, *visits, distance=4000)))[1]


def test_a_break_may_be_taken_before_the_way_or_on_arrival():
    before = ("stop", "a", 1000, 1000, 2000), ("break", "1", 2000, 2000, 2600), ("stop", "b", 3600, 3600, 3600)
    assert holds(resting(), plan(route("van", 0, 5600, *before, distance=4000)))
    arriving = ("break", "1", 2400, 2400, 3000), ("stop", "b", 2000, 3000, 3000), ("stop", "a", 4000, 4000, 5000)
    assert holds(resting(), plan(route("van", 0, 6000, *arriving, distance=4000)))


def test_a_break_on_the_way_is_refused():
    visits = ("stop", "a", 1000, 1000, 2000), ("break", "1", 2300, 2300, 2900), ("stop", "b", 3600, 3600, 3600)
    faults = found(resting(), plan(route("van", 0, 5600, *visits, distance=4000)))
    assert any("falls on the way" in said or "the way from a takes" in said for _, said in faults)


def test_a_break_outside_its_window_or_unknown_is_refused():
    for name, start in (("1", 2600), ("2", 2000)):
        rest = ("break", name, start, start, start + 600)
        visits = ("stop", "a", 1000, 1000, 2000), rest, ("stop", "b", start + 1600, start + 1600, start + 1600)
        faults = found(resting(), plan(route("van", 0, start + 3600, *visits, distance=4000)))
        assert any(path.startswith("routes[0].visits[1]") for path, _ in faults)


def test_a_vehicle_back_before_the_end_of_the_window_owes_no_break():
    of = problem(stops=[stop("a")], vehicles=[van(breaks=[{"earliest": 1500, "latest": 2500, "duration": 600}])])
    assert holds(of, plan(trips("van", "a")))
