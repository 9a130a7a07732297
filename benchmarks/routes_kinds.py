"""Everyday problems of many kinds, made here by seed, ours beside PyVRP in one run.

    python benchmarks/routes_kinds.py --seconds 5 --seeds 2
    python benchmarks/routes_kinds.py --kinds large --sizes 5000 10000 --seconds 20 --no-peer

A district of 16 by 18 km with stops in windows and a van's day from 8:00 to 18:53; straight lines × 1.3 at 30 km/h, or
a road table that differs by direction. Both sides get the same seconds from the start of their process, ours two
threads, PyVRP its one. Costs are our independent checker's.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from routes_runs import Failed, run

from paotui.planning import reading
from paotui.planning.routes import check, cost, matrices
from paotui.planning.routes.problem import Problem

Made = dict[str, Any]
STOPS = 150
ABOUT = (34.75, 113.62)
"""Latitude and longitude of the middle."""


def district(dice: random.Random, *, stops: int = STOPS, windows: float = 0.6, depots: int = 1, **van: Any) -> Made:
    """A problem as JSON: six stops in ten with a window of one, two or four hours."""
    places = [_place(dice, f"d{number}", 0.03, 0.03) for number in range(depots)]
    served = [_stop(dice, f"s{number}", windows) for number in range(stops)]
    return {
        "locations": places + [_place(dice, one["id"], 0.08, 0.1) for one in served], "stops": served,
        "travel": {"type": "straight_line", "detour": 1.3, "speed_kmh": {"default": 30}},
        "vehicles": [{
            "id": "van", "count": max(40, stops // 8), "start": "d0", "capacities": {"kg": 150}, "per_km": "3",
            "shift": {"earliest": 28_800, "latest": 68_000}, **van,
        }],
    }  # fmt: skip


def _place(dice: random.Random, name: str, north: float, east: float) -> Made:
    lat, lon = ABOUT
    return {"id": name, "lat": lat + dice.uniform(-north, north), "lon": lon + dice.uniform(-east, east)}


def _stop(dice: random.Random, name: str, windows: float) -> Made:
    stop = {
        "id": name,
        "location": name,
        "duration": dice.choice([120, 300, 600]),
        "delivery": {"kg": dice.randint(1, 20)},
    }
    if dice.random() < windows:
        first = 28_800 + dice.randint(0, 28_000)
        stop["windows"] = [[first, first + dice.choice([3600, 7200, 14_400])]]
    return stop


def roads(dice: random.Random, **options: Any) -> Made:
    made = district(dice, **options)
    [(metres, _)] = matrices.matrices(reading.validate(Problem, made)).values()
    numbers = np.random.default_rng(dice.randint(0, 2**31))
    ways = (metres * numbers.uniform(1, 1.3, metres.shape)).astype(int)
    times = (ways * 3.6 / numbers.uniform(15, 50, ways.shape)).astype(int)
    made["travel"] = {
        "type": "matrix", "distances": {"default": ways.tolist()}, "durations": {"default": times.tolist()},
    }  # fmt: skip
    return made


def fleet(dice: random.Random, *, dearer: bool, **options: Any) -> Made:
    """Six vans and five trucks; one stop in ten needs a truck's lift. `dearer`: a truck's kilometre, too."""
    made = district(dice, fixed_cost="60", count=6, **options)
    [van] = made["vehicles"]
    truck = {**van, "id": "truck", "count": 5, "capacities": {"kg": 400}, "fixed_cost": "150", "capabilities": ["lift"]}
    made["vehicles"] = [van, truck | ({"per_km": "6"} if dearer else {})]
    for stop in made["stops"]:
        if dice.random() < 0.1:
            stop["requires"] = ["lift"]
    return made


def bases(dice: random.Random) -> Made:
    made = district(dice, depots=3, fixed_cost="50", count=5)
    [van] = made["vehicles"]
    made["vehicles"] += [{**van, "id": "b", "start": "d1"}, {**van, "id": "c", "start": "d2", "end": "d0"}]
    return made


def prizes(dice: random.Random) -> Made:
    made = district(dice, count=6)
    for stop in made["stops"]:
        stop["unserved_price"] = str(dice.randint(5, 40))
    return made


def returns(dice: random.Random) -> Made:
    made = district(dice)
    for stop in made["stops"]:
        stop["pickup"] = {"kg": dice.randint(1, 20)}
    return made


KINDS: dict[str, Callable[[random.Random], Made]] = {
    "windows": district,
    "no-windows": lambda dice: district(dice, windows=0),
    "fixed-cost": lambda dice: district(dice, fixed_cost="100"),
    "roads": roads,
    "roads-fixed-cost": lambda dice: roads(dice, fixed_cost="200"),
    "fleet": lambda dice: fleet(dice, dearer=False),
    "fleet-dearer": lambda dice: fleet(dice, dearer=True),
    "bases": bases,
    "prizes": prizes,
    "max-duration": lambda dice: district(dice, max_duration=14_400),
    "max-distance": lambda dice: district(dice, max_distance=60_000),
    "by-hour": lambda dice: district(dice, fixed_cost="100", per_hour="36"),
    "returns": returns,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="+", default=[*KINDS], choices=[*KINDS, "large"])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5000], help='stops of "large"')
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    ratios = []
    for kind in options.kinds:
        sizes = options.sizes if kind == "large" else [STOPS]
        for stops, seed in [(stops, seed) for stops in sizes for seed in range(1, options.seeds + 1)]:
            dice = random.Random(f"{kind} {seed}")
            made = district(dice, stops=stops) if kind == "large" else KINDS[kind](dice)
            ratios += beside(f"{kind} {stops} seed {seed}", made, options)
    if ratios:
        print(f"cost of PyVRP ÷ ours, geometric mean of {len(ratios)}: {np.exp(np.mean(np.log(ratios))):.4f}")


def beside(name: str, made: Made, options: argparse.Namespace) -> list[float]:
    """A line about ours and one about the peer; their ratio, where both hold."""
    problem = reading.validate(Problem, made)
    totals = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        path.write_text(problem.model_dump_json(), encoding="utf-8")
        for solver in ["ours", *([] if options.no_peer else ["pyvrp-stated"])]:
            try:
                ran = run(solver, path, seconds=options.seconds, seed=1)
            except Failed as failure:
                print(f"{name:28} {solver:12} failed: {failure}", flush=True)
                continue
            plan = ran.plan()
            faults, total = check(problem, plan), cost(problem, plan).total
            wrong = f"  DOES NOT HOLD: {faults[0]}" if faults else ""
            print(
                f"{name:28} {solver:12} {total:>12} yuan  vehicles {len(plan.routes):3}  "
                f"left out {len(plan.unserved):3}  "
                f"engine {plan.engine or '–':8} wall {ran.wall:6.2f} s  {ran.megabytes:4.0f} MB{wrong}",
                flush=True,
            )
            totals += [] if faults else [float(total)]
    return [totals[1] / totals[0]] if len(totals) == 2 else []


if __name__ == "__main__":
    main()
