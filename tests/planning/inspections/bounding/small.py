"""Random small problems in which departments have few people: the ones the sets of sites a day are made for."""

from __future__ import annotations

import random
from typing import Any

from ..cast import at


def drawn(seed: int, sites: int = 4) -> dict[str, Any]:
    """Two departments (one sends two of up to three people), two days, windows that force detours, offices apart."""
    draw = random.Random(f"bounding-{seed}")
    officers = {"A": 2, "B": 1}
    people = [_inspector(f"{key}{n}", key, draw) for key in officers for n in range(3 if key == "A" else 2)]
    return {
        "kind": "inspections",
        "days": 2,
        "stay": draw.choice(["own", "whole"]),
        "travel": {"coordinates": "metres", "detour": 1.3, "speed": 7.0},
        "weights": {"preference": 0, "later_day": 0, "balance": 0},
        "departments": [{"id": key, "officers": count} for key, count in officers.items()],
        "inspectors": people,
        "sites": [_site(f"s{number}", draw) for number in range(sites)],
    }


def _inspector(name: str, department: str, draw: random.Random) -> dict[str, Any]:
    east = 0 if department == "A" else 4_000
    calendar = [[at(day, 8), at(day, 17)] for day in (1, 2) if name[-1] == "0" or draw.random() < 0.8]
    return {"id": name, "department": department, "office": {"x": east, "y": 2_000}, "holds": [], "calendar": calendar}


def _site(name: str, draw: random.Random) -> dict[str, Any]:
    begin, end = draw.choice([(8, 17), (9, 11.5), (13, 15)])
    both = draw.random() < 0.7
    return {
        "id": name,
        "location": {"x": draw.randint(-9_000, 9_000), "y": draw.randint(0, 9_000)},
        "needs": [
            {"department": key, "seconds": 300 * draw.randint(4, 14), "officers": None, "all_hold": [], "one_holds": []}
            for key in (("A", "B") if both else ("A",))
        ],
        "windows": [[at(day, begin), at(day, end)] for day in (1, 2)],
        "preferred": [],
        "deadline": None,
        "priority": 1,
    }
