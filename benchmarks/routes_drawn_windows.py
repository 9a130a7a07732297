"""Routing problems with windows, and with several trips, drawn as the public ones are: shapes the listing leaves out.

Windows after Solomon (Operations Research 35, 1987) and Gehring & Homberger (EUROGEN 1999): stops anywhere (R), in
clusters (C) or half and half (RC); short routes (1) or long ones (2); so many of the stops have a window, around the
minute a tour of their cluster would come by (C) or anywhere in the day. Several trips: small vehicles that reload,
goods that reach the depot during the day.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]
Window = tuple[int, int]
NEAR = 0.06
"""Standard deviation of a cluster, as a share of the square's side."""
LATE_TRUCKS = 4
"""Goods that are not there in the morning come with so many lorries."""


@dataclass(frozen=True)
class Shape:
    """A family: how stops lie, how long routes are, how many stops have windows of which widths."""

    name: str
    kind: str
    stops: int
    share: float
    width: tuple[int, int]
    late: float = 0.0
    """Share of the stops whose goods are not at the depot in the morning; with it, vehicles reload."""

    @property
    def long(self) -> bool:
        return self.kind.endswith("2")

    @property
    def clustered(self) -> bool:
        return self.kind.startswith("C")

    @property
    def service(self) -> int:
        return 90 if self.clustered else 10

    @property
    def side(self) -> int:
        return {100: 70, 200: 140, 400: 200, 600: 300, 800: 400, 1000: 500}[self.stops]

    @property
    def capacity(self) -> int:
        return 100 if self.late else {"C1": 200, "R1": 200, "RC1": 200, "C2": 700, "R2": 1000, "RC2": 1000}[self.kind]

    @property
    def close(self) -> int:
        """When the depot closes."""
        if self.clustered:
            return round((3300 if self.long else 1150) + 1.3 * self.side)
        return round((15.5 if self.long else 3.8) * self.side)

    @property
    def vehicles(self) -> int:
        return self.stops // 10 if self.late else self.stops // 4


WINDOWS = (
    Shape("r1all", "R1", 400, 1.0, (10, 30)), Shape("r1quarter", "R1", 1000, 0.25, (10, 60)),
    Shape("c1all", "C1", 600, 1.0, (160, 160)), Shape("c1quarter", "C1", 1000, 0.25, (50, 70)),
    Shape("rc1", "RC1", 800, 0.75, (60, 120)), Shape("r2half", "R2", 400, 0.5, (120, 240)),
    Shape("c2all", "C2", 400, 1.0, (320, 320)), Shape("c2half", "C2", 1000, 0.5, (160, 160)),
    Shape("rc2all", "RC2", 600, 1.0, (120, 120)), Shape("rc2wide", "RC2", 1000, 1.0, (480, 600)),
)  # fmt: skip
TRIPS = (
    Shape("tripsR", "R2", 100, 1.0, (240, 240), 0.6), Shape("tripsC", "C2", 100, 1.0, (160, 160), 0.4),
    Shape("tripsRC", "RC2", 100, 1.0, (120, 600), 0.5), Shape("tripsR200", "R2", 200, 0.5, (240, 480), 0.5),
    Shape("tripsC200", "C2", 200, 0.75, (160, 320), 0.3), Shape("tripsRC200", "RC2", 200, 1.0, (600, 600), 0.4),
)  # fmt: skip


def drawn(shape: Shape, draw: random.Random) -> str:
    """A problem in VRPLIB's format."""
    home = (shape.side // 2, shape.side // 2)
    clusters = list(_clusters(shape, draw, home))
    points = [point for cluster in clusters for point in cluster]
    windows = [window for cluster in clusters for window in _windows(shape, draw, home, cluster)]
    loads = [_load(shape, draw) for _ in points]
    numbers = range(2, shape.stops + 2)
    lines = [
        f"NAME : {shape.name}", f"TYPE : {'MTVRPTWR' if shape.late else 'VRPTW'}", f"DIMENSION : {shape.stops + 1}",
        f"VEHICLES : {shape.vehicles}", f"CAPACITY : {shape.capacity}", f"SERVICE_TIME : {shape.service}",
        "EDGE_WEIGHT_TYPE : EUC_2D", "NODE_COORD_SECTION", f"1 {home[0]} {home[1]}",
        *(f"{number} {x} {y}" for number, (x, y) in zip(numbers, points, strict=True)),
        "DEMAND_SECTION", "1 0", *(f"{number} {load}" for number, load in zip(numbers, loads, strict=True)),
        "TIME_WINDOW_SECTION", f"1 0 {shape.close}",
        *(f"{number} {a} {b}" for number, (a, b) in zip(numbers, windows, strict=True)),
    ]  # fmt: skip
    if shape.late:
        releases = _releases(shape, draw, home, points, windows)
        lines += ["RELEASE_TIME_SECTION", "1 0", *(f"{n} {one}" for n, one in zip(numbers, releases, strict=True))]
        lines += ["VEHICLES_RELOAD_DEPOT_SECTION", *(f"{number} 1" for number in range(1, shape.vehicles + 1))]
    return "\n".join([*lines, "DEPOT_SECTION", "1", "-1", "EOF", ""])


def _clusters(shape: Shape, draw: random.Random, home: Point) -> Iterator[list[Point]]:
    """The stops of a cluster each; those that lie anywhere are clusters of one."""
    loose = {"R": shape.stops, "C": 0, "RC": shape.stops // 2}[shape.kind[:-1]]
    for _ in range(loose):
        yield [(draw.randint(0, shape.side), draw.randint(0, shape.side))]
    left, usual = shape.stops - loose, 30 if shape.long else 10
    while left:
        size = min(left, draw.randint(usual - 2, usual + 2))
        centre = draw.uniform(0, shape.side), draw.uniform(0, shape.side)
        spread = NEAR * shape.side * math.sqrt(size / shape.stops * 10)
        yield _tour(home, [_beside(draw, centre, spread, shape.side) for _ in range(size)])
        left -= size


def _beside(draw: random.Random, centre: tuple[float, float], spread: float, side: int) -> Point:
    x, y = (min(side, max(0, round(draw.gauss(one, spread)))) for one in centre)
    return x, y


def _tour(home: Point, cluster: list[Point]) -> list[Point]:
    """From the depot always on to the nearest."""
    left, tour = list(cluster), [home]
    while left:
        tour.append(min(left, key=lambda one: math.dist(tour[-1], one)))
        left.remove(tour[-1])
    return tour[1:]


def _windows(shape: Shape, draw: random.Random, home: Point, cluster: list[Point]) -> Iterator[Window]:
    """Of every stop of a cluster: around the time a tour comes by where all stops lie in clusters, else at any time."""
    legs = [math.dist(a, b) for a, b in pairwise([home, *cluster])]
    spare = shape.close - sum(legs) - len(legs) * shape.service - math.dist(cluster[-1], home)
    passing = draw.uniform(0, max(0.0, spare))
    for point, leg in zip(cluster, legs, strict=True):
        way = math.dist(home, point)
        first, last = math.ceil(way), math.floor(shape.close - shape.service - way - 1)
        passing += leg
        middle = passing if shape.clustered else draw.uniform(first, last)
        passing += shape.service
        half = draw.randint(*shape.width) / 2
        begin, end = max(first, round(middle - half)), min(last, round(middle + half))
        yield (begin, max(begin, end)) if draw.random() < shape.share else (0, last)


def _load(shape: Shape, draw: random.Random) -> int:
    if shape.clustered:
        return draw.choice((10, 10, 10, 20, 20, 30, 40))
    return min(46, max(1, round(draw.gauss(18, 8))))


def _releases(
    shape: Shape, draw: random.Random, home: Point, points: list[Point], windows: list[Window]
) -> Iterator[int]:
    """When a stop's goods are at the depot: in the morning, or with the last lorry that leaves time for the way."""
    lorries = sorted(draw.randint(shape.close // 10, shape.close // 2) for _ in range(LATE_TRUCKS))
    for point, (begin, end) in zip(points, windows, strict=True):
        latest = (begin + end) / 2 - math.dist(home, point)
        fitting = [lorry for lorry in lorries if lorry <= latest]
        yield fitting[-1] if fitting and draw.random() < shape.late else 0
