"""Joint inspections drawn from a seed: the instances of `benchmarks/inspections.py`, described number by number.

A district of 12 by 10 kilometres. Three sites in five lie around one of `sites / 12` (at least 3) centres, normally
distributed with 700 m, the others anywhere. People travel at 7 m/s over 1.3 times the straight distance. Four
departments have one office each, within 2 km of the middle.

Who is needed follows the register of the 24 training schools of the sample district ("register"): the lead bureau and
health always, market regulation in 63 %, the sub-district in 83 % of the cases; two officers each, one of the
sub-district, which makes 6.1 people at a visit (6.4 in the register). Another kind ("mixed"): 2, 3 or 4 of the
departments by lot (30, 40, 30 %), each with two officers in 30 % of the cases: no two visits want the same team.

A part takes 25, 35, 45 or 30 minutes (by department) × 0.8–1.6 (by site), in steps of five minutes; everyone leaves
after the own part. Every site is closed on one of the five days; on the others 40 % are open 08:30–17:30, 30 %
09:00–12:30, 30 % 13:30–17:30. Inspectors leave the office after 08:30 and are back by 17:30; each is absent on a day
with 10 %. A department has as many as its time on site takes when 40 % of their presence is spent on site, rounded up,
and at least three: 3 + 3 + 3 + 3 people for 24 sites, 7 + 9 + 7 + 3 for 100, 31 + 44 + 34 + 16 for 500.

The 40 % comes from a first look at which share still lets every site be planned, before any solver was compared; it
stands since, and is not to be changed, or figures would no longer compare. With it about 4 % of the presence is travel
and the rest waiting, so that departments have room to wait for each other. Costs are seconds of one person's travel.

The third family ("joint") is a reconstruction of instances that were not kept, of which only figures are known: four
departments, five days, at least two officers; teams as vehicles (PyVRP) travelled 5,814 minutes at 100 sites in 20 s
and 24,706 at 500 in 60 s, 1.108 and 1.106 times the departments alone; 24 sites had a bound of 1,534 and a plan of
1,564 minutes: 58, 49 and 65 minutes a site. It is the joint inspection before an opening: nearly every site needs all
four (each is needed in 97 %), two officers each; parts take 60, 55, 60 or 55 minutes × 0.8–1.6; four sites in five are
open all day, the others in the morning or the afternoon. The district and its closing days are as above, people travel
at 6.5 m/s. A department details one pair of officers for every 20 sites and one in reserve; a pair is on duty or absent
together.

How these numbers were chosen: only by what teams as vehicles and the departments alone made of it, never by a joint
plan of ours, on seed 1, in this order (share, minutes, m/s: minutes a site, ratio to the departments alone; PyVRP 8 s
of processor time at 100 sites, 4 at 24, 25 at 500). 100 sites, all day: 1.0, 45, 7.0: 43, 1.04; 0.9, 50/40/45/40, 7.0:
46, 1.21. With half days: 0.95, 55/50/55/50, 7.0: 51, 1.15 (at 500: 42, 1.18); 1.0/1.0/0.95/0.9, 60/50/55/50, 7.0: 54,
1.19; 0.95, 60/60/60/55, 7.0: 54, 1.11; **0.97, 60/55/60/55, 7.0: 54, 1.108**; the last at 6.5 m/s and 24 sites: 64,
1.016. The speed of 6.5 brings 54 to 58. Not to be changed since.
"""

from __future__ import annotations

import math
import random
from typing import Any

DAY, DAYS = 86_400, 5
HOUR = 3_600
MINUTES = (25, 35, 45, 30)
OPEN, MORNING, AFTERNOON = (8.5, 17.5), (9, 12.5), (13.5, 17.5)
HOURS = (40, 30, 30)
"""Per cent of the sites open all day, in the morning, in the afternoon."""
REGISTER = ((1.0, 2), (1.0, 2), (0.63, 2), (0.83, 1))
"""Share of the sites that need the department, and its officers."""
# The family "joint": share of the sites that need a department, parts, hours as in HOURS, metres a second.
JOINT_SHARE, JOINT_MINUTES, JOINT_HOURS, JOINT_SPEED = 0.97, (60, 55, 60, 55), (80, 10, 10), 6.5
PAIR_FOR = 20
"""Sites for which a department details one pair of officers; and one pair in reserve."""
PRESENCE, ON_SITE, ABSENT = 9 * HOUR, 0.40, 0.10


def generate(sites: int, seed: int = 1, needs: str = "register") -> dict[str, Any]:
    """Return a problem as its JSON data; `needs` is "register", "mixed" or "joint"."""
    draw = random.Random(f"inspections-{needs}-{sites}-{seed}")
    points = _points(sites, draw)
    draw_needs, minutes, hours = {
        "register": (_as_in_the_register, MINUTES, HOURS),
        "mixed": (_by_lot, MINUTES, HOURS),
        "joint": (_nearly_everybody, JOINT_MINUTES, JOINT_HOURS),
    }[needs]
    made = [_site(number, point, draw, draw_needs(draw), minutes, hours) for number, point in enumerate(points)]
    return {
        "kind": "inspections",
        "name": f"{needs}-{sites}-{seed}",
        "sample": True,
        "days": DAYS,
        "travel": {"coordinates": "metres", "detour": 1.3, "speed": JOINT_SPEED if needs == "joint" else 7.0},
        "departments": [{"id": f"D{k}"} for k in range(4)],
        "inspectors": _pairs(sites, draw) if needs == "joint" else _inspectors(made, draw),
        "sites": made,
    }


def _points(sites: int, draw: random.Random) -> list[tuple[float, float]]:
    centres = [(draw.uniform(0, 12_000), draw.uniform(0, 10_000)) for _ in range(max(3, sites // 12))]
    found = []
    for _ in range(sites):
        if draw.random() < 0.6:
            x, y = draw.choice(centres)
            x, y = draw.gauss(x, 700), draw.gauss(y, 700)
        else:
            x, y = draw.uniform(0, 12_000), draw.uniform(0, 10_000)
        found.append((round(min(max(x, 0), 12_000)), round(min(max(y, 0), 10_000))))
    return found


def _as_in_the_register(draw: random.Random) -> dict[int, int]:
    """Officers by department."""
    return {k: officers for k, (share, officers) in enumerate(REGISTER) if draw.random() < share}


def _by_lot(draw: random.Random) -> dict[int, int]:
    count = draw.choices((2, 3, 4), (30, 40, 30))[0]
    return {k: 2 if draw.random() < 0.3 else 1 for k in sorted(draw.sample(range(4), count))}


def _nearly_everybody(draw: random.Random) -> dict[int, int]:
    """The first department where the lot leaves nobody."""
    return {k: 2 for k in range(4) if draw.random() < JOINT_SHARE} or {0: 2}


def _site(
    number: int,
    point: tuple[float, float],
    draw: random.Random,
    needs: dict[int, int],
    minutes: tuple[int, ...],
    hours: tuple[int, ...],
) -> dict[str, Any]:
    size = draw.uniform(0.8, 1.6)
    closed = draw.randrange(DAYS)
    begin, end = draw.choices((OPEN, MORNING, AFTERNOON), hours)[0]
    return {
        "id": f"S{number}",
        "location": {"x": point[0], "y": point[1]},
        "needs": [
            {"department": f"D{k}", "seconds": 300 * round(minutes[k] * size / 5), "officers": officers}
            for k, officers in needs.items()
        ],
        "windows": [
            [day * DAY + int(begin * HOUR), day * DAY + int(end * HOUR)] for day in range(DAYS) if day != closed
        ],
    }


def _inspectors(sites: list[dict[str, Any]], draw: random.Random) -> list[dict[str, Any]]:
    found = []
    for k in range(4):
        office = {"x": round(draw.uniform(4_000, 8_000)), "y": round(draw.uniform(3_000, 7_000))}
        on_site = sum(
            need["seconds"] * need["officers"]
            for site in sites
            for need in site["needs"]
            if need["department"] == f"D{k}"
        )
        count = max(3, math.ceil(on_site / (DAYS * PRESENCE * (1 - ABSENT) * ON_SITE)))
        for number in range(count):
            days = [day for day in range(DAYS) if draw.random() >= ABSENT]
            calendar = [[day * DAY + int(8.5 * HOUR), day * DAY + int(17.5 * HOUR)] for day in days]
            found.append({"id": f"D{k}-{number}", "department": f"D{k}", "office": office, "calendar": calendar})
    return found


def _pairs(sites: int, draw: random.Random) -> list[dict[str, Any]]:
    """Two officers who are on duty and absent together."""
    found = []
    for k in range(4):
        office = {"x": round(draw.uniform(4_000, 8_000)), "y": round(draw.uniform(3_000, 7_000))}
        for pair in range(math.ceil(sites / PAIR_FOR) + 1):
            days = [day for day in range(DAYS) if draw.random() >= ABSENT]
            calendar = [[day * DAY + int(8.5 * HOUR), day * DAY + int(17.5 * HOUR)] for day in days]
            found += [
                {"id": f"D{k}-{2 * pair + one}", "department": f"D{k}", "office": office, "calendar": calendar}
                for one in range(2)
            ]
    return found


def of_department(problem: dict[str, Any], department: str) -> dict[str, Any]:
    """Return the problem of one department on its own: its needs and people, nobody to wait for."""
    sites = [
        {**site, "needs": [need for need in site["needs"] if need["department"] == department]}
        for site in problem["sites"]
    ]
    return {
        **problem,
        "name": f"{problem['name']}-{department}",
        "sites": [site for site in sites if site["needs"]],
        "inspectors": [one for one in problem["inspectors"] if one["department"] == department],
    }
