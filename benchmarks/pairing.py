"""Pairing 10,000 compounds with 500 units: served, least peak, least cost, each proven; and what the check takes.

    python benchmarks/pairing.py                    equal loads, then loads from 1 to 12 that cannot be shared
    python benchmarks/pairing.py --sizes 2000x100,10000x500 --seeds 1,2,3

The city is 40 by 30 km; units have strengths from 1 to 3, some conflicts, skills, and half of the compounds an old
pair. Clock and processor seconds are both printed: on a busy machine the second counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np


def office(compounds: int, units: int, *, heavy: bool, seed: int = 1) -> dict[str, Any]:
    """Return a problem as plain data."""
    draw = np.random.default_rng(seed)
    skills = ["fire", "wiring", "law", "planting"]

    def place() -> dict[str, float]:
        return {"lon": round(113.45 + 0.44 * draw.random(), 5), "lat": round(34.62 + 0.27 * draw.random(), 5)}

    def some(chance: float) -> list[str]:
        return [word for word in skills if draw.random() < chance]

    return {
        "kind": "pairing", "name": f"{compounds}x{units}",
        "units": [{"id": f"u{n}", "at": place(), "strength": int(draw.integers(1, 4)), "skills": some(0.5)}
                  for n in range(units)],
        "compounds": [{"id": f"c{n}", "at": place(), "load": int(draw.integers(1, 13)) if heavy else 1,
                       "welcome": some(0.2)} for n in range(compounds)],
        "conflicts": [{"unit": f"u{draw.integers(units)}", "compound": f"c{draw.integers(compounds)}",
                       "reason": "kin"} for _ in range(compounds // 10)],
        "before": [{"unit": f"u{draw.integers(units)}", "compound": f"c{n}"} for n in range(0, compounds, 2)],
    }  # fmt: skip


def measure(compounds: int, units: int, heavy: bool, seed: int) -> dict[str, Any]:
    from paotui.planning.pairing import check, solve
    from paotui.planning.pairing.problem import PairingProblem
    from paotui.planning.stop import after_seconds

    problem = PairingProblem.model_validate(office(compounds, units, heavy=heavy, seed=seed))
    clock, processor = time.perf_counter(), time.process_time()
    plan = solve(problem, after_seconds(600))
    found = {"seconds": time.perf_counter() - clock, "processor": time.process_time() - processor}
    role, clock = plan.roles[0], time.process_time()
    faults = check(problem, plan)
    assert not faults, faults[:3]
    return {
        **{name: round(value, 2) for name, value in found.items()}, "unserved": len(plan.unserved),
        "peak": str(role.peak.value), "at least": str(role.peak_bound.value), "peak proof": role.peak_proof,
        "cost": role.cost, "bound": role.bound, "cost proof": role.cost_proof,
        "check, processor": round(time.process_time() - clock, 2),
        "peak, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000x500")
    parser.add_argument("--seeds", default="1", help="cities to draw, by number")
    parser.add_argument("--loads", choices=["equal", "different"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    cities = [(size, seed) for size in options.sizes.split(",") for seed in options.seeds.split(",")]
    for size, seed in cities:
        if options.loads:
            print(json.dumps(measure(*map(int, size.split("x")), options.loads == "different", int(seed))))
            continue
        for loads in ("equal", "different"):
            words = [sys.executable, str(Path(__file__).resolve()), "--sizes", size, "--seeds", seed, "--loads", loads]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{size} {loads} failed:\n{done.stderr[-3000:]}")
            print(f"{size}, seed {seed}, {loads} loads: {done.stdout.strip()}", flush=True)


if __name__ == "__main__":
    main()
