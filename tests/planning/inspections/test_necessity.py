"""Others move only where it is proven that an appointment would be lost while they stand."""

from __future__ import annotations

import random

import pytest

from paotui.planning.inspections import Params, check, necessity, replanning, solve
from paotui.planning.inspections.arrays import arrays
from paotui.planning.stop import after_iterations

from . import brute_force, cast

STANDING = {0: "a", 1: "b"}


def day_of(draw: random.Random) -> dict:
    """Two standing visits and one to be placed, for people on duty around the clock who are all alike."""
    people = draw.randint(1, 2)
    sites = []
    for name in ("a", "b", "new"):
        begin = cast.at(1, draw.uniform(9, 14))
        long = 60 * draw.randint(30, 120)
        sites.append({
            "id": name, "location": {"x": draw.randint(-20_000, 20_000), "y": 0}, "priority": 1, "deadline": None,
            "needs": [{"department": "d", "seconds": long, "officers": draw.randint(1, people), "all_hold": [],
                       "one_holds": []}],
            "windows": [[begin, begin + long + (draw.randint(0, 7_200) if name == "new" else 0)]], "preferred": [],
        })  # fmt: skip
    return {
        "kind": "inspections", "days": 1, "stay": "own", "weights": {"preference": 0},
        "travel": {"coordinates": "metres", "detour": 1.0, "speed": 10.0},
        "departments": [{"id": "d", "officers": 1}],
        "inspectors": [cast.inspector(f"d{n}", "d", calendar=[[0, cast.DAY]], holds=[]) for n in range(people)],
        "sites": sites,
    }  # fmt: skip


def day_that_stands(seed: int) -> dict:
    """The first such day drawn whose two standing visits go together."""
    draw = random.Random(seed)
    data = day_of(draw)
    while brute_force.best(data | {"sites": data["sites"][:2]})[0]:
        data = day_of(draw)
    return data


@pytest.mark.parametrize("seed", range(40))
def test_the_proof_agrees_with_trying_everything_where_people_are_alike(seed):
    data = day_that_stands(seed)
    made = arrays(cast.read(data))
    standing = {number: data["sites"][number]["windows"][0][0] for number in STANDING}
    assert necessity.has_no_start(made, standing, 2) == (brute_force.best(data)[0] > 0)


@pytest.mark.parametrize("seed", range(12))
def test_no_proof_contradicts_a_plan_that_exists(seed):
    data = cast.rough_and_ready(4_000 + seed, sites=14)
    before = cast.planned(cast.read(data), 400)
    made = arrays(cast.read(data), {visit.site: visit for visit in before.visits})
    standing = {number: start for number, (start, _) in made.announced.items()}
    for number in range(len(made.slots)):
        if number in standing:  # it has a start, the one it has
            others = {key: start for key, start in standing.items() if key != number}
            assert not necessity.has_no_start(made, others, number)


def both_needed() -> tuple[dict, dict]:
    """One fire officer of two falls ill; her visit fits only if another appointment moves."""
    first = cast.site("a", 1_000, fire=60) | {"windows": [[cast.at(1, 9), cast.at(1, 17)]]}
    second = cast.site("b", 2_000, fire=60) | {"windows": [[cast.at(1, 10), cast.at(1, 11)]]}
    people = [cast.inspector("f1", "fire"), cast.inspector("f2", "fire")]
    data = cast.small(sites=[first, second], inspectors=people)
    ill = data | {"inspectors": [people[0], people[1] | {"calendar": []}]}
    return data, ill


def announced(data: dict):
    """a is told 10:30 with f1, b 10:00 with f2."""
    fixed = [
        one | {"locked": {"start": start, "inspectors": [who]}}
        for one, start, who in zip(data["sites"], (cast.at(1, 10.5), cast.at(1, 10)), ("f1", "f2"), strict=True)
    ]
    return cast.planned(cast.read(data | {"sites": fixed}))


def test_another_appointment_moves_where_that_is_proven_necessary():
    data, ill = both_needed()
    before, problem = announced(data), cast.read(ill)
    after = cast.planned(problem, start=before)
    assert check(problem, after, before) == []
    assert not after.left_out
    assert after.costs.moved == 1


def test_nobody_else_moves_while_it_is_not_proven(monkeypatch):
    data, ill = both_needed()
    before, problem = announced(data), cast.read(ill)
    monkeypatch.setattr(replanning, "has_no_start", lambda *_: False)
    after = cast.planned(problem, start=before)
    assert check(problem, after, before) == []
    assert after.costs.moved == 0
    assert [(one.site, one.code) for one in after.left_out] == [("b", "standing")]


def test_others_may_move_without_proof_where_that_is_asked_for(monkeypatch):
    data, ill = both_needed()
    before, problem = announced(data), cast.read(ill)
    monkeypatch.setattr(replanning, "has_no_start", lambda *_: False)
    params = Params(threads=1, exchanges=1, move_others="if_needed")
    after = solve(problem, after_iterations(300), params=params, start=before)
    assert not after.left_out
    assert after.costs.moved == 1
