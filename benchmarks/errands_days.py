"""Made-up days of errands, by seed: of one shape, of the kind that is hardest to prove, and long ones."""

from __future__ import annotations

import random
from typing import Any

from paotui.planning.errands import Problem

HOUR = 3600
LUNCH = [[8 * HOUR + 1800, 12 * HOUR], [13 * HOUR + 1800, 17 * HOUR + 1800]]
QUEUE = [{"since": 0, "until": 10 * HOUR, "seconds": 1200}, {"since": 10 * HOUR, "until": 86_400, "seconds": 300}]
BICYCLE = {"id": "bicycle", "kmh": 12, "detour": 1.3, "each": 60}


def day(seed: int, count: int, steps: int) -> Problem:
    """Three counters with a lunch break and queues, three runners, errands of so many steps."""
    r = random.Random(seed)
    return Problem.model_validate({
        "kind": "errands", "places": _places(r, 20), "modes": [BICYCLE],
        "counters": [{"id": f"c{k}", "place": f"p{k}", "hours": LUNCH, "queue": QUEUE} for k in range(3)],
        "runners": [{"id": f"r{k}", "home": f"p{k + 3}", "shifts": [[8 * HOUR, 18 * HOUR]]} for k in range(3)],
        "errands": [{"id": f"e{e}", "steps": [_step(r, s) for s in range(steps)]} for e in range(count)],
    })  # fmt: skip


def single_stops(seed: int, runners: int, count: int = 15) -> Problem:
    """Stops that do not belong together, runners of several speeds, homes and shifts, queues that change every hour."""
    r = random.Random(seed)
    counters = [
        {"id": f"c{k}", "place": f"p{k}", "hours": LUNCH if r.random() < 0.5 else _hours(r), "queue": _hourly(r)}
        for k in range(8)
    ]
    people = [
        {
            "id": f"r{k}", "home": f"p{r.randint(0, 19)}", "mode": r.choice(["bicycle", "walk", "car"]),
            "shifts": [[(8 + r.randint(0, 2)) * HOUR, (16 + r.randint(0, 2)) * HOUR]],
        }
        for k in range(runners)
    ]  # fmt: skip
    return Problem.model_validate({
        "kind": "errands", "places": _places(r, 20), "counters": counters, "runners": people,
        "modes": [BICYCLE, {"id": "walk", "kmh": 5}, {"id": "car", "kmh": 25, "each": 300}],
        "errands": [{"id": f"e{e}", "steps": [_single(r)]} for e in range(count)],
    })  # fmt: skip


def long_day(seed: int, count: int, runners: int) -> Problem:
    """Papers of so many schools to one, two or three of ten counters and back; more than the runners can do."""
    r = random.Random(seed)
    return Problem.model_validate({
        "kind": "errands", "places": _places(r, 60), "modes": [BICYCLE],
        "counters": [{"id": f"c{k}", "place": f"p{k}", "hours": LUNCH, "queue": QUEUE} for k in range(10)],
        "runners": [
            {"id": f"r{k}", "home": f"p{r.randint(0, 59)}", "shifts": [[8 * HOUR, 18 * HOUR]],
             "capacity": {"folders": 10}}
            for k in range(runners)
        ],
        "errands": [
            {"id": f"e{e}", "steps": _round(r), "priority": r.choice([1, 1, 2])} for e in range(count)
        ],
    })  # fmt: skip


def _places(r: random.Random, count: int) -> list[dict[str, Any]]:
    return [{"id": f"p{k}", "x": r.randint(0, 8000), "y": r.randint(0, 8000)} for k in range(count)]


def _step(r: random.Random, number: int) -> dict[str, Any]:
    if number % 2:
        return {"counter": f"c{r.randint(0, 2)}", "seconds": 600, "after": r.choice([0, 0, 3600])}
    return {"place": f"p{r.randint(6, 19)}", "seconds": 120}


def _single(r: random.Random) -> dict[str, Any]:
    if r.random() < 0.6:
        return {"counter": f"c{r.randint(0, 7)}", "seconds": r.choice([60, 300, 600])}
    step: dict[str, Any] = {"place": f"p{r.randint(8, 19)}", "seconds": 120}
    if r.random() < 0.4:
        step["windows"] = [[9 * HOUR, 10 * HOUR], [14 * HOUR, 15 * HOUR]]
    return step


def _hours(r: random.Random) -> list[list[int]]:
    cuts = sorted(r.sample(range(8 * 60, 18 * 60, 10), 6))
    return [[cuts[k] * 60, cuts[k + 1] * 60] for k in (0, 2, 4)]


def _hourly(r: random.Random) -> list[dict[str, int]]:
    waits = (0, 300, 900, 1800)
    return [{"since": hour * HOUR, "until": (hour + 1) * HOUR, "seconds": r.choice(waits)} for hour in range(8, 18)]


def _round(r: random.Random) -> list[dict[str, Any]]:
    school = f"p{r.randint(10, 59)}"
    stamps = [
        {"does": "stamp", "counter": f"c{c}", "seconds": r.choice([300, 600]), "after": r.choice([0, 0, 3600])}
        for c in r.sample(range(10), r.randint(1, 3))
    ]
    fetch = {"does": "fetch", "place": school, "seconds": 180, "load": {"folders": 1}}
    return [fetch, *stamps, {"does": "return", "place": school, "seconds": 60, "load": {"folders": -1}}]
