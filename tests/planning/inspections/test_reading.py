"""What contradicts itself is refused, with its path and what to do."""

from __future__ import annotations

import json

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.inspections import read_params, read_plan, read_problem

from . import cast


def refused(**changes) -> str:
    with pytest.raises(ProblemError) as error:
        cast.read(cast.small(**changes))
    assert error.value.in_language("zh-hans") != error.value.in_language("en")
    return str(error.value)


def changed(number: int, **changes):
    sites = cast.small()["sites"]
    sites[number] |= changes
    return sites


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": 0}, "days: 0 should be ≥ 1"),
        ({"days": 1}, "sites[0].windows[1]: the interval is on day 2 of 1"),
        ({"colour": 1}, "colour: there is no such key"),
        ({"departments": []}, "departments"),
        (
            {"departments": [{"id": "fire"}, {"id": "fire"}, {"id": "health"}]},
            'departments[1].id: "fire" is used already',
        ),
        ({"departments": [{"id": "fire"}]}, 'inspectors[0].department: there is no "health" among the departments'),
        ({"sites": changed(0, windows=[])}, "sites[0].windows"),
        ({"sites": changed(0, windows=[[10, 5]])}, "sites[0].windows[0]: the interval 10–5 does not begin before"),
        ({"sites": changed(0, windows=[[80_000, 90_000]])}, "on the same day"),
        ({"sites": changed(0, needs=[])}, "sites[0].needs"),
        ({"sites": changed(1, location={"x": 1})}, "sites[1].location: travel goes by coordinates"),
        ({"sites": changed(1, locked={"start": 1, "inspectors": ["x"]})}, 'no "x" among the inspectors'),
        ({"sites": changed(1, locked={"start": cast.at(11, 10)})}, "the appointment is on day 11 of 2"),
        ({"sites": changed(1, needs=[{"department": "tax", "seconds": 60}])}, 'no "tax" among the departments'),
        (
            {"sites": changed(1, needs=[{"department": "fire", "seconds": 60}] * 2)},
            'needs[1].department: "fire" is used already',
        ),
        ({"travel": {}}, "travel: either coordinates or a matrix"),
        ({"travel": {"matrix": [[0, 1]]}}, "the matrix is not square"),
        ({"travel": {"matrix": [[0]]}}, "a place from 0 to 0 is needed here"),
        ({"travel": {"coordinates": "degrees"}}, "longitude (x) lies within ±180"),
        ({"inspectors": [cast.inspector("h", "health", calendar=[[0, 9], [5, 20]])]}, "overlaps another one"),
        ({"inspectors": [cast.inspector("h", "health", visits_per_day=0)]}, "visits_per_day: 0 should be ≥ 1"),
    ],
)
def test_a_contradiction_is_named_with_its_path(changes, words):
    assert words in refused(**changes)


def test_several_faults_are_told_at_once():
    assert refused(sites=changed(0, windows=[[10, 5]], location={"x": 1})).count("\n") >= 1


@pytest.mark.parametrize("data", [b"", b"[", b"[]", b"{}", b"\xff", b'{"kind": "routes"}', b'{"days": NaN}', b"null"])
def test_what_is_no_problem_is_a_sentence_not_a_traceback(data):
    for read in (read_problem, read_plan):
        with pytest.raises(ProblemError):
            read(data)


def test_parameters_are_read_and_refused():
    assert read_params(b'{"threads": 1}').threads == 1
    with pytest.raises(ProblemError, match="threads"):
        read_params(b'{"threads": 0}')


def test_a_plan_survives_writing_and_reading():
    plan = cast.planned(cast.read(cast.small()))
    assert read_plan(plan.to_json().encode()) == plan
    assert json.loads(plan.to_json())["kind"] == "inspections-plan"
