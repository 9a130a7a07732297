"""Puts a routing problem on real roads instead of straight lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from paotui.planning.faults import Fault, ProblemError, fault
from paotui.planning.roads.matrix import Travel
from paotui.planning.roads.profiles import TRUCK, VAN, Profile
from paotui.planning.roads.roads import Roads
from paotui.planning.routes.problem import Matrix, Problem

USUAL = {"van": VAN, "tricycle": VAN}
MOST_SAID = 20


class OnRoads(NamedTuple):
    """The problem with matrices by profile, and the pairs of places without a way, in words."""

    problem: Problem
    unreachable: list[Fault]


def profiles_of(problem: Problem) -> dict[str, Profile]:
    """Return a road profile for each profile the vehicles name: a light one for vans and tricycles, else a truck."""
    names = sorted({vehicle.profile for vehicle in problem.vehicles} or {"default"})
    return {name: USUAL.get(name, TRUCK).model_copy(update={"name": name}) for name in names}


def on_roads(problem: Problem, roads: Roads, profiles: Mapping[str, Profile] | None = None) -> OnRoads:
    """Return the problem with the matrices of `roads`; raises ProblemError where a place has no degrees."""
    points = []
    for at, one in enumerate(problem.locations):
        if one.lat is None or one.lon is None:
            raise ProblemError([fault(
                f"locations[{at}]", zh=f"“{one.name or one.id}”没有经纬度。请补上 lat、lon（WGS-84）。",
                en=f'"{one.name or one.id}" has no degrees. Add lat and lon (WGS-84).',
            )])  # fmt: skip
        points.append((one.lat, one.lon))
    names = [one.name or one.id for one in problem.locations]
    found = {
        name: roads.matrix(points, profile, names)
        for name, profile in (profiles or profiles_of(problem)).items()
    }  # fmt: skip
    travel = Matrix(
        type="matrix",
        distances={name: one.distances.tolist() for name, one in found.items()},
        durations={name: one.durations.tolist() for name, one in found.items()},
    )
    lost = [sentence for name, one in found.items() for sentence in unreachable(one, names, name)]
    return OnRoads(problem.model_copy(update={"travel": travel}), lost)


def unreachable(found: Travel, names: list[str], profile: str) -> list[Fault]:
    """Return a sentence for each pair without a way, the first 20 and how many more."""
    pairs = found.unreachable()
    told = [
        fault(
            f"travel.durations.{profile}[{a}][{b}]",
            zh=f"从“{names[a]}”到“{names[b]}”无路可走，记为 -1。请核对坐标、限高限重，或换车型。",
            en=f'there is no way from "{names[a]}" to "{names[b]}"; it is set to -1. Check coordinates, limits of '
            "height and weight, or take another vehicle.",
        )
        for a, b in pairs[:MOST_SAID]
    ]
    if len(pairs) > MOST_SAID:
        more = len(pairs) - MOST_SAID
        told.append(fault(f"travel.durations.{profile}", zh=f"另有 {more} 对地点无路可走。",
                          en=f"{more} more pairs are without a way."))  # fmt: skip
    return told
