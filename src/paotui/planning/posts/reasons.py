"""What stays uncovered in a roster, and the reason: nobody with the qualification, nobody there, or the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from paotui.planning.posts.plan import Duty, Text, Uncovered
from paotui.planning.posts.problem import Person, Post, Problem
from paotui.planning.posts.words import clock

Key = tuple[int, str, tuple[int, int, int]]


def hours(duties: Iterable[Duty]) -> dict[str, int]:
    """Return seconds at posts by person."""
    found: dict[str, int] = defaultdict(int)
    for duty in duties:
        found[duty.person] += duty.end - duty.start
    return dict(found)


def uncovered(problem: Problem, duties: Sequence[Duty]) -> list[Uncovered]:
    """Return the intervals where too few are at a post, each with the reason that holds throughout."""
    busy = defaultdict(list)
    for duty in duties:
        busy[duty.person].append(duty)
    found = []
    for post in problem.posts:
        steps = [(at, _key(problem, post, at, busy)) for at in _moments(post, problem.step)]
        for key, start, end in _joined([(at, key) for at, key in steps if key], problem.step):
            found.append(_said(problem, post, key, start, end))
    return found


def _moments(post: Post, step: int) -> list[int]:
    return sorted({at for need in post.needs for at in range(need.start, need.end, step)})


def _key(problem: Problem, post: Post, at: int, busy: dict[str, list[Duty]]) -> Key | None:
    """Missing people, the code and the counts behind it at one moment; None where nobody is missing."""
    wanted = sum(need.people for need in post.needs if need.start <= at < need.end)
    held = sum(duty.post == post.id and duty.start <= at < duty.end for found in busy.values() for duty in found)
    if held >= wanted:
        return None
    qualified = [one for one in problem.people if _may(one, post)]
    present = [one for one in qualified if any(start <= at < end for start, end in one.available)]
    working = [one for one in present if any(duty.start <= at < duty.end for duty in busy[one.id])]
    code = _code(problem, len(qualified), len(present), held)
    return wanted - held, code, (len(qualified), len(present), len(working) - held)


def _code(problem: Problem, qualified: int, present: int, held: int) -> str:
    if not problem.people:
        return "nobody"
    if not qualified:
        return "qualification"
    return "availability" if present == held else "rules"


def _may(person: Person, post: Post) -> bool:
    return set(post.requires) <= set(person.qualifications) and (person.posts is None or post.id in person.posts)


def _joined(steps: list[tuple[int, Key]], step: int) -> Iterator[tuple[Key, int, int]]:
    start = last = None
    current: Key | None = None
    for at, key in steps:
        if current is not None and start is not None and last is not None and (key != current or at != last + step):
            yield current, start, last + step
            start = None
        start = at if start is None else start
        current, last = key, at
    if current is not None and start is not None and last is not None:
        yield current, start, last + step


def _said(problem: Problem, post: Post, key: Key, start: int, end: int) -> Uncovered:
    missing, code, (qualified, present, elsewhere) = key
    rest = present - elsewhere
    when = f"{clock(start)}–{clock(end)}"
    name = post.name or post.id
    needed = "、".join(post.requires)
    texts = {
        "nobody": Text(zh=f"{name} {when} 缺 {missing} 人：没有人员。请加派。",
                       en=f"{name} {when} lacks {missing}: there is nobody at all. Send people."),
        "qualification": Text(
            zh=f"{name} {when} 缺 {missing} 人：没有人可以上此岗（{needed or '人员均未列此岗'}）。请调入或培训。",
            en=f"{name} {when} lacks {missing}: nobody may hold it ({', '.join(post.requires) or 'nobody lists it'}). "
               "Bring in or train somebody."),
        "availability": Text(
            zh=f"{name} {when} 缺 {missing} 人：可上此岗的 {qualified} 人中此时只有 {present} 人到岗。请调整可用时间。",
            en=f"{name} {when} lacks {missing}: of {qualified} who may hold it only {present} are there at that time. "
               "Change their hours."),
        "rules": Text(
            zh=f"{name} {when} 缺 {missing} 人：此时到岗的 {present} 人中 {elsewhere} 人在别的岗位，"
               f"其余已在此岗或受工时、休息、换岗规则限制。请加派 {missing} 人。",
            en=f"{name} {when} lacks {missing}: of {present} who are there {elsewhere} are at other posts, the other "
               f"{rest} are held by the rules of hours, rest and moving, or stand there already. Send {missing} more."),
    }  # fmt: skip
    return Uncovered(post=post.id, start=start, end=end, missing=missing, code=code, reason=texts[code])
