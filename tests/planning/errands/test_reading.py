from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paotui.planning import errands
from paotui.planning.faults import ProblemError
from paotui.planning.stop import after_iterations
from tests.planning.errands.test_plan import day

GUIDES = Path(__file__).parents[3] / "docs" / "guides"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("kind", {"kind": "routes"}),
        ("places", {"places": []}),
        ("runners", {"runners": []}),
        ("colour", {"colour": "red"}),
        ("places[0]", {"places[0].x": None}),
        ("places[1].id", {"places[1].id": "office"}),
        ("counters[0].place", {"counters[0].place": "nowhere"}),
        ("counters[0].hours", {"counters[0].hours": []}),
        ("counters[0].hours[0]", {"counters[0].hours": [[9, 9]]}),
        ("counters[0].hours[1]", {"counters[0].hours": [[9, 12], [11, 13]]}),
        ("runners[0].home", {"runners[0].home": "nowhere"}),
        ("runners[0].mode", {"runners[0].mode": "helicopter"}),
        ("runners[0].shifts[0][0]", {"runners[0].shifts": [[-1, 5]]}),
        ("errands[0].steps", {"errands[0].steps": []}),
        ("errands[0].steps[0]", {"errands[0].steps": [{"does": "stamp"}]}),
        ("errands[0].steps[0]", {"errands[0].steps": [{"place": "school", "counter": "health"}]}),
        ("errands[0].steps[0].counter", {"errands[0].steps": [{"counter": "fire"}]}),
        ("errands[0].steps[0].within", {"errands[0].steps": [{"place": "school", "after": 9, "within": 8}]}),
        ("errands[0].steps[0].load.folders", {"errands[0].steps": [{"place": "school", "load": {"folders": -1}}]}),
        ("errands[0].steps[0].seconds", {"errands[0].steps": [{"place": "school", "seconds": -1}]}),
        ("errands[0].runners[0]", {"errands[0].runners": ["Wu"]}),
        ("modes[0].seconds", {"modes[0].seconds": [[0]]}),
        ("weights.undone", {"weights.undone": 0}),
    ],
)
def test_what_is_wrong_is_named_with_its_path(path: str, change: dict[str, Any]) -> None:
    data = day().model_dump()
    for where, value in change.items():
        *way, last = where.replace("[", ".").replace("]", "").split(".")
        at: Any = data
        for part in way:
            at = at[int(part)] if part.isdigit() else at[part]
        at[last] = value
    with pytest.raises(ProblemError) as refused:
        errands.read_problem(json.dumps(data).encode(), "day.json")
    assert path in [fault.path for fault in refused.value.faults]
    assert "。" in refused.value.in_language("zh-hans")


def test_everything_that_does_not_fit_together_is_told_at_once() -> None:
    data = day().model_dump()
    data["runners"][0]["home"] = data["counters"][0]["place"] = "nowhere"
    with pytest.raises(ProblemError) as refused:
        errands.read_problem(json.dumps(data).encode())
    assert [fault.path for fault in refused.value.faults] == ["counters[0].place", "runners[0].home"]


@pytest.mark.parametrize("text", [b"", b"{", b"[1]", b"\xff", b'{"kind": NaN}'])
def test_what_is_no_problem_is_refused_with_a_sentence(text: bytes) -> None:
    with pytest.raises(ProblemError) as refused:
        errands.read_problem(text)
    assert str(refused.value).endswith(".")


def test_a_public_instance_is_told_where_it_belongs() -> None:
    with pytest.raises(ProblemError, match="solve_lilim"):
        errands.read_problem(b"1 10 1\n0 0 0 0 0 99 0 0 0\n", "lc101.txt")


@pytest.mark.parametrize("data", [{"hot": 0}, {"threads": 3}, {"fleet": 1}, {"heat": 1}])
def test_parameters_out_of_range_are_refused(data: dict[str, float]) -> None:
    with pytest.raises(ProblemError) as refused:
        errands.read_params(json.dumps(data).encode())
    assert [fault.path for fault in refused.value.faults] == list(data)


@pytest.mark.parametrize("guide", ["plan-errands.md", "plan-errands.zh-CN.md"])
def test_the_problem_in_the_guide_can_be_planned(guide: str) -> None:
    text = (GUIDES / guide).read_text(encoding="utf-8")
    found = errands.read_problem(text.partition("```json")[2].partition("```")[0].encode())
    plan = errands.solve(found, after_iterations(100))
    assert errands.check(found, plan) == []
    assert plan.proven
    assert (plan.undone, plan.trips.alone) == ([], 2)


def test_a_plan_of_another_planner_is_refused_in_one_sentence() -> None:
    other = {"kind": "inspections-plan", "tours": [{"inspector": "Li"}], "visits": []}
    with pytest.raises(ProblemError) as refused:
        errands.read_plan(json.dumps(other).encode())
    assert [one.path for one in refused.value.faults] == ["kind"]


def test_parameters_that_are_no_object_are_refused_in_both_languages() -> None:
    with pytest.raises(ProblemError) as refused:
        errands.read_params(b"[]")
    assert refused.value.in_language("en") == "[] is no JSON object. Write {…}."
    assert refused.value.in_language("zh-hans") == "[] 不是 JSON 对象。请写成 {…}。"
