"""Says what a roster means: about one person or post, about a change, and as a picture."""

from __future__ import annotations

from html import escape

from paotui.local_text import LocalText
from paotui.planning.faults import ProblemError, fault
from paotui.planning.posts.plan import Duty, Plan
from paotui.planning.posts.problem import Problem, horizon
from paotui.planning.posts.reasons import hours
from paotui.planning.posts.words import clock, length

COLOURS = ("#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2", "#97bbf5", "#9c6b4e", "#9498a0")
ROW, LEFT, WIDE, TOP = 18, 120, 960, 30


def explain(problem: Problem, plan: Plan, subject: str) -> list[LocalText]:
    """Return sentences on a person (where, how long, how much is left) or a post (by whom, what is missing, why)."""
    if any(post.id == subject for post in problem.posts):
        return _of_post(plan, subject)
    person = next((one for one in problem.people if one.id == subject), None)
    if person is None:
        raise ProblemError([fault(
            subject, zh="没有这个岗位或人员。请写出编号。", en="there is no such post or person. Write its id.",
        )])  # fmt: skip
    duties = sorted((one for one in plan.duties if one.person == subject), key=lambda one: one.start)
    if not duties:
        return [LocalText(f"{subject} 未排班：不用也够。", f"{subject} is not used: the posts are held without.")]
    worked = hours(duties)[subject]
    told = [LocalText(f"{subject} 在岗 {length(worked)}。", f"{subject} is at posts for {length(worked)}.")]
    return told + [_duty(one) for one in duties]


def _duty(one: Duty) -> LocalText:
    when = f"{clock(one.start)}–{clock(one.end)}"
    return LocalText(f"{when} {one.person} 在 {one.post}。", f"{when} {one.person} at {one.post}.")


def _of_post(plan: Plan, post: str) -> list[LocalText]:
    duties = sorted((one for one in plan.duties if one.post == post), key=lambda one: one.start)
    lacking = [LocalText(one.reason.zh, one.reason.en) for one in plan.uncovered if one.post == post]
    whole = lacking or [LocalText("全程有人。", "It is never left alone.")]
    return [_duty(one) for one in duties] + whole


def diff(problem: Problem | None, before: Plan, after: Plan) -> list[LocalText]:
    """Return what changed from one roster to another, in the order of time."""
    old, new = ({(one.start, one.end, one.person, one.post) for one in plan.duties} for plan in (before, after))
    told = []
    for start, end, person, post in sorted(old ^ new):
        when = f"{clock(start)}–{clock(end)}"
        if (start, end, person, post) in old:
            told.append(LocalText(f"取消：{when} {person} 在 {post}。", f"No longer: {when} {person} at {post}."))
        else:
            told.append(LocalText(f"新增：{when} {person} 在 {post}。", f"New: {when} {person} at {post}."))
    if before.missing != after.missing:
        told.append(LocalText(
            f"缺岗由 {length(before.missing)} 变为 {length(after.missing)}（人·时）。",
            f"Uncovered goes from {length(before.missing)} to {length(after.missing)} person-hours.",
        ))  # fmt: skip
    return told or [LocalText("没有变化。", "Nothing changed.")]


def picture(problem: Problem, plan: Plan) -> str:
    """Return the roster as SVG: a line for each post, a bar for each duty, red where somebody is missing."""
    end = max(horizon(problem), 1)
    first = min((need.start for post in problem.posts for need in post.needs), default=0)
    scale = WIDE / max(end - first, 1)
    bars: list[str] = []
    row = 0
    colours = {one.id: COLOURS[at % len(COLOURS)] for at, one in enumerate(problem.people)}
    for post in problem.posts:
        duties = sorted((one for one in plan.duties if one.post == post.id), key=lambda one: one.start)
        lacking = [one for one in plan.uncovered if one.post == post.id]
        lanes = _lanes(duties)
        depth = max(lanes, default=-1) + 1
        bars += [
            _bar(duty.start - first, duty.end - first, row + lane, scale, colours[duty.person], duty.person)
            for duty, lane in zip(duties, lanes, strict=True)
        ]
        bars += [
            _bar(one.start - first, one.end - first, row + depth, scale, "#d00", f"−{one.missing}") for one in lacking
        ]
        bars.append(f'<text x="4" y="{TOP + row * ROW + 13}">{escape(post.name or post.id)}</text>')
        row += max(1, depth + bool(lacking))
    hours_ = [
        f'<text x="{LEFT + (at - first) * scale:.1f}" y="18">{clock(at)}</text>'
        for at in range(-(-first // 7200) * 7200, end, 7200)
    ]
    wide, high = LEFT + WIDE + 20, TOP + row * ROW + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="sans-serif" font-size="11"><rect width="{wide}" height="{high}" fill="#fff"/>'
        f"{''.join(hours_)}{''.join(bars)}</svg>"
    )


def _lanes(duties: list[Duty]) -> list[int]:
    """The first free lane for each duty, so that people at one post do not cover each other."""
    ends: list[int] = []
    lanes = []
    for duty in duties:
        lane = next((at for at, end in enumerate(ends) if end <= duty.start), len(ends))
        ends[lane : lane + 1] = [duty.end]
        lanes.append(lane)
    return lanes


def _bar(start: int, end: int, row: int, scale: float, colour: str, name: str) -> str:
    x, width, y = LEFT + start * scale, (end - start) * scale, TOP + row * ROW
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 3}" fill="{colour}" fill-opacity="0.75"/>'
        f'<text x="{x + 3:.1f}" y="{y + 12}">{escape(name)}</text>'
    )
