"""Errands beside their peers in one run: Li–Lim files (PyVRP's shipments, VROOM, OR-Tools), small optima, the sample.

    python benchmarks/errands.py --instances FOLDER --seconds 20 --seeds 2

Costs are those of our checkers, in double precision. Where other work runs on the machine the wall says little:
seconds of the processor are printed as well. `--parts small,sample,limit` needs no instances.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import errands_days
import errands_peers

from paotui.planning import errands
from paotui.planning.errands import Params, Problem, check_lilim, read_lilim, solve_lilim
from paotui.planning.stop import Stop, after_iterations, after_seconds

PARTS = ("lilim", "small", "sample", "limit")


def _ours(found: Any, seconds: float, seed: int, *, vehicles_first: bool) -> Any:
    return solve_lilim(found, after_seconds(seconds), seed=seed, vehicles_first=vehicles_first).routes


SOLVERS: dict[str, Callable[..., Any]] = {"ours": _ours, **errands_peers.PEERS}
AIMS = ("distance", "vehicles")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=Path, help="a folder of Li–Lim files (*.txt)")
    parser.add_argument("--only", default="", help="names of instances, separated by commas")
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--aims", default=",".join(AIMS))
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--parts", default=",".join(PARTS))
    options = parser.parse_args()
    for part in options.parts.split(","):
        {"lilim": lilim, "small": small, "sample": sample, "limit": limit}[part](options)


def lilim(options: argparse.Namespace) -> None:
    if options.instances is None:
        raise SystemExit(
            "--instances FOLDER says where the Li–Lim files are; or leave them out with --parts small,sample,limit"
        )
    wanted = {name for name in options.only.split(",") if name}
    for path in sorted(options.instances.glob("*.txt")):
        if wanted and path.stem not in wanted:
            continue
        found = read_lilim(path.read_bytes(), path.name)
        for aim, seed in itertools.product(options.aims.split(","), range(1, options.seeds + 1)):
            for name in options.solvers.split(","):
                work = functools.partial(SOLVERS[name], found, options.seconds, seed, vehicles_first=aim == "vehicles")
                _measure(f"{path.stem} {aim} {name} seed {seed}", found, work)


def _measure(name: str, found: Any, work: Callable[[], Any]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    routes = work()
    spent = f"{time.perf_counter() - wall:6.2f} s wall {time.process_time() - processor:6.2f} s processor"
    distance, faults = check_lilim(found, routes)
    holds = "" if not faults else f"  {len(faults)} faults: {faults[0]}"
    print(f"{name:44} {len(routes):4} vehicles {distance:11.2f}  {spent}{holds}", flush=True)


def small(options: argparse.Namespace) -> None:
    """Fifteen stops in several shapes: proven, and how long a call of `solve` takes."""
    for count, steps in ((15, 1), (7, 2), (5, 3), (3, 5)):
        _prove(f"{count} errands of {steps} steps, 3 runners", [
            errands_days.day(seed, count, steps) for seed in range(8)])  # fmt: skip
    for runners in (3, 6):
        _prove(f"15 single stops at all hours, {runners} unlike runners", [
            errands_days.single_stops(seed, runners) for seed in range(8)])  # fmt: skip


def _prove(name: str, problems: list[Problem]) -> None:
    walls, processors = [], []
    for seed, problem in enumerate(problems):
        wall, processor = time.perf_counter(), time.process_time()
        plan = errands.solve(problem, after_iterations(1_000_000), seed=seed)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
        assert plan.proven
        assert not errands.check(problem, plan)
    print(
        f"{name}: proven; wall median {sorted(walls)[len(walls) // 2]:.3f} s, most {max(walls):.3f} s, "
        f"processor median {sorted(processors)[len(walls) // 2]:.3f} s, most {max(processors):.3f} s",
        flush=True,
    )


def limit(options: argparse.Namespace) -> None:
    """Days with more to do than can be done, as a command: how much later than `--seconds` it ends."""
    for count, runners in ((200, 12), (500, 15)):
        with tempfile.TemporaryDirectory() as folder:
            problem, out = Path(folder, "problem.json"), Path(folder, "plan.json")
            problem.write_text(errands_days.long_day(1, count, runners).model_dump_json(), encoding="utf-8")
            wall = time.perf_counter()
            words = ["plan", "errands", str(problem), "--seconds", f"{options.seconds:g}", "--out", str(out)]
            subprocess.run([sys.executable, "-m", "paotui", *words], check=True)
            spent, plan = time.perf_counter() - wall, errands.read_plan(out.read_bytes())
        reasons = sum(bool(one.relaxations) for one in plan.undone)
        print(
            f"{count} errands, {runners} runners: {spent:.2f} s for {options.seconds:g}; undone {len(plan.undone)}, "
            f"{reasons} of them with relaxations, gap {plan.gap:.3f}, {plan.iterations} iterations",
            flush=True,
        )


def sample(options: argparse.Namespace) -> None:
    data = (resources.files("paotui.samples.erqi.problems") / "s5-reopening.errands.json").read_bytes()
    problem = errands.read_problem(data)
    for seed in range(1, options.seeds + 1):
        wall, processor = time.perf_counter(), time.process_time()
        plan = errands.solve(problem, Stop(seconds=options.seconds), seed=seed, params=Params())
        spent = f"{time.perf_counter() - wall:.2f} s wall, {time.process_time() - processor:.2f} s processor"
        print(
            f"sample S5a seed {seed}: cost {plan.costs.total} (gap to the bound {plan.gap:.3f}), undone "
            f"{len(plan.undone)}, trips alone {plan.trips.alone}, tours {plan.trips.tours}, {plan.iterations} "
            f"iterations, {spent}, faults {len(errands.check(problem, plan))}",
            flush=True,
        )


if __name__ == "__main__":
    main()
