"""Random districts on the earth or with a road table, some with a plan people know already."""

from __future__ import annotations

import random
from typing import Any

from paotui.planning import reading
from paotui.planning.routes import validate
from paotui.planning.routes.problem import Problem

LINE = {"type": "straight_line", "detour": 1.3, "speed_kmh": {"van": 30}}


def district(seed: int, *, stops: int = 30, roads: bool = False, published: bool = False, **vehicle: Any) -> Problem:
    """`stops` bins around a depot, most in windows, for twelve alike vans; the same seed, the same district."""
    dice = random.Random(seed)
    names = [f"s{number}" for number in range(1, stops + 1)]
    places = [{"id": name, "lat": 34.7 + dice.random() / 10, "lon": 113.6 + dice.random() / 10} for name in
              ["depot", *names]]  # fmt: skip
    data: dict[str, Any] = {
        "locations": places, "stops": [_stop(dice, name) for name in names],
        "travel": _roads(dice, stops + 1) if roads else LINE, "vehicles": [_vans(**vehicle)],
    }  # fmt: skip
    if published:
        dice.shuffle(names)
        known = {"van#1": names[:6], "van#2": names[6:12], "van#99": names[12:15]}
        data["published"] = {"routes": known, "per_succession_change": "3.5"}
    made = reading.validate(Problem, data)
    validate.refuse(made)
    return made


def _stop(dice: random.Random, name: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "location": name, "delivery": {"kg": dice.randint(1, 9)}}
    made["duration"] = dice.choice([0, 120, 300])
    if dice.random() < 0.6:
        first = dice.randint(0, 20_000)
        made["windows"] = [[first, first + dice.randint(1800, 9000)]]
    if dice.random() < 0.1:
        made["unserved_price"] = dice.randint(1, 30)
    return made


def _vans(**more: Any) -> dict[str, Any]:
    return {
        "id": "van", "count": 12, "start": "depot", "profile": "van", "capacities": {"kg": 40}, "per_km": "2.5",
        "shift": {"earliest": 0, "latest": 36_000}, **more,
    }  # fmt: skip


def _roads(dice: random.Random, size: int) -> dict[str, Any]:
    """Ways that differ by direction; going round is sometimes quicker than straight on."""
    seconds = [[0 if a == b else dice.randint(100, 3000) for b in range(size)] for a in range(size)]
    metres = [[0 if way == 0 else way * 8 + dice.randint(0, 500) for way in row] for row in seconds]
    return {"type": "matrix", "distances": {"van": metres}, "durations": {"van": seconds}}
