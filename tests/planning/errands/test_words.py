from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import pytest

from paotui.planning import errands
from paotui.planning.faults import ProblemError
from paotui.planning.stop import after_iterations
from tests.planning.errands.problems import problem
from tests.planning.errands.test_plan import changed, day

STOP = after_iterations(100)


@pytest.mark.parametrize(
    ("steps", "more", "alone"),
    [
        ([("health", 0)], {}, 1),
        ([("health", 0), ("health", 0)], {}, 1),
        ([("health", 0), ("health", 1800)], {}, 1),
        ([("health", 0), ("health", 1801)], {}, 2),
        ([("health", 0), (None, 0), ("health", 0)], {}, 1),
        ([("health", 0), ("tax", 7200)], {}, 2),
        ([("health", 0), ("tax", 0), ("health", 0)], {}, 3),
        ([(None, 0)], {}, 0),
        ([("health", 0)], {"gaps": 2}, 3),
    ],
)
def test_trips_alone_follow_the_stated_rules(
    steps: list[tuple[str | None, int]], more: dict[str, int], alone: int
) -> None:
    data = day().model_dump()
    data["counters"].append(data["counters"][0] | {"id": "tax"})
    data["runners"][0]["shifts"] = [[0, 100_000]]
    data["errands"][0] = {"id": "licence", "brought": 1, **more, "steps": [
        {"place": "school", "after": after} if where is None else {"counter": where, "after": after}
        for where, after in steps
    ]}  # fmt: skip
    found = errands.read_problem(json.dumps(data).encode())
    plan = errands.solve(found, STOP)
    assert errands.check(found, plan) == []
    assert (plan.trips.alone, plan.trips.still, plan.trips.tours) == (alone, 1, 1)
    assert plan.trips.saved == alone - 2


def test_an_errand_left_undone_saves_nothing() -> None:
    plan = errands.solve(changed("errands", runners=[]), STOP)
    assert (plan.trips.alone, plan.trips.still, plan.trips.saved) == (1, 1, 0)


def test_an_errand_a_runner_and_a_counter_are_explained_in_both_languages() -> None:
    found = day()
    plan = errands.solve(found, STOP)
    for subject, wanted in (("licence", "Li does licence:"), ("Li", "Li leaves at 08:30"), ("health", "Li: 09:")):
        told = errands.explain(found, plan, subject)
        assert any(wanted in one.en for one in told)
        assert all(one.zh and one.en for one in told)
    assert errands.explain(found, plan, "licence")[-1].en == (
        "Alone, the applicant would make 1 trip (1 to counters); by this plan 0."
    )


def test_an_undone_errand_is_explained_with_what_would_do() -> None:
    found = changed("runners", shifts=[[30_600, 36_000]])
    told = [one.en for one in errands.explain(found, errands.solve(found, STOP), "licence")]
    assert told[0] == "licence cannot be done within one shift, not even alone."
    assert any(one.startswith("It could be done if: Li stays") for one in told)


def test_an_unknown_subject_is_refused_with_a_sentence() -> None:
    with pytest.raises(ProblemError, match=r"called \"nobody\"\. Give its id"):
        errands.explain(day(), errands.solve(day(), STOP), "nobody")


def test_the_difference_of_two_plans_is_read_out() -> None:
    before = errands.solve(day(), STOP)
    after = errands.solve(changed("errands", runners=[]), STOP)
    told = [one.en for one in errands.diff(day(), before, after)]
    assert told[0] == "licence is no longer done (was Li)."
    assert told[-1].endswith("trips saved +0.")
    assert [one.en for one in errands.diff(None, before, before)] == ["No errand changes.", "Cost +0, trips saved +0."]


def test_the_difference_names_the_steps_that_move_by_a_minute_or_more() -> None:
    before = errands.solve(day(), STOP)
    tour = before.tours[0]
    first, second, *others = tour.visits
    same_minute = first.model_copy(update={"begin": first.begin // 60 * 60 + (first.begin + 1) % 60})
    same = before.model_copy(update={"tours": [tour.model_copy(update={"visits": [same_minute, second, *others]})]})
    assert [one.en for one in errands.diff(day(), before, same)] == ["No errand changes.", "Cost +0, trips saved +0."]
    next_day = second.model_copy(update={"begin": 86_400 + 9 * 3600})
    after = before.model_copy(update={"tours": [tour.model_copy(update={"visits": [first, next_day, *others]})]})
    told = errands.diff(day(), before, after)[0]
    assert told.en.startswith("licence: step 2 ")
    assert told.en.endswith("→ D2 09:00.")
    assert told.zh.endswith("→ 第2天 09:00。")


def test_the_picture_is_svg_with_every_tour_and_name_escaped() -> None:
    found = changed("runners", name="<Li & Wu>")
    drawn = errands.picture(found, errands.solve(found, STOP))
    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg")
    assert "&lt;Li &amp; Wu&gt;" in drawn
    assert sum(one.tag.endswith("polyline") for one in root) == 1


def test_a_plan_without_points_is_drawn_as_a_chart_only() -> None:
    found = problem(4, errands=3)
    plan = errands.solve(found, STOP)
    bare = found.model_copy(update={"places": [place.model_copy(update={"x": None}) for place in found.places]})
    assert "polyline" not in errands.picture(bare, plan)
