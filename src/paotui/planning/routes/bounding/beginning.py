"""What a plan at hand tells a bound: routes to begin with, and about what serving each stop is worth."""

from __future__ import annotations

from itertools import chain

import numpy as np

from paotui.planning.routes.bounding.generation import Prices, route_cost
from paotui.planning.routes.bounding.pricing import Walk
from paotui.planning.routes.bounding.relaxation import Floats, Kind, Relaxation
from paotui.planning.routes.plan import Plan


def walks(relaxed: Relaxation, plan: Plan) -> list[Walk]:
    """The plan's routes, trip by trip where vehicles reload."""
    number = {name: place for place, name in enumerate(relaxed.stops)}
    found = []
    for route in plan.routes:
        kind = _kind(relaxed, route.vehicle)
        if kind is None:
            continue
        trips = route.trips if relaxed.kinds[kind].reloads else [list(chain.from_iterable(route.trips))]
        for trip in trips:
            stops = tuple(number[str(stop)] for stop in trip if str(stop) in number)
            if stops and np.isfinite(route_cost(relaxed.kinds[kind], stops)):
                found.append(Walk(kind, 0.0, stops))
    return found


def _kind(relaxed: Relaxation, vehicle: str) -> int | None:
    names = {vehicle, vehicle.rpartition("#")[0]}
    return next((place for place, kind in enumerate(relaxed.kinds) if names & set(kind.names)), None)


def prices(relaxed: Relaxation, plan: Plan) -> Prices:
    """What each route of the plan costs, shared out: the detour to each stop, and the rest by loads and distance."""
    found = guessed(relaxed)
    for walk in walks(relaxed, plan):
        kind = relaxed.kinds[walk.kind]
        stops, total = list(walk.stops), route_cost(kind, walk.stops)
        shares = _detours(kind, walk.stops)
        spare = total - float(shares.sum())
        weight = guessed_of(kind)[stops] + 1e-9
        shares = shares * min(1.0, total / max(shares.sum(), 1e-9)) + max(0.0, spare) * weight / weight.sum()
        found[stops] = shares
    found = np.minimum(found, relaxed.price)
    return Prices(found, 0.0, np.zeros(len(relaxed.kinds)))


def _detours(kind: Kind, stops: tuple[int, ...]) -> Floats:
    base = len(kind.load)
    before, at, after = [base, *stops[:-1]], list(stops), [*stops[1:], base]
    straight = kind.cost[before, after]
    straight = np.where(np.isfinite(straight), straight, 0.0)
    return np.maximum(0.0, kind.cost[before, at] + kind.cost[at, after] - straight)


def guessed_of(kind: Kind) -> Floats:
    """For want of anything better: a stop's share of a full route to it and back, and the shortest way to it."""
    n = len(kind.load)
    share = np.maximum(kind.load / kind.capacity if kind.capacity else np.full(n, 0.05), 0.01)
    found = (kind.cost[n, :n] + kind.cost[:n, n]) * share + kind.cost[:n, :n].min(axis=0, initial=np.inf)
    return np.where(np.isfinite(found), found, 0.0)


def guessed(relaxed: Relaxation) -> Floats:
    return np.minimum(np.min([guessed_of(kind) for kind in relaxed.kinds], axis=0), relaxed.price)
