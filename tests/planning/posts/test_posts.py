"""Rosters: as good as the best found by trying everything, and every rule kept and checked."""

from __future__ import annotations

import json
import random

import pytest

from paotui.planning import posts
from paotui.planning.faults import ProblemError
from paotui.planning.posts import Duty, Plan
from paotui.planning.stop import Stop
from tests.planning.posts.cast import HOUR, best, person, post, problem

LONG = Stop(iterations=20_000)


def solved(asked, stop=LONG, seed=1) -> Plan:
    plan = posts.solve(asked, stop, seed)
    assert [str(one) for one in posts.check(asked, plan)] == []
    return plan


def held(plan: Plan) -> set[tuple[str, str, int, int]]:
    return {(one.person, one.post, one.start // HOUR, one.end // HOUR) for one in plan.duties}


def test_one_post_for_three_hours_takes_one_person():
    plan = solved(problem([post("门", (0, 3))], [person("甲"), person("乙")]))
    assert held(plan) == {("甲", "门", 0, 3)}
    assert plan.proven == ["missing", "people", "spread"]
    assert (plan.people, plan.people_bound, plan.missing) == (1, 1, 0)


def test_a_break_is_relieved_at_the_post():
    plan = solved(problem([post("门", (0, 5))], [person("甲"), person("乙")], max_stretch=4, break_duration=1))
    assert plan.people == 2
    assert plan.missing == 0
    assert max(one.end - one.start for one in plan.duties) <= 4 * HOUR


def test_alone_nobody_can_hold_a_post_longer_than_a_stretch():
    plan = solved(problem([post("门", (0, 6))], [person("甲")], max_stretch=3, break_duration=1))
    assert plan.missing == HOUR
    (gap,) = plan.uncovered
    assert gap.code == "rules"
    assert "rules of hours, rest and moving" in gap.reason.en
    assert "缺 1 人" in gap.reason.zh


def test_hours_are_shared_evenly_among_as_few_as_possible():
    plan = solved(problem([post("门", (0, 8))], [person("甲"), person("乙"), person("丙")], max_day=6))
    assert (plan.people, plan.spread) == (2, 0)


def test_two_posts_at_once_take_two_people():
    assert solved(problem([post("东门", (0, 2)), post("西门", (0, 2))], [person("甲"), person("乙")])).people == 2


def test_two_people_at_one_post_are_counted():
    plan = solved(problem([post("门", (0, 2, 2))], [person("甲"), person("乙"), person("丙")]))
    assert (plan.people, plan.missing) == (2, 0)


def test_a_move_between_posts_takes_time():
    asked = problem([post("东门", (0, 2)), post("西门", (2, 4))], [person("甲")], move=1)
    assert solved(asked).missing == HOUR
    assert solved(problem(asked.posts, asked.people)).missing == 0


def test_the_night_between_two_days_is_long_enough():
    asked = problem([post("门", (20, 24), (24, 30))], [person("甲"), person("乙")], min_rest=8)
    plan = solved(asked)
    assert plan.missing == 0
    assert plan.people == 2


def test_a_qualification_nobody_has_is_named():
    (gap,) = solved(problem([post("消毒岗", (0, 2), requires=["消毒"])], [person("甲")])).uncovered
    assert (gap.code, gap.missing, gap.start, gap.end) == ("qualification", 1, 0, 2 * HOUR)
    assert "消毒" in gap.reason.en


def test_hours_nobody_is_there_are_named():
    (gap,) = solved(problem([post("门", (0, 4))], [person("甲", (0, 3))])).uncovered
    assert (gap.code, gap.start, gap.end) == ("availability", 3 * HOUR, 4 * HOUR)


def test_without_people_everything_is_uncovered_and_said_so():
    (gap,) = solved(problem([post("门", (0, 4))], [])).uncovered
    assert (gap.code, gap.end) == ("nobody", 4 * HOUR)


def test_where_people_are_short_the_more_important_post_is_held():
    plan = solved(problem([post("后门", (0, 2)), post("正门", (0, 2), priority=5)], [person("甲")]))
    assert {one.post for one in plan.uncovered} == {"后门"}


def test_somebody_bound_to_a_post_holds_no_other():
    plan = solved(problem([post("东门", (0, 2)), post("西门", (0, 2))], [person("甲", posts=["西门"])]))
    assert {one.post for one in plan.duties} == {"西门"}


def test_who_takes_a_post_stays_a_while():
    asked = problem([post("门", (0, 6))], [person("甲", (0, 3)), person("乙", (1, 6))], min_stay=3)
    assert all(one.end - one.start >= 3 * HOUR for one in solved(asked).duties)


@pytest.mark.parametrize("seed", range(12))
def test_small_rosters_are_as_good_as_the_best_of_all(seed):
    rng = random.Random(seed)
    hours = rng.choice([4, 5])
    many = [post(f"岗{at}", (rng.randint(0, 1), hours, rng.choice([1, 1, 2])), priority=rng.choice([1, 3]),
                 requires=rng.choice([[], ["急救"]])) for at in range(rng.choice([1, 2]))]  # fmt: skip
    people = [
        person(f"人{at}", (rng.randint(0, 2), rng.randint(3, hours)), qualifications=rng.choice([[], ["急救"]]),
               max_duration=rng.choice([None, 3 * HOUR]))
        for at in range(3 if len(many) == 1 else 2)
    ]  # fmt: skip
    asked = problem(many, people, max_stretch=rng.choice([2, 3]), break_duration=1, move=rng.choice([0, 1]),
                    max_day=rng.choice([3, 24]), max_span=rng.choice([4, 24]))  # fmt: skip
    plan = solved(asked)
    uncovered = sum(
        one.missing * (one.end - one.start) // HOUR * next(p.priority for p in many if p.id == one.post)
        for one in plan.uncovered
    )
    assert (uncovered, plan.people, plan.spread // HOUR) == best(asked)
    assert plan.proven == ["missing", "people", "spread"]


def test_the_same_seed_and_iterations_give_the_same_roster():
    asked = problem([post("东门", (0, 12)), post("西门", (0, 12))], [person(f"人{at}") for at in range(6)],
                    max_stretch=4, max_day=6, move=1)  # fmt: skip
    first, again = (posts.solve(asked, Stop(iterations=300), seed=7) for _ in range(2))
    assert first.duties == again.duties


def cancelled() -> Stop:
    stop = Stop(iterations=1_000)
    stop.cancel.set()
    return stop


def test_a_search_cancelled_at_once_gives_a_first_roster_that_holds():
    plan = solved(problem([post("门", (0, 3))], [person("甲")]), cancelled())
    assert held(plan) == {("甲", "门", 0, 3)}
    assert plan.proven == []


@pytest.mark.parametrize("seed", range(20))
def test_a_first_roster_keeps_every_rule(seed):
    rng = random.Random(seed)
    many = [post(f"岗{at}", (rng.randint(0, 8), rng.randint(12, 40), rng.choice([1, 2])), priority=rng.choice([1, 3]),
                 requires=rng.choice([[], [], ["急救"]])) for at in range(4)]  # fmt: skip
    people = [person(f"人{at}", (rng.randint(0, 10), rng.randint(14, 48)), qualifications=rng.choice([[], ["急救"]]),
                     max_duration=rng.choice([None, 7 * HOUR])) for at in range(9)]  # fmt: skip
    asked = problem(many, people, max_stretch=rng.choice([3, 5]), break_duration=rng.choice([1, 2]), max_day=8,
                    move=rng.choice([0, 1, 2]), max_span=rng.choice([9, 14]), min_rest=rng.choice([0, 10]),
                    min_stay=rng.choice([1, 3]))  # fmt: skip
    assert solved(asked, cancelled()).duties


def test_progress_is_told():
    told = []
    posts.solve(problem([post("门", (0, 3))], [person("甲")]), LONG, on_progress=told.append)
    assert told
    assert told[-1].unserved == 0


GOOD = problem(
    [post("东门", (0, 4)), post("西门", (0, 2))], [person("甲"), person("乙", (0, 3))], max_stretch=3, move=1
)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda duty: duty.model_copy(update={"person": "丁"}), "duties[0]"),
        (lambda duty: duty.model_copy(update={"post": "北门"}), "duties[0]"),
        (lambda duty: duty.model_copy(update={"end": duty.start}), "duties[0]"),
        (lambda duty: duty.model_copy(update={"end": duty.end + HOUR}), "posts"),
        (lambda duty: duty.model_copy(update={"start": duty.start + HOUR}), "posts"),
    ],
)
def test_the_checker_sees_a_duty_that_was_changed(change, path):
    plan = solved(GOOD)
    broken = plan.model_copy(update={"duties": [change(plan.duties[0]), *plan.duties[1:]]})
    assert any(one.path.startswith(path) for one in posts.check(GOOD, broken))


@pytest.mark.parametrize("figure", ["missing", "people", "spread"])
def test_the_checker_sees_a_figure_that_is_wrong(figure):
    plan = solved(GOOD)
    assert [one.path for one in posts.check(GOOD, plan.model_copy(update={figure: 99}))] == [figure]


@pytest.mark.parametrize(
    ("duties", "rules", "said"),
    [
        ([("甲", "东门", 0, 4)], {"max_stretch": 3}, "no break"),
        ([("甲", "东门", 0, 2), ("甲", "西门", 1, 2)], {}, "two posts at once"),
        ([("甲", "西门", 0, 2), ("甲", "东门", 2, 4)], {"move": 1}, "from one post to another"),
        ([("甲", "东门", 0, 4)], {"max_day": 3}, "too long on day 1"),
        ([("甲", "西门", 0, 1), ("甲", "东门", 3, 4)], {"max_span": 3}, "too long a span"),
        ([("甲", "东门", 0, 1)], {"min_stay": 2}, "too soon"),
        ([("乙", "东门", 0, 4)], {}, "not available"),
    ],
)
def test_the_checker_sees_every_rule_broken(duties, rules, said):
    asked = problem(GOOD.posts, GOOD.people, **rules)
    plan = Plan(duties=[Duty(person=a, post=b, start=c * HOUR, end=d * HOUR) for a, b, c, d in duties])
    assert any(said in str(one) for one in posts.check(asked, plan))


def test_the_checker_sees_too_little_rest_at_night():
    asked = problem([post("门", (20, 30))], [person("甲")], min_rest=8)
    plan = Plan(duties=[Duty(person="甲", post="门", start=20 * HOUR, end=30 * HOUR)])
    assert any("too little rest" in str(one) for one in posts.check(asked, plan))


def refused(data: bytes) -> str:
    with pytest.raises(ProblemError) as caught:
        posts.read_problem(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"posts": [{"id": "a", "needs": [{"start": 900, "end": 900}]}]}, "posts[0].needs[0]"),
        ({"posts": [{"id": "a", "needs": [{"start": 0, "end": 1000}]}]}, "no multiple of the step"),
        ({"posts": [{"id": "a", "needs": [{"start": 0, "end": 900, "people": 0}]}]}, "posts[0].needs[0].people"),
        ({"people": [{"id": "x", "available": [[900, 0]]}]}, "people[0].available[0]"),
        ({"people": [{"id": "x", "available": [[0, 900]], "posts": ["z"]}]}, 'no post "z"'),
        ({"people": [{"id": "x", "available": []}, {"id": "x", "available": []}]}, "used 2 times"),
        ({"rules": {"max_stretch": 0}}, "rules.max_stretch"),
        ({"rules": {"move": 100}}, "rules.move"),
        ({"step": 0}, "step"),
        ({"step": 7_000}, "a day is no multiple"),
        ({"chairs": 1}, "chairs"),
    ],
)
def test_a_problem_that_does_not_hold_together_is_refused_with_its_path(change, said):
    good = {
        "posts": [{"id": "a", "needs": [{"start": 0, "end": 900}]}],
        "people": [{"id": "x", "available": [[0, 900]]}],
    }
    assert posts.read_problem(json.dumps(good).encode()).kind == "posts"
    assert said in refused(json.dumps({**good, **change}).encode())


def test_a_roster_too_large_to_search_is_refused_and_says_how_to_split_it():
    huge = problem([post(f"p{at}", (0, 2700)) for at in range(100)], [person(f"x{at}") for at in range(100)])
    with pytest.raises(ProblemError, match="Split by area"):
        posts.solve(huge, LONG)


def test_a_person_and_a_post_are_explained():
    plan = solved(GOOD)
    assert any("at posts for" in one.en for one in posts.explain(GOOD, plan, "甲"))
    assert posts.explain(GOOD, plan, "东门")
    with pytest.raises(ProblemError, match="no such post or person"):
        posts.explain(GOOD, plan, "无人")


def test_a_change_is_read_out():
    plan = solved(GOOD)
    assert [one.en for one in posts.diff(GOOD, plan, plan)] == ["Nothing changed."]
    fewer = plan.model_copy(update={"duties": plan.duties[1:], "missing": plan.missing + HOUR})
    said = [one.en for one in posts.diff(GOOD, plan, fewer)]
    assert any(one.startswith("No longer: ") for one in said)
    assert any("person-hours" in one for one in said)


def test_a_roster_is_drawn_with_every_duty():
    plan = solved(GOOD)
    drawn = posts.picture(GOOD, plan)
    assert drawn.count("<rect") == 1 + len(plan.duties) + len(plan.uncovered)  # the paper, and a bar each


def test_a_plan_reads_back_as_it_was_written():
    plan = solved(GOOD)
    assert posts.read_plan(plan.to_json().encode()) == plan
