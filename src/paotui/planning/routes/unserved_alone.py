"""What keeps a stop from being served whatever else is planned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from paotui.planning.routes import unserved_words as words
from paotui.planning.routes.matrices import NO_WAY
from paotui.planning.routes.problem import Stop
from paotui.planning.routes.rich.lowering import ALWAYS, Lowered
from paotui.planning.routes.unserved_words import Reason


def reason(lowered: Lowered, number: int) -> Reason | None:
    """Why no vehicle could ever serve stop `number`; None when one could."""
    x, stop = lowered.expansion, lowered.expansion.stops[number]
    if not x.fleet:
        return words.no_fleet()
    if not lowered.openings[number]:
        return words.never_open()
    if number in lowered.arrays["locked"]:
        return words.locked_late()
    return _unable(lowered, stop) or _overloaded(lowered, stop) or _unreachable(lowered, number)


def _allowed(lowered: Lowered, stop: Stop) -> list[int]:
    """Vehicles the stop lets serve it and that are able to; of those alike one, unless it names single ones."""
    return [
        number
        for number in _told_apart(lowered, stop)
        for one in (lowered.expansion.fleet[number],)
        if set(stop.requires) <= set(one.vehicle.capabilities)
        and (stop.vehicles is None or one.name in stop.vehicles or one.vehicle.id in stop.vehicles)
    ]


def _told_apart(lowered: Lowered, stop: Stop) -> Sequence[int]:
    x = lowered.expansion
    return range(len(x.fleet)) if any("#" in name for name in stop.vehicles or ()) else x.kinds


def _unable(lowered: Lowered, stop: Stop) -> Reason | None:
    if _allowed(lowered, stop):
        return None
    x = lowered.expansion
    able = any(set(stop.requires) <= set(x.fleet[place].vehicle.capabilities) for place in x.kinds)
    if stop.vehicles is not None and (able or not stop.requires):
        return words.excluded(stop.vehicles)
    return words.capability(stop.requires)


def _overloaded(lowered: Lowered, stop: Stop) -> Reason | None:
    fleet = [lowered.expansion.fleet[place].vehicle for place in _allowed(lowered, stop)]
    carried = [stop.delivery, stop.pickup]
    carried += [one.load for one in lowered.expansion.problem.shipments if stop.id in (one.pickup, one.delivery)]
    for load in carried:
        for dimension, amount in load.items():
            most = max(one.capacities.get(dimension, 0) for one in fleet)
            if amount > most:
                return words.capacity(dimension, amount, most)
    return None


def _unreachable(lowered: Lowered, number: int) -> Reason | None:
    """Straight there and back with each vehicle: which fails least?"""
    arrays, problem = lowered.arrays, lowered.expansion.problem
    place, last = int(arrays["loc"][number]), lowered.openings[number][-1][1]
    arrivals, returns = [], []
    fleet = np.array(_told_apart(lowered, lowered.expansion.stops[number]))
    for vehicle in fleet[arrays["fit"][arrays["kind"][fleet], number].astype(bool)]:
        table = lowered.matrices[int(arrays["profile"][vehicle])][1]
        end = int(arrays["end"][vehicle])
        there = int(table[int(arrays["start"][vehicle]), place])
        back = int(table[place, end]) if end >= 0 else 0
        if there >= NO_WAY or back >= NO_WAY:
            continue
        leave = max(int(arrays["earliest"][vehicle]), int(arrays["release"][number]))
        arrival = leave + there
        arrivals.append(arrival)
        begin = _opening(lowered.openings[number], arrival)
        if begin is not None:
            closing = min(ALWAYS, int(arrays["latest"][vehicle]) + int(arrays["overtime"][vehicle]))
            needed = begin + int(arrays["service"][number]) + back
            returns.append((needed - closing, needed, lowered.expansion.fleet[vehicle].name))
    if not arrivals:
        return words.no_way()
    if min(arrivals) > last:
        return words.too_far(problem, min(arrivals))
    late, needed, name = min(returns)
    return words.shift_ends(problem, needed, name) if late > 0 else None


def _opening(windows: list[tuple[int, int]], arrival: int) -> int | None:
    return next((max(first, arrival) for first, last in windows if last >= arrival), None)
