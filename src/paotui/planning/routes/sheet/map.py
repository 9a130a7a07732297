"""The map: routes over their stops, depots, stations, quiet zones, and what is left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator

from paotui.planning.routes import naming
from paotui.planning.routes.checker import words
from paotui.planning.routes.checker.driving import Activity, Drive, Fleet
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Location
from paotui.planning.routes.sheet.drawing import Box, element, path, text, titled
from paotui.planning.routes.sheet.style import colour

Point = tuple[float, float]
Project = Callable[[str], Point]
METRES_PER_DEGREE = 111_195
NUMBERED = 160
"""Stops that still get their number in the route; more are dots."""
LABELLED = 40
"""Stops that still get their name written beside them."""
LISTED = 8


def draw(fleet: Fleet, left_out: list[str], box: Box) -> Iterator[str]:
    yield element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6, class_="panel")
    yield text(box.x + 12, box.y + 22, "地图 Map", class_="label faint")
    places = {name: spot for name, one in fleet.case.travel.places.items() if (spot := _flat(one))}
    used = {name: spot for name, spot in places.items() if name in _used(fleet)}
    if not used:
        yield text(box.x + 12, box.y + 44, "没有坐标 No coordinates", class_="label")
        return
    project, scale = _projection(used, box)
    yield from _zones(fleet, project, scale, used)
    for drive in fleet.drives:
        yield from _route(drive, project, used)
    yield from _bases(fleet, project, used)
    yield from _stops(fleet, project, used)
    for name in left_out:
        yield from _missing(fleet, name, project, used)
    yield from _scale(fleet, scale, box)


def left_out(fleet: Fleet, plan: Plan, omitted: list[str], box: Box) -> list[str]:
    """Lines below the map: stops not served, with the reason, and stops of which the plan says nothing."""
    told = [f"✕ {naming.stop(fleet.case, str(one.stop))}: {one.reason.zh} {one.reason.en}" for one in plan.unserved]
    told += [f"✕ {naming.stop(fleet.case, name)}: 计划里没有它。 The plan says nothing of it." for name in omitted]
    if (more := len(told) - LISTED) > 0:
        told = [*told[:LISTED], f"另有 {more} 个 and {more} more"]
    return [
        text(box.x, box.y + box.height + 22 * place, one[:120], class_="label red") for place, one in enumerate(told, 1)
    ]


def _flat(one: Location) -> Point | None:
    """Metres east and north; degrees as near a place as matters on a map of a city."""
    if one.x is not None and one.y is not None:
        return one.x, one.y
    if one.lat is None or one.lon is None:
        return None
    return one.lon * METRES_PER_DEGREE, one.lat * METRES_PER_DEGREE


def _used(fleet: Fleet) -> set[str]:
    problem = fleet.case.problem
    found = {one.location for one in problem.stops} | {one.location for one in problem.stations}
    for vehicle in problem.vehicles:
        found |= {vehicle.start, vehicle.end or vehicle.start}
    return found


def _projection(places: dict[str, Point], box: Box) -> tuple[Project, float]:
    """From a location to the page, and pixels per metre; north is up, a metre the same in both directions."""
    degrees = max(abs(y) for _, y in places.values()) > 0 and _is_degrees(places)
    squeeze = math.cos(math.radians(_middle([y for _, y in places.values()]) / METRES_PER_DEGREE)) if degrees else 1.0
    xs, ys = [x * squeeze for x, _ in places.values()], [y for _, y in places.values()]
    pad = 44
    wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((box.width - 2 * pad) / wide, (box.height - 2 * pad) / high)
    left, top = box.x + (box.width - wide * scale) / 2, box.y + (box.height - high * scale) / 2

    def project(name: str) -> Point:
        x, y = places[name]
        return left + (x * squeeze - min_x) * scale, top + (max_y - y) * scale

    min_x, max_y = min(xs), max(ys)
    return project, scale


def _is_degrees(places: dict[str, Point]) -> bool:
    return all(abs(x) <= 180 * METRES_PER_DEGREE and abs(x) > 90 * METRES_PER_DEGREE / 10 for x, _ in places.values())


def _middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2


def _route(drive: Drive, project: Project, used: dict[str, Point]) -> Iterator[str]:
    """Between stops in full colour, to and from the ends faint where there are many."""
    spots = [drive.vehicle.start, *(one.location for one in drive.activities if one.location)]
    home = drive.case.home(drive.vehicle)
    spots += [home] if home else []
    points = [project(name) for name in spots if name in used]
    shade = colour(drive.place)
    if len(points) > 1:
        yield path(points[1:-1] if len(points) > 3 and home else points, stroke=shade, class_="route")
        yield path(points[:2], stroke=shade, class_="route home")
        yield path(points[-2:], stroke=shade, class_="route home")


def _stops(fleet: Fleet, project: Project, used: dict[str, Point]) -> Iterator[str]:
    """Dots with the place in the route; several at one place stand side by side."""
    small, named = len(fleet.served) > NUMBERED, len(fleet.served) <= LABELLED
    there: Counter[str] = Counter()
    for drive in fleet.drives:
        for number, one in enumerate(drive.stops, 1):
            if one.location in used:
                x, y = project(one.location)
                yield _stop(drive, one, number, (x + 17 * there[one.location] * (not small), y), small=small)
                there[one.location] += 1
    if named:
        for location, count in there.items():
            x, y = project(location)
            yield text(x + 8.5 * (count - 1), y + 22, fleet.case.travel.places[location].name or location,
                       class_="small name", text_anchor="middle")  # fmt: skip


def _stop(drive: Drive, one: Activity, number: int, spot: Point, *, small: bool) -> str:
    x, y = spot
    shape = element("circle", cx=x, cy=y, r=2.5 if small else 8, fill=colour(drive.place), stroke="#fff")
    if not small:
        shape += text(x, y + 3, str(number), class_="number", style="fill:#fff")
    start = words.moment(drive.case.problem, one.visit.start)
    label = naming.stop(drive.case, one.visit.id)
    return titled(shape, f"{label} · {naming.vehicle(drive.case, drive.name)} · {start.zh}")


def _bases(fleet: Fleet, project: Project, used: dict[str, Point]) -> Iterator[str]:
    for station in fleet.case.problem.stations:
        if station.location in used:
            x, y = project(station.location)
            shape = element("path", d=f"M{x:.1f},{y - 9:.1f} l9,16 h-18 z", class_="station")
            yield titled(shape, f"场站 Station {station.id}")
    for name in sorted({vehicle.start for vehicle in fleet.case.problem.vehicles}):
        if name in used:
            x, y = project(name)
            yield titled(element("rect", x=x - 7, y=y - 7, width=14, height=14, rx=2, class_="depot"),
                         f"车场 Depot {name}")  # fmt: skip


def _zones(fleet: Fleet, project: Project, scale: float, used: dict[str, Point]) -> Iterator[str]:
    for zone in fleet.case.problem.quiet_zones:
        if zone.location in used:
            x, y = project(zone.location)
            hours = words.windows(fleet.case.problem, zone.periods)
            shape = element("circle", cx=x, cy=y, r=zone.radius * scale, class_="quiet")
            yield titled(shape, f"静音区 Quiet zone {zone.id} · {hours.zh}")


def _missing(fleet: Fleet, name: str, project: Project, used: dict[str, Point]) -> Iterator[str]:
    stop = fleet.case.stops.get(name)
    if stop and stop.location in used:
        x, y = project(stop.location)
        cross = f"M{x - 5:.1f},{y - 5:.1f} l10,10 m0,-10 l-10,10"
        yield titled(element("path", d=cross, class_="left-out"),
                     f"未服务 Not served: {naming.stop(fleet.case, name)}")  # fmt: skip


def _scale(fleet: Fleet, scale: float, box: Box) -> Iterator[str]:
    """A bar of a round length."""
    rough = 140 / scale
    step = 10 ** math.floor(math.log10(rough))
    length = max(step * n for n in (1, 2, 5) if step * n <= rough)
    x, y = box.x + 16, box.y + box.height - 16
    yield path([(x, y), (x + length * scale, y)], stroke="#22303c", stroke_width=2)
    metric = fleet.case.problem.source is None
    told = f"{length:g}" if not metric else f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
    yield text(x, y - 6, told, class_="small faint")
