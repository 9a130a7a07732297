"""Places of a problem: coordinates of one kind, matrices that are square and lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paotui.planning.faults import Fault, fault
from paotui.planning.routes.problem import Matrix, Problem


def faults(problem: Problem) -> Iterator[Fault]:
    yield from _coordinates(problem)
    if isinstance(problem.travel, Matrix):
        yield from _matrices(problem.travel, len(problem.locations))
    if problem.travel.type != "planar":
        from paotui.planning.routes import validate_far  # here: it measures as the checker does, and loads all of it

        yield from validate_far.faults(problem)


def _coordinates(problem: Problem) -> Iterator[Fault]:
    """Each location has both of a pair; straight lines need them, all of one kind."""
    kinds, needed = set(), _needed(problem)
    for number, one in enumerate(problem.locations):
        path = f"locations[{number}]"
        degrees, metres = (one.lat, one.lon), (one.x, one.y)
        halves = [pair for pair in (degrees, metres) if (pair[0] is None) != (pair[1] is None)]
        whole = [kind for kind, pair in (("lat, lon", degrees), ("x, y", metres)) if None not in pair]
        if halves:
            yield fault(path, zh="坐标缺一半。请补全 lat 和 lon，或 x 和 y。",
                        en="half a pair of coordinates is missing. Give lat and lon, or x and y.")  # fmt: skip
        elif len(whole) == 2:
            yield fault(path, zh="lat、lon 与 x、y 只能用一种。请删去一种。",
                        en="it has both lat, lon and x, y. Leave one of them out.")  # fmt: skip
        elif not whole and (problem.travel.type != "matrix" or one.id in needed):
            yield fault(path, zh="缺少坐标，无法计算距离。请补上 lat 和 lon，或 x 和 y。",
                        en="it has no coordinates, so no distances. Give lat and lon, or x and y.")  # fmt: skip
        kinds.update(whole)
    if len(kinds) == 2:
        yield fault("locations", zh="有的地点用经纬度，有的用平面坐标。请统一。",
                    en="some locations are in degrees, others in metres on a plane. Use one kind.")  # fmt: skip
    if problem.travel.type == "planar" and "lat, lon" in kinds:
        yield fault("travel", zh="planar 需要平面坐标 x、y。请改用 straight_line。",
                    en="planar needs x and y. Use straight_line with degrees.")  # fmt: skip


def _needed(problem: Problem) -> set[str]:
    """Locations whose place on the map counts although a matrix gives the ways."""
    found = {vehicle.territory for vehicle in problem.vehicles if vehicle.territory is not None}
    found |= {zone.location for zone in problem.quiet_zones}
    if problem.quiet_zones or found:
        found |= {stop.location for stop in problem.stops}
    return found


def _matrices(travel: Matrix, size: int) -> Iterator[Fault]:
    if travel.distances.keys() != travel.durations.keys():
        yield fault("travel", zh="distances 与 durations 的行驶类型不一致。请补齐。",
                    en="distances and durations have different profiles. Give both for each.")  # fmt: skip
    for key, tables in (("distances", travel.distances), ("durations", travel.durations)):
        for profile, table in tables.items():
            yield from _square(f"travel.{key}.{profile}", table, size)


def _square(path: str, table: Sequence[Sequence[int]], size: int) -> Iterator[Fault]:
    if len(table) != size or any(len(row) != size for row in table):
        wrong = next((f"[{place}]" for place, row in enumerate(table) if len(row) != size), "")
        yield fault(
            path + (wrong if len(table) == size else ""),
            zh=f"应为 {size} × {size}（地点数）。请补全。",
            en=f"it should be {size} × {size}, as many as there are locations. Complete it.",
        )
        return
    for place, row in enumerate(table):
        if min(row) < -1:
            yield fault(f"{path}[{place}]", zh="有小于 −1 的数。无路请写 −1。",
                        en="it holds a number below −1. Write −1 where there is no way.")  # fmt: skip
        if row[place] != 0:
            yield fault(f"{path}[{place}][{place}]", zh="从一地到其自身应为 0。请改正。",
                        en="from a place to itself it is 0. Correct it.")  # fmt: skip
    if size > 1 and all(cell < 0 for place, row in enumerate(table) for to, cell in enumerate(row) if to != place):
        yield fault(path, zh="任何两地之间都无路可走。请检查路网。",
                    en="there is no way between any two places. Check the roads it was made from.")  # fmt: skip
