"""What a matching tells: reasons and remedies, differences, pictures; and how bad input is refused."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from paotui.planning.faults import ProblemError
from paotui.planning.matching import check, diff, explain, picture, read_params, read_plan, read_problem, solve
from paotui.planning.stop import after_iterations
from tests.planning.matching.labour import drawn, market

STOP = after_iterations(1_000_000)
SAMPLE = Path(__file__).parents[3] / "src/paotui/samples/erqi/problems/s5-labour.matching.json"


def english(sentences):
    return "\n".join(one.en for one in sentences)


def chinese(sentences):
    return "\n".join(one.zh for one in sentences)


@pytest.mark.parametrize(("person", "vacancy", "lacks", "remedy"), [
    ({"wage": 3000}, {"wage": 2700}, "wage", "300 yuan a month short"),
    ({"skills": ["电焊证"]}, {"skills": ["叉车证", "电焊证"]}, "skills", "skills to acquire: 叉车证"),
    ({"shifts": ["白班"]}, {"shift": "夜班"}, "shift", "'夜班' would have to be accepted"),
    ({"refuses": ["高空"]}, {"conditions": ["高空"]}, "conditions", "refused: 高空"),
    ({"available": "2020-03-09"}, {"start": "2020-03-06"}, "start", "3 days too late"),
    ({"at": {"lon": 113.6, "lat": 34.7}, "farthest": 1000}, {"at": {"lon": 113.6, "lat": 34.72}}, "distance",
     "1224 m farther than accepted"),
])  # fmt: skip
def test_whoever_has_no_place_is_told_the_condition_and_the_smallest_change(person, vacancy, lacks, remedy):
    problem = market([{"id": "p", **person}], [{"id": "v", **vacancy}])
    plan = solve(problem, STOP)
    assert plan.unplaced[0].lacks == (lacks,)
    assert remedy in english(explain(problem, plan, "p"))
    assert plan.open[0].reason == "nobody"
    assert remedy in english(explain(problem, plan, "v"))
    assert check(problem, plan) == []


@pytest.mark.parametrize(("person", "near", "far"), [
    ({"wage": 3000}, {"wage": 2900}, {"wage": 2000}),
    ({"available": "2020-03-09"}, {"start": "2020-03-08"}, {"start": "2020-03-03"}),
    ({"wage": 3000}, {"wage": 2900}, {"skills": ["叉车证"], "wage": 3000}),
    ({"skills": ["电焊证"]}, {"skills": ["叉车证"]}, {"skills": ["叉车证", "英语"]}),
    ({"wage": 3000, "available": "2020-03-09"}, {"wage": 1, "start": "2020-03-09"},
     {"wage": 2999, "start": "2020-03-08"}),
])  # fmt: skip
def test_of_several_vacancies_the_one_with_the_smallest_change_is_named(person, near, far):
    for vacancies in ([{"id": "near", **near}, {"id": "far", **far}], [{"id": "far", **far}, {"id": "near", **near}]):
        problem = market([{"id": "p", **person}], vacancies)
        assert solve(problem, STOP).unplaced[0].vacancy == "near"


def test_of_several_people_the_one_with_the_smallest_change_is_named():
    people = [{"id": "far", "wage": 4000}, {"id": "near", "wage": 3100}]
    plan = solve(market(people, [{"id": "v", "wage": 3000}]), STOP)
    assert plan.open[0].person == "near"


def test_the_smallest_change_is_enough():
    problem = market([{"id": "p", "wage": 3000}], [{"id": "v", "wage": 2700}])
    assert not solve(problem, STOP).placements
    assert solve(market([{"id": "p", "wage": 2700}], [{"id": "v", "wage": 2700}]), STOP).placements


def test_an_exclusion_holds_and_its_reason_is_told():
    problem = market([{"id": "p"}], [{"id": "v"}],
                     excluded=[{"person": "p", "vacancy": "v", "reason": "前雇主"}])  # fmt: skip
    plan = solve(problem, STOP)
    assert not plan.placements
    assert "前雇主" in chinese(explain(problem, plan, "p/v"))


def test_whoever_is_outbid_is_told_by_how_much_and_more_points_would_do():
    people = [{"id": "long", "waiting_since": "2019-09-01"}, {"id": "short"}]
    problem = market(people, [{"id": "v"}])
    plan = solve(problem, STOP)
    assert [one.person for one in plan.placements] == ["long"]
    assert (plan.unplaced[0].reason, plan.unplaced[0].short) in {("outbid", points) for points in range(91)}
    assert "one more seat" in english(explain(problem, plan, "short"))
    assert "多一个名额" in chinese(explain(problem, plan, "short"))
    assert len(solve(market(people, [{"id": "v", "seats": 2}]), STOP).placements) == 2


def test_a_wish_and_preferences_decide_between_equal_vacancies():
    problem = market([{"id": "p", "wishes": ["w"]}, {"id": "q"}], [{"id": "v"}, {"id": "w"}])
    pairs = {(one.person, one.vacancy) for one in solve(problem, STOP).placements}
    assert pairs == {("p", "w"), ("q", "v")}


def test_nobody_wants_the_occupation_is_said_on_both_sides():
    problem = market([{"id": "p", "occupations": ["厨师"]}], [{"id": "v"}])
    plan = solve(problem, STOP)
    assert plan.unplaced[0].reason == "no_occupation"
    assert plan.open[0].person is None
    assert "Another occupation" in english(explain(problem, plan, "p"))
    assert "is not wanted" in english(explain(problem, plan, "p/v"))


def test_a_difference_is_read_out_person_by_person():
    problem = market([{"id": "p", "name": "张三", "wage": 3000}], [{"id": "v", "wage": 2000}])
    before = solve(problem, STOP)
    after = solve(market([{"id": "p"}], [{"id": "v", "wage": 2000}]), STOP)
    assert "张三: none → v." in english(diff(problem, before, after))
    assert "p：v → 无。" in chinese(diff(None, after, before))


def test_a_picture_is_a_drawing_with_every_vacancy():
    problem = drawn(1, people=20, vacancies=6)
    drawing = ElementTree.fromstring(picture(problem, solve(problem, STOP)))
    assert len(drawing.findall("{*}circle")) == sum(one.at is not None for one in (*problem.people, *problem.vacancies))
    ElementTree.fromstring(picture(market([], []), solve(market([], []), STOP)))


def test_a_plan_is_the_same_after_writing_and_reading():
    problem = drawn(2, people=20, vacancies=6)
    plan = solve(problem, STOP)
    assert read_plan(plan.to_json().encode()) == plan
    assert read_params(b'{"each": 5}').each == 5


@pytest.mark.parametrize(("change", "path"), [
    ({"worth": 1}, "worth"), ({"bound": 10**7}, "bound"), ({"proven": False}, "proven"), ({"prices": {}}, ""),
    ({"prices": {"v0": -1}}, "prices.v0"), ({"placements": []}, "worth"), ({"unplaced": []}, "unplaced"),
    ({"open": [{"vacancy": "v0", "seats": 9, "reason": "nobody"}]}, "open"),
    ({"prices": {"nobody": 1}}, "prices.nobody"),
])  # fmt: skip
def test_the_checker_finds_a_plan_that_was_tampered_with(change, path):
    problem = drawn(7, people=40, vacancies=9, seats=2)
    plan = solve(problem, STOP)
    assert plan.prices
    assert plan.unplaced
    told = check(problem, read_plan(json.dumps({**json.loads(plan.to_json()), **change}).encode()))
    assert any(path in str(one) for one in told)


def test_the_checker_finds_a_pair_that_must_not_be_made_and_a_seat_given_twice():
    problem = market([{"id": "p"}, {"id": "q"}, {"id": "r", "wage": 9000}], [{"id": "v"}])
    plan = json.loads(solve(problem, STOP).to_json())
    plan["placements"] = [{"person": name, "vacancy": "v", "worth": 1000} for name in "pqr"]
    told = "\n".join(map(str, check(problem, read_plan(json.dumps(plan).encode()))))
    assert "takes 3 people" in told
    assert "9000 yuan a month short" in told


@pytest.mark.parametrize(("text", "path", "words"), [
    ('{"kind": "matching"', "1:", "no JSON"),
    ('{"on": "2020-03-02", "people": [{"id": "p"}], "vacancies": []}', "people[0].occupations", "missing"),
    ('{"on": "2020-03-02", "people": [{"id": "p", "occupations": ["a"], "wage": NaN}], "vacancies": []}', "", "NaN"),
    ('{"on": "2020-03-02", "people": [{"id": "p", "occupations": ["a"], "wage": -1}], "vacancies": []}',
     "people[0].wage", "≥ 0"),
    ('{"on": "2020-03-02", "people": [{"id": "p", "occupations": ["a"], "wishes": ["v"]}], "vacancies": []}',
     "people[0].wishes[0]", 'no "v"'),
    ('{"on": "2020-03-02", "people": [], "vacancies": [{"id": "v", "occupation": "a"}, '
     '{"id": "v", "occupation": "a"}]}',
     "vacancies[1].id", "used already"),
    ('{"on": "2020-03-02", "people": [], "vacancies": [{"id": "v", "occupation": "a", "at": {"lon": 200, "lat": 0}}]}',
     "vacancies[0].at.lon", "≤ 180"),
    ('{"on": "2020-02-30", "people": [], "vacancies": []}', "on", "cannot be used"),
])  # fmt: skip
def test_bad_input_is_named_with_its_path(text, path, words):
    with pytest.raises(ProblemError) as caught:
        read_problem(text.encode())
    assert any(one.path.startswith(path) and words in one.text.en and one.text.zh for one in caught.value.faults)


def test_an_unknown_subject_is_refused_with_a_sentence():
    problem = market([{"id": "p"}], [{"id": "v"}])
    with pytest.raises(ProblemError, match="write the id of a person"):
        explain(problem, solve(problem, STOP), "x")


def test_the_sample_market_is_matched_and_every_seat_and_person_accounted_for():
    problem = read_problem(SAMPLE.read_bytes())
    plan = solve(problem, STOP)
    assert "样例数据" in problem.name
    assert plan.proven
    assert check(problem, plan) == []
    assert len(plan.placements) + len(plan.unplaced) == len(problem.people)
    assert len(plan.placements) + sum(one.seats for one in plan.open) == sum(one.seats for one in problem.vacancies)


def test_an_empty_market_is_a_plan_with_nothing_in_it():
    for problem in (market([], []), market([{"id": "p"}], []), market([], [{"id": "v"}])):
        plan = solve(problem, STOP)
        assert plan.proven
        assert check(problem, plan) == []


def test_what_is_told_of_other_vacancies_begins_with_the_nearest_of_the_plan():
    told = 0
    for seed in range(40):
        problem = drawn(seed, people=12, vacancies=15)
        plan = solve(problem, STOP)
        for one in plan.unplaced:
            if one.vacancy is None:
                continue
            first = explain(problem, plan, one.person)[1].en
            assert first.startswith(f"{one.person} → {one.vacancy}:"), (seed, one)
            told += one.reason == "not_admissible" and len(one.lacks) > 0
    assert told > 20


def test_progress_tells_a_worth_and_not_a_cost():
    told = []
    plan = solve(drawn(1, people=12, vacancies=15), STOP, on_progress=told.append)
    assert (told[-1].figure, told[-1].cost) == ("worth", plan.worth)
