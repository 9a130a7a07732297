"""Locked stops: a vehicle serves them first, in the order given."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker import trial
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Fleet
from paotui.planning.routes.checker.faults import Fault, fault


def check(fleet: Fleet, unserved: set[str]) -> Iterator[Fault]:
    for name, vehicle in fleet.case.fleet.items():
        if vehicle.locked:
            yield from _first(fleet, name, vehicle.locked, unserved)


def _first(fleet: Fleet, name: str, locked: list[str], unserved: set[str]) -> Iterator[Fault]:
    wanted = [stop for stop in locked if stop not in unserved]
    for place, stop in enumerate(locked):
        if stop in unserved and _drivable(fleet.case, name, locked[: place + 1]):
            yield fault(
                "unserved",
                zh=f"{stop} 已锁定给 {name}，且能够服务，不得舍去。请恢复。",
                en=f"{stop} is locked to {name}, and can be served; it is not to be left out. Put it back.",
            )
    served = fleet.sequences.get(name, [])
    if served[: len(wanted)] != wanted:
        path = next((drive.path for drive in fleet.drives if drive.name == name), "routes")
        yield fault(
            path,
            zh=f"{name} 应先依次服务锁定的 {'、'.join(wanted)}，现为 {'、'.join(served[: len(wanted)]) or '（无）'}。"
            "请恢复。",
            en=f"{name} serves its locked {', '.join(wanted)} first, in this order, not "
            f"{', '.join(served[: len(wanted)]) or 'nothing'}. Put them back.",
        )


def _drivable(case: Case, name: str, locked: list[str]) -> bool:
    """Whether the vehicle, with nothing else to do, serves these stops: times, loads and all its other rules kept.

    In one trip as long as that holds; a stop that does not fit into it begins the next, behind a station.
    """
    trips: list[list[str]] = [[]]
    for stop in locked:
        choices = [[*trips[:-1], [*trips[-1], stop]]]
        if trips[-1] and case.fleet[name].stations:
            choices.append([*trips, [stop]])
        fine = next((one for one in choices if not trial.faults(trial.drive(case, name, one))), None)
        if fine is None:
            return False
        trips = fine
    return True
