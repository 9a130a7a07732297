"""Why a stop is where it is, what its detour costs, and what every other route would make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from paotui.local_text import LocalText, counted
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.routes import naming
from paotui.planning.routes.checker import driven, trial, words
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.costs import change, own
from paotui.planning.routes.checker.driving import Activity, Drive, Fleet
from paotui.planning.routes.checker.timetable import Timed
from paotui.planning.routes.checker.travel import straight
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem

SHOWN = 8
"""Alternatives told one by one; the others are counted."""
TRIED = 30
"""Routes tried: those with the nearest stops. With fewer routes it is all of them."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """The stop on another route: what that costs more than without it, or the reason why it cannot be."""

    vehicle: str
    used: bool
    extra: Fraction
    drive: Drive
    against: tuple[Fault, ...]


def explain(problem: Problem, plan: Plan, subject: str) -> list[LocalText]:
    """Sentences on a stop or a vehicle; raises ProblemError when there is none of that name."""
    fleet, _ = driven(problem, plan)
    case = fleet.case
    if subject in case.stops:
        return list(_stop(fleet, plan, subject))
    drive = next((one for one in fleet.drives if one.name == subject), None)
    if drive:
        return list(_vehicle(drive))
    if subject in case.fleet:
        name = naming.vehicle(case, subject)
        return [LocalText(f"{name} 在计划中没有路线。", f"{name} has no route in the plan.")]
    raise ProblemError([_unknown(case, subject)])


def _unknown(case: Case, subject: str) -> Fault:
    visits = [name for name in case.stops if name.rpartition("@")[0] == subject]
    near = visits[:1] or get_close_matches(subject, [*case.stops, *case.fleet], n=1)
    hint = (f"是否指“{near[0]}”？", f"Did you mean '{near[0]}'?") if near else ("请给出编号。", "Give an id.")
    return fault("", zh=f"没有点或车辆“{subject}”。{hint[0]}", en=f"there is no stop or vehicle '{subject}'. {hint[1]}")


def _stop(fleet: Fleet, plan: Plan, name: str) -> Iterator[LocalText]:
    here = fleet.served.get(name)
    saved = Fraction(0)
    if here is None:
        yield from _left_out(fleet, plan, name)
    else:
        yield _where(fleet, *here)
        saved = _detour(fleet, here[0], name)
        yield from _costs(fleet, here[0], name, saved)
    found = alternatives(fleet, name)
    yield from _told(fleet, found, saved, served=here is not None)


def _left_out(fleet: Fleet, plan: Plan, name: str) -> Iterator[LocalText]:
    label = naming.stop(fleet.case, name)
    listed = next((one for one in plan.unserved if str(one.stop) == name), None)
    if listed is None:
        yield LocalText(f"{label} 既未服务，也未说明原因。", f"{label} is not served, and the plan does not say why.")
        return
    yield LocalText(f"{label} 未服务：{listed.reason.zh}", f"{label} is not served: {listed.reason.en}")
    if (price := fleet.case.stops[name].unserved_price) is not None:
        told = naming.money(fleet.case.problem, price)
        yield LocalText(f"不服务它的代价是 {told.zh}。", f"Leaving it out costs {told.en}.")
    if listed.relaxation:
        yield LocalText(f"可以服务它的最小放宽：{listed.relaxation.zh}",
                        f"The smallest relaxation that would serve it: {listed.relaxation.en}")  # fmt: skip


def _where(fleet: Fleet, drive: Drive, one: Activity) -> LocalText:
    case, problem = fleet.case, fleet.case.problem
    stops = [each.visit.id for each in drive.stops]
    place = stops.index(one.visit.id)
    label, who = naming.stop(case, one.visit.id), naming.vehicle(case, drive.name)
    start, end = words.moment(problem, one.visit.start), words.moment(problem, one.visit.end)
    before = naming.stop(case, stops[place - 1]) if place else None
    after = naming.stop(case, stops[place + 1]) if place + 1 < len(stops) else None
    windows = words.windows(problem, one.stop.windows) if one.stop and one.stop.windows else None
    zh = f"{label} 由 {who} 服务，全程 {len(stops)} 站中的第 {place + 1} 站，{start.zh}–{end.zh}"
    en = f"{label} is served by {who}, number {place + 1} of its {len(stops)} stops, {start.en}–{end.en}"
    zh += (f"，上一站 {before}" if before else "，是第一站") + (f"，下一站 {after}" if after else "，是最后一站")
    en += f", after {before}" if before else ", the first"
    en += f", before {after}" if after else ", the last"
    if windows:
        zh, en = f"{zh}；时间窗 {windows.zh}", f"{en}; its windows are {windows.en}"
    return LocalText(f"{zh}。", f"{en}.")


def _detour(fleet: Fleet, drive: Drive, name: str) -> Fraction:
    """What the route costs more with the stop than without."""
    return own(drive) - own(_without(fleet, drive, name))


def _without(fleet: Fleet, drive: Drive, name: str) -> Drive:
    return trial.drive(fleet.case, drive.name, _trips(drive, leave_out=name), _elsewhere(fleet, drive.name, name))


def _costs(fleet: Fleet, drive: Drive, name: str, saved: Fraction) -> Iterator[LocalText]:
    case, problem = fleet.case, fleet.case.problem
    rest = _without(fleet, drive, name)
    who, price = naming.vehicle(case, drive.name), naming.money(problem, saved)
    way = naming.kilometres(problem, drive.distance - rest.distance)
    time = words.span(problem, max(0, drive.duration - rest.duration))
    of = LocalText("时间 ", "time ") if problem.source is not None else LocalText("", "")  # there it is a bare number
    yield LocalText(
        f"在 {who} 上为它多付 {price.zh}（{way.zh}，{of.zh}{time.zh}）。",
        f"It costs {who} {price.en} to serve it ({way.en}, {of.en}{time.en}).",
    )
    if name in drive.vehicle.locked:
        yield LocalText(f"它锁定给 {who}，不得移动。", f"It is locked to {who} and stays there.")


def alternatives(fleet: Fleet, name: str) -> list[Alternative]:
    """The cheapest place for the stop on each other route, and on one unused vehicle of each kind.

    Those that can serve it come first, the cheapest first; then those that cannot.
    """
    here = fleet.served[name][0].name if name in fleet.served else None
    others = [drive for drive in fleet.drives if drive.name != here]
    found = [_best(fleet, drive.name, name, drive) for drive in _nearest(fleet, others, name)]
    found += [_best(fleet, unused, name, None) for unused in _unused(fleet)]
    return sorted(found, key=lambda one: (bool(one.against), one.extra))


def _nearest(fleet: Fleet, drives: list[Drive], name: str) -> list[Drive]:
    """The routes worth trying, by their stop that is nearest in a straight line."""
    if len(drives) <= TRIED:
        return drives
    places, location = fleet.case.travel.places, fleet.case.stops[name].location

    def away(drive: Drive) -> float:
        return min((straight(places[location], places[one.location]) for one in drive.stops), default=0.0)

    return sorted(drives, key=away)[:TRIED]


def _unused(fleet: Fleet) -> Iterator[str]:
    driving = {drive.name for drive in fleet.drives}
    seen: set[str] = set()
    for name, vehicle in fleet.case.fleet.items():
        if name not in driving and vehicle.id not in seen:
            seen.add(vehicle.id)
            yield name


def _best(fleet: Fleet, vehicle: str, name: str, drive: Drive | None) -> Alternative:
    """The place with the fewest faults, then the lowest extra cost."""
    trips = _trips(drive) if drive else [[]]
    elsewhere = _elsewhere(fleet, vehicle, name)
    before = own(drive) if drive else Fraction(0)
    locked = len([stop for stop in fleet.case.fleet[vehicle].locked if stop in fleet.served])
    best: Alternative | None = None
    for changed in _insertions(trips, name, locked):
        tried = trial.drive(fleet.case, vehicle, changed, elsewhere)
        against = tuple(trial.faults(tried)) + tuple(trial.tie_faults(fleet, tried))
        found = Alternative(vehicle, drive is not None, own(tried) - before, tried, against)
        if best is None or (len(found.against), found.extra) < (len(best.against), best.extra):
            best = found
    assert best
    return best


def _insertions(trips: list[list[str]], name: str, locked: int) -> Iterator[list[list[str]]]:
    """The trips with the stop at every place behind the locked ones."""
    passed = 0
    for number, trip in enumerate(trips or [[]]):
        for place in range(len(trip) + 1):
            if passed + place >= locked:
                yield [*trips[:number], [*trip[:place], name, *trip[place:]], *trips[number + 1 :]]
        passed += len(trip)


def _trips(drive: Drive, leave_out: str | None = None) -> list[list[str]]:
    trips = [[one.visit.id for one in trip.stops if one.visit.id != leave_out] for trip in drive.trips()]
    return [trip for trip in trips if trip]


def _elsewhere(fleet: Fleet, vehicle: str, name: str) -> dict[str, Timed]:
    """Times of the stops on other routes."""
    return {
        stop: Timed(one.visit.arrival, one.visit.start, one.visit.end)
        for stop, (drive, one) in fleet.served.items()
        if drive.name != vehicle and stop != name
    }


def _told(fleet: Fleet, found: list[Alternative], saved: Fraction, *, served: bool) -> Iterator[LocalText]:
    for one in found[:SHOWN]:
        yield _impossible(fleet, one) if one.against else _possible(fleet, one, saved, served)
    if len(found) > SHOWN:
        able = sum(not one.against for one in found[SHOWN:])
        more = len(found) - SHOWN
        if able:
            yield LocalText(
                f"还试过 {more} 条路线，其中 {able} 条可以，但都更贵。",
                f"Of {counted(more, 'more route')} tried {able} could, none of them cheaper.",
            )
        else:
            were = "was" if more == 1 else "were"
            yield LocalText(
                f"还试过 {more} 条路线，都不行。", f"{counted(more, 'more route')} {were} tried; none could."
            )


def _possible(fleet: Fleet, one: Alternative, saved: Fraction, served: bool) -> LocalText:
    problem, who = fleet.case.problem, naming.vehicle(fleet.case, one.vehicle)
    name = _inserted(fleet, one)
    start = words.moment(problem, name.visit.start)
    difference = one.extra - saved + _change(fleet, one, name.visit.id)
    price = naming.money(problem, difference)
    spare = LocalText(" ", "") if one.used else LocalText("（尚未使用）", " (not used yet)")
    if served:
        sign = LocalText("多", "more") if difference >= 0 else LocalText("少", "less")
        amount = naming.money(problem, abs(difference))
        return LocalText(
            f"{who}{spare.zh}也可以在 {start.zh} 服务它，总共{sign.zh}付 {amount.zh}。",
            f"{who}{spare.en} could serve it at {start.en}, for {amount.en} {sign.en} in total.",
        )
    return LocalText(
        f"{who}{spare.zh}可以在 {start.zh} 服务它，多付 {price.zh}。",
        f"{who}{spare.en} could serve it at {start.en}, for {price.en}.",
    )


def _change(fleet: Fleet, one: Alternative, name: str) -> Fraction:
    """What the alternative adds to the price of changing the published plan."""
    if fleet.case.problem.published is None:
        return Fraction(0)
    here = fleet.served[name][0] if name in fleet.served else None
    drives = [
        _without(fleet, drive, name) if here and drive.name == here.name else drive
        for drive in fleet.drives
        if drive.name != one.vehicle
    ]
    return change(Fleet(fleet.case, (one.drive, *drives))) - change(fleet)


def _inserted(fleet: Fleet, one: Alternative) -> Activity:
    old = set(fleet.sequences.get(one.vehicle, []))
    return next(each for each in one.drive.stops if each.visit.id not in old)


def _impossible(fleet: Fleet, one: Alternative) -> LocalText:
    said, who = words.reason(one.against[0].text), naming.vehicle(fleet.case, one.vehicle)
    return LocalText(f"{who} 不行：{said.zh}。", f"{who} cannot: {said.en}.")


def _vehicle(drive: Drive) -> Iterator[LocalText]:
    case, problem = drive.case, drive.case.problem
    who, trips = naming.vehicle(case, drive.name), sum(bool(trip.stops) for trip in drive.trips())
    start, end = words.moment(problem, drive.start), words.moment(problem, drive.end)
    way, price = naming.kilometres(problem, drive.distance), naming.money(problem, own(drive))
    done = f"{counted(trips, 'trip')}, {counted(len(drive.stops), 'stop')}"
    yield LocalText(
        f"{who}：{start.zh} 出车，{end.zh} 收车，{trips} 趟 {len(drive.stops)} 站，{way.zh}，成本 {price.zh}。",
        f"{who} leaves at {start.en} and is back at {end.en}: {done}, {way.en}, cost {price.en}.",
    )
    for one in drive.activities:
        yield _line(case, one)


def _line(case: Case, one: Activity) -> LocalText:
    begin, end = words.moment(case.problem, one.visit.start), words.moment(case.problem, one.visit.end)
    match one.visit.kind:
        case "stop":
            what = LocalText(naming.stop(case, one.visit.id), naming.stop(case, one.visit.id))
        case "station":
            what = LocalText(f"场站 {one.visit.id}", f"station {one.visit.id}")
        case _:
            what = LocalText("休息", "rest")
    return LocalText(f"{begin.zh}–{end.zh} {what.zh}", f"{begin.en}–{end.en} {what.en}")
