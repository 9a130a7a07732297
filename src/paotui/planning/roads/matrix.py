"""Distances and durations between places on the road, both ways, exact."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paotui.planning.roads.prepared import Cost, Int32, Prepared, functions, pointer
from paotui.planning.roads.snapping import Snapped

NONE = np.uint64(2**64 - 1)
CENTIMETRES = np.uint64(2**32 - 1)
THREADS = 2


class Travel(NamedTuple):
    """Row = from, column = to: metres and seconds (int32), both rounded up; −1 where there is no way."""

    distances: NDArray[np.int32]
    durations: NDArray[np.int32]

    def unreachable(self) -> list[tuple[int, int]]:
        """Return the pairs (from, to) without a way."""
        return [(int(a), int(b)) for a, b in np.argwhere(self.durations < 0)]


class _Ends(NamedTuple):
    """Where ways begin or end, place by place: `first[i]:first[i + 1]`."""

    first: Int32
    node: Int32
    cost: Cost


def travel(ready: Prepared, at: Snapped, threads: int = THREADS) -> Travel:
    """Return the matrix between snapped places."""
    count = len(at.segment)
    arcs = _arcs_of(ready)
    costs = _same_segment(ready, at, arcs)
    origins, targets = _origins(ready, at, arcs), _targets(ready, at, arcs)
    library = functions()
    handle = library.roads_load(
        len(ready.up_first) - 1, pointer(ready.up_first), pointer(ready.up_to), pointer(ready.up_cost),
        pointer(ready.down_first), pointer(ready.down_to), pointer(ready.down_cost),
    )  # fmt: skip
    try:
        library.roads_matrix(
            handle,
            count,
            pointer(origins.first),
            pointer(origins.node),
            pointer(origins.cost),
            count,
            pointer(targets.first),
            pointer(targets.node),
            pointer(targets.cost),
            pointer(costs),
            max(1, threads),
        )
    finally:
        library.roads_free(handle)
    return _unpacked(costs)


def _unpacked(costs: Cost) -> Travel:
    none = costs == NONE
    metres, seconds = (costs & CENTIMETRES) + np.uint64(99), (costs >> np.uint64(32)) + np.uint64(999)
    parts = [(metres // np.uint64(100)).astype(np.int32), (seconds // np.uint64(1000)).astype(np.int32)]
    for part in parts:
        part[none] = -1
    return Travel(*parts)


def _arcs_of(ready: Prepared) -> dict[int, list[int]]:
    """The one or two arcs of each segment."""
    found: dict[int, list[int]] = defaultdict(list)
    for arc, segment in enumerate(ready.arc_segment.tolist()):
        found[segment].append(arc)
    return found


def _packed(milliseconds: int, centimetres: int) -> int:
    return (milliseconds << 32) | centimetres


def _until(ready: Prepared, at: Snapped, place: int, arc: int) -> int:
    """Cost from the beginning of an arc to the place on it."""
    if ready.arc_backwards[arc]:
        whole = int(ready.arc_cost[arc])
        return _packed((whole >> 32) - int(at.against[place]), (whole & (2**32 - 1)) - int(at.length[place]))
    return _packed(int(at.along[place]), int(at.length[place]))


def _origins(ready: Prepared, at: Snapped, arcs: dict[int, list[int]]) -> _Ends:
    first, nodes, costs = [0], [], []
    for place, segment in enumerate(at.segment.tolist()):
        for arc in arcs[segment]:
            rest = int(ready.arc_cost[arc]) - _until(ready, at, place, arc)
            following = ready.state_next[ready.state_first[arc] : ready.state_first[arc + 1]].tolist()
            nodes += following
            costs += [rest] * len(following)
        first.append(len(nodes))
    return _Ends(np.array(first, np.int32), np.array(nodes, np.int32), np.array(costs, np.uint64))


def _targets(ready: Prepared, at: Snapped, arcs: dict[int, list[int]]) -> _Ends:
    copies: dict[int, list[int]] = defaultdict(list)
    for state in range(len(ready.arc_cost), len(ready.state_arc)):
        copies[int(ready.state_arc[state])].append(state)
    first, nodes, costs = [0], [], []
    for place, segment in enumerate(at.segment.tolist()):
        for arc in arcs[segment]:
            states = [arc, *copies.get(arc, [])]
            nodes += states
            costs += [_until(ready, at, place, arc)] * len(states)
        first.append(len(nodes))
    return _Ends(np.array(first, np.int32), np.array(nodes, np.int32), np.array(costs, np.uint64))


def _same_segment(ready: Prepared, at: Snapped, arcs: dict[int, list[int]]) -> Cost:
    """Straight on from place to place where both lie on one segment; NONE elsewhere."""
    costs = np.full((len(at.segment), len(at.segment)), NONE, np.uint64)
    sharing: dict[int, list[int]] = defaultdict(list)
    for place, segment in enumerate(at.segment.tolist()):
        sharing[segment].append(place)
    for segment, places in sharing.items():
        for arc in arcs[segment]:
            until = np.array([_until(ready, at, place, arc) for place in places], np.uint64)
            ahead = until[None, :] >= until[:, None]
            block = np.where(ahead, until[None, :] - until[:, None], NONE)
            costs[np.ix_(places, places)] = np.minimum(costs[np.ix_(places, places)], block)
    return costs
