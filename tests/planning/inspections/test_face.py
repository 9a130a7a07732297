"""Explaining, comparing, drawing, and the command line."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from paotui import cli
from paotui.planning.faults import ProblemError
from paotui.planning.inspections import check, diff, explain, picture, read_problem
from paotui.planning.inspections.plan import LeftOut

from . import cast

SAMPLE = Path(cli.__file__).parents[1] / "samples/erqi/problems/s5-reopening.inspections.json"


def english(sentences) -> str:
    return "\n".join(one.en for one in sentences)


def test_a_visit_is_explained_with_its_people_and_the_law():
    problem = cast.read(cast.small())
    plan = cast.planned(problem)
    said = english(explain(problem, plan, "a"))
    assert "health sends 2 (art. 34): h" in said
    assert "fire sends 1: f" in said
    assert "It is open from 09:00 to 17:00." in said


def test_an_inspector_is_explained_tour_by_tour():
    problem = cast.read(cast.small())
    plan = cast.planned(problem)
    who = plan.tours[0].inspector
    assert english(explain(problem, plan, who)).startswith("Leaves day ")
    idle = {one.id for one in problem.inspectors} - {tour.inspector for tour in plan.tours}
    assert all("has no tour" in english(explain(problem, plan, one)) for one in idle)


def test_explaining_what_is_not_there_is_refused():
    problem = cast.read(cast.small())
    with pytest.raises(ProblemError, match='no site or inspector "zoo"'):
        explain(problem, cast.planned(problem), "zoo")


def test_a_wish_not_met_is_said_and_paid():
    sites = cast.small()["sites"]
    sites[2]["preferred"] = [[cast.at(1, 6), cast.at(1, 7)]]
    problem = cast.read(cast.small(sites=sites))
    plan = cast.planned(problem)
    assert plan.costs.preference == 900
    assert "outside the times the applicant wished for" in english(explain(problem, plan, "c"))


def test_a_wish_that_can_be_met_is_met():
    sites = cast.small()["sites"]
    sites[2]["preferred"] = [[cast.at(2, 15), cast.at(2, 17)]]
    plan = cast.planned(cast.read(cast.small(sites=sites)))
    assert plan.costs.preference == 0
    assert next(one.start for one in plan.visits if one.site == "c") >= cast.at(2, 15)


def test_balance_spreads_the_work():
    sites = [cast.site(f"x{number}", 10 * number, fire=60) for number in range(6)]
    uneven, even = (cast.planned(cast.read(cast.small(sites=sites, weights={"balance": weight}))) for weight in (0, 10))
    assert {len(tour.sites) for tour in uneven.tours} == {6}
    people = {"f1": 0, "f2": 0}
    for tour in even.tours:
        people[tour.inspector] += len(tour.sites)
    assert set(people.values()) == {3}


def test_a_plan_compared_with_itself_changes_nothing_but_says_so():
    problem = cast.read(cast.small())
    plan = cast.planned(problem)
    assert english(diff(problem, plan, plan)).startswith("Every appointment stands.")
    other = cast.planned(cast.read(cast.small(sites=cast.small()["sites"][:2])))
    assert "c: was day" in english(diff(problem, plan, other))
    assert "c: new, day" in english(diff(None, other, plan))


def test_the_picture_is_well_formed_and_shows_every_visit():
    data = cast.rough_and_ready(3, sites=12, days=5)
    problem = cast.read(data)
    plan = cast.planned(problem)
    drawn = picture(problem, plan)
    ElementTree.fromstring(drawn)
    assert all(f"<title>{visit.site} " in drawn for visit in plan.visits)


def test_the_picture_names_departments_and_sites_and_marks_what_is_left_out():
    data = cast.small()
    problem = cast.read(data)
    plan = cast.planned(problem)
    lost = plan.visits[0].site
    missing = LeftOut(
        site=lost, code="search", reason_zh="-", reason_en="-", relaxation_zh="-", relaxation_en="-"
    )  # fmt: skip
    drawn = picture(problem, plan.model_copy(update={"left_out": (missing,)}))
    said = [one.text for one in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert {one.id for one in problem.sites} | {one.name or one.id for one in problem.departments} <= {*said}
    assert said.count(lost) == 2  # on the map, and in the list
    assert picture(problem, plan).count("#d00000") == 0


def test_everyone_staying_for_the_whole_visit_leaves_together():
    plan = cast.planned(cast.read(cast.small(stay="whole")))
    assert all(one.leaves == visit.end for visit in plan.visits for one in visit.team)


def test_a_matrix_may_differ_by_direction():
    places = [[0, 600, 900], [1_200, 0, 300], [900, 300, 0]]
    sites = [
        cast.site("a", 0, fire=60) | {"location": {"place": 1}},
        cast.site("b", 0, fire=60) | {"location": {"place": 2}},
    ]
    people = [cast.inspector("f1", "fire", office={"place": 0})]
    problem = cast.read(cast.small(sites=sites, inspectors=people, travel={"matrix": places}))
    plan = cast.planned(problem)
    assert check(problem, plan) == []
    assert plan.costs.travel == 600 + 300 + 900  # 0 → a → b → 0, not 0 → b → a → 0
    assert picture(problem, plan).startswith("<svg")


def test_degrees_are_great_circles():
    sites = [cast.site("a", 0, fire=60) | {"location": {"x": 113.65, "y": 34.75}}]
    people = [cast.inspector("f1", "fire", office={"x": 113.65, "y": 34.80})]
    travel = {"coordinates": "degrees", "detour": 1.0, "speed": 10.0}
    problem = cast.read(cast.small(sites=sites, inspectors=people, travel=travel))
    plan = cast.planned(problem)
    assert check(problem, plan) == []
    assert plan.costs.travel == 2 * 556  # 0.05° of 111.195 km


def test_the_command_line_plans_checks_explains_and_draws(tmp_path, capsys):
    problem, plan, drawn = (tmp_path / name for name in ("problem.json", "plan.json", "plan.svg"))
    problem.write_text(json.dumps(cast.small()), encoding="utf-8")
    assert cli.main(["plan", "inspections", str(problem), "--iterations", "50", "--out", str(plan)]) == 0
    assert cli.main(["plan", "check", str(problem), str(plan)]) == 0
    assert cli.main(["plan", "explain", str(problem), str(plan), "a"]) == 0
    assert cli.main(["plan", "picture", str(problem), str(plan), "--out", str(drawn)]) == 0
    again = ["plan", "inspections", str(problem), "--iterations", "50", "--from", str(plan), "--out", str(plan)]
    assert cli.main(again) == 0
    plan.write_text(plan.read_text(encoding="utf-8").replace('"travel"', '"travail"'), encoding="utf-8")
    assert cli.main(["plan", "check", str(problem), str(plan)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_the_sample_is_what_the_registers_give_and_can_be_planned_whole():
    from paotui.samples.erqi.problems import reopening

    assert json.loads(SAMPLE.read_text(encoding="utf-8")) == reopening.problem()
    problem = read_problem(SAMPLE.read_bytes(), SAMPLE.name)
    plan = cast.planned(problem, 1_000)
    assert len(problem.sites) == 24
    assert problem.sample
    assert check(problem, plan) == []
    assert plan.left_out == ()
