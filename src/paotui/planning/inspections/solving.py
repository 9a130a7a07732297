"""Plans joint inspections: everything the face of a planner asks of `solve`."""

from __future__ import annotations

import itertools

from paotui.planning.inspections import announced, bounds, engine, left_out
from paotui.planning.inspections.arrays import UNPLACED, Arrays, Route, arrays, duration
from paotui.planning.inspections.params import Params
from paotui.planning.inspections.plan import Attending, Costs, Plan, Tour, Visit
from paotui.planning.inspections.problem import DAY, Problem, Site
from paotui.planning.stop import OnProgress, Progress, Stop


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 1,
    params: Params | None = None,
    on_progress: OnProgress | None = None,
    start: Plan | None = None,
) -> Plan:
    """Return the best plan found.

    `start` is a plan people were told: each of its appointments keeps its start, and as far as possible its team,
    unless somebody it needs is no longer there; then the fewest are moved.
    """
    params = params or Params()

    def tell(seconds: float, iterations: int, cost: int) -> bool:
        if on_progress:  # sites left out count by their priority
            on_progress(Progress(seconds, iterations, cost % UNPLACED, cost // UNPLACED))
        return not stop.cancel.is_set()

    if start:
        return _replan(problem, stop, seed, params, tell, start)
    made = arrays(problem)
    plan = plan_of(made, engine.improve(made, stop, seed, params, tell))
    if params.bound and not plan.left_out:
        plan = plan.model_copy(update={"bound": bounds.bound(problem, plan, params.bound_seconds)})
    return plan


def _replan(problem: Problem, stop: Stop, seed: int, params: Params, tell: engine.Tell, start: Plan) -> Plan:
    """First with every appointment that can be kept frozen; only where one would be lost may others move as well."""
    told = {visit.site: visit for visit in start.visits}
    free = arrays(problem, told)
    kept = announced.solution(free, start)
    fixed = frozenset(number for number, option in enumerate(kept.option) if option >= 0 and number in free.announced)
    made = arrays(problem, told, fixed)
    iterations = None if stop.iterations is None else -(-stop.iterations // 2)
    half = Stop(_half(stop.seconds), iterations, stop.begun, stop.cancel)
    plan = plan_of(made, engine.improve(made, half, seed, params, tell, announced.solution(made, start)))
    if not any(one.site in told for one in plan.left_out):
        return plan
    other = plan_of(free, engine.improve(free, half, seed, params, tell, kept))
    return min(plan, other, key=lambda one: (_weight(problem, one), one.costs.moved, one.costs.total))


def _half(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 2


def _weight(problem: Problem, plan: Plan) -> int:
    priority = {site.id: site.priority for site in problem.sites}
    return sum(priority[one.site] for one in plan.left_out)


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
