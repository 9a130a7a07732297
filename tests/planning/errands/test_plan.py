from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paotui.planning import errands
from paotui.planning.errands.problem import refuse
from paotui.planning.stop import Progress, Stop, after_iterations
from tests.planning.errands.problems import HOUR, problem

STOP = after_iterations(300)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), errand_count=st.integers(1, 9), within=st.booleans())
def test_whatever_the_problem_the_plan_holds(seed: int, errand_count: int, within: bool) -> None:
    found = problem(seed, errands=errand_count, most_steps=5, runners=3, within=within)
    plan = errands.solve(found, after_iterations(60), seed=seed)
    assert errands.check(found, plan) == []
    assert plan.bound <= plan.costs.total
    assert len(plan.undone) + sum(len({v.errand for v in t.visits}) for t in plan.tours) == errand_count


def test_the_same_seed_and_iterations_give_the_same_plan() -> None:
    found = problem(7, errands=9, most_steps=4, runners=3)
    assert errands.solve(found, STOP, seed=3).to_json() == errands.solve(found, STOP, seed=3).to_json()


def test_a_step_with_an_empty_list_of_windows_is_done_at_any_time() -> None:
    def planned(windows: list[object] | None) -> errands.Plan:
        data = problem(5, errands=4).model_dump(mode="json")
        for one in data["errands"]:
            for step in one["steps"]:
                step["windows"] = windows
        found = errands.Problem.model_validate(data)
        plan = errands.solve(found, STOP)
        assert errands.check(found, plan) == []
        return plan

    assert planned([]).tours == planned(None).tours


def test_a_plan_survives_being_written_and_read() -> None:
    found = problem(5, errands=4)
    plan = errands.solve(found, STOP)
    assert errands.read_plan(plan.to_json().encode()) == plan


def test_cancelling_stops_at_once_with_a_plan_that_holds() -> None:
    found, stop = problem(8, errands=12, most_steps=4, runners=3), Stop(iterations=10_000_000)
    seen: list[Progress] = []

    def told(progress: Progress) -> None:
        seen.append(progress)
        stop.cancel.set()

    plan = errands.solve(found, stop, on_progress=told)
    assert errands.check(found, plan) == []
    assert plan.iterations < 1_000_000
    assert seen[0].iterations <= plan.iterations


def test_more_iterations_never_cost_more_from_the_same_start() -> None:
    found = problem(11, errands=10, most_steps=4, runners=3)
    first = errands.solve(found, after_iterations(50))
    again = errands.solve(found, after_iterations(400), start=first)
    assert errands.check(found, again) == []
    assert again.costs.total <= first.costs.total


def test_a_start_from_another_problem_keeps_what_still_fits() -> None:
    found = problem(11, errands=10, most_steps=4, runners=3)
    published = errands.solve(found, STOP)
    ill = found.model_copy(update={"runners": found.runners[1:]})
    errands_of_others = [
        errand.model_copy(update={"runners": None}) if errand.runners == ["r0"] else errand for errand in ill.errands
    ]
    ill = ill.model_copy(update={"errands": errands_of_others[1:]})
    refuse(ill)
    plan = errands.solve(ill, STOP, start=published)
    assert errands.check(ill, plan) == []


def test_nothing_to_do_is_a_plan_without_tours() -> None:
    found = problem(3, errands=1).model_copy(update={"errands": []})
    plan = errands.solve(found, STOP)
    assert (plan.tours, plan.costs.total, plan.proven) == ([], 0, True)
    assert errands.check(found, plan) == []


def day(**changes: Any) -> errands.Problem:
    """A school, a counter open 9:00-12:00, a runner of 8:30-12:30 on foot at one metre a second."""
    data = {
        "kind": "errands",
        "places": [
            {"id": "office", "x": 0, "y": 0}, {"id": "school", "x": 1000, "y": 0}, {"id": "hall", "x": 0, "y": 1000},
        ],
        "modes": [{"id": "walk", "kmh": 3.6, "detour": 1}],
        "counters": [{"id": "health", "place": "hall", "hours": [[9 * HOUR, 12 * HOUR]]}],
        "runners": [{"id": "Li", "home": "office", "shifts": [[8 * HOUR + 1800, 12 * HOUR + 1800]],
                     "capacity": {"folders": 2}}],
        "errands": [{"id": "licence", "steps": [
            {"does": "fetch", "place": "school", "load": {"folders": 1}},
            {"does": "stamp", "counter": "health", "seconds": 600},
            {"does": "return", "place": "school", "load": {"folders": -1}},
        ]}],
    }  # fmt: skip
    return errands.read_problem(json.dumps(data | changes).encode())


def changed(what: str, **values: Any) -> errands.Problem:
    """The same day with the first runner, counter or errand changed."""
    whole = day().model_dump()
    whole[what][0] |= values
    return errands.read_problem(json.dumps(whole).encode())


def cheap() -> errands.Problem:
    """The same day where leaving it all undone costs less than going out."""
    data = day().model_dump()
    data["weights"]["undone"] = 100
    return errands.read_problem(json.dumps(data).encode())


def test_what_is_left_undone_for_want_of_room_fits_into_no_tour() -> None:
    found = problem(21, errands=25, most_steps=4, runners=2)
    plan = errands.solve(found, after_iterations(40))
    assert plan.undone
    assert "dear" not in {one.reason for one in plan.undone}


def test_a_runner_leaves_as_late_as_serves() -> None:
    plan = errands.solve(day(), STOP)
    (tour,) = plan.tours
    # 1,000 m to the school, 1,415 m to the hall, which opens at nine: nothing before 8:30 is needed.
    assert tour.depart == 8 * HOUR + 1800
    assert [visit.begin for visit in tour.visits][:2] == [tour.depart + 1000, 9 * HOUR + 615]
    assert tour.visits[1].leave == 9 * HOUR + 1215


def test_papers_at_one_counter_wait_once_unless_each_draws_a_number() -> None:
    def whole(per: str) -> int:
        data = day().model_dump()
        data["counters"][0] |= {
            "queue_per": per, "queue": [{"since": 9 * HOUR, "until": 12 * HOUR, "seconds": 1800}],
        }  # fmt: skip
        second = json.loads(json.dumps(data["errands"][0])) | {"id": "second"}
        data["errands"].append(second)
        plan = errands.solve(errands.read_problem(json.dumps(data).encode()), STOP)
        assert plan.undone == []
        return sum(visit.queue for visit in plan.tours[0].visits)

    assert whole("visit") == 1800
    assert whole("case") == 3600


def test_a_runner_waits_for_a_shorter_queue_when_that_is_sooner() -> None:
    queue = [{"since": 9 * HOUR, "until": 10 * HOUR, "seconds": 5400}]
    plan = errands.solve(changed("counters", queue=queue), STOP)
    stamp = plan.tours[0].visits[1]
    assert (stamp.begin, stamp.queue, stamp.leave) == (10 * HOUR, 0, 10 * HOUR + 600)


@pytest.mark.parametrize(
    ("problem_", "reason", "relaxed"),
    [
        (changed("runners", shifts=[[8 * HOUR + 1800, 10 * HOUR]]), "too_long", {"shift"}),
        (changed("runners", capacity={"folders": 0}), "capacity", {"capacity"}),
        (changed("counters", hours=[[9 * HOUR, 9 * HOUR + 500]]), "closed", {"hours"}),
        (changed("errands", runners=[]), "nobody", set()),
        (cheap(), "dear", set()),
    ],
)
def test_what_is_left_undone_says_why_and_what_would_do(
    problem_: errands.Problem, reason: str, relaxed: set[str]
) -> None:
    plan = errands.solve(problem_, STOP)
    (undone,) = plan.undone
    assert undone.reason == reason
    assert relaxed <= {one.what for one in undone.relaxations}
    assert errands.check(problem_, plan) == []
    assert undone.text.zh
    assert undone.text.en.endswith(".")


def test_without_time_left_the_reason_is_said_and_the_rest_is_left_to_explain() -> None:
    found = changed("runners", shifts=[[8 * HOUR + 1800, 10 * HOUR]])
    late = Stop(seconds=0.01, iterations=50, begun=time.monotonic() - 60)
    plan = errands.solve(found, late)
    (undone,) = plan.undone
    assert (undone.reason, undone.relaxations) == ("too_long", [])
    assert errands.check(found, plan) == []
    assert any(told.en.startswith("It could be done if:") for told in errands.explain(found, plan, "licence"))


def test_the_smallest_relaxation_is_enough_and_a_minute_less_is_not() -> None:
    until = 10 * HOUR
    plan = errands.solve(changed("runners", shifts=[[8 * HOUR + 1800, until]]), STOP)
    (longer,) = [one for one in plan.undone[0].relaxations if one.what == "shift"]
    assert longer.subject == "Li"

    def undone(more: int) -> int:
        shifts = [[8 * HOUR + 1800, until + more]]
        return len(errands.solve(changed("runners", shifts=shifts), STOP).undone)

    assert undone(longer.amount) == 0
    assert undone(longer.amount - 60) == 1


def test_the_greatest_time_between_steps_puts_the_step_before_off() -> None:
    data = day().model_dump()
    data["errands"][0]["steps"][1]["within"] = 1500
    data["counters"][0]["hours"] = [[10 * HOUR, 12 * HOUR]]
    found = errands.read_problem(json.dumps(data).encode())
    plan = errands.solve(found, STOP)
    assert errands.check(found, plan) == []
    fetch, stamp = plan.tours[0].visits[:2]
    assert stamp.begin == 10 * HOUR
    assert stamp.begin - fetch.leave == 1500
