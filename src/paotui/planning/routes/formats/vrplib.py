"""VRPLIB files, in the dialect of the public collections: CVRP, VRPTW, prizes, trips, mixed fleets, several depots.

Costs are distances in units of the set's scale (`per_km` of 1,000 makes a metre cost one), plus fixed costs and prizes
left uncollected in the same unit. Demands and capacities stay as they are.
"""

from __future__ import annotations

import re
from decimal import Decimal

from paotui.planning.routes.formats import edge_weights, numerals, vrplib_fleet
from paotui.planning.routes.formats.numerals import refused
from paotui.planning.routes.formats.sections import Row, Sections, take_apart
from paotui.planning.routes.problem import Location, Objective, Problem, Source, Stop

ROUNDINGS: dict[str, numerals.Rounding] = {
    "CVRP": "round", "ACVRP": "round", "VRPTW": "dimacs", "CVRPTW": "dimacs", "PCVRPTW": "dimacs",
    "MTVRPTWR": "dimacs", "HFVRP": "exact", "SDVRPTW": "exact", "MDVRPTW": "exact", "MDVRP": "exact", "SDVRP": "exact",
}  # fmt: skip
LAST_RESORT = Decimal(1_000_000_000_000)
HEADED = re.compile(r"^\s*(DIMENSION|EDGE_WEIGHT_TYPE|NODE_COORD_SECTION)\b", re.MULTILINE)


def recognises(text: str) -> bool:
    return len(HEADED.findall(text[:20_000])) >= 2


def read(text: str, name: str) -> Problem:
    file = take_apart(text)
    kind = file.head.get("TYPE", "").upper()
    rounding = ROUNDINGS.get(kind) or _guessed(file, kind)
    nodes = _nodes(file)
    depots = _depots(file, set(nodes))
    stops = _stops(file, nodes, depots, rounding)
    fleet = vrplib_fleet.Fleet(file, depots, [node for node in nodes if node not in set(depots)], rounding)
    return Problem.model_construct(
        name=file.head.get("NAME") or name,
        note=file.head.get("COMMENT", ""),
        locations=_locations(file, nodes),
        travel=edge_weights.travel(file, rounding, len(nodes)),
        vehicles=fleet.vehicles(),
        stations=fleet.stations(),
        stops=fleet.allow(stops),
        objective=Objective.model_construct(default_unserved_price=LAST_RESORT),
        source=Source(
            format="vrplib", scale=numerals.SCALES[rounding], limit_vehicles="VEHICLES" in file.head,
            unread=file.unread(),
        ),
    )  # fmt: skip


def _guessed(file: Sections, kind: str) -> numerals.Rounding:
    """The rounding of a file whose kind is not known: its sections tell, if anything does."""
    if kind in {"VRPB", "TSP"} or kind.endswith("PDPTW"):
        raise refused("TYPE", zh=f"不支持“{kind}”。请改用 JSON 表述", en=f"'{kind}' is not supported. State it as JSON")
    if file.rows.keys() & {"VEHICLES_FIXED_COST", "VEHICLES_UNIT_DISTANCE_COST", "VEHICLES_DEPOT"}:
        return "exact"
    return "dimacs" if "TIME_WINDOW" in file.rows else "round"


def _nodes(file: Sections) -> list[int]:
    """The numbers of the nodes as the file gives them, 1 … N when there are no coordinates."""
    size = file.whole("DIMENSION")
    rows = file.rows.get("NODE_COORD")
    if rows is None:
        if file.head.get("EDGE_WEIGHT_TYPE", "").upper() != "EXPLICIT":
            raise refused("NODE_COORD_SECTION", zh="缺少坐标。请补上", en="coordinates are missing. Add them")
        return list(range(1, size + 1))
    nodes = [numerals.whole(fields[0], f"line {line}") for line, fields in rows]
    if len(nodes) != size or len(set(nodes)) != size:
        raise refused(
            "NODE_COORD_SECTION",
            zh=f"DIMENSION 为 {size}，却有 {len(set(nodes))} 个不同编号、{len(nodes)} 行。请改正",
            en=f"DIMENSION says {size}; here are {len(nodes)} lines with {len(set(nodes))} numbers. Correct either",
        )
    return nodes


def _depots(file: Sections, nodes: set[int]) -> list[int]:
    """The depots of the file; its first node when it names none."""
    named = [
        numerals.whole(text, f"line {line}")
        for line, fields in file.rows.get("DEPOT", [])
        for text in fields
        if text != "-1"
    ]
    for depot in named:
        if depot not in nodes:
            raise refused(
                "DEPOT_SECTION", zh=f"没有编号 {depot} 的点。请改正", en=f"there is no node {depot}. Correct the number"
            )
    return named or [min(nodes)]


def _locations(file: Sections, nodes: list[int]) -> list[Location]:
    rows = file.rows.get("NODE_COORD")
    if rows is None:
        return [Location.model_construct(id=str(node)) for node in nodes]
    return [_location(row) for row in rows]


def _location(row: Row) -> Location:
    line, fields = row
    if len(fields) != 3:
        raise refused(f"line {line}", zh="应为编号和两个坐标。请改正", en="a number and two coordinates belong here")
    x, y = numerals.number(fields[1], f"line {line}"), numerals.number(fields[2], f"line {line}")
    return Location.model_construct(id=fields[0], x=x, y=y)


def _stops(file: Sections, nodes: list[int], depots: list[int], rounding: numerals.Rounding) -> list[Stop]:
    scale, price = numerals.clock(rounding), numerals.scaled(rounding)
    deliveries = vrplib_fleet.loads(file, "DEMAND" if "DEMAND" in file.rows else "LINEHAUL", nodes)
    pickups = vrplib_fleet.loads(file, "BACKHAUL", nodes)
    windows = vrplib_fleet.windows(file, nodes, scale)
    services = vrplib_fleet.column(file, "SERVICE_TIME", nodes)
    releases = vrplib_fleet.column(file, "RELEASE_TIME", nodes)
    prizes = vrplib_fleet.column(file, "PRIZE", nodes)
    apart, construct, nothing = set(depots), Stop.model_construct, dict[str, int]()
    return [
        construct(
            id=str(node),
            location=str(node),
            duration=scale(services.get(node, 0)),
            windows=[windows[node]] if node in windows else [],
            release=scale(releases.get(node, 0)),
            delivery=deliveries.get(node, nothing),
            pickup=pickups.get(node, nothing),
            unserved_price=Decimal(price(prizes[node])) if node in prizes else None,
        )
        for node in nodes
        if node not in apart
    ]
