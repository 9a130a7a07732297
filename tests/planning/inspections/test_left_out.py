"""A site that cannot be visited says which reason binds, and the smallest change that would do."""

from __future__ import annotations

from paotui.planning.inspections import check, explain

from . import cast


def left(**changes):
    problem = cast.read(cast.small(**changes))
    plan = cast.planned(problem)
    assert check(problem, plan) == []
    return problem, plan, {one.site: one for one in plan.left_out}


def sites(number: int, **changes):
    found = cast.small()["sites"]
    found[number] |= changes
    return found


def test_too_few_qualified_people():
    needs = [{"department": "health", "seconds": 600, "all_hold": ["water"]}]
    _, _, out = left(sites=sites(0, needs=needs))
    assert out["a"].code == "qualification"
    assert out["a"].relaxation_en == "Add 1 of health with the qualifications asked for."


def test_a_window_too_short_says_how_far_it_would_have_to_reach():
    _, _, out = left(sites=sites(2, windows=[[cast.at(1, 9), cast.at(1, 10)]]))
    assert out["c"].code == "window"
    assert "Extend the opening window to day 1, 10:30" in out["c"].relaxation_en


def test_a_deadline_too_early_says_which_would_do():
    _, _, out = left(sites=sites(2, deadline=cast.at(1, 10)))
    assert out["c"].code == "deadline"
    assert "Extend the legal deadline to day 1, 10:30" in out["c"].relaxation_en


def test_people_never_on_duty_together():
    calendar = [[cast.at(1, 8), cast.at(1, 18)]]
    other = [[cast.at(2, 8), cast.at(2, 18)]]
    people = [
        cast.inspector("h1", "health", calendar=calendar),
        cast.inspector("h2", "health", calendar=other),
        cast.inspector("f1", "fire"),
    ]
    problem, plan, out = left(inspectors=people)
    assert {site: one.code for site, one in out.items()} == {"a": "calendar", "b": "calendar"}
    assert "1 of health more at day 1" in out["b"].relaxation_en
    assert [one.en for one in explain(problem, plan, "b")] == [out["b"].reason_en, out["b"].relaxation_en]


def test_the_relaxation_of_a_full_diary_does_it():
    people = [one for one in cast.small()["inspectors"] if one["id"] != "f2"]
    busy = [cast.site(f"x{number}", 100 * number, fire=200) for number in range(5)]
    _problem, _plan, out = left(sites=busy, inspectors=people)
    assert {one.code for one in out.values()} == {"capacity"}
    assert all("1 of fire more at day" in one.relaxation_en for one in out.values())
    more = cast.planned(cast.read(cast.small(sites=busy)))
    assert more.left_out == ()


def test_the_site_of_lower_priority_is_left_out():
    people = [one for one in cast.small()["inspectors"] if one["id"] != "f2"]
    busy = [cast.site(f"x{number}", 100 * number, fire=200) | {"priority": number + 1} for number in range(5)]
    _, plan, out = left(sites=busy, inspectors=people)
    assert set(out) == {"x0"}
    assert {one.site for one in plan.visits} == {"x1", "x2", "x3", "x4"}
