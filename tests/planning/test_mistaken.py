"""A problem where a plan is wanted, and the other way round: one sentence, whatever the planner."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.mistaken import NO_PLAN, NO_PROBLEM

PROBLEMS: dict[str, dict[str, Any]] = {
    "matching": {"on": "2020-03-02", "people": [], "vacancies": []},
    "pairing": {"roles": [{"id": "branch"}], "units": [], "compounds": []},
    "errands": {"places": [], "runners": [], "errands": []},
    "routes": {"places": [], "vehicles": [], "stops": []},
    "inspections": {"departments": [], "inspectors": [], "sites": []},
    "posts": {"posts": [], "people": []},
}
PLANS: dict[str, dict[str, Any]] = {
    "matching": {"kind": "matching", "worth": 0, "bound": 0, "proven": True, "placements": []},
    "pairing": {"kind": "pairing", "pairs": [], "roles": [], "unserved": []},
    "errands": {"kind": "errands", "tours": [], "undone": [], "proven": True},
    "routes": {"kind": "routes-plan", "routes": []},
    "inspections": {"kind": "inspections-plan"},
    "posts": {"kind": "posts-plan"},
}


def refused(planner: str, reads: str, data: dict[str, Any]) -> Any:
    with pytest.raises(ProblemError) as error:
        getattr(importlib.import_module(f"paotui.planning.{planner}"), reads)(json.dumps(data).encode())
    return error.value.faults


@pytest.mark.parametrize("planner", PROBLEMS)
def test_a_problem_is_no_plan(planner):
    assert refused(planner, "read_plan", {"kind": planner, **PROBLEMS[planner]}) == (NO_PLAN,)


@pytest.mark.parametrize("planner", PLANS)
def test_a_plan_is_no_problem(planner):
    assert refused(planner, "read_problem", PLANS[planner]) == (NO_PROBLEM,)


@pytest.mark.parametrize("planner", ["matching", "pairing"])
def test_a_problem_without_its_kind_is_no_plan_either(planner):
    assert refused(planner, "read_plan", PROBLEMS[planner]) == (NO_PLAN,)


@pytest.mark.parametrize("planner", ["matching", "errands"])
def test_a_plan_with_something_missing_is_still_told_what(planner):
    paths = {one.path for one in refused(planner, "read_plan", {"kind": planner, "proven": True})}
    assert {"worth", "bound"} <= paths or {"tours", "undone"} <= paths


def test_a_plan_of_another_planner_is_told_by_its_kind():
    (one,) = refused("matching", "read_plan", PLANS["pairing"])
    assert "this file is 'pairing'" in str(one)


def test_a_problem_that_breaks_off_in_a_key_of_a_plan_is_told_that_key():
    paths = [one.path for one in refused("matching", "read_problem", {**PROBLEMS["matching"], "worth": 3})]
    assert paths == ["worth"]
