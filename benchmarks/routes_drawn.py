"""Routing problems drawn as the public ones are, beside peers in the same run: files nobody tuned for.

    python benchmarks/routes_drawn.py [--set x] [--seconds 10] [--seeds 1] [--peers hgs,pyvrp] [--only d120,d250]

`x`: ten problems of one load, 120 to 450 stops, drawn number by number from a seed after Uchoa et al. (European
Journal of Operational Research 2017): where the depot lies, whether stops lie anywhere, around a few seeds or half and
half, what they ask for, and how many fill a vehicle. `windows` and `trips`: see `routes_drawn_windows`. There is no
best-known cost: a peer's is told as a ratio to ours with the same seed. Every run is a process of its own, and its wall
counts from its start (`routes_runs`).
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from statistics import geometric_mean

import routes_drawn_windows
from routes_runs import Failed, run

from paotui.planning.routes import check, cost, read_problem
from paotui.planning.routes.problem import Problem

Point = tuple[int, int]
SIDE, DECAY = 1000, 40.0
"""Of the square; how fast stops become rarer away from a seed."""
DRAWN = (
    (120, "anywhere", 0.5, "to 100", 5.0), (150, "corner", 1.0, "quadrants", 11.0),
    (180, "middle", 0.0, "large", 4.0), (220, "corner", 0.5, "to 10", 9.0),
    (250, "anywhere", 0.0, "many small", 18.0), (270, "corner", 0.0, "quadrants", 5.0),
    (300, "middle", 1.0, "to 100", 7.0), (350, "anywhere", 0.5, "one", 4.5),
    (400, "corner", 0.0, "large", 14.0), (450, "middle", 0.5, "quadrants", 6.0),
)  # fmt: skip
"""Stops, depot, share around seeds, loads, stops that fill a vehicle on average."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="x", choices=["x", "windows", "trips"], dest="kind")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--peers", default="hgs,pyvrp")
    parser.add_argument("--only", default="", help="names of problems, separated by commas")
    options = parser.parse_args()
    wanted, peers = options.only.split(",") if options.only else None, options.peers.split(",") if options.peers else []
    ratios: dict[str, list[float]] = {peer: [] for peer in peers}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files(options.kind):
            if wanted and name not in wanted:
                continue
            path = Path(folder) / f"{name}.vrp"
            path.write_text(text)
            problem = read_problem(path.read_bytes(), path.name)
            for seed in range(1, options.seeds + 1):
                ours = measured("ours", path, problem, options.seconds, seed)
                for peer in peers:
                    theirs = measured(peer, path, problem, options.seconds, seed)
                    if ours and theirs:
                        ratios[peer].append(float(theirs / ours))
    for peer, found in ratios.items():
        if found:
            ahead = sum(one > 1 for one in found)
            print(f"{peer}: cost ÷ ours {geometric_mean(found):.4f}; ours ahead in {ahead} of {len(found)}, "
                  f"level in {found.count(1.0)}, worst {min(found):.4f}", flush=True)  # fmt: skip


def files(kind: str) -> Iterator[tuple[str, str]]:
    """Names and texts."""
    if kind == "x":
        for number, shape in enumerate(DRAWN):
            yield f"d{shape[0]}", drawn(f"d{shape[0]}", random.Random(100 + number), *shape)
        return
    for number, one in enumerate(getattr(routes_drawn_windows, kind.upper())):
        yield one.name, routes_drawn_windows.drawn(one, random.Random(200 + number))


def measured(solver: str, path: Path, problem: Problem, seconds: float, seed: int) -> Decimal | None:
    """The cost the checker finds; None when there is no plan that holds."""
    try:
        ran = run(solver, path, seconds=seconds, seed=seed)
    except Failed as failure:
        print(f"{path.stem} {solver} seed {seed} failed: {failure}", flush=True)
        return None
    plan = ran.plan()
    if faults := [*check(problem, plan), *plan.unserved]:
        print(f"{path.stem} {solver} seed {seed} DOES NOT HOLD: {faults[0]}", flush=True)
        return None
    total = cost(problem, plan).total
    how = f"wall {ran.wall:6.2f} s  processor {ran.processor:6.2f} s"
    print(f"{path.stem:10} {solver:6} seed {seed}  cost {total:>12}  {how}", flush=True)
    return total


def drawn(name: str, draw: random.Random, stops: int, depot: str, around: float, loads: str, fill: float) -> str:
    """A problem in VRPLIB's format."""
    home = {"middle": (SIDE // 2, SIDE // 2), "corner": (0, 0), "anywhere": _point(draw)}[depot]
    points = [_point(draw) for _ in range(round(stops * (1 - around)))]
    seeds = [_point(draw) for _ in range(draw.randint(3, 8))]
    while len(points) < stops:
        point = _point(draw)
        if draw.random() <= sum(math.exp(-math.dist(point, seed) / DECAY) for seed in seeds):
            points.append(point)
    asked = [_load(draw, loads)(point, home) for point in points]
    capacity = max(*asked, math.ceil(fill * sum(asked) / stops))
    lines = [f"NAME : {name}", "TYPE : CVRP", f"DIMENSION : {stops + 1}", "EDGE_WEIGHT_TYPE : EUC_2D",
             f"CAPACITY : {capacity}", "NODE_COORD_SECTION"]  # fmt: skip
    lines += [f"{number} {x} {y}" for number, (x, y) in enumerate([home, *points], 1)]
    lines += ["DEMAND_SECTION", *(f"{number} {load}" for number, load in enumerate([0, *asked], 1))]
    return "\n".join([*lines, "DEPOT_SECTION", "1", "-1", "EOF", ""])


def _point(draw: random.Random) -> Point:
    return draw.randint(0, SIDE), draw.randint(0, SIDE)


def _load(draw: random.Random, loads: str) -> Callable[[Point, Point], int]:
    """What a stop asks for, by where it lies."""
    return {
        "one": lambda point, home: 1,
        "to 10": lambda point, home: draw.randint(1, 10),
        "to 100": lambda point, home: draw.randint(1, 100),
        "large": lambda point, home: draw.randint(50, 100),
        "many small": lambda point, home: draw.randint(1, 10) if draw.random() < 0.8 else draw.randint(50, 100),
        "quadrants": lambda point, home: draw.randint(51, 100) if _even(point, home) else draw.randint(1, 50),
    }[loads]


def _even(point: Point, home: Point) -> bool:
    return (point[0] < home[0]) == (point[1] < home[1])


if __name__ == "__main__":
    main()
