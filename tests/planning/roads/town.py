"""Small towns written with osmium, and an independent way of finding the quickest path through them."""

from __future__ import annotations

import heapq
import tempfile
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path

import osmium
from osmium.osm import mutable

from paotui.planning.roads import Roads

LAT, LON = 34.70, 113.60
METRES = 111_195.0802
"""Per degree of latitude on the sphere the package uses."""


@dataclass
class Town:
    """Nodes on a plane in metres, ways over them, restrictions; ids are what the tests say."""

    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], dict[str, str]]] = field(default_factory=dict)
    relations: list[tuple[list[tuple[str, str, int]], dict[str, str]]] = field(default_factory=list)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)

    def way(self, id: int, *nodes: int, **tags: str) -> None:
        self.ways[id] = (
            list(nodes),
            {"highway": "residential", **{key.replace("__", ":"): v for key, v in tags.items()}},
        )

    def restrict(self, kind: str, origin: int, via: int | list[int], target: int, **tags: str) -> None:
        """`via` is a node, or a list of ways."""
        middle = [("w", "via", one) for one in via] if isinstance(via, list) else [("n", "via", via)]
        members = [("w", "from", origin), *middle, ("w", "to", target)]
        self.relations.append((members, {"type": "restriction", "restriction": kind, **tags}))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude of a place in metres."""
        return LAT + y / METRES, LON + x / METRES / cos(radians(LAT))

    def at(self, node: int) -> tuple[float, float]:
        return self.point(*self.nodes[node])

    def between(self, a: int, b: int, share: float = 0.5) -> tuple[float, float]:
        (x1, y1), (x2, y2) = self.nodes[a], self.nodes[b]
        return self.point(x1 + share * (x2 - x1), y1 + share * (y2 - y1))

    def pbf(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "town.osm.pbf"
            writer = osmium.SimpleWriter(str(path))
            for id, place in self.nodes.items():
                lat, lon = self.point(*place)
                writer.add_node(mutable.Node(id=id, location=(lon, lat), tags=self.node_tags.get(id, {})))
            for id, (nodes, tags) in self.ways.items():
                writer.add_way(mutable.Way(id=id, nodes=nodes, tags=tags))
            for id, (members, tags) in enumerate(self.relations, 1):
                found = [(kind, ref, role) for kind, role, ref in members]
                writer.add_relation(mutable.Relation(id=id, members=found, tags=tags))
            writer.close()
            return path.read_bytes()

    def roads(self) -> Roads:
        return Roads.read(self.pbf())


def grid(size: int, step: float = 200.0) -> Town:
    """A square of streets, every edge a way of its own: node 1 + x + size·y, ways numbered as made."""
    town = Town({1 + x + size * y: (x * step, y * step) for y in range(size) for x in range(size)})
    for y in range(size):
        for x in range(size):
            here = 1 + x + size * y
            if x + 1 < size:
                town.way(len(town.ways) + 1, here, here + 1)
            if y + 1 < size:
                town.way(len(town.ways) + 1, here, here + size)
    return town


Step = tuple[int, int, int]
"""Way, from node, to node."""


def quickest(town: Town, start: Step, seconds: dict[Step, float]) -> dict[Step, float]:
    """Seconds from the middle of one step to the middle of every other it reaches, for ways of two nodes.

    Keeps the last two steps in mind, enough for restrictions over a node or over one way.
    """
    leaving: dict[int, list[Step]] = {}
    for step in seconds:
        leaving.setdefault(step[1], []).append(step)
    queue: list[tuple[float, tuple[Step, ...]]] = [(seconds[start] / 2, (start,))]
    done: set[tuple[Step, ...]] = set()
    found: dict[Step, float] = {}
    while queue:
        cost, path = heapq.heappop(queue)
        if path in done:
            continue
        done.add(path)
        here = path[-1]
        if len(path) > 1:
            found.setdefault(here, cost - seconds[here] / 2)
        out = leaving.get(here[2], [])
        onward = [step for step in out if (step[0], step[2]) != (here[0], here[1])] or out
        for step in onward:
            if _may(town, (*path, step)):
                heapq.heappush(queue, (cost + seconds[step], (*path, step)[-2:]))
    return found


def _may(town: Town, path: tuple[Step, ...]) -> bool:
    """Whether the last step may follow; several orders for one path allow what any of them allows."""
    *_, here, step = path
    ordered: dict[str, set[int]] = {"n": set(), "w": set()}
    for members, tags in town.relations:
        origin, target = members[0][2], members[-1][2]
        kind, _, via = members[1]
        if kind == "n":
            concerned = here[0] == origin and here[2] == via
        else:
            concerned = len(path) == 3 and path[0][0] == origin and here[0] == via
        if concerned and tags["restriction"].startswith("no_") and step[0] == target:
            return False
        if concerned and tags["restriction"].startswith("only_") and _exists(town, target, here[2]):
            ordered[kind].add(target)
    return all(not aims or step[0] in aims for aims in ordered.values())


def _exists(town: Town, way: int, node: int) -> bool:
    """Whether a way can be driven away from a node: an order that cannot be followed is none."""
    nodes, tags = town.ways[way]
    return nodes[0] == node or (nodes[1] == node and tags.get("oneway") != "yes")
