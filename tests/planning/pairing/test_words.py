"""What a pairing tells: reasons, differences, pictures; how bad input is refused; and the problems of the guide."""

from __future__ import annotations

import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.pairing import (
    PairingParams,
    check,
    diff,
    explain,
    picture,
    read_params,
    read_plan,
    read_problem,
    solve,
)
from paotui.planning.pairing.plan import Weight
from paotui.planning.stop import after_iterations
from tests.planning.pairing.offices import drawn, office

STOP = after_iterations(1_000_000)
ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "src/paotui/samples/erqi/problems/s7-compounds.pairing.json"
HERE, THERE = {"lon": 113.60, "lat": 34.70}, {"lon": 113.60, "lat": 34.72}
TWO = [{"id": "u", "at": HERE}, {"id": "v", "at": THERE}], [{"id": "c", "at": HERE}, {"id": "d", "at": THERE}]


def english(sentences):
    return "\n".join(one.en for one in sentences)


def guide(name, language=""):
    """Return a problem printed in the guide."""
    text = (ROOT / f"docs/guides/plan-matching-and-pairing{language}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    return next(block for block in blocks if f'"{name}"' in block).encode()


def test_the_sample_compounds_are_shared_evenly_and_communities_stay_whole():
    problem = read_problem(SAMPLE.read_bytes())
    plan = solve(problem, STOP)
    assert "样例数据" in problem.name
    assert (len(problem.compounds), len({one.community for one in problem.compounds})) == (9, 6)
    assert Counter(unit.role for unit in problem.units) == {"支部": 3, "干部": 9}
    assert plan.proven
    assert check(problem, plan) == []
    assert Counter(Counter(one.unit for one in plan.pairs).values()) == {3: 3, 1: 9}
    community = {one.id: one.community for one in problem.compounds}
    branches = {(community[one.compound], one.unit) for one in plan.pairs if one.unit.endswith("支部")}
    assert len(branches) == 6


@pytest.mark.parametrize("language", ["", ".zh-CN"])
def test_judges_have_no_conflicts_and_even_loads(language):
    problem = read_problem(guide("judges", language))
    plan = solve(problem, STOP)
    assert plan.proven
    assert check(problem, plan) == []
    assert Counter(Counter(one.unit for one in plan.pairs).values()) == {2: 3}
    assert not {(one.unit, one.compound) for one in plan.pairs} & {
        (one.unit, one.compound) for one in problem.conflicts
    }


@pytest.mark.parametrize("language", ["", ".zh-CN"])
def test_work_orders_are_balanced_by_minutes_and_hours(language):
    problem = read_problem(guide("work orders", language))
    plan = solve(problem, STOP)
    role = plan.roles[0]
    assert plan.proven
    assert role.peak.value >= Fraction(510, 20)
    assert ("Qin", "o4") in {(one.unit, one.compound) for one in plan.pairs}
    assert check(problem, plan) == []


def test_both_planners_read_the_first_problems_of_the_guide():
    from paotui.planning import matching

    found = matching.read_problem(guide("matching"))
    assert matching.check(found, matching.solve(found, STOP)) == []
    problem = read_problem(guide("branch"))
    assert check(problem, solve(problem, STOP)) == []


@pytest.mark.parametrize(("unit", "compound", "more", "lacks", "remedy"), [
    ({}, {}, {"conflicts": [{"unit": "u", "compound": "c", "reason": "亲属"}]}, "conflict", "conflict: 亲属"),
    ({}, {"requires": ["电路"]}, {}, "requires", "required: 电路"),
    ({"at": HERE}, {"at": THERE}, {"farthest": 2000}, "distance", "224 m beyond"),
    ({"most": 2}, {"load": 5}, {}, "load", "more than u may take"),
])  # fmt: skip
def test_a_compound_without_a_unit_is_told_the_reason(unit, compound, more, lacks, remedy):
    problem = office([{"id": "u", **unit}], [{"id": "c", **compound}], **more)
    plan = solve(problem, STOP)
    assert plan.unserved[0].lacks == (lacks,)
    assert remedy in english(explain(problem, plan, "c"))
    assert check(problem, plan) == []


def test_full_units_and_absent_roles_are_told():
    problem = office([{"id": "u", "most": 1}], [{"id": "c"}, {"id": "d"}])
    plan = solve(problem, STOP)
    assert [(one.reason, one.more) for one in plan.unserved] == [("capacity", 1)]
    assert "1 more load for u would do" in english(explain(problem, plan, plan.unserved[0].compound))
    problem = office([], [{"id": "c"}])
    plan = solve(problem, STOP)
    assert plan.unserved[0].reason == "no_unit"
    assert "no unit for the role 'unit'" in english(explain(problem, plan, "c"))


def test_a_fixed_pair_is_kept_even_when_it_is_dear():
    problem = office(*TWO, fixed=[{"unit": "v", "compound": "c"}])  # fmt: skip
    plan = solve(problem, STOP)
    assert {(one.unit, one.compound) for one in plan.pairs} == {("v", "c"), ("u", "d")}
    assert "fixed to v" in english(explain(problem, plan, "u/c"))


def test_unit_and_role_are_explained():
    problem = office(
        [{"id": "u", "at": HERE}, {"id": "v", "at": THERE}], [{"id": "c", "at": HERE}, {"id": "d", "at": THERE}]
    )
    plan = solve(problem, STOP)
    assert "u: 1 compound, load 1" in english(explain(problem, plan, "u"))
    assert "The peak is 1: proven by a certificate." in english(explain(problem, plan, "unit"))
    assert "possible but not made, 22 points" in english(explain(problem, plan, "u/d"))
    with pytest.raises(ProblemError, match="write the id of a compound"):
        explain(problem, plan, "x")


def test_weights_of_loads_are_explained_and_kept_in_the_file():
    problem = office([{"id": name} for name in "uvw"], [{"id": f"c{n}", "load": 30} for n in range(7)])
    plan = solve(problem, STOP, params=PairingParams(searched=0))
    assert plan.roles[0].weights == (Weight(load=30, weight=1_000_000),)
    assert "The peak is 90: proven by a certificate.\nIt cannot be lower: loads stay whole" in english(
        explain(problem, plan, "unit")
    )
    assert read_plan(plan.to_json().encode()) == plan


def test_a_difference_names_what_moved():
    problem = office([{"id": "u"}, {"id": "v"}], [{"id": "c", "name": "三号院"}])
    plans = [solve(office([{"id": "u"}, {"id": "v"}], [{"id": "c"}], fixed=[{"unit": unit, "compound": "c"}]), STOP)
             for unit in "uv"]  # fmt: skip
    assert "三号院: u → v." in english(diff(problem, *plans))
    assert "c: u → v." in english(diff(None, *plans))


def test_an_earlier_plan_is_the_pairs_of_before():
    problem = office([{"id": "u"}, {"id": "v"}], [{"id": "c"}, {"id": "d"}])
    first = solve(problem, STOP)
    swapped = first.model_copy(update={"pairs": tuple(
        one.model_copy(update={"unit": {"u": "v", "v": "u"}[one.unit]}) for one in first.pairs
    )})  # fmt: skip
    again = solve(problem, STOP, start=swapped)
    assert {(one.unit, one.compound) for one in again.pairs} == {(one.unit, one.compound) for one in swapped.pairs}


def test_a_picture_is_a_drawing_and_a_plan_survives_writing():
    problem = drawn(3, units=5, compounds=20, heavy=True)
    plan = solve(problem, STOP)
    drawing = ElementTree.fromstring(picture(problem, plan))
    assert len(drawing.findall("{*}circle")) == sum(one.at is not None for one in problem.compounds)
    assert read_plan(plan.to_json().encode()) == plan
    assert read_params(b'{"searched": 9}').searched == 9


@pytest.mark.parametrize(("change", "words"), [
    ({"cost": 1}, "the pairs cost"), ({"peak": {"load": 1, "strength": 1}}, "the peak is"),
    ({"prices": {}}, "the prices prove"), ({"bound": 0}, "proven means"), ({"witness": []}, "prove nothing"),
    ({"witness": ["c0"]}, "prove nothing"), ({"prices": {"x": 1}}, "no unit of the problem"),
])  # fmt: skip
def test_the_checker_finds_proofs_that_were_tampered_with(change, words):
    problem = office([{"id": f"u{n}", "at": HERE if n else THERE} for n in range(3)],
                     [{"id": f"c{n}", "at": HERE} for n in range(9)])  # fmt: skip
    plan = json.loads(solve(problem, STOP).to_json())
    assert plan["roles"][0]["prices"]
    plan["roles"][0] |= change
    assert words in "\n".join(map(str, check(problem, read_plan(json.dumps(plan).encode()))))


@pytest.mark.parametrize(("change", "words"), [
    ({"rents": {}}, "the prices prove"), ({"bound": 1}, "the rents prove"),
    ({"rents": {"x": 1}}, "no compound of the problem"), ({"rents": {"c0": 10**9}}, "the rents prove"),
])  # fmt: skip
def test_the_checker_adds_up_what_rents_prove(change, words):
    problem = drawn(2, units=5, compounds=60, heavy=True)
    plan = json.loads(solve(problem, STOP, params=read_params(b'{"searched": 0}')).to_json())
    assert plan["roles"][0]["rents"]
    assert check(problem, read_plan(json.dumps(plan).encode())) == []
    plan["roles"][0] |= change
    assert words in "\n".join(map(str, check(problem, read_plan(json.dumps(plan).encode()))))


def test_the_checker_finds_pairs_that_were_tampered_with():
    problem = read_problem(SAMPLE.read_bytes())
    good = json.loads(solve(problem, STOP).to_json())

    def told(pairs):
        return "\n".join(map(str, check(problem, read_plan(json.dumps({**good, "pairs": pairs}).encode()))))

    assert "once a role" in told(good["pairs"][1:])
    cadre = [one for one in good["pairs"] if not one["unit"].endswith("支部")]
    moved = [{**one, "unit": cadre[0]["unit"]} if one is cadre[1] else one for one in good["pairs"]]
    assert "takes 2, its limit is 1" in told(moved)
    branch = next(one for one in good["pairs"] if one["unit"].endswith("支部"))
    other = next(one["unit"] for one in good["pairs"] if one["unit"].endswith("支部") and one["unit"] != branch["unit"])
    alone = [{**one, "unit": other} if one is branch else one for one in good["pairs"]]
    assert "go to one unit together" in told(alone) or "should be" in told(alone)


@pytest.mark.parametrize(("more", "path", "words"), [
    ({"units": [{"id": "u"}, {"id": "u"}]}, "units[1].id", "used already"),
    ({"units": [{"id": "u", "role": "x"}]}, "units[0].role", 'no "x"'),
    ({"conflicts": [{"unit": "u", "reason": "r"}]}, "conflicts[0]", "either a compound or a community"),
    ({"conflicts": [{"unit": "w", "compound": "c", "reason": "r"}]}, "conflicts[0].unit", 'no "w"'),
    ({"before": [{"unit": "u", "compound": "e"}]}, "before[0].compound", 'no "e"'),
    ({"fixed": [{"unit": "u", "compound": "c"}, {"unit": "v", "compound": "c"}]}, "fixed[1]", "Keep one"),
    ({"roles": [{"id": "unit", "whole": ["z"]}]}, "roles[0].whole[0]", 'no "z"'),
    ({"compounds": [{"id": "c", "load": 0}]}, "compounds[0].load", "≥ 1"),
    ({"compounds": [{"id": "c", "lod": 1}]}, "compounds[0].lod", "no such key"),
])  # fmt: skip
def test_bad_input_is_named_with_its_path(more, path, words):
    data = {"units": [{"id": "u"}, {"id": "v"}], "compounds": [{"id": "c"}], **more}
    with pytest.raises(ProblemError) as caught:
        read_problem(json.dumps(data).encode())
    assert any(one.path == path and words in one.text.en and one.text.zh for one in caught.value.faults)


def test_a_plan_gone_on_from_another_says_whose_pairs_it_keeps():
    units, compounds = [{"id": "a", "at": HERE}], [{"id": f"c{n}", "at": HERE} for n in range(4)]
    before = solve(office(units, compounds), STOP)
    larger = office([*units, {"id": "b", "at": HERE}], compounds)
    plan = solve(larger, STOP, start=before)
    assert check(larger, plan) == []
    assert Counter(one.unit for one in plan.before) == {"a": 4}
    assert check(larger, plan.model_copy(update={"before": ()})) != []
    assert check(larger, plan) == []


def test_a_pair_with_nobody_is_named_by_its_path():
    of = office([{"id": "a", "at": HERE}], [{"id": "c", "at": HERE}])
    plan = solve(of, STOP)
    nobody = plan.model_copy(update={"pairs": (plan.pairs[0].model_copy(update={"unit": ""}),)})
    assert [one.path for one in check(of, nobody)] == ["pairs[0].unit"]


def test_rents_of_loads_too_large_for_knapsacks_are_refused_and_not_computed():
    units = [{"id": "a", "at": HERE, "strength": 1}, {"id": "b", "at": HERE, "strength": 1}]
    of = office(units, [{"id": f"c{n}", "at": HERE, "load": 99_999 - n} for n in range(250)])
    plan = solve(of, after_iterations(1))
    assert check(of, plan) == []
    role = plan.roles[0].model_copy(update={"rents": {"c0": 1}})
    faults = check(of, plan.model_copy(update={"roles": (role,)}))
    assert [one.path for one in faults if "rents" in one.path] == ["roles[0].rents"]


@pytest.mark.parametrize(("key", "name"), [("prices", "a"), ("rents", "c")])
def test_prices_and_rents_too_large_to_be_added_up_are_named(key, name):
    of = office([{"id": "a", "at": HERE}], [{"id": "c", "at": HERE}])
    plan = solve(of, STOP)
    role = plan.roles[0].model_copy(update={key: {name: 10**30}})
    assert [one.path for one in check(of, plan.model_copy(update={"roles": (role,)}))] == [f"roles[0].{key}.{name}"]
