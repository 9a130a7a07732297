"""Solutions published beside VRPLIB files (`Route #1: 4 7 …`), read as plans of the problem they solve.

Numbers there count clients from one above the depots (node − 1 in files numbered from one); a depot inside a route is
a reload. The n-th route is that of the file's n-th vehicle.
"""

from __future__ import annotations

import re

from paotui.local_text import LocalText
from paotui.planning.routes.formats.numerals import refused
from paotui.planning.routes.plan import Plan, Route, Text, Unserved
from paotui.planning.routes.problem import Problem

ROUTE = re.compile(r"Route\s*#?\s*(\d+)\s*:(.*)")
LEFT_OUT = LocalText("最优解不服务此点。", "The published solution leaves it out.")


def read(data: bytes, problem: Problem) -> Plan:
    """The plan; stops the solution leaves out are listed as such."""
    nodes = [location.id for location in problem.locations]
    depots = set(nodes) - {stop.id for stop in problem.stops}
    names = _names(problem)
    routes = []
    for number, visits in ROUTE.findall(data.decode("utf-8", errors="replace")):
        places = [_place(nodes, text, int(number)) for text in visits.split()]
        if places:
            routes.append(Route(vehicle=names[int(number)], trips=_trips(places, depots)))
    served = {str(client) for route in routes for trip in route.trips for client in trip}
    unserved = [
        Unserved(stop=int(stop.id), code="price", reason=Text(zh=LEFT_OUT.zh, en=LEFT_OUT.en))
        for stop in problem.stops
        if stop.id not in served
    ]
    return Plan(problem=problem.name, routes=routes, unserved=unserved)


def _place(nodes: list[str], text: str, route: int) -> str:
    if not text.isdecimal() or int(text) >= len(nodes):
        raise refused(f"Route #{route}", zh=f"没有点“{text}”。请改正", en=f"there is no place '{text}'. Correct it")
    return nodes[int(text)]


def _trips(places: list[str], depots: set[str]) -> list[list[str | int]]:
    trips: list[list[str | int]] = [[]]
    for place in places:
        if place in depots:
            trips.append([])
        else:
            trips[-1].append(int(place))
    return trips


class _names(dict[int, str]):
    """The vehicle with that number in the file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.endless = next((vehicle.id for vehicle in problem.vehicles if vehicle.count is None), None)
        for vehicle in problem.vehicles:
            for place in range(1, (vehicle.count or 0) + 1):
                self[len(self) + 1] = vehicle.id if vehicle.count == 1 else f"{vehicle.id}#{place}"

    def __missing__(self, number: int) -> str:
        if self.endless is None:
            raise refused(f"Route #{number}", zh="没有这么多车辆。", en="there are not that many vehicles.")
        return f"{self.endless}#{number}"
