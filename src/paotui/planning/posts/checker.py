"""Verifies a roster from its duties alone; shares no code with the solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from paotui.planning.faults import Fault, fault
from paotui.planning.posts.plan import Duty, Plan
from paotui.planning.posts.problem import Person, Problem

SECONDS_OF_DAY = 24 * 60 * 60


def check(problem: Problem, plan: Plan) -> list[Fault]:
    """Return every rule the roster breaks and every figure it states wrongly; empty when it holds."""
    people = {one.id: one for one in problem.people}
    by_person: dict[str, list[Duty]] = defaultdict(list)
    faults = [*misfits(problem, plan), *_unfit(problem, plan, people)]
    for duty in plan.duties:
        if duty.person in people:
            by_person[duty.person].append(duty)
    for id, duties in by_person.items():
        faults += _person(problem, people[id], sorted(duties, key=lambda one: one.start))
    faults += _cover(problem, plan)
    faults += _figures(plan, by_person)
    return faults


def misfits(problem: Problem, plan: Plan) -> list[Fault]:
    """Return what the plan names and the problem has not: such a plan cannot be told of, nor drawn."""
    people, posts = {one.id for one in problem.people}, {one.id for one in problem.posts}
    strangers = [
        f"duties[{at}]" for at, one in enumerate(plan.duties) if one.person not in people or one.post not in posts
    ]
    strangers += [f"uncovered[{at}]" for at, one in enumerate(plan.uncovered) if one.post not in posts]
    zh, en = "没有这个人或岗位。请改正编号。", "there is no such person or post. Correct the id."
    return [fault(path, zh=zh, en=en) for path in strangers]


def _unfit(problem: Problem, plan: Plan, people: dict[str, Person]) -> Iterator[Fault]:
    posts = {one.id: one for one in problem.posts}
    for at, duty in enumerate(plan.duties):
        path = f"duties[{at}]"
        if duty.person not in people or duty.post not in posts:
            continue
        person, post = people[duty.person], posts[duty.post]
        if duty.end <= duty.start:
            yield fault(path, zh="结束不晚于开始。", en="it ends before it starts.")
        lacking = set(post.requires) - set(person.qualifications)
        if lacking or (person.posts is not None and post.id not in person.posts):
            yield fault(path, zh=f"{person.id} 不能上 {post.id}。请换人。",
                        en=f"{person.id} may not hold {post.id}. Send somebody else.")  # fmt: skip
        if not _inside(duty, person):
            yield fault(path, zh=f"{person.id} 此时不在岗。请换人或改时间。",
                        en=f"{person.id} is not available then. Send somebody else, or change the time.")  # fmt: skip


def _inside(duty: Duty, person: Person) -> bool:
    reached = duty.start
    for start, end in sorted(person.available):
        if start <= reached < end:
            reached = end
    return reached >= duty.end


def _person(problem: Problem, person: Person, duties: list[Duty]) -> Iterator[Fault]:
    rules, path = problem.rules, f"people.{person.id}"
    for before, after in pairwise(duties):
        if after.start < before.end:
            yield fault(path, zh="同时在两个岗位。", en="is at two posts at once.")
        elif before.post != after.post and after.start - before.end < rules.move:
            yield fault(path, zh=f"换岗只有 {after.start - before.end} 秒。",
                        en=f"has {after.start - before.end} s to get from one post to another.")  # fmt: skip
    worked = sum(duty.end - duty.start for duty in duties)
    if person.max_duration is not None and worked > person.max_duration:
        yield fault(path, zh=f"在岗 {worked} 秒，超过上限。", en=f"is at posts for {worked} s, more than allowed.")
    yield from _stretches(problem, path, duties)
    yield from _days(problem, path, duties)
    yield from _stays(problem, person, path, duties)


def _stretches(problem: Problem, path: str, duties: list[Duty]) -> Iterator[Fault]:
    begun = duties[0].start
    # A break of nothing is one all the same: a step has to lie between.
    pause = max(problem.rules.break_duration, problem.step)
    for at, duty in enumerate(duties):
        if at and duty.start - duties[at - 1].end >= pause:
            begun = duty.start
        if duty.end - begun > problem.rules.max_stretch:
            yield fault(
                path, zh=f"从 {begun} 秒起连续在岗没有休息。", en=f"has no break in the stretch from {begun} s on."
            )
            begun = duty.end


def _days(problem: Problem, path: str, duties: list[Duty]) -> Iterator[Fault]:
    days: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for duty in duties:
        for day in range(duty.start // SECONDS_OF_DAY, (duty.end - 1) // SECONDS_OF_DAY + 1):
            opens = day * SECONDS_OF_DAY
            days[day].append((max(duty.start, opens), min(duty.end, opens + SECONDS_OF_DAY)))
    for day, parts in days.items():
        if sum(end - start for start, end in parts) > problem.rules.max_day:
            yield fault(path, zh=f"第 {day + 1} 天在岗过长。", en=f"is at posts too long on day {day + 1}.")
        if parts[-1][1] - parts[0][0] > problem.rules.max_span:
            yield fault(path, zh=f"第 {day + 1} 天首尾跨度过长。", en=f"has too long a span on day {day + 1}.")
        if day + 1 in days and days[day + 1][0][0] - parts[-1][1] < problem.rules.min_rest:
            yield fault(path, zh=f"第 {day + 1} 天后休息不足。", en=f"has too little rest after day {day + 1}.")


def _stays(problem: Problem, person: Person, path: str, duties: list[Duty]) -> Iterator[Fault]:
    for duty in duties:
        needs = [(one.start, one.end) for post in problem.posts if post.id == duty.post for one in post.needs]
        could = duty.start
        while (
            could < duty.start + problem.rules.min_stay and _within(could, needs) and _within(could, person.available)
        ):
            could += problem.step
        if duty.end < could:
            yield fault(
                path, zh=f"{duty.start} 秒起在岗过短。", en=f"leaves the post taken at {duty.start} s too soon."
            )


def _within(moment: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= moment < end for start, end in spans)


def _cover(problem: Problem, plan: Plan) -> Iterator[Fault]:
    """What is needed is there or said to be missing, moment by moment; nobody is where nobody is needed."""
    for post in problem.posts:
        edges = {edge for need in post.needs for edge in (need.start, need.end)}
        edges |= {edge for duty in plan.duties if duty.post == post.id for edge in (duty.start, duty.end)}
        edges |= {edge for one in plan.uncovered if one.post == post.id for edge in (one.start, one.end)}
        for moment in sorted(edges):
            wanted = sum(need.people for need in post.needs if need.start <= moment < need.end)
            held = sum(one.post == post.id and one.start <= moment < one.end for one in plan.duties)
            said = sum(one.missing for one in plan.uncovered if one.post == post.id and one.start <= moment < one.end)
            if held + said != wanted:
                yield fault(f"posts.{post.id}", zh=f"{moment} 秒需 {wanted} 人，到岗 {held}，列明缺 {said}。",
                            en=f"at {moment} s {wanted} needed, {held} there, {said} listed as missing.")  # fmt: skip


def _figures(plan: Plan, by_person: dict[str, list[Duty]]) -> Iterator[Fault]:
    worked = [sum(one.end - one.start for one in duties) for duties in by_person.values()]
    right = {
        "missing": sum(one.missing * (one.end - one.start) for one in plan.uncovered),
        "people": len(by_person),
        "spread": max(worked, default=0) - min(worked, default=0),
    }
    for name, value in right.items():
        if getattr(plan, name) != value:
            yield fault(name, zh=f"写的是 {getattr(plan, name)}，应为 {value}。",
                        en=f"it says {getattr(plan, name)}, it should be {value}.")  # fmt: skip
