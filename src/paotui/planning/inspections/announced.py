"""Where re-planning begins: every announced appointment that can still be kept, with its people."""

from __future__ import annotations

from paotui.planning.inspections.arrays import Arrays, Slot
from paotui.planning.inspections.engine import Solution
from paotui.planning.inspections.plan import Plan, Visit


def solution(made: Arrays, plan: Plan) -> Solution:
    """Return the announced plan without the visits that lost an inspector, a window or a site."""
    number = {site.id: index for index, site in enumerate(made.problem.sites)}
    person = {inspector.id: index for index, inspector in enumerate(made.problem.inspectors)}
    stops: list[list[tuple[int, int, int]]] = [[] for _ in made.routes]
    option, starts = [-1] * len(made.slots), [0] * len(made.slots)
    for visit in plan.visits:
        site = number.get(visit.site)
        if site is None or (chosen := _same_start(made, site, visit.start)) is None:
            continue
        places = _places(made, site, visit, person)
        if places is None:
            continue
        option[site], starts[site] = chosen, visit.start
        for slot, route in enumerate(places):
            stops[route].append((visit.start, site, slot))
    return Solution(option, [[(site, slot) for _, site, slot in sorted(one)] for one in stops], starts)


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
