"""Whether what a problem says holds together: every fault is found, each with its path and its remedy.

`refuse` is for what nobody could plan with. What can be planned but will disappoint (a vehicle that fits nothing, a
stop nobody fits) is told by `remarks`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain

from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.routes import validate_links, validate_places
from paotui.planning.routes.problem import Problem, Vehicle

MOST_BREAKS = 5
"""Every set of breaks is tried for every route: with more the planning would stand still."""

LOOKED_AT = 1000
"""Stops; with more, or in a public file, seeing what fits would take seconds off the planning, and plans tell it."""


def refuse(problem: Problem) -> None:
    """Raise ProblemError with every fault."""
    if found := faults(problem):
        raise ProblemError(found)


def faults(problem: Problem) -> list[Fault]:
    rules = (
        _doubles,
        _references,
        _times,
        _breaks,
        _on_board,
        _capabilities,
        validate_places.faults,
        validate_links.faults,
    )
    return list(chain.from_iterable(rule(problem) for rule in rules))


def _doubles(problem: Problem) -> Iterator[Fault]:
    """Ids used twice in one list; visits of rounds and vehicles of a kind count with their own names."""
    for name in ("locations", "vehicles", "stations", "stops", "shipments", "quiet_zones"):
        seen: dict[str, int] = {}
        for place, one in enumerate(getattr(problem, name)):
            first = seen.setdefault(one.id, place)
            if first != place:
                yield fault(
                    f"{name}[{place}].id",
                    zh=f"编号“{one.id}”与 {name}[{first}] 重复。请改名。",
                    en=f"the id '{one.id}' is that of {name}[{first}] already. Rename it.",
                )
    yield from _expanded_doubles(problem)


def _expanded_doubles(problem: Problem) -> Iterator[Fault]:
    made = {f"{one.stop}@{place}" for one in problem.rounds for place in range(1, one.count + 1)}
    for place, stop in enumerate(problem.stops):
        if stop.id in made:
            yield fault(
                f"stops[{place}].id",
                zh=f"“{stop.id}”与一次巡回作业同名。请改名。",
                en=f"'{stop.id}' is the name of a visit of a round. Rename it.",
            )
    kinds = {vehicle.id for vehicle in problem.vehicles if vehicle.count != 1}
    for place, vehicle in enumerate(problem.vehicles):
        kind, sign, number = vehicle.id.rpartition("#")
        if sign and number.isdecimal() and kind in kinds:
            yield fault(
                f"vehicles[{place}].id",
                zh=f"“{vehicle.id}”与“{kind}”中的一辆同名。请改名。",
                en=f"'{vehicle.id}' is the name of one of '{kind}'. Rename it.",
            )


def _references(problem: Problem) -> Iterator[Fault]:
    """Ids that name nothing."""
    places = {location.id for location in problem.locations}
    stations = {station.id for station in problem.stations}
    for path, name in _location_references(problem):
        if name not in places:
            yield unknown(path, name, places, zh="地点", en="location")
    for number, vehicle in enumerate(problem.vehicles):
        for place, name in enumerate(vehicle.stations):
            if name not in stations:
                yield unknown(f"vehicles[{number}].stations[{place}]", name, stations, zh="场站", en="station")
    yield from _vehicle_references(problem)
    yield from _profiles(problem)


def _location_references(problem: Problem) -> Iterator[tuple[str, str]]:
    for number, vehicle in enumerate(problem.vehicles):
        for key in ("start", "end", "territory"):
            if (name := getattr(vehicle, key)) is not None:
                yield f"vehicles[{number}].{key}", name
    for key in ("stations", "stops", "quiet_zones"):
        for number, one in enumerate(getattr(problem, key)):
            yield f"{key}[{number}].location", one.location


def _vehicle_references(problem: Problem) -> Iterator[Fault]:
    kinds = {vehicle.id: vehicle for vehicle in problem.vehicles}
    for number, stop in enumerate(problem.stops):
        for place, name in enumerate(stop.vehicles or []):
            if not _named(kinds, name):
                yield unknown(
                    f"stops[{number}].vehicles[{place}]", name, kinds, zh="车辆", en="vehicle",
                    more=("（停用的车辆请保留并写 count: 0）", " (keep one that is out of service, with a count of 0)"),
                )  # fmt: skip


def _named(kinds: dict[str, Vehicle], name: str) -> bool:
    """Whether it is the id of a vehicle, or `id#k` of one of several."""
    if name in kinds:
        return True
    kind, _, number = name.rpartition("#")
    if kind not in kinds or not number.isdecimal():
        return False
    count = kinds[kind].count
    return int(number) >= 1 and count != 1 and (count is None or int(number) <= count or count == 0)


def _profiles(problem: Problem) -> Iterator[Fault]:
    travel = problem.travel
    if travel.type == "planar":
        return
    known = set(travel.speed_kmh) if travel.type == "straight_line" else set(travel.distances)
    for number, vehicle in enumerate(problem.vehicles):
        if vehicle.profile not in known:
            yield unknown(f"vehicles[{number}].profile", vehicle.profile, known, zh="行驶类型", en="profile of travel")


def _times(problem: Problem) -> Iterator[Fault]:
    """Windows, shifts and breaks that end before they begin."""
    for path, first, last in _spans(problem):
        if first > last:
            yield fault(
                path,
                zh=f"{first} 晚于 {last}，前后颠倒。请对调。",
                en=f"{first} is after {last}: it is reversed. Swap its ends.",
            )


def _spans(problem: Problem) -> Iterator[tuple[str, int, int]]:
    for key in ("stops", "stations"):
        for number, one in enumerate(getattr(problem, key)):
            for place, (first, last) in enumerate(one.windows):
                yield f"{key}[{number}].windows[{place}]", first, last
    for number, zone in enumerate(problem.quiet_zones):
        for place, (first, last) in enumerate(zone.periods):
            yield f"quiet_zones[{number}].periods[{place}]", first, last
    for number, vehicle in enumerate(problem.vehicles):
        yield f"vehicles[{number}].shift", vehicle.shift.earliest, vehicle.shift.latest
        for place, rest in enumerate(vehicle.breaks):
            yield f"vehicles[{number}].breaks[{place}]", rest.earliest, rest.latest


def _breaks(problem: Problem) -> Iterator[Fault]:
    for number, vehicle in enumerate(problem.vehicles):
        if (count := len(vehicle.breaks)) > MOST_BREAKS:
            yield fault(
                f"vehicles[{number}].breaks",
                zh=f"{vehicle.id} 有 {count} 次休息，最多 {MOST_BREAKS} 次。请合并，或拆成几辆车分班。",
                en=f"{vehicle.id} has {count} breaks; {MOST_BREAKS} are the most that can be planned. "
                "Merge some, or split the day between two vehicles.",
            )


def _on_board(problem: Problem) -> Iterator[Fault]:
    """Loads a vehicle carries now although it cannot hold them, or cannot be rid of them."""
    for number, vehicle in enumerate(problem.vehicles):
        for name, amount in vehicle.onboard.items():
            if amount > (most := vehicle.capacities.get(name, 0)):
                yield fault(
                    f"vehicles[{number}].onboard.{name}",
                    zh=f"{vehicle.id} 已载有 {amount} {name}，却只能装 {most}。请改正其一。",
                    en=f"{vehicle.id} carries {amount} {name} already, and holds {most}. Correct one of them.",
                )
        if vehicle.empty_at_end and any(vehicle.onboard.values()) and not vehicle.stations:
            yield fault(
                f"vehicles[{number}].stations",
                zh=f"{vehicle.id} 收车前应清空，却没有可去的场站。请列出场站，或不要求清空。",
                en=f"{vehicle.id} has to be empty at the end, and may go to no station. Name one, or let it stay so.",
            )


def _capabilities(problem: Problem) -> Iterator[Fault]:
    """Capabilities no vehicle has, not even one out of service: most likely a slip of the pen."""
    known = set(chain.from_iterable(vehicle.capabilities for vehicle in problem.vehicles))
    if not problem.vehicles:
        return
    for number, stop in enumerate(problem.stops):
        for place, name in enumerate(stop.requires):
            if name not in known:
                yield unknown(
                    f"stops[{number}].requires[{place}]", name, known, zh="车辆能力", en="capability of a vehicle",
                    more=("（停用的车辆请保留并写 count: 0）", " (keep one that is out of service, with a count of 0)"),
                )  # fmt: skip


def unknown(path: str, name: str, known: Iterable[str], *, zh: str, en: str, more: tuple[str, str] = ("", "")) -> Fault:
    """Nothing of that name, with the nearest one there is."""
    near = get_close_matches(name, list(known), n=1)
    did_zh, did_en = (f"是否指“{near[0]}”？", f"Did you mean '{near[0]}'?") if near else ("请改正。", "Correct it.")
    return fault(path, zh=f"没有{zh}“{name}”{more[0]}。{did_zh}", en=f"there is no {en} '{name}'{more[1]}. {did_en}")


def remarks(problem: Problem) -> list[Fault]:
    """What can be planned with, and will disappoint: nobody fits a stop, a vehicle fits nothing, nothing to do."""
    found = [*_nothing_to_do(problem), *_unread(problem)]
    if problem.source is not None or len(problem.stops) > LOOKED_AT:
        return found
    from paotui.planning.routes import fitting  # here: it drives trials, and reading alone should not pay for it

    return [*found, *fitting.remarks(problem)]


def _unread(problem: Problem) -> Iterator[Fault]:
    for key in problem.source.unread if problem.source else ():
        yield fault(
            key,
            zh="文件头中的这一行无法识别，其要求未计入。",
            en="this line of the file's head is not known; what it asks for is not kept.",
        )


def _nothing_to_do(problem: Problem) -> Iterator[Fault]:
    if not problem.stops:
        yield fault("stops", zh="没有任何任务点。请补上。", en="there is no stop to serve. Add some.")
    if not any(vehicle.count != 0 for vehicle in problem.vehicles):
        yield fault("vehicles", zh="没有可用车辆，所有点都将不被服务。请补上。",
                    en="there is no vehicle in service, so nothing will be served. Add one.")  # fmt: skip
    classes = Counter(kind for kind in (stop.load_class for stop in problem.stops) if kind)
    for place, pair in enumerate(problem.incompatible):
        for kind in pair:
            if kind not in classes:
                yield unknown(f"incompatible[{place}]", kind, classes, zh="货类", en="load class of a stop")
