"""The checker finds whatever is wrong with a plan."""

from __future__ import annotations

import json

import pytest

from paotui.planning.inspections import Plan, check, misfits

from . import cast


@pytest.fixture(scope="module")
def problem():
    return cast.read(cast.small())


@pytest.fixture(scope="module")
def plan(problem):
    return cast.planned(problem)


def broken(plan: Plan, change) -> Plan:
    data = json.loads(plan.to_json())
    change(data)
    return Plan.model_validate(data)


def said(problem, plan: Plan, change) -> str:
    return "\n".join(str(one) for one in check(problem, broken(plan, change)))


def visit(data: dict, site: str) -> dict:
    return next(one for one in data["visits"] if one["site"] == site)


def test_the_small_plan_holds(problem, plan):
    assert check(problem, plan) == []
    assert len(plan.visits) == 3


def test_a_site_forgotten_is_found(problem, plan):
    assert 'the site "' in said(problem, plan, lambda data: data.update(visits=data["visits"][1:]))


def test_a_site_that_does_not_exist_is_found(problem, plan):
    assert 'no site "zoo"' in said(problem, plan, lambda data: data["visits"][0].update(site="zoo"))


def test_a_visit_outside_the_windows_is_found(problem, plan):
    def early(data):
        visit(data, "a").update(start=cast.at(1, 7), end=cast.at(1, 8))

    assert "lies in no window" in said(problem, plan, early)


def test_an_officer_missing_is_found(problem, plan):
    def alone(data):
        visit(data, "b")["team"] = visit(data, "b")["team"][1:]

    assert '"health" sends 1 officers where 2 are needed' in said(problem, plan, alone)


def test_somebody_twice_in_a_team_is_found(problem, plan):
    def twice(data):
        team = visit(data, "b")["team"]
        team[1] = team[0]

    assert "in the team twice" in said(problem, plan, twice)


def test_somebody_from_elsewhere_is_found(problem, plan):
    assert 'has no inspector "x"' in said(problem, plan, lambda data: visit(data, "b")["team"][0].update(inspector="x"))


def test_leaving_early_is_found(problem, plan):
    assert "stays 3600 s" in said(problem, plan, lambda data: visit(data, "b")["team"][0].update(leaves=cast.at(1, 9)))


def test_a_wrong_tour_is_found(problem, plan):
    assert "leaves, returns and travel should be" in said(problem, plan, lambda data: data["tours"][0].update(travel=1))
    assert "does not match the visits" in said(
        problem, plan, lambda data: data["tours"][0].update(sites=["a", "b", "c"])
    )
    assert "do not hold the visits" in said(problem, plan, lambda data: data.update(tours=data["tours"][1:]))


def test_tours_that_overlap_are_found(problem, plan):
    def split(data):
        tour = next(one for one in data["tours"] if len(one["sites"]) == 2)
        data["tours"] += [tour | {"sites": tour["sites"][1:]}]
        tour["sites"] = tour["sites"][:1]

    assert any(len(tour.sites) == 2 for tour in plan.tours)
    assert "overlap" in said(problem, plan, split)


def test_wrong_costs_are_found(problem, plan):
    for key in ("travel", "preference", "balance", "total"):
        assert f"costs.{key}" in said(problem, plan, lambda data, key=key: data["costs"].update({key: 10**6}))


def test_a_bound_above_the_cost_is_found(problem, plan):
    proof = {"value": 10**9, "gap": 0.0, "method": "", "proven": True}
    assert "the bound lies above the cost" in said(problem, plan, lambda data: data.update(bound=proof))


def test_too_little_time_between_two_visits_is_found():
    data = cast.small(inspectors=[cast.inspector(name, kind) for name, kind in HALF])
    problem = cast.read(data)
    plan = cast.planned(problem)

    def at_once(data):
        a, b = visit(data, "a"), visit(data, "b")
        b.update(start=a["start"], end=a["end"])
        for one in b["team"]:
            one["leaves"] = a["end"]

    assert check(problem, plan) == []
    assert "in time" in said(problem, plan, at_once)


HALF = (("h1", "health"), ("h2", "health"), ("f1", "fire"))


def test_limits_calendars_qualifications_and_deadlines_are_found():
    plan = cast.planned(cast.read(cast.small()))
    for change, words in (
        ({"visits_per_day": 1, "work_per_day": 60}, "the limit is 60 s"),
        ({"calendar": [[cast.at(2, 8), cast.at(2, 8.1)]]}, "is not on duty"),
        ({"department": "fire"}, 'has no inspector "h'),
    ):
        people = [one | (change if one["department"] == "health" else {}) for one in cast.small()["inspectors"]]
        faults = "\n".join(map(str, check(cast.read(cast.small(inspectors=people)), plan)))
        assert words in faults
    sites = cast.small()["sites"]
    sites[0]["needs"][0]["all_hold"] = ["nothing"]
    sites[1]["deadline"] = cast.at(1, 8)
    sites[2]["locked"] = {"start": cast.at(2, 16), "inspectors": ["f2"]}
    faults = "\n".join(map(str, check(cast.read(cast.small(sites=sites)), plan)))
    for words in ("lack a qualification", "after the legal deadline", "the appointment stands"):
        assert words in faults


def test_a_tour_to_a_site_unknown_does_not_fit_the_problem(problem, plan):
    wrong = broken(plan, lambda data: data["tours"][0]["sites"].append("nowhere"))
    (one,) = misfits(problem, wrong)
    assert (one.path, "nowhere" in one.text.en) == (f"tours[0].sites[{len(wrong.tours[0].sites) - 1}]", True)


def test_a_tour_of_somebody_unknown_is_found(problem, plan):
    assert "tours[0]" in said(problem, plan, lambda data: data["tours"][0].update(inspector="nobody"))
