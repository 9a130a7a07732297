"""Who drives a route: whoever drives most of its stops already, so that a new plan looks like the old one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from paotui.planning.routes.plan import Plan


def names(routes: Sequence[tuple[int, Sequence[str]]], free: Sequence[Sequence[str]], before: Plan | None) -> list[str]:
    """For each route (vehicle type, stops) the name of a vehicle of that type; `free`: the names by type."""
    driver = (
        {str(stop): route.vehicle for route in before.routes for trip in route.trips for stop in trip} if before else {}
    )
    left = [dict.fromkeys(some) for some in free]
    shares = [Counter(driver[stop] for stop in stops if stop in driver) for _, stops in routes]
    found: dict[int, str] = {}
    for count, place, name in sorted(
        (-count, place, name) for place, shared in enumerate(shares) for name, count in shared.items()
    ):
        kind = routes[place][0]
        if count and place not in found and name in left[kind]:
            found[place] = name
            del left[kind][name]
    rest = [iter(some) for some in left]
    return [found.get(place) or next(rest[kind]) for place, (kind, _) in enumerate(routes)]
