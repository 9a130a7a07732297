"""Random small problems in which departments can be at several places at once."""

from __future__ import annotations

import random
from typing import Any

from ..cast import at

PEOPLE = {"A": (1, 3), "B": (1, 2)}, {"A": (2, 4), "B": (1, 2)}, {"A": (1, 2), "B": (1, 2), "C": (1, 1)}
"""Officers a site takes, and people there are; in the last C keeps its visits in one sequence."""


def drawn(seed: int, sites: int = 3) -> dict[str, Any]:
    """Everybody is there from 8 to 17 and alike, so that nothing is left out of the bound; windows force detours."""
    draw = random.Random(f"apart-{seed}")
    people = PEOPLE[seed % 3]
    return {
        "kind": "inspections",
        "days": 1,
        "stay": draw.choice(["own", "whole"]),
        "travel": {"coordinates": "metres", "detour": 1.3, "speed": 7.0},
        "weights": {"preference": 0, "later_day": 0, "balance": 0},
        "departments": [{"id": key, "officers": officers} for key, (officers, _) in people.items()],
        "inspectors": [
            {
                "id": f"{key}{number}",
                "department": key,
                "office": {"x": 4_000 * place, "y": 2_000},
                "holds": [],
                "calendar": [[at(1, 8), at(1, 17)]],
            }
            for place, (key, (_, count)) in enumerate(people.items())
            for number in range(count)
        ],
        "sites": [_site(f"s{number}", list(people), draw) for number in range(sites)],
    }


def _site(name: str, departments: list[str], draw: random.Random) -> dict[str, Any]:
    begin, end = draw.choice([(8, 17), (8, 17), (8.5, 12.5), (12, 17)])
    needed = [key for key in departments if draw.random() < 0.85] or departments[:1]
    return {
        "id": name,
        "location": {"x": draw.randint(-9_000, 9_000), "y": draw.randint(0, 9_000)},
        "needs": [
            {
                "department": key,
                "seconds": 300 * draw.randint(12, 36),
                "officers": None,
                "all_hold": [],
                "one_holds": [],
            }
            for key in needed
        ],
        "windows": [[at(1, begin), at(1, end)]],
        "preferred": [],
        "deadline": None,
        "priority": 1,
    }


def spread(seed: int, sites: int, days: int) -> dict[str, Any]:
    """The same with everybody there, and every window, on several days."""
    data = drawn(seed, sites) | {"days": days}
    for who in data["inspectors"]:
        who["calendar"] = [[at(day, 8), at(day, 17)] for day in range(1, days + 1)]
    for site in data["sites"]:
        ((begin, end),) = site["windows"]
        later = [at(day, 0) - at(1, 0) for day in range(1, days + 1)]
        site["windows"] = [[begin + more, end + more] for more in later]
    return data
