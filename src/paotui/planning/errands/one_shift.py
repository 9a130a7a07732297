"""One shift cut out of an instance, with one errand more: what would have to change for it to fit?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from paotui.planning.errands.engine import Engine, Instance
from paotui.planning.errands.network import segments
from paotui.planning.errands.problem import Counter, Step

Change = Callable[[Instance, int], Instance]
"""An instance of one shift with one quantity changed by so many units."""


@dataclass(frozen=True, slots=True)
class OneShift:
    """The instance of one vehicle; its last chain is the errand that looks for a place in `tour`."""

    instance: Instance
    tour: list[int]

    def fits(self, change: Change | None = None, by: int = 0) -> bool:
        changed = change(self.instance, by) if change else self.instance
        return Engine(changed).insert(self.tour, 0, changed.chains - 1) is not None


def cut_out(whole: Instance, vehicle: int, tour: Sequence[int], errand: int) -> OneShift:
    """Return the shift of a vehicle with the stops of its tour, and one errand more."""
    chain_of = np.searchsorted(np.asarray(whole.chain_at), np.arange(len(whole.place)), side="right") - 1
    chains = [*dict.fromkeys(int(chain_of[stop]) for stop in tour), errand]
    stops = [stop for chain in chains for stop in whole.stops_of(chain)]
    number = {stop: k for k, stop in enumerate(stops)}
    places = sorted({whole.place[stop] for stop in stops} | {whole.start[vehicle], whole.end[vehicle]})
    row, profile = {place: k for k, place in enumerate(places)}, whole.profile[vehicle]
    return OneShift(
        Instance(
            place=[row[whole.place[stop]] for stop in stops], chain_at=_ends(whole, chains),
            counter=_of(whole.counter, stops), segments=_of(whole.segments, stops), direct=_of(whole.direct, stops),
            gap_min=_of(whole.gap_min, stops), gap_max=_of(whole.gap_max, stops), load=whole.load[stops],
            penalty=_of(whole.penalty, chains), start=[row[whole.start[vehicle]]], end=[row[whole.end[vehicle]]],
            open=[whole.open[vehicle]], close=[whole.close[vehicle]], fixed=[whole.fixed[vehicle]], profile=[0],
            capacity=whole.capacity[[vehicle]], seconds=whole.seconds[np.ix_([profile], places, places)],
            cost=whole.cost[np.ix_([profile], places, places)], cost_out=whole.cost_out, metric=False,
        ),
        [number[stop] for stop in tour],
    )  # fmt: skip


def with_segments(one: Instance, steps: Sequence[Step], counters: dict[int, Counter | None]) -> Instance:
    """Return the shift with other opening hours or windows at some steps of its last chain."""
    of = one.stops_of(one.chains - 1)
    full, direct = list(one.segments), list(one.direct)
    for k, counter in counters.items():
        full[of[k]] = segments(steps[k], counter)
        direct[of[k]] = segments(steps[k], counter, queue=False)
    return replace(one, segments=full, direct=direct)


def carrying(one: Instance, dimension: int, more: int) -> Instance:
    """Return the shift with a capacity increased."""
    capacity = one.capacity.copy()
    capacity[:, dimension] += more
    return replace(one, capacity=capacity)


def _ends(whole: Instance, chains: Iterable[int]) -> list[int]:
    ends = [0]
    for chain in chains:
        ends.append(ends[-1] + len(whole.stops_of(chain)))
    return ends


def _of(values: Sequence, stops: Iterable[int]) -> list:
    return [values[stop] for stop in stops]
