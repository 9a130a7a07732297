"""Routes beside the open solvers in one run: gaps to the best-known costs, re-planning, growth.

    python benchmarks/routes.py --instances FOLDER --set gh --seconds 30 --seeds 3 --peers pyvrp,vroom,ortools,hgs
    python benchmarks/routes.py --instances FOLDER --set x --replan
    python benchmarks/routes.py --curve

FOLDER holds the sets' folders (CVRP, VRPTW, MTVRPTWR …) and LISTING.csv with the best-known costs. Every run is a
process of its own, one after the other on the same cores, and its wall counts from the start of that process. Ours
and VROOM use two threads, the others are single-threaded and run as they are; `--copies` gives those the second core
too: two copies with two seeds at once, the better counts. Costs are our independent checker's.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from statistics import mean
from typing import Any

import routes_growth
import routes_peers
import routes_replan
from routes_runs import Failed, Ran, run

from paotui.planning.errands import check_lilim, read_lilim
from paotui.planning.errands.lilim import VEHICLES_FIRST
from paotui.planning.routes import check, cost, read_problem
from paotui.planning.routes.formats import solution
from paotui.planning.routes.problem import Problem

SETS = {
    "gh": ("VRPTW/*.vrp",), "x": ("CVRP/*.vrp",), "xxl": ("CVRP/XXL/*.vrp",), "mt": ("MTVRPTWR/*.vrp",),
    "hf": ("HFVRP/*.vrp",), "sd": ("SDVRPTW/*.vrp",), "md": ("MDVRPTW/*.vrp",), "pc": ("PCVRPTW/*.vrp",),
    "lilim": ("PDPTW/*.txt",),
}  # fmt: skip
LILIM_PEERS = {"pyvrp", "vroom", "ortools"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=Path, help="the folder of the instances and LISTING.csv")
    parser.add_argument("--set", action="append", choices=[*SETS], dest="sets", help="may be given several times")
    parser.add_argument("--only", default="", help="names of instances, separated by commas")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--peers", default="", help=f"of {','.join(routes_peers.PEERS)}; none when left out")
    parser.add_argument("--copies", action="store_true", help="two copies of single-threaded peers, the better counts")
    parser.add_argument("--loaded", action="store_true", help="on a busy machine: the seconds count after imports")
    parser.add_argument("--replan", action="store_true", help="lose the largest route instead")
    parser.add_argument("--curve", action="store_true", help="growth with size instead; needs no instances")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10_000, 30_000], help="for --curve")
    options = parser.parse_args()
    if options.curve:
        return routes_growth.curve(options.sizes)
    if options.instances is None or not (options.instances / "LISTING.csv").is_file():
        raise SystemExit("--instances FOLDER names the folder of the instances, with its LISTING.csv")
    for kind in options.sets or [*SETS]:
        if options.replan:
            routes_replan.replan(paths(kind, options), options.seeds, loaded=options.loaded)
        else:
            table(kind, options)
    return None


def paths(kind: str, options: argparse.Namespace) -> list[Path]:
    wanted = {name for name in options.only.split(",") if name}
    found = sorted(path for pattern in SETS[kind] for path in options.instances.glob(pattern))
    return [path for path in found if not wanted or path.stem in wanted]


def table(kind: str, options: argparse.Namespace) -> None:
    """A line a run, then the mean gap of every solver and its ratio to ours."""
    gaps: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    solvers = ["ours", *asked(kind, options.peers)]
    for path in paths(kind, options):
        measured = LiLimFile(path, options) if kind == "lilim" else File(path, options)
        for seed in range(options.first_seed, options.first_seed + options.seeds):
            for solver in solvers:
                if (gap := measured.run(solver, seed)) is not None:
                    gaps[solver][path.stem].append(gap)
    summary(kind, gaps)


def asked(kind: str, peers: str) -> list[str]:
    names = [name for name in peers.split(",") if name]
    if unknown := set(names) - set(routes_peers.PEERS):
        raise SystemExit(f"--peers knows {', '.join(routes_peers.PEERS)}, not {', '.join(sorted(unknown))}")
    for name in names:
        if not reads(name, kind):
            print(f"{kind}: {name} cannot state such problems, left out", flush=True)
    return [name for name in names if reads(name, kind)]


def reads(peer: str, kind: str) -> bool:
    return peer in LILIM_PEERS if kind == "lilim" else kind in routes_peers.READS[peer]


def summary(kind: str, gaps: dict[str, dict[str, list[float]]]) -> None:
    ours = gaps.get("ours", {})
    for solver, by_file in gaps.items():
        runs = [gap for one in by_file.values() for gap in one]
        both = [(1 + gap) / (1 + our) for name, one in by_file.items() if name in ours
                for gap, our in zip(one, ours[name], strict=False)]  # fmt: skip
        ratio = f"cost ÷ ours {mean(both):.4f}" if both else ""
        worst = max(by_file, key=lambda name: mean(by_file[name]))
        print(
            f"{kind} mean {solver:8} gap {100 * mean(runs):7.3f} %  over {len(runs)} runs on {len(by_file)} files; "
            f"worst {worst} {100 * mean(by_file[worst]):.3f} %; {ratio}",
            flush=True,
        )


class File:
    """One instance: its problem, its best-known cost, and runs on it."""

    def __init__(self, path: Path, options: argparse.Namespace) -> None:
        self.path, self.options = path, options
        self.problem = read_problem(path.read_bytes(), path.name)
        self.known = best_known(options.instances, path, self.problem)

    def run(self, solver: str, seed: int) -> float | None:
        """The gap to the best known, after a line about the run; None when there is no plan that holds."""
        try:
            ran = [self.judged(one) for one in copies(solver, self.path, seed, self.options)]
        except Failed as failure:
            print(f"{self.path.stem:16} {solver:8} seed {seed}  failed: {failure}", flush=True)
            return None
        holds = [one for one in ran if not one[1]]
        total, faults, how = min(holds or ran, key=lambda one: one[0])
        gap = float(total / self.known) - 1
        wrong = f"  DOES NOT HOLD: {faults}" if faults else ""
        line = f"{self.path.stem:16} {solver:8} seed {seed}  cost {total:>14}  gap {100 * gap:7.3f} %"
        print(f"{line}  {say(how)}{wrong}", flush=True)
        return None if faults else gap

    def judged(self, ran: Ran) -> tuple[Decimal, str, Ran]:
        plan = ran.plan()
        faults = [str(one) for one in check(self.problem, plan)]
        optional = {stop.id for stop in self.problem.stops if stop.unserved_price is not None}
        faults += [f"{one.stop} is not served" for one in plan.unserved if str(one.stop) not in optional]
        return cost(self.problem, plan).total, f"{len(faults)} faults, {faults[0][:120]}" if faults else "", ran


class LiLimFile:
    """A pick-up-and-delivery instance: vehicles count first, then distance, in double precision."""

    def __init__(self, path: Path, options: argparse.Namespace) -> None:
        self.path, self.options = path, options
        self.found = read_lilim(path.read_bytes(), path.name)
        vehicles, distance = listed(options.instances, path).split(" veh / ")
        self.known = int(vehicles) * VEHICLES_FIRST + float(distance)
        self.distance = float(distance)

    def run(self, solver: str, seed: int) -> float | None:
        """The gap in distance where the vehicles are as many as best known; else in the weighted sum of both."""
        try:
            ran = run(
                solver, self.path, seconds=self.options.seconds, seed=seed, lilim=True, loaded=self.options.loaded
            )
        except Failed as failure:
            print(f"{self.path.stem:16} {solver:8} seed {seed}  failed: {failure}", flush=True)
            return None
        routes = ran.told["routes"]
        distance, faults = check_lilim(self.found, routes)
        gap = (len(routes) * VEHICLES_FIRST + distance) / self.known - 1
        print(
            f"{self.path.stem:16} {solver:8} seed {seed}  {len(routes):3} vehicles {distance:10.2f}  distance gap "
            f"{100 * (distance / self.distance - 1):7.3f} %  gap {100 * gap:7.3f} %  {say(ran)}"
            f"{f'  DOES NOT HOLD: {faults[0]}' if faults else ''}",
            flush=True,
        )
        return None if faults else gap


def copies(solver: str, path: Path, seed: int, options: argparse.Namespace) -> list[Ran]:
    """The run, or with --copies two at once of a peer that uses one core."""
    twice = options.copies and routes_peers.THREADS.get(solver) == 1
    seeds = [seed, seed + 1000] if twice else [seed]
    with ThreadPoolExecutor(len(seeds)) as pool:
        return list(
            pool.map(lambda one: run(solver, path, seconds=options.seconds, seed=one, loaded=options.loaded), seeds)
        )


def say(ran: Ran) -> str:
    return f"wall {ran.wall:6.2f} s  processor {ran.processor:6.2f} s  {ran.megabytes:5.0f} MB"


def listed(folder: Path, path: Path) -> str:
    """The best-known cost as LISTING.csv has it."""
    with (folder / "LISTING.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["file"] == path.relative_to(folder).as_posix():
                return row["bks"]
    raise SystemExit(f"{path.name}: LISTING.csv has no best-known cost for it")


def best_known(folder: Path, path: Path, problem: Problem) -> Decimal:
    """In the scale of the problem: sources give tenths, thousandths or units, so the published plan decides which."""
    value = Decimal(listed(folder, path))
    published = path.with_suffix(".sol")
    if not published.is_file():
        return value * problem.source.scale if problem.source else value
    plan: Any = solution.read(published.read_bytes(), problem)
    near = cost(problem, plan).total
    return min((value * Decimal(10) ** k for k in range(7)), key=lambda one: abs(one - near))


if __name__ == "__main__":
    main()
