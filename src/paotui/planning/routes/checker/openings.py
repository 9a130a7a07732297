"""When a service may start: disjoint intervals of seconds, both ends included, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paotui.planning.routes.problem import FOREVER

Openings = Sequence[tuple[int, int]]
ALWAYS: Openings = ((0, 10 * FOREVER),)


def union(windows: Iterable[tuple[int, int]]) -> Openings:
    """The windows as disjoint intervals; none means always."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(windows):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found or ALWAYS


def without(openings: Openings, first: int, last: int) -> Openings:
    """The openings with the seconds from `first` to `last` taken out."""
    found = []
    for start, end in openings:
        if start < first:
            found.append((start, min(end, first - 1)))
        if end > last:
            found.append((max(start, last + 1), end))
    return found


def next_in(openings: Openings, moment: int) -> int | None:
    """The first second at `moment` or later that is open."""
    for first, last in openings:  # a plain loop: asked hundreds of thousands of times
        if last >= moment:
            return first if first > moment else moment
    return None


def last_in(openings: Openings, moment: int) -> int | None:
    """The last second at `moment` or earlier that is open."""
    return next((min(last, moment) for first, last in reversed(openings) if first <= moment), None)
