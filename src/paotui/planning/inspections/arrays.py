"""A problem as the flat arrays the kernel works on: slots to fill, options to start, routes to run."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from paotui.planning.inspections import travel
from paotui.planning.inspections.plan import Visit
from paotui.planning.inspections.problem import DAY, Inspector, Need, Problem, Site

Ints = npt.NDArray[np.int32]
UNPLACED = 10**9
"""Cost of leaving out a site of priority 1: above everything else."""
LOCKED = 100
"""An appointment that stands weighs this many times as much."""
MOVED = 10**6
"""Cost of moving an announced appointment: above all travel it could save, below leaving one out."""
UNLIMITED = 2**30


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer a site needs: of which class, for how long."""

    site: int
    department: str
    group: int
    stay: int


@dataclass(frozen=True, slots=True)
class Option:
    """Starting inside [low, high] on a day, at a cost."""

    day: int
    low: int
    high: int
    cost: int


@dataclass(frozen=True, slots=True)
class Route:
    """One interval of one inspector's calendar; `weight` people make the tour together."""

    person: int
    day: int
    opens: int
    closes: int
    office: int
    weight: int = 1


@dataclass
class Arrays:
    """Everything the kernel is told; lists in the order of the problem."""

    problem: Problem
    times: Ints
    slots: list[list[Slot]]
    options: list[list[Option]]
    routes: list[Route]
    classes: list[tuple[int, ...]]
    """Persons who may fill a slot of the class."""
    announced: dict[int, tuple[int, frozenset[int]]] = field(default_factory=dict)
    """Start and team of sites that people were told."""
    stride: int = 0


def arrays(problem: Problem, announced: dict[str, Visit] | None = None, frozen: frozenset[int] = frozenset()) -> Arrays:
    """Return the arrays of a problem, on top of what has been announced; `frozen` sites start then or not at all."""
    person = {inspector.id: number for number, inspector in enumerate(problem.inspectors)}
    told = {
        number: (visit.start, frozenset(person[one.inspector] for one in visit.team if one.inspector in person))
        for number, site in enumerate(problem.sites)
        if (visit := (announced or {}).get(site.id)) is not None and site.locked is None
    }
    classes: dict[tuple[int, ...], int] = {}
    slots = [_slots(problem, number, site, classes) for number, site in enumerate(problem.sites)]
    options = [
        [_fixed(problem, site, told[number][0])] if number in frozen else _options(problem, site, told.get(number))
        for number, site in enumerate(problem.sites)
    ]
    made = Arrays(problem, travel.times(problem), slots, options, _routes(problem), list(classes), told)
    made.stride = _most_visits(made) + 4
    return made


def duration(problem: Problem, site: Site) -> int:
    """How long the whole visit takes: the longest part."""
    return max(need.seconds for need in site.needs)


def may_serve(inspector: Inspector, need: Need, *, first: bool) -> bool:
    """Whether the inspector may be an officer of this need; the first one holds what one has to hold."""
    required = {*need.all_hold, *(need.one_holds if first else ())}
    return inspector.department == need.department and required <= set(inspector.holds)


def _slots(problem: Problem, number: int, site: Site, classes: dict[tuple[int, ...], int]) -> list[Slot]:
    found = []
    for need in site.needs:
        stay = need.seconds if problem.stay == "own" else duration(problem, site)
        for officer in range(problem.officers(need)):
            named = site.locked.inspectors if site.locked else ()
            who = tuple(
                person
                for person, inspector in enumerate(problem.inspectors)
                if may_serve(inspector, need, first=officer == 0) and (not named or inspector.id in named)
            )
            found.append(Slot(number, need.department, classes.setdefault(who, len(classes)), stay))
    return found


def _options(problem: Problem, site: Site, told: tuple[int, frozenset[int]] | None) -> list[Option]:
    long, weights = duration(problem, site), problem.weights
    if site.locked:
        return [_fixed(problem, site, site.locked.start)]
    found = []
    for begin, end in site.windows:
        day, last = begin // DAY, min(end, site.deadline if site.deadline is not None else end) - long
        cost = weights.later_day * site.priority * day + (MOVED if told else 0)
        for wish_begin, wish_end in site.preferred or ((begin, end),):
            low, high = max(begin, wish_begin), min(last, wish_end - long)
            if low <= high:
                found.append(Option(day, low, high, cost))
        if site.preferred and begin <= last:
            found.append(Option(day, begin, last, cost + weights.preference))
        if told and begin <= told[0] <= last:
            found.append(_fixed(problem, site, told[0]))
    return sorted(set(found), key=lambda option: (option.day, option.cost, option.low))


def _fixed(problem: Problem, site: Site, start: int) -> Option:
    weights, end = problem.weights, start + duration(problem, site)
    wished = not site.preferred or any(begin <= start and end <= until for begin, until in site.preferred)
    cost = weights.later_day * site.priority * (start // DAY) + (0 if wished else weights.preference)
    return Option(start // DAY, start, start, cost)


def _routes(problem: Problem) -> list[Route]:
    base, where = len(problem.sites), {office: number for number, office in enumerate(travel.offices(problem))}
    return [
        Route(number, begin // DAY, begin, end, base + where[inspector.office])
        for number, inspector in enumerate(problem.inspectors)
        for begin, end in sorted(inspector.calendar)
    ]


def _most_visits(made: Arrays) -> int:
    """The most visits one tour can hold, whoever runs it."""
    shortest: dict[str, int] = {}
    for slot in (one for slots in made.slots for one in slots):
        shortest[slot.department] = min(shortest.get(slot.department, DAY), slot.stay)
    most = 1
    for route in made.routes:
        who = made.problem.inspectors[route.person]
        fits = (route.closes - route.opens) // shortest.get(who.department, DAY)
        most = max(most, min(fits, who.visits_per_day or fits, len(made.slots)))
    return most


def route_types(made: Arrays) -> list[int]:
    """Equal numbers for routes that are interchangeable while empty: same people but for the name."""
    member = defaultdict(list)
    for number, persons in enumerate(made.classes):
        for person in persons:
            member[person].append(number)
    times = Counter((route.person, route.day) for route in made.routes)
    known: dict[tuple[object, ...], int] = {}
    found = []
    for route in made.routes:
        who = made.problem.inspectors[route.person]
        key: tuple[object, ...] = (route.opens, route.closes, route.office, tuple(member[route.person]))
        key += (who.visits_per_day, who.work_per_day)
        if times[route.person, route.day] > 1:
            key += (route.person,)
        found.append(known.setdefault(key, len(known)))
    return found
