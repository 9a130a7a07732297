"""People of a department who always go together are planned as one, and go their own ways afterwards."""

from __future__ import annotations

import itertools

from paotui.planning.inspections import Params, check, crews, solve
from paotui.planning.inspections.arrays import arrays
from paotui.planning.inspections.engine import improve
from paotui.planning.stop import Stop, after_iterations

from . import cast

ONE_THREAD = Params(threads=1)


def pairs(sites: int = crews.MANY, **changed) -> dict:
    """Health sends two of five people to every site, fire one of two to every other; two days."""
    days = [[cast.at(day, 8), cast.at(day, 18)] for day in (1, 2)]
    people = [cast.inspector(f"health{n}", "health", calendar=days) for n in range(5)]
    people += [cast.inspector(f"fire{n}", "fire", calendar=days) for n in range(2)]
    made = []
    for n in range(sites):
        one = cast.site(f"s{n}", 400 * (n % 7), health=5, **({"fire": 5} if n % 2 else {}))
        one["windows"] = [[cast.at(day, 9), cast.at(day, 17)] for day in (1, 2)]
        one["needs"][0]["officers"] = 2
        made.append(one)
    return cast.small(days=2, inspectors=people, sites=made, **changed)


def test_two_who_always_go_together_are_one_crew_and_the_fifth_stays_at_home():
    made = arrays(cast.read(pairs()))
    banded = crews.crews(made)
    sizes = [(made.routes[crew[0]].day, len(crew)) for crew in banded.members]
    assert sorted(sizes) == sorted([(day, size) for day in (0, 1) for size in (2, 2, 1, 1)])
    assert [route.weight for route in banded.made.routes] == [size for _, size in sizes]
    assert [len(of_site) for of_site in banded.made.slots[:2]] == [1, 2]


def _travel(made, office: int, stops: list[tuple[int, int]]) -> int:
    nodes = [office, *(site for site, _ in stops), office]
    return sum(int(made.times[a, b]) for a, b in itertools.pairwise(nodes)) if stops else 0


def test_crews_disbanded_travel_as_much_as_they_did_together():
    made = arrays(cast.read(pairs()))
    banded = crews.crews(made)
    found = improve(banded.made, after_iterations(200), 1, ONE_THREAD)
    start = crews.disbanded(made, banded, found)
    assert -1 not in found.option
    assert sum(_travel(made, route.office, stops) for route, stops in zip(made.routes, start.routes, strict=True)) == (
        found.cost
    )
    assert sum(map(len, start.routes)) == sum(map(len, made.slots))
    for route, stops in zip(made.routes, start.routes, strict=True):
        assert all(route.person in made.classes[made.slots[site][slot].group] for site, slot in stops)


def test_a_plan_by_way_of_crews_holds_and_is_the_same_for_the_same_seed():
    problem = cast.read(pairs())
    plans = [solve(problem, after_iterations(400), seed=5, params=ONE_THREAD) for _ in range(2)]
    assert check(problem, plans[0]) == []
    assert not plans[0].left_out
    assert plans[0] == plans[1]


def test_progress_counts_on_from_round_to_round_and_the_cost_never_rises():
    seen = []
    solve(cast.read(pairs()), after_iterations(1_600), params=ONE_THREAD, on_progress=seen.append)
    assert [one.iterations for one in seen] == sorted(one.iterations for one in seen)
    costs = [(one.unserved, one.cost) for one in seen]
    assert costs == sorted(costs, reverse=True)


def test_cancelling_ends_the_rounds_with_a_plan():
    stop = Stop(seconds=60)
    plan = solve(cast.read(pairs()), stop, params=ONE_THREAD, on_progress=lambda _: stop.cancel.set())
    assert plan.visits


def test_nobody_is_in_a_crew_where_three_are_needed_once():
    data = pairs()
    data["sites"][3]["needs"][0]["officers"] = 3
    assert crews.crews(arrays(cast.read(data))) is None


def test_nobody_is_in_a_crew_where_work_is_to_be_balanced():
    assert crews.crews(arrays(cast.read(pairs(weights={"balance": 1.0})))) is None


def test_nobody_is_in_a_crew_where_everybody_keeps_hours_of_their_own():
    data = pairs()
    for n, one in enumerate(data["inspectors"]):
        one["calendar"] = [[begin + 600 * n, end] for begin, end in one["calendar"]]
    assert crews.crews(arrays(cast.read(data))) is None
