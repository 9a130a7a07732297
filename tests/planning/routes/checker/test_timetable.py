"""Times the checker makes where a plan has none: early, leaving late, kept by its own rules."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from paotui.planning.routes.checker import check, driven
from paotui.planning.routes.checker.openings import last_in, next_in, union, without
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from tests.planning.routes.cast import plan, problem, stop, trips, van


def starts(of: Problem, by: Plan) -> dict[str, int]:
    fleet, _ = driven(of, by)
    return {name: one.visit.start for name, (_, one) in fleet.served.items()}


def span(of: Problem, by: Plan) -> tuple[int, int]:
    drive = driven(of, by)[0].drives[0]
    return drive.start, drive.end


def test_a_vehicle_leaves_as_late_as_its_earliest_end_allows():
    of = problem(stops=[stop("a", windows=[[5000, 9000]]), stop("b")])
    assert span(of, plan(trips("van", "a b"))) == (4000, 8000)


def test_a_longest_duration_may_want_a_later_window():
    stops = [stop("a", windows=[[1000, 1000], [8000, 9000]]), stop("b", windows=[[9000, 9500]])]
    of = problem(stops=stops, vehicles=[van(max_duration=4500)])
    by = plan(trips("van", "a b"))
    assert span(of, by) == (7000, 11_000)
    assert not check(of, by)


def test_ties_raise_each_other_across_routes_until_all_are_kept():
    of = problem(
        stops=[stop("a"), stop("b"), stop("c"), stop("d")],
        vehicles=[van(count=2)],
        orders=[{"before": "a", "after": "b", "min_gap": 2000}, {"before": "c", "after": "d", "max_gap": 1000}],
        together=[{"stops": ["b", "d"]}],
    )
    by = plan(trips("van#1", "a d"), trips("van#2", "c b"))
    assert not check(of, by)
    assert starts(of, by) == {"a": 1000, "d": 4000, "c": 3000, "b": 4000}


def test_the_station_with_the_shortest_detour_that_suits_is_used():
    far = {"id": "far", "location": "f"}
    of = problem(stops=[stop("a", pickup={"kg": 9}), stop("b", pickup={"kg": 9})],
                 stations=[far, {"id": "near", "location": "tip", "handles": ["litres"]},
                           {"id": "right", "location": "tip"}],
                 vehicles=[van(stations=["far", "near", "right"])])  # fmt: skip
    by = plan(trips("van", "a", "b"))
    fleet, _ = driven(of, by)
    assert [one.visit.id for one in fleet.drives[0].activities] == ["a", "right", "b"]


windows = some.lists(some.tuples(some.integers(0, 60), some.integers(0, 20)).map(lambda w: (w[0], w[0] + w[1])),
                     max_size=4)  # fmt: skip


@given(windows, windows, some.integers(0, 90))
def test_openings_agree_with_trying_every_second(open_, shut, moment):
    found = union(open_)
    for first, last in shut:
        found = without(found, first, last)

    def free(second: int) -> bool:
        inside = not open_ or any(first <= second <= last for first, last in open_)
        return inside and not any(first <= second <= last for first, last in shut)

    assert next_in(found, moment) == next((s for s in range(moment, 200) if free(s)), None)
    assert last_in(found, moment) == next((s for s in range(moment, -1, -1) if free(s)), None)


@some.composite
def random_days(draw):
    names = "abcdef"
    stops = []
    for name in names:
        first = draw(some.integers(0, 12_000))
        stops.append(stop(
            name, duration=draw(some.integers(0, 900)), release=draw(some.sampled_from([0, 0, 2000])),
            windows=draw(some.sampled_from([[], [[first, first + 4000]], [[0, 900], [first, 30_000]]])),
            delivery={"kg": draw(some.integers(0, 40))}, pickup={"kg": draw(some.integers(0, 40))},
        ))  # fmt: skip
    rest = {"earliest": 4000, "latest": 6000, "duration": 500}
    vehicle = van(count=2, stations=["tip"], breaks=[rest] if draw(some.booleans()) else [],
                  empty_at_end=draw(some.booleans()))  # fmt: skip
    order = draw(some.permutations(names))
    one, two, three = sorted(draw(some.integers(1, 5)) for _ in range(3))
    by = plan(*(route for route in (
        trips("van#1", " ".join(order[:one]), " ".join(order[one:two])),
        trips("van#2", " ".join(order[two:three]), " ".join(order[three:])),
    ) if any(route["trips"])))  # fmt: skip
    return problem(stops=stops, vehicles=[vehicle], stations=[{"id": "tip", "location": "tip", "duration": 120}],
                   orders=[{"before": "a", "after": "b", "min_gap": 300}]), by  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(random_days())
def test_made_times_are_judged_the_same_when_a_plan_states_them(day):
    of, by = day
    fleet, _ = driven(of, by)
    stated = by.model_copy(update={"routes": [
        route.model_copy(update={
            "visits": [one.visit for one in drive.activities], "start": drive.start, "end": drive.end,
            "distance": drive.distance, "duration": drive.duration,
        })
        for route, drive in zip(by.routes, fleet.drives, strict=True)
    ]})  # fmt: skip
    assert {fault.text for fault in check(of, stated)} == {fault.text for fault in check(of, by)}
    for fault in check(of, by):  # never a fault of its own making: only windows, loads and the like
        assert not any(said in fault.text.en for said in ("is the earliest", "ends at", "falls on the way", "it lasts"))
