"""Distances and durations between locations, to the metre and the second."""

from __future__ import annotations

from typing import Any

from paotui.planning.routes.matrices import NO_WAY, matrices
from paotui.planning.routes.problem import Problem


def problem(travel: dict[str, Any], *places: dict[str, Any]) -> Problem:
    locations = [{"id": f"p{number}", **place} for number, place in enumerate(places)]
    vehicle = {"id": "van", "start": "p0"}
    return Problem.model_validate({"locations": locations, "vehicles": [vehicle], "travel": travel})


def test_a_straight_line_is_lengthened_rounded_and_timed_upwards() -> None:
    way, time = matrices(problem({"type": "straight_line", "detour": 1.3}, {"x": 0, "y": 0}, {"x": 30, "y": 40}))[
        "default"
    ]
    assert (way[0, 1], time[0, 1]) == (65, 10)  # 65 m at 25 km/h are 9.36 s


def test_a_degree_of_latitude_is_sixty_nautical_miles_and_a_bit() -> None:
    way, _ = matrices(
        problem({"type": "straight_line", "detour": 1}, {"lat": 34, "lon": 113}, {"lat": 35, "lon": 113})
    )["default"]
    assert way[0, 1] == 111195


def test_a_matrix_is_taken_as_given_and_minus_one_is_no_way() -> None:
    travel = {
        "type": "matrix",
        "distances": {"default": [[0, 5], [-1, 0]]},
        "durations": {"default": [[0, 7], [-1, 0]]},
    }
    way, time = matrices(problem(travel, {"x": 0, "y": 0}, {"x": 1, "y": 1}))["default"]
    assert (way[0, 1], time[0, 1], way[1, 0], time[1, 0]) == (5, 7, NO_WAY, NO_WAY)


def test_public_sets_round_each_in_its_way() -> None:
    found = {}
    for rounding in ("round", "dimacs", "exact", "ceil"):
        asked = problem({"type": "planar", "rounding": rounding}, {"x": 0, "y": 0}, {"x": 1, "y": 1})
        found[rounding] = int(matrices(asked)["default"][0][0, 1])
    assert found == {"round": 1, "dimacs": 14, "exact": 1414, "ceil": 1415}
