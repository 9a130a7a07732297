"""The roster as a constraint model: one yes or no for each person, post and step of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ortools.sat.python import cp_model

from paotui.planning.posts.problem import DAY, Person, Post, Problem, horizon

Var = cp_model.IntVar
At = dict[int, Var]
"""By step of time, where the person may be at the post at all."""


@dataclass
class Roster:
    """The model and what is read back from it; times are steps."""

    problem: Problem
    model: cp_model.CpModel
    steps: int
    at: dict[tuple[int, int], At] = field(default_factory=dict)
    """By post and person."""
    short: dict[tuple[int, int], Var] = field(default_factory=dict)
    """People too few, by post and step."""
    working: list[At] = field(default_factory=list)
    resting: list[At] = field(default_factory=list)
    ever: list[tuple[int, Var, frozenset[int]]] = field(default_factory=list)
    """Whether a person works at any of these steps."""
    used: list[Var] = field(default_factory=list)
    evenness: tuple[Var, Var, Var] | None = None
    """Most, least, spread of the steps of those used."""

    def missing(self) -> cp_model.LinearExprT:
        """Uncovered steps, each times the priority of its post."""
        return sum(self.problem.posts[post].priority * short for (post, _), short in self.short.items())


def build(problem: Problem) -> Roster:
    """Return the model of a problem without an objective."""
    roster = Roster(problem, cp_model.CpModel(), horizon(problem) // problem.step)
    for post in range(len(problem.posts)):
        for person in range(len(problem.people)):
            _may_hold(roster, post, person)
        _cover(roster, post)
    for person in range(len(problem.people)):
        _one_place(roster, person)
        _limits(roster, person)
        _breaks(roster, person)
        _days(roster, person)
        _stays(roster, person)
        _moves(roster, person)
    _alike(roster)
    _evenness(roster)
    return roster


def demand(post: Post, step: int) -> dict[int, int]:
    """Return people needed by step; where needs overlap they add up."""
    wanted: dict[int, int] = {}
    for need in post.needs:
        for at in range(need.start // step, need.end // step):
            wanted[at] = wanted.get(at, 0) + need.people
    return wanted


def able(post: Post, person: Person) -> bool:
    """Whether a person may ever hold a post."""
    return set(post.requires) <= set(person.qualifications) and (person.posts is None or post.id in person.posts)


def there(person: Person, step: int) -> set[int]:
    """Return the steps a person is available."""
    return {at for start, end in person.available for at in range(start // step, end // step)}


def start_from(roster: Roster, held: Sequence[dict[int, int]]) -> dict[int, int]:
    """Return the value of every variable, by index, where `held` tells who is at which post by step."""
    values: dict[int, int] = {}
    for (post, person), found in roster.at.items():
        values |= {one.index: int(held[person].get(at) == post) for at, one in found.items()}
    for person, here in enumerate(held):
        values |= {one.index: int(at in here) for at, one in roster.working[person].items()}
        values[roster.used[person].index] = int(bool(here))
        values |= {one.index: int(not steps.isdisjoint(here)) for who, one, steps in roster.ever if who == person}
        pause = max(1, roster.problem.rules.break_duration // roster.problem.step)
        for at, one in roster.resting[person].items():
            values[one.index] = int(not any(ahead in here for ahead in range(at, at + pause)))
    for post, needed in enumerate(roster.problem.posts):
        for at, wanted in demand(needed, roster.problem.step).items():
            there_ = sum(here.get(at) == post for here in held)
            values[roster.short[post, at].index] = wanted - there_
    worked = [len(here) for here in held if here] or [0]
    assert roster.evenness is not None
    return values | dict(zip(
        (one.index for one in roster.evenness), (max(worked), min(worked), max(worked) - min(worked)), strict=True
    ))  # fmt: skip


def _may_hold(roster: Roster, post: int, person: int) -> None:
    one, somebody = roster.problem.posts[post], roster.problem.people[person]
    if able(one, somebody):
        steps = sorted(demand(one, roster.problem.step).keys() & there(somebody, roster.problem.step))
        if steps:
            roster.at[post, person] = {at: roster.model.new_bool_var(f"{one.id} {somebody.id} {at}") for at in steps}


def _cover(roster: Roster, post: int) -> None:
    for at, wanted in demand(roster.problem.posts[post], roster.problem.step).items():
        held = [found[at] for (one, _), found in roster.at.items() if one == post and at in found]
        short = roster.model.new_int_var(0, wanted, f"short {post} {at}")
        roster.short[post, at] = short
        roster.model.add(sum(held) + short == wanted)


def _posts_of(roster: Roster, person: int) -> list[tuple[int, At]]:
    return [(post, found) for (post, one), found in roster.at.items() if one == person]


def _one_place(roster: Roster, person: int) -> None:
    by_step: dict[int, list[Var]] = {}
    for _, found in _posts_of(roster, person):
        for at, held in found.items():
            by_step.setdefault(at, []).append(held)
    working: At = {}
    for at, places in sorted(by_step.items()):
        working[at] = roster.model.new_bool_var(f"working {person} {at}")
        roster.model.add(sum(places) == working[at])
    roster.working.append(working)


def _limits(roster: Roster, person: int) -> None:
    working, somebody, step = roster.working[person], roster.problem.people[person], roster.problem.step
    used = roster.model.new_bool_var(f"used {person}")
    roster.used.append(used)
    roster.model.add_max_equality(used, [*working.values(), 0])
    if somebody.max_duration is not None:
        roster.model.add(sum(working.values()) <= somebody.max_duration // step)
    for day in _by_day(roster, person):
        roster.model.add(sum(day.values()) <= roster.problem.rules.max_day // step)


def _by_day(roster: Roster, person: int) -> list[At]:
    length = DAY // roster.problem.step
    days: dict[int, At] = {}
    for at, working in roster.working[person].items():
        days.setdefault(at // length, {})[at] = working
    return [found for _, found in sorted(days.items())]


def _breaks(roster: Roster, person: int) -> None:
    """Whoever works at a step begins a break at most one longest stretch later."""
    working, rules, step = roster.working[person], roster.problem.rules, roster.problem.step
    stretch, pause = rules.max_stretch // step, max(1, rules.break_duration // step)
    resting = {at: roster.model.new_bool_var(f"rest {person} {at}") for at in range(roster.steps)}
    roster.resting.append(resting)
    for at, rest in resting.items():
        for ahead in range(at, at + pause):
            if ahead in working:
                roster.model.add_implication(rest, ~working[ahead])
    for at, busy in working.items():
        if at + stretch < roster.steps:  # nobody works longer than there is anything to do
            roster.model.add_bool_or([~busy, *(resting[one] for one in range(at + 1, at + stretch + 1))])


def _days(roster: Roster, person: int) -> None:
    """No day longer than the longest span, and a rest between one day and the next."""
    rules, step = roster.problem.rules, roster.problem.step
    days = _by_day(roster, person)
    for day in days:
        begun = _until(roster, person, day)
        _not_after(roster, day, begun, rules.max_span // step)
    for before, after in pairwise(days):
        late = _since(roster, person, before)
        for at, busy in after.items():
            if follows := [one for one in late if one >= at - rules.min_rest // step]:
                roster.model.add_at_most_one(busy, late[min(follows)])


def _not_after(roster: Roster, day: At, begun: At, span: int) -> None:
    """Nobody works a span or more after a step by which they had begun."""
    for at, busy in day.items():
        if earlier := [one for one in begun if one <= at - span]:
            roster.model.add_at_most_one(busy, begun[max(earlier)])


def _until(roster: Roster, person: int, day: At) -> At:
    """Whether somebody works at this step of the day or before."""
    return _ever(roster, person, day, sorted(day))


def _since(roster: Roster, person: int, day: At) -> At:
    """Whether somebody works at this step of the day or later."""
    return _ever(roster, person, day, sorted(day, reverse=True))


def _ever(roster: Roster, person: int, day: At, order: list[int]) -> At:
    found: At = {}
    for number, at in enumerate(order):
        found[at] = roster.model.new_bool_var(f"ever {person} {at}")
        roster.model.add_implication(day[at], found[at])
        if number:
            roster.model.add_implication(found[order[number - 1]], found[at])
        roster.ever.append((person, found[at], frozenset(order[: number + 1])))
    return found


def _stays(roster: Roster, person: int) -> None:
    """Who takes a post stays a while; not where the need or the availability ends before."""
    stay = roster.problem.rules.min_stay // roster.problem.step
    for _, found in _posts_of(roster, person):
        for at, held in found.items():
            begins = [held] if at - 1 not in found else [held, ~found[at - 1]]
            for ahead in range(at + 1, at + stay):
                if ahead not in found:
                    break
                roster.model.add_bool_or([*(~one for one in begins), found[ahead]])


def _moves(roster: Roster, person: int) -> None:
    gap = roster.problem.rules.move // roster.problem.step
    posts = _posts_of(roster, person)
    for one, here in posts:
        for at, held in here.items():
            for ahead in range(at + 1, min(at + gap, roster.steps) + 1):
                elsewhere = [found[ahead] for other, found in posts if other != one and ahead in found]
                if elsewhere:
                    roster.model.add_at_most_one(held, *elsewhere)


def _alike(roster: Roster) -> None:
    """Of people who differ in nothing the first are used first: fewer rosters that are the same but for names."""
    seen: dict[str, int] = {}
    for at, person in enumerate(roster.problem.people):
        key = person.model_copy(update={"id": "x", "name": ""}).model_dump_json()
        if key in seen:
            roster.model.add_implication(roster.used[at], roster.used[seen[key]])
        seen[key] = at


def _evenness(roster: Roster) -> None:
    most = roster.model.new_int_var(0, roster.steps, "most")
    least = roster.model.new_int_var(0, roster.steps, "least")
    for used, working in zip(roster.used, roster.working, strict=True):
        hours = sum(working.values())
        roster.model.add(hours <= most)
        roster.model.add(hours >= least).only_enforce_if(used)
    spread = roster.model.new_int_var(0, roster.steps, "spread")
    roster.evenness = most, least, spread
    # Nobody used: least is free, so that the spread can be nought.
    roster.model.add(spread >= most - least)
