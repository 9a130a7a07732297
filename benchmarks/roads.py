"""Reads a road extract, then times a matrix between places scattered over its roads.

    python benchmarks/roads.py EXTRACT [--places 2000] [--seed 1]

Prints wall and CPU seconds for reading, preparing, a first matrix, and a matrix from the kept network, and the peak
of memory. Places lie within some thirty metres of a road.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from paotui.planning.roads import TRUCK, Roads


def timed(name: str, work: Callable[[], Any]) -> Any:
    wall, used = time.perf_counter(), time.process_time()
    found = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:34s} {time.perf_counter() - wall:8.2f} s wall {time.process_time() - used:8.2f} s CPU "
          f"{peak:7.0f} MB peak", flush=True)  # fmt: skip
    return found


def places(roads: Roads, count: int, seed: int) -> list[tuple[float, float]]:
    rng = np.random.default_rng(seed)
    ends = roads.prepared().edge_ends
    chosen = ends[rng.integers(0, len(ends), count), :2] + rng.normal(0, 0.0003, (count, 2))
    return [(float(lat), float(lon)) for lon, lat in chosen]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("extract", type=Path)
    parser.add_argument("--places", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        roads = timed("read the extract", lambda: Roads.read(options.extract, cache=folder))
        ready = timed("prepare for a truck", lambda: roads.prepared(TRUCK))
        print(f"  {len(ready.edge_segment)} edges, {len(ready.main_segment)} segments, {len(ready.state_arc)} states, "
              f"{ready.main_segment.mean():.1%} of segments in the largest part")  # fmt: skip
        points = places(roads, options.places, options.seed)
        found = timed(f"matrix {len(points)} × {len(points)}", lambda: roads.matrix(points))
        print(f"  {len(found.unreachable())} pairs without a way")
        again = timed("read again, network kept", lambda: Roads.read(options.extract, cache=folder))
        timed("another matrix, network kept", lambda: again.matrix(places(again, options.places, options.seed + 1)))
        timed("the first matrix again, kept", lambda: again.matrix(points))


if __name__ == "__main__":
    main()
