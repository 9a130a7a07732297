"""A first roster at once: post by post, the longest stretch the rules leave somebody, first of those at work already.

What the search starts from, and what is left when it is stopped before it has found anything better.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from paotui.planning.posts.problem import DAY, Person, Problem

Held = dict[int, int]
"""By step, the post a person is at."""


def first_roster(problem: Problem, may: dict[tuple[int, int], set[int]], wanted: list[dict[int, int]]) -> list[Held]:
    """Return who is where, by person; `may`: steps by post and person, `wanted`: people by post and step."""
    held: list[Held] = [{} for _ in problem.people]
    order = sorted(range(len(problem.posts)), key=lambda post: (-problem.posts[post].priority, _able(may, post), post))
    for post in order:
        lacking = dict(wanted[post])
        for at in sorted(lacking):
            while lacking[at] > 0 and _take(problem, post, at, lacking, may, held):
                pass
    return held


def _able(may: dict[tuple[int, int], set[int]], post: int) -> int:
    """How many can hold a post at all: the rarer, the sooner it is filled."""
    return sum(one == post for one, _ in may)


def _take(
    problem: Problem,
    post: int,
    at: int,
    lacking: dict[int, int],
    may: dict[tuple[int, int], set[int]],
    held: list[Held],
) -> bool:
    """Give the post from `at` on to whoever can stay longest; False where nobody can stay long enough."""
    best, chosen = (0, False, 0), -1
    for person, somebody in enumerate(problem.people):
        steps = may.get((post, person), set())
        if at in steps and at not in held[person]:
            stay = _longest(problem, somebody, post, at, lacking, steps, held[person])
            worth = (stay, bool(held[person]), -len(held[person]))
            if stay and worth > best:
                best, chosen = worth, person
    if chosen < 0:
        return False
    for step in range(at, at + best[0]):
        held[chosen][step] = post
        lacking[step] -= 1
    return True


def _longest(
    problem: Problem, person: Person, post: int, at: int, lacking: dict[int, int], steps: set[int], held: Held
) -> int:
    end = at
    while (
        end in steps
        and end not in held
        and lacking.get(end, 0) > 0
        and end - at < problem.rules.max_stretch // problem.step
    ):
        end += 1
    while end > at and not keeps_rules(problem, person, {**held, **dict.fromkeys(range(at, end), post)}, steps, post):
        end -= 1
    return end - at


def keeps_rules(problem: Problem, person: Person, held: Held, steps: set[int], post: int) -> bool:
    """Whether somebody's work, with new steps at `post`, keeps all the rules."""
    rules, size = problem.rules, problem.step
    busy = sorted(held)
    if person.max_duration is not None and len(busy) * size > person.max_duration:
        return False
    if any(held[a] != held[b] and (b - a - 1) * size < rules.move for a, b in pairwise(busy)):
        return False
    return _days_fit(problem, busy) and _rests(problem, busy) and _stays(held, steps, post, rules.min_stay // size)


def _days_fit(problem: Problem, busy: list[int]) -> bool:
    rules, size = problem.rules, problem.step
    days: dict[int, list[int]] = defaultdict(list)
    for at in busy:
        days[at * size // DAY].append(at)
    if any(len(day) * size > rules.max_day or (day[-1] + 1 - day[0]) * size > rules.max_span for day in days.values()):
        return False
    return all(
        (days[day + 1][0] - steps[-1] - 1) * size >= rules.min_rest
        for day, steps in list(days.items())
        if day + 1 in days
    )


def _rests(problem: Problem, busy: list[int]) -> bool:
    pause = max(1, problem.rules.break_duration // problem.step)
    begun = busy[0]
    for before, at in pairwise([busy[0], *busy]):
        if at - before - 1 >= pause:
            begun = at
        if (at + 1 - begun) * problem.step > problem.rules.max_stretch:
            return False
    return True


def _stays(held: Held, steps: set[int], post: int, stay: int) -> bool:
    """No stay at the post is shorter than it must be, but where need or availability end."""
    for at, where in held.items():
        if where == post and held.get(at - 1) != post:
            for ahead in range(at + 1, at + stay):
                if ahead not in steps:
                    break
                if held.get(ahead) != post:
                    return False
    return True
