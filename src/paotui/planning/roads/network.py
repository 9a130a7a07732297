"""From ways to a network for one vehicle: edges between neighbouring nodes, drawn together into segments.

A segment runs between two junctions over any number of ways (nodes where nothing branches off are contracted), an
arc is a segment driven in one direction. Durations are whole milliseconds, lengths whole centimetres.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from paotui.planning.roads import tags as meaning
from paotui.planning.roads.extract import Extract, Restriction, Way
from paotui.planning.roads.profiles import Profile

EARTH = 6_371_008.8
NO_WAY = -1
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edge:
    """Between two neighbouring nodes of a way; `along`, `against`: ms, NO_WAY where it may not be driven."""

    a: int
    b: int
    way: int
    length: int
    along: int
    against: int

    def turned(self) -> Edge:
        return Edge(self.b, self.a, self.way, self.length, self.against, self.along)


@dataclass(frozen=True, slots=True)
class Segment:
    """Edges in a row, each turned so that it leads on from the one before."""

    edges: tuple[Edge, ...]

    def duration(self, backwards: bool) -> int:
        parts = [edge.against if backwards else edge.along for edge in self.edges]
        return NO_WAY if NO_WAY in parts else sum(parts)


@dataclass(slots=True)
class Arcs:
    """Segments by direction. All arrays by arc; `reverse` is −1 where the segment is one-way."""

    segment: Ints
    backwards: NDArray[np.bool_]
    tail: Ints
    head: Ints
    duration: Ints
    length: Ints
    reverse: Ints
    first_way: Ints
    last_way: Ints


@dataclass(slots=True)
class Network:
    segments: list[Segment]
    arcs: Arcs
    positions: dict[int, tuple[float, float]]
    """Longitude, latitude of every node, parted nodes included."""


def build(extract: Extract, profile: Profile) -> Network:
    """Return the network a vehicle of this profile can drive; it may be empty."""
    edges, positions = _edges(extract, profile)
    kept = set(_restricted_nodes(extract))
    segments = [Segment(tuple(run)) for run in _runs(edges, kept)]
    return Network(segments, _arcs(segments), positions)


def _edges(extract: Extract, profile: Profile) -> tuple[list[Edge], dict[int, tuple[float, float]]]:
    barred = {node for node, said in extract.barriers.items() if meaning.barred(said, profile)}
    positions = dict(extract.positions)
    parted = _parting(positions)
    edges: list[Edge] = []
    for way in extract.ways:
        if meaning.drivable(way.tags, profile):
            edges += _edges_of(way, profile, positions, barred, parted)
    return edges, positions


def _parting(positions: dict[int, tuple[float, float]]) -> Iterator[int]:
    """Ids for the two sides of a barrier, which are no longer one node; negative, so that none is taken."""
    return iter(range(-1, -(10**9), -1))


def _edges_of(
    way: Way, profile: Profile, positions: dict[int, tuple[float, float]], barred: set[int], parted: Iterator[int]
) -> Iterator[Edge]:
    along, against = meaning.directions(way.tags)
    fast, back = meaning.speeds(way.tags, profile)
    for a, b in zip(way.nodes, way.nodes[1:], strict=False):
        if a == b or not a or not b:
            continue
        ends = []
        for node in (a, b):
            if node in barred:
                side = next(parted)
                positions[side] = positions[node]
                node = side
            ends.append(node)
        metres = _metres(positions[a], positions[b])
        yield Edge(
            ends[0], ends[1], way.id, max(1, round(metres * 100)), _duration(metres, fast) if along else NO_WAY,
            _duration(metres, back) if against else NO_WAY,
        )  # fmt: skip


def _duration(metres: float, kmh: float) -> int:
    return max(1, round(metres * 3600 / kmh))


def _metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lon1, lat1), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def _restricted_nodes(extract: Extract) -> Iterator[int]:
    """Nodes that turn restrictions speak of, which therefore stay junctions."""
    concerned = {id for one in extract.restrictions for id in _ways_of(one)}
    yield from (one.via_node for one in extract.restrictions)
    for way in extract.ways:
        if way.id in concerned:
            yield way.nodes[0]
            yield way.nodes[-1]


def _ways_of(one: Restriction) -> Iterable[int]:
    return (*one.origins, *one.via_ways, *one.targets)


def _runs(edges: list[Edge], kept: set[int]) -> Iterator[list[Edge]]:
    """Yield maximal runs of edges through nodes where nothing branches off and nothing changes direction."""
    at: dict[int, list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        at[edge.a].append(number)
        at[edge.b].append(number)
    through = {node for node, found in at.items() if node not in kept and _leads_on(node, found, edges)}
    used = bytearray(len(edges))
    for number, edge in enumerate(edges):
        for start in (edge.a, edge.b):
            if not used[number] and start not in through:
                yield _run(number, start, edges, at, through, used)
    for number, edge in enumerate(edges):  # rings that no junction interrupts
        if not used[number]:
            yield _run(number, edge.a, edges, at, through - {edge.a}, used)


def _leads_on(node: int, found: list[int], edges: list[Edge]) -> bool:
    if len(found) != 2 or found[0] == found[1]:
        return False
    into, out = edges[found[0]], edges[found[1]]
    into = into if into.b == node else into.turned()
    out = out if out.a == node else out.turned()
    return (into.along == NO_WAY) == (out.along == NO_WAY) and (into.against == NO_WAY) == (out.against == NO_WAY)


def _run(
    number: int, start: int, edges: list[Edge], at: dict[int, list[int]], through: set[int], used: bytearray
) -> list[Edge]:
    run: list[Edge] = []
    node = start
    while not used[number]:
        used[number] = 1
        edge = edges[number] if edges[number].a == node else edges[number].turned()
        run.append(edge)
        node = edge.b
        if node not in through:
            break
        first, second = at[node]
        number = second if first == number else first
    return run


def _arcs(segments: list[Segment]) -> Arcs:
    rows: list[tuple[int, ...]] = []
    for number, one in enumerate(segments):
        length = sum(edge.length for edge in one.edges)
        first, last = one.edges[0], one.edges[-1]
        there, back = one.duration(False), one.duration(True)
        both = there != NO_WAY and back != NO_WAY
        if there != NO_WAY:
            rows.append((number, 0, first.a, last.b, there, length, len(rows) + 1 if both else -1, first.way, last.way))
        if back != NO_WAY:
            rows.append((number, 1, last.b, first.a, back, length, len(rows) - 1 if both else -1, last.way, first.way))
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 9)
    columns = [np.ascontiguousarray(table[:, column]) for column in range(9)]
    return Arcs(columns[0], columns[1].astype(bool), *columns[2:])
