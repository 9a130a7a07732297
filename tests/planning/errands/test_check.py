from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from paotui.planning import errands
from paotui.planning.stop import after_iterations
from tests.planning.errands.test_plan import changed, day

Data = dict[str, Any]


def _swap_steps(plan: Data) -> None:
    visits = plan["tours"][0]["visits"]
    visits[0]["step"], visits[1]["step"] = visits[1]["step"], visits[0]["step"]


FALSIFIED: dict[str, tuple[Callable[[Data], Any], str]] = {
    "begins before it is there": (lambda p: p["tours"][0]["visits"][1].update(begin=1), "tours[0].visits[1]"),
    "arrives too early": (lambda p: p["tours"][0]["visits"][1].update(arrive=30_000), "tours[0].visits[1]"),
    "is served too fast": (lambda p: p["tours"][0]["visits"][1].update(leave=33_100), "tours[0].visits[1]"),
    "claims a queue": (lambda p: p["tours"][0]["visits"][1].update(queue=60), "tours[0].visits[1]"),
    "leaves before the shift": (lambda p: p["tours"][0].update(depart=0), "tours[0]"),
    "is back after the shift": (lambda p: p["tours"][0].update(back=90_000), "tours[0]"),
    "is back too soon": (lambda p: p["tours"][0].update(back=p["tours"][0]["visits"][-1]["leave"]), "tours[0].back"),
    "goes elsewhere": (lambda p: p["tours"][0]["visits"][0].update(place="hall"), "tours[0].visits[0]"),
    "keeps no order": (_swap_steps, "errands.licence"),
    "forgets a step": (lambda p: p["tours"][0]["visits"].pop(), "errands.licence"),
    "forgets everything": (lambda p: p.update(tours=[]), "errands.licence"),
    "knows no such runner": (lambda p: p["tours"][0].update(runner="Wu"), "tours[0].runner"),
    "knows no such errand": (lambda p: p["tours"][0]["visits"][0].update(errand="x"), "tours[0].visits[0]"),
    "knows no such place": (lambda p: p["tours"][0]["visits"][0].update(place="x"), "tours[0].visits[0].place"),
    "goes out for nothing": (lambda p: p["tours"].append({**p["tours"][0], "visits": []}), "tours[1]"),
    "drives twice in a shift": (lambda p: p["tours"].append(p["tours"][0]), "tours[1].shift"),
    "is short of metres": (lambda p: p["tours"][0].update(metres=1), "tours[0]"),
    "is too cheap": (lambda p: p["costs"].update(total=1), "costs.total"),
    "claims a higher bound": (lambda p: p.update(bound=10**9), "bound"),
    "boasts of trips": (lambda p: p["trips"].update(saved=99), "trips"),
    "boasts of an errand": (lambda p: p["trips"]["errands"][0].update(alone=9), "trips.errands"),
    "lists as undone what is done": (
        lambda p: p["undone"].append({"errand": "licence", "reason": "full", "text": {"zh": "", "en": ""}}),
        "errands.licence",
    ),
}


@pytest.mark.parametrize("falsify", FALSIFIED.values(), ids=FALSIFIED)
def test_the_checker_finds_a_plan_that(falsify: tuple[Callable[[Data], Any], str]) -> None:
    problem = day()
    plan = json.loads(errands.solve(problem, after_iterations(50)).to_json())
    falsify[0](plan)
    faults = errands.check(problem, errands.read_plan(json.dumps(plan).encode()))
    assert falsify[1] in [fault.path for fault in faults]
    assert all(fault.in_language("zh-hans") != fault.in_language("en") for fault in faults)


@pytest.mark.parametrize(
    "other",
    [
        changed("counters", hours=[[10 * 3600, 11 * 3600]]),
        changed("counters", queue=[{"since": 0, "until": 86_400, "seconds": 60}]),
        changed("runners", capacity={"folders": 0}),
        changed("runners", shifts=[[9 * 3600, 12 * 3600]]),
        changed("runners", home="hall"),
        changed("modes", kmh=3.0),
        changed("errands", runners=[]),
        changed("errands", gaps=2),
    ],
)
def test_a_plan_made_for_other_circumstances_does_not_hold(other: errands.Problem) -> None:
    plan = errands.solve(day(), after_iterations(50))
    assert errands.check(day(), plan) == []
    assert errands.check(other, plan) != []
