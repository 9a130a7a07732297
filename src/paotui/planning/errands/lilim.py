"""Public pick-up-and-delivery instances in the text format of Li and Lim: read, solved, priced.

Line 1: vehicles, capacity, speed. Then one line a node, the depot first: number, x, y, demand, earliest and latest
beginning, service, pick-up (0: this is one), delivery (0: this is one). Distances are Euclidean in double precision.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from paotui.planning.errands.engine import NEVER, Engine, Instance, Segment
from paotui.planning.errands.params import Params
from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.stop import OnProgress, Progress, Stop

SCALE = 10_000
"""Units of the kernel in one of the file's: durations rounded up, so that what holds in whole numbers holds."""
COLUMNS = 9
VEHICLES_FIRST = 10_000
"""Fixed cost of a vehicle, in units of the file, when vehicles count before distance."""


@dataclass(frozen=True, slots=True)
class Node:
    x: float
    y: float
    demand: int
    earliest: float
    latest: float
    service: float
    pickup: int
    delivery: int


@dataclass(frozen=True, slots=True)
class LiLim:
    """An instance: `nodes[0]` is the depot; a route is a list of node numbers without it."""

    vehicles: int
    capacity: int
    nodes: tuple[Node, ...]

    def distance(self, one: int, other: int) -> float:
        a, b = self.nodes[one], self.nodes[other]
        return math.hypot(a.x - b.x, a.y - b.y)

    def pairs(self) -> list[tuple[int, int]]:
        """Return (pick-up, delivery) of every request."""
        return [(number, node.delivery) for number, node in enumerate(self.nodes) if number and node.delivery]


@dataclass(frozen=True, slots=True)
class Solved:
    """Routes of a Li–Lim instance; `distance` in the units of the file; requests left out by their pick-up."""

    routes: list[list[int]]
    distance: float
    iterations: int
    unserved: list[int] = field(default_factory=list)


def read_lilim(data: bytes, name: str = "") -> LiLim:
    """Return the instance; raises ProblemError naming the line."""
    rows = [(number, line.split()) for number, line in enumerate(_text(data, name).splitlines(), 1) if line.strip()]
    faults: list[Fault] = []
    numbers = [(line, _numbers(cells, 3 if not k else COLUMNS, line, faults)) for k, (line, cells) in enumerate(rows)]
    if not faults and len(numbers) < 2:
        faults.append(
            fault("", zh="文件里没有仓库行。请补全。", en="there is no line for the depot. Complete the file.")
        )
    if faults:
        raise ProblemError(faults)
    vehicles, capacity, _ = numbers[0][1]
    nodes = tuple(
        Node(x, y, int(demand), early, late, service, int(pickup), int(delivery))
        for _, (_, x, y, demand, early, late, service, pickup, delivery) in numbers[1:]
    )
    found = LiLim(int(vehicles), int(capacity), nodes)
    faults = _partners(found, [line for line, _ in numbers[1:]])
    if faults:
        raise ProblemError(faults)
    return found


def instance_of(found: LiLim, *, fixed: float = 0) -> Instance:
    """Return what the kernel solves: every request a chain of two stops, penalties beyond any route."""
    nodes = found.nodes
    points = np.array([(node.x, node.y) for node in nodes])
    gaps = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    arcs = np.ceil(gaps * SCALE - 1e-6).astype(np.int32)[None]
    order = [number for pair in found.pairs() for number in pair]
    windows = [[_segment(nodes[number])] for number in order]
    each = found.vehicles
    far = int(arcs.max()) * 4 + _scaled(fixed) + 1
    return Instance(
        place=order, counter=[-1] * len(order), segments=windows, direct=[[]] * len(order),
        chain_at=range(0, len(order) + 1, 2), gap_min=[0] * len(order), gap_max=[NEVER] * len(order),
        load=np.array([[nodes[number].demand] for number in order], np.int32),
        penalty=[far] * (len(order) // 2), start=[0] * each, end=[0] * each, open=[_scaled(nodes[0].earliest)] * each,
        close=[_scaled(nodes[0].latest)] * each, fixed=[_scaled(fixed)] * each, profile=[0] * each,
        capacity=np.full((each, 1), found.capacity, np.int32), seconds=arcs, cost=arcs, metric=True,
    )  # fmt: skip


def solve_lilim(
    found: LiLim, stop: Stop, seed: int = 1, params: Params | None = None, on_progress: OnProgress | None = None, *,
    vehicles_first: bool = False,
) -> Solved:  # fmt: skip
    """Return routes of least distance, or of fewest vehicles and then least distance as best-known values count."""
    until = stop.deadline()
    fixed = VEHICLES_FIRST if vehicles_first else 0
    engine = Engine(instance_of(found, fixed=fixed))
    params = params or (Params(fleet=0.7, removed=20) if vehicles_first else Params())

    def tell(seconds: float, iterations: int, cost: int, absent: int) -> bool:
        if on_progress:
            on_progress(Progress(seconds, iterations, cost / SCALE, absent))
        return stop.cancel.is_set()

    seconds = None if stop.seconds is None else max(0.01, until - time.monotonic())
    tours, _, iterations = engine.improve(
        seconds=seconds, iterations=stop.iterations, seed=seed, params=params, tell=tell
    )
    place = engine.instance.place
    routes = [[place[stop_] for stop_ in tour] for tour in tours if tour]
    served = {number for route in routes for number in route}
    return Solved(routes, length(found, routes), iterations, [one for one, _ in found.pairs() if one not in served])


def length(found: LiLim, routes: Sequence[Sequence[int]]) -> float:
    """Return the distance of routes, in units of the file."""
    return sum(
        found.distance(one, other)
        for route in routes
        for one, other in zip([0, *route], [*route, 0], strict=True)
    )  # fmt: skip


def _scaled(value: float) -> int:
    return round(value * SCALE)


def _segment(node: Node) -> Segment:
    return Segment(_scaled(node.earliest), _scaled(node.latest), _scaled(node.service))


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise ProblemError([fault(
            name, zh="不是 Li–Lim 文本格式。请给出该格式或 JSON 文件。",
            en="this is no text of the Li–Lim format. Give one, or a problem as JSON.",
        )]) from None  # fmt: skip


def _numbers(cells: list[str], wanted: int, line: int, faults: list[Fault]) -> list[float]:
    try:
        values = [float(cell) for cell in cells]
    except ValueError:
        values = []
    if len(values) != wanted or not all(math.isfinite(value) and abs(value) < 1e5 for value in values):
        faults.append(fault(
            f"{line}", zh=f"此行应为 {wanted} 个小于 100000 的数。请改正。",
            en=f"this line should hold {wanted} numbers below 100000. Correct it.",
        ))  # fmt: skip
        return [0.0] * wanted
    return values


def _partners(found: LiLim, lines: list[int]) -> list[Fault]:
    faults, nodes = [], found.nodes
    for number, node in enumerate(nodes[1:], 1):
        other = node.delivery or node.pickup
        fine = 0 < other < len(nodes) and (node.delivery == 0) != (node.pickup == 0)
        fine = fine and (nodes[other].pickup if node.delivery else nodes[other].delivery) == number
        if not fine:
            faults.append(fault(
                f"{lines[number]}", zh=f"节点 {number} 与其取送对象不成对。请改正最后两列。",
                en=f"node {number} and its partner do not name each other. Correct the last two columns.",
            ))  # fmt: skip
    return faults
