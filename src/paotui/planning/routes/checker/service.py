"""Who may serve what: capabilities, vehicles a stop names, stations a vehicle may use, trips it may make."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker.case import may_serve
from paotui.planning.routes.checker.driving import Activity, Drive
from paotui.planning.routes.checker.faults import Fault, fault, stop_name


def check(drive: Drive) -> Iterator[Fault]:
    for one in drive.activities:
        if one.stop:
            yield from _able(drive, one)
            yield from _named(drive, one)
        elif one.station:
            yield from _may_use(drive, one)
    yield from _station_wanted(drive)
    yield from _trips(drive)


def _able(drive: Drive, one: Activity) -> Iterator[Fault]:
    assert one.stop
    for wanted in one.stop.requires:
        if wanted not in drive.vehicle.capabilities:
            name = stop_name(drive.case, one.visit.id)
            yield fault(
                one.path,
                zh=f"{name} 需要“{wanted}”，{drive.name} 不具备。请换一辆车。",
                en=f"{name} requires '{wanted}', which {drive.name} lacks. Use another vehicle.",
            )


def _named(drive: Drive, one: Activity) -> Iterator[Fault]:
    assert one.stop
    if not may_serve(drive.case, drive.name, one.stop):
        name, allowed = stop_name(drive.case, one.visit.id), one.stop.vehicles or []
        yield fault(
            one.path,
            zh=f"{name} 只能由 {'、'.join(allowed) or '（无）'} 服务，不能由 {drive.name}。请换一辆车。",
            en=f"{name} is served by {', '.join(allowed) or 'nobody'} only, not by {drive.name}. Use another vehicle.",
        )


def _may_use(drive: Drive, one: Activity) -> Iterator[Fault]:
    if one.visit.id not in drive.vehicle.stations:
        yield fault(
            one.path,
            zh=f"{drive.name} 不能使用场站“{one.visit.id}”。请换一个场站。",
            en=f"{drive.name} may not use the station '{one.visit.id}'. Use one of its own.",
        )


def _station_wanted(drive: Drive) -> Iterator[Fault]:
    """Several trips of a plan without visits, and no station between them."""
    if not drive.stated and not drive.vehicle.stations and _parts(drive) > 1:
        yield fault(
            f"{drive.path}.trips",
            zh=f"{drive.name} 没有可用场站，只能跑一趟。请合为一趟或分给几辆车。",
            en=f"{drive.name} may use no station and makes one trip only. Join the trips, or share them out.",
        )


def _parts(drive: Drive) -> int:
    return len({one.path.split(".trips[", 1)[1].split("]", 1)[0] for one in drive.stops})


def _trips(drive: Drive) -> Iterator[Fault]:
    most, made = drive.vehicle.max_trips, sum(bool(trip.stops) for trip in drive.trips())
    if most is not None and made > most:
        yield fault(
            f"{drive.path}.trips",
            zh=f"{drive.name} 最多 {most} 趟，计划 {made} 趟。请减少。",
            en=f"{drive.name} makes {most} trips at most, here are {made}. Make fewer.",
        )
