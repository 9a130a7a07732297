"""What a problem says must hold together: every fault with its path, all of them at once, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.routes import read_problem, remarks
from tests.planning.routes.cast import ROAD, place, problem, reread, stop, van

SOUND: dict[str, Any] = {
    "kind": "routes",
    "locations": [place("depot", 0), place("tip", 500), place("a", 1000), place("b", 2000)],
    "travel": ROAD,
    "vehicles": [van(capabilities=["flush"], stations=["tip"]), van(id="lorry", count=2)],
    "stations": [{"id": "tip", "location": "tip"}],
    "stops": [stop("a", requires=["flush"]), stop("b", vehicles=["lorry#2"])],
    "orders": [{"before": "a", "after": "b"}],
}


def read(**changes: Any):
    return read_problem(json.dumps(SOUND | changes).encode(), "problem.json")


def refused(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as refusal:
        read(**changes)
    assert all(fault.text.zh and fault.text.en.endswith((".", "?")) for fault in refusal.value.faults)
    return [(fault.path, fault.text.en) for fault in refusal.value.faults]


def test_a_sound_problem_is_read():
    assert reread(read()) == read()


@pytest.mark.parametrize(
    ("changes", "path", "said"),
    [
        ({"stops": [stop("a"), stop("a")]}, "stops[1].id", "stops[0] already"),
        ({"stops": [stop("a", location="z"), stop("b")]}, "stops[0].location", "no location 'z'"),
        ({"vehicles": [van(start="depo")]}, "vehicles[0].start", "Did you mean 'depot'?"),
        ({"vehicles": [van(stations=["tap"])]}, "vehicles[0].stations[0]", "Did you mean 'tip'?"),
        ({"vehicles": [van(profile="truck")]}, "vehicles[0].profile", "no profile"),
        ({"stops": [stop("a", requires=["flsh"]), stop("b")]}, "stops[0].requires[0]", "Did you mean 'flush'?"),
        ({"stops": [stop("a", vehicles=["lorry#3"]), stop("b")]}, "stops[0].vehicles[0]", "no vehicle"),
        ({"stops": [stop("a", windows=[[0, 5], [9, 7]]), stop("b")]}, "stops[0].windows[1]", "reversed"),
        ({"vehicles": [van(onboard={"kg": 101})]}, "vehicles[0].onboard.kg", "carries 101 kg already, and holds 100"),
        ({"vehicles": [van(onboard={"kg": 1}, empty_at_end=True, stations=[])]}, "vehicles[0].stations", "Name one"),
        ({"vehicles": [van(shift={"earliest": 9, "latest": 8})]}, "vehicles[0].shift", "reversed"),
        ({"quiet_zones": [{"id": "q", "location": "a", "radius": 1, "periods": [[5, 4]]}]},
         "quiet_zones[0].periods[0]", "reversed"),
        ({"orders": [{"before": "a", "after": "z"}]}, "orders[0].after", "no stop 'z'"),
        ({"orders": [{"before": "a", "after": "b"}, {"before": "b", "after": "a"}]}, "orders[1]", "circle: a → b → a"),
        ({"orders": [{"before": "a", "after": "b", "min_gap": 9, "max_gap": 8}]}, "orders[0].max_gap", "below"),
        ({"together": [{"stops": ["a", "b"]}]}, "orders[0]", "circle"),
        ({"shipments": [{"id": "s", "pickup": "a", "delivery": "a"}]}, "shipments[0]", "both its pick-up"),
        ({"rounds": [{"stop": "a", "count": 2, "min_spacing": 1}]}, "orders[0].before", "'a@1'"),
        ({"vehicles": [van(locked=["a"], capabilities=["flush"]), van(id="lorry", count=2, locked=["b"])]},
         "vehicles[1].locked", "several vehicles"),
        ({"stops": [stop("a", delivery={"kg": -1}), stop("b")]}, "stops[0].delivery.kg", "≥ 0"),
        ({"locations": [{"id": "depot", "lat": 113.6, "lon": 34.7}]}, "locations[0]", "look swapped"),
        ({"locations": [{"id": "depot", "lat": 34.7}]}, "locations[0]", "half a pair"),
        ({"locations": [{"id": "depot"}]}, "locations[0]", "no coordinates"),
        ({"travel": {"type": "matrix", "distances": {"default": [[0]]}, "durations": {"default": [[0]]}}},
         "travel.distances.default", "4 × 4"),
    ],
)  # fmt: skip
def test_faults_are_named_with_path_and_remedy(changes, path, said):
    found = [one for where, one in refused(**changes) if where == path]
    assert found
    assert said in found[0]


def test_all_faults_are_told_at_once():
    paths = [path for path, _ in refused(stops=[stop("a", location="z"), stop("a", windows=[[2, 1]])])]
    assert {"stops[1].id", "stops[0].location", "stops[1].windows[0]", "orders[0].after"} <= set(paths)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(number):
    text = json.dumps(SOUND).replace("1000", number)
    with pytest.raises(ProblemError, match="is no number"):
        read_problem(text.encode(), "problem.json")


ERQI = {"lat": 34.72, "lon": 113.64}


def degrees(**places: dict[str, float]) -> list[tuple[str, str]]:
    spots = [{"id": name, **spot} for name, spot in places.items()]
    stops = [stop(name) for name in places if name != "depot"]
    return refused(locations=spots, stops=stops, vehicles=[van()], stations=[], orders=[])


def test_a_site_at_sea_is_named_with_its_distance():
    path, said = degrees(depot=ERQI, a={"lat": 34.7, "lon": 113.7}, sea={"lat": 0, "lon": 0})[0]
    assert (path, "at sea" in said) == ("locations[2]", True)


def test_degrees_that_are_swapped_are_recognised():
    london = {"lat": 51.5, "lon": -0.12}
    path, said = degrees(depot=london, a={"lat": 51.4, "lon": 0.1}, b={"lat": -0.1, "lon": 51.5})[0]
    assert (path, "look swapped" in said) == ("locations[2]", True)


def test_a_depot_at_sea_is_named_rather_than_every_site():
    found = degrees(depot={"lat": 0, "lon": 0}, a=ERQI, b={"lat": 34.7, "lon": 113.7})
    assert [path for path, _ in found] == ["locations[0]"]


def test_a_matrix_that_leads_nowhere_is_refused():
    table = [[0, -1], [-1, 0]]
    paths = refused(
        locations=[{"id": "depot"}, {"id": "a"}], stops=[stop("a")], vehicles=[van()], stations=[], orders=[],
        travel={"type": "matrix", "distances": {"default": table}, "durations": {"default": table}},
    )  # fmt: skip
    assert ("travel.durations.default" in [path for path, _ in paths]) is True


def test_who_fits_nothing_is_remarked_and_not_refused():
    of = reread(problem(
        stops=[stop("a", delivery={"kg": 60}), stop("b", delivery={"kg": 500})],
        vehicles=[van(), van(id="cart", capacities={"kg": 1})],
    ))  # fmt: skip
    told = {fault.path: fault.text.en for fault in remarks(of)}
    assert told.keys() == {"stops[1]", "vehicles[1]"}
    assert "no vehicle can serve b (van carries 500 kg on leaving its base, and holds 100 kg)" in told["stops[1]"]
    assert "cart can serve no stop at all" in told["vehicles[1]"]


def test_a_shipment_nobody_can_carry_is_remarked_at_its_stops():
    of = reread(problem(
        stops=[stop("a"), stop("b")], vehicles=[van()],
        shipments=[{"id": "s", "pickup": "a", "delivery": "b", "load": {"bags": 1}}],
    ))  # fmt: skip
    told = {fault.path: fault.text.en for fault in remarks(of)}
    assert "what is shipped from or to it is more than any vehicle holds" in told["stops[1]"]


def test_a_vehicle_that_reaches_no_station_in_time_is_remarked_to_stay_loaded():
    def told(latest: int) -> list[str]:
        late = van(onboard={"kg": 1}, empty_at_end=True, stations=["tip"], shift={"earliest": 0, "latest": latest})
        of = read(stops=[stop("a")], vehicles=[late], orders=[])
        return [fault.text.en for fault in remarks(of) if fault.path == "vehicles[0].onboard"]

    (said,) = told(1)
    assert "cannot be emptied by its end" in said
    assert told(80000) == []


def test_a_problem_with_nothing_to_do_or_nobody_to_do_it_is_remarked():
    assert {fault.path for fault in remarks(problem(stops=[]))} >= {"stops"}
    assert {fault.path for fault in remarks(problem(stops=[stop("a")], vehicles=[van(count=0)]))} == {"vehicles"}


def test_more_breaks_than_can_be_planned_are_refused_with_what_to_do():
    def resting(count: int) -> list[dict[str, Any]]:
        return [{"earliest": hour * 3600, "latest": hour * 3600 + 60, "duration": 60} for hour in range(count)]

    assert reread(problem(stops=[stop("a")], vehicles=[van(breaks=resting(5))]))
    ((path, said),) = refused(vehicles=[van(breaks=resting(6), capabilities=["flush"]), van(id="lorry", count=2)])
    assert path == "vehicles[0].breaks"
    assert "van has 6 breaks; 5 are the most that can be planned" in said
