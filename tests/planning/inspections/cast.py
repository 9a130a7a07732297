"""Small problems with a fixed cast, and random ones."""

from __future__ import annotations

import json
import random
from typing import Any

from paotui.planning.inspections import Params, Plan, Problem, read_problem, solve
from paotui.planning.stop import after_iterations

DAY, HOUR = 86_400, 3_600
ONE_THREAD = Params(threads=1, exchanges=1)


def at(day: int, hour: float) -> int:
    """Seconds since midnight of the first day; days count from 1."""
    return (day - 1) * DAY + int(hour * HOUR)


def site(name: str, x: float, **needs: int) -> dict[str, Any]:
    """A site `x` metres east, open 9–17 on both days, with minutes by department."""
    return {
        "id": name,
        "location": {"x": x, "y": 0},
        "needs": [{"department": key, "seconds": 60 * minutes} for key, minutes in needs.items()],
        "windows": [[at(day, 9), at(day, 17)] for day in (1, 2)],
    }


def inspector(name: str, department: str, **more: Any) -> dict[str, Any]:
    calendar = [[at(day, 8), at(day, 18)] for day in (1, 2)]
    return {"id": name, "department": department, "office": {"x": 0, "y": 0}, "calendar": calendar} | more


def small(**changes: Any) -> dict[str, Any]:
    """Two departments (health sends two), three sites, five inspectors; 10 m/s as the crow flies."""
    return {
        "kind": "inspections",
        "name": "small",
        "days": 2,
        "travel": {"coordinates": "metres", "detour": 1.0, "speed": 10.0},
        "departments": [{"id": "health", "officers": 2, "basis": "art. 34"}, {"id": "fire"}],
        "inspectors": [
            inspector("h1", "health", holds=["water"]),
            inspector("h2", "health"),
            inspector("h3", "health"),
            inspector("f1", "fire"),
            inspector("f2", "fire"),
        ],
        "sites": [site("a", 6_000, health=60, fire=30), site("b", 12_000, health=60), site("c", -6_000, fire=90)],
    } | changes


def read(data: dict[str, Any]) -> Problem:
    return read_problem(json.dumps(data).encode(), "problem.json")


def planned(problem: Problem, iterations: int = 300, **more: Any) -> Plan:
    return solve(problem, after_iterations(iterations), seed=1, params=ONE_THREAD, **more)


def rough_and_ready(seed: int, sites: int, *, days: int = 2, limits: bool = True) -> dict[str, Any]:
    """A random problem with something of everything; some sites cannot be placed."""
    draw = random.Random(seed)
    departments = ["d0", "d1", "d2"][: draw.randint(1, 3)]
    made: dict[str, Any] = {
        "kind": "inspections",
        "name": f"random-{seed}",
        "days": days,
        "stay": draw.choice(["own", "whole"]),
        "travel": {"coordinates": "metres", "detour": 1.3, "speed": 7.0},
        "weights": {
            "preference": draw.choice([0, 900]),
            "later_day": draw.choice([0, 60]),
            "balance": draw.choice([0, 0.01]),
        },
        "departments": [{"id": one, "officers": draw.choice([1, 1, 2])} for one in departments],
        "inspectors": [],
        "sites": [],
    }
    for one in departments:
        for number in range(draw.randint(2, 4)):
            made["inspectors"].append(_inspector(f"{one}-{number}", one, draw, days, limits))
    for number in range(sites):
        made["sites"].append(_site(f"s{number}", departments, draw, days))
    return made


def _inspector(name: str, department: str, draw: random.Random, days: int, limits: bool) -> dict[str, Any]:
    calendar = []
    for day in range(1, days + 1):
        whole, morning, afternoon = [at(day, 8), at(day, 17)], [at(day, 8), at(day, 12)], [at(day, 13), at(day, 17)]
        calendar += draw.choice([[whole], [whole], [morning, afternoon], [morning], []])
    limited = limits and draw.random() < 0.4
    return {
        "id": name,
        "department": department,
        "office": {"x": draw.randint(0, 9_000), "y": draw.randint(0, 9_000)},
        "holds": draw.sample(["water", "fire"], draw.randint(0, 2)),
        "calendar": calendar,
        "visits_per_day": draw.randint(1, 4) if limited else None,
        "work_per_day": draw.randint(3, 8) * HOUR if limited else None,
    }


def _site(name: str, departments: list[str], draw: random.Random, days: int) -> dict[str, Any]:
    windows = []
    for day in range(1, days + 1):
        windows += draw.choice(
            [[[at(day, 8), at(day, 17)]], [[at(day, 9), at(day, 12)], [at(day, 14), at(day, 17)]], []]
        )
    return {
        "id": name,
        "location": {"x": draw.randint(0, 9_000), "y": draw.randint(0, 9_000)},
        "needs": [
            {
                "department": one,
                "seconds": 300 * draw.randint(3, 15),
                "officers": draw.choice([None, 1, 2]),
                "one_holds": draw.choice([[], [], ["water"]]),
                "all_hold": draw.choice([[], [], [], ["fire"]]),
            }
            for one in draw.sample(departments, draw.randint(1, len(departments)))
        ],
        "windows": windows or [[at(1, 9), at(1, 12)]],
        "preferred": draw.choice([[], [[at(1, 9), at(1, 12)]]]),
        "deadline": draw.choice([None, None, at(days, 12)]),
        "priority": draw.choice([1, 1, 3]),
    }
