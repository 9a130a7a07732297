"""What others make of the same joint inspections: teams as vehicles (PyVRP), OR-Tools routing, CP-SAT circuits.

All three are given the arrays of our planner (travel times, starts allowed, tours) and nothing else of it; each returns
person-travel in seconds and the number of sites visited. They know no limits, wishes or balance: the generated
instances have none.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from paotui.planning.inspections.arrays import Arrays, duration
from paotui.planning.inspections.convoys import neediest

DAY = 86_400


def teams_as_vehicles(made: Arrays, seconds: float, stop: Any = None) -> tuple[int, int]:
    """Fixed teams of everybody tour the district together; whoever a site does not need goes straight to the next."""
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    wanted = neediest(made)
    model = Model()
    offices = sorted({route.office for route in made.routes})
    # One depot stands for all offices, as far away as the farthest; members' own ways are counted afterwards.
    places = [offices[0], *range(len(made.slots))]
    locations = [model.add_location(0, 0) for _ in places]
    depot = model.add_depot(locations[0])
    site_of = []
    shifts = _shifts(made)
    for site in range(len(made.options)):
        group = model.add_client_group(required=False)
        for low, high in _runs(made, site, shifts):
            # Service counts from the start, so the window of starts is ours as it is.
            model.add_client(
                locations[site + 1],
                service_duration=duration(made.problem, made.problem.sites[site]),
                tw_early=low,
                tw_late=high,
                prize=1_000_000,
                required=False,
                group=group,
            )
            site_of.append(site)
    for opens, closes, teams in _teams(made, wanted):
        model.add_vehicle_type(teams, start_depot=depot, end_depot=depot, tw_early=opens, tw_late=closes)
    for a, one in zip(places, locations, strict=True):
        for b, two in zip(places, locations, strict=True):
            leg = 0 if a == b else _leg(made, a, b, offices)
            model.add_edge(one, two, distance=leg, duration=leg)
    best = model.solve(stop=stop or MaxRuntime(seconds), display=False).best
    order = [[site_of[one.idx] for one in route.schedule() if one.is_client()] for route in best.routes()]
    return sum(_of_members(made, stops, wanted) for stops in order), sum(map(len, order))


def _leg(made: Arrays, a: int, b: int, offices: list[int]) -> int:
    """Between sites; to or from the office farthest away, so that every member is in time."""
    sites = len(made.slots)
    if a >= sites:
        return max(int(made.times[office, b]) for office in offices)
    if b >= sites:
        return max(int(made.times[a, office]) for office in offices)
    return int(made.times[a, b])


def _runs(made: Arrays, site: int, shifts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Starts allowed, days on end as one where nobody could start in between: fewer clients, easier for the peer."""
    stay, found = duration(made.problem, made.problem.sites[site]), list[tuple[int, int]]()
    for option in made.options[site]:
        if found and not any(opens < option.low and closes > found[-1][1] + stay for opens, closes in shifts):
            found[-1] = (found[-1][0], option.high)
        else:
            found.append((option.low, option.high))
    return found


def _shifts(made: Arrays) -> list[tuple[int, int]]:
    return sorted({(route.opens, route.closes) for route in made.routes})


def _teams(made: Arrays, wanted: dict[str, int]) -> list[tuple[int, int, int]]:
    """Opening, closing and number of the teams of each shift; who is left over works in none."""
    there = Counter(
        (route.opens, route.closes, made.problem.inspectors[route.person].department) for route in made.routes
    )
    found = [
        (*shift, min(there[(*shift, department)] // count for department, count in wanted.items()))
        for shift in _shifts(made)
    ]
    return [one for one in found if one[2]]


def _of_members(made: Arrays, stops: list[int], wanted: dict[str, int]) -> int:
    office = {made.problem.inspectors[route.person].department: route.office for route in made.routes}
    total = 0
    for department, count in wanted.items():
        for member in range(count):
            mine = [site for site in stops if sum(one.department == department for one in made.slots[site]) > member]
            nodes = [office[department], *mine, office[department]]
            total += sum(int(made.times[a, b]) for a, b in itertools.pairwise(nodes)) if mine else 0
    return total


def ortools_routing(made: Arrays, seconds: float) -> tuple[int, int]:
    """One node an officer and site, one vehicle a tour, equal starts; guided local search."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    slots = [slot for of_site in made.slots for slot in of_site]
    nodes = len(slots)
    starts = list(range(nodes, nodes + len(made.routes)))
    place = [slot.site for slot in slots] + [route.office for route in made.routes]
    manager = pywrapcp.RoutingIndexManager(nodes + len(starts), len(starts), starts, starts)
    routing = pywrapcp.RoutingModel(manager)

    def travel(a: int, b: int) -> int:
        return int(made.times[place[manager.IndexToNode(a)], place[manager.IndexToNode(b)]])

    def occupied(a: int, b: int) -> int:
        node = manager.IndexToNode(a)
        return travel(a, b) + (slots[node].stay if node < nodes else 0)

    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitCallback(travel))
    horizon = made.problem.days * DAY
    routing.AddDimension(routing.RegisterTransitCallback(occupied), horizon, horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    solver = routing.solver()
    for number, route in enumerate(made.routes):
        for index in (routing.Start(number), routing.End(number)):
            time.CumulVar(index).SetRange(route.opens, route.closes)
    first = 0
    for site, of_site in enumerate(made.slots):
        indices = [manager.NodeToIndex(first + number) for number in range(len(of_site))]
        first += len(of_site)
        for slot, index in zip(of_site, indices, strict=True):
            who = set(made.classes[slot.group])
            allowed = [number for number, one in enumerate(made.routes) if one.person in who]
            routing.VehicleVar(index).SetValues([-1, *allowed])
            time.CumulVar(index).SetRange(made.options[site][0].low, made.options[site][-1].high)
            for before, after in zip(made.options[site], made.options[site][1:], strict=False):
                time.CumulVar(index).RemoveInterval(before.high + 1, after.low - 1)
            solver.Add(time.CumulVar(index) == time.CumulVar(indices[0]))
            solver.Add(routing.ActiveVar(index) == routing.ActiveVar(indices[0]))
            routing.AddDisjunction([index], 1_000_000)
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    settings.time_limit.FromMilliseconds(int(seconds * 1000))
    found = routing.SolveWithParameters(settings)
    if found is None:
        return 0, 0
    active, total = set(), 0
    for number in range(len(starts)):
        index = routing.Start(number)
        while not routing.IsEnd(index):
            after = found.Value(routing.NextVar(index))
            total += travel(index, after)
            if not routing.IsEnd(after):
                active.add(slots[manager.IndexToNode(after)].site)
            index = after
    return total, len(active)


def cp_sat_circuits(made: Arrays, seconds: float) -> tuple[int, int, int]:
    """One circuit a tour, one start a site; every site visited. Also returns the bound it proves."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    start, here = [], {}
    for site, options in enumerate(made.options):
        domain = cp_model.Domain.from_intervals([[option.low, option.high] for option in options])
        start.append(model.new_int_var_from_domain(domain, f"start{site}"))
        for slot in {(one.group, one.stay): one for one in made.slots[site]}.values():
            tours = [n for n, one in enumerate(made.routes) if one.person in made.classes[slot.group]]
            officers = sum(one.group == slot.group for one in made.slots[site])
            chosen = {n: model.new_bool_var(f"v{site}-{n}") for n in tours}
            here |= {(site, n): (literal, slot.stay) for n, literal in chosen.items()}
            model.add(sum(chosen.values()) == officers)
    costs = []
    for number, route in enumerate(made.routes):
        stops = [site for site in range(len(made.slots)) if (site, number) in here]
        arcs = [(0, 0, model.new_bool_var(f"idle{number}"))]
        for i, site in enumerate(stops, 1):
            literal, stay = here[site, number]
            out, back = model.new_bool_var(""), model.new_bool_var("")
            arcs += [(i, i, ~literal), (0, i, out), (i, 0, back)]
            to, home = int(made.times[route.office, site]), int(made.times[site, route.office])
            model.add(start[site] >= route.opens + to).only_enforce_if(out)
            model.add(start[site] + stay + home <= route.closes).only_enforce_if(back)
            model.add(start[site] >= route.opens).only_enforce_if(literal)
            model.add(start[site] <= route.closes).only_enforce_if(literal)
            costs += [to * out, home * back]
            for j, other in enumerate(stops, 1):
                if i != j:
                    arc, leg = model.new_bool_var(""), int(made.times[site, other])
                    arcs.append((i, j, arc))
                    model.add(start[other] >= start[site] + stay + leg).only_enforce_if(arc)
                    costs.append(leg * arc)
        model.add_circuit(arcs)
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (int(solver.objective_value) if found else 0, len(start) if found else 0, int(solver.best_objective_bound))
