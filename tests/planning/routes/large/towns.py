"""Classic problems with stops strewn over a square, a depot in its middle; the more stops, the larger the square."""

from __future__ import annotations

import random
from typing import Any

from paotui.planning import reading
from paotui.planning.routes.problem import Problem

HOUR = 3600


def town(stops: int, seed: int = 1, vehicles: int | None = None, windows: bool = False, **more: Any) -> Problem:
    """`vehicles` None = as many as needed; `windows`: two hours each within a day of twelve, six minutes a stop."""
    draw, side = random.Random(seed), int(30 * stops**0.5)
    places = [{"id": "0", "x": side // 2, "y": side // 2}]
    places += [{"id": str(k), "x": draw.randint(0, side), "y": draw.randint(0, side)} for k in range(1, stops + 1)]
    shift = {"earliest": 0, "latest": 12 * HOUR} if windows else {}
    return reading.validate(Problem, {
        "kind": "routes", "name": f"town of {stops}", "locations": places,
        "travel": {"type": "planar", "rounding": "round"},
        "vehicles": [{"id": "v", "count": vehicles, "start": "0", "capacities": {"load": 60}, "per_km": 1000,
                      "shift": shift}],
        "stops": [_stop(place["id"], draw, windows) | more for place in places[1:]],
        "objective": {"default_unserved_price": 1_000_000},
    })  # fmt: skip


def _stop(name: str, draw: random.Random, windows: bool) -> dict[str, Any]:
    stop: dict[str, Any] = {"id": name, "location": name, "delivery": {"load": draw.randint(1, 10)}}
    if windows:
        first = draw.randint(1, 9) * HOUR
        stop |= {"duration": 360, "windows": [(first, first + 2 * HOUR)]}
    return stop
