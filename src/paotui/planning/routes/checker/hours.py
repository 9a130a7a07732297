"""Times: no way is driven faster than it is, services last, windows, quiet and shifts are kept."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker import openings, words
from paotui.planning.routes.checker.driving import Activity, Drive, Leg
from paotui.planning.routes.checker.faults import Fault, fault, stop_name


def check(drive: Drive) -> Iterator[Fault]:
    for leg in drive.legs:
        yield from _way(drive, leg)
    for one in drive.activities:
        yield from _lasts(drive, one)
    yield from _in_turn(drive)
    for one in drive.activities:
        if one.stop:
            yield from _window(drive, one)
            yield from _quiet(drive, one)
        elif one.station:
            yield from _station_window(drive, one)
    yield from _shift(drive)
    yield from _released(drive)
    yield from _limits(drive)


def _way(drive: Drive, leg: Leg) -> Iterator[Fault]:
    path = leg.after.path if leg.after else f"{drive.path}.end"
    if leg.seconds is None:
        yield fault(
            path,
            zh=f"从 {leg.origin} 到 {leg.target} 无路可走。请换一辆车或调整顺序。",
            en=f"there is no way from {leg.origin} to {leg.target}. Change the order, or the vehicle.",
        )
        return
    arrival = leg.after.visit.arrival if leg.after else drive.end
    left = _free(drive, leg, arrival - leg.seconds)
    if arrival < left + leg.seconds:
        yield from _too_fast(drive, leg, path, left)


def _free(drive: Drive, leg: Leg, departure: int) -> int:
    """When it may leave at the earliest: after the activity before, and after rests taken before the way.

    A rest is taken before the way unless it begins at the arrival or later.
    """
    free = leg.before.visit.end if leg.before else drive.start
    arrival = departure + (leg.seconds or 0)
    for rest in leg.breaks:
        if rest.visit.start < arrival:
            free = max(free, rest.visit.end)
    return free


def _too_fast(drive: Drive, leg: Leg, path: str, left: int) -> Iterator[Fault]:
    seconds = leg.seconds or 0
    arrival = words.moment(drive.case.problem, left + seconds)
    way = words.span(drive.case.problem, seconds)
    yield fault(
        path,
        zh=f"从 {leg.origin} 出发需 {way.zh}，最早 {arrival.zh} 到达，计划中更早。请推迟。",
        en=f"the way from {leg.origin} takes {way.en}, so {arrival.en} is the earliest, and the plan is earlier. "
        "Start later.",
    )


def _lasts(drive: Drive, one: Activity) -> Iterator[Fault]:
    """Arrival ≤ start, end = start + duration."""
    visit = one.visit
    duration = _duration(drive, one)
    if visit.start < visit.arrival:
        yield fault(one.path, zh="开始早于到达。请改正。", en="it starts before the arrival. Correct it.")
    if duration is not None and visit.end != visit.start + duration:
        needed = words.span(drive.case.problem, duration)
        yield fault(
            f"{one.path}.end",
            zh=f"应历时 {needed.zh}，结束应为 {visit.start + duration}，写的是 {visit.end}。请改正。",
            en=f"it lasts {needed.en}, so its end is {visit.start + duration}, not {visit.end}. Correct it.",
        )


def _in_turn(drive: Drive) -> Iterator[Fault]:
    """One thing after the other, none before the start."""
    before = drive.start
    for one in drive.activities:
        if one.visit.start < before:
            zh, en = _said(drive, before)
            yield fault(
                f"{one.path}.start",
                zh=f"前一项到 {zh} 才结束。请推迟或调整顺序。",
                en=f"what comes before it ends at {en}. Start later, or change the order.",
            )
        before = one.visit.end


def _duration(drive: Drive, one: Activity) -> int | None:
    if one.stop:
        return one.stop.duration
    if one.station:
        return one.station.duration
    rests = drive.vehicle.breaks
    known = one.visit.id.isdecimal() and 0 < int(one.visit.id) <= len(rests)
    return rests[int(one.visit.id) - 1].duration if known else None


def _window(drive: Drive, one: Activity) -> Iterator[Fault]:
    assert one.stop
    allowed = openings.union(one.stop.windows)
    start = one.visit.start
    if openings.next_in(allowed, start) != start:
        yield _outside(drive, one, one.stop.windows)


def _station_window(drive: Drive, one: Activity) -> Iterator[Fault]:
    assert one.station
    start = one.visit.start
    if openings.next_in(openings.union(one.station.windows), start) != start:
        yield _outside(drive, one, one.station.windows)


def _outside(drive: Drive, one: Activity, windows: list[tuple[int, int]]) -> Fault:
    problem = drive.case.problem
    start, told = words.moment(problem, one.visit.start), words.windows(problem, windows)
    late = one.visit.start - max(last for _, last in windows)
    by = words.span(problem, late) if late > 0 else None
    name = stop_name(drive.case, one.visit.id)
    return fault(
        f"{one.path}.start",
        zh=f"{name} 于 {start.zh} 开始，时间窗为 {told.zh}" + (f"，晚了 {by.zh}。" if by else "。") + "请移入时间窗。",
        en=f"{name} starts at {start.en}, its windows are {told.en}"
        + (f"; that is {by.en} too late. " if by else ". ")
        + "Move it into one.",
    )


def _quiet(drive: Drive, one: Activity) -> Iterator[Fault]:
    assert one.stop
    first, last = one.visit.start, one.visit.start + max(one.stop.duration, 1)
    for zone in drive.case.quiet_around(one.stop):
        for start, end in zone.periods:
            if first < end and last > start:
                told = words.windows(drive.case.problem, [(start, end)])
                name = stop_name(drive.case, one.visit.id)
                yield fault(
                    f"{one.path}.start",
                    zh=f"{name} 在静音区“{zone.id}”的静音时段 {told.zh} 内作业。请避开。",
                    en=f"{name} is worked on during the quiet {told.en} of zone '{zone.id}'. Keep out of it.",
                )


def _shift(drive: Drive) -> Iterator[Fault]:
    shift = drive.vehicle.shift
    if drive.start < shift.earliest:
        zh, en = _said(drive, shift.earliest)
        yield fault(
            f"{drive.path}.start",
            zh=f"{drive.name} 的班次 {zh} 才开始。请推迟。",
            en=f"the shift of {drive.name} begins at {en}. Start later.",
        )
    latest = shift.latest + shift.max_overtime
    if drive.end > latest:
        zh, en = _said(drive, latest)
        over = words.span(drive.case.problem, drive.end - latest)
        yield fault(
            f"{drive.path}.end",
            zh=f"{drive.name} 最晚 {zh} 收车，超出 {over.zh}。请减少任务。",
            en=f"{drive.name} is back by {en} at the latest; this is {over.en} over. Take something off it.",
        )


def _released(drive: Drive) -> Iterator[Fault]:
    """A trip leaves its base when everything it serves is released."""
    for trip in drive.trips():
        if not trip.stops:
            continue
        first = trip.stops[0]
        leg = next(leg for leg in drive.legs if leg.after is first)
        departure = first.visit.arrival - (leg.seconds or 0)
        for one in trip.stops:
            if one.stop and one.stop.release > max(departure, 0):
                (zh, en), (left_zh, left_en) = _said(drive, one.stop.release), _said(drive, departure)
                name = stop_name(drive.case, one.visit.id)
                yield fault(
                    one.path,
                    zh=f"{name} 自 {zh} 起才可装运，本趟 {left_zh} 已出发。请推迟该趟。",
                    en=f"{name} is released at {en}, and its trip leaves at {left_en}. Let the trip leave later.",
                )


def _limits(drive: Drive) -> Iterator[Fault]:
    vehicle, problem = drive.vehicle, drive.case.problem
    if vehicle.max_duration is not None and drive.duration > vehicle.max_duration:
        most, found = words.span(problem, vehicle.max_duration), words.span(problem, drive.duration)
        yield fault(
            f"{drive.path}.duration",
            zh=f"{drive.name} 最长 {most.zh}，此路线 {found.zh}。请减少任务。",
            en=f"{drive.name} may be out for {most.en}, and this takes {found.en}. Take something off it.",
        )
    if vehicle.max_distance is not None and drive.distance > vehicle.max_distance:
        yield fault(
            f"{drive.path}.distance",
            zh=f"{drive.name} 最多行驶 {vehicle.max_distance} 米，此路线 {drive.distance} 米。请减少任务。",
            en=f"{drive.name} may drive {vehicle.max_distance} m, and this is {drive.distance} m. Take something off.",
        )


def _said(drive: Drive, seconds: int) -> tuple[str, str]:
    told = words.moment(drive.case.problem, seconds)
    return told.zh, told.en
