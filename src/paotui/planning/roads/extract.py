"""Reads an OpenStreetMap extract (.osm.pbf, .osm): roads, their nodes, barriers and turn restrictions as they stand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium

from paotui.planning.faults import ProblemError, fault
from paotui.planning.roads import broken


@dataclass(frozen=True, slots=True)
class Way:
    id: int
    nodes: tuple[int, ...]
    """Node ids in order; 0 where the extract does not hold the node."""
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class Restriction:
    """A turn ban ("no_…") or order ("only_…"): from one way over `via_node`, or over `via_ways`, into another."""

    id: int
    origins: tuple[int, ...]
    via_node: int
    via_ways: tuple[int, ...]
    targets: tuple[int, ...]
    tags: dict[str, str]


@dataclass(slots=True)
class Extract:
    """What an extract says about roads."""

    ways: list[Way] = field(default_factory=list)
    positions: dict[int, tuple[float, float]] = field(default_factory=dict)
    """Longitude and latitude by node id."""
    barriers: dict[int, dict[str, str]] = field(default_factory=dict)
    restrictions: list[Restriction] = field(default_factory=list)


def content(source: bytes | str | Path) -> bytes:
    """Return the bytes of an extract; raises ProblemError where there is no such file."""
    if isinstance(source, bytes):
        return source
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise ProblemError([fault(
            str(source), zh=f"读不了路网文件（{error.strerror}）。请检查路径。",
            en=f"the road extract cannot be read ({error.strerror}). Check the path.",
        )]) from None  # fmt: skip


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read(data: bytes) -> Extract:
    """Return the roads of an extract; raises ProblemError where it is none, or holds no road."""
    form = "osm" if data.lstrip()[:1] == b"<" else "pbf"
    found = Extract()
    try:
        buffer = osmium.io.FileBuffer(data, form)
        for one in osmium.FileProcessor(buffer).with_locations().with_filter(osmium.filter.EmptyTagFilter()):
            _take(found, one)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise ProblemError([broken.refused(data, error)]) from None
    if not found.ways:
        raise ProblemError([fault(
            "", zh="路网文件里没有道路。请换一个覆盖本区的文件。",
            en="the extract holds no road. Take one that covers the district.",
        )])  # fmt: skip
    return found


def _take(found: Extract, one: Any) -> None:
    if one.is_node():
        if "barrier" in one.tags or "maxheight" in one.tags or "access" in one.tags or "motor_vehicle" in one.tags:
            found.barriers[one.id] = dict(one.tags)
    elif one.is_way():
        if "highway" in one.tags and len(one.nodes) > 1:
            found.ways.append(Way(one.id, tuple(_located(found, node) for node in one.nodes), dict(one.tags)))
    elif one.is_relation() and one.tags.get("type") == "restriction":
        _take_restriction(found, one)


def _located(found: Extract, node: Any) -> int:
    if not node.location.valid():
        return 0
    found.positions[node.ref] = (node.location.lon, node.location.lat)
    return int(node.ref)


def _take_restriction(found: Extract, one: Any) -> None:
    tags: dict[str, str] = dict(one.tags)
    kinds = [tags[key] for key in ("restriction", "restriction:hgv") if key in tags]
    members = [(member.role, member.type, member.ref) for member in one.members]
    nodes = [ref for role, type_, ref in members if role == "via" and type_ == "n"]
    vias = tuple(ref for role, type_, ref in members if role == "via" and type_ == "w")
    origins, targets = (tuple(r for role, t, r in members if role == end and t == "w") for end in ("from", "to"))
    if any(one.startswith(("no_", "only_")) for one in kinds) and origins and targets and (vias or len(nodes) == 1):
        found.restrictions.append(Restriction(one.id, origins, nodes[0] if nodes else 0, vias, targets, tags))
