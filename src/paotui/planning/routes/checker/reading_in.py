"""A plan's routes as driven: known vehicles once, known stops, visits that agree with the trips."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker import timetable
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Activity, Drive
from paotui.planning.routes.checker.faults import Fault, fault
from paotui.planning.routes.plan import Plan, Route, Visit


def drives(case: Case, plan: Plan) -> tuple[list[Drive], list[Fault]]:
    """The routes that can be driven, times made where the plan has none, and what is wrong with the others."""
    wrong = faults_of(case, plan)
    sound = {place: route for place, route in enumerate(plan.routes) if not wrong[place]}
    made = _timed(case, sound)
    return [_drive(case, route, place, made) for place, route in sound.items()], [one for by in wrong for one in by]


def faults_of(case: Case, plan: Plan) -> list[list[Fault]]:
    """By route, why it cannot be driven."""
    seen: dict[str, int] = {}
    return [
        [*_vehicle_faults(case, route, place, seen), *_unknown(case, route, place), *_apart(route, place)]
        for place, route in enumerate(plan.routes)
    ]


def _vehicle_faults(case: Case, route: Route, place: int, seen: dict[str, int]) -> Iterator[Fault]:
    path = f"routes[{place}].vehicle"
    if route.vehicle not in case.fleet:
        yield fault(
            path,
            zh=f"问题中没有车辆“{route.vehicle}”。请使用其中的车辆。",
            en=f"the problem has no vehicle '{route.vehicle}'. Use one it has.",
        )
    elif seen.setdefault(route.vehicle, place) != place:
        yield fault(
            path,
            zh=f"车辆“{route.vehicle}”已有路线 routes[{seen[route.vehicle]}]。请合并或换车。",
            en=f"'{route.vehicle}' drives routes[{seen[route.vehicle]}] already. Use another vehicle.",
        )


def _unknown(case: Case, route: Route, place: int) -> Iterator[Fault]:
    for number, trip in enumerate(route.trips):
        for index, name in enumerate(trip):
            if str(name) not in case.stops:
                yield _no_such(f"routes[{place}].trips[{number}][{index}]", "点", "stop", str(name))
    for number, visit in enumerate(route.visits):
        path = f"routes[{place}].visits[{number}].id"
        if visit.kind == "stop" and visit.id not in case.stops:
            yield _no_such(path, "点", "stop", visit.id)
        if visit.kind == "station" and visit.id not in case.stations:
            yield _no_such(path, "站", "station", visit.id)


def _no_such(path: str, zh: str, en: str, name: str) -> Fault:
    return fault(
        path, zh=f"问题中没有{zh}“{name}”。请改正编号。", en=f"the problem has no {en} '{name}'. Correct the id."
    )


def _apart(route: Route, place: int) -> Iterator[Fault]:
    """Trips and visits that do not tell the same; trips without a stop do not count."""
    if not route.visits:
        return
    trips: list[list[str]] = [[]]
    for visit in route.visits:
        if visit.kind == "station":
            trips.append([])
        elif visit.kind == "stop":
            trips[-1].append(visit.id)
    if [trip for trip in trips if trip] != [[str(name) for name in trip] for trip in route.trips if trip]:
        yield fault(
            f"routes[{place}].trips",
            zh="趟次与 visits 中的点不一致。请使二者相同，或删去 visits。",
            en="the trips are not those of the visits. Make them the same, or leave the visits out.",
        )


def _timed(case: Case, sound: dict[int, Route]) -> dict[str, timetable.Line]:
    bare = {
        route.vehicle: [[str(name) for name in trip] for trip in route.trips]
        for route in sound.values()
        if not route.visits
    }
    fixed = {
        visit.id: timetable.Timed(visit.arrival, visit.start, visit.end)
        for route in sound.values()
        for visit in route.visits
        if visit.kind == "stop"
    }
    return timetable.made(case, bare, fixed) if bare else {}


def _drive(case: Case, route: Route, place: int, made: dict[str, timetable.Line]) -> Drive:
    path, vehicle = f"routes[{place}]", case.fleet[route.vehicle]
    if route.visits:
        visits = [(visit, f"{path}.visits[{number}]") for number, visit in enumerate(route.visits)]
        start, end = route.start, route.end
    else:
        line = made[route.vehicle]
        visits, start, end = _with_paths(line, route, path), line.start, line.end
    activities = [_activity(case, visit, where) for visit, where in visits]
    return Drive(case, route.vehicle, vehicle, path, start, end, activities, bool(route.visits), place)


def _with_paths(line: timetable.Line, route: Route, path: str) -> list[tuple[Visit, str]]:
    """Made visits; a stop's path is its place in the trips."""
    places = iter((number, index) for number, trip in enumerate(route.trips) for index in range(len(trip)))
    found = []
    for visit in timetable.visits(line):
        where = path
        if visit.kind == "stop":
            number, index = next(places)
            where = f"{path}.trips[{number}][{index}]"
        found.append((visit, where))
    return found


def _activity(case: Case, visit: Visit, path: str) -> Activity:
    match visit.kind:
        case "stop":
            stop = case.stops[visit.id]
            return Activity(visit, path, stop.location, stop=stop)
        case "station":
            station = case.stations[visit.id]
            return Activity(visit, path, station.location, station=station)
        case _:
            return Activity(visit, path)
