"""Peers on Li–Lim instances: PyVRP's shipments, VROOM's shipments, OR-Tools routing; routes out, priced by our checker.

All get whole numbers of the same scale as our kernel, durations rounded up so that what holds for them holds exactly.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from paotui.planning.errands.lilim import SCALE, VEHICLES_FIRST, LiLim

Routes = list[list[int]]


def matrix(found: LiLim) -> Any:
    points = np.array([(node.x, node.y) for node in found.nodes])
    gaps = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    return np.ceil(gaps * SCALE - 1e-6).astype(np.int64)


def scaled(value: float) -> int:
    return round(value * SCALE)


def pyvrp(found: LiLim, seconds: float, seed: int, *, vehicles_first: bool) -> Routes:
    from pyvrp import ActivityType, Model
    from pyvrp.stop import MaxRuntime

    model, arcs = Model(), matrix(found)
    places = [model.add_location(x=scaled(node.x), y=scaled(node.y)) for node in found.nodes]
    depot = model.add_depot(places[0])
    ends = found.nodes[0]
    model.add_vehicle_type(
        found.vehicles, capacity=found.capacity, start_depot=depot, end_depot=depot,
        tw_early=scaled(ends.earliest), tw_late=scaled(ends.latest),
        fixed_cost=scaled(VEHICLES_FIRST) if vehicles_first else 0,
    )  # fmt: skip
    pairs = found.pairs()
    for first, second in pairs:
        up, down = found.nodes[first], found.nodes[second]
        model.add_shipment(
            places[first], places[second], scaled(up.earliest), scaled(up.latest), scaled(up.service),
            scaled(down.earliest), scaled(down.latest), scaled(down.service), up.demand,
        )  # fmt: skip
    for one, from_ in enumerate(places):
        for other, to in enumerate(places):
            model.add_edge(from_, to, int(arcs[one, other]), int(arcs[one, other]))
    best = model.solve(MaxRuntime(seconds), seed=seed, display=False).best
    which = {ActivityType.PICKUP: 0, ActivityType.DELIVERY: 1}
    routes = []
    for route in best.routes():
        stops = [pairs[one.idx][which[one.type]] for one in route.schedule() if one.type in which]
        routes.append(stops)
    return routes


def vroom(found: LiLim, seconds: float, seed: int, *, vehicles_first: bool) -> Routes:
    import vroom as peer

    arcs = matrix(found).astype(np.uint32)
    problem = peer.Input()
    problem.set_durations_matrix("car", arcs)
    problem.set_costs_matrix("car", arcs)
    ends = found.nodes[0]
    costs = {"costs": peer.VehicleCosts(fixed=scaled(VEHICLES_FIRST))} if vehicles_first else {}
    for number in range(found.vehicles):
        problem.add_vehicle(peer.Vehicle(
            number, start=0, end=0, capacity=[found.capacity],
            time_window=(scaled(ends.earliest), scaled(ends.latest)), **costs,
        ))  # fmt: skip

    def step(number: int) -> Any:
        node = found.nodes[number]
        window = peer.TimeWindow(scaled(node.earliest), scaled(node.latest))
        return peer.ShipmentStep(number, number, default_service=scaled(node.service), time_windows=[window])

    for first, second in found.pairs():
        steps = [step(first), step(second)]
        problem.add_shipment(*steps, amount=peer.Amount([found.nodes[first].demand]))
    solution = problem.solve(exploration_level=5, nb_threads=2, timeout=dt.timedelta(seconds=seconds))
    routes: dict[int, list[int]] = {}
    for row in solution.routes.to_dict("records"):
        if row["type"] in ("pickup", "delivery"):
            routes.setdefault(row["vehicle_id"], []).append(int(row["id"]))
    return list(routes.values())


def ortools(found: LiLim, seconds: float, seed: int, *, vehicles_first: bool) -> Routes:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    arcs = matrix(found)
    manager = pywrapcp.RoutingIndexManager(len(found.nodes), found.vehicles, 0)
    model = pywrapcp.RoutingModel(manager)
    services = np.array([[scaled(node.service)] for node in found.nodes])
    cost = model.RegisterTransitMatrix(arcs.tolist())
    transit = model.RegisterTransitMatrix((arcs + services).tolist())
    model.SetArcCostEvaluatorOfAllVehicles(cost)
    if vehicles_first:
        model.SetFixedCostOfAllVehicles(scaled(VEHICLES_FIRST))
    ends = found.nodes[0]
    model.AddDimension(transit, scaled(ends.latest), scaled(ends.latest), False, "time")
    time = model.GetDimensionOrDie("time")
    load = model.RegisterUnaryTransitVector([node.demand for node in found.nodes])
    model.AddDimension(load, 0, found.capacity, True, "load")
    for number, node in enumerate(found.nodes[1:], 1):
        time.CumulVar(manager.NodeToIndex(number)).SetRange(scaled(node.earliest), scaled(node.latest))
    for first, second in found.pairs():
        up, down = manager.NodeToIndex(first), manager.NodeToIndex(second)
        model.AddPickupAndDelivery(up, down)
        model.solver().Add(model.VehicleVar(up) == model.VehicleVar(down))
        model.solver().Add(time.CumulVar(up) <= time.CumulVar(down))
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    settings.time_limit.FromMilliseconds(int(seconds * 1000))
    solution = model.SolveWithParameters(settings)
    routes = []
    for vehicle in range(found.vehicles if solution else 0):
        index, route = model.Start(vehicle), []
        while not model.IsEnd(index):
            route.append(manager.IndexToNode(index))
            index = solution.Value(model.NextVar(index))
        if route[1:]:
            routes.append(route[1:])
    return routes


PEERS = {"PyVRP": pyvrp, "VROOM": vroom, "OR-Tools": ortools}
