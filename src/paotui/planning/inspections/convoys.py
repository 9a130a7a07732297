"""A first plan for many sites: everybody a visit may need tours together, as if a team were one vehicle.

A convoy has, of every department, as many people as the neediest site takes of it; there are as many convoys a day as
the scarcest department can man. The same kernel plans them, a sixth of the work at six people a visit; or the routes
planner (`convoy_tours.py`), where convoys nearly always go whole. Who is not needed at a site goes straight to the next
one. A site the convoys have no room or no qualified people for is left to the search proper, which lets people leave
their convoys.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from paotui.planning.inspections import convoy_tours, engine
from paotui.planning.inspections.arrays import Arrays, Ints, Route, Slot
from paotui.planning.inspections.params import Params
from paotui.planning.stop import Stop

MANY = 250
"""From so many sites on; fewer are planned as well from nothing."""
WHOLE = 0.9
"""Where a visit takes at least this share of a convoy on average, convoys are planned by the routes planner."""
MOST = 1_000
"""Up to so many sites; it would take the routes planner too long to read the travel between more."""


@dataclass(frozen=True, slots=True)
class _Convoy:
    route: Route
    members: dict[str, list[int]]
    """Routes of its people, by department."""


def start(made: Arrays, stop: Stop, seed: int, params: Params) -> engine.Solution | None:
    """Return the convoys' plan as a start for the search; None where no convoy can be manned."""
    convoys = _convoys(made, neediest(made))
    if not convoys:
        return None
    vehicles = _as_vehicles(made, convoys)
    if united(made):
        found = convoy_tours.start(vehicles, _costs(made, vehicles, convoys[0]), stop, seed, params)
    else:
        found = engine.improve(vehicles, stop, seed, params)
    return _disbanded(made, convoys, found)


def united(made: Arrays) -> bool:
    """Whether convoys nearly always go whole, and nothing but travel and windows says when and with whom."""
    problem, sites = made.problem, len(made.slots)
    if problem.weights.balance or made.announced or not all(made.options) or sites > MOST:
        return False
    if any(one.visits_per_day is not None or one.work_per_day is not None for one in problem.inspectors):
        return False
    if any(option.cost for options in made.options for option in options):
        return False
    return sum(map(len, made.slots)) >= WHOLE * sum(neediest(made).values()) * sites


def neediest(made: Arrays) -> dict[str, int]:
    """The most officers any site takes, by department."""
    most: dict[str, int] = defaultdict(int)
    for slots in made.slots:
        for department, count in Counter(slot.department for slot in slots).items():
            most[department] = max(most[department], count)
    return dict(most)


def _convoys(made: Arrays, sizes: dict[str, int]) -> list[_Convoy]:
    found, base = [], len(made.slots)
    for day in range(made.problem.days):
        there: dict[str, list[int]] = defaultdict(list)
        for number, route in enumerate(made.routes):
            if route.day == day:
                there[made.problem.inspectors[route.person].department].append(number)
        for k in range(min((len(there[one]) // size for one, size in sizes.items()), default=0)):
            members = {one: there[one][k * size : (k + 1) * size] for one, size in sizes.items()}
            routes = [made.routes[number] for numbers in members.values() for number in numbers]
            opens, closes = max(one.opens for one in routes), min(one.closes for one in routes)
            if opens < closes:
                found.append(_Convoy(Route(k, day, opens, closes, base), members))
    return found


def _as_vehicles(made: Arrays, convoys: list[_Convoy]) -> Arrays:
    """One slot a site, for as long as its longest part takes; one person a convoy of the day."""
    people = tuple(range(1 + max(one.route.person for one in convoys)))
    problem = made.problem.model_copy(
        update={
            "inspectors": tuple(
                one.model_copy(update={"visits_per_day": None, "work_per_day": None})
                for one in made.problem.inspectors[: len(people)]
            )
        }
    )
    slots = [[Slot(site, "", 0, max(one.stay for one in of_site))] for site, of_site in enumerate(made.slots)]
    routes = [one.route for one in convoys]
    return Arrays(problem, _times(made), slots, made.options, routes, [people], stride=made.stride)


def _times(made: Arrays) -> Ints:
    """Between sites as they are; one office for all, as far away as the farthest."""
    sites = len(made.slots)
    offices = sorted({route.office for route in made.routes})
    times = np.zeros((sites + 1, sites + 1), dtype=np.int32)
    times[:sites, :sites] = made.times[:sites, :sites]
    times[sites, :sites] = made.times[offices, :sites].max(axis=0)
    times[:sites, sites] = made.times[:sites, offices].max(axis=1)
    return times


def _costs(made: Arrays, vehicles: Arrays, convoy: _Convoy) -> Ints:
    """As `_times`, but the office as far away as it is for a member on average."""
    sites = len(made.slots)
    members = [made.routes[number] for numbers in convoy.members.values() for number in numbers]
    offices, weights = [one.office for one in members], [one.weight for one in members]
    costs = vehicles.times.copy()
    costs[sites, :sites] = np.average(made.times[offices, :sites], axis=0, weights=weights)
    costs[:sites, sites] = np.average(made.times[:sites, offices], axis=1, weights=weights)
    return costs


def _disbanded(made: Arrays, convoys: list[_Convoy], found: engine.Solution) -> engine.Solution:
    """The tour of every member; sites for which a convoy has not the right people are taken out."""
    option, routes = list(found.option), [list[tuple[int, int]]() for _ in made.routes]
    for convoy, stops in zip(convoys, found.routes, strict=True):
        for site, _ in stops:
            team = _team(made, convoy, site)
            if team is None:
                option[site] = -1
                continue
            for slot, number in enumerate(team):
                routes[number].append((site, slot))
    return engine.Solution(option, routes, found.starts, iterations=found.iterations)


def _team(made: Arrays, convoy: _Convoy, site: int) -> list[int] | None:
    """The route of each slot; None where somebody lacks a qualification. Officers of a need come in order."""
    seen: dict[str, int] = defaultdict(int)
    team = []
    for slot in made.slots[site]:
        number = convoy.members[slot.department][seen[slot.department]]
        seen[slot.department] += 1
        if made.routes[number].person not in made.classes[slot.group]:
            return None
        team.append(number)
    return team
