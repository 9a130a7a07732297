"""People of a department who may always go together: its crew as one vehicle, as long as the search is coarse.

Where a department sends two officers to every site and they are alike, nothing is lost when the same two stay together
all day: with the starts given, sending them is a flow with two units at every visit, and half of it is a flow with one
unit, which has a whole solution as cheap. So a tour stands for `weight` people, and a visit for as many slots fewer.
Who is left over when a day's people are divided into crews stays at home until the crews are disbanded.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from paotui.planning.inspections import engine
from paotui.planning.inspections.arrays import Arrays, Slot, route_types

MANY = 40
"""From so many sites on; with fewer, those left over when crews are formed are too many of the people there are."""
AT_WORK = 0.75
"""At least so many of a department's tours have to be those of crews, or too many people would wait for their turn."""


@dataclass(frozen=True, slots=True)
class Crews:
    """A problem in which crews travel, and what each stands for."""

    made: Arrays
    members: list[list[int]]
    """Routes of the people by route of the crew."""
    slots: list[list[list[int]]]
    """By site and slot of the crew, slots of the people."""


def crews(made: Arrays) -> Crews | None:
    """Return the problem with crews instead of people; None where nobody always goes with another."""
    sizes = _sizes(made)
    if made.problem.weights.balance or made.announced or max(sizes.values(), default=1) == 1:
        return None
    members = _members(made, sizes)
    if _too_few(made, members):
        return None
    slots, of_people = [], []
    for of_site in made.slots:
        groups = _groups(of_site, sizes)
        slots.append([of_site[group[0]] for group in groups])
        of_people.append(groups)
    routes = [replace(made.routes[crew[0]], person=n, weight=len(crew)) for n, crew in enumerate(members)]
    leaders = [made.routes[crew[0]].person for crew in members]
    problem = made.problem.model_copy(update={"inspectors": tuple(made.problem.inspectors[one] for one in leaders)})
    classes = [tuple(n for n, leader in enumerate(leaders) if leader in persons) for persons in map(set, made.classes)]
    return Crews(Arrays(problem, made.times, slots, made.options, routes, classes, {}, made.stride), members, of_people)


def _sizes(made: Arrays) -> dict[str, int]:
    """By department, the largest number that divides how many it sends of every class."""
    found: dict[str, int] = defaultdict(int)
    for of_site in made.slots:
        for (department, _, _), count in Counter((one.department, one.group, one.stay) for one in of_site).items():
            found[department] = math.gcd(found[department], count)
    return dict(found)


def _members(made: Arrays, sizes: dict[str, int]) -> list[list[int]]:
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (route, kind) in enumerate(zip(made.routes, route_types(made), strict=True)):
        alike[route.day, kind].append(number)
    found = []
    for numbers in alike.values():
        size = sizes.get(made.problem.inspectors[made.routes[numbers[0]].person].department, 1)
        found += [numbers[k : k + size] for k in range(0, len(numbers) - size + 1, size)]
    return found


def _too_few(made: Arrays, members: list[list[int]]) -> bool:
    """Whether a department could not send many of its people, since they are not alike."""
    every = Counter(made.problem.inspectors[route.person].department for route in made.routes)
    sent = Counter(made.problem.inspectors[made.routes[one].person].department for crew in members for one in crew)
    return any(sent[department] < AT_WORK * count for department, count in every.items())


def _groups(slots: list[Slot], sizes: dict[str, int]) -> list[list[int]]:
    alike: dict[Slot, list[int]] = defaultdict(list)
    for number, slot in enumerate(slots):
        alike[slot].append(number)
    return [
        numbers[k : k + sizes[slot.department]]
        for slot, numbers in alike.items()
        for k in range(0, len(numbers), sizes[slot.department])
    ]


def disbanded(made: Arrays, banded: Crews, found: engine.Solution) -> engine.Solution:
    """The same plan with everybody's own tour."""
    routes = [list[tuple[int, int]]() for _ in made.routes]
    for crew, stops in zip(banded.members, found.routes, strict=True):
        for member, route in enumerate(crew):
            routes[route] = [(site, banded.slots[site][slot][member]) for site, slot in stops]
    return engine.Solution(found.option, routes, found.starts, found.cost, found.iterations)
