"""Turns what the kernel found into a plan: visits, tours, costs."""

from __future__ import annotations

import itertools

from paotui.planning.inspections import engine, left_out
from paotui.planning.inspections.arrays import Arrays, Route, duration
from paotui.planning.inspections.plan import Attending, Costs, Plan, Tour, Visit
from paotui.planning.inspections.problem import DAY, Problem, Site


def plan_of(made: Arrays, found: engine.Solution) -> Plan:
    """Return a solution as a plan, with what is left out and why."""
    teams: dict[int, list[Attending]] = {}
    tours = []
    for route, stops in zip(made.routes, found.routes, strict=True):
        if stops:
            tours.append(_tour(made, found, route, stops))
        for site, slot in stops:
            who, needed = made.problem.inspectors[route.person], made.slots[site][slot]
            leaves = found.starts[site] + needed.stay
            teams.setdefault(site, []).append(Attending(inspector=who.id, department=who.department, leaves=leaves))
    visits = [_visit(made.problem, made.problem.sites[site], found.starts[site], team) for site, team in teams.items()]
    visits.sort(key=lambda visit: (visit.start, visit.site))
    plan = Plan(
        problem=made.problem.name, visits=tuple(visits), tours=tuple(tours), costs=costs(made, visits, tours),
        iterations=found.iterations,
    )  # fmt: skip
    return plan.model_copy(update={"left_out": tuple(left_out.reasons(made, found))})


def costs(made: Arrays, visits: list[Visit], tours: list[Tour]) -> Costs:
    """Return what a plan costs."""
    problem, weights = made.problem, made.problem.weights
    priority = {site.id: site.priority for site in problem.sites}
    number = {site.id: index for index, site in enumerate(problem.sites)}
    load: dict[str, int] = {}
    for visit in visits:
        for one in visit.team:
            load[one.inspector] = load.get(one.inspector, 0) + one.leaves - visit.start
    told = {visit.site: made.announced[number[visit.site]] for visit in visits if number[visit.site] in made.announced}
    parts = {
        "travel": sum(tour.travel for tour in tours),
        "preference": sum(weights.preference for visit in visits if not visit.preferred),
        "later_day": sum(weights.later_day * priority[visit.site] * (visit.start // DAY) for visit in visits),
        "balance": sum(int(weights.balance * seconds * seconds / 28_800) for seconds in load.values()),
    }
    return Costs(
        **parts,
        total=sum(parts.values()),
        moved=sum(visit.start != told[visit.site][0] for visit in visits if visit.site in told),
        substituted=sum(
            problem.inspectors[person].id not in {one.inspector for one in visit.team}
            for visit in visits
            if visit.site in told
            for person in told[visit.site][1]
        ),
    )


def _visit(problem: Problem, site: Site, start: int, team: list[Attending]) -> Visit:
    end = start + duration(problem, site)
    liked = not site.preferred or any(begin <= start and end <= until for begin, until in site.preferred)
    order = {department.id: number for number, department in enumerate(problem.departments)}
    team.sort(key=lambda one: (order[one.department], one.inspector))
    return Visit(site=site.id, start=start, end=end, team=tuple(team), preferred=liked)


def _tour(made: Arrays, found: engine.Solution, route: Route, stops: list[tuple[int, int]]) -> Tour:
    office, sites = route.office, [site for site, _ in stops]
    nodes = [office, *sites, office]
    legs = [int(made.times[a, b]) for a, b in itertools.pairwise(nodes)]
    last, slot = stops[-1]
    return Tour(
        inspector=made.problem.inspectors[route.person].id,
        leaves=found.starts[sites[0]] - legs[0],
        returns=found.starts[last] + made.slots[last][slot].stay + legs[-1],
        sites=tuple(made.problem.sites[site].id for site in sites),
        travel=sum(legs),
    )
