"""Whatever is put in, it is read or refused in a sentence; whatever plan is given, it is judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from paotui.planning.faults import Fault, ProblemError
from paotui.planning.routes import check, cost, diff, picture, read_plan, read_problem, remarks
from tests.planning.routes import cast
from tests.planning.routes.formats import files

FILES = [text for name, text in vars(files).items() if name.isupper()]
WORDS = some.sampled_from(
    ["", "-1", "0", "nan", "1e999", "9" * 30, "2.5", "abc", "DEMAND_SECTION", "\x00", "点", "1 2 3"]
)
DAY = {
    "locations": [cast.place("depot", 0), cast.place("tip", 9), cast.place("a", 1000), cast.place("b", 2000)],
    "travel": cast.ROAD,
    "vehicles": [cast.van(count=2, stations=["tip"], breaks=[{"earliest": 1, "latest": 2, "duration": 3}])],
    "stations": [{"id": "tip", "location": "tip"}],
    "stops": [cast.stop("a", windows=[[0, 5000]], delivery={"kg": 1}), cast.stop("b", unserved_price=3)],
    "orders": [{"before": "a", "after": "b", "max_gap": 60}],
    "together": [],
    "rounds": [],
    "shipments": [{"id": "s", "pickup": "a", "delivery": "b", "load": {"kg": 1}}],
    "quiet_zones": [{"id": "q", "location": "a", "radius": 10, "periods": [[7, 9]]}],
    "published": {"routes": {"van#1": ["a", "b"]}},
}
ODD = some.sampled_from(
    [None, -1, 0, 1, 2.5, "", "a", "b", "z", [], {}, [[9, 1]], ["a", "a"], True, 10**12, {"kg": -1}]
)


def tried(read: Callable[..., Any], *given: Any) -> tuple[Any, tuple[Fault, ...]]:
    """What was read, or why it was not; anything but a refusal fails the test."""
    try:
        return read(*given), ()
    except ProblemError as refusal:
        return None, refusal.faults


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.sampled_from(FILES), some.data())
def test_a_damaged_public_file_is_read_or_refused(text, data):
    lines = text.split("\n")
    place = data.draw(some.integers(0, len(lines) - 1))
    fields = lines[place].split(" ")
    fields[data.draw(some.integers(0, len(fields) - 1))] = data.draw(WORDS)
    lines[place] = " ".join(fields)
    kept = "\n".join(lines[: data.draw(some.integers(0, len(lines)))])
    read, faults = tried(read_problem, kept.encode(), "damaged.vrp")
    assert (read is None) is bool(faults)


def _changed(value: Any, data: some.DataObject) -> Any:
    """The value with something in it, at any depth, replaced by something odd or left out."""
    if isinstance(value, dict) and value and data.draw(some.integers(0, 3)):
        key = data.draw(some.sampled_from(sorted(value)))
        return {**value, key: _changed(value[key], data)}
    if isinstance(value, list) and value and data.draw(some.integers(0, 3)):
        place = data.draw(some.integers(0, len(value) - 1))
        return [*value[:place], _changed(value[place], data), *value[place + 1 :]]
    return data.draw(ODD)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.data())
def test_an_odd_problem_is_refused_or_its_plans_are_judged(data):
    problem, faults = tried(read_problem, json.dumps(_changed(DAY, data)).encode(), "odd.json")
    assert (problem is None) is bool(faults)
    if problem:
        by = cast.plan(cast.trips("van#1", "a b"))
        assert isinstance(check(problem, by), list)
        assert cost(problem, by).total >= 0
        assert remarks(problem) is not None


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.data())
def test_an_odd_plan_is_refused_or_judged(data):
    visits = ("stop", "a", 1000, 1000, 1000), ("break", "1", 1000, 1000, 1003), ("stop", "b", 2003, 2003, 2003)
    sound = {"routes": [cast.route("van#1", 0, 4003, *visits, distance=4000)], "unserved": [], "cost": {"total": "0"}}
    by, faults = tried(read_plan, json.dumps(_changed(sound, data)).encode())
    assert (by is None) is bool(faults)
    if by:
        problem = read_problem(json.dumps(DAY).encode(), "day.json")
        assert isinstance(check(problem, by), list)
        assert diff(problem, by, by)
        assert picture(problem, by).startswith("<svg")


def test_json_saved_as_unicode_by_an_editor_is_read_and_judged():
    read, _ = tried(read_problem, json.dumps(DAY).encode("utf-16"), "day.json")
    assert read == read_problem(json.dumps(DAY).encode(), "day.json")
    twice = {**DAY, "stops": [cast.stop("a"), cast.stop("a")]}
    _, faults = tried(read_problem, json.dumps(twice).encode("utf-16"), "day.json")
    assert any(one.path == "stops[1].id" for one in faults)
