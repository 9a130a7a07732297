"""Times for routes whose plan gives trips only: as early as possible, leaving as late as that allows.

Where a window, a gap or a shift cannot be kept the times run on regardless, and the rules name what is broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from paotui.planning.routes.checker.case import Case, Tie
from paotui.planning.routes.checker.openings import ALWAYS, Openings, last_in, next_in
from paotui.planning.routes.plan import Visit
from paotui.planning.routes.problem import Vehicle

ROUNDS = 500
"""Of leaving later; each one passes a window of a stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do at a place; `leave_from`: the trip that begins there is released then."""

    kind: Literal["stop", "station", "break"]
    id: str
    location: str
    duration: int
    openings: Openings = ALWAYS
    leave_from: int = 0
    pinned: bool = False


class Timed(NamedTuple):
    """When a step is reached, begun and done."""

    arrival: int
    start: int
    end: int


@dataclass(slots=True)
class Line:
    """A route to be timed: what is done in order, from `earliest` on."""

    name: str
    vehicle: Vehicle
    earliest: int
    steps: list[Step]
    times: list[Timed] = field(default_factory=list)
    start: int = 0
    end: int = 0


Floors = dict[str, int]
"""By stop, a second before which it may not start, from stops on other routes."""


def made(case: Case, routes: dict[str, list[list[str]]], fixed: dict[str, Timed]) -> dict[str, Line]:
    """Timed lines by vehicle for `routes` (trips of stops by vehicle); `fixed`: stops the plan gives times for."""
    lines = {name: line(case, name, trips, case.tied_stops) for name, trips in routes.items()}
    floors: Floors = {}
    settle(case, lines, fixed, floors)
    resting = [one for one in lines.values() if one.vehicle.breaks]
    for one in resting:
        place_breaks(case, one, floors)
    if resting:
        settle(case, lines, fixed, floors)
    for one in lines.values():
        leave_late(case, one, floors)
    return lines


def line(case: Case, name: str, trips: Sequence[Sequence[str]], tied: frozenset[str]) -> Line:
    """The steps of a vehicle's trips, with a station wherever one trip ends and the next begins."""
    vehicle = case.fleet[name]
    trips = _emptied(case, vehicle, trips)
    releases = [max((case.stops[stop].release for stop in trip), default=0) for trip in trips]
    steps: list[Step] = []
    for place, trip in enumerate(trips):
        if place and (station := _station(case, vehicle, steps, trips[place - 1], trip)):
            steps.append(replace(station, leave_from=releases[place]))
        steps += [_step(case, stop, tied) for stop in trip]
    return Line(name, vehicle, max(vehicle.shift.earliest, releases[0] if releases else 0), steps)


def _emptied(case: Case, vehicle: Vehicle, trips: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The trips, with an empty last one behind the station where a vehicle has to be emptied."""
    picked = bool(trips) and any(amount for stop in trips[-1] for amount in case.stops[stop].pickup.values())
    onboard = len(trips) <= 1 and any(vehicle.onboard.values())
    return [*trips, []] if vehicle.empty_at_end and (picked or onboard) else list(trips)


def _step(case: Case, name: str, tied: frozenset[str]) -> Step:
    stop = case.stops[name]
    return Step("stop", name, stop.location, stop.duration, case.openings(stop), pinned=name in tied)


def _station(
    case: Case, vehicle: Vehicle, done: list[Step], before: Sequence[str], after: Sequence[str]
) -> Step | None:
    """The station with the shortest detour of those that suit both trips, of all where none does."""
    usable = [case.stations[name] for name in vehicle.stations if name in case.stations]
    needed = _dimensions(case, before, "pickup") | _dimensions(case, after, "delivery")
    classes = {case.stops[stop].load_class for stop in before if any(case.stops[stop].pickup.values())} - {None}
    suiting = [
        one for one in usable
        if (one.handles is None or needed <= set(one.handles)) and (one.classes is None or classes <= set(one.classes))
    ]  # fmt: skip
    origin = done[-1].location if done else vehicle.start
    target = case.stops[after[0]].location if after else case.home(vehicle)

    def detour(location: str) -> int:
        ways = [(origin, location), (location, target or location)]
        metres = [case.travel.metres(start, end, vehicle.profile) for start, end in ways]
        return sum(10**12 if way is None else way for way in metres)

    best = min(suiting or usable, key=lambda one: detour(one.location), default=None)
    if best is None:
        return None
    openings = tuple(sorted(best.windows)) or ALWAYS
    return Step("station", best.id, best.location, best.duration, openings)


def _dimensions(case: Case, stops: Sequence[str], kind: str) -> set[str]:
    return {dim for stop in stops for dim, amount in getattr(case.stops[stop], kind).items() if amount}


def run(case: Case, line: Line, start: int, floors: Floors) -> tuple[list[Timed], int]:
    """Earliest times from `start` on, and when the vehicle is at its end."""
    times: list[Timed] = []
    return times, _go_on(case, line, times, start, floors)


def _go_on(case: Case, line: Line, times: list[Timed], start: int, floors: Floors) -> int:
    """Add the times of the steps that have none yet; return when the vehicle is at its end."""
    profile, seconds = line.vehicle.profile, case.travel.seconds
    now, place, arrived = start, line.vehicle.start, None
    if times:
        before = line.steps[len(times) - 1]
        now, place = max(times[-1].end, before.leave_from), before.location
    for step in line.steps[len(times) :]:
        arrival = now + (seconds(place, step.location, profile) or 0) if step.location != place else now
        if step.kind == "break":
            begins = next_in(step.openings, arrival)
            begins = arrival if begins is None else begins
            if step.location != place:  # taken where the next stop is, after arriving there
                arrived = arrival
            times.append(Timed(begins, begins, begins + step.duration))
        else:
            ready = max(arrival, floors.get(step.id, 0)) if step.kind == "stop" else arrival
            begins = next_in(step.openings, ready)
            begins = ready if begins is None else begins
            times.append(Timed(arrival if arrived is None else arrived, begins, begins + step.duration))
            arrived = None
        now, place = max(times[-1].end, step.leave_from), step.location
    home = case.home(line.vehicle) if line.steps else None
    return now + ((seconds(place, home, profile) or 0) if home and home != place else 0)


def settle(case: Case, lines: dict[str, Line], fixed: dict[str, Timed], floors: Floors) -> None:
    """Raise floors until every tie of a stop on the lines is kept, or cannot be: the least times that keep them all."""
    here = {step.id for one in lines.values() for step in one.steps if step.kind == "stop"}
    ties = [tie for tie in case.ties if tie.before in here or tie.after in here]
    groups = [group.stops for group in case.problem.together if not here.isdisjoint(group.stops)]
    known, changed = dict(fixed), here
    for number in range(20 + 2 * (len(case.ties) + len(case.problem.together))):  # more than a feasible chain takes
        for one in lines.values():
            if not number or any(step.id in changed for step in one.steps):
                one.start = one.earliest
                one.times, one.end = run(case, one, one.start, floors)
                timed = zip(one.steps, one.times, strict=True)
                known.update((step.id, times) for step, times in timed if step.kind == "stop")
        raised = {stop: floor for stop, floor in _needed(ties, groups, known).items()
                  if stop in here and floor > known[stop].start}  # fmt: skip
        floors.update(raised)
        changed = set(raised)
        if not changed:
            return


def _needed(ties: Sequence[Tie], groups: Sequence[Sequence[str]], known: dict[str, Timed]) -> Floors:
    """The second before which each of the tied stops may not start, as the times of the others are."""
    needed: Floors = {}
    for tie in ties:
        if tie.before in known and tie.after in known:
            before, after = known[tie.before], known[tie.after]
            base = before.start if tie.from_start else before.end
            needed[tie.after] = max(needed.get(tie.after, 0), base + tie.least)
            if tie.most is not None:
                least = before.start + after.start - tie.most - base
                needed[tie.before] = max(needed.get(tie.before, 0), least)
    for stops in groups:
        there = [stop for stop in stops if stop in known]
        for stop in there:
            needed[stop] = max(needed.get(stop, 0), *(known[one].start for one in there))
    return needed


def place_breaks(case: Case, line: Line, floors: Floors) -> None:
    """Put each break that is owed where it delays the end least without missing a window."""
    for index, rest in sorted(enumerate(line.vehicle.breaks, 1), key=lambda pair: pair[1].earliest):
        usual, end = run(case, line, line.earliest, floors)
        if not (line.earliest < rest.earliest and end > rest.latest):
            continue
        spots = [line.vehicle.start, *(step.location for step in line.steps), case.home(line.vehicle) or ""]
        choices = []
        for place in range(len(line.steps) + 1):
            for location in dict.fromkeys(spot for spot in spots[place : place + 2] if spot):
                step = Step("break", str(index), location, rest.duration, ((rest.earliest, rest.latest),))
                tried = Line(line.name, line.vehicle, line.earliest,
                             [*line.steps[:place], step, *line.steps[place:]])  # fmt: skip
                same = place if place and line.steps[place - 1].kind != "break" else 0  # until there all is as without
                tried.times = usual[:same]
                tried.end = _go_on(case, tried, tried.times, tried.earliest, floors)
                choices.append((missed(tried), tried.end, place, tried.steps))
        line.steps = min(choices, key=lambda choice: choice[:3])[3]
    line.times, line.end = run(case, line, line.earliest, floors)


def missed(line: Line) -> int:
    """How many things start outside their openings, or the end outside the shift."""
    late = line.end > line.vehicle.shift.latest + line.vehicle.shift.max_overtime
    return late + sum(
        next_in(step.openings, timed.start) != timed.start for step, timed in zip(line.steps, line.times, strict=True)
    )


def leave_late(case: Case, line: Line, floors: Floors) -> None:
    """Leave as late as the end allows; later still where only that keeps the longest duration."""
    _compress(case, line, floors)
    longest, misses = line.vehicle.max_duration, missed(line)
    if longest is None or line.end - line.start <= longest:
        return
    busy, later = _busy(case, line), line
    for _ in range(ROUNDS):
        later = Line(line.name, line.vehicle, line.earliest, line.steps, start=later.start + 1)
        later.times, later.end = run(case, later, later.start, floors)
        _compress(case, later, floors)
        if missed(later) > misses:
            return
        if later.end - later.start < line.end - line.start:
            line.start, line.times, line.end = later.start, later.times, later.end
        if line.end - line.start <= longest or later.end - later.start <= busy:
            return


def _busy(case: Case, line: Line) -> int:
    """Seconds on the way and at work, without waiting: the shortest duration there can be."""
    places = [line.vehicle.start, *(step.location for step in line.steps), case.home(line.vehicle)]
    ways = sum(_way(case, line, start, end) for start, end in pairwise(places) if start is not None)
    return ways + sum(step.duration for step in line.steps)


def _compress(case: Case, line: Line, floors: Floors) -> None:
    """Take waiting out of the front: the latest start that changes neither the end nor a tied stop."""
    late, place = line.end, case.home(line.vehicle)
    for step, timed in zip(reversed(line.steps), reversed(line.times), strict=True):
        way = _way(case, line, step.location, place)
        start = last_in(step.openings, late - way - step.duration)
        late = timed.start if step.pinned or start is None else max(start, timed.start)
        place = step.location
    if line.steps:
        line.start = max(line.start, late - _way(case, line, line.vehicle.start, place))
        line.times, line.end = run(case, line, line.start, floors)


def _way(case: Case, line: Line, start: str, end: str | None) -> int:
    return 0 if end is None or start == end else case.travel.seconds(start, end, line.vehicle.profile) or 0


def visits(line: Line) -> list[Visit]:
    return [
        Visit.model_construct(kind=step.kind, id=step.id, arrival=timed.arrival, start=timed.start, end=timed.end)
        for step, timed in zip(line.steps, line.times, strict=True)
    ]
