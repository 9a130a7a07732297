"""A fixed cast for tests of routes: a depot at 0 on a straight road, stops a kilometre apart, a metre a second."""

from __future__ import annotations

from typing import Any

from paotui.planning.routes import read_problem
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem

KM = 1000
ROAD = {"type": "straight_line", "detour": 1, "speed_kmh": {"default": 3.6}}
"""3.6 km/h: a metre takes a second, so that distances and durations are the same number."""


def place(name: str, metres: int) -> dict[str, Any]:
    return {"id": name, "x": metres, "y": 0}


def stop(at: str, **more: Any) -> dict[str, Any]:
    return {"id": at, "location": at, **more}


def van(**more: Any) -> dict[str, Any]:
    return {"id": "van", "start": "depot", "capacities": {"kg": 100}, **more}


def problem(*, stops: list[dict[str, Any]], vehicles: list[dict[str, Any]] | None = None, **more: Any) -> Problem:
    """Depot at 0 m, a, b, c … at 1, 2, 3 … km, "tip" at 500 m."""
    places = [place("depot", 0), place("tip", 500), *(place(name, KM * n) for n, name in enumerate("abcdef", 1))]
    data = {"locations": places, "travel": ROAD, "vehicles": vehicles or [van()], "stops": stops, **more}
    return Problem.model_validate(data)


def reread(one: Problem) -> Problem:
    """The problem through its JSON, validated as a user's would be."""
    return read_problem(one.model_dump_json().encode(), "problem.json")


def plan(*routes: dict[str, Any], unserved: list[str] | None = None, **more: Any) -> Plan:
    left = [{"stop": one, "code": "price", "reason": {"zh": "价高", "en": "too dear"}} for one in unserved or []]
    return Plan.model_validate({"routes": list(routes), "unserved": left, **more})


def trips(vehicle: str, *trips: str) -> dict[str, Any]:
    """`trips("van", "a b", "c")`: a route without times."""
    return {"vehicle": vehicle, "trips": [one.split() for one in trips]}


def route(vehicle: str, start: int, end: int, *visits: tuple[str, str, int, int, int], **more: Any) -> dict[str, Any]:
    """A route with times; a visit is (kind, id, arrival, start, end)."""
    keys = ("kind", "id", "arrival", "start", "end")
    made: list[list[str]] = [[]]
    for kind, name, *_ in visits:
        if kind == "station":
            made.append([])
        elif kind == "stop":
            made[-1].append(name)
    return {
        "vehicle": vehicle, "trips": made, "start": start, "end": end, "duration": end - start,
        "visits": [dict(zip(keys, visit, strict=True)) for visit in visits], **more,
    }  # fmt: skip
