"""Where re-planning begins: every announced appointment that can still be kept, with its people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from paotui.planning.inspections.arrays import UNLIMITED, Arrays, Slot
from paotui.planning.inspections.engine import Solution
from paotui.planning.inspections.plan import Plan, Visit


def solution(made: Arrays, plan: Plan) -> Solution:
    """Return the announced plan without the visits that lost an inspector, a window, their time or a site."""
    number = {site.id: index for index, site in enumerate(made.problem.sites)}
    person = {inspector.id: index for index, inspector in enumerate(made.problem.inspectors)}
    diaries, option, starts = _Diaries(made), [-1] * len(made.slots), [0] * len(made.slots)
    for visit in sorted(plan.visits, key=lambda one: (one.start, one.site)):
        site = number.get(visit.site)
        if site is None or option[site] >= 0 or (chosen := _same_start(made, site, visit.start)) is None:
            continue
        places = _places(made, site, visit, person)
        if places is not None and diaries.take(site, visit.start, places):
            option[site], starts[site] = chosen, visit.start
    return Solution(option, diaries.stops, starts)


@dataclass
class _Diaries:
    """The tours as they fill up, in order of time."""

    made: Arrays
    stops: list[list[tuple[int, int]]] = field(init=False)
    free: list[tuple[int, int]] = field(init=False)
    """Per route: from when, and where."""
    visits: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    work: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        self.stops = [[] for _ in self.made.routes]
        self.free = [(route.opens, route.office) for route in self.made.routes]

    def take(self, site: int, start: int, places: list[int]) -> bool:
        """Enter a visit for everyone, or for nobody when somebody cannot."""
        if not all(self._can(site, start, slot, route) for slot, route in enumerate(places)):
            return False
        for slot, number in enumerate(places):
            key = (self.made.routes[number].person, self.made.routes[number].day)
            self.work[key] += self._more_work(site, slot, number)
            self.visits[key] += 1
            self.free[number] = (start + self.made.slots[site][slot].stay, site)
            self.stops[number].append((site, slot))
        return True

    def _can(self, site: int, start: int, slot: int, number: int) -> bool:
        route, (ready, place), times = self.made.routes[number], self.free[number], self.made.times
        who, key = self.made.problem.inspectors[route.person], (route.person, route.day)
        back = start + self.made.slots[site][slot].stay + int(times[site, route.office])
        if ready + int(times[place, site]) > start or back > route.closes:
            return False
        if self.visits[key] >= min(who.visits_per_day or UNLIMITED, self.made.stride - 4):
            return False
        return who.work_per_day is None or self.work[key] + self._more_work(site, slot, number) <= who.work_per_day

    def _more_work(self, site: int, slot: int, number: int) -> int:
        times, place, office = self.made.times, self.free[number][1], self.made.routes[number].office
        legs = int(times[place, site]) + int(times[site, office])
        return legs - (int(times[place, office]) if self.stops[number] else 0) + self.made.slots[site][slot].stay


def _same_start(made: Arrays, site: int, start: int) -> int | None:
    for number, option in enumerate(made.options[site]):
        if option.low == option.high == start:
            return number
    return None


def _places(made: Arrays, site: int, visit: Visit, person: dict[str, int]) -> list[int] | None:
    """The route of each slot with the announced people; None where somebody is missing."""
    team = [person[one.inspector] for one in visit.team if one.inspector in person]
    if len(team) != len(made.slots[site]):
        return None
    assigned = _assign(made, made.slots[site], team)
    if assigned is None:
        return None
    routes = [_route(made, who, visit.start, slot.stay) for who, slot in zip(assigned, made.slots[site], strict=True)]
    found = [route for route in routes if route is not None]
    return found if len(found) == len(routes) else None


def _assign(made: Arrays, slots: list[Slot], team: list[int]) -> list[int] | None:
    """One person a slot, each who may fill it; teams are small enough to try."""
    if not slots:
        return []
    for who in team:
        if who in made.classes[slots[0].group]:
            rest = _assign(made, slots[1:], [one for one in team if one != who])
            if rest is not None:
                return [who, *rest]
    return None


def _route(made: Arrays, who: int, start: int, stay: int) -> int | None:
    for number, route in enumerate(made.routes):
        if route.person == who and route.opens <= start and start + stay <= route.closes:
            return number
    return None
