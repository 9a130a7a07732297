"""Posts held continuously, as written down: which posts need whom when, who is there, and the rules of work.

Times are whole seconds after midnight of the first day and multiples of `step`; qualifications are words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.reading import Model

Id = Annotated[str, Field(min_length=1, max_length=80)]
Seconds = Annotated[int, Field(ge=0, le=10_000_000)]
Window = tuple[Seconds, Seconds]
DAY = 86_400
MOST_CELLS = 4_000_000


class Need(Model):
    """`people` at once from `start` to `end`."""

    start: Seconds
    end: Seconds
    people: Annotated[int, Field(ge=1, le=100)] = 1


class Post(Model):
    """A place that is never left alone while it is needed: who leaves is relieved there, without a gap."""

    id: Id
    name: str = ""
    needs: list[Need]
    requires: list[Id] = []
    """Qualifications each person at it has."""
    priority: Annotated[int, Field(ge=1, le=1000)] = 1
    """What an uncovered step counts: higher goes first where people are short."""


class Person(Model):
    """Somebody who can stand at posts while `available`."""

    id: Id
    name: str = ""
    available: list[Window]
    qualifications: list[Id] = []
    posts: list[Id] | None = None
    """Posts this person may hold; null = all the qualifications allow."""
    max_duration: Seconds | None = None
    """At posts in all, over the whole plan; null = no limit."""


class Rules(Model):
    """Of work and rest; the same for everybody."""

    max_stretch: Seconds = 14_400
    """At posts without a break; shorter gaps than a break count as work."""
    break_duration: Seconds = 1_800
    max_day: Seconds = 28_800
    """At posts within one calendar day."""
    max_span: Seconds = 43_200
    """From the first start to the last end of a calendar day."""
    min_rest: Seconds = 39_600
    """Between the last end of one day and the first start of the next."""
    move: Seconds = 900
    """Least gap between two different posts."""
    min_stay: Seconds = 1_800
    """At a post once taken, unless the need or the availability ends before."""


class Problem(Model):
    kind: Literal["posts"] = "posts"
    name: str = ""
    note: str = ""
    step: Annotated[int, Field(ge=60, le=86_400)] = 900
    posts: list[Post]
    people: list[Person]
    rules: Rules = Rules()


def refuse(problem: Problem) -> None:
    """Raise ProblemError with every fault the types of the keys do not show."""
    faults = [*_twice(problem), *_names(problem), *_times(problem), *_rules(problem)]
    cells = len(problem.posts) * len(problem.people) * (horizon(problem) // problem.step + 1)
    if cells > MOST_CELLS:
        faults.append(fault(
            "people", zh=f"岗位 × 人员 × 时段共 {cells} 格，超过 {MOST_CELLS}。请分片区或分天排班。",
            en=f"posts × people × steps make {cells} cells, more than {MOST_CELLS}. Split by area or by day.",
        ))  # fmt: skip
    if faults:
        raise ProblemError(faults)


def horizon(problem: Problem) -> int:
    """The last moment any post is needed."""
    return max((need.end for post in problem.posts for need in post.needs), default=0)


def _twice(problem: Problem) -> Iterator[Fault]:
    for key, ids in (("posts", [one.id for one in problem.posts]), ("people", [one.id for one in problem.people])):
        for id, count in Counter(ids).items():
            if count > 1:
                yield fault(key, zh=f"编号“{id}”用了 {count} 次。请改为各不相同。",
                            en=f'the id "{id}" is used {count} times. Give each its own.')  # fmt: skip


def _names(problem: Problem) -> Iterator[Fault]:
    known = {post.id for post in problem.posts}
    for at, person in enumerate(problem.people):
        for id in person.posts or ():
            if id not in known:
                yield fault(f"people[{at}].posts", zh=f"没有岗位“{id}”。请改正。",
                            en=f'there is no post "{id}". Correct it.')  # fmt: skip


def _times(problem: Problem) -> Iterator[Fault]:
    spans = [(f"posts[{a}].needs[{b}]", need.start, need.end) for a, post in enumerate(problem.posts)
             for b, need in enumerate(post.needs)]  # fmt: skip
    spans += [(f"people[{a}].available[{b}]", *window) for a, one in enumerate(problem.people)
              for b, window in enumerate(one.available)]  # fmt: skip
    for path, start, end in spans:
        if end <= start:
            yield fault(path, zh=f"结束 {end} 不晚于开始 {start}。请对调。",
                        en=f"the end {end} is not after the start {start}. Swap them.")  # fmt: skip
        yield from _off_grid(path, (start, end), problem.step)


def _rules(problem: Problem) -> Iterator[Fault]:
    for key, value in problem.rules.model_dump().items():
        yield from _off_grid(f"rules.{key}", (value,), problem.step)
    if DAY % problem.step:
        yield fault("step", zh=f"一天不是 {problem.step} 秒的整数倍。请改为 900 之类。",
                    en=f"a day is no multiple of {problem.step} s. Write 900 or another that divides it.")  # fmt: skip
    if problem.rules.max_stretch == 0:
        yield fault("rules.max_stretch", zh="连续在岗上限不能为 0。请写出时长。",
                    en="nobody may be at a post at all. Write how long.")  # fmt: skip


def _off_grid(path: str, values: Iterable[int], step: int) -> Iterator[Fault]:
    for value in values:
        if value % step:
            yield fault(path, zh=f"{value} 不是时间步长 {step} 秒的整数倍。请改正，或改 step。",
                        en=f"{value} is no multiple of the step ({step} s). Round it, or change the step.")  # fmt: skip
