"""Loads: what is on board after each visit, capacities, bases that handle them, loads that never mix, shipments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from paotui.planning.routes.checker.driving import Activity, Drive, Fleet, Trip
from paotui.planning.routes.checker.faults import Fault, fault, stop_name

Load = Counter[str]


def check(drive: Drive) -> Iterator[Fault]:
    trips = drive.trips()
    for number, trip in enumerate(trips):
        onboard = drive.vehicle.onboard if number == 0 else {}
        yield from _capacity(drive, trip, onboard)
        yield from _handled(trip, onboard)
        yield from _mixed(drive, trip)
    yield from _emptied(drive, trips)
    yield from _in_one_trip(drive, trips)


def total(stops: Iterable[Activity], kind: str) -> Load:
    """What the stops deliver, or pick up, together."""
    found: Load = Counter()
    for one in stops:
        for dimension, amount in getattr(one.stop, kind).items():
            found[dimension] += amount
    return found


def on_board(drive: Drive, trip: Trip, onboard: Mapping[str, int]) -> Iterator[tuple[Activity | None, Load]]:
    """The load on leaving the base (None) and after each stop of the trip."""
    load = total(trip.stops, "delivery") + Counter(onboard)
    yield None, +load
    for one in trip.stops:
        assert one.stop
        load.subtract(one.stop.delivery)
        load.update(one.stop.pickup)
        for shipment, sign in drive.case.shipments_at.get(one.visit.id, []):
            for dimension, amount in drive.case.shipments[shipment].items():
                load[dimension] += sign * amount
        yield one, Counter({dimension: amount for dimension, amount in load.items() if amount})


def _capacity(drive: Drive, trip: Trip, onboard: Mapping[str, int]) -> Iterator[Fault]:
    told: set[str] = set()
    for one, load in on_board(drive, trip, onboard):
        for dimension, amount in load.items():
            limit = drive.vehicle.capacities.get(dimension, 0)
            if amount > limit and dimension not in told:
                told.add(dimension)
                yield _over(drive, trip, one, f"{amount} {dimension}", f"{limit} {dimension}")


def _over(drive: Drive, trip: Trip, one: Activity | None, load: str, limit: str) -> Fault:
    if one is None:
        path = trip.stops[0].path if trip.stops else drive.path
        zh, en = "出发时", "on leaving its base"
    else:
        path = one.path
        zh, en = f"在 {stop_name(drive.case, one.visit.id)} 之后", f"after {stop_name(drive.case, one.visit.id)}"
    return fault(
        path,
        zh=f"{drive.name} {zh}载有 {load}，容量为 {limit}。请减载或分趟。",
        en=f"{drive.name} carries {load} {en}, and holds {limit}. Take some off, or make another trip.",
    )


def _handled(trip: Trip, onboard: Mapping[str, int]) -> Iterator[Fault]:
    """What is delivered comes from a station that has it, what is picked up goes to one that takes it."""
    picked = total(trip.stops, "pickup") + Counter(onboard)
    for base, load in ((trip.begins, total(trip.stops, "delivery")), (trip.ends, picked)):
        if base is None or base.station is None or base.station.handles is None:
            continue
        for dimension in sorted(name for name, amount in load.items() if amount):
            if dimension not in base.station.handles:
                yield fault(
                    base.path,
                    zh=f"场站“{base.visit.id}”不处理“{dimension}”。请换一个场站。",
                    en=f"the station '{base.visit.id}' does not handle '{dimension}'. Use one that does.",
                )
    yield from _taken(trip)


def _taken(trip: Trip) -> Iterator[Fault]:
    base = trip.ends
    if base is None or base.station is None or base.station.classes is None:
        return
    for one in trip.stops:
        assert one.stop
        kind = one.stop.load_class
        if kind is not None and any(one.stop.pickup.values()) and kind not in base.station.classes:
            yield fault(
                base.path,
                zh=f"场站“{base.visit.id}”不收“{kind}”类（来自 {one.visit.id}）。请换一个场站。",
                en=f"the station '{base.visit.id}' does not take '{kind}' (from {one.visit.id}). Use one that does.",
            )


def _mixed(drive: Drive, trip: Trip) -> Iterator[Fault]:
    """Two classes that never share a trip do."""
    first: dict[str, Activity] = {}
    for one in trip.stops:
        if one.stop and one.stop.load_class is not None:
            first.setdefault(one.stop.load_class, one)
    apart = {frozenset(pair) for pair in drive.case.problem.incompatible}
    for (kind, one), (other_kind, other) in combinations(first.items(), 2):
        if frozenset((kind, other_kind)) in apart:
            yield fault(
                other.path,
                zh=f"“{kind}”（{one.visit.id}）与“{other_kind}”（{other.visit.id}）不得同车同趟。请分开。",
                en=f"'{kind}' ({one.visit.id}) and '{other_kind}' ({other.visit.id}) are never on board in one trip. "
                "Keep them apart.",
            )


def _emptied(drive: Drive, trips: list[Trip]) -> Iterator[Fault]:
    """A vehicle that has to be empty at its end picks up nothing on its last trip."""
    if not drive.vehicle.empty_at_end:
        return
    left = total(trips[-1].stops, "pickup") + Counter(drive.vehicle.onboard if len(trips) == 1 else {})
    if +left:
        told = ", ".join(f"{amount} {dimension}" for dimension, amount in (+left).items())
        yield fault(
            f"{drive.path}.end",
            zh=f"{drive.name} 收车前应清空，仍载有 {told}。请先去场站。",
            en=f"{drive.name} is to be empty at its end, and still carries {told}. Send it to a station first.",
        )


def _in_one_trip(drive: Drive, trips: list[Trip]) -> Iterator[Fault]:
    """Shipments whose two ends this vehicle serves: in one trip, the pick-up first."""
    spots = {one.visit.id: (number, place, one) for number, trip in enumerate(trips)
             for place, one in enumerate(trip.stops)}  # fmt: skip
    for shipment in drive.case.problem.shipments:
        if shipment.pickup not in spots or shipment.delivery not in spots:
            continue
        (trip, place, _), (other_trip, other_place, delivered) = spots[shipment.pickup], spots[shipment.delivery]
        if trip != other_trip or place >= other_place:
            yield fault(
                delivered.path,
                zh=f"货物“{shipment.id}”应先在 {shipment.pickup} 取、再在 {shipment.delivery} 送，且在同一趟。请调整。",
                en=f"shipment '{shipment.id}' is picked up at {shipment.pickup} first, then delivered at "
                f"{shipment.delivery}, in one trip. Change the order.",
            )


def left_on_board(fleet: Fleet) -> Iterator[Fault]:
    """A vehicle that stays where it is with a load it has to be emptied of."""
    driving = {drive.name for drive in fleet.drives}
    for name, vehicle in fleet.case.fleet.items():
        if vehicle.empty_at_end and any(vehicle.onboard.values()) and name not in driving:
            told = ", ".join(f"{amount} {dimension}" for dimension, amount in vehicle.onboard.items())
            yield fault(
                "routes",
                zh=f"{name} 收车前应清空，仍载有 {told}，却没有路线。请派它去场站。",
                en=f"{name} is to be empty at its end, still carries {told}, and has no route. Send it to a station.",
            )


def shipments(fleet: Fleet) -> Iterator[Fault]:
    """Both ends of a shipment are served by one vehicle, or none."""
    for number, one in enumerate(fleet.case.problem.shipments):
        ends = [fleet.served.get(name) for name in (one.pickup, one.delivery)]
        drivers = {end[0].name if end else None for end in ends}
        if len(drivers) > 1:
            yield fault(
                f"shipments[{number}]",
                zh=f"货物“{one.id}”的取货点 {one.pickup} 与送货点 {one.delivery} 须同车服务或都不服务。请改正。",
                en=f"{one.pickup} and {one.delivery} of shipment '{one.id}' are both served by one vehicle, or neither "
                "is. Correct it.",
            )
