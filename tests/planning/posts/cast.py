"""Small rosters by the hour, and the best one found by trying everything."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

from paotui.planning.posts import Need, Person, Post, Problem, Rules

HOUR = 3600
FREE = {"max_stretch": 20 * HOUR, "break_duration": HOUR, "max_day": 24 * HOUR, "max_span": 24 * HOUR, "min_rest": 0,
        "move": 0, "min_stay": HOUR}  # fmt: skip


def post(id: str, *needs: tuple[int, int] | tuple[int, int, int], **more: Any) -> Post:
    """Needs in hours, with a head count where more than one."""
    found = [Need(start=n[0] * HOUR, end=n[1] * HOUR, people=n[2] if len(n) > 2 else 1) for n in needs]
    return Post(id=id, needs=found, **more)


def person(id: str, *windows: tuple[int, int], **more: Any) -> Person:
    return Person(id=id, available=[(a * HOUR, b * HOUR) for a, b in windows or ((0, 48),)], **more)


def problem(posts: list[Post], people: list[Person], **rules: int) -> Problem:
    """Rules in hours; what is not named does not bind."""
    return Problem(
        step=HOUR, posts=posts, people=people, rules=Rules(**{**FREE, **{k: v * HOUR for k, v in rules.items()}})
    )


def best(asked: Problem) -> tuple[int, int, int]:
    """Hours uncovered × priority, people used, spread of hours: the least in that order, by trying everything."""
    hours = max(need.end for one in asked.posts for need in one.needs) // HOUR
    wanted = [
        [sum(n.people for n in one.needs if n.start <= h * HOUR < n.end) for h in range(hours)] for one in asked.posts
    ]
    days = [[day for day in product(range(-1, len(asked.posts)), repeat=hours) if _may(asked, who, day, wanted)]
            for who in asked.people]  # fmt: skip
    return min(_worth(asked, chosen, wanted) for chosen in product(*days) if _fits(chosen, wanted))


def _fits(chosen: tuple[tuple[int, ...], ...], wanted: list[list[int]]) -> bool:
    return all(
        sum(day[hour] == at for day in chosen) <= need for at, row in enumerate(wanted) for hour, need in enumerate(row)
    )


def _worth(asked: Problem, chosen: tuple[tuple[int, ...], ...], wanted: list[list[int]]) -> tuple[int, int, int]:
    missing = sum(
        asked.posts[at].priority * (need - sum(day[hour] == at for day in chosen))
        for at, row in enumerate(wanted)
        for hour, need in enumerate(row)
    )
    worked = [count for day in chosen if (count := sum(one >= 0 for one in day))]
    return missing, len(worked), max(worked, default=0) - min(worked, default=0)


def _may(asked: Problem, who: Person, day: tuple[int, ...], wanted: list[list[int]]) -> bool:
    rules, busy = asked.rules, [hour for hour, at in enumerate(day) if at >= 0]
    for hour in busy:
        one = asked.posts[day[hour]]
        if not wanted[day[hour]][hour] or not set(one.requires) <= set(who.qualifications):
            return False
        if not any(start <= hour * HOUR and (hour + 1) * HOUR <= end for start, end in who.available):
            return False
    if who.max_duration is not None and len(busy) * HOUR > who.max_duration:
        return False
    if len(busy) * HOUR > rules.max_day or (busy and (busy[-1] + 1 - busy[0]) * HOUR > rules.max_span):
        return False
    return _rested(rules, busy) and _moved(rules, day, busy)


def _rested(rules: Rules, busy: list[int]) -> bool:
    begun = None
    for at, hour in enumerate(busy):
        if begun is None or (hour - busy[at - 1] - 1) * HOUR >= max(rules.break_duration, HOUR):
            begun = hour
        if (hour + 1 - begun) * HOUR > rules.max_stretch:
            return False
    return True


def _moved(rules: Rules, day: tuple[int, ...], busy: list[int]) -> bool:
    return all(day[a] == day[b] or (b - a - 1) * HOUR >= rules.move for a, b in pairwise(busy))
