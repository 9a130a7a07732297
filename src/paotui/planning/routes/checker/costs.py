"""What a plan costs, component by component: exact fractions of integer metres and seconds, fen at the very end."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Drive, Fleet
from paotui.planning.routes.plan import Cost

FEN = Decimal("0.01")
ORDER = ("fixed", "distance", "duration", "overtime", "unserved", "change", "balance", "territory")


def components(fleet: Fleet, unserved: Iterable[str]) -> dict[str, Fraction]:
    """Exact yuan by component; `unserved` are the stops listed as left out."""
    parts = dict.fromkeys(ORDER, Fraction())
    for drive in fleet.drives:
        for name, value in of_route(drive).items():
            parts[name] += value
    parts["unserved"] = sum((_left_out(fleet.case, name) for name in unserved), Fraction())
    parts["change"] = change(fleet)
    return parts


def of_route(drive: Drive) -> dict[str, Fraction]:
    """The components a route has by itself."""
    vehicle, objective = drive.vehicle, drive.case.problem.objective
    used = bool(drive.stops)
    return {
        "fixed": Fraction(vehicle.fixed_cost) * used,
        "distance": Fraction(vehicle.per_km) * drive.distance / 1000,
        "duration": Fraction(vehicle.per_hour) * drive.duration / 3600,
        "overtime": _overtime(drive),
        "balance": Fraction(objective.balance_per_hour2) * Fraction(drive.duration, 3600) ** 2 * used,
        "territory": _territory(drive),
    }


def own(drive: Drive) -> Fraction:
    """Exact yuan of one route by itself."""
    return sum(of_route(drive).values(), Fraction())


def cost(fleet: Fleet, unserved: Iterable[str]) -> Cost:
    parts = {name: fen(value) for name, value in components(fleet, unserved).items()}
    return Cost(total=sum(parts.values(), Decimal(0)), **parts)


def fen(value: Fraction) -> Decimal:
    """Rounded half up to a fen."""
    cents = (value * 100 + Fraction(1, 2)).__floor__()
    return (Decimal(cents) / 100).quantize(FEN, ROUND_HALF_UP)


def _overtime(drive: Drive) -> Fraction:
    regular, latest = drive.vehicle.regular_duration, drive.vehicle.shift.latest
    beyond = 0 if regular is None else drive.duration - regular
    seconds = max(beyond, drive.end - latest, 0)
    return Fraction(drive.vehicle.overtime_per_hour) * seconds / 3600


def _left_out(case: Case, name: str) -> Fraction:
    stop = case.stops.get(name)
    if stop is None:
        return Fraction()
    price = stop.unserved_price
    return Fraction(case.problem.objective.default_unserved_price if price is None else price)


def _territory(drive: Drive) -> Fraction:
    heart = drive.vehicle.territory
    if heart is None:
        return Fraction()
    metres = sum(drive.case.travel.territory_metres(heart, one.location) for one in drive.stops)
    return Fraction(drive.case.problem.objective.territory_per_km) * metres / 1000


def change(fleet: Fleet) -> Fraction:
    """Against the published plan: stops that changed their vehicle, successions that are no more."""
    published = fleet.case.problem.published
    if published is None:
        return Fraction()
    moved = broken = 0
    follows = {pair for stops in fleet.sequences.values() for pair in pairwise(stops)}
    for vehicle, stops in published.routes.items():
        if vehicle not in fleet.case.fleet:
            continue
        there = [stop for stop in stops if stop in fleet.case.stops]
        moved += sum(stop in fleet.served and fleet.served[stop][0].name != vehicle for stop in there)
        broken += sum(pair not in follows for pair in pairwise(there))
    return Fraction(published.per_vehicle_change) * moved + Fraction(published.per_succession_change) * broken
