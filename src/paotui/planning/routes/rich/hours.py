"""When service may start: the union of a stop's windows without the quiet periods around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from paotui.planning.routes.matrices import straight
from paotui.planning.routes.problem import FOREVER, Problem, QuietZone, Stop, Window


def union(windows: Iterable[Window]) -> list[Window]:
    """Sorted and apart; windows that touch become one. None at all: any time."""
    found: list[Window] = []
    for first, last in sorted(windows):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found or [(0, FOREVER)]


def without(windows: Iterable[Window], first: int, last: int) -> list[Window]:
    """What is left of `windows` outside [first, last]."""
    left = []
    for begin, end in windows:
        if last < begin or end < first:
            left.append((begin, end))
            continue
        if begin < first:
            left.append((begin, first - 1))
        if last < end:
            left.append((last + 1, end))
    return left


def openings(problem: Problem, stops: Sequence[Stop]) -> list[list[Window]]:
    """By stop, when its service may start; an empty list where it never may."""
    found = [union(stop.windows) for stop in stops]
    places = {one.id: one for one in problem.locations}
    for zone in problem.quiet_zones:
        away = straight([places[zone.location]], [places[stop.location] for stop in stops])[0] if stops else np.empty(0)
        for number in np.flatnonzero(away <= zone.radius).tolist():
            if not stops[number].during_quiet:
                found[number] = _outside(found[number], zone, stops[number].duration)
    return found


def _outside(windows: list[Window], zone: QuietZone, duration: int) -> list[Window]:
    for first, last in zone.periods:
        windows = without(windows, first - max(duration, 1) + 1, last - 1)
    return windows
